"""The README's console and Python blocks, run: what stands under a command is what it prints.

``CL_EXTRACT_UPDATE=1 pytest tests/test_readme.py`` writes the present output into the README.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<language>console|pycon)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the blocks run, one after another: a folder with the samples, and in ``bin`` this checkout's ``cl-extract``."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "samples").symlink_to(ROOT / "samples")
    (folder / "bin").mkdir()
    command = folder / "bin" / "cl-extract"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT / "cli"}" exec "{sys.executable}" -m cl_extract "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return folder


def run_console(body: str, place: Path) -> str:
    """The block with the output that its commands give now."""
    commands = [line for line in body.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{run_command(command[2:], place)}" for command in commands)


def run_command(command: str, place: Path) -> str:
    if "| jq" in command and not shutil.which("jq"):
        pytest.skip("jq is not installed")
    path = os.pathsep.join([str(place / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=place, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert not done.stderr
    return done.stdout.decode()


def run_python(body: str, place: Path) -> str:
    """The block with the output that its lines give now."""
    names: dict[str, object] = {}
    made = ""
    for example in doctest.DocTestParser().get_examples(body):
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.chdir(place):
            exec(compile(example.source, "README.md", "single"), names)  # our own README
        first, *rest = example.source.splitlines()
        made += "".join(f"{prompt} {line}\n" for prompt, line in [(">>>", first), *(("...", line) for line in rest)]) + out.getvalue()
    return made


RUNNERS = {"console": run_console, "pycon": run_python}


BLOCKS = [pytest.param(block, id=f"line {TEXT.count(chr(10), 0, block.start()) + 1}") for block in BLOCK.finditer(TEXT)]


@pytest.mark.parametrize("block", BLOCKS)
def test_block_prints_what_stands_under_it(block: re.Match[str], place: Path) -> None:
    body = block["body"]
    now = RUNNERS[block["language"]](body, place)
    if os.environ.get("CL_EXTRACT_UPDATE"):
        README.write_text(README.read_text(encoding="utf-8").replace(block.group(), block.group().replace(body, now)), encoding="utf-8")
    else:
        assert body == now


def test_first_two_commands_are_a_line_each() -> None:
    commands = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    assert len(commands) >= 2
    assert all(command.count("\n") == 1 for command in commands[:2])


def test_exit_codes_are_those_of_help() -> None:
    from cl_extract.app import EPILOG

    for code, meaning in re.findall(r"^\| (\d) \| (.+) \|$", TEXT, re.MULTILINE):
        assert f"{code}  {meaning}" in EPILOG
