"""Regular expressions, compiled once and kept between calls: to compile them all takes longer than to read a release."""

from __future__ import annotations

import atexit
import functools
from contextlib import suppress
from typing import AnyStr

import regex

from cl_extract import cache

IGNORECASE, MULTILINE, DOTALL = int(regex.IGNORECASE), int(regex.MULTILINE), int(regex.DOTALL)

_Table = dict[tuple[str | bytes, int], tuple[object, ...]]  # patterns taken apart, by expression and flags
_KIND, _KEY = "expressions", cache.key_of(())


def compiled(expression: AnyStr, flags: int = 0) -> regex.Pattern[AnyStr]:
    """The pattern of an expression; ``flags`` are those of regex. For those that modules name, since all are kept."""
    flags, table = int(flags), _table()
    kept = table.get((expression, flags))
    if kept:
        with suppress(TypeError, ValueError, RuntimeError):
            return cache.put_together(kept)
    pattern = regex.compile(expression, flags)
    table[expression, flags] = cache.taken_apart(pattern)
    _fresh.add((expression, flags))
    return pattern


def keep() -> None:
    """Keeps what this process had to compile, as its end does."""
    if _fresh:
        cache.keep(_KIND, _KEY, _table())
        _fresh.clear()


@functools.cache
def _table() -> _Table:
    kept = cache.recall(_KIND, _KEY)
    return kept if isinstance(kept, dict) else {}


_fresh: set[tuple[str | bytes, int]] = set()
atexit.register(keep)
