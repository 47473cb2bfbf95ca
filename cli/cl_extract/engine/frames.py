"""Frames: the rules of the packs by head and trigger class, the common way from an event and a thing to a measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from cl_extract.engine.chunk import Group, Trigger
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
class Frames:
    """The rules by head and trigger class."""

    by_trigger: Mapping[tuple[Kind, str, str], tuple[Rule, ...]]
    by_head: Mapping[tuple[Kind, str], tuple[Rule, ...]]
    by_list: Mapping[tuple[Kind, str], tuple[Rule, ...]]
    triggers: frozenset[str]

    def triggered(self, group: Group, cls: str) -> list[Rule]:
        """The frames that a trigger of class ``cls`` and the group's heads meet in."""
        kind = KINDS[group.kind]
        return [rule for head in heads_of(group) for rule in self.by_trigger.get((kind, head, cls), ())]

    def alone(self, group: Group) -> list[Rule]:
        """The frames that the group's heads alone meet."""
        kind = KINDS[group.kind]
        return [rule for head in heads_of(group) for rule in self.by_head.get((kind, head), ())]

    def knows(self, trigger: Trigger) -> bool:
        """Whether any frame has one of the trigger's classes."""
        return any(cls in self.triggers for cls, _ in trigger.senses)

    def verbless(self, group: Group) -> list[Rule]:
        """The frames that the group's heads meet in a line without a verb."""
        kind = KINDS[group.kind]
        return [rule for head in heads_of(group) for rule in self.by_list.get((kind, head), ())]


def heads_of(group: Group) -> Sequence[str]:
    """The heads that frames are looked up by, in a fixed order; "none" for a figure without a noun."""
    return _ordered(group.heads)


@lru_cache(maxsize=1024)
def _ordered(heads: frozenset[str]) -> Sequence[str]:
    return sorted(heads) or ("none",)


def compile_frames(rules: Iterable[Rule]) -> Frames:
    """The frames among ``rules``, indexed."""
    by_trigger: dict[tuple[Kind, str, str], list[Rule]] = {}
    by_head: dict[tuple[Kind, str], list[Rule]] = {}
    by_list: dict[tuple[Kind, str], list[Rule]] = {}
    for rule in rules:
        for head in rule.heads:
            if rule.verbless:
                by_list.setdefault((rule.kind, head), []).append(rule)
            for trigger in rule.triggers:
                by_trigger.setdefault((rule.kind, head, trigger), []).append(rule)
            if rule.alone:
                by_head.setdefault((rule.kind, head), []).append(rule)
    return Frames(_frozen(by_trigger), _frozen(by_head), _frozen(by_list), frozenset(trigger for _, _, trigger in by_trigger))


_Key = TypeVar("_Key")


def _frozen(rules: Mapping[_Key, list[Rule]]) -> dict[_Key, tuple[Rule, ...]]:
    return {key: tuple(listed) for key, listed in rules.items()}
