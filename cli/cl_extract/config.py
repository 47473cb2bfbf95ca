"""The config file: ``[tool.cl-extract]`` of the nearest pyproject.toml that has it, else ``cl-extract/config.toml`` in the XDG config folder.

One file alone is read. Its packs come before those of ``--patterns``; every other key gives way to the option of its name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum

from cl_extract.errors import UsageError
from cl_extract.value import value

TABLE = "cl-extract"
KEYS = ("patterns", "format")


class Format(StrEnum):
    """How records are put out."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


@value(frozen=True, slots=True)
class Config:
    """What a config file says. ``patterns`` are paths from the current folder; ``format`` is None where it does not say."""

    file: str | None = None
    patterns: tuple[str, ...] = ()
    format: Format | None = None


def read_config(folder: str | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """The config that holds in ``folder``, the current one unless given; an empty one where there is no file.

    Raises UsageError, naming file and key, for a key that is unknown or does not say what it should.
    """
    try:
        folder = folder or os.getcwd()
    except OSError:  # the current folder is gone
        folder = os.sep
    parent, below = folder, ""
    while parent != below:
        file = os.path.join(parent, "pyproject.toml")
        table = _project_table(file)
        if table is not None:
            return _read(file, table, f"[tool.{TABLE}] ", folder)
        parent, below = os.path.dirname(parent), parent
    home = environ.get("XDG_CONFIG_HOME") or os.path.join(environ.get("HOME", ""), ".config")  # HOME may be missing
    file = os.path.join(home, TABLE, "config.toml")
    if not (os.path.isabs(file) and os.path.isfile(file)):
        return Config()
    import tomllib

    try:
        return _read(file, tomllib.loads(_text(file)), "", folder)
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{file}: cannot be read as TOML: {error}") from None


def _text(file: str) -> str:
    with open(file, encoding="utf-8") as stream:
        return stream.read()


def _project_table(file: str) -> object | None:
    """The table of a pyproject.toml, None where there is no such file, or none for this tool in it."""
    try:
        text = _text(file) if os.path.isfile(file) else ""
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


def _read(file: str, table: object, where: str, folder: str) -> Config:
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
    if form is not None and form not in list(Format):
        problems.append(f"unknown format {form}; one of {', '.join(Format)}")
    if problems:
        raise UsageError(f"{file}: {where}" + "; ".join(problems))
    return Config(file, tuple(_from(folder, os.path.join(os.path.dirname(file), pack)) for pack in packs), None if form is None else Format(form))


def _from(folder: str, path: str) -> str:
    """``path`` as it is told from ``folder``: relative where it lies beside or not far above, for messages to be short."""
    told = os.path.relpath(path, folder)
    return told if told.count("..") <= 2 else path
