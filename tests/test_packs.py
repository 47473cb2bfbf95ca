"""The packs: every rule has examples that it reads and no negative that it reads; a broken pack tells all its faults with their lines."""

from pathlib import Path
from typing import Literal

import pytest

from cl_extract.engine.engine import Workbench, build_engine
from cl_extract.errors import PackError
from cl_extract.packs import load as packs
from cl_extract.packs import packset
from cl_extract.packs.inflect import inflect
from cl_extract.packs.packset import Example, Rule
from cl_extract.workbench.examples import check_example, findings_of

PACKS = packs.load()
EXAMPLES = [pytest.param(rule, example, id=f"{rule.id}[{k}]") for rule in PACKS.rules for k, example in enumerate(rule.examples)]
NEGATIVES = [pytest.param(rule, example, id=f"{rule.id}[{k}]") for rule in PACKS.rules for k, example in enumerate(rule.negatives)]


@pytest.fixture(scope="module")
def engine() -> Workbench:
    return build_engine(PACKS)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_reads_its_examples(rule: Rule, example: Example, engine: Workbench) -> None:
    fault = check_example(rule, example, engine)
    assert bool(fault) == example.todo, fault


@pytest.mark.parametrize(("rule", "negative"), NEGATIVES)
def test_a_rule_does_not_read_its_negatives(rule: Rule, negative: Example, engine: Workbench) -> None:
    read = any(finding.rule.id == rule.id for finding in findings_of(negative.text, engine))
    assert read == negative.todo, negative.because


def test_every_measure_has_a_rule_and_every_rule_an_example() -> None:
    assert {rule.measure for rule in PACKS.rules} == set(PACKS.measures) | {packset.VOID}
    assert [rule.id for rule in PACKS.rules if not rule.examples and rule.measure != packset.VOID] == []


def test_no_spelling_of_a_canonical_name_stands_under_two_names() -> None:
    seen: dict[tuple[str, str], str] = {}
    for word in PACKS.words:
        if word.cls in {"drug", "force_gb", "force_ie", "force_au", "force_nz", "force_ca", "force_us"}:
            assert seen.setdefault((word.cls, word.text), word.canonical) == word.canonical, word.text


def test_a_broken_pack_tells_all_its_faults_with_their_lines(tmp_path: Path) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text(
        "frames:\n"
        "  - id: mine.one\n    measure: arests\n    doc: People arrested.\n    head: peple\n"
        "  - id: mine.one\n    measure: arrests\n    doc: Again.\n    headd: people\n",
        encoding="utf-8",
    )
    with pytest.raises(PackError) as caught:
        packs.read_packs([*map(Path, packset.built_in()), pack])
    assert caught.value.faults == (
        "mine.yaml:6: unknown key headd; did you mean head?",
        "mine.yaml:6: mine.one: no head",
        "mine.yaml:2: mine.one: unknown measure arests; did you mean arrests?",
        "mine.yaml:6: mine.one stands twice; first in mine.yaml:2",
        "mine.yaml:2: mine.one: unknown head peple; did you mean people?",
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("frames: [", "not YAML: "),
        ("a: &x [1]\nb: *x\n", "aliases are not allowed in a pack"),
        ("measures: {}\nmeasures: {}\n", "'measures' stands twice"),
        ("words:\n  drug: [no]\n", "False is no word; quote it"),
        ("- a list\n", "a pack is a mapping of sections"),
    ],
)
def test_a_pack_that_is_no_pack_is_told(tmp_path: Path, text: str, fault: str) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        packs.read_packs([pack])
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("rule_id", "text", "fault"),
    [
        ("money.stolen", "The gang stole £40,000 in cash.", ""),
        ("money.stolen", "Officers seized £40,000 in cash.", "is read all the same"),
        ("money.stolen", "Nobody was hurt.", "would not be read without it either"),
    ],
)
def test_an_example_of_a_rule_that_measures_nothing_shows_what_it_keeps_out(rule_id: str, text: str, fault: str, engine: Workbench) -> None:
    rule = PACKS.rule(rule_id)
    assert rule
    assert check_example(rule, Example(text), engine).endswith(fault)


@pytest.mark.parametrize(
    ("base", "ending", "form"),
    [
        ("agree", "ed", "agreed"),
        ("free", "ing", "freeing"),
        ("spot", "ed", "spotted"),
        ("rip out", "ed", "ripped out"),
        ("refer", "ing", "referring"),
        ("target", "ed", "targeted"),
        ("jail", "ed", "jailed"),
        ("carry out", "ed", "carried out"),
        ("tow", "ed", "towed"),
    ],
)
def test_a_regular_verb_is_inflected_as_english_does(base: str, ending: Literal["ed", "ing"], form: str) -> None:
    assert inflect(base, ending) == form
