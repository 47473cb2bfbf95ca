"""What packs hold: typed vocabulary, measures, frames and rules; where packs are, and whether they have changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from cl_extract.errors import PackError
from cl_extract.model import Kind
from cl_extract.value import field, value

if TYPE_CHECKING:
    from pathlib import Path

Voice = Literal["object", "subject", "post", "act"]

PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
MAX_BYTES = 1 << 20  # of a pack; far from what a real one needs
# Heads that the chunker gives itself: no noun, a noun of no class, a span of time, a sum told to be a value of something out of sight, a sum a day.
BUILT_IN_HEADS = frozenset({"none", "thing", "duration", "valued", "rate", "yearly"})
# The measure of rules that say what is not a fact, such as drugs supplied in the past.
VOID = "none"


@value(frozen=True, slots=True)
class Measure:
    """What a figure can measure: an id of record.md, its label in plain words, and the kinds its figures may be of.

    ``open_unit``: the measure leaves open what is counted, so that a count of it keeps its noun as ``unit``.
    ``narrowed_by``: the attributes that its figures can have.
    """

    id: str
    label: str
    kinds: tuple[Kind, ...]
    open_unit: bool = False
    narrowed_by: tuple[str, ...] = ()
    file: str = ""
    line: int = 0


@value(frozen=True, slots=True)
class Example:
    """A text that a rule must read (``expected`` holds the fields its fact must have), or, with ``because``, must not."""

    text: str
    expected: Mapping[str, object] = field(default_factory=dict)
    because: str = ""
    todo: bool = False


@value(frozen=True, slots=True, eq=False)
class Rule:
    """A frame (``heads`` and ``triggers``) or a set phrase (``pattern``) that gives a measure.

    ``near`` names a class one of whose words must stand in the group or shortly after it; ``unless`` one that must not stand between trigger and
    group or beside the group; ``adjacent``: no other group may stand between them. ``alone``: a number and its head are enough, without a
    trigger; ``verbless``: they are in a line without a verb. ``wins``: it keeps every other rule from the group; ``reach``: the most atoms
    between trigger and group (0: no limit); ``passive``: only a passive verb will do; ``complement``: the figure is what the verb takes, not
    what it is done to ("charged with nine counts"), ``either``: one or the other. ``article`` says what a bare "a" or "an" needs to count as
    one: ``trigger`` (a governing trigger); with ``never`` it does not.
    """

    id: str
    measure: str
    doc: str
    source: str
    since: str
    file: str
    line: int
    kind: Kind = "count"
    heads: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    adjacent: bool = False
    alone: bool = False
    verbless: bool = False
    wins: bool = False
    reach: int = 0
    passive: bool = False
    complement: bool = False
    either: bool = False
    article: str = "trigger"
    pattern: str = ""
    unit: str | None = None
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    negatives: tuple[Example, ...] = ()
    open_unit: bool = False
    narrowed_by: tuple[str, ...] = ()


@value(frozen=True, slots=True)
class Noun:
    """A countable noun of a class, with its plural."""

    cls: str
    singular: str
    plural: str
    file: str = ""
    line: int = 0


@value(frozen=True, slots=True)
class Verb:
    """A verb (or post phrase, or noun of action) of a trigger class, with its forms."""

    cls: str
    voice: Voice
    base: str
    past: str
    participle: str
    file: str = ""
    line: int = 0


@value(frozen=True, slots=True)
class Word:
    """A word or phrase of a class; ``canonical`` is the name it stands for."""

    cls: str
    text: str
    canonical: str
    file: str = ""
    line: int = 0


@value(frozen=True, slots=True)
class PackSet:
    """All packs together, in the order they were read. ``own`` are the names of the user's packs among them, ``off`` the rules they switch off."""

    measures: Mapping[str, Measure]
    words: tuple[Word, ...]
    nouns: tuple[Noun, ...]
    verbs: tuple[Verb, ...]
    rules: tuple[Rule, ...]
    own: tuple[str, ...] = ()
    off: tuple[str, ...] = ()

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id, None where there is none."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def folder() -> str:
    """Where the built-in packs are: beside the package in a wheel, at the top of the repository in a checkout."""
    inside, beside = os.path.join(PACKAGE, "patterns"), os.path.join(PACKAGE, "..", "..", "patterns")
    for place in (inside, beside):
        if os.path.isdir(place):
            return os.path.realpath(place)
    raise PackError((f"{inside}: no pattern packs; reinstall cl-extract",))


def built_in() -> list[str]:
    """The paths of the built-in packs, by name."""
    place = folder()
    return [os.path.join(place, name) for name in sorted(os.listdir(place)) if name.endswith(".yaml")]


def contents(patterns: Iterable[str | Path]) -> Iterator[tuple[str, bytes]]:
    """The path of each built-in pack, then of those at ``patterns``, with what it says. Raises OSError or ValueError where it cannot be read."""
    for path in (*built_in(), *patterns):
        with open(path, "rb") as stream:
            yield os.fspath(path), stream.read(MAX_BYTES + 1)


Stamp = tuple[tuple[str, int, int], ...]


def stamp(patterns: Iterable[str | Path]) -> Stamp:
    """The packs at ``patterns``, each file once, as they are now: path, time of the last change and size of each, zeros where there is none."""
    made: dict[object, tuple[str, int, int]] = {}
    for name in [patterns] if isinstance(patterns, str | os.PathLike) else patterns:
        try:
            told = os.stat(name)
            made.setdefault((told.st_dev, told.st_ino), (str(name), told.st_mtime_ns, told.st_size))
        except (OSError, ValueError):
            made.setdefault(str(name), (str(name), 0, 0))
    return tuple(made.values())
