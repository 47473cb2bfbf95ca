"""Packs -> a lexicon: one dictionary look-up classifies a word or phrase, whatever the size of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from cl_extract.packs.form import Voice
from cl_extract.packs.load import PackSet, inflect, load
from cl_extract.values.tokens import Tokens, tokenise

Form = Literal["base", "s", "past", "participle", "ing"]


@dataclass(frozen=True, slots=True)
class NounSense:
    """A reading as a countable noun. ``plural`` and ``singular`` are both True for words that do not tell ("premises")."""

    cls: str
    singular_form: str
    singular: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class VerbSense:
    """A reading as a form of a trigger."""

    cls: str
    voice: Voice
    form: Form


@dataclass(frozen=True, slots=True)
class Entry:
    """All that the packs say of one word or phrase.

    ``canonical`` maps a class to the names the phrase stands for, those of the words inside it among them; ``inner`` has the classes of the words
    inside it. ``capitals`` are the places of its words that have a capital in every spelling, and so must have in the text.
    """

    classes: frozenset[str] = frozenset()
    nouns: tuple[NounSense, ...] = ()
    verbs: tuple[VerbSense, ...] = ()
    canonical: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inner: frozenset[str] = frozenset()
    capitals: tuple[int, ...] = ()


_PLAIN = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")


@dataclass(slots=True)
class _Draft:
    """An entry in the making."""

    classes: set[str] = field(default_factory=set)
    nouns: dict[tuple[str, str], tuple[bool, bool]] = field(default_factory=dict)
    verbs: dict[VerbSense, None] = field(default_factory=dict)
    canonical: dict[str, dict[str, None]] = field(default_factory=dict)
    capitals: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first word, the longest first."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]

    def find(self, tokens: Tokens, i: int, stop: int) -> tuple[Entry, int] | None:
        """The entry of the longest phrase that starts at token ``i`` and ends by ``stop``, and the token after it. Hyphens are no obstacle."""
        candidates = self.phrases.get(tokens.low[i])
        if candidates is None:
            return None
        low = tokens.low
        for rest, entry in candidates:
            at = i + 1
            for word in rest:
                if at < stop and low[at] == "-" and tokens.glued[at]:
                    at += 1
                if at >= stop or low[at] != word:
                    break
                at += 1
            else:
                if entry.capitals:
                    words = [k for k in range(i, at) if low[k] != "-"]
                    if not all(tokens.source(words[k])[0].isupper() for k in entry.capitals):
                        continue
                return entry, at
        return None


@cache
def lexicon() -> Lexicon:
    """The lexicon of the built-in packs."""
    return build_lexicon(load())


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
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for key, made in drafts.items():
        canonical = {cls: tuple(names) for cls, names in made.canonical.items()}
        inner: set[str] = set()
        for first in range(len(key)):
            for last in range(first + 1, len(key) + 1):
                part = drafts.get(key[first:last])
                if part is not None and last - first < len(key):
                    inner |= part.classes
                    for cls, names in part.canonical.items():
                        canonical.setdefault(cls, tuple(names))
        entry = Entry(
            frozenset(made.classes),
            tuple(NounSense(cls, head, *number) for (cls, head), number in made.nouns.items()),
            tuple(made.verbs),
            canonical,
            frozenset(inner) if made.nouns or not made.verbs else frozenset(),
            tuple(sorted(made.capitals or ())),
        )
        phrases.setdefault(key[0], []).append((key[1:], entry))
    return Lexicon({first: tuple(sorted(rests, key=lambda rest: -len(rest[0]))) for first, rests in phrases.items()})


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
