"""Each lint finds what it is for, in the line where it stands, and says nothing of a pack that is well."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from cl_extract.app import run
from cl_extract.engine.engine import load_workbench
from cl_extract.workbench import lint

FRAME = "frames:\n  - {id: mine.one, measure: arrests, doc: x, head: people, trigger: seize, %s}\n"
RULE = "rules:\n  - {id: mine.one, measure: arrests, doc: x, pattern: '%s', examples: [{text: '%s'}]}\n"


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        (FRAME % "examples: []", "mine.yaml:2: mine.one: no example exercises it; add one"),
        (FRAME % "examples: [{text: Two men were seized., todo: true}]", "mine.yaml:2: mine.one: no example exercises it; add one"),
        (
            FRAME % "examples: [{text: Two men were arrested., value: 2}]",
            "mine.yaml:2: mine.one: 'Two men were arrested.' is read by people.arrested instead; narrow people.arrested",
        ),
        (
            FRAME.replace("people", "vehicle") % "examples: [{text: Officers seized two cars., value: 2}]",
            "mine.yaml:2: mine.one: 'Officers seized two cars.' is read by seizures.vehicles as vehicles_seized too; say wins: true",
        ),
        ("words:\n  drug:\n    crank: [crank, weed]\n", "mine.yaml:3: drug: 'weed' stands for crank here and for cannabis in drugs.yaml:6; keep one"),
        ("nouns:\n  blade:\n    - shiv\n    - shank\n    - shiv\n", "mine.yaml:5: blade: 'shiv' stands twice; first in mine.yaml:3; keep one"),
        ("words:\n  drug_word: [after a, gear]\n", "mine.yaml:2: drug_word: 'after a' hides grammar words from the chunker"),
        ("measures:\n  swans: {label: Swans, kinds: [count]}\n", "mine.yaml:2: swans: no pattern gives this measure"),
        ("nouns:\n  swan: [swan]\n", "mine.yaml:2: swan: no pattern names this class"),
        (RULE % ("(?:.*.*.*.*.*)*{n}(?=.*.*.*zzz)", "12 zzz"), "mine.yaml:2: mine.one: 100 kB of "),
    ],
)
def test_lint_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], text: str, remark: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(text, encoding="utf-8")
    assert run(["patterns", "lint", "--patterns", "mine.yaml"]) == 1
    out, err = capfd.readouterr()
    assert not err
    assert any(line.startswith(remark) for line in out.splitlines()), out
    assert all("mine.yaml" in line for line in out.splitlines())


def test_a_word_that_takes_an_example_from_a_built_in_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(
        "frames:\n  - {id: mine.one, measure: people_charged, doc: x, head: people, trigger: arrest, wins: true, near: seize}\n"
        "rules:\n  - {id: mine.two, measure: people_charged, doc: x, pattern: '{n:people} .{0,3} arrested', examples: [{text: Six men arrested}]}\n",
        encoding="utf-8",
    )
    told = [str(remark) for remark in lint.lint(load_workbench(["mine.yaml"]))]
    assert any("people.arrested: 'More than 250 people were arrested.' is read by mine.two instead" in line for line in told), told


def test_a_well_made_pack_has_no_remarks() -> None:
    sample = Path(__file__).resolve().parents[1] / "samples" / "packs" / "shops.yaml"
    assert lint.lint(load_workbench([sample])) == []


def test_lint_tells_load_faults_as_every_command_does(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text("frames:\n  - {id: people.arrested, measure: arests, doc: x, head: people, trigger: sieze, nere: x}\n", encoding="utf-8")
    assert run(["patterns", "lint", "--patterns", str(pack)]) == 2
    out, err = capfd.readouterr()
    assert not out
    for fault in ("people.arrested stands twice", "unknown measure arests", "unknown trigger sieze", "unknown key nere"):
        assert fault in err


def test_no_built_in_pattern_is_slow_or_loses_its_examples() -> None:
    engine = load_workbench()
    for check in (lint.slow, lint.stolen, lint.two_names, lint.unmeasured):
        assert list(check(engine)) == []


PACKAGE = Path(lint.__file__).parents[1]
ENGINE_MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent.name != "packs" and path.stem not in {"lint", "docs"}]
KNOWN = lint.ENGINE | lint.PHRASES | lint.GRAMMAR


def test_classes_said_to_be_the_engine_s_are_named_there() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in ENGINE_MODULES)
    missing = [name for name in sorted(KNOWN) if f'"{name}"' not in source]
    assert missing == []


def test_classes_that_the_engine_asks_for_are_known_to_lint() -> None:
    calls = [node for path in ENGINE_MODULES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    asked = {
        argument.value
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "isa"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    assert sorted(asked - KNOWN - lint.used_classes(load_workbench().packs)) == []
