"""What packs compile to: made of them once, kept between calls, and made again when a pack, this code or Python has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cl_extract import cache
from cl_extract.engine.frames import Frames, compile_frames
from cl_extract.engine.lexicon import Lexicon, build_lexicon, lexicon_to_plain
from cl_extract.engine.skeleton import Phrases, compile_phrases, phrases_from_plain, phrases_to_plain
from cl_extract.errors import PackError
from cl_extract.packs.packset import PACKAGE, Measure, PackSet, Rule, Stamp, contents, stamp
from cl_extract.value import value

if TYPE_CHECKING:
    from pathlib import Path


@value(frozen=True, slots=True)
class Engine:
    """All that reading a release takes. ``plurals`` gives the plural of each noun of the packs by its singular."""

    lexicon: Lexicon
    frames: Frames
    phrases: Phrases
    measures: Mapping[str, Measure]
    plurals: Mapping[str, str]


@value(frozen=True, slots=True)
class Workbench(Engine):
    """An engine with the packs that it was made of, for whoever works on them."""

    packs: PackSet


def load_engine(patterns: Iterable[str | Path] = ()) -> Engine:
    """The engine of the built-in packs and the user's packs at ``patterns``. Raises PackError with every fault found.

    Engines are kept, in this process and between calls, one for each tuple of packs, and made again only when a pack has changed. The rules of a kept
    one are without their documentation and examples.
    """
    return _load_engine(stamp(patterns))


@lru_cache(maxsize=8)
def _load_engine(stamped: Stamp) -> Engine:
    try:
        key = cache.key_of(_made_of(stamped))
    except (OSError, ValueError):
        return _load_workbench(stamped)  # which tells what is wrong with the pack
    kept = cache.recall("engine", key)
    if isinstance(kept, dict):
        with suppress(TypeError, ValueError, KeyError, AttributeError, RuntimeError):
            return _from_plain(kept)
    made = _load_workbench(stamped)
    cache.keep("engine", key, _to_plain(made))
    return made


def load_workbench(patterns: Iterable[str | Path] = ()) -> Workbench:
    """As ``load_engine``, with the packs, and with the rules as they stand there."""
    return _load_workbench(stamp(patterns))


@lru_cache(maxsize=8)
def _load_workbench(stamped: Stamp) -> Workbench:
    from cl_extract.packs.load import load  # reads YAML

    return build_engine(load(name for name, _, _ in stamped))


def build_engine(packs: PackSet) -> Workbench:
    """The engine of ``packs``. Raises PackError for patterns that cannot be compiled."""
    lexicon = build_lexicon(packs)
    plurals = {noun.singular: noun.plural for noun in reversed(packs.nouns)}  # the first of the packs holds
    try:
        return Workbench(lexicon, compile_frames(packs.rules), compile_phrases(packs.rules, lexicon), packs.measures, plurals, packs)
    except _UNCOMPILED:
        raise PackError(tuple(_faults(packs.rules, lexicon))) from None


# What compiling patterns can end in: ValueError as it says; StopIteration where they use more words than there are characters to write them in.
_UNCOMPILED = (ValueError, KeyError, StopIteration, RecursionError, MemoryError)


def _faults(rules: Iterable[Rule], lexicon: Lexicon) -> list[str]:
    """A fault for each pattern that cannot be compiled by itself; where every one can, they are too many together."""
    made = []
    for rule in rules:
        try:
            compile_phrases([rule], lexicon)
        except _UNCOMPILED as error:
            told = str(error).removeprefix(f"{rule.id}: ") if isinstance(error, ValueError) else ""
            made.append(f"{rule.file}:{rule.line}: {rule.id}: {told or 'the pattern is too large'}")
    return made or ["the patterns use too many words together; take some away"]


# --- Kept between calls ---

_TOLD = {"doc", "source", "since", "examples", "negatives"}  # of a rule, only for people
_FIELDS = {cls: tuple(name for name in cls.__match_args__ if name not in _TOLD) for cls in (Rule, Measure)}
_CODE = ("values", "packs", "engine")  # the rooms that have a say in what is kept


def _made_of(stamped: Stamp) -> Iterable[bytes]:
    """All that an engine depends on: the content of its packs, and the modules that make it as they are now."""
    for path, said in contents(name for name, _, _ in stamped):
        yield os.fsencode(path)
        yield said
    for room in _CODE:
        with os.scandir(os.path.join(PACKAGE, room)) as files:
            code = sorted((file.path, file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.name.endswith(".py"))
        yield repr(code).encode("utf-8", "surrogatepass")


def _to_plain(engine: Workbench) -> dict[str, object]:
    return {
        "lexicon": lexicon_to_plain(engine.lexicon),
        "rules": [{name: getattr(rule, name) for name in _FIELDS[Rule]} for rule in engine.packs.rules],
        "phrases": phrases_to_plain(engine.phrases),
        "measures": [{name: getattr(measure, name) for name in _FIELDS[Measure]} for measure in engine.measures.values()],
        "plurals": dict(engine.plurals),
    }


def _from_plain(kept: dict[str, Any]) -> Engine:
    rules = [Rule(**rule, doc="", source="", since="") for rule in kept["rules"]]
    measures = {measure["id"]: Measure(**measure) for measure in kept["measures"]}
    phrases = phrases_from_plain(kept["phrases"], {rule.id: rule for rule in rules})
    return Engine(Lexicon(kept["lexicon"]), compile_frames(rules), phrases, measures, kept["plurals"])
