"""Frames: the rules of the packs by head and trigger class, the common way from an event and a thing to a measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cl_extract.engine.chunk import Group
from cl_extract.engine.triggers import Trigger
from cl_extract.model import FigureKind, Kind
from cl_extract.packs.packset import Rule
from cl_extract.value import value

KINDS: Mapping[FigureKind, Kind] = {
    FigureKind.COUNT: "count",
    FigureKind.MONEY: "money",
    FigureKind.MASS: "quantity",
    FigureKind.VOLUME: "quantity",
    FigureKind.DURATION: "quantity",
}


@value(frozen=True, slots=True)
class Met:
    """The frames that the groups of one kind with the same heads meet, in the order of their heads and of the packs.

    ``triggered`` has those that an event asks for, by its trigger class; ``alone`` those that the heads alone meet, ``verbless`` those that they meet
    in a line without a verb. The others tell of which classes a frame may be met by what the event is done to (``undergoers``), by what its verb
    takes besides (``complements``), and by nothing but the former (``direct``).
    """

    triggered: Mapping[str, tuple[Rule, ...]]
    alone: tuple[Rule, ...]
    verbless: tuple[Rule, ...]
    undergoers: frozenset[str]
    complements: frozenset[str]
    direct: frozenset[str]


@value(frozen=True, slots=True)
class Frames:
    """The rules by kind of figure and head, and all their trigger classes; ``met`` keeps what was looked up, by kind and heads."""

    rules: Mapping[tuple[Kind, str], tuple[Rule, ...]]
    triggers: frozenset[str]
    met: Mapping[FigureKind, dict[frozenset[str], Met]]

    def of(self, group: Group) -> Met:
        """The frames that a group meets; "none" is the head of a figure without a noun."""
        known = self.met[group.figure.kind]
        met = known.get(group.heads)
        if met is None:
            if len(known) >= _MOST:
                known.clear()
            kind = KINDS[group.figure.kind]
            met = known[group.heads] = _met([rule for head in sorted(group.heads) or ("none",) for rule in self.rules.get((kind, head), ())])
        return met

    def knows(self, trigger: Trigger) -> bool:
        """Whether any frame has one of the trigger's classes."""
        return any(cls in self.triggers for cls, _ in trigger.senses)


_MOST = 1024  # sets of heads that are kept of a kind; releases have a few hundred


def _met(rules: Sequence[Rule]) -> Met:
    asked = [(trigger, rule) for rule in rules for trigger in rule.triggers]
    triggered: dict[str, tuple[Rule, ...]] = {}
    for trigger, rule in asked:
        triggered[trigger] = (*triggered.get(trigger, ()), rule)
    return Met(
        triggered,
        tuple([rule for rule in rules if rule.alone]),
        tuple([rule for rule in rules if rule.verbless]),
        frozenset([trigger for trigger, rule in asked if rule.either or not rule.complement]),
        frozenset([trigger for trigger, rule in asked if rule.either or rule.complement]),
        frozenset([trigger for trigger, rule in asked if not rule.complement]),
    )


def compile_frames(rules: Iterable[Rule]) -> Frames:
    """The frames among ``rules``, by kind and head."""
    by_head: dict[tuple[Kind, str], list[Rule]] = {}
    for rule in rules:
        for head in rule.heads:
            by_head.setdefault((rule.kind, head), []).append(rule)
    triggers = frozenset([trigger for listed in by_head.values() for rule in listed for trigger in rule.triggers])
    return Frames({key: tuple(listed) for key, listed in by_head.items()}, triggers, {kind: {} for kind in KINDS})
