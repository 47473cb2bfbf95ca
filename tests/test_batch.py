"""Whole folders: what is read, what is kept when a run is stopped, and that every form holds the same."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
import pytest

from cl_extract.app import run
from cl_extract.batch.run import ENDINGS, Target
from cl_extract.batch.run import run as run_batch
from cl_extract.batch.totals import totals
from cl_extract.batch.walk import Shard, Walk
from generated import release, write_releases

CLI = str(Path(__file__).resolve().parents[1] / "cli")
TABLES = ("releases", "facts", "dates", "mentions", "warnings", "failures")
ROOT = os.geteuid() == 0
RELEASES = int(os.environ.get("CL_EXTRACT_RELEASES", "220"))  # 10000 is a year of all forces


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_releases(Path("in"), RELEASES, bad=True)
    return Path("in")


def contents(database: str | Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a collection."""
    sql = sqlite3.connect(database)
    rows = {table: sql.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES}
    sql.close()
    return rows


def ask(database: str | Path, query: str) -> list[tuple[object, ...]]:
    sql = sqlite3.connect(database)
    rows = sql.execute(query).fetchall()
    sql.close()
    return rows


def csv_rows(path: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(Path(path).read_bytes().decode(), newline=""))]


def names(paths: Iterable[str], **options: object) -> list[str]:
    return [os.path.basename(found.path) for found in Walk(list(paths), **options)]  # type: ignore[arg-type]  # noqa: PTH119


# --- What is read ---


def test_folders_are_read_with_all_below_in_one_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.md", "a.txt", "c/d/e/f.html", "no-ending", ".hidden.txt", ".git/x.txt", "page_files/site.css", "data.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    walk = Walk([str(tmp_path)])
    assert [os.path.relpath(found.path, tmp_path) for found in walk] == ["a.txt", "b/1.md", "b/2.txt", "c/d/e/f.html", "no-ending"]
    assert walk.skipped == {"hidden": 2, "data or code": 2}


def test_globs_choose_by_name_or_by_path(tmp_path: Path) -> None:
    for name in ("2023/a.txt", "2023/b.md", "2024/a.txt", "2024/c.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names([str(tmp_path)], globs=["*.txt"]) == ["a.txt", "a.txt"]
    assert names([str(tmp_path)], globs=["2024/*"]) == ["a.txt", "c.json"]
    assert names([str(tmp_path)], globs=["*.md", "c.*"]) == ["b.md", "c.json"]


def test_links_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a")
    (tmp_path / "two.txt").symlink_to(tmp_path / "a" / "one.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    walk = Walk([str(tmp_path)])
    assert [Path(found.path).name for found in walk] == ["one.txt", "gone.txt", "two.txt"]
    assert walk.skipped["folder met before"] == 2


def test_deep_folders_and_pipes_are_survived(tmp_path: Path) -> None:
    deep = [str(tmp_path)]
    for _ in range(1500):
        deep.append(f"{deep[-1]}/d")
        os.mkdir(deep[-1])  # noqa: PTH102  # pathlib is slow at such lengths
    os.mkfifo(tmp_path / "pipe")
    walk = Walk([str(tmp_path)])
    found = [*walk]
    for folder in reversed(deep[1:]):  # which pytest, that follows folders by recursion, could not take away
        os.rmdir(folder)  # noqa: PTH106
    assert found == []
    assert walk.skipped == {"no regular file": 1}


def test_names_in_any_bytes_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkdir(b"in")  # noqa: PTH102
    for name in (b"caf\xe9.txt", b"caf\\xe9.txt", "café\n.txt".encode()):
        with open(b"in/" + name, "w", encoding="utf-8") as stream:  # noqa: PTH123
            stream.write(release(len(name)))
    for _ in range(2):
        assert run(["batch", "in", "-o", "out.db"]) == 0
        assert ask("out.db", "SELECT count(*), count(DISTINCT file) FROM releases") == [(3, 3)]
    assert "3 files unchanged" in capfd.readouterr().out


def test_shards_are_parts_of_a_whole(folder: Path) -> None:
    whole = {found.path for found in Walk([str(folder)])}
    parts = [{found.path for found in Walk([str(folder)], shard=Shard(index, 3))} for index in (1, 2, 3)]
    assert set.union(*parts) == whole
    assert sum(map(len, parts)) == len(whole)
    assert min(map(len, parts)) > len(whole) / 6


@pytest.mark.parametrize("told", ["0/2", "3/2", "2", "a/b", "1/0", "-1/2", "1/2/3", ""])
def test_what_is_no_shard_is_refused(told: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", str(folder), "-o", "out.db", "--shard", told]) == 2
    assert "such as 2/8" in capfd.readouterr().err


# --- The forms ---


def test_every_form_holds_the_same(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("out.db", "out.jsonl", "out.csv", "out.parquet"):
        assert run(["batch", str(folder), "-o", name]) == 1
        told = capfd.readouterr().err.splitlines()
        assert [line for line in told if "000007broken.txt" in line and "is not UTF-8" in line], told
    files = [found.path for found in Walk([str(folder)]) if found.path.endswith(".txt")]
    run(["--format", "jsonl", *files])
    assert Path("out.jsonl").read_text() == capfd.readouterr().out
    run(["--format", "csv", *files])
    assert Path("out.csv").read_bytes().decode() == capfd.readouterr().out

    lists = {"counts": "count", "quantities": "quantity", "money": "money"}
    records = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    facts = sorted(
        (one["source"]["path"], kind, fact["measure"], fact["value"], fact["unit"] or "", fact["mentions"][0]["start"])
        for one in records
        for name, kind in lists.items()
        for fact in one[name]
    )
    assert len(facts) > 400
    rows = csv_rows("out.csv")
    assert facts == sorted(
        (row["file"], row["kind"], row["measure"], float(row["value"]), row["unit"], int(row["start"])) for row in rows if row["kind"] != "date"
    )
    first = "(SELECT start FROM mentions WHERE fact_id = facts.id ORDER BY id LIMIT 1)"
    query = f"SELECT path, kind, measure, value, ifnull(unit, ''), {first} FROM facts JOIN releases ON releases.id = release_id"
    assert facts == sorted(ask("out.db", query))
    assert facts == sorted(duckdb.execute("SELECT path, kind, measure, value, ifnull(unit, ''), start FROM 'out.parquet'").fetchall())
    assert ask("out.db", "SELECT count(*) FROM releases") == [(len(records),)]
    assert sorted(path.name for path in Path().iterdir()) == ["in", "out.csv", "out.db", "out.jsonl", "out.parquet"]


def test_mentions_in_a_database_are_the_characters_of_its_text(folder: Path) -> None:
    run(["batch", str(folder), "-o", "out.db"])
    query = """SELECT substr(releases.text, start + 1, "end" - start) = mentions.text FROM mentions
        JOIN facts ON facts.id = fact_id JOIN releases ON releases.id = release_id"""
    told = [same for (same,) in ask("out.db", query)]
    assert len(told) > 400
    assert all(told)


def test_output_is_the_same_at_any_number_of_jobs(folder: Path) -> None:
    for jobs in ("1", "3"):
        run(["batch", str(folder), "-o", f"{jobs}.jsonl", "--jobs", jobs])
        run(["batch", str(folder), "-o", f"{jobs}.db", "--jobs", jobs])
    assert Path("1.jsonl").read_bytes() == Path("3.jsonl").read_bytes()
    assert contents("1.db") == contents("3.db")


def test_wide_csv_is_the_view(folder: Path) -> None:
    run(["batch", str(folder), "-o", "out.db"])
    run(["batch", str(folder), "-o", "out.csv", "--wide"])
    sql = sqlite3.connect("out.db")
    view = sql.execute("SELECT * FROM release_wide ORDER BY id")
    columns = [name for name, *_ in view.description]
    assert csv_rows("out.csv") == [dict(zip(columns, ("" if cell is None else str(cell) for cell in row), strict=True)) for row in view]
    sql.close()


def test_a_wide_row_has_the_largest_figure_of_the_release_s_own_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = """Week of action in Dorset

9 December 2024

Between 25 November and 1 December 2024 officers arrested 53 people, 11 of them women, and seized 40 wraps of heroin and 12 tablets.

In May 2023 a like week saw 80 arrests.
"""
    Path("one.txt").write_text(text)
    assert run(["batch", "one.txt", "-o", "out.db"]) == 0
    assert ask("out.db", "SELECT published, arrests, drugs_seized_by_unit FROM release_wide") == [("2024-12-09", 53, "40 wrap; 12 tablet")]


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", " =", "＝"])
def test_csv_runs_nothing_in_a_spreadsheet(opening: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = f"{opening}cmd.txt"
    Path(name).write_text("Two men were arrested.\n")
    for options, cell in (([], f"'{name}"), (["--raw-csv"], name)):
        for wide in ([], ["--wide"]):
            assert run(["batch", "-o", "out.csv", *options, *wide, "--", name]) == 0
            (row,) = csv_rows("out.csv")
            assert row["path" if wide else "file"] == cell


def test_standard_output_gets_records_and_nothing_else(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["batch", str(folder), "-o", "out.jsonl"])
    capfd.readouterr()
    assert run(["batch", str(folder), "-o", "-"]) == 1
    out, err = capfd.readouterr()
    assert out == Path("out.jsonl").read_text()
    assert "Releases" in err


# --- Again ---


def test_a_run_again_takes_in_what_is_new_or_changed(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["batch", str(folder), "-o", "out.db"])
    before = contents("out.db")
    first, second = sorted(path for path in folder.rglob("*.txt") if path.stem.isdigit())[:2]
    capfd.readouterr()
    assert run(["batch", str(folder), "-o", "out.db"]) == 1
    assert "0 read" in capfd.readouterr().out
    assert contents("out.db") == before

    first.write_text("Seven women were arrested.\n")
    (folder / "new.txt").write_text("Nine women were arrested.\n")
    second.touch()
    run(["batch", str(folder), "-o", "out.db"])
    assert "2 read" in capfd.readouterr().out
    query = "SELECT path, value FROM facts JOIN releases ON releases.id = release_id WHERE measure = 'arrests' AND \"group\" = '[\"women\"]'"
    assert sorted(ask("out.db", query)) == sorted([(str(first), 7), (str(folder / "new.txt"), 9)])
    assert len(contents("out.db")["releases"]) == len(before["releases"]) + 1
    orphans = "SELECT count(*) FROM mentions WHERE coalesce(fact_id NOT IN (SELECT id FROM facts), date_id NOT IN (SELECT id FROM dates))"
    assert ask("out.db", orphans) == [(0,)]


def test_other_patterns_read_all_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text("Officers made 14 arrests.\n")
    Path("off.yaml").write_text("off: [people.arrests]\n")
    for options, facts in (([], 1), (["--patterns", "off.yaml"], 0), ([], 1)):
        assert run(["batch", "one.txt", "-o", "out.db", *options]) == 0
        assert ask("out.db", "SELECT count(*) FROM facts") == [(facts,)]


def test_what_is_gone_stays_until_it_is_pruned(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("elsewhere").mkdir()
    Path("elsewhere/one.txt").write_text(release(1))
    run(["batch", str(folder), "elsewhere", "-o", "out.db"])
    before = len(contents("out.db")["releases"])
    gone = folder / "000" / "000000.txt"
    gone.unlink()
    Path("elsewhere/one.txt").unlink()
    run(["batch", str(folder), "-o", "out.db"])
    assert len(contents("out.db")["releases"]) == before
    run(["batch", str(folder), "--glob", "*9.txt", "-o", "out.db", "--prune"])
    assert "1 taken out" in capfd.readouterr().out
    paths = [path for (path,) in ask("out.db", "SELECT path FROM releases")]
    assert len(paths) == before - 1
    assert str(gone) not in paths
    assert "elsewhere/one.txt" in paths


def test_a_file_that_can_be_read_again_is_no_failure_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_bytes("Größe, Maß, Köln".encode() + b"\xff")
    assert run(["batch", "in", "-o", "out.db"]) == 1
    ((path, reason),) = ask("out.db", "SELECT path, reason FROM failures")
    assert path == "in/a.txt"
    assert "is not UTF-8" in str(reason)
    Path("in/a.txt").write_text("Two men were arrested.\n")
    assert run(["batch", "in", "-o", "out.db"]) == 0
    assert ask("out.db", "SELECT count(*) FROM failures") == [(0,)]


def test_the_same_content_twice_adds_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    text = "Dorset Police week of action\n\n9 December 2024\n\nOfficers arrested 53 people, 11 of them women. The 53 arrests were made at dawn.\n"
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(text)
    Path("c.txt").write_text(text.replace("53", "60"))
    assert run(["batch", "a.txt", "b.txt", "c.txt", "a.txt", "-o", "out.db"]) == 0
    assert "1 named before" in capfd.readouterr().out
    assert run(["totals", "out.db", "--json"]) == 0
    (total,) = map(json.loads, capfd.readouterr().out.splitlines())
    assert total == {"force": "Dorset Police", "month": "2024-12", "kind": "count", "measure": "arrests", "unit": None, "value": 113, "releases": 2}
    assert run(["totals", "out.db", "--by", "year", "--measure", "arrests"]) == 0
    assert capfd.readouterr().out.split()[-4:] == ["2024", "arrests", "113", "2"]


def test_totals_know_drugs_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text("Officers seized 5kg of cannabis and 3kg of heroin.\n")
    Path("two.txt").write_text("Officers seized 9kg of drugs, including 5kg of cannabis and 3kg of heroin.\n")
    assert run(["batch", "one.txt", "two.txt", "-o", "out.db"]) == 0
    assert [total.value for total in totals("out.db", [])] == [17_000]


def test_totals_of_pence_are_told_without_dust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, sum_ in (("one.txt", "£1,000.10"), ("two.txt", "£1,000.20")):
        Path(name).write_text(f"Officers seized {sum_} in cash.\n")
    assert run(["batch", "one.txt", "two.txt", "-o", "out.db"]) == 0
    assert [total.value for total in totals("out.db", [])] == [2000.3]


def test_a_measure_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text("Officers made 14 arrests.\n")
    assert run(["batch", "one.txt", "-o", "out.db"]) == 0
    assert run(["totals", "out.db", "--measure", "arrest"]) == 2
    assert "the nearest is arrests" in capfd.readouterr().err


def test_totals_of_what_is_no_collection_are_refused(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("text.db").write_text("no database, but longer than a header of one" * 9)
    sqlite3.connect("foreign.db").executescript("CREATE TABLE precious (life)")
    for name in ("text.db", "foreign.db", "nowhere.db", str(folder)):
        assert run(["totals", name]) == 1
        assert capfd.readouterr().err.startswith(f"cl-extract: {name}: ")


@pytest.mark.parametrize(
    ("told", "sums"),
    [
        ("officers made 31 arrests this week, among them 12 of women", {"2024-12": 31}),
        ("officers made 53 arrests between 2 and 8 December 2024, seven of them on 4 December", {"2024-12": 53}),
        ("officers made seven arrests on 4 December and nine on 6 December", {"2024-12": 16}),
        ("officers made 53 arrests in November 2024 and 60 arrests in May 2023", {"2024-11": 53, "2023-05": 60}),
        ("officers made nine arrests on 4 December, and 400 arrests in 2024", {"2024-12": 400}),
        ("officers arrested 12 men and eight women", {"2024-12": 20}),
        ("officers arrested 20 people, 12 men and eight women", {"2024-12": 20}),
        ("officers made up to 500 arrests in 2024", {}),
    ],
)
def test_totals_add_nothing_twice(told: str, sums: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text(f"Dorset Police week of action\n\n9 December 2024\n\nDorset Police said {told}.\n")
    assert run(["batch", "one.txt", "-o", "out.db"]) == 0
    assert {total.group[0]: total.value for total in totals("out.db", ["month"], ["arrests"])} == sums


# --- Nothing lost ---


class Ending:
    """Hears of so many files, and of the next ends the run with StopIteration."""

    def __init__(self, files: int) -> None:
        self.left = iter(range(files))

    def __call__(self, _: object) -> None:
        next(self.left)


def batch_process(*args: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": CLI}
    return subprocess.Popen(
        [sys.executable, "-m", "cl_extract", "batch", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, start_new_session=True
    )


def done_so_far(path: Path) -> int:
    """The files that a stopped or running batch has kept."""
    if not path.exists():
        return 0
    try:
        sql = sqlite3.connect(path)
        table = "releases" if path.suffix == ".db" else "done"
        return int(sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.Error:
        return 0
    finally:
        sql.close()


def size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def wait_until(true: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    ending = time.monotonic() + 60
    while not true() and process.poll() is None and time.monotonic() < ending:
        time.sleep(0.02)


@pytest.fixture(scope="module")
def long_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What takes some seconds to read."""
    folder = tmp_path_factory.mktemp("long")
    write_releases(folder / "in", 1500, bad=True, sentences=8)
    return folder


@pytest.mark.parametrize("name", ["out.db", "out.jsonl", "out.csv", "out.parquet"])
def test_a_run_killed_again_and_again_ends_as_one_that_was_not(name: str, long_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(long_folder)
    process = batch_process("in", "-o", f"whole-{name}", "--jobs", "2")
    process.communicate()
    assert process.returncode == 1
    kept = Path(name if name.endswith(".db") else f"{name}.part")
    killed = 0
    for moment in (0.0, 0.2, 0.0):  # the first of them often in the middle of a commit
        process = batch_process("in", "-o", name, "--jobs", "2")
        before = size_of(kept)
        wait_until(lambda before=before: size_of(kept) > before + 10_000, process)  # type: ignore[misc]
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if process.returncode != -signal.SIGKILL:
            break  # a fast machine was done before
        killed += 1
        assert kept.suffix == ".db" or not Path(name).exists()
    assert killed >= 2
    assert done_so_far(kept) > 20
    process = batch_process("in", "-o", name, "--jobs", "2")
    out, _ = process.communicate()
    assert process.returncode == 1
    assert b"files unchanged" in out or killed < 3
    if kept.suffix == ".db":
        assert contents(name) == contents(f"whole-{name}")
    else:
        assert Path(name).read_bytes() == Path(f"whole-{name}").read_bytes()
        assert not kept.exists()


def test_ctrl_c_ends_at_once_and_keeps_what_was_done(long_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(long_folder)
    process = batch_process("in", "-o", "stopped.db", "--jobs", "2")
    wait_until(lambda: done_so_far(Path("stopped.db")) > 0, process)
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert time.monotonic() - began < 5
    assert b"Traceback" not in err
    assert b"stopped.db" in err
    assert done_so_far(Path("stopped.db")) > 0


def test_workers_end_when_the_run_is_killed(long_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(long_folder)
    process = batch_process("in", "-o", "orphans.db", "--jobs", "3")
    wait_until(lambda: done_so_far(Path("orphans.db")) > 0, process)
    process.kill()
    process.wait()
    ending = time.monotonic() + 20
    while subprocess.run(["pgrep", "-g", str(process.pid)], stdout=subprocess.DEVNULL, check=False).returncode == 0:
        assert time.monotonic() < ending
        time.sleep(0.05)


def test_a_full_disk_is_told_and_what_was_done_is_kept(long_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(long_folder)
    limited = ["bash", "-c", f'ulimit -f 200; exec "{sys.executable}" -m cl_extract batch in -o full.db --jobs 1']
    done = subprocess.run(limited, env={**os.environ, "PYTHONPATH": CLI, "PYTHONFAULTHANDLER": "0"}, capture_output=True, check=False)
    assert done.returncode == 2, done.stderr
    assert b"full.db" in done.stderr
    assert b"run the same command again" in done.stderr
    assert b"Traceback" not in done.stderr
    run_batch(Walk(["in"]), Target.of("full.db"))
    run_batch(Walk(["in"]), Target.of("never-full.db"))
    assert contents("full.db") == contents("never-full.db")


def test_what_went_bad_or_away_since_is_not_put_out(folder: Path) -> None:
    for name, wide in (("out.jsonl", []), ("out.csv", ["--wide"])):
        target = Target.of(name, wide=bool(wide))
        with pytest.raises(StopIteration):
            run_batch(Walk([str(folder)]), target, jobs=1, heard=Ending(150))
        bad, binary, gone = (folder / "000" / f"0000{number}.txt" for number in ("00", "01", "02"))
        kept = [(path, path.read_bytes()) for path in (bad, binary, gone)]
        bad.write_bytes("Größe, Maß, Köln".encode() + b"\xff")
        binary.write_bytes(b"\x89PNG and so on")
        gone.unlink()
        assert run(["batch", str(folder), "-o", name, *wide]) == 1
        assert run(["batch", str(folder), "-o", f"fresh-{name}", *wide]) == 1
        told, fresh = (Path(one).read_bytes() for one in (name, f"fresh-{name}"))
        if wide:  # all but the ids
            told, fresh = (b"\n".join(line.partition(b",")[2] for line in one.splitlines()) for one in (told, fresh))
        assert told == fresh
        for path, data in kept:
            path.write_bytes(data)


def test_packs_that_change_during_a_run_change_nothing_of_it(folder: Path) -> None:
    pack = Path("mine.yaml")
    pack.write_text("off: []\n")
    seen = 0

    def heard(_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == 20:
            pack.write_text("off: [people.arrests, people.arrested]\n")

    run_batch(Walk([str(folder)]), Target.of("out.db"), patterns=["mine.yaml"], jobs=1, heard=heard)
    run_batch(Walk([str(folder)]), Target.of("whole.db"))
    arrests = "SELECT path, value FROM facts JOIN releases ON releases.id = release_id WHERE measure = 'arrests' ORDER BY 1, 2"
    assert ask("out.db", arrests) == ask("whole.db", arrests)
    run_batch(Walk([str(folder)]), Target.of("out.db"), patterns=["mine.yaml"])
    assert ask("out.db", arrests) == []


def in_terminal(*args: str, stdout_too: bool) -> tuple[int, bytes]:
    """The exit code of a batch on a terminal, and what it showed there."""
    leader, follower = pty.openpty()
    env = {**os.environ, "PYTHONPATH": CLI, "TERM": "xterm"}
    stdout = follower if stdout_too else subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, "-m", "cl_extract", "batch", *args], stdin=follower, stdout=stdout, stderr=follower, env=env)
    os.close(follower)
    shown = b""
    with contextlib.suppress(OSError):  # which Linux says at the end of a terminal
        while part := os.read(leader, 65536):
            shown += part
    os.close(leader)
    return process.wait(), shown


def test_a_terminal_shows_how_far_it_is_and_nothing_that_it_obeys(folder: Path) -> None:
    (folder / "a \x1b[31m[red]\x07.txt").write_bytes("Größe, Maß, Köln".encode() + b"\xff")
    code, shown = in_terminal("in", "-o", "out.jsonl", stdout_too=False)
    assert code == 1
    assert b"failed" in shown
    assert b"\\x1b[31m[red]\\x07.txt" in shown
    assert b"\x07" not in shown
    assert b"\x1b[31m[red]" not in shown


def test_records_come_whole_on_a_terminal(folder: Path) -> None:
    code, shown = in_terminal(str(folder), "-o", "-", stdout_too=True)
    assert code == 1
    records = [line for line in shown.decode().splitlines() if line.startswith("{")]
    assert len(records) == RELEASES - RELEASES // 50 - 1
    assert all(json.loads(line)["schema"] for line in records)


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full"])
def test_a_closed_or_full_standard_error_spoils_nothing(closed: str, folder: Path) -> None:
    command = f'"{sys.executable}" -m cl_extract batch {folder} -o - {closed}'
    done = subprocess.run(["bash", "-c", command], env={**os.environ, "PYTHONPATH": CLI}, stdout=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert all(json.loads(line)["schema"] for line in done.stdout.splitlines())


@pytest.mark.parametrize("closed", [">&-", ">/dev/full"])
def test_a_summary_that_cannot_be_told_is_no_failure(closed: str, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(release(1))
    command = f'"{sys.executable}" -m cl_extract batch one.txt -o out.db {closed}'
    assert subprocess.run(["bash", "-c", command], cwd=tmp_path, env={**os.environ, "PYTHONPATH": CLI}, check=False).returncode == 0
    assert ask(tmp_path / "out.db", "SELECT count(*) FROM releases") == [(1,)]


# --- Bad outputs ---


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("nowhere/out.db", "folder that exists"),
        ("nowhere/out.csv", "folder that exists"),
        ("folder.db", "is a folder"),
        ("out.xlsx", "end it in"),
        ("foreign.db", "did not write"),
        ("text.db", "is not a database"),
        ("foreign.csv", ""),
    ],
)
def test_a_bad_output_is_told_before_anything_is_read(out: str, told: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("folder.db").mkdir()
    Path("text.db").write_text("this is no database, but text, and it is longer than a header\n" * 20)
    for name in ("foreign.db", "foreign.csv.part"):
        sql = sqlite3.connect(name)
        sql.execute("CREATE TABLE precious (life)")
        sql.close()
    before = {path: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    assert run(["batch", str(folder), "-o", out]) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(f"cl-extract: {out}")
    assert told in line
    assert {path: path.read_bytes() for path in Path().iterdir() if path.is_file()} == before


def test_a_pipe_or_device_given_as_output_is_left_as_it_is(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("out.db", "out.jsonl"):
        os.mkfifo(name)
        Path(f"link-{name}").symlink_to(name)
        for told in (name, f"link-{name}"):
            assert run(["batch", str(folder), "-o", told]) == 2
            assert "device or a pipe" in capfd.readouterr().err
        assert Path(name).is_fifo()


def test_a_link_given_as_output_stays_one(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    for name in ("out.db", "out.jsonl"):
        Path(name).symlink_to(other / name)
        assert run(["batch", str(folder), "-o", name]) == 1
        assert Path(name).is_symlink()
        assert (other / name).stat().st_size > 1000


def test_two_runs_at_once_do_not_spoil_each_other(long_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(long_folder)
    for name in ("both.db", "both.jsonl"):
        first, second = (batch_process("in", "-o", name, "--jobs", "1", "--glob", "00[0-3]*") for _ in range(2))
        told = [process.communicate()[1].decode() for process in (first, second)]
        codes = sorted(process.returncode for process in (first, second))
        assert codes in ([1, 1], [1, 2]), told
        assert codes == [1, 1] or any("another program is writing it" in text for text in told)
        process = batch_process("in", "-o", f"alone-{name}", "--jobs", "2", "--glob", "00[0-3]*")
        process.communicate()
        if name.endswith(".db"):
            query = "SELECT path, measure, value FROM facts JOIN releases ON releases.id = release_id ORDER BY 1, facts.id"
            assert ask(name, query) == ask(f"alone-{name}", query)
        else:
            assert Path(name).read_bytes() == Path(f"alone-{name}").read_bytes()


@pytest.mark.skipif(ROOT, reason="root may write anywhere")
def test_an_unwritable_folder_is_told(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("closed").mkdir(mode=0o500)
    for name in ("out.db", "out.csv"):
        assert run(["batch", str(folder), "-o", f"closed/{name}"]) == 2
        assert "cannot be written" in capfd.readouterr().err


@pytest.mark.parametrize("told", ["nan", "inf", "0", "-1"])
def test_what_is_no_time_is_refused(told: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", str(folder), "-o", "out.db", f"--timeout={told}"]) == 2
    assert "such as 120" in capfd.readouterr().err
    assert not Path("out.db").exists()


def test_a_newer_database_is_left_alone(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["batch", str(folder), "-o", "out.db"])
    sql = sqlite3.connect("out.db")
    sql.execute("PRAGMA user_version = 99")
    sql.close()
    capfd.readouterr()
    assert run(["batch", str(folder), "-o", "out.db"]) == 2
    assert "newer cl-extract" in capfd.readouterr().err


def test_what_a_run_writes_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text(release(1))
    for ending in (*ENDINGS, *ENDINGS):
        assert run(["batch", ".", "-o", f"out{ending}"]) == 0
        out = capfd.readouterr().out
        assert "1 read" in out or "1 files unchanged" in out


def test_missing_and_named_binary_files_are_failures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text(release(1))
    Path("photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 a picture")
    assert run(["batch", "one.txt", "gone.txt", "photo.jpg", "-o", "out.db"]) == 1
    out, err = capfd.readouterr()
    assert [line.split(": ")[1] for line in err.splitlines()] == ["gone.txt", "photo.jpg"]
    assert "1 read" in out
    assert "Failures  2" in out


def test_a_store_that_fails_midway_keeps_what_was_committed(folder: Path) -> None:
    target = Target.of("out.db")

    with pytest.raises(StopIteration):
        run_batch(Walk([str(folder)]), target, jobs=1, heard=Ending(100))
    run_batch(Walk([str(folder)]), target)
    run_batch(Walk([str(folder)]), Target.of("whole.db"))
    assert contents("out.db") == contents("whole.db")
