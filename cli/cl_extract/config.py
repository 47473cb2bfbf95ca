"""The config file: ``[tool.cl-extract]`` of the nearest pyproject.toml that has it, else ``cl-extract/config.toml`` in the XDG config folder.

One file alone is read. Its packs come before those of ``--patterns``; every other key gives way to the option of its name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cl_extract.errors import UsageError
from cl_extract.value import value

TABLE = "cl-extract"
FORMATS = ("table", "json", "jsonl", "csv")
KEYS = ("patterns", "format")


@value(frozen=True, slots=True)
class Config:
    """What a config file says. ``patterns`` are paths from the current folder; ``format`` is None where it does not say."""

    file: Path | None = None
    patterns: tuple[str, ...] = ()
    format: str | None = None


def read_config(folder: Path | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """The config that holds in ``folder``, the current one unless given; an empty one where there is no file.

    Raises UsageError, naming file and key, for a key that is unknown or does not say what it should.
    """
    try:
        folder = folder or Path.cwd()
    except OSError:  # the current folder is gone
        folder = Path("/")
    for parent in (folder, *folder.parents):
        table = _project_table(parent / "pyproject.toml")
        if table is not None:
            return _read(parent / "pyproject.toml", table, f"[tool.{TABLE}] ", folder)
    home = environ.get("XDG_CONFIG_HOME") or os.path.join(environ.get("HOME", ""), ".config")  # noqa: PTH118  # HOME may be missing
    file = Path(home) / TABLE / "config.toml"
    if not (file.is_absolute() and _is_file(file)):
        return Config()
    import tomllib

    try:
        return _read(file, tomllib.loads(file.read_text(encoding="utf-8")), "", folder)
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{file}: cannot be read as TOML: {error}") from None


def _project_table(file: Path) -> object | None:
    """The table of a pyproject.toml, None where there is no such file, or none for this tool in it."""
    try:
        text = file.read_text(encoding="utf-8") if _is_file(file) else ""
    except (OSError, ValueError):
        return None
    if TABLE not in text:
        return None
    import tomllib

    try:
        tool = tomllib.loads(text).get("tool")
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file}: cannot be read as TOML: {error}") from None
    return tool.get(TABLE) if isinstance(tool, dict) else None


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a folder that may not be entered
        return False


def _read(file: Path, table: object, where: str, folder: Path) -> Config:
    if not isinstance(table, dict):
        raise UsageError(f"{file}: {where.strip()} is no table")
    import difflib

    problems = []
    for key in table:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1)
            problems.append(f"unknown key {key}; " + (f"did you mean {near[0]}?" if near else f"known: {', '.join(KEYS)}"))
    packs = table.get("patterns", [])
    if not isinstance(packs, list) or not all(isinstance(pack, str) for pack in packs):
        problems.append('patterns is a list of paths: patterns = ["mine.yaml"]')
        packs = []
    form = table.get("format")
    if form is not None and form not in FORMATS:
        problems.append(f"unknown format {form}; one of {', '.join(FORMATS)}")
    if problems:
        raise UsageError(f"{file}: {where}" + "; ".join(problems))
    return Config(file, tuple(_from(folder, file.parent / pack) for pack in packs), form)


def _from(folder: Path, path: Path) -> str:
    """``path`` as it is told from ``folder``: relative where it lies beside or not far above, for messages to be short."""
    told = os.path.relpath(path, folder)
    return told if told.count("..") <= 2 else str(path)
