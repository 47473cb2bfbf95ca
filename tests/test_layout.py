"""Imports go one way, down the flow of the data, and each outside package has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "cli" / "cl_extract"
# A module imports only from those before it. model.Record reaches forward to schema, so that a record can write itself.
ORDER = (
    *("errors", "model", "tokens", "units", "numbers", "cues", "figures", "dates"),
    *("noise", "layout", "frontmatter", "markup", "speech", "read", "packformat", "packs", "packschema", "schema"),
    *("lexicon", "lex", "chunk", "skeleton", "frames", "clause", "refer", "match"),
    *("checks", "release", "resolve", "extract", "packcheck", "lint", "__init__"),
    *("render", "packdocs", "config", "gold", "evaluate", "explain", "tables", "output", "app", "__main__"),
)
FORWARD = {("model", "schema")}
DOORS = {"rich": {"tables"}, "yaml": {"packs", "frontmatter"}, "typer": {"app"}}


def imports(module: str) -> Iterator[str]:
    """Everything a module imports, inside functions too."""
    for node in ast.walk(ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from names if node.module == "cl_extract" else [node.module]


MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))


def test_every_module_has_its_place() -> None:
    assert set(MODULES) <= set(ORDER)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way(module: str) -> None:
    before = ORDER[: ORDER.index(module)]
    for name in imports(module):
        top, _, rest = name.partition(".")
        assert module in DOORS.get(top, {module}), f"{top} is imported by {DOORS.get(top)} alone"
        if top == "cl_extract":
            imported = rest if rest in ORDER else "__init__"
            assert imported in before or (module, imported) in FORWARD, f"{module} stands before {imported}"
