"""What takes long to make, kept between calls in the user's cache folder.

``$XDG_CACHE_HOME/cl-extract`` (``~/.cache`` unless set); ``CL_EXTRACT_CACHE`` names another folder, or switches it off with 0. What is read back was
written by this user alone: folder and file are the user's own and nobody else may write them, and the bytes are whole. They hold plain data, that of
compiled regular expressions included, and nothing that is run. Where anything is amiss there is no cache, and no word of it.
"""

from __future__ import annotations

import copyreg
import hashlib
import marshal
import os
import stat
import sys
import zlib
from collections.abc import Iterable
from typing import Any, cast

import regex
from regex import _regex

_FORM = 2  # of what is kept: raised with every change of that, in this module or those that use it
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # through no link, and not waiting for a pipe
_CHECK = 4  # bytes of a checksum; whoever could change the file on purpose could change that as well
_MOST = 8  # files of one kind: one for each set of packs in use
_LARGEST = 1 << 26


def key_of(parts: Iterable[bytes]) -> str:
    """A name for what is made of ``parts`` by this Python and this version of regex."""
    told = hashlib.sha256(repr((_FORM, sys.version, sys.implementation.cache_tag, regex.__version__)).encode())
    for part in parts:
        told.update(b"%d:" % len(part) + part)
    return told.hexdigest()[:32]


def taken_apart(pattern: regex.Pattern[Any]) -> tuple[object, ...]:
    """A compiled pattern as plain data, as pickle would have it; empty where this regex takes its patterns apart in another way."""
    maker, data = cast("tuple[object, Iterable[object]]", copyreg.dispatch_table[regex.Pattern](pattern))
    return tuple(data) if maker is _regex.compile else ()  # type: ignore[attr-defined]  # what pickle calls, and the stubs leave out


def put_together(data: Iterable[object]) -> regex.Pattern[Any]:
    """The pattern that ``taken_apart`` took apart, without compiling it again. Raises TypeError or ValueError for anything else."""
    pattern: regex.Pattern[Any] = _regex.compile(*data)  # type: ignore[attr-defined]  # as above
    return pattern


def recall(kind: str, key: str) -> object | None:
    """What ``keep`` put there, None where there is nothing."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with os.fdopen(os.open(os.path.join(folder, f"{kind}-{key}"), os.O_RDONLY | _SAFELY), "rb") as stream:
            told = os.fstat(stream.fileno())
            if not (stat.S_ISREG(told.st_mode) and _is_own(told) and told.st_size <= _LARGEST):
                return None
            data = stream.read()
        if zlib.crc32(data[_CHECK:]) != int.from_bytes(data[:_CHECK], "big"):
            return None
        kept: object = marshal.loads(data[_CHECK:])
        return kept
    except (OSError, ValueError, EOFError, TypeError, MemoryError):
        return None


def keep(kind: str, key: str, data: object) -> None:
    """Keeps plain data under a key; the oldest of its kind goes where there are many. Raises ValueError for data that is not plain."""
    folder = _folder(make=True)
    if folder is None:
        return
    packed = marshal.dumps(data)  # type: ignore[arg-type]  # which says what it cannot take
    made = os.path.join(folder, f".{os.getpid()}-{os.urandom(4).hex()}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(zlib.crc32(packed).to_bytes(_CHECK, "big") + packed)
        os.replace(made, os.path.join(folder, f"{kind}-{key}"))
        with os.scandir(folder) as files:
            alike = sorted((file for file in files if file.name.startswith(f"{kind}-")), key=lambda file: -file.stat().st_mtime)
        for old in alike[_MOST:]:
            _drop(old.path)
    except OSError:
        _drop(made)


def _drop(made: str) -> None:
    try:
        os.unlink(made)
    except OSError:
        return


def _folder(*, make: bool = False) -> str | None:
    """The cache folder, where the user has one that nobody else may write."""
    named = os.environ.get("CL_EXTRACT_CACHE", "")
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or os.path.join(os.environ.get("HOME", ""), ".cache")
    folder = named or os.path.join(home, "cl-extract")
    if named == "0" or not os.path.isabs(folder):
        return None
    try:
        if make:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        told = os.lstat(folder)
    except OSError:
        return None
    return folder if stat.S_ISDIR(told.st_mode) and _is_own(told) else None


def _is_own(told: os.stat_result) -> bool:
    """Whether a file or folder is the user's own and nobody else may write it; where there are no such permissions, the user's folder is."""
    return not hasattr(os, "getuid") or (told.st_uid == os.getuid() and not told.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
