"""Set phrases as regular expressions over the skeleton of a sentence: one character an atom, so that no number and no vocabulary slows them down.

A pattern is words and placeholders with the operators of ``regex``:

- ``{n}`` a counted group, ``{a}`` one told by "a" or "an", ``{n:people}`` one whose head is of a class; ``{money}``, ``{mass}``, ``{volume}`` and
  ``{duration}`` likewise;
- ``{date}``, ``{age}`` … any other kind of figure; ``{people}`` a word or phrase of a class of the packs; ``.`` any one atom or group;
- a bare word stands for itself, in any case; a space means "next".

A figure marked with ``!`` after its placeholder is the one that the rule reads; without a mark it is the first. What has no class of its own is one
and the same character, whatever the text holds, so that no input can forge a class.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from cl_extract.engine.chunk import HEADING, Chunks, Group
from cl_extract.engine.lex import Atom
from cl_extract.engine.lexicon import Lexicon
from cl_extract.model import FigureKind
from cl_extract.packs.load import Rule

_FIGURES = {
    "n": FigureKind.COUNT,
    "a": FigureKind.COUNT,
    "money": FigureKind.MONEY,
    "mass": FigureKind.MASS,
    "volume": FigureKind.VOLUME,
    "duration": FigureKind.DURATION,
}
# Seconds that one pattern may spend on one release before it is given up, not counting searches of the usual length.
TIME_LIMIT = 0.5
_USUAL = 0.001
_FIRST = 0xE000  # Unicode's private use area: no text stands there, and nothing in a pattern means anything.
_END, _OTHER, _DATE, _ARTICLE = (chr(_FIRST + k) for k in range(4))
_PIECE = regex.compile(
    r"\{(?P<name>[a-z_.]+)(?::(?P<head>[a-z_|]+))?\}(?P<mark>!)?|(?P<quantifier>\{\d+(?:,\d*)?\})|(?P<open>\(\?[:=!])|(?P<word>[\w&£'’%-]+|[,;:])|(?P<operator>[()|?*+.])|(?P<space>\s+)|(?P<bad>.)"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled rule: its regular expression over skeletons, with the figure it reads as the group ``figure``."""

    rule: Rule
    expression: str
    compiled: regex.Pattern[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """All patterns of the packs and the characters they are written in."""

    patterns: tuple[Pattern, ...]
    classes: Mapping[frozenset[str], str]
    used: frozenset[str]
    words: frozenset[str]
    heads: Mapping[str, str]
    kinds: Mapping[FigureKind, str]

    def find(self, chunks: Chunks, spent: dict[str, float]) -> Iterator[tuple[Rule, Group]]:
        """The groups of a sentence that a pattern reads, each with the rule; the patterns in the order of the packs.

        ``spent`` keeps the seconds that each rule has taken in this release; one that reaches TIME_LIMIT is not searched for again.
        """
        if not self.patterns or not chunks.groups:
            return
        skeleton, starts = self.write(chunks)
        for pattern in self.patterns:
            left = TIME_LIMIT - spent.get(pattern.rule.id, 0)
            if left <= 0:
                continue
            began = time.perf_counter()
            try:
                found = [match.start("figure") for match in pattern.compiled.finditer(skeleton, timeout=left) if match["figure"]]
            except TimeoutError:
                spent[pattern.rule.id] = TIME_LIMIT
                continue
            took = time.perf_counter() - began
            if took > _USUAL:
                spent[pattern.rule.id] = TIME_LIMIT - left + took
            yield from ((pattern.rule, starts[start]) for start in found)

    def write(self, chunks: Chunks) -> tuple[str, dict[int, Group]]:
        """The skeleton of a sentence, and the group that starts at each of its characters."""
        made: list[str] = []
        starts: dict[int, Group] = {}
        length = 0
        groups = {group.first: group for group in chunks.groups}
        k = 0
        atoms = chunks.sentence.atoms
        while k < len(atoms):
            group = groups.get(k)
            if group is None:
                piece = self.character(atoms[k])
                k += 1
            else:
                starts[length] = group
                kind = _ARTICLE if group.article else self.kinds[group.kind]
                piece = kind + "".join(self.heads[head] for head in sorted(group.heads) if head in self.heads) + _END
                k = group.last
            made.append(piece)
            length += len(piece)
        return "".join(made), starts

    def character(self, atom: Atom) -> str:
        """The character of one atom."""
        if atom.figure is not None:
            return self.kinds[atom.figure.kind]
        if atom.date is not None:
            return _DATE
        features = atom.entry.classes & self.used
        if atom.low in self.words:
            features |= {"=" + atom.low}
        return self.classes.get(features, _OTHER)


def given_up(spent: Mapping[str, float]) -> tuple[str, ...]:
    """The rules that ``Phrases.find`` searches for no more, by id."""
    return tuple(sorted(rule for rule, seconds in spent.items() if seconds >= TIME_LIMIT))


def compile_phrases(rules: Sequence[Rule], lexicon: Lexicon) -> Phrases:
    """The patterns of ``rules`` compiled. Raises ValueError, naming the rule, for a pattern that cannot be."""
    rules = [rule for rule in rules if rule.pattern]
    used: set[str] = set()
    words: set[str] = set()
    heads: set[str] = set()
    for rule in rules:
        for piece in _PIECE.finditer(rule.pattern):
            if piece["name"] and piece["name"] not in _FIGURES and piece["name"] != "date":
                used.add(piece["name"])
            heads.update((piece["head"] or "").split("|"))
            if piece["word"]:
                words.add(piece["word"].lower())
    code = iter(range(_FIRST + 4, 0xF8FF))
    kinds = {kind: chr(next(code)) for kind in FigureKind}
    head_codes = {head: chr(next(code)) for head in sorted(heads - {""})}
    classes: dict[frozenset[str], str] = {}
    for first, candidates in lexicon.phrases.items():
        for rest, entry in candidates:
            low = " ".join((first, *rest))
            features = (entry.classes & used) | ({"=" + low} if low in words else set())
            if features and features not in classes:
                classes[frozenset(features)] = chr(next(code))
    for word in sorted(words):
        classes.setdefault(frozenset({"=" + word}), chr(next(code)))
    phrases = Phrases((), classes, frozenset(used), frozenset(words), head_codes, kinds)
    patterns = []
    for rule in rules:
        expression = _expression(rule, phrases)
        try:
            patterns.append(Pattern(rule, expression, regex.compile(expression)))
        except regex.error as error:
            raise ValueError(f"{rule.id}: {error}") from None
    return Phrases(tuple(patterns), classes, frozenset(used), frozenset(words), head_codes, kinds)


def _expression(rule: Rule, phrases: Phrases) -> str:
    figures = [piece for piece in _PIECE.finditer(rule.pattern) if piece["name"] in _FIGURES]
    chosen = next((piece.start() for piece in figures if piece["mark"]), figures[0].start() if figures else -1)
    if chosen < 0:
        raise ValueError(f"{rule.id}: the pattern reads no figure; add {{n}}, {{money}}, {{mass}}, {{volume}} or {{duration}}")
    heads = "".join(phrases.heads.values())
    made = []
    for piece in _PIECE.finditer(rule.pattern):
        name, word = piece["name"], piece["word"]
        if name in _FIGURES:
            inside = f"[{heads}]*" if heads else ""
            if piece["head"]:
                inside += "[" + "".join(phrases.heads[head] for head in piece["head"].split("|")) + f"]{inside}"
            text = f"{_ARTICLE if name == 'a' else phrases.kinds[_FIGURES[name]]}{inside}{_END}"
            made.append(f"(?P<figure>{text})" if piece.start() == chosen else f"(?:{text})")
        elif name == "date":
            made.append(_DATE)
        elif name in list(FigureKind):
            made.append(phrases.kinds[FigureKind(name)])
        elif name or word:
            feature = name or "=" + (word or "").lower()
            codes = "".join(code for features, code in phrases.classes.items() if feature in features)
            if not codes:
                raise ValueError(f"{rule.id}: no word of the packs is of class {feature}")
            made.append(f"[{codes}]")
        elif piece["operator"] == ".":
            made.append(f"(?:[{_ARTICLE}{''.join(phrases.kinds[kind] for kind in HEADING)}][{heads}]*{_END}|[^{_END}{heads}])" if heads else ".")
        elif piece["bad"]:
            raise ValueError(f"{rule.id}: {piece['bad']!r} has no meaning in a pattern")
        else:
            made.append((piece["quantifier"] or piece["open"] or piece["operator"] or "").strip())
    return "".join(made)
