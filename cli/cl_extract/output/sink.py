"""Where output goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from cl_extract.errors import UsageError
from cl_extract.output.render import printable
from cl_extract.value import value

if TYPE_CHECKING:
    from pathlib import Path

PIPE_WIDTH = 100


class ClosedPipe(Exception):  # noqa: N818  # the reader had enough, which is no error
    """What reads the output has gone."""


@value(slots=True)
class Sink:
    """Something to write text to. ``terminal``: what is written reaches a person's terminal as it is."""

    stream: BinaryIO
    name: str
    terminal: bool = False
    encoding: str = "utf-8"
    used: bool = False

    def write(self, text: str) -> None:
        """Writes at once, so that a reader down the pipe sees each record when it is made.

        Raises ClosedPipe where there is none any more, UsageError where it cannot be written.
        """
        self.used = True
        left = memoryview(text.encode(self.encoding, "backslashreplace"))
        try:
            while left:  # an unbuffered stream takes what it can
                written = self.stream.write(left)
                if not written:
                    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
                left = left[written:]
            self.stream.flush()
        except BrokenPipeError as error:
            raise ClosedPipe from error
        except OSError as error:
            raise UsageError(f"{self.name}: cannot be written ({error.strerror})") from error

    def write_raw(self, text: str) -> None:
        """Writes text of unknown origin: as it is into a file or pipe, line by line made printable on a terminal."""
        self.write("".join(printable(line.expandtabs()) + "\n" for line in text.splitlines()) if self.terminal else text)

    def page(self, text: str) -> None:
        """Writes text that is safe to show; where a person would have to scroll back for its beginning, through $PAGER."""
        import shutil

        if not self.terminal or text.count("\n") < shutil.get_terminal_size().lines:
            self.write(text)
            return
        import pydoc  # which is large

        os.environ.setdefault("LESS", "-FRX")  # as git has it: colours as such, and no clearing of the screen
        self.used = True
        pydoc.pager(text)

    @property
    def width(self) -> int:
        """The columns there are: as COLUMNS says, or of the terminal, else 100. As shutil has it, which every table would have to load."""
        told = os.environ.get("COLUMNS", "")
        if told.isdecimal() and int(told):
            return int(told)
        try:
            return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else -1).columns or PIPE_WIDTH
        except (OSError, ValueError):
            return PIPE_WIDTH

    @property
    def color(self) -> bool:
        """Colour is for terminals, and not where NO_COLOR is set (https://no-color.org)."""
        return self.terminal and not os.environ.get("NO_COLOR")


@contextmanager
def open_sink(path: str | None) -> Iterator[Sink]:
    """Standard output, for None and "-", or the file at ``path``, which takes its name only when the block ends well and something was written.

    Raises UsageError, before anything is done, where ``path`` cannot be written.
    """
    if path in {None, "-"}:
        if sys.stdout is None:
            raise UsageError("standard output is closed; name a file with -o")
        terminal = sys.stdout.isatty()
        yield Sink(sys.stdout.buffer, "standard output", terminal, sys.stdout.encoding if terminal else "utf-8")
        return
    from pathlib import Path

    target = Path(path).resolve()  # a link stays a link: what it points to is replaced
    try:
        if Path(path).exists() and not Path(path).is_file():  # a device or a pipe
            with Path(path).open("wb") as stream:
                yield Sink(stream, path, stream.isatty())
        else:
            with replacing(target, target.with_name(f".cl-extract-{os.getpid()}-{os.urandom(4).hex()}")) as stream:
                yield Sink(stream, str(target))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); name another file with -o") from error


@contextmanager
def replacing(target: Path, beside: Path, *, empty: bool = False) -> Iterator[BinaryIO]:
    """A file at ``beside`` that takes the place of ``target``, and its permissions, when the block ends well, and then outlasts a power cut.

    ``empty``: also where nothing was written. Raises OSError where it cannot be, and leaves ``target`` as it was.
    """
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    try:
        beside.unlink(missing_ok=True)  # of a run that was killed
        with beside.open("xb") as stream:
            yield stream
            written = empty or stream.tell() > 0
            stream.flush()
            os.fsync(stream.fileno())
        if written:
            with suppress(FileNotFoundError):
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            beside.replace(target)
            _sync_folder(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Makes a new name in a folder outlast a power cut, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
