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
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import regex

from cl_extract.cache import put_together, taken_apart
from cl_extract.engine.chunk import Chunks, Group
from cl_extract.engine.lexicon import Lexicon
from cl_extract.expressions import compiled
from cl_extract.model import COUNT, DURATION, FACTUAL, MASS, MONEY, VOLUME, FigureKind
from cl_extract.packs.packset import Rule
from cl_extract.value import replace, value

_FIGURES = {
    "n": COUNT,
    "a": COUNT,
    "money": MONEY,
    "mass": MASS,
    "volume": VOLUME,
    "duration": DURATION,
}
# Seconds of CPU time that one pattern may spend on one release before it is given up, not counting searches of the usual length.
TIME_LIMIT = 0.5
_USUAL = 0.001
_FIRST = 0xE000  # Unicode's private use area: no text stands there, and nothing in a pattern means anything.
_END, _OTHER, _DATE, _ARTICLE = (chr(_FIRST + k) for k in range(4))
_PIECE = compiled(
    r"\{(?P<name>[a-z_.]+)(?::(?P<head>[a-z_|]+))?\}(?P<mark>!)?|(?P<quantifier>\{\d+(?:,\d*)?\})|(?P<open>\(\?[:=!])|(?P<word>[\w&£'’%-]+|[,;:])|(?P<operator>[()|?*+.])|(?P<space>\s+)|(?P<bad>.)"
)


@value(frozen=True, slots=True)
class Pattern:
    """A compiled rule: its regular expression over skeletons, with the figure it reads as the group ``figure``.

    ``needs``: sets of words, classes, heads and kinds of figure, of each of which a sentence that it matches has one; ``must``: what is the
    only one of its set.
    """

    rule: Rule
    expression: str
    compiled: regex.Pattern[str]
    needs: tuple[frozenset[str], ...]
    must: frozenset[str]

    def may_match(self, features: frozenset[str]) -> bool:
        """Whether a sentence with these features has all that the pattern needs."""
        return self.must <= features and not any(map(features.isdisjoint, self.needs))


@value(frozen=True, slots=True)
class Phrases:
    """All patterns of the packs and the characters they are written in.

    ``filed`` gives by something that a sentence has the places of the patterns that may match there: each is filed under the rarest that it needs.
    ``words`` gives the characters of a word that patterns name, by its classes, and ``bare`` those of all other words.
    """

    patterns: tuple[Pattern, ...]
    filed: Mapping[str, tuple[int, ...]]
    heads: Mapping[str, str]
    kinds: Mapping[FigureKind, str]
    words: Mapping[str, Mapping[frozenset[str], str]]
    bare: Mapping[frozenset[str], str]

    def find(self, chunks: Chunks, spent: dict[str, float]) -> Iterator[tuple[Rule, Group]]:
        """The groups of a sentence that a pattern reads, each with the rule; the patterns in the order of the packs.

        ``spent`` keeps the seconds that each rule has taken in this release; one that reaches TIME_LIMIT is not searched for again.
        """
        features = features_of(chunks)
        places = sorted({place for feature in self.filed.keys() & features for place in self.filed[feature]})
        patterns = [pattern for place in places if (pattern := self.patterns[place]).may_match(features)]
        if not patterns or not chunks.groups:
            return
        skeleton, starts = self.write(chunks)
        for pattern in patterns:
            left = TIME_LIMIT - spent.get(pattern.rule.id, 0)
            if left <= 0:
                continue
            began = time.thread_time()
            found = _search(pattern, skeleton, left)
            took = time.thread_time() - began
            if found is None:
                spent[pattern.rule.id] = TIME_LIMIT
                continue
            if took > _USUAL:
                spent[pattern.rule.id] = TIME_LIMIT - left + took
            yield from ((pattern.rule, starts[start]) for start in found)

    def write(self, chunks: Chunks) -> tuple[str, dict[int, Group]]:
        """The skeleton of a sentence, and the group that starts at each of its characters."""
        heads, kinds, words, bare = self.heads, self.kinds, self.words, self.bare
        single = [
            words.get(atom.low, bare).get(atom.entry.classes, _OTHER) if atom.low else _DATE if atom.figure is None else kinds[atom.figure.kind]
            for atom in chunks.sentence.atoms
        ]
        made: list[str] = []
        starts: dict[int, Group] = {}
        length = at = 0
        for group in chunks.groups:
            made += single[at : group.first]
            length += group.first - at
            starts[length] = group
            kind = _ARTICLE if group.article else kinds[group.figure.kind]
            piece = kind + "".join([heads[head] for head in sorted(group.heads) if head in heads]) + _END
            made.append(piece)
            length += len(piece)
            at = group.last
        made += single[at:]
        return "".join(made), starts

    def without(self, rule: str) -> Phrases:
        """The phrases but for the patterns of one rule, named by its id."""
        kept = tuple(pattern for pattern in self.patterns if pattern.rule.id != rule)
        return replace(self, patterns=kept, filed=_filed(kept))


def features_of(chunks: Chunks) -> frozenset[str]:
    """What a sentence has of all that patterns need: its words, their classes, the heads of its groups and the kinds of their figures."""
    kinds = [_ARTICLE if group.article else group.figure.kind for group in chunks.groups]
    return chunks.words.union(chunks.classes, kinds, *[group.heads for group in chunks.groups])


def _filed(patterns: Sequence[Pattern]) -> dict[str, tuple[int, ...]]:
    """The places of patterns by what each needs: what the fewest patterns need, and of that what has the longest name, as rare words have."""
    needed = Counter([feature for pattern in patterns for feature in frozenset[str]().union(*pattern.needs)])
    filed: dict[str, list[int]] = {}
    for place, pattern in enumerate(patterns):
        for feature in min(pattern.needs, key=lambda need: (max(needed[one] for one in need), -min(map(len, need))), default=_KINDS):
            filed.setdefault(feature, []).append(place)
    return {feature: tuple(places) for feature, places in filed.items()}


_KINDS = frozenset({_ARTICLE, *(kind.value for kind in FigureKind)})


def _search(pattern: Pattern, skeleton: str, seconds: float) -> list[int] | None:
    """Where the figures that a pattern reads start; None where it took more than that much CPU time.

    ``regex`` goes by the clock on the wall, of which on a busy machine little may have been ours; what is read must not depend on that.
    """
    began = time.thread_time()
    while (left := seconds - (time.thread_time() - began)) > 0:
        try:
            return [match.start("figure") for match in pattern.compiled.finditer(skeleton, timeout=left) if match["figure"]]
        except TimeoutError:
            continue
    return None


def phrases_to_plain(phrases: Phrases) -> dict[str, object]:
    """The phrases as plain data; each rule as its id."""
    patterns = [(pattern.rule.id, pattern.expression, taken_apart(pattern.compiled), pattern.needs, pattern.must) for pattern in phrases.patterns]
    kinds = {kind.value: character for kind, character in phrases.kinds.items()}
    return {"patterns": patterns, "kinds": kinds, **{name: getattr(phrases, name) for name in _PLAIN}}


def phrases_from_plain(kept: dict[str, Any], rules: Mapping[str, Rule]) -> Phrases:
    """The phrases that ``phrases_to_plain`` took apart."""
    patterns = tuple(Pattern(rules[rule], expression, put_together(apart), *needs) for rule, expression, apart, *needs in kept["patterns"])
    kinds = {FigureKind(kind): character for kind, character in kept["kinds"].items()}
    return Phrases(patterns, kinds=kinds, **{name: kept[name] for name in _PLAIN})


_PLAIN = ("filed", "heads", "words", "bare")


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
    for phrase, entry in lexicon:
        low = " ".join(phrase)
        features = (entry.classes & used) | ({"=" + low} if low in words else set())
        if features and features not in classes:
            classes[features] = chr(next(code))
    for word in sorted(words):
        classes.setdefault(frozenset({"=" + word}), chr(next(code)))
    named = {word: {frozenset[str](): classes[frozenset({"=" + word})]} for word in words}
    bare: dict[frozenset[str], str] = {}
    for phrase, entry in lexicon:
        low, known = " ".join(phrase), entry.classes & used
        if low in words:
            named[low][entry.classes] = classes[known | {"=" + low}]
        elif known in classes:
            bare[entry.classes] = classes[known]
    patterns = []
    for rule in rules:
        parts = list(_parts(rule, classes, head_codes, kinds))
        expression = "".join(text for text, _ in parts)
        try:
            made = regex.compile(expression)
        except regex.error as error:
            raise ValueError(f"{rule.id}: {error}") from None
        needs = _needs(iter(parts))
        patterns.append(Pattern(rule, expression, made, needs, frozenset[str]().union(*[need for need in needs if len(need) == 1])))
    return Phrases(tuple(patterns), _filed(patterns), head_codes, kinds, named, bare)


_Needs = tuple[frozenset[str], ...]


def _parts(
    rule: Rule, classes: Mapping[frozenset[str], str], head_codes: Mapping[str, str], kinds: Mapping[FigureKind, str]
) -> Iterator[tuple[str, _Needs]]:
    """The pieces of a pattern as a regular expression over skeletons, each with the sets of features of which what it matches has one."""
    figures = [piece for piece in _PIECE.finditer(rule.pattern) if piece["name"] in _FIGURES]
    chosen = next((piece.start() for piece in figures if piece["mark"]), figures[0].start() if figures else -1)
    if chosen < 0:
        raise ValueError(f"{rule.id}: the pattern reads no figure; add {{n}}, {{money}}, {{mass}}, {{volume}} or {{duration}}")
    every = "".join(head_codes.values())
    within = f"[{every}]*" if every else ""  # a group's own heads, and never words up to the next
    for piece in _PIECE.finditer(rule.pattern):
        name, word = piece["name"], piece["word"]
        if name in _FIGURES:
            kind = _ARTICLE if name == "a" else kinds[_FIGURES[name]]
            heads = "".join(head_codes[head] for head in piece["head"].split("|")) if piece["head"] else ""
            inside = f"{within}[{heads}]{within}" if heads else within
            needs = frozenset({_ARTICLE if name == "a" else _FIGURES[name].value})
            yield (
                f"({'?P<figure>' if piece.start() == chosen else '?:'}{kind}{inside}{_END})",
                (needs, frozenset(piece["head"].split("|"))) if heads else (needs,),
            )
        elif name == "date":
            yield _DATE, ()
        elif name in list(FigureKind):
            yield kinds[FigureKind(name)], ()
        elif name or word:
            feature = name or "=" + (word or "").lower()
            codes = "".join(code for features, code in classes.items() if feature in features)
            if not codes:
                raise ValueError(f"{rule.id}: no word of the packs is of class {feature}")
            yield f"[{codes}]", (frozenset({name or word.lower()}),)
        elif piece["operator"] == ".":
            group = f"[{_ARTICLE}{''.join(kinds[kind] for kind in FACTUAL)}]{within}{_END}"
            yield f"(?:{group}|[^{_END}{every}])" if every else ".", ()
        elif piece["bad"]:
            raise ValueError(f"{rule.id}: {piece['bad']!r} has no meaning in a pattern")
        else:
            yield (piece["quantifier"] or piece["open"] or piece["operator"] or "").strip(), ()


def _needs(parts: Iterator[tuple[str, _Needs]]) -> _Needs:
    """The sets of features, of each of which any match of ``parts``, up to the parenthesis that closes them, has one."""
    branches: list[list[_Needs]] = [[]]
    for text, needs in parts:
        if text == ")":
            break
        if text == "|":
            branches.append([])
        elif text.startswith("(") and not needs and text in _OPENING:
            inner = _needs(parts)
            branches[-1].append(() if text in _LOOKING else inner)
        elif text in {"?", "*"} or text.startswith("{0"):
            branches[-1][-1:] = [()]
        else:
            branches[-1].append(needs)
    flat = [[one for needs in branch for one in needs] for branch in branches]
    if len(flat) == 1:
        return tuple(flat[0])
    return (frozenset().union(*(min(branch, key=len) for branch in flat)),) if all(flat) else ()


_LOOKING = frozenset({"(?=", "(?!"})
_OPENING = _LOOKING | {"(", "(?:"}
