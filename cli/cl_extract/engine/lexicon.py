"""Packs -> a lexicon: one dictionary look-up classifies a word or phrase, whatever the size of the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from cl_extract.expressions import compiled
from cl_extract.packs.inflect import inflect
from cl_extract.packs.packset import PackSet, Voice
from cl_extract.value import field, plain, value
from cl_extract.values.tokens import Tokens, tokenise

Form = Literal["base", "s", "past", "participle", "ing"]


@value(frozen=True, slots=True)
class NounSense:
    """A reading as a countable noun. ``plural`` and ``singular`` are both True for words that do not tell ("premises")."""

    cls: str
    singular_form: str
    singular: bool
    plural: bool


@value(frozen=True, slots=True)
class VerbSense:
    """A reading as a form of a trigger."""

    cls: str
    voice: Voice
    form: Form


@value(frozen=True, slots=True)
class Entry:
    """All that the packs say of one word or phrase.

    ``canonical`` maps a class to the names the phrase stands for, those of the words inside it among them; ``inner`` has the classes of the words
    inside it, ``every`` those and its own. ``capitals`` are the places of its words that have a capital in every spelling, and so must have in the
    text. ``senses`` and ``forms`` sum up its readings as a verb; ``finite``: it may be one that makes a sentence of its line; ``verb``: one is
    more than the noun of an act. ``singular`` and ``plural`` are the classes of its readings as a noun, by number.
    """

    classes: frozenset[str] = frozenset()
    nouns: tuple[NounSense, ...] = ()
    verbs: tuple[VerbSense, ...] = ()
    canonical: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inner: frozenset[str] = frozenset()
    capitals: tuple[int, ...] = ()
    every: frozenset[str] = frozenset()
    senses: tuple[tuple[str, Voice], ...] = ()
    forms: frozenset[Form] = frozenset()
    finite: bool = False
    verb: bool = False
    singular: frozenset[str] = frozenset()
    plural: frozenset[str] = frozenset()


_AUXILIARIES = frozenset({"be", "have", "modal", "future"})
_PLAIN = compiled(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")


@value(slots=True)
class _Draft:
    """An entry in the making."""

    classes: set[str] = field(default_factory=set)
    nouns: dict[tuple[str, str], tuple[bool, bool]] = field(default_factory=dict)
    verbs: dict[VerbSense, None] = field(default_factory=dict)
    canonical: dict[str, dict[str, None]] = field(default_factory=dict)
    capitals: frozenset[int] | None = None


# The words of a phrase after the first, and what the packs say of it.
_Phrase = tuple[tuple[str, ...], Entry]


@value(frozen=True, slots=True)
class Opening:
    """The phrases that begin with a word: the word alone, and the ``longer`` ones by their second word, the longest first.

    ``plain`` is the entry of the word alone where that asks for no capital. Of a kept lexicon the longer ones are JSON until they are looked at.
    """

    alone: Entry | None
    longer: dict[str, tuple[_Phrase, ...] | str]
    plain: Entry | None

    @classmethod
    def of(cls, phrases: Iterable[_Phrase]) -> Opening:
        """The opening of all phrases that begin with one word, given by what follows it."""
        alone, longer = None, dict[str, list[_Phrase]]()
        for rest, entry in sorted(phrases, key=lambda phrase: -len(phrase[0])):
            if rest:
                longer.setdefault(rest[0], []).append((rest, entry))
            else:
                alone = entry
        return cls.made(alone, {word: tuple(listed) for word, listed in longer.items()})

    @classmethod
    def made(cls, alone: Entry | None, longer: dict[str, tuple[_Phrase, ...] | str]) -> Opening:
        """The opening of a word alone and of longer phrases by their second word."""
        return cls(alone, longer, None if alone is None or alone.capitals else alone)

    def __iter__(self) -> Iterator[_Phrase]:
        """Every phrase by what follows its first word, with its entry."""
        for word in self.longer:
            yield from self.after(word)
        if self.alone is not None:
            yield (), self.alone

    def after(self, word: str) -> tuple[_Phrase, ...]:
        """The phrases whose second word is ``word``, the longest first."""
        phrases = self.longer.get(word, ())
        if isinstance(phrases, str):
            phrases = self.longer[word] = tuple([(tuple(rest), _entry_of(told)) for rest, told in json.loads(phrases)])
        return phrases


@value(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first word; those of a kept lexicon are JSON until they are looked at."""

    openings: dict[str, Opening | str]

    def __iter__(self) -> Iterator[tuple[tuple[str, ...], Entry]]:
        """Every phrase with its entry."""
        for first, opening in self.openings.items():
            for rest, entry in _from_json(opening) if isinstance(opening, str) else opening:
                yield (first, *rest), entry

    def opening(self, word: str) -> Opening | None:
        """The phrases that begin with ``word``."""
        opening = self.openings.get(word)
        if isinstance(opening, str):
            opening = self.openings[word] = _from_json(opening)
        return opening

    def find(self, tokens: Tokens, i: int, stop: int) -> tuple[Entry, int] | None:
        """The entry of the longest phrase that starts at token ``i`` and ends by ``stop``, and the token after it. Hyphens are no obstacle."""
        low = tokens.low
        opening = self.opening(low[i])
        if opening is None:
            return None
        second = i + 1
        if second < stop and low[second] == "-" and tokens.glued[second]:
            second += 1
        if second < stop:
            for rest, entry in opening.after(low[second]):
                last = _end(tokens, rest, second, stop)
                if last and (not entry.capitals or _has_capitals(tokens, entry, i, last)):
                    return entry, last
        alone = opening.alone
        return (alone, i + 1) if alone is not None and (not alone.capitals or _has_capitals(tokens, alone, i, i + 1)) else None


def _end(tokens: Tokens, rest: tuple[str, ...], at: int, stop: int) -> int:
    """The token after the words ``rest``, the first of which stands at ``at``; 0 where the others do not follow by ``stop``."""
    low = tokens.low
    for word in rest[1:]:
        at += 1
        if at < stop and low[at] == "-" and tokens.glued[at]:
            at += 1
        if at >= stop or low[at] != word:
            return 0
    return at + 1


def _has_capitals(tokens: Tokens, entry: Entry, first: int, last: int) -> bool:
    words = [k for k in range(first, last) if tokens.low[k] != "-"]
    return all(tokens.source(words[k])[0].isupper() for k in entry.capitals)


def build_lexicon(packs: PackSet) -> Lexicon:
    """The lexicon of ``packs``."""
    drafts: dict[tuple[str, ...], _Draft] = {}

    def draft(text: str) -> _Draft:
        key, spelt = _words(text)
        made = drafts.setdefault(key, _Draft())
        capitals = frozenset(k for k, word in enumerate(spelt) if word[0].isupper())
        made.capitals = capitals if made.capitals is None else made.capitals & capitals
        return made

    for word in packs.words:
        made = draft(word.text)
        made.classes.add(word.cls)
        made.canonical.setdefault(word.cls, {})[word.canonical] = None
    for noun in packs.nouns:
        # Class and spelling of the head: "set of scales" counts sets, "wrap of drugs" wraps.
        head = noun.singular.split(" of ")[0].rpartition(" ")[2].replace("-", " ").rpartition(" ")[2]
        for text, singular in ((noun.singular, True), (noun.plural, False)):
            made = draft(text)
            made.classes.add(noun.cls)
            before = made.nouns.get((noun.cls, head), (False, False))
            made.nouns[noun.cls, head] = (before[0] or singular, before[1] or not singular)
    for verb in packs.verbs:
        forms: Iterable[tuple[str, Form]]
        if verb.voice in {"post", "act"}:
            forms = [(verb.base, "base")]
        else:
            forms = [
                (verb.base, "base"),
                (inflect(verb.base, "s"), "s"),
                (inflect(verb.base, "ing"), "ing"),
                (verb.past, "past"),
                (verb.participle, "participle"),
            ]
        for text, form in forms:
            made = draft(text)
            made.classes.add(verb.cls)
            made.verbs[VerbSense(verb.cls, verb.voice, form)] = None
    phrases: dict[str, list[_Phrase]] = {}
    for key, made in drafts.items():
        phrases.setdefault(key[0], []).append((key[1:], _entry(key, made, drafts)))
    return Lexicon({first: Opening.of(listed) for first, listed in phrases.items()})


def _entry(key: tuple[str, ...], made: _Draft, drafts: Mapping[tuple[str, ...], _Draft]) -> Entry:
    """The entry of the phrase ``key``, with what the phrases inside it say."""
    canonical = {cls: tuple(names) for cls, names in made.canonical.items()}
    inner: set[str] = set()
    for first in range(len(key)):
        for last in range(first + 1, len(key) + 1):
            part = drafts.get(key[first:last])
            if part is not None and last - first < len(key):
                inner |= part.classes
                for cls, names in part.canonical.items():
                    canonical.setdefault(cls, tuple(names))
    nouns = [NounSense(cls, head, *number) for (cls, head), number in made.nouns.items()]
    within = inner if made.nouns or not made.verbs else ()
    return _summed(made.classes, nouns, made.verbs, canonical, within, sorted(made.capitals or ()))


def _summed(
    classes: Iterable[str],
    nouns: Iterable[NounSense],
    verbs: Iterable[VerbSense],
    canonical: Mapping[str, tuple[str, ...]],
    inner: Iterable[str],
    capitals: Iterable[int],
) -> Entry:
    """The entry of all this, with what sums it up."""
    own, within, nouns, verbs = frozenset(classes), frozenset(inner), tuple(nouns), tuple(verbs)
    told = any(verb.form in {"past", "participle"} and verb.voice in {"object", "subject"} for verb in verbs)
    return Entry(
        own,
        nouns,
        verbs,
        canonical,
        within,
        tuple(capitals),
        own | within,
        tuple(dict.fromkeys((verb.cls, verb.voice) for verb in verbs)),
        frozenset(verb.form for verb in verbs),
        told or not own.isdisjoint(_AUXILIARIES),
        any(verb.voice in {"object", "subject"} for verb in verbs),
        frozenset([noun.cls for noun in nouns if noun.singular]),
        frozenset([noun.cls for noun in nouns if noun.plural]),
    )


def lexicon_to_plain(lexicon: Lexicon) -> dict[str, str]:
    """The phrases by their first word, as JSON."""
    return {first: opening if isinstance(opening, str) else _to_json(opening) for first, opening in lexicon.openings.items()}


def _to_json(opening: Opening) -> str:
    longer = {word: _dumped([(rest, _told(entry)) for rest, entry in opening.after(word)]) for word in opening.longer}
    return _dumped((opening.alone and _told(opening.alone), longer))


def _from_json(text: str) -> Opening:
    alone, longer = json.loads(text)
    return Opening.made(alone and _entry_of(alone), longer)


def _dumped(told: object) -> str:
    return json.dumps(told, separators=(",", ":"))


def _told(entry: Entry) -> tuple[object, ...]:
    """What an entry is made of, as plain data."""
    nouns, verbs = [plain(noun) for noun in entry.nouns], [plain(verb) for verb in entry.verbs]
    return sorted(entry.classes), nouns, verbs, entry.canonical, sorted(entry.inner), entry.capitals


def _entry_of(told: Sequence[Any]) -> Entry:
    """The entry of what ``_told`` gave."""
    classes, nouns, verbs, canonical, inner, capitals = told
    names = {cls: tuple(listed) for cls, listed in canonical.items()}
    return _summed(classes, [NounSense(*noun) for noun in nouns], [VerbSense(*verb) for verb in verbs], names, inner, capitals)


def fold(text: str) -> tuple[str, ...]:
    """The words of a phrase as the tokeniser folds them, hyphens left out."""
    return _words(text)[0]


def _words(text: str) -> tuple[tuple[str, ...], list[str]]:
    """The words of a phrase folded, and as they are spelt."""
    if _PLAIN.fullmatch(text):  # as nearly all are: what the tokeniser would say, at a tenth of the time
        return tuple(text.lower().replace("-", " ").split()), text.replace("-", " ").split()
    tokens = tokenise(text)
    kept = [k for k in range(len(tokens)) if tokens.low[k] != "-"]
    return tuple(tokens.low[k] for k in kept) or (text.lower(),), [tokens.source(k) for k in kept]
