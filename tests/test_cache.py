"""What is kept between calls: it is read back only where this user alone can have written it, and nothing fails without it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from cl_extract import cache, expressions
from cl_extract.engine.engine import load_engine, load_workbench
from cl_extract.extraction import extract_document
from cl_extract.reading.read import read_file

ROOT = Path(__file__).resolve().parents[1]
DATA = {"words": ("a", frozenset({"b"})), "pattern": cache.taken_apart(regex.compile(r"\d+ men"))}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CL_EXTRACT_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def kept(folder: Path) -> Path:
    cache.keep("kind", "key", DATA)
    (file,) = folder.iterdir()
    return file


def test_what_was_kept_is_recalled(folder: Path) -> None:
    file = kept(folder)
    recalled = cache.recall("kind", "key")
    assert isinstance(recalled, dict)
    assert recalled["words"] == DATA["words"]
    assert cache.put_together(recalled["pattern"]).findall("12 men, a dog") == ["12 men"]
    assert cache.recall("kind", "other") is None
    assert (file.stat().st_mode | folder.stat().st_mode) & 0o077 == 0


def test_only_the_newest_of_a_kind_stay(folder: Path) -> None:
    for number in range(20):
        cache.keep("kind", f"key{number}", number)
        os.utime(folder / f"kind-key{number}", (number, number))
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"kind-key{number}" for number in range(12, 20))


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _turned(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[-3] ^= 1
    file.write_bytes(data)


def _linked(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to(file.with_name("elsewhere"))


def _piped(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize(
    "harm",
    [
        _cut,
        _turned,
        _linked,
        *([_piped] if hasattr(os, "mkfifo") else []),
        lambda file: file.write_bytes(b""),
        lambda file: file.chmod(0o666),
        lambda file: file.parent.chmod(0o777),
        Path.unlink,
    ],
)
def test_what_another_could_have_written_is_not_read(harm: Callable[[Path], object], folder: Path) -> None:
    harm(kept(folder))
    assert cache.recall("kind", "key") is None


@pytest.mark.parametrize("data", [print, Path("x"), {"pattern": regex.compile("a")}])
def test_only_plain_data_is_kept(data: object, folder: Path) -> None:
    with pytest.raises(ValueError, match="marshal"):
        cache.keep("kind", "key", data)
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize("kept", [{("a+", 0): (1, 2)}, {("a+", 0): ()}, {("a+", 0): "x"}, []])
def test_an_expression_that_was_kept_in_another_form_is_compiled(kept: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "_table", lambda: kept if isinstance(kept, dict) else {})
    assert expressions.compiled("a+").findall("aa b a") == ["aa", "a"]


def test_an_engine_that_was_kept_in_another_form_is_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "recall", lambda *_: {"lexicon": {}, "rules": [{}]})
    load_engine.__globals__["_load_engine"].cache_clear()
    assert load_engine().measures
    assert list(folder.iterdir())


@pytest.mark.parametrize("name", ["0", "relative", "/dev/null", "/proc/none"])
def test_no_cache_is_no_fault(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CL_EXTRACT_CACHE", name)
    cache.keep("kind", "key", DATA)
    assert cache.recall("kind", "key") is None


@pytest.mark.parametrize("name", ["week-of-action.txt", "warrant-raid.txt"])
def test_a_kept_engine_reads_what_the_engine_of_the_packs_reads(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from cl_extract.engine.engine import load_engine; load_engine()"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "cli")})
    assert [file.name.partition("-")[0] for file in sorted(folder.iterdir())] == ["engine", "expressions"]
    monkeypatch.setattr("cl_extract.engine.engine._load_workbench", None)
    load_engine.__globals__["_load_engine"].cache_clear()
    document = read_file(ROOT / "samples" / name)
    record = extract_document(document, engine=load_engine())
    monkeypatch.undo()
    assert record == extract_document(document, engine=load_workbench())
