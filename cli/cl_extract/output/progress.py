"""How far a long run is, as a bar on standard error for a person who waits; for anything else nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from cl_extract.output.render import printable

PER_SECOND = 10  # how often the bar is drawn anew


class Bar:
    """A bar with how many files are done, how many a second, how many failed, and the time left."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=total, failed=0, rate=0.0)
        self._began = self._drawn = time.monotonic()
        self._done = self._failed = 0

    def advance(self, failure: str = "") -> None:
        """Counts a file; a ``failure`` is told in a line above the bar."""
        self._done += 1
        if failure:
            self._failed += 1
            self._progress.console.print(Text(printable(failure)))
        now = time.monotonic()
        if now - self._drawn >= 1 / PER_SECOND:
            self._drawn = now
            rate = self._done / (now - self._began)
            self._progress.update(self._task, completed=self._done, failed=self._failed, rate=rate, refresh=True)


@contextmanager
def bar(total: int) -> Iterator[Bar]:
    """The bar of a run over ``total`` files. It is drawn by ``advance`` alone, so that there is no thread beside worker processes that are forked."""
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.0f}/s"),
        TextColumn("{task.fields[failed]} failed"),
        TimeRemainingColumn(),
    )
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False) as progress:
        yield Bar(progress, total)
