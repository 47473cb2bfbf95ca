"""Flags, streams and exit codes; what the figures are is tested elsewhere."""

from __future__ import annotations

import json
import os
import pty
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cl_extract import __version__, call
from cl_extract.app import run
from cl_extract.call import Call, answer, guarded, plain_call
from cl_extract.config import Format
from cl_extract.model import Document
from cl_extract.output.sink import ClosedPipe

CLI = str(Path(__file__).resolve().parents[1] / "cli")
TEXT = "Week of action\n\nTwo men were arrested and £1,500 in cash was seized on 7 March 2022. Call 101.\n"
HOSTILE = "A [red]week[/red] \x1b[31mof\x1b]8;;http://evil\x07 \x9b31m \u202eaction\n\nTwo men were arrested with 12 \x1b[5m \u202eboxes.\n"


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("release.txt").write_text(TEXT, encoding="utf-8")
    return "release.txt"


def started(*args: str, stdin: int = subprocess.DEVNULL, stdout: int = subprocess.PIPE, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cl_extract", *args]
    return subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": CLI, **(env or {})})


def out_of(capfd: pytest.CaptureFixture[str]) -> str:
    out, err = capfd.readouterr()
    assert not err
    return out


# --- Forms ---


def test_tables_are_plain_in_a_pipe(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([release]) == 0
    out = out_of(capfd)
    assert "release.txt" in out
    assert "\x1b" not in out


def test_json_of_one_file_is_indented(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--json", release]) == 0
    out = out_of(capfd)
    assert out.startswith("{\n  ")
    assert json.loads(out)["source"]["path"] == release
    assert run([release, "--format", "json"]) == 0
    assert out_of(capfd) == out


def test_json_of_several_files_is_a_line_each(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([release, "--json", release]) == 0
    lines = out_of(capfd).splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0]) == json.loads(lines[1])
    assert run(["--format", "jsonl", release]) == 0
    assert out_of(capfd).splitlines() == lines[:1]


def test_csv_has_one_header(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([release, release, "--format=csv"]) == 0
    assert out_of(capfd).count("file,published,force,kind,measure") == 1


def test_several_files_as_tables(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([release, release]) == 0
    assert out_of(capfd).count("release.txt") == 2


def test_two_runs_give_the_same_bytes(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    run([release, "--json", "--all"])
    first = out_of(capfd)
    run([release, "--json", "--all"])
    assert out_of(capfd) == first


def test_json_is_utf_8_whatever_the_locale(release: str) -> None:
    Path(release).write_text("Café £5 – “x”\n", encoding="utf-8")
    ascii_only = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    out, _ = started("--json", "--all", release, env=ascii_only).communicate()
    assert json.loads(out.decode())
    out, err = started(release, env=ascii_only).communicate()
    assert out.decode()
    assert not err


# --- Options ---


def test_only_and_measure_leave_the_rest_empty(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--json", release]) == 0
    whole = json.loads(out_of(capfd))
    assert run(["--json", "--only", "counts,dates", release]) == 0
    assert json.loads(out_of(capfd)) == {**whole, "quantities": [], "money": []}
    assert run(["--json", "--measure", "arrests", release]) == 0
    arrests = [fact for fact in whole["counts"] if fact["measure"] == "arrests"]
    assert json.loads(out_of(capfd)) == {**whole, "counts": arrests, "quantities": [], "money": [], "dates": []}
    assert arrests


def test_all_adds_unclassified(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    run([release, "--json"])
    assert "unclassified" not in json.loads(out_of(capfd))
    run([release, "--json", "--all"])
    assert "101" in [number["text"] for number in json.loads(out_of(capfd))["unclassified"]]
    run([release, "--all"])
    assert "Not classified" in out_of(capfd)
    run([release, "--all", "--format", "csv"])
    assert "unclassified" in out_of(capfd)


def test_published_stands_in(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Two men were arrested.\n", encoding="utf-8")
    run([str(path), "--json", "--published", "2022-03-14"])
    assert json.loads(out_of(capfd))["release"]["published"] == "2022-03-14"


def test_standard_input(release: str) -> None:
    with Path(release).open("rb") as stream:
        out, err = started("-", "--json", stdin=stream.fileno()).communicate()
    assert not err
    assert json.loads(out)["source"]["path"] is None


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "Missing argument"),
        (["--jsn", "x"], "--json"),
        (["--format", "xml", "x"], "'xml' is not one of"),
        (["--only", "count", "x"], "unknown list count; the nearest is counts"),
        (["--measure", "arests", "x"], "unknown measure arests; the nearest is arrests"),
        (["--measure", "unicorns", "x"], "unknown measure unicorns; see cl-extract patterns list"),
        (["--only", "everything", "x"], "unknown list everything; choose from counts, quantities, money, dates"),
        (["release.txt", "-o", "release.txt"], "release.txt: is a release to be read; name another file with -o"),
        (["release.txt", "-o", "./release.txt"], "./release.txt: is a release to be read; name another file with -o"),
        (["--published", "7/3/22", "x"], "--published 7/3/22: no date; write it as 2022-03-07"),
        (["--json", "--format", "csv", "x"], "--json and --format csv"),
        (["-o", "/no/such/folder/out", "x"], "/no/such/folder/out: cannot be written"),
        (["patterns", "show", "no.such"], "unknown pattern no.such"),
        (["patterns", "lst"], "No such command 'lst'"),
        (["schema", "extra"], "unexpected extra argument"),
    ],
)
@pytest.mark.usefixtures("release")
def test_wrong_usage_is_one_line_and_puts_nothing_out(args: list[str], message: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(args) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("cl-extract: ")
    assert message in err
    assert err.count("\n") == 1


# --- Commands ---


def test_version(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert out_of(capfd) == f"cl-extract {__version__}\n"


def test_help_shows_both_uses_and_what_exit_codes_mean(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = out_of(capfd)
    for part in ("FILE...", "COMMAND", "--json", "--published", "schema", "patterns", "Exit codes:", "  2  wrong usage"):
        assert part in shown
    assert run(["release.txt", "--json", "--help"]) == 0
    assert out_of(capfd) == shown


@pytest.mark.parametrize(
    "command", [["text"], ["schema"], ["patterns"], *(["patterns", name] for name in ("list", "show", "test", "lint", "schema", "docs"))]
)
def test_every_command_has_help(command: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run([*command, "--help"]) == 0
    assert len(out_of(capfd).splitlines()) > 4


def test_schema_is_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(out_of(capfd))["$schema"].endswith("2020-12/schema")


def test_text_is_what_offsets_count_in(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    Path(release).write_bytes(TEXT.replace("\n", "\r\n").encode())
    run(["text", release])
    text = out_of(capfd)
    assert text == TEXT.replace("\n", "\r\n")
    run(["--json", release])
    data = json.loads(out_of(capfd))
    places = [place for name in ("counts", "money", "dates") for fact in data[name] for place in fact["mentions"]]
    assert places
    assert all(text[place["start"] : place["end"]] == place["text"] for place in places)


def test_patterns(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["patterns", "list"]) == 0
    first = out_of(capfd).splitlines()[1].split()[0]
    assert run(["patterns", "show", first]) == 0
    assert out_of(capfd).startswith(first)
    assert run(["patterns", "test"]) == 0
    assert out_of(capfd).endswith(" 0 failed\n")


def test_a_file_named_like_a_command(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    Path(release).rename("schema")
    assert run(["./schema", "--json"]) == 0
    assert json.loads(out_of(capfd))["source"]["path"] == "./schema"


def test_completion_offers_options_and_commands() -> None:
    for words, offered in (("cl-extract --js", "--json"), ("cl-extract sch", "schema"), ("cl-extract patterns sh", "show")):
        env = {"_CL_EXTRACT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        assert started(env=env).communicate()[0].decode().split() == [offered]


# --- Bad input ---


def test_one_bad_file_does_not_stop_the_others(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    Path("folder").mkdir()
    Path("binary").write_bytes(bytes(range(256)) * 8)
    assert run(["none.txt", "folder", "binary", release, "--json"]) == 1
    out, err = capfd.readouterr()
    assert len(out.splitlines()) == 1
    lines = err.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [["cl-extract", name] for name in ("none.txt", "folder", "binary")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    Path(release).chmod(0)
    assert run([release]) == 1
    assert capfd.readouterr().err.startswith(f"cl-extract: {release}: ")


def test_an_empty_file_is_a_record_without_facts(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    assert run([str(path)]) == 0
    assert "No figures or dates found." in out_of(capfd)


def test_a_name_that_is_no_text(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    Path(release).rename(name)
    for form in ("table", "json", "csv"):
        assert run([name, "--format", form]) == 0
        assert "caf" in out_of(capfd)
    assert run([os.fsdecode(b"no\xe9\x1b[31m\n.txt")]) == 1
    err = capfd.readouterr().err
    assert err.startswith("cl-extract: no")
    assert err.removesuffix("\n").isprintable()


def on_terminal(*args: str, **env: str) -> str:
    """What the command writes to a terminal."""
    ours, theirs = pty.openpty()
    process = started(*args, stdout=theirs, env={"TERM": "xterm-256color", **env})
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:
        pass  # the terminal's other end was closed
    os.close(ours)
    assert process.wait() == 0
    assert process.stderr
    assert not process.stderr.read()
    return shown.decode()


def test_colour_is_for_terminals(release: str) -> None:
    assert "\x1b[1m" in on_terminal(release)
    assert "\x1b" not in on_terminal(release, NO_COLOR="1")


@pytest.mark.parametrize(
    ("args", "part"),
    [
        ([], "Two men"),
        (["--all"], "␛[5m"),
        (["--json", "--all"], r"\u001b[5m"),
        (["--format", "csv"], "Two men"),
        (["text"], "[red]week[/red] ␛[31m"),
    ],
)
def test_hostile_text_does_not_reach_the_terminal(release: str, args: list[str], part: str) -> None:
    Path(release).write_text(HOSTILE, encoding="utf-8")
    shown = on_terminal(*args, release, NO_COLOR="1")
    assert not set(shown) & set("\x1b\x07\x9b\u202e")
    assert part in shown


# --- Streams ---


@pytest.mark.parametrize("args", [["--json"], [], ["--format", "csv"]])
def test_a_closed_pipe_ends_quietly(release: str, args: list[str]) -> None:
    process = started(*args, *[release] * 3)
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    assert process.stderr.read() == b""
    assert process.wait() == 0


def test_a_full_disk_is_told_in_a_line(release: str) -> None:
    with Path("/dev/full").open("wb") as full:
        process = started(release, stdout=full.fileno())
        _, err = process.communicate()
    assert process.returncode == 2
    assert err == b"cl-extract: standard output: cannot be written (No space left on device)\n"


@pytest.mark.parametrize("args", [["--version"], ["--help"], ["schema"], ["patterns", "list"]])
def test_a_full_disk_is_told_by_every_command(args: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        process = started(*args, stdout=full.fileno())
        _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert err.decode().count("\n") == 1
    assert "cannot be written" in err.decode()


def test_input_without_end_is_refused() -> None:
    with Path("/dev/zero").open("rb") as zero:
        process = started("-", stdin=zero.fileno())
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err.decode()) == (1, "cl-extract: -: is larger than 16 MiB; split it into releases\n")
    process = started("/dev/zero")
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err.decode()) == (1, "cl-extract: /dev/zero: is larger than 16 MiB; split it into releases\n")


def test_output_to_a_dash_is_standard_output(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--json", release, "-o", "-"]) == 0
    assert json.loads(out_of(capfd))["counts"]
    assert not Path("-").exists()


def test_control_c_ends_quietly_and_leaves_nothing(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    held = os.open(fifo, os.O_RDWR)  # what reads it waits for what never comes
    process = started(str(fifo), "-o", str(tmp_path / "out"))
    while process.poll() is None and len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    os.close(held)
    assert process.returncode == 130
    assert not err
    assert list(tmp_path.iterdir()) == [fifo]


def test_output_file_is_what_a_pipe_would_get(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    for form in ("table", "json", "csv"):
        assert run([release, "--format", form]) == 0
        piped = out_of(capfd)
        assert run([release, "--format", form, "-o", "out"]) == 0
        assert out_of(capfd) == ""
        assert Path("out").read_bytes().decode() == piped


def test_output_is_whole_or_not_at_all(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    out = Path("out.json")
    out.write_text("before", encoding="utf-8")
    assert run(["none.txt", "--json", "-o", "out.json"]) == 1
    assert out.read_text(encoding="utf-8") == "before"
    assert run(["none.txt", release, "--json", "-o", "out.json"]) == 1
    assert json.loads(out.read_text(encoding="utf-8"))["source"]["path"] == release
    capfd.readouterr()
    assert sorted(path.name for path in Path().iterdir()) == ["out.json", release]


def test_output_keeps_permissions_and_links(release: str) -> None:
    assert run([release, "-o", "new"]) == 0
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(Path("new").stat().st_mode) == 0o666 & ~mask
    Path("new").chmod(0o640)
    Path("link").symlink_to("new")
    assert run([release, "--json", "-o", "link"]) == 0
    assert Path("link").is_symlink()
    assert stat.S_IMODE(Path("new").stat().st_mode) == 0o640
    assert json.loads(Path("new").read_text(encoding="utf-8"))


def test_output_may_be_a_device(release: str) -> None:
    assert run([release, "-o", "/dev/null"]) == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("flags", [["--json"], ["--json", "--all"]])
def test_a_plain_call_for_json_loads_neither_parser_nor_tables_nor_packs(release: str, flags: list[str]) -> None:
    code = f"import sys; from cl_extract.__main__ import main; sys.argv[1:] = {[release, *flags]!r}; main()"
    for _ in range(2):  # the first keeps the engine for the second
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": CLI}
        )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "cl_extract.call" in loaded
    assert not {"typer", "rich", "yaml", "csv", "tomllib", "difflib"} & loaded


@pytest.mark.skipif(sys.platform == "win32", reason="limits and pipes of POSIX")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_is_whole_or_refused(release: str, unbuffered: str) -> None:
    env = {**os.environ, "PYTHONPATH": CLI, "PYTHONUNBUFFERED": unbuffered}
    shell = f"ulimit -f 1; exec {sys.executable} -m cl_extract {release} {release} {release} --json --all > out.json"
    limited = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False, env=env)
    assert (limited.returncode, "cannot be written" in limited.stderr) == (2, True)
    whole = subprocess.run([sys.executable, "-m", "cl_extract", release, "--json"], capture_output=True, check=True, env=env)
    assert json.loads(whole.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="devices of POSIX")
def test_output_may_be_a_pipe_by_name(release: str) -> None:
    env = {**os.environ, "PYTHONPATH": CLI}
    done = subprocess.run([sys.executable, "-m", "cl_extract", release, "--json", "-o", "/dev/stdout"], capture_output=True, check=True, env=env)
    assert json.loads(done.stdout)


def test_a_file_that_failed_is_not_forgotten_when_the_reader_leaves(release: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(*_: object) -> None:
        raise ClosedPipe

    monkeypatch.setattr("cl_extract.output.sink.Sink.write", leave)
    assert guarded(lambda: answer(Call(["missing.txt", release]))) == 1
    assert guarded(lambda: answer(Call([release]))) == 0


def test_a_release_beyond_memory_is_told_and_the_next_is_read(
    release: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    reading = call.read_releases

    def read(name: str) -> tuple[Document, ...]:
        if name == "huge.txt":
            raise MemoryError
        return reading(name)

    monkeypatch.setattr(call, "read_releases", read)
    assert answer(Call(["huge.txt", release], form=Format.JSON)) == 1
    told = capfd.readouterr()
    assert json.loads(told.out)
    assert told.err.startswith("cl-extract: huge.txt: takes more memory")


def test_a_plain_call_can_be_profiled(release: str) -> None:
    command = [sys.executable, "-m", "cProfile", "-m", "cl_extract", release, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": CLI})
    assert "function calls" in done.stdout


PLAIN = (
    *("release.txt --json", "release.txt", "--json release.txt --all", "--all ./release.txt release.txt"),
    *("missing.txt --json", "release.txt missing.txt", "./text"),
)
PARSED = (
    *("", "text", "text release.txt", "--help", "release.txt --format json", "release.txt -o out", "--json"),
    *("release.txt -- --json", "release.txt --jso", "-x release.txt"),
)


@pytest.mark.parametrize("line", PLAIN)
def test_a_plain_call_is_answered_as_the_parser_would_have_it_answered(line: str, release: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert release
    call = plain_call(line.split())
    assert call is not None
    code = guarded(lambda: answer(call))
    told = capfd.readouterr()
    assert run(line.split()) == code
    assert capfd.readouterr() == told


@pytest.mark.parametrize("line", PARSED)
def test_what_else_a_call_may_hold_is_left_to_the_parser(line: str) -> None:
    assert plain_call(line.split()) is None
