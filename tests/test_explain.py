"""What explain tells is what extract does, and every number that became no fact has its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cl_extract.app import run
from cl_extract.errors import UsageError
from cl_extract.extraction import extract_document
from cl_extract.model import Document
from cl_extract.reading.read import read_file, read_text
from cl_extract.workbench.explain import Explanation, NoiseTrace, NumberTrace, SentenceTrace, explain, explanation_to_dict

ROOT = Path(__file__).resolve().parents[1]
RELEASES = sorted(path for folder in ("samples", "tests/corpus") for path in (ROOT / folder).rglob("*") if path.suffix in {".txt", ".md", ".html"})
TEXT = "Week of action\n\nTwo men were arrested and £1,500 in cash was seized on 7 March 2022.\n\nA man, 24, was charged.\n"


def sentences(explanation: Explanation) -> list[SentenceTrace]:
    return [part for part in explanation.parts if isinstance(part, SentenceTrace)]


def numbers(explanation: Explanation) -> list[NumberTrace]:
    return [number for part in explanation.parts for number in part.numbers]


# --- It is what extract does ---


@pytest.mark.parametrize("path", RELEASES, ids=[path.name for path in RELEASES])
def test_facts_are_those_of_the_record(path: Path) -> None:
    document = read_file(path)
    explanation, record = explain(document), extract_document(document)
    told = {(given.span.start, given.span.end, given.fact.kind, given.fact.measure) for part in sentences(explanation) for given in part.given}
    assert told == {(mention.start, mention.end, fact.kind, fact.measure) for fact in record.facts for mention in fact.mentions}


@pytest.mark.parametrize("path", RELEASES, ids=[path.name for path in RELEASES])
def test_every_digit_of_a_sentence_is_in_a_fact_a_date_or_has_a_reason(path: Path) -> None:
    explanation = explain(read_file(path))
    for part in sentences(explanation):
        told = [(made.span.start, made.span.end) for made in part.numbers]
        dates = [(atom.span.start, atom.span.end) for atom in part.atoms if atom.reading.startswith("date")]
        facts = [(given.span.start, given.span.end) for given in part.given]
        for offset, char in enumerate(part.span.text, part.span.start):
            if char.isdigit():
                assert any(start <= offset < end for start, end in (*told, *dates, *facts)), part.span.text


def check_spans(document: Document, explanation: Explanation) -> None:
    for part in explanation.parts:
        spans = [part.span, *(made.span for made in part.numbers)]
        if isinstance(part, SentenceTrace):
            spans += [item.span for items in (part.atoms, part.groups, part.given) for item in items]
        for span in spans:
            assert document.text[span.start : span.end] == span.text
        assert document.text.count("\n", 0, part.span.start) + 1 == part.line


@given(st.text(alphabet="a1 0,.\n£-–%kgK'’(“):;", max_size=80) | st.text(max_size=60))
def test_any_text_can_be_explained(text: str) -> None:
    document = read_text(text)
    check_spans(document, explain(document))


@pytest.mark.parametrize("path", RELEASES, ids=[path.name for path in RELEASES])
def test_spans_slice_back(path: Path) -> None:
    document = read_file(path)
    check_spans(document, explain(document))


# --- What is told ---


def test_atoms_groups_and_rules() -> None:
    part = sentences(explain(read_text(TEXT)))[1]
    assert (part.line, part.section) in {(3, "lead"), (3, "body")}
    readings = {atom.span.text: (atom.classes, atom.reading) for atom in part.atoms}
    assert readings["Two"] == ((), "count 2")
    assert "arrest" in readings["arrested"][0]
    assert readings["£1,500"] == ((), "money 1500 GBP")
    assert readings["7 March 2022"] == ((), "date 2022-03-07")
    groups = {group.span.text: (group.heads, group.triggers) for group in part.groups}
    assert groups["Two men"] == (("people",), (("arrested", "arrest"),))
    assert ("seized", "seize") in groups["£1,500 in cash"][1]
    assert [(given.rule, given.read.measure, int(given.read.value)) for given in part.given] == [
        ("people.arrested", "arrests", 2),
        ("money.cash", "cash_seized", 1500),
    ]
    assert not part.numbers


def test_a_lead_in_is_named_by_its_words() -> None:
    text = "Title of it\n\nDuring the week officers seized:\n\n- 14 knives\n- three guns\n"
    groups = [group for part in sentences(explain(read_text(text))) for group in part.groups]
    assert [group.triggers for group in groups] == [(("seized", "seize"),)] * 2


def test_a_rounded_figure_stands_for_the_exact_one() -> None:
    text = "Almost 250 people arrested\n\nIn all 249 people were arrested last week.\n"
    given = sentences(explain(read_text(text)))[0].given[0]
    assert (int(given.read.value), given.read.qualifier, int(given.fact.value)) == (250, "nearly", 249)


WHY = {
    "A man, 24, was charged.": ("24", "age", "an age"),
    "Call 101 to say that two men were arrested.": ("101", "phone", "a telephone number"),
    "Two men were arrested at 6.30am.": ("6.30am", "time", "a time of day"),
    "Two men were arrested on the A354.": ("A354", "reference", "a reference"),
    "Some 40% of the men were arrested.": ("40%", "percent", "a percentage"),
    "If 12 people were arrested, we would say so.": ("12", "unclassified", "hypothetical, general or negated clause (“if”, “would”)"),
    "The town has 17 bridges.": ("17", "unclassified", "no rule"),
    "The number is 29.": ("29", "unclassified", "no rule: what it counts is not named"),
}


@pytest.mark.parametrize("text", WHY)
def test_why_a_number_became_no_fact(text: str) -> None:
    words, reason, why = WHY[text]
    made = {made.span.text.removeprefix("Some "): made for made in numbers(explain(read_text(f"Title of the release\n\n{text}\n")))}
    assert made[words].reason == reason
    assert made[words].why.startswith(why)


def test_noise_is_told_with_its_reason() -> None:
    document = read_file(ROOT / "samples" / "noisy-page.txt")
    noise = [part for part in explain(document).parts if isinstance(part, NoiseTrace)]
    assert noise
    for part in noise:
        assert part.reason
        assert part.numbers
        assert all(made.why == f"noise ({part.reason})" for made in part.numbers)


def test_a_dateline_gives_dates_only() -> None:
    made = numbers(explain(read_text("Title of it\n\nPublished: 11:20 09/12/2024\n\nTwo men were arrested in Poole on Friday.\n")))
    assert [(number.span.text, number.why) for number in made] == [("11:20", "a dateline gives dates only")]


# --- One line ---


def test_one_line_alone() -> None:
    document = read_text(TEXT)
    assert [part.line for part in explain(document, line=5).parts] == [5]
    assert explain(document, line=4).parts == ()
    whole = explain(document).parts
    assert explain(document, line=3).parts == tuple(part for part in whole if part.line == 3)


@pytest.mark.parametrize("line", [0, -1, 6])
def test_no_such_line(line: int) -> None:
    with pytest.raises(UsageError, match=rf"--line {line}: the release has the lines 1 to 5"):
        explain(read_text(TEXT), line=line)


# --- Command line ---


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("release.txt").write_text(TEXT, encoding="utf-8")
    return "release.txt"


def test_it_is_told_in_plain_text(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", release]) == 0
    out, err = capfd.readouterr()
    assert not err
    assert "\x1b" not in out
    assert "“Two men”: people; governed by “arrested” (arrest)" in out
    assert "arrests 2, men: rule people.arrested" in out
    assert "“24” (age): an age" in out
    run(["explain", release])
    assert capfd.readouterr().out == out


def test_line_and_json(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", release, "--line", "5", "--json"]) == 0
    data = json.loads(capfd.readouterr().out)
    assert data == json.loads(json.dumps(explanation_to_dict(explain(read_file(release), line=5))))
    assert [part["text"] for part in data["sentences"]] == ["A man, 24, was charged."]
    assert [fact["measure"] for fact in data["sentences"][0]["facts"]] == ["people_charged"]
    assert [number["why"] for number in data["sentences"][0]["numbers"]] == ["an age"]
    assert run(["explain", release, "--line", "4"]) == 0
    assert capfd.readouterr().out == "Nothing of the release stands here.\n"


def test_rules_of_a_pack_of_yours(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    Path(release).write_text("Knife week\n\nOfficers carried out 14 test purchases.\n", encoding="utf-8")
    assert run(["explain", release, "--patterns", str(ROOT / "samples" / "packs" / "shops.yaml")]) == 0
    assert "test_purchases 14: rule shops.test_purchases" in capfd.readouterr().out


@pytest.mark.parametrize(("args", "code"), [(["--line", "99"], 2), (["--line", "x"], 2), (["--published", "x"], 2)])
def test_wrong_usage(args: list[str], code: int, release: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", release, *args]) == code
    out, err = capfd.readouterr()
    assert not out
    assert err.startswith("cl-extract: ")
    assert err.count("\n") == 1


def test_a_file_that_cannot_be_read(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "nowhere.txt"]) == 1
    assert capfd.readouterr().err.startswith("cl-extract: nowhere.txt: ")


def test_strangers_text_is_made_printable(release: str, capfd: pytest.CaptureFixture[str]) -> None:
    Path(release).write_text("A [red]week[/red]\n\nTwo \x1b[31mmen were \u202earrested with 12 \x9b5m boxes.\n\nCall 101\x1b[0m\n", encoding="utf-8")
    assert run(["explain", release]) == 0
    out = capfd.readouterr().out
    assert "[red]" in out
    assert all(char.isprintable() or char == "\n" for char in out)
