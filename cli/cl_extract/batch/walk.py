"""Paths to the files of releases under them, in one order on every machine."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from cl_extract.errors import UsageError

# Text that is no release: what tools leave beside releases, and what a browser saves beside a page.
DATA_OR_CODE = {
    *(".csv", ".ini", ".json", ".jsonl", ".ndjson", ".sql", ".toml", ".tsv", ".yaml", ".yml"),
    *(".bat", ".css", ".js", ".map", ".mjs", ".ps1", ".py", ".r", ".sh", ".svg", ".ts"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read. ``named``: on the command line, and not found in a folder. ``fault`` says why it, or a folder, cannot be."""

    path: str
    named: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Shard:
    """One of ``count`` equal parts of all files, told by a hash of each file's path below the folder given. ``index`` counts from 1."""

    index: int = 1
    count: int = 1

    @classmethod
    def parse(cls, text: str) -> Shard:
        """``"2/8"`` is the second of eight. Raises UsageError where it says anything else."""
        index, _, count = text.partition("/")
        if index.isdecimal() and count.isdecimal() and len(text) < 20 and 1 <= int(index) <= int(count):
            return cls(int(index), int(count))
        raise UsageError(f"--shard {text}: no part of a whole; write i/n, such as 2/8 for the second of eight")

    def __contains__(self, below: str) -> bool:
        return self.count == 1 or int.from_bytes(hashlib.sha256(os.fsencode(below)).digest()[:8]) % self.count == self.index - 1


@dataclass(slots=True)
class Walk:
    """The files under ``paths``: those named, and those in the folders named and all below.

    Names are in the order of their bytes, folders among the files. ``globs`` choose by name, or by path below the folder (``2024/*``); without one,
    all is taken but data and code. ``leave_out`` are paths never taken: what the run itself writes. Hidden files and folders are left out, as are
    pipes, devices and the like; a folder that links lead to again is walked once. ``skipped`` counts what was left out, by reason.
    """

    paths: Iterable[str]
    globs: Collection[str] = ()
    shard: Shard = field(default_factory=Shard)
    leave_out: Collection[str] = ()
    skipped: Counter[str] = field(default_factory=Counter)
    _entered: set[tuple[int, int]] = field(default_factory=set)

    def __iter__(self) -> Iterator[Found]:
        self.skipped.clear()
        self._entered.clear()
        own = {os.path.basename(path): os.path.realpath(path) for path in self.leave_out}
        for path in self.paths:
            if not os.path.isdir(path):
                if os.path.basename(path) in self.shard:
                    yield Found(path, named=True)
                continue
            open_folders = [self._inside(path, "")]
            while open_folders:
                for found in open_folders[-1]:
                    if isinstance(found, Found):
                        yield found
                    elif found.entry.name in own and os.path.realpath(found.entry.path) == own[found.entry.name]:
                        pass
                    elif _is_folder(found.entry):
                        open_folders.append(self._inside(found.entry.path, f"{found.below}/"))
                        break
                    elif reason := self._unwanted(found):
                        self.skipped[reason] += 1
                    elif found.below in self.shard:
                        yield Found(found.entry.path)
                else:
                    open_folders.pop()

    def _inside(self, folder: str, below: str) -> Iterator[Found | _Entry]:
        """What is in a folder and not hidden, in order; a folder that cannot be read is a Found with a fault."""
        try:
            told = os.stat(folder)
            if (told.st_dev, told.st_ino) in self._entered:
                self.skipped["folder met before"] += 1
                return
            self._entered.add((told.st_dev, told.st_ino))
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield Found(folder, fault=f"the folder cannot be read ({error.strerror}); check its permissions")
            return
        for entry in inside:
            if entry.name.startswith("."):
                self.skipped["hidden"] += 1
            else:
                yield _Entry(entry, below + entry.name)

    def _unwanted(self, found: _Entry) -> str:
        try:
            if not stat.S_ISREG(found.entry.stat().st_mode):
                return "no regular file"
        except OSError:
            return ""  # a dangling link, say: reading it tells what is wrong
        return unwanted(found.entry.name, found.below, self.globs)


def unwanted(name: str, below: str, globs: Collection[str]) -> str:
    """Why a file of that name, or of that path below the folder, is left out; empty where it is not."""
    if name.startswith("."):
        return "hidden"
    if globs:
        return "" if any(fnmatch.fnmatchcase(told, glob) for told in (name, below) for glob in globs) else "not asked for"
    return "data or code" if os.path.splitext(name)[1].lower() in DATA_OR_CODE else ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something in a folder, and its path below the folder that was named."""

    entry: os.DirEntry[str]
    below: str


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
