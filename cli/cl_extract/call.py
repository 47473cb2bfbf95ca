"""``cl-extract FILE...``: what a call for records asks for, and its answer.

The call that people make all day, of files with ``--json`` or ``--all`` or nothing, is told from its arguments alone (`plain_call`): to load the
parser of the whole command line takes as long as all else together. Every other is parsed by ``app``; both are answered here.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Never

from cl_extract import expressions, schema
from cl_extract.config import Format, read_config
from cl_extract.engine.engine import Engine, load_engine
from cl_extract.errors import ClExtractError, InputError, PackError, UsageError
from cl_extract.extraction import extract_document
from cl_extract.model import Document, Record
from cl_extract.output import render
from cl_extract.output.sink import ClosedPipe, Sink, open_sink
from cl_extract.value import value

NAME = "cl-extract"
LISTS = (*schema.LISTS, "dates")


@value(frozen=True, slots=True)
class Call:
    """The releases to be read, and which of their figures are put out how and where.

    ``form`` None stands for the config's, ``path`` None for standard output; empty ``lists`` and ``measures`` for all; ``everything``: also the
    numbers that fit no measure. ``packs`` are the user's own beside those of the config; ``defuse`` is of CSV, as in ``render.csv_rows``.
    """

    files: Sequence[str]
    form: Format | None = None
    path: str | None = None
    lists: Sequence[str] = ()
    measures: Sequence[str] = ()
    everything: bool = False
    published: str = ""
    packs: Sequence[str] = ()
    defuse: bool = True


def plain_call(args: Sequence[str]) -> Call | None:
    """The call that ``args`` make where they are files and plain flags alone; else None, for the parser to say what they are.

    What comes first must look like a file, since a bare word may be a command.
    """
    flags = {arg for arg in args if arg.startswith("-") and arg != "-"}
    files = [arg for arg in args if arg not in flags]
    if not files or not flags <= {"--json", "--all"} or not (args[0].startswith("-") or "." in args[0] or os.sep in args[0]):
        return None
    return Call(files, form=Format.JSON if "--json" in flags else None, everything="--all" in flags)


def answer(call: Call) -> int:
    """Reads each release and puts out what it states. The exit code: 1 where one could not be read, which is told. Raises UsageError, PackError."""
    config = read_config()
    engine = load_engine([*config.patterns, *call.packs])
    form = call.form or config.format or Format.TABLE
    lists = [known_name(name, LISTS, "list") for name in call.lists]
    measures = [known_name(name, engine.measures, "measure") for name in call.measures]
    published = parse_date(call.published) if call.published else None
    failed = False
    if call.path is not None and any(is_same(call.path, name) for name in call.files):
        raise UsageError(f"{call.path}: is a release to be read; name another file with -o")
    with open_sink(call.path) as sink:
        for name in call.files:
            try:
                documents = read_releases(name)
                several = len(call.files) > 1 or len(documents) > 1
                for document in documents:
                    record = extract_document(document, published=published, engine=engine)
                    _put(sink, render.select(record, lists, measures), form, engine, call, several=several)
                    resume_collection()
            except InputError as error:
                failed = complain(error)
            except MemoryError:
                failed = complain(f"{name}: takes more memory than there is; split it into releases")
            except ClosedPipe:  # the reader had enough
                break
            resume_collection()
    return int(failed)


def read_releases(name: str) -> tuple[Document, ...]:
    """The releases in the file of that name, or on standard input for ``-``. Raises InputError."""
    from cl_extract.reading import read

    if name != "-":
        return read.read_releases(name)
    if sys.stdin is None:
        raise InputError("-: standard input is closed; name a file")
    return read.read_stream(sys.stdin.buffer)


def read_release(name: str) -> Document:
    """The one release in the file of that name. Raises InputError, also where there are several."""
    from cl_extract.reading.read import only

    return only(read_releases(name), name)


def is_same(path: str, name: str) -> bool:
    """Whether both name one file that exists, devices aside."""
    from cl_extract.reading.read import file_of

    file = file_of(name)
    return os.path.isfile(path) and os.path.isfile(file) and os.path.samefile(path, file)


def _put(sink: Sink, record: Record, form: Format, engine: Engine, call: Call, *, several: bool) -> None:
    first = not sink.used
    if form is Format.TABLE:
        from cl_extract.output.tables import record_tables  # rich takes as long to import as a release to read

        text = record_tables(record, width=sink.width, color=sink.color, unclassified=call.everything, known=engine.measures)
        sink.write(text if first else f"\n{text}")
    elif form is Format.CSV:
        sink.write_raw(render.csv_rows(record, header=first, unclassified=call.everything, defuse=call.defuse))
    else:
        indent = 2 if form is Format.JSON and not several else None
        sink.write(record.to_json(indent=indent, unclassified=call.everything) + "\n")


def known_name(name: str, known: Collection[str], what: str) -> str:
    """``name``, if it is one of ``known``; else a UsageError that names the nearest, or where they are listed."""
    import difflib

    if name in known:
        return name
    near = difflib.get_close_matches(name, known, 1)
    if near:
        raise UsageError(f"unknown {what} {name}; the nearest is {near[0]}")
    raise UsageError(f"unknown {what} {name}; " + (f"choose from {', '.join(known)}" if len(known) < 10 else f"see {NAME} patterns list"))


def parse_date(text: str) -> dt.date:
    """The date that ``--published`` gives. Raises UsageError."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--published {text}: no date; write it as 2022-03-07") from None


def complain(error: Exception | str) -> bool:
    """Tells of an error in one line on standard error, and that something failed."""
    tell(f"{NAME}: {render.printable(str(error))}\n")
    return True


def tell(text: str) -> None:
    """Writes to standard error, where there is any that can be written: what is told there must not end, or mix with, what is put out."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def guarded(work: Callable[[], int]) -> int:
    """Does the work and gives its exit code; tells of what went wrong on standard error."""
    try:
        return work()
    except ClosedPipe:
        return 0
    except PackError as error:
        for fault in error.faults:
            complain(fault)
    except ClExtractError as error:
        complain(error)
        return 1 if isinstance(error, InputError) else 2
    except KeyboardInterrupt:
        return 130
    return 2


def run() -> Never:
    """Does what the arguments of this process ask for, and ends it."""
    args = sys.argv[1:]
    call = plain_call(args)
    if call is not None:
        code = guarded(lambda: answer(call))
    else:
        from cl_extract.app import run as run_app

        resume_collection()
        code = run_app(args)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:  # told already; what is still buffered goes nowhere, without a message at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if call is not None and not is_watched():
        leave(code)
    sys.exit(code)


def resume_collection() -> None:
    """Has garbage collected again where ``main`` put that off, but for what is there by now, most of which stays to the end."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def is_watched() -> bool:
    """Whether a profiler, a debugger or a tool that measures coverage waits for the end of the process."""
    monitoring = getattr(sys, "monitoring", None)  # Python 3.12 and later
    watched = monitoring is not None and any(monitoring.get_tool(tool) for tool in range(6))
    return watched or sys.gettrace() is not None or sys.getprofile() is not None


def leave(code: int) -> Never:
    """Ends the process at once: to take down what is loaded takes a tenth as long as a call. What was to be kept at the end is kept."""
    expressions.keep()
    os._exit(code)
