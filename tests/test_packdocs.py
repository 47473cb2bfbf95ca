"""The pack format is told in one place: the JSON Schema takes every pack, and patterns/README.md is what ``patterns docs`` prints.

``CL_EXTRACT_UPDATE=1 pytest tests/test_packdocs.py`` writes the page.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from cl_extract.app import run
from cl_extract.engine.engine import load_workbench
from cl_extract.packs import load as packs
from cl_extract.packs import packset
from cl_extract.packs.schema import pack_schema
from cl_extract.workbench.docs import pack_docs, rule_text
from cl_extract.workbench.examples import check_rule

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "packs"
PAGE = Path(packset.folder()) / "README.md"
PACKS = sorted([*map(Path, packset.built_in()), *SAMPLES.glob("*.yaml")])


@pytest.mark.parametrize("path", PACKS, ids=[path.name for path in PACKS])
def test_every_pack_is_valid(path: Path) -> None:
    jsonschema.validate(read(path), pack_schema(packs.load()), jsonschema.Draft202012Validator)


def read(path: Path) -> object:
    """A pack as an editor reads it: YAML 1.2 has no off for false."""
    return yaml.safe_load(re.sub(r"^off:", "'off':", path.read_text(encoding="utf-8"), flags=re.MULTILINE))


@pytest.mark.parametrize(
    "pack",
    [
        {"frame": []},
        {"frames": [{"id": "a.b", "measure": "arrests", "doc": "x"}]},
        {"frames": [{"id": "a.b", "measure": "arrests", "doc": "x", "head": "people", "headd": "x"}]},
        {"rules": [{"id": "a.b", "measure": "arrests", "doc": "x"}]},
        {"measures": {"x": {"label": "x", "kinds": ["number"]}}},
        {"verbs": {"seize": {"objct": ["x"]}}},
        {"words": {"drug": [False]}},
        {"off": "people.arrested"},
    ],
)
def test_a_faulty_pack_is_not(pack: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(pack, pack_schema(packs.load()), jsonschema.Draft202012Validator)


def test_schema_command(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["patterns", "schema"]) == 0
    schema = json.loads(capfd.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "arrests" in json.dumps(schema)


def test_page_is_what_the_packs_say(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["patterns", "docs"]) == 0
    page = capfd.readouterr().out
    if os.environ.get("CL_EXTRACT_UPDATE"):
        PAGE.write_text(page, encoding="utf-8")
    assert page == PAGE.read_text(encoding="utf-8"), "write it anew: cl-extract patterns docs > patterns/README.md"


def test_page_has_every_measure_and_pattern() -> None:
    known = packs.load()
    page = pack_docs(known)
    assert [rule.id for rule in known.rules if f"**{rule.id}**" not in page] == []
    assert [measure for measure in known.measures if f"`{measure}`" not in page] == []


def test_the_page_s_pack_works(tmp_path: Path) -> None:
    found = re.search(r"^```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found
    pack = tmp_path / "mine.yaml"
    pack.write_text(found[1], encoding="utf-8")
    engine = load_workbench([pack])
    assert [fault for rule in engine.packs.rules if rule.file == str(pack) for fault in check_rule(rule, engine)] == []
    assert run(["patterns", "lint", "--patterns", str(pack)]) == 0
    jsonschema.validate(read(pack), pack_schema(packs.load()), jsonschema.Draft202012Validator)


@pytest.mark.parametrize("rule", packs.load().rules, ids=lambda rule: str(rule.id))
def test_every_pattern_can_be_shown(rule: packset.Rule) -> None:
    text = rule_text(rule, packs.load())
    assert all(example.text in text for example in (*rule.examples, *rule.negatives))
    assert rule.doc in text
    if rule.pattern:
        assert rule.pattern in text
        assert "expanded" in text
