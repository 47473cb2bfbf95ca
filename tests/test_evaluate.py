"""Records against gold files: what counts as found, what the ratios are, what a change gains and loses."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cl_extract.app import run
from cl_extract.errors import UsageError
from cl_extract.extraction import extract_document
from cl_extract.model import Attributes, DateFact, Document, Fact, Kind, Mention, Qualifier, Record, Release, Source
from cl_extract.workbench.evaluate import Score, compare, details, evaluate, evaluation_to_dict, judge, pair_facts, read_run, same_fact, write_run
from cl_extract.workbench.gold import Gold, GoldDate, GoldError, GoldFact, read_gold

ROOT = Path(__file__).resolve().parents[1]
SCORER = ROOT.parent / "shared" / "tools" / "score.py"
MENTION = Mention(0, 5, 1, "body", "words", "test.rule")
NAMES = ("drug", "drug_class", "group")


def fact(
    measure: str = "arrests",
    value: str = "3",
    kind: Kind = "count",
    unit: str | None = None,
    *,
    high: str | None = None,
    qualifier: Qualifier = "exact",
    attributes: Attributes | None = None,
) -> Fact:
    return Fact(kind, measure, Decimal(value), unit, qualifier, Decimal(high) if high else None, attributes or Attributes(), None, (MENTION,))


def gold_fact(
    measure: str = "arrests",
    value: float = 3,
    kind: Kind = "count",
    unit: str | None = None,
    *,
    high: float | None = None,
    qualifier: Qualifier = "exact",
    attributes: Mapping[str, set[str]] | None = None,
    quote: str = "words",
) -> GoldFact:
    narrowed = {name: frozenset((attributes or {}).get(name, ())) for name in NAMES}
    return GoldFact(kind, measure, value, unit, qualifier, high, narrowed, quote)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def date(start: str, end: str = "", *, relative: bool = False) -> DateFact:
    return DateFact("event", day(start), day(end or start), relative, (MENTION,))


def gold_date(start: str, end: str = "") -> GoldDate:
    return GoldDate(day(start), day(end or start), "words")


def record(*facts: Fact, dates: tuple[DateFact, ...] = (), published: str = "", force: str | None = None) -> Record:
    release = Release(None, day(published) if published else None, None, force, (), None)
    return Record(Source(None, "0" * 64, "text", "utf-8"), release, facts, dates, ())


def gold(*facts: GoldFact, dates: tuple[GoldDate, ...] = (), published: str = "", force: str | None = None) -> Gold:
    return Gold(day(published) if published else None, force, facts, dates)


# --- Facts ---

SAME = [
    (gold_fact(), fact()),
    (gold_fact(unit="person"), fact()),  # a unit counts only where the measure leaves it open
    (gold_fact("drugs_seized", unit="wrap"), fact("drugs_seized", unit="wrap")),
    (gold_fact("drugs_seized", unit="snap Bag"), fact("drugs_seized", unit="bag")),  # its last word
    (gold_fact("drugs_seized"), fact("drugs_seized", unit="bag")),
    (gold_fact("our_own_measure", unit="bag"), fact("our_own_measure", unit="bag")),
    (gold_fact("drugs_seized", 56.7, "quantity", "g"), fact("drugs_seized", "56.95", "quantity", "g")),  # within 0.5 per cent
    (gold_fact("drugs_seized", 100.5, "quantity", "g"), fact("drugs_seized", "101", "quantity", "g")),
    (gold_fact(value=15, high=20), fact(value="15", high="20")),
    (gold_fact("cash_seized", 4115, "money", "GBP"), fact("cash_seized", "4115.00", "money", "GBP")),
    (gold_fact(qualifier="over"), fact(attributes=Attributes(group=("men",)))),  # details are no part of it
]
OTHER = [
    (gold_fact(), fact("charges")),
    (gold_fact(value=1000), fact(value="1001")),  # whole numbers to the digit
    (gold_fact("drugs_seized", 56.7, "quantity", "g"), fact("drugs_seized", "57", "quantity", "g")),
    (gold_fact(value=15, high=20), fact(value="15")),
    (gold_fact(value=15), fact(value="15", high="20")),
    (gold_fact("drugs_seized", unit="wrap"), fact("drugs_seized", unit="bag")),
    (gold_fact("drugs_seized", unit="wrap"), fact("drugs_seized")),
    (gold_fact("our_own_measure", unit="wrap"), fact("our_own_measure", unit="bag")),
    (gold_fact("drugs_seized", 5, "count", "g"), fact("drugs_seized", "5", "quantity", "g")),
    (gold_fact("cash_seized", 5, "money", "GBP"), fact("cash_seized", "5", "money", "EUR")),
    (gold_fact(value=1), fact(value="1e400")),
]


@pytest.mark.parametrize(("wanted", "given"), SAME)
def test_same_fact(wanted: GoldFact, given: Fact) -> None:
    assert same_fact(wanted, given)


@pytest.mark.parametrize(("wanted", "given"), OTHER)
def test_other_fact(wanted: GoldFact, given: Fact) -> None:
    assert not same_fact(wanted, given)


def test_those_that_agree_in_most_details_are_paired_first() -> None:
    women = fact(attributes=Attributes(group=("women",)))
    assert pair_facts([gold_fact(), gold_fact(attributes={"group": {"women"}})], [women, fact()]) == [(0, 1), (1, 0)]
    assert pair_facts([gold_fact(), gold_fact(value=4)], [fact(value="4"), fact(), fact()]) == [(0, 1), (1, 0)]
    assert pair_facts([gold_fact()], []) == []


def test_details_are_the_qualifier_and_each_attribute_that_either_side_has() -> None:
    wanted = gold_fact(qualifier="over", attributes={"drug": {"heroin", "crack cocaine"}, "group": {"men"}})
    given = fact(attributes=Attributes(drug=("Crack cocaine", "heroin"), drug_class=("A",)))
    points = details(wanted, given)
    assert [point.agrees for point in points] == [False, True, False, False]
    assert [point.told for point in points if not point.agrees] == ["qualifier exact, not over", "drug_class a, not none", "group none, not men"]


def test_judging_a_release() -> None:
    text = "Line one\nthree men\n were\narrested"
    wanted = gold(gold_fact(quote="three men were arrested"), gold_fact(value=4, quote="not there"), gold_fact("charges", 9))
    outcome = judge("a.txt", wanted, text, record(fact(qualifier="over"), fact("charges", "8")))
    assert [(item.line, item.told, item.differs) for item in outcome.facts.found] == [(2, "3", "qualifier over, not exact")]
    assert [(item.line, item.quote) for item in outcome.facts.missed] == [(0, "not there"), (0, "words")]
    assert [(item.line, item.quote) for item in outcome.facts.spurious] == [(1, "words")]
    assert outcome.details == (0, 1)
    assert outcome.facts.score == Score(1, 2, 1)


# --- Dates and header ---


def test_dates_agree_at_both_ends() -> None:
    wanted = gold(dates=(gold_date("2024-05-01", "2024-05-31"), gold_date("2024-06-01"), gold_date("2024-06-01")))
    given = record(dates=(date("2024-05-01", "2024-05-31"), date("2024-06-02"), date("2024-07-01", relative=True)))
    assert judge("a.txt", wanted, "", given).dates.score == Score(1, 1, 1)


def test_publication_date_may_be_given_unasked() -> None:
    given = record(dates=(date("2024-06-01"),))
    assert judge("a.txt", gold(published="2024-06-01"), "", given).dates.score == Score(0, 0, 0)
    assert judge("a.txt", gold(published="2024-06-01", dates=(gold_date("2024-06-01"),)), "", given).dates.score == Score(1, 0, 0)
    assert judge("a.txt", gold(), "", given).dates.score == Score(0, 0, 1)


def test_header_asks_only_for_what_the_gold_file_has() -> None:
    given = record(published="2024-06-01", force="Kent Police")
    assert judge("a.txt", gold(published="2024-06-01", force="Essex Police"), "", given).header == (1, 2)
    assert judge("a.txt", gold(force="Kent Police"), "", given).header == (1, 1)
    assert judge("a.txt", gold(), "", given).header == (0, 0)
    assert judge("a.txt", gold(published="2024-06-01"), "", None).header == (0, 1)


# --- Ratios ---


def test_ratios() -> None:
    assert (Score(2, 1, 0).precision, Score(2, 1, 0).recall, Score(2, 1, 0).f1) == (1.0, 0.6667, 0.8)
    assert (Score().precision, Score().recall, Score().f1) == (1.0, 1.0, 1.0)
    assert (Score(0, 1, 1).precision, Score(0, 1, 1).f1) == (0.0, 0.0)


# --- Folders ---


def label(folder: Path, name: str, text: str, *facts: Mapping[str, object], suffix: str = ".txt") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}{suffix}").write_text(text, encoding="utf-8")
    (folder / f"{name}.gold.json").write_text(json.dumps({"published": None, "force": None, "facts": list(facts), "dates": []}), encoding="utf-8")


ARRESTS = {"kind": "count", "measure": "arrests", "value": 2, "unit": None, "quote": "Two men were arrested", "attributes": {"group": "men"}}
CASH = {"kind": "money", "measure": "cash_seized", "value": 1500, "unit": "GBP", "quote": "£1,500 in cash was seized"}
TEXT = "Week of action\n\nTwo men were arrested and £1,500 in cash was seized.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    label(Path("corpus"), "first", TEXT, ARRESTS, CASH)
    label(Path("corpus/deep"), "second", TEXT, ARRESTS, {**CASH, "value": 99}, suffix=".md")
    Path("corpus/first.expected.json").write_text("{}", encoding="utf-8")
    return Path("corpus")


def test_folders_are_searched_through(folder: Path) -> None:
    evaluation = evaluate([folder])
    assert [outcome.path for outcome in evaluation.outcomes] == ["corpus/deep/second.md", "corpus/first.txt"]
    assert (evaluation.facts, evaluation.perfect, evaluation.failed, evaluation.faults) == (Score(3, 1, 1), 1, 0, ())
    assert evaluation.kinds == {"count": Score(2, 0, 0), "money": Score(1, 1, 1), "quantity": Score()}
    assert evaluation.measures == {"arrests": Score(2, 0, 0), "cash_seized": Score(1, 1, 1)}
    assert evaluation.details == 1.0
    assert evaluation.header == 0.0


def test_a_gold_file_under_two_folders_is_scored_once(folder: Path) -> None:
    assert evaluate([folder, folder / "deep", folder]) == evaluate([folder])


def test_what_cannot_be_read_is_told_and_the_rest_scored(folder: Path) -> None:
    (folder / "alone.gold.json").write_text('{"facts": []}', encoding="utf-8")
    (folder / "broken.gold.json").write_text("{", encoding="utf-8")
    (folder / "broken.txt").write_text("Text.", encoding="utf-8")
    label(folder, "binary", "", ARRESTS)
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    evaluation = evaluate([folder, "nowhere"])
    assert len(evaluation.outcomes) == 3
    assert (evaluation.failed, evaluation.facts) == (1, Score(3, 2, 1))
    told = ("alone.gold.json: no release beside it", "binary.txt", "broken.gold.json: not JSON", "nowhere: no such folder")
    assert len(evaluation.faults) == len(told)
    assert all(words in fault for words, fault in zip(told, evaluation.faults, strict=True))


FAULTS = {
    "[]": "the file: should be an object",
    "{}": "facts: should be a list",
    '{"facts": [3]}': "facts[0]: should be an object",
    '{"facts": [{"kind": "sum"}]}': "facts[0].kind: 'sum' is none of count",
    '{"facts": [{"kind": "count", "measure": 1}]}': "facts[0].measure: should be a string",
    '{"facts": [{"kind": "count", "measure": "arrests", "value": "two"}]}': "facts[0].value: should be a number",
    '{"facts": [{"kind": "count", "measure": "arrests", "value": true}]}': "facts[0].value: should be a number",
    '{"facts": [{"kind": "count", "measure": "arrests", "value": NaN}]}': "facts[0].value: should be a number",
    f'{{"facts": [{{"kind": "count", "measure": "arrests", "value": 1{"0" * 400}}}]}}': "facts[0].value: should be a number",
    '{"facts": [{"kind": "count", "measure": "arrests", "value": 2, "qualifier": "some"}]}': "facts[0].qualifier: 'some' is none of",
    '{"facts": [{"kind": "count", "measure": "arrests", "value": 2, "attributes": {"drug": [1]}}]}': "facts[0].attributes.drug: should be a string",
    '{"facts": [], "dates": [{"start": "2024-1-1"}]}': "dates[0].start: '2024-1-1' is no date",
    '{"facts": [], "dates": [{"start": "20240101"}]}': "dates[0].start: '20240101' is no date",
    '{"facts": [], "published": 3}': "published: should be a string",
    "[" * 100_000: "not JSON",
    "\ud800": "not JSON",
}


@pytest.mark.parametrize(("text", "message"), FAULTS.items(), ids=range(len(FAULTS)))
def test_a_broken_gold_file_is_told_in_one_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.gold.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(GoldError) as raised:
        read_gold(path)
    assert str(raised.value).startswith(f"{path}: {message}")
    assert "\n" not in str(raised.value)


def test_one_string_may_join_several_names(tmp_path: Path) -> None:
    path = tmp_path / "a.gold.json"
    path.write_text(json.dumps({"facts": [{**ARRESTS, "attributes": {"drug": "Heroin, crack cocaine and MDMA", "group": None}}]}), encoding="utf-8")
    assert read_gold(path).facts[0].attributes == {"drug": {"heroin", "crack cocaine", "mdma"}, "drug_class": frozenset(), "group": frozenset()}


# --- Saved runs ---


def test_a_run_is_compared_with_a_saved_one(folder: Path) -> None:
    before = evaluate([folder])
    Path("run.json").write_text(write_run(before), encoding="utf-8")
    saved = read_run("run.json")
    assert saved == {outcome.path: outcome.facts for outcome in before.outcomes}
    assert compare(saved, before).told == "gained 0 / lost 0; spurious: 0 new / 0 gone"

    def only_money(document: Document) -> Record:
        made = extract_document(document)
        cash = [replace(fact, value=Decimal(99)) if "second" in str(document.path) else fact for fact in made.facts if fact.kind == "money"]
        return replace(made, facts=(*cash, *cash))

    change = compare(saved, evaluate([folder], only_money))
    assert [(item.release, item.measure, item.value) for item in change.gained] == [("corpus/deep/second.md", "cash_seized", 99)]
    assert [(item.release, item.measure) for item in change.lost] == [("corpus/deep/second.md", "arrests"), ("corpus/first.txt", "arrests")]
    assert [item.value for item in change.appeared] == [99, 1500]
    assert [item.value for item in change.vanished] == [1500]
    assert change.told == "gained 1 / lost 2; spurious: 2 new / 1 gone"
    change = compare(saved, evaluate([folder / "deep"]))
    assert change.only_before == ("corpus/first.txt",)
    assert change.told.endswith("; releases in one of the runs only: 1")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "cl-extract/record/1"}', '{"schema": "cl-extract/evaluation/1", "outcomes": [{}]}'])
def test_what_is_no_run_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"run\.json: no run that --save wrote"):
        read_run(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_run(tmp_path)


# --- Command line ---


def test_tables_say_what_is_missed_and_spurious(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", str(folder), "--show"]) == 0
    out, err = capfd.readouterr()
    assert not err
    assert "precision 0.750, recall 0.750, F1 0.750 (3 found, 1 missed, 1 spurious)" in out
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert "missed 3 cash_seized 99 GBP £1,500 in cash was seized" in rows
    assert "spurious 3 cash_seized 1500 GBP £1,500 in cash" in [row.removesuffix(" was seized") for row in rows]


def test_json_with_show_is_a_run(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", str(folder), "--json"]) == 0
    short = json.loads(capfd.readouterr().out)
    assert short["facts"] == {"precision": 0.75, "recall": 0.75, "f1": 0.75, "tp": 3, "fp": 1, "fn": 1}
    assert run(["evaluate", str(folder), "--json", "--show", "--save", "run.json"]) == 0
    whole = json.loads(capfd.readouterr().out)
    assert whole == json.loads(Path("run.json").read_text(encoding="utf-8"))
    assert {**whole, "outcomes": None} == {**short, "outcomes": None}


def test_baseline_shows_gains_and_losses(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", str(folder), "--save", "run.json"]) == 0
    label(folder / "deep", "second", "Two men were arrested.\n", ARRESTS, suffix=".md")
    (folder / "first.txt").write_text("£1,500 in cash was seized.\n", encoding="utf-8")
    capfd.readouterr()
    assert run(["evaluate", str(folder), "--baseline", "run.json"]) == 0
    out = capfd.readouterr().out
    assert "Since the saved run: gained 0 / lost 1; spurious: 0 new / 1 gone" in out
    assert [" ".join(line.split()) for line in out.splitlines() if line.startswith(("lost", "gone"))]
    assert run(["evaluate", str(folder), "--baseline", "run.json", "--json"]) == 0
    change = json.loads(capfd.readouterr().out)["change"]
    assert [item["path"] for item in change["lost"]] == ["corpus/first.txt"]


def test_fail_under(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", str(folder), "--fail-under", "0.75"]) == 0
    assert run(["evaluate", str(folder), "--fail-under", "0.76"]) == 1
    out, err = capfd.readouterr()
    assert out.count("Releases") == 2
    assert err == "cl-extract: facts F1 0.75 is below 0.76\n"


@pytest.mark.parametrize("args", [["--fail-under", "high"], ["--fail-under", "nan"], ["--fail-under", "97"], ["--baseline", "none.json"], []])
def test_wrong_usage(args: list[str], folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", *([str(folder)] if args else []), *args]) == 2
    out, err = capfd.readouterr()
    assert not out
    assert err.startswith("cl-extract: ")
    assert err.count("\n") == 1


def test_measures_of_a_pack_of_yours(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    bought = {"kind": "count", "measure": "test_purchases", "value": 14, "quote": "14 test purchases"}
    label(folder / "shops", "shops", "Knife week\n\nOfficers carried out 14 test purchases.\n", bought)
    assert run(["evaluate", str(folder / "shops"), "--fail-under", "1", "--patterns", str(ROOT / "samples" / "packs" / "shops.yaml")]) == 0
    assert "test_purchases" in capfd.readouterr().out


def test_nothing_to_score(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", str(tmp_path)]) == 1
    out, err = capfd.readouterr()
    assert not out
    assert "no gold files in it" in err


def test_a_broken_gold_file_is_exit_code_1(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "first.gold.json").write_text('{"facts": [{}]}', encoding="utf-8")
    assert run(["evaluate", str(folder)]) == 1
    out, err = capfd.readouterr()
    assert "Releases  1, 0 without a fault" in out
    assert err == "cl-extract: corpus/first.gold.json: facts[0].kind: None is none of count, quantity, money\n"


def test_strangers_text_is_made_printable(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    label(folder, "bad", "Text.\n", {**ARRESTS, "quote": "two \x1b[31m[red]men \u202e", "measure": "\x1b[5m"})
    assert run(["evaluate", str(folder), "--show"]) == 0
    out = capfd.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[red]men" in out


# --- Agreement with the project's scorer ---


def spoil(made: Record, chance: random.Random) -> Record:
    """The record with mistakes of every kind in it."""
    facts: list[Fact] = []
    for fact_ in made.facts:
        match chance.randrange(14):
            case 0:
                continue
            case 1:
                facts.append(fact_)
            case 2:
                fact_ = replace(fact_, value=fact_.value * Decimal("1.004"))
            case 3:
                fact_ = replace(fact_, value=fact_.value + Decimal("0.5"))
            case 4:
                fact_ = replace(fact_, value=fact_.value + 1)
            case 5:
                fact_ = replace(fact_, unit=f"large {fact_.unit}" if fact_.unit else "thing")
            case 6:
                fact_ = replace(fact_, qualifier="about", high=fact_.value if chance.random() < 0.3 else None)
            case 7:
                fact_ = replace(fact_, attributes=Attributes(group=("men",), drug_class=fact_.attributes.drug_class))
            case 8:
                fact_ = replace(fact_, measure="items_seized")
        facts.append(fact_)
    chance.shuffle(facts)
    dates = [replace(date, relative=chance.random() < 0.1) for date in made.dates if chance.random() < 0.9]
    force = made.release.force if chance.random() < 0.8 else "Nowhere Police"
    return replace(made, facts=tuple(facts), dates=tuple(dates), release=replace(made.release, force=force))


@pytest.mark.skipif(not SCORER.exists(), reason="the project's scorer is not here")
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_it_agrees_with_the_scorer_to_the_digit(seed: int | None, tmp_path: Path) -> None:
    for source in (ROOT / "tests" / "corpus", SCORER.parents[1] / "corpus"):
        if source.is_dir():
            shutil.copytree(source, tmp_path / "corpora" / source.parent.name)
    label(tmp_path / "corpora", "unreadable", "", ARRESTS)
    (tmp_path / "corpora" / "unreadable.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    chance = random.Random(seed)

    def extract(document: Document) -> Record:
        made = extract_document(document)
        made = made if seed is None else spoil(made, chance)
        Path(f"{document.path}.record").write_text(made.to_json(), encoding="utf-8")
        return made

    ours = evaluation_to_dict(evaluate([tmp_path / "corpora"], extract))
    command = tmp_path / "command.sh"
    command.write_text('cat "$1.record"\n', encoding="utf-8")
    scorer = [sys.executable, str(SCORER), str(tmp_path / "corpora"), "--json", "--command", f"sh {command}"]
    theirs = json.loads(subprocess.run(scorer, capture_output=True, check=True).stdout)
    assert theirs["failed"] == 1
    assert {name: ours[name] for name in theirs} == theirs
