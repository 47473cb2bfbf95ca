"""Packs of users, which may come from anywhere: they add to the built-in ones, tell all their faults, and can neither crash nor hang the command."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cl_extract import PackError, extract, extract_file
from cl_extract.app import run
from cl_extract.engine import skeleton
from cl_extract.engine.engine import load_engine
from cl_extract.packs import load as packs
from cl_extract.packs import packset
from cl_extract.packs.form import FRAME_KEYS, RULE_KEYS, SECTIONS
from cl_extract.packs.packset import MAX_BYTES

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "packs" / "shops.yaml"
DRONES = """
measures:
  drones_seized: {label: Drones taken, kinds: [count]}
nouns:
  drone: [drone]
frames:
  - id: mine.drones
    measure: drones_seized
    doc: Drones taken.
    head: drone
    trigger: seize
    wins: true
    examples: [{text: Officers seized three drones., value: 3}]
"""
RELEASE = "Week of action\n\nOfficers seized three drones and arrested two men on 7 March 2022.\n"
RULE = "rules:\n  - id: mine.one\n    measure: arrests\n    doc: x\n    pattern: {}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("drones.yaml").write_text(DRONES, encoding="utf-8")
    Path("release.txt").write_text(RELEASE, encoding="utf-8")
    return tmp_path


def faults_of(text: str, name: str = "mine.yaml") -> tuple[str, ...]:
    Path(name).write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_engine([name])
    return caught.value.faults


# --- What a pack can do ---


def test_a_pack_adds_a_measure(folder: Path) -> None:
    told = [(fact.measure, int(fact.value)) for fact in extract(RELEASE, patterns=[folder / "drones.yaml"]).facts]
    assert told == [("drones_seized", 3), ("arrests", 2)]
    assert extract_file("release.txt", patterns=["drones.yaml"]).facts[0].measure == "drones_seized"
    assert "drones_seized" not in [fact.measure for fact in extract(RELEASE).facts]


def test_a_pack_adds_words_to_a_class_and_a_set_phrase(folder: Path) -> None:
    (folder / "words.yaml").write_text(
        "words: {drug: {zombie dust: [zombie dust, zombie powder]}}\nnouns: {blade: [shiv]}\n"
        "rules:\n  - id: mine.spots\n    measure: stop_searches\n    doc: x\n    pattern: 'pulled {n} (?:people )?over'\n",
        encoding="utf-8",
    )
    facts = extract("Officers seized 4kg of zombie powder and nine shivs. Traffic cops pulled 34 over.", patterns=["words.yaml"]).facts
    assert [(fact.measure, fact.attributes.drug) for fact in facts] == [
        ("drugs_seized", ("zombie dust",)),
        ("bladed_weapons_seized", ()),
        ("stop_searches", ()),
    ]


def test_a_pack_switches_patterns_off(folder: Path) -> None:
    (folder / "off.yaml").write_text("off: [people.arrested]\n", encoding="utf-8")
    assert "arrests" not in [fact.measure for fact in extract(RELEASE, patterns=["off.yaml"]).facts]
    assert packs.load(["off.yaml"]).off == ("people.arrested",)
    assert packs.load().rule("people.arrested")


def test_an_engine_is_kept_until_a_pack_changes(folder: Path) -> None:
    first = load_engine(["drones.yaml"])
    assert load_engine(["drones.yaml"]) is first
    (folder / "drones.yaml").write_text(DRONES.replace("drone]", "drone, quadcopter]"), encoding="utf-8")
    assert load_engine(["drones.yaml"]) is not first
    assert load_engine() is load_engine(())


def test_patterns_option(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert folder
    assert run(["release.txt", "--patterns", "drones.yaml", "--patterns", str(SAMPLE), "--measure", "drones_seized"]) == 0
    assert "Drones taken" in capfd.readouterr().out
    assert run(["--patterns=drones.yaml", "--measure=drones_sized", "release.txt"]) == 2
    assert "the nearest is drones_seized" in capfd.readouterr().err
    for command in (["list"], ["show", "mine.drones"]):
        assert run(["patterns", *command, "--patterns", "drones.yaml"]) == 0
        assert "mine.drones" in capfd.readouterr().out
    assert run(["patterns", "lint", "--patterns", str(SAMPLE)]) == 0
    assert capfd.readouterr().out.endswith("no remarks\n")


# --- Config ---


def put_config(text: str, path: str = "pyproject.toml") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def test_the_nearest_pyproject_is_the_config(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    put_config('[tool.cl-extract]\npatterns = ["drones.yaml"]\nformat = "csv"\n')
    put_config('[project]\nname = "cl-extract-notes"\n', "below/pyproject.toml")
    monkeypatch.chdir(folder / "below")
    assert run(["../release.txt"]) == 0
    out = capfd.readouterr().out
    assert out.startswith("file,published,force,kind,measure")
    assert "drones_seized" in out
    assert run(["../release.txt", "--format", "table", "--patterns", "../drones.yaml"]) == 0  # the same pack twice is one
    assert "Drones taken" in capfd.readouterr().out
    assert run(["--json", "../release.txt"]) == 0
    assert capfd.readouterr().out.startswith("{\n")


def test_the_xdg_config_holds_where_no_pyproject_does(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    put_config('patterns = ["../../drones.yaml"]\n', "home/cl-extract/config.toml")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "home"))
    assert run(["release.txt"]) == 0
    assert "Drones taken" in capfd.readouterr().out
    put_config("[tool.cl-extract]\n")
    assert run(["release.txt"]) == 0
    assert "Drones taken" not in capfd.readouterr().out


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[tool.cl-extract]\npaterns = []\n", "pyproject.toml: [tool.cl-extract] unknown key paterns; did you mean patterns?"),
        ("[tool.cl-extract]\ncolour = 1\n", "unknown key colour; known: patterns, format"),
        ('[tool.cl-extract]\npatterns = "mine.yaml"\n', "patterns is a list of paths"),
        ('[tool.cl-extract]\nformat = "xml"\n', "unknown format xml; one of table, json, jsonl, csv"),
        ("[tool.cl-extract\n", "cannot be read as TOML"),
        ("[tool]\ncl-extract = 3\n", "is no table"),
        ('[tool.cl-extract]\npatterns = ["a\\u0000b"]\n', "cannot be read"),
        ('[tool.cl-extract]\npatterns = ["~nobody/x.yaml", "none.yaml"]\n', "none.yaml:1: cannot be read: No such file or directory"),
    ],
)
def test_a_config_with_a_fault(folder: Path, capfd: pytest.CaptureFixture[str], text: str, fault: str) -> None:
    assert folder
    put_config(text)
    assert run(["release.txt"]) == 2
    out, err = capfd.readouterr()
    assert not out
    assert fault in err


# --- Faults ---


def test_a_broken_pack_stops_before_any_output(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "mine.yaml").write_text("off: [people.arested]\n" + RULE.format("'{peple} {n'"), encoding="utf-8")
    assert run(["release.txt", "--patterns", "mine.yaml"]) == 2
    out, err = capfd.readouterr()
    assert not out
    assert err.splitlines() == [
        "cl-extract: mine.yaml:3: mine.one: unknown placeholder {peple}; did you mean {people}?",
        "cl-extract: mine.yaml:3: mine.one: '{' has no meaning in a pattern",
        "cl-extract: mine.yaml:3: mine.one: the pattern reads no figure; add {n}, {a}, {money}, {mass}, {volume} or {duration}",
        "cl-extract: mine.yaml:1: off: unknown pattern people.arested; did you mean people.arrested?",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (DRONES.replace("mine.drones", "people.arrested"), "mine.yaml:7: people.arrested stands twice; first in people.yaml:"),
        ("measures:\n  arrests: {label: x, kinds: [count]}\n", "mine.yaml:2: measure arrests stands twice; first in measures.yaml:"),
        ("words:\n  fine: [one,\n   two]\n  Fine: [a]\n", "'Fine' is no name"),
        ("words:\n  money: [dosh]\n", "money is a placeholder of patterns"),
        ("nouns:\n  thing_:\n    - knife/\n", "mine.yaml:3: thing_: 'knife/' has an empty form"),
        (RULE.format("'{n} peo\\ple'"), "'\\\\' has no meaning in a pattern"),
        (RULE.format("'{n} (?:men'"), "no pattern: missing )"),
        (RULE.format("'{count} men'"), "unknown placeholder {count}; did you mean {n}?"),
        (RULE.format("'{n:peple} men'"), "unknown class peple in {n:…}; did you mean people?"),
        (RULE.format("'{n:people|} men'"), "unknown class "),
        (RULE.format("'{people:blade} {n}'"), "{people:…}: only n, a, money"),
        (RULE.format("'{money} seized'"), "the pattern reads {money}, of kind money, and its kind is count; add kind: money"),
        (RULE.format("'{n} " + "x" * 500 + "'"), "longer than 500 characters"),
        (RULE.format("'{n} (?:(?:(?:.{60}){60}){60}){60}'"), "repeats or nests too much"),
        (RULE.format("'{n} " + "(?:" * 30 + ")" * 30 + "'"), "repeats or nests too much"),
        (RULE.format("[1]"), "pattern is text; quote it"),
        ("frames:\n  - {id: A b, measure: arrests, doc: x, head: people}\n", "'A b' is no id"),
        ("frames:\n  - {id: a.b, measure: arrests, doc: x, head: people, alone: 'yes'}\n", "alone is true or false"),
        ("frames:\n  - {id: a.b, measure: arrests, doc: x, head: [people, people]}\n", "head says one name twice"),
        ("frames:\n  - {id: a.b, measure: arrests, doc: x, head: people, article: nevr}\n", "unknown article nevr; one of trigger, never"),
        ("frames:\n  - {id: a.b, measure: arrests, doc: x, head: people, attributes: {grup: men}}\n", "unknown attribute grup; did you mean group?"),
        ("frames:\n  - {id: a.b, measure: arrests, doc: x, head: people, examples: [{text: x, value: .nan}]}\n", "value is a number"),
        ("frames:\n  - {id: a.b, measure: arrests, doc: x, head: people, negatives: [{text: x}]}\n", "a negative: no because"),
        ("words:\n  drug: [" + "a-" * 20 + "b]\n", "is longer than 14 words"),
        ("words:\n  drug: [2024-13-45]\n", "a value that YAML cannot read; quote it"),
        ("words:\n  drug: [!!python/object:os.system x]\n", "not YAML: could not determine a constructor"),
        ("words:\n  ? [a]\n  : [b]\n", "a key is a word"),
        ("[" * 100_000, "nested more than 16 deep"),
        ("- " * 100_000, "nested more than 16 deep"),
        ("a: &x [1]\nb: *x\n", "aliases are not allowed"),
        ("#" * (MAX_BYTES + 1), "larger than 1024 KiB; split the pack"),
        ("off: people.arrested\n", "off is a list of ids"),
        ("\x00", "not YAML"),
    ],
)
def test_a_fault_tells_file_and_line(folder: Path, text: str, fault: str) -> None:
    assert folder
    faults = faults_of(text)
    assert any(fault in told for told in faults), faults
    assert all(told.startswith("mine.yaml:") for told in faults)


def test_a_pack_that_is_no_file(folder: Path) -> None:
    for name in (".", "none.yaml", os.devnull.replace("null", "zero")):
        with pytest.raises(PackError, match=r"cannot be read|larger than"):
            load_engine([name])
    (folder / "bytes.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(PackError, match="cannot be read"):
        load_engine(["bytes.yaml"])


def test_too_many_words_in_patterns_are_told(folder: Path) -> None:
    assert folder
    rules = "".join(
        f"  - {{id: mine.r{k}, measure: arrests, doc: x, pattern: '{{n}} " + " ".join(f"w{k}x{i}" for i in range(60)) + "'}\n" for k in range(120)
    )
    assert any("too many words" in told or "characters of patterns" in told for told in faults_of("rules:\n" + rules))


# --- Hostile packs ---

WORDS = [
    "people",
    "drug",
    "seize",
    "arrests",
    "{n}",
    "a|b",
    "",
    " ",
    "knife/knives",
    "/",
    "off",
    "no",
    "\u202e",
    "x" * 300,
    "none",
    "(?:.*.*)*",
    "=a",
    "and",
]
KEYS = sorted({*SECTIONS, *FRAME_KEYS, *RULE_KEYS, "label", "kinds", "object", "post", "text", "value", "because", "people", "blade"})
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.sampled_from(WORDS) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=4),
    max_leaves=25,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(made=st.dictionaries(st.sampled_from(list(SECTIONS)), VALUES, max_size=4))
def test_a_pack_of_any_shape_is_read_or_told(folder: Path, made: dict[str, Any]) -> None:
    pack = folder / "any.yaml"
    pack.write_bytes(yaml.dump(made).encode("utf-8", "surrogatepass"))
    try:
        extract(RELEASE, patterns=[pack])
    except PackError as error:
        told = error.faults
    else:
        told = ("",)
    assert told


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_pack_is_read_or_told(folder: Path, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([SAMPLE.read_text(encoding="utf-8"), Path(packset.folder(), "sentences.yaml").read_text(encoding="utf-8")]))
    at = data.draw(st.integers(0, len(whole)))
    damage = data.draw(st.text(alphabet="[]{}:-*&!|>'\"# \n\tax0%@", max_size=6))
    pack = folder / "any.yaml"
    pack.write_text(whole[:at] + damage + whole[at + data.draw(st.integers(0, 40)) :], encoding="utf-8")
    try:
        extract(RELEASE, patterns=[pack])
    except PackError as error:
        told = error.faults
    else:
        told = ("",)
    assert told


@pytest.mark.parametrize("pattern", ["(?:.*.*)*{n}", "(?:.*.*)*{n} zzz", "(?:(?:.*)*,)*{n} (?:.*.*)* zzz", "(?:.*.*.*.*.*)*{n}(?=.*.*.*zzz)"])
def test_a_hostile_pattern_neither_hangs_nor_crashes(folder: Path, pattern: str) -> None:
    (folder / "mine.yaml").write_text(RULE.format(f"'{pattern}'"), encoding="utf-8")
    started = time.perf_counter()
    for text in ("12 men and " * 600, "a zzz word and 12 men, " * 100, "1 " * 1000):
        extract(text, patterns=["mine.yaml"])
    assert time.perf_counter() - started < 30


def test_a_pattern_given_up_is_a_warning(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "mine.yaml").write_text(RULE.format("'(?:.*.*.*.*.*)*{n}(?=.*.*.*zzz)'"), encoding="utf-8")
    monkeypatch.setattr(skeleton, "TIME_LIMIT", 0.001)
    record = extract("12 men and " * 100 + "a zzz. Two men were arrested.", patterns=["mine.yaml"])
    assert [warning for warning in record.warnings if "mine.one was given up" in warning]
    assert "arrests" in [fact.measure for fact in record.facts]
