"""Every format a release comes in: the same facts from each, and a clear line for what cannot be read. Every release here is invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cl_extract.extract import extract_document
from cl_extract.model import Record
from cl_extract.reading.read import releases_in
from formats import FORMATS, as_text, as_text_mail, as_two_columns

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
RELEASES = ("week-of-action", "gang-sentenced", "strike-force", "warrant-raid", "confiscation", "garda-search", "witness-appeal")


def said(record: Record) -> dict[str, object]:
    """What a record says, places aside."""
    facts = sorted(str((f.kind, f.measure, f.value, f.unit, f.qualifier, f.high, f.attributes, f.period)) for f in record.facts)
    dates = sorted({(d.role, d.start, d.end, d.relative) for d in record.dates})
    return {"published": record.release.published, "force": record.release.force, "title": record.release.title, "facts": facts, "dates": dates}


@pytest.mark.parametrize("name", RELEASES)
@pytest.mark.parametrize(("format_", "made"), [*FORMATS.items(), ("pdf", as_two_columns), ("eml", as_text_mail)])
def test_a_release_says_the_same_in_every_format(format_: str, made: Callable[[str], bytes], name: str) -> None:
    text = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    (plain,) = releases_in(as_text(text))
    (document,) = releases_in(made(text), "release")
    assert document.format == format_
    assert said(extract_document(document)) == said(extract_document(plain))
