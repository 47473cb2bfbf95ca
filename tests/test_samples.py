"""Each release in samples/ gives the record beside it.

``CL_EXTRACT_UPDATE=1 pytest tests/test_samples.py`` writes the present records; read the difference before you commit it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from cl_extract.app import run
from cl_extract.schema import json_schema

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
RELEASES = sorted(path for path in SAMPLES.glob("*") if path.suffix in {".txt", ".md", ".html"})


def test_there_are_samples_of_many_kinds() -> None:
    assert len(RELEASES) >= 8
    assert {path.suffix for path in RELEASES} == {".txt", ".md", ".html"}


@pytest.mark.parametrize("release", RELEASES, ids=[path.name for path in RELEASES])
def test_sample_gives_its_record(release: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(SAMPLES)  # so that the path in the record is the name alone
    assert run(["--json", release.name]) == 0
    record, errors = capfd.readouterr()
    assert not errors
    expected = release.with_suffix(".expected.json")
    if os.environ.get("CL_EXTRACT_UPDATE"):
        expected.write_text(record, encoding="utf-8")
    assert json.loads(record) == json.loads(expected.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(record), json_schema())


def test_no_record_is_left_without_its_release() -> None:
    assert {path.name.removesuffix(".expected.json") for path in SAMPLES.glob("*.expected.json")} == {path.stem for path in RELEASES}
