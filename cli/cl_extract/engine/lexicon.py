"""Packs -> a lexicon: one dictionary look-up classifies a word or phrase, whatever the size of the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from cl_extract.expressions import compiled
from cl_extract.packs.inflect import inflect
from cl_extract.packs.packset import PackSet, Voice
from cl_extract.value import field, value
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
# The phrases that begin with a word, by the word after it, the longest first; by "" the word alone.
_Phrases = Mapping[str, tuple[_Phrase, ...]]


@value(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first and second word; those of a kept lexicon are JSON until they are looked at."""

    phrases: dict[str, _Phrases | str]

    def __iter__(self) -> Iterator[tuple[tuple[str, ...], Entry]]:
        """Every phrase with its entry."""
        for first, phrases in self.phrases.items():
            for listed in (_from_json(phrases) if isinstance(phrases, str) else phrases).values():
                yield from (((first, *rest), entry) for rest, entry in listed)

    def find(self, tokens: Tokens, i: int, stop: int) -> tuple[Entry, int] | None:
        """The entry of the longest phrase that starts at token ``i`` and ends by ``stop``, and the token after it. Hyphens are no obstacle."""
        low = tokens.low
        by_second = self.phrases.get(low[i])
        if by_second is None:
            return None
        if isinstance(by_second, str):
            by_second = self.phrases[low[i]] = _from_json(by_second)
        second = i + 1
        if second < stop and low[second] == "-" and tokens.glued[second]:
            second += 1
        if second < stop and low[second] in by_second:
            for rest, entry in by_second[low[second]]:
                last = _end(tokens, rest, second, stop)
                if last and (not entry.capitals or _has_capitals(tokens, entry, i, last)):
                    return entry, last
        for _, entry in by_second.get("", ()):
            if not entry.capitals or _has_capitals(tokens, entry, i, i + 1):
                return entry, i + 1
        return None


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
    phrases: dict[str, dict[str, list[_Phrase]]] = {}
    for key, made in drafts.items():
        phrases.setdefault(key[0], {}).setdefault(key[1] if len(key) > 1 else "", []).append((key[1:], _entry(key, made, drafts)))
    return Lexicon(
        {
            first: {second: tuple(sorted(listed, key=lambda phrase: -len(phrase[0]))) for second, listed in by_second.items()}
            for first, by_second in phrases.items()
        }
    )


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
    return {first: phrases if isinstance(phrases, str) else _to_json(phrases) for first, phrases in lexicon.phrases.items()}


def _to_json(phrases: _Phrases) -> str:
    from dataclasses import astuple

    plain = {
        second: [
            (rest, sorted(entry.classes), [astuple(noun) for noun in entry.nouns], [astuple(verb) for verb in entry.verbs], entry.canonical,
             sorted(entry.inner), entry.capitals)
            for rest, entry in listed
        ]
        for second, listed in phrases.items()
    }  # fmt: skip
    return json.dumps(plain, separators=(",", ":"))


def _from_json(text: str) -> _Phrases:
    return {
        second: tuple(
            (
                tuple(rest),
                _summed(
                    classes,
                    (NounSense(*noun) for noun in nouns),
                    (VerbSense(*verb) for verb in verbs),
                    {cls: tuple(names) for cls, names in canonical.items()},
                    inner,
                    capitals,
                ),
            )
            for rest, classes, nouns, verbs, canonical, inner, capitals in listed
        )
        for second, listed in json.loads(text).items()
    }


def fold(text: str) -> tuple[str, ...]:
    """The words of a phrase as the tokeniser folds them, hyphens left out."""
    return _words(text)[0]


def _words(text: str) -> tuple[tuple[str, ...], list[str]]:
    """The words of a phrase folded, and as they are spelt."""
    if _PLAIN.fullmatch(text):  # as nearly all are: what the tokeniser would say, at a tenth of the time
        return tuple(text.lower().replace("-", " ").split()), text.replace("-", " ").split()
    tokens = tokenise(text)
    kept = [k for k, low in enumerate(tokens.low) if low != "-"]
    return tuple(tokens.low[k] for k in kept) or (text.lower(),), [tokens.source(k) for k in kept]
