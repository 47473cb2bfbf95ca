"""Imports go one way, down the flow of the data, and each outside package has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "cli" / "cl_extract"
# The rooms in the order in which the data flows through them; a module imports only from those before it.
ROOMS = (
    ("", "errors", "value", "cache", "expressions", "model"),
    ("values", "vocabulary", "units", "cues", "tokens", "numbers", "figures", "dates"),
    ("reading", "wording", "noise", "tables", "layout", "frontmatter", "tags", "elements", "head", "paragraphs", "markup", "speech"),
    ("reading", "decode", "sniff", "document", "xmltree", "docx", "mail", "feed", "pdfium", "columns", "pdf", "read"),
    ("packs", "packset", "form", "inflect", "load", "schema"),
    ("", "schema"),
    ("engine", "lexicon", "names", "rows", "lex", "nouns", "triggers", "chunk", "skeleton"),
    ("engine", "frames", "clause", "refer", "match", "checks", "release", "resolve"),
    ("engine", "engine"),
    ("", "extraction", "__init__"),
    ("output", "render", "sink", "marks"),
    ("workbench", "examples", "lint", "docs", "gold", "evaluate", "explain"),
    ("", "arrow"),
    ("batch", "walk", "work", "pool", "store", "parts", "collection", "export", "run", "totals", "stored", "distributed"),
    ("report", "source", "data", "page"),
    ("output", "tables", "show", "progress"),
    ("", "config", "call", "app", "__main__"),
)
ORDER = [f"{room}.{module}".lstrip(".") for room, *modules in ROOMS for module in modules]
# So that a record can write itself, and a plain call need not load the parser.
FORWARD = {("model", "schema"), ("call", "app")}
DOORS = {
    "rich": {"output.tables", "output.show", "output.progress"},
    "yaml": {"packs.load", "reading.frontmatter"},
    "typer": {"app"},
    "pypdfium2": {"reading.pdfium"},
    "pyarrow": {"arrow"},
    "distributed": {"batch.distributed"},
    "fsspec": {"batch.distributed"},
    "jinja2": {"report.page"},
}


def imports(module: str) -> Iterator[str]:
    """Everything a module imports, inside functions too."""
    for node in ast.walk(ast.parse((PACKAGE / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from names if all(name.removeprefix("cl_extract.") in ORDER for name in names) else [node.module]


PATHS = (path.relative_to(PACKAGE).with_suffix("") for path in PACKAGE.rglob("*.py"))
MODULES = sorted(".".join(path.parts) for path in PATHS if path.stem != "__init__" or len(path.parts) == 1)


def test_every_module_has_its_place() -> None:
    assert set(MODULES) == set(ORDER)
    assert len(ORDER) == len(set(ORDER))


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way(module: str) -> None:
    before = ORDER[: ORDER.index(module)]
    for name in imports(module):
        top, _, rest = name.partition(".")
        assert module in DOORS.get(top, {module}), f"{top} is imported by {DOORS.get(top)} alone"
        if top == "cl_extract":
            imported = rest if rest in ORDER else "__init__"
            assert imported in before or (module, imported) in FORWARD, f"{module} stands before {imported}"
