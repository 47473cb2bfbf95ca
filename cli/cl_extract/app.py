"""The command line: parse, call the library, print, exit code."""

from __future__ import annotations

import functools
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer
import typer.main
from typer.core import TyperGroup

from cl_extract import __version__, schema
from cl_extract.call import LISTS, NAME, Call, answer, complain, guarded, is_same, known_name, parse_date, read_release, tell
from cl_extract.config import Format, read_config
from cl_extract.engine.engine import Workbench, load_engine, load_workbench
from cl_extract.errors import UsageError
from cl_extract.extraction import extract_document
from cl_extract.output.sink import ClosedPipe, Sink, open_sink

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter
    from typer._click.exceptions import UsageError as BadCall
    from typer._click.shell_completion import CompletionItem

    from cl_extract.batch.work import Outcome
    from cl_extract.workbench.evaluate import Change, Evaluation
else:
    BadCall = typer.BadParameter.__mro__[1]  # UsageError of click, or of typer's own copy of it: which, depends on the version

FILES = "FILE..."  # the hidden command that a call without a subcommand is; no file is named so by accident

HELP = """Counts, quantities, money and dates out of police press releases, each with the characters it came from.

FILE is a release: plain text, Markdown, a saved page (HTML, MHTML), PDF, Word (.docx) or a mail (.eml), told by its content; or a feed (RSS, Atom),
each entry a release, FILE#2 the second. - is standard input. A file named like a command is reached with ./ before it.
"""
EPILOG = """\b
Exit codes:
  0  every input was read; finding nothing is no error
  1  some input failed, with a line on standard error; the rest was put out
  2  wrong usage or broken pattern packs; nothing was put out
"""


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
patterns = typer.Typer(help="List, show, test, check and document the patterns.", rich_markup_mode=None)
app.add_typer(patterns, name="patterns")


Packs = Annotated[list[str] | None, typer.Option("--patterns", metavar="PACK", help="A pack of your own beside the built-in; may be repeated.")]
Globs = Annotated[list[str] | None, typer.Option("--glob", metavar="GLOB", help="Of folders only files named so (*.txt); may be repeated.")]
RawCsv = Annotated[bool, typer.Option("--raw-csv", help="CSV cells as they are, also where a spreadsheet would run them as formulas.")]


def _show_version(asked: bool) -> None:
    if asked:
        with open_sink(None) as sink:
            sink.write(f"{NAME} {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_show_version)] = False,
) -> None:
    """What stands without a file."""


@app.command(FILES, hidden=True)
def extract_files(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="The record as JSON: one release indented, several one line each.")] = False,
    format_: Annotated[Format | None, typer.Option("--format", help="How to put records out; table unless given.")] = None,
    path: Annotated[str | None, typer.Option("--output", "-o", metavar="PATH", help="Write to PATH, whole or not at all.")] = None,
    only: Annotated[str, typer.Option(metavar="LIST,...", help=f"Only these lists: {','.join(LISTS)}.")] = "",
    measure: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only figures of this measure; may be repeated.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also the numbers that fit no measure.")] = False,
    raw_csv: RawCsv = False,
    published: Annotated[str, typer.Option(metavar="DATE", help="Publication date (YYYY-MM-DD) of a release that does not say.")] = "",
    packs: Packs = None,
) -> int:
    """Reads each release and puts out what it states."""
    if as_json and format_ not in {None, Format.JSON}:
        raise UsageError(f"--json and --format {format_} ask for different things; give one")
    form = Format.JSON if as_json else format_
    lists = [name.strip() for name in only.split(",")] if only else []
    return answer(Call(files, form, path, lists, measure or (), everything, published, packs or (), defuse=not raw_csv))


@app.command("batch")
def batch_files(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", show_default=False)],
    path: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help="Where to: .db, .jsonl, .csv or .parquet; - is standard output.")],
    format_: Annotated[
        str | None, typer.Option("--format", metavar="FORM", help="sqlite, jsonl, csv or parquet, if OUT's ending is another.")
    ] = None,
    wide: Annotated[bool, typer.Option("--wide", help="CSV with a row a release and a column a measure.")] = False,
    globs: Globs = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, metavar="N", help="Worker processes; one a core unless given.", show_default=False)] = 0,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="Give a file up after so long.")] = 120.0,
    prune: Annotated[bool, typer.Option("--prune", help="Take releases whose files are gone out of the database.")] = False,
    dask: Annotated[str, typer.Option("--dask", metavar="ADDRESS", help="Read on this Dask scheduler, or local, into a folder OUT.")] = "",
    shard: Annotated[str, typer.Option(metavar="I/N", help="Only part I of N equal parts of all files.", show_default=False)] = "1/1",
    raw_csv: RawCsv = False,
    packs: Packs = None,
) -> int:
    """Read whole folders into a database, JSON Lines, CSV or Parquet.

    Folders are read with all below them; hidden and binary files are left out and counted. Stopped or killed, the same command goes on where it was.
    Into a database only files that are new or changed are read. Exits 1 where a file could not be read: it is told, and the rest is put out.
    """
    from cl_extract.batch import run as batch
    from cl_extract.batch.walk import Shard, Walk
    from cl_extract.output.tables import summary_tables

    patterns = _pack_paths(packs)
    known = load_engine(patterns).measures  # faults in packs are told before anything is read
    form, part = None if format_ is None else known_name(format_, batch.FORMS, "format"), Shard.parse(shard)
    if dask:
        from cl_extract.batch import distributed

        if wide or prune or form not in {None, "parquet"}:
            raise UsageError("--dask writes Parquet, a row a fact, of what is there now; leave --wide, --prune and other forms out")
        listing = distributed.Listing(paths, globs or (), part)
        with _heard(listing, path) as heard:
            summary = distributed.run(dask, listing, path, patterns=patterns, heard=heard)
    else:
        target = batch.Target.of(path, form, wide=wide, defuse=not raw_csv)
        if prune and target.form != "sqlite":
            raise UsageError("--prune takes releases out of a database; other forms hold what is in the folder now")
        walk = Walk(paths, globs or (), part)
        try:
            with _heard(walk, path) as heard:
                summary = batch.run(walk, target, patterns=patterns, jobs=jobs, timeout=timeout, prune=prune, heard=heard)
        except KeyboardInterrupt:
            if path != "-":
                complain(f"{target.staging_shown}: has what was done; run the same command again to go on")
            return 130
    if path == "-":
        tell(summary_tables(summary, path, known=known))
    elif sys.stdout is not None:
        with suppress(UsageError, ClosedPipe), open_sink(None) as sink:  # the work is done, whether or not this can be told
            sink.write(summary_tables(summary, path, width=sink.width, color=sink.color, known=known))
    return int(summary.failed > 0)


@app.command("totals")
def print_totals(
    database: Annotated[str, typer.Argument(metavar="DB", show_default=False)],
    by: Annotated[str, typer.Option(metavar="GROUP,...", help="Of force, month and year, what to add up by.")] = "force,month",
    measure: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this measure; may be repeated.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The totals as JSON, one a line.")] = False,
) -> None:
    """Add up a database that batch has written, by force and by month or year.

    Of each release the figures are added that are no part of a larger one: parts, and what is told twice, count once. A figure counts in the month
    in which the period that it covers ends, else in that of publication.
    """
    from cl_extract.batch import totals as adding
    from cl_extract.output.tables import totals_table

    groups = [known_name(name.strip(), adding.GROUPS, "group") for name in by.split(",")] if by else []
    made = adding.totals(database, groups, measure or ())
    with open_sink(None) as sink:
        if as_json:
            sink.write("".join(f"{schema.to_json(adding.total_to_dict(total, groups))}\n" for total in made))
        else:
            sink.write(totals_table(made, groups, width=sink.width, color=sink.color))


@app.command("report")
def write_report(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", show_default=False)],
    path: Annotated[str, typer.Option("--output", "-o", metavar="PAGE", help="The HTML file to write; - is standard output.")],
    globs: Globs = None,
    packs: Packs = None,
) -> int:
    """Write one page with releases, their facts marked, and what they add up to.

    PATH is a release, a folder, or a database that batch has written. The page needs no network and no other file. Exits 1 where a file could not
    be read: it is told, here and on the page.
    """
    from cl_extract.batch.walk import Walk
    from cl_extract.report.page import report_page
    from cl_extract.report.source import collected

    patterns = _pack_paths(packs)
    known = load_engine(patterns).measures
    if any(is_same(path, name) for name in paths):
        raise UsageError(f"{path}: is to be read; name another file with -o")
    walk = Walk(paths, globs or (), leave_out=[path])
    with _heard(walk, path) as heard, collected(walk, patterns=patterns, heard=heard) as origin:
        page = report_page(origin, known=known)
    with open_sink(path) as sink:
        sink.write_raw(page)
    return int(origin.failed > 0)


@app.command("text")
def print_text(file: Annotated[str, typer.Argument(metavar="FILE", show_default=False)]) -> None:
    """Print the text that offsets count in.

    Of plain text and Markdown it is the file as it stands, decoded; of PDF and Word documents the text with its lines joined into paragraphs; of
    all else the visible text.
    """
    document = read_release(file)
    with open_sink(None) as sink:
        sink.write_raw(document.text)


@app.command("schema")
def print_schema() -> None:
    """Print the JSON Schema (2020-12) of the record."""
    text = schema.to_json(schema.json_schema(), indent=2)
    with open_sink(None) as sink:
        sink.write(text + "\n")


@app.command("explain")
def explain_file(
    file: Annotated[str, typer.Argument(metavar="FILE", show_default=False)],
    line: Annotated[int | None, typer.Option(metavar="N", help="Only what stands on line N, as mentions count lines.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The explanation as JSON.")] = False,
    published: Annotated[str, typer.Option(metavar="DATE", help="Publication date (YYYY-MM-DD) of a release that does not say.")] = "",
    packs: Packs = None,
) -> None:
    """Show why a release gives the facts it gives.

    For each sentence its atoms (with the classes that the packs put them into), the figures with what they count and the verbs that govern them,
    the facts with their rules, and for every number that became no fact, why.
    """
    from cl_extract.output.tables import explanation_text
    from cl_extract.workbench.explain import explain, explanation_to_dict

    date, engine = parse_date(published) if published else None, _engine(packs)
    explanation = explain(read_release(file), line=line, published=date, engine=engine)
    with open_sink(None) as sink:
        if as_json:
            sink.write(schema.to_json(explanation_to_dict(explanation), indent=2) + "\n")
        else:
            sink.write(explanation_text(explanation, width=sink.width, color=sink.color))


@app.command("show")
def show_file(
    file: Annotated[str, typer.Argument(metavar="FILE", show_default=False)],
    published: Annotated[str, typer.Option(metavar="DATE", help="Publication date (YYYY-MM-DD) of a release that does not say.")] = "",
    packs: Packs = None,
) -> None:
    """Show a release as it reads, its facts marked.

    Beside the words that state a figure stand its measure and value. What is no part of the release is dimmed. Where it is longer than the screen,
    $PAGER shows it.
    """
    from cl_extract.output.show import release_text

    date, engine = parse_date(published) if published else None, load_engine(_pack_paths(packs))
    document = read_release(file)
    record = extract_document(document, published=date, engine=engine)
    with open_sink(None) as sink:
        sink.page(release_text(document, record, width=sink.width, color=sink.color, known=engine.measures))


@app.command("evaluate")
def evaluate_folders(
    folders: Annotated[list[str], typer.Argument(metavar="FOLDER...", show_default=False)],
    show: Annotated[bool, typer.Option("--show", help="Also every fact and date missed, spurious or told otherwise, with its words.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The scores as JSON; with --show every fact and date judged.")] = False,
    save: Annotated[str | None, typer.Option(metavar="FILE", help="Write the run to FILE, for --baseline later.")] = None,
    baseline: Annotated[str | None, typer.Option(metavar="FILE", help="Also what was gained and lost since the run saved in FILE.")] = None,
    fail_under: Annotated[str, typer.Option(metavar="F1", help="Exit 1 where facts F1 is below this, such as 0.95.", show_default=False)] = "0",
    packs: Packs = None,
) -> int:
    """Score the extractor against gold files.

    A gold file, NAME.gold.json, says what a person reads in the release beside it: NAME.txt, NAME.md or NAME.html. A fact is found where measure,
    value and unit agree. Exits 1 where a gold file or a release cannot be read, the rest being scored, and where facts F1 is below --fail-under.
    """
    from cl_extract.workbench import evaluate as scoring

    floor, before = _fraction(fail_under), scoring.read_run(baseline) if baseline else None
    evaluation = scoring.evaluate(folders, functools.partial(extract_document, engine=_engine(packs)))
    change = scoring.compare(before, evaluation) if before is not None else None
    for fault in evaluation.faults:
        complain(fault)
    failed = bool(evaluation.faults)
    if evaluation.outcomes:
        if save:
            with open_sink(save) as sink:
                sink.write(scoring.write_run(evaluation))
        with open_sink(None) as sink:
            _put_evaluation(sink, evaluation, change, as_json=as_json, show=show)
    if evaluation.facts.f1 < floor:
        failed = complain(f"facts F1 {evaluation.facts.f1} is below {floor}")
    return int(failed)


@patterns.command("list")
def list_patterns(packs: Packs = None) -> None:
    """List the patterns and what each is for."""
    from cl_extract.workbench.docs import rules_text

    text = rules_text(_engine(packs).packs.rules)
    with open_sink(None) as sink:
        sink.write_raw(text)


@patterns.command("show")
def show_pattern(pattern: Annotated[str, typer.Argument(metavar="ID", show_default=False)], packs: Packs = None) -> None:
    """Show a pattern, its words and its examples."""
    from cl_extract.workbench.docs import rule_text

    known = _engine(packs).packs
    rules = {rule.id: rule for rule in known.rules}
    text = rule_text(rules[known_name(pattern, rules, "pattern")], known)
    with open_sink(None) as sink:
        sink.write_raw(text)


@patterns.command("test")
def run_pattern_examples(packs: Packs = None) -> int:
    """Run all examples; exit 1 where one fails."""
    from cl_extract.workbench.examples import run_examples

    engine = _engine(packs)
    failures = run_examples(engine)
    rules = engine.packs.rules
    examples = sum(len(rule.examples) + len(rule.negatives) for rule in rules)
    with open_sink(None) as sink:
        sink.write_raw("".join(f"{failure}\n" for failure in failures))
        sink.write(f"{examples} examples of {len(rules)} patterns: {len(failures)} failed\n")
    return int(bool(failures))


@patterns.command("lint")
def lint_patterns(packs: Packs = None) -> int:
    """Say what could be better in your packs, or else in the built-in ones; exit 1 where there is something.

    Unknown keys, classes, placeholders and measures, ids that stand twice and the like are faults: no command takes a pack with one.
    """
    from cl_extract.workbench.lint import lint

    remarks = lint(_engine(packs))
    with open_sink(None) as sink:
        sink.write_raw("".join(f"{remark}\n" for remark in remarks) or "no remarks\n")
    return int(bool(remarks))


@patterns.command("schema")
def print_pack_schema(packs: Packs = None) -> None:
    """Print the JSON Schema (2020-12) of packs."""
    from cl_extract.packs.schema import pack_schema

    text = schema.to_json(pack_schema(_engine(packs).packs), indent=2)
    with open_sink(None) as sink:
        sink.write(text + "\n")


@patterns.command("docs")
def print_pack_docs(packs: Packs = None) -> None:
    """Print patterns/README.md: how to write a pack, and what each measure is read by."""
    from cl_extract.workbench.docs import pack_docs

    text = pack_docs(_engine(packs).packs)
    with open_sink(None) as sink:
        sink.write_raw(text)


def _engine(packs: Sequence[str] | None) -> Workbench:
    """The engine of the built-in packs, the config's and ``packs``, each once, with the packs themselves."""
    return load_workbench(_pack_paths(packs))


def _pack_paths(packs: Sequence[str] | None) -> list[str]:
    """The packs beside the built-in ones: those of the config, then ``packs``."""
    return [*read_config().patterns, *(packs or ())]


@contextmanager
def _heard(files: Iterable[object], path: str) -> Iterator[Callable[[Outcome], object]]:
    """What tells of each file of a run: failures in a line, and on a terminal how far it is."""
    from cl_extract.batch.work import Failed

    shared = path == "-" and sys.stdout is not None and sys.stdout.isatty()  # a bar among the records would spoil them
    if sys.stderr is None or not sys.stderr.isatty() or shared:
        yield lambda outcome: complain(outcome.reason) if isinstance(outcome, Failed) else False
        return
    from cl_extract.output.progress import bar

    with bar(sum(1 for _ in files)) as shown:
        yield lambda outcome: shown.advance(failure=f"{NAME}: {outcome.reason}" if isinstance(outcome, Failed) else "")


def _put_evaluation(sink: Sink, evaluation: Evaluation, change: Change | None, *, as_json: bool, show: bool) -> None:
    from cl_extract.output.tables import evaluation_tables
    from cl_extract.workbench.evaluate import evaluation_to_dict

    if as_json:
        sink.write(schema.to_json(evaluation_to_dict(evaluation, outcomes=show, change=change), indent=2) + "\n")
    else:
        sink.write(evaluation_tables(evaluation, width=sink.width, color=sink.color, show=show, change=change))


def _fraction(text: str) -> float:
    """The number from 0 to 1 that ``text`` says."""
    try:
        made = float(text)
    except ValueError:
        made = -1.0
    if not 0 <= made <= 1:
        raise UsageError(f"--fail-under {text}: no F1; write a number from 0 to 1, such as 0.95")
    return made


def run(args: Sequence[str]) -> int:
    """Runs the command line and gives its exit code; tells of what went wrong on standard error."""
    return guarded(lambda: _parsed(args))


def _parsed(args: Sequence[str]) -> int:
    try:
        return int(typer.main.get_command(app).main(list(args), prog_name=NAME, standalone_mode=False) or 0)
    except BadCall as error:
        complain(f"{error.format_message().rstrip('.')}; see {NAME} --help")
    except OSError as error:  # of --help, which typer prints itself
        complain(f"standard output: cannot be written ({error.strerror})")
    return 2
