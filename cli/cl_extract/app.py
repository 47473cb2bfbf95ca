"""The command line: parse, call the library, print, exit code."""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
import os
import sys
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
import typer.main
from typer.core import TyperGroup

from cl_extract import __version__, output, render, schema
from cl_extract.errors import ClExtractError, InputError, PackError, UsageError
from cl_extract.extract import extract_document
from cl_extract.model import Document, Record

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter
    from typer._click.exceptions import UsageError as BadCall
    from typer._click.shell_completion import CompletionItem
else:
    BadCall = typer.BadParameter.__mro__[1]  # UsageError of click, or of typer's own copy of it: which, depends on the version

NAME = "cl-extract"
FILES = "FILE..."  # the hidden command that a call without a subcommand is; no file is named so by accident
LISTS = (*schema.LISTS, "dates")

HELP = """Counts, quantities, money and dates out of police press releases, each with the characters it came from.

FILE is a release: plain text, Markdown or a saved HTML page; - is standard input. A file named like a command is reached with ./ before it.
"""
EPILOG = """\b
Exit codes:
  0  every input was read; finding nothing is no error
  1  some input failed, with a line on standard error; the rest was put out
  2  wrong usage or broken pattern packs; nothing was put out
"""


class Format(StrEnum):
    """How records are put out."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class FilesOrCommand(TyperGroup):
    """A group whose call without a subcommand is its command FILES, so that ``cl-extract FILE`` needs no subcommand."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Puts FILES before arguments that name no subcommand; --help and --version are the group's own wherever they stand."""
        completing = ctx.resilient_parsing and not args
        if not completing and (not args or args[0] not in self.commands):
            own = {name for param in self.get_params(ctx) for name in param.opts}
            args = next(([arg] for arg in itertools.takewhile("--".__ne__, args) if arg in own), [FILES, *args])
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Subcommands, and the options of FILES."""
        return [*super().shell_complete(ctx, incomplete), *self.commands[FILES].shell_complete(ctx, incomplete)]

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Both ways to call it."""
        formatter.write_usage(ctx.command_path, "[OPTIONS] FILE...")
        formatter.write_usage(ctx.command_path, "COMMAND [ARGS]...", prefix="       ")

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The options of FILES and the group's own as one list, then the subcommands."""
        params = [param for param in (*self.commands[FILES].params, *self.get_params(ctx)) if param.param_type_name == "option"]
        with formatter.section("Options"):
            formatter.write_dl([record for param in params if (record := param.get_help_record(ctx))])
        self.format_commands(ctx, formatter)


app = typer.Typer(cls=FilesOrCommand, help=HELP, epilog=EPILOG, rich_markup_mode=None, pretty_exceptions_enable=False)
patterns = typer.Typer(help="List, show and test the patterns.", rich_markup_mode=None)
app.add_typer(patterns, name="patterns")


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_show_version)] = False,
) -> None:
    """What stands without a file."""


@app.command(FILES, hidden=True)
def extract_files(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="The record as JSON: one file indented, several one line each.")] = False,
    format_: Annotated[Format | None, typer.Option("--format", help="How to put records out; table unless given.")] = None,
    path: Annotated[str | None, typer.Option("--output", "-o", metavar="PATH", help="Write to PATH, whole or not at all.")] = None,
    only: Annotated[str, typer.Option(metavar="LIST,...", help=f"Only these lists: {','.join(LISTS)}.")] = "",
    measure: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only figures of this measure; may be repeated.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also the numbers that fit no measure.")] = False,
    published: Annotated[str, typer.Option(metavar="DATE", help="Publication date (YYYY-MM-DD) of a release that does not say.")] = "",
) -> int:
    """Reads each release and puts out what it states."""
    if as_json and format_ not in {None, Format.JSON}:
        raise UsageError(f"--json and --format {format_} ask for different things; give one")
    form = Format.JSON if as_json else format_ or Format.TABLE
    lists = [_known(name.strip(), LISTS, "list") for name in only.split(",")] if only else []
    measures = [_known_measure(name) for name in measure or ()]
    date = _date(published) if published else None
    failed = False
    with output.sink(path) as sink:
        for name in files:
            try:
                record = extract_document(_read(name), published=date)
            except InputError as error:
                failed = _complain(error)
            else:
                _put(sink, render.select(record, lists, measures), form, several=len(files) > 1, unclassified=everything)
    return int(failed)


@app.command("text")
def print_text(file: Annotated[str, typer.Argument(metavar="FILE", show_default=False)]) -> None:
    """Print the text that offsets count in.

    It is the decoded source as it stands; of HTML the visible text.
    """
    document = _read(file)
    with output.sink(None) as sink:
        sink.write_raw(document.text)


@app.command("schema")
def print_schema() -> None:
    """Print the JSON Schema (2020-12) of the record."""
    text = schema.to_json(schema.json_schema(), indent=2)
    with output.sink(None) as sink:
        sink.write(text + "\n")


@patterns.command("list")
def list_patterns() -> None:
    """List the patterns and what each is for."""
    from cl_extract.packs import load

    text = render.rules_text(load().rules)
    with output.sink(None) as sink:
        sink.write_raw(text)


@patterns.command("show")
def show_pattern(pattern: Annotated[str, typer.Argument(metavar="ID", show_default=False)]) -> None:
    """Show a pattern, its words and its examples."""
    from cl_extract.packs import load

    packs = load()
    rules = {rule.id: rule for rule in packs.rules}
    text = render.rule_text(rules[_known(pattern, rules, "pattern")], packs)
    with output.sink(None) as sink:
        sink.write_raw(text)


@patterns.command("test")
def test_patterns() -> int:
    """Run all examples; exit 1 where one fails."""
    from cl_extract.packcheck import run_examples
    from cl_extract.packs import load

    packs = load()
    failures = run_examples(packs)
    examples = sum(len(rule.examples) + len(rule.negatives) for rule in packs.rules)
    with output.sink(None) as sink:
        sink.write_raw("".join(f"{failure}\n" for failure in failures))
        sink.write(f"{examples} examples of {len(packs.rules)} patterns: {len(failures)} failed\n")
    return int(bool(failures))


def _read(name: str) -> Document:
    """The release in the file of that name, or on standard input for ``-``."""
    from cl_extract import read

    if name != "-":
        return read.read_file(name)
    if sys.stdin is None:
        raise InputError("-: standard input is closed; name a file")
    return read.read_bytes(sys.stdin.buffer.read())


def _put(sink: output.Sink, record: Record, form: Format, *, several: bool, unclassified: bool) -> None:
    first = not sink.used
    if form is Format.TABLE:
        from cl_extract.tables import record_tables  # rich takes as long to import as a release to read

        text = record_tables(record, width=sink.width, color=sink.color, unclassified=unclassified)
        sink.write(text if first else f"\n{text}")
    elif form is Format.CSV:
        sink.write_raw(render.csv_rows(record, header=first, unclassified=unclassified))
    else:
        indent = 2 if form is Format.JSON and not several else None
        sink.write(record.to_json(indent=indent, unclassified=unclassified) + "\n")


def _known(name: str, known: Collection[str], what: str) -> str:
    """``name``, if it is one of ``known``; else a UsageError that names the nearest."""
    if name in known:
        return name
    nearest = difflib.get_close_matches(name, known, 1, cutoff=0)[0]
    raise UsageError(f"unknown {what} {name}; the nearest is {nearest}")


def _known_measure(name: str) -> str:
    from cl_extract.packs import measures

    return _known(name, measures(), "measure")


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--published {text}: no date; write it as 2022-03-07") from None


def _complain(error: Exception | str) -> bool:
    """Tells of an error in one line on standard error, and that something failed."""
    print(f"{NAME}: {render.printable(str(error))}", file=sys.stderr)
    return True


def run(args: Sequence[str]) -> int:
    """Runs the command line and gives its exit code; tells of what went wrong on standard error."""
    try:
        return int(typer.main.get_command(app).main(list(args), prog_name=NAME, standalone_mode=False) or 0)
    except output.ClosedPipe:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered goes nowhere, without a message
        return 0
    except PackError as error:
        for fault in error.faults:
            _complain(fault)
    except ClExtractError as error:
        _complain(error)
        return 1 if isinstance(error, InputError) else 2
    except BadCall as error:
        _complain(f"{error.format_message().rstrip('.')}; see {NAME} --help")
    except KeyboardInterrupt:
        return 130
    return 2


def main() -> None:
    """The console entry point."""
    sys.exit(run(sys.argv[1:]))
