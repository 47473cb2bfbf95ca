"""Gold files: what a person reads in a release, as record.md has it (``NAME.gold.json`` beside ``NAME.txt``, ``.md`` or ``.html``)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from cl_extract.errors import ClExtractError
from cl_extract.model import Kind, Qualifier

SUFFIX = ".gold.json"
RELEASES = (".html", ".htm", ".md", ".txt")
NARROWING = ("drug", "drug_class", "group")


class GoldError(ClExtractError):
    """A gold file that cannot be scored against: broken, or without its release."""


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact as a person reads it. ``attributes`` holds the names under each of NARROWING, in lower case."""

    kind: Kind
    measure: str
    value: int | float
    unit: str | None
    qualifier: Qualifier
    high: int | float | None
    attributes: Mapping[str, frozenset[str]]
    quote: str


@dataclass(frozen=True, slots=True)
class GoldDate:
    """A date as a person reads it, both ends inclusive."""

    start: dt.date
    end: dt.date
    quote: str


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold file. ``published`` and ``force`` are None where it does not say, and then are not scored."""

    published: dt.date | None
    force: str | None
    facts: tuple[GoldFact, ...]
    dates: tuple[GoldDate, ...]


def find_gold(folder: Path) -> Iterator[Path]:
    """The gold files in a folder and the folders under it, in order. Raises GoldError where there are none."""
    found = sorted(path for path in folder.rglob(f"*{SUFFIX}") if path.is_file()) if folder.is_dir() else []
    if not found:
        raise GoldError(f"{folder}: {'no gold files in it; label a release as NAME' + SUFFIX if folder.is_dir() else 'no such folder'}")
    yield from found


def release_of(gold: Path) -> Path:
    """The release that a gold file stands beside. Raises GoldError where there is none."""
    name = gold.name.removesuffix(SUFFIX)
    release = next((path for suffix in RELEASES if (path := gold.with_name(name + suffix)).is_file()), None)
    if release is None:
        raise GoldError(f"{gold}: no release beside it; put {name}.txt, .md or .html there")
    return release


def read_gold(path: Path) -> Gold:
    """A gold file. Raises GoldError, which names the file and the first place in it that is at fault."""
    try:
        data: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GoldError(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{path}: not JSON ({error or 'nested too deep'})") from None
    reader = _Reader(path)
    top = reader.mapping(data, "the file")
    return Gold(
        published=reader.day(top["published"], "published") if top.get("published") else None,
        force=reader.text(top.get("force"), "force") if top.get("force") else None,
        facts=tuple(reader.fact(fact, f"facts[{k}]") for k, fact in enumerate(reader.items(top.get("facts"), "facts"))),
        dates=tuple(reader.date(date, f"dates[{k}]") for k, date in enumerate(reader.items(top.get("dates") or [], "dates"))),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Narrows JSON to typed values; ``where`` is the place in the file."""

    path: Path

    def fault(self, where: str, message: str) -> GoldError:
        return GoldError(f"{self.path}: {where}: {message}")

    def mapping(self, value: object, where: str) -> dict[str, object]:
        if not isinstance(value, dict):
            raise self.fault(where, "should be an object")
        return value

    def items(self, value: object, where: str) -> list[object]:
        if not isinstance(value, list):
            raise self.fault(where, "should be a list")
        return value

    def text(self, value: object, where: str) -> str:
        if not isinstance(value, str):
            raise self.fault(where, f"should be a string, not {value!r:.40}")
        return value

    def number(self, value: object, where: str) -> int | float:
        # An integer too long for a float compares with nothing that a release says.
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
            raise self.fault(where, f"should be a number, not {value!r:.40}")
        return value

    def day(self, value: object, where: str) -> dt.date:
        try:
            made = dt.date.fromisoformat(self.text(value, where))
        except ValueError:
            made = None
        if made is None or made.isoformat() != value:
            raise self.fault(where, f"{value!r:.40} is no date; write it as 2022-03-07")
        return made

    def choice(self, value: object, known: tuple[str, ...], where: str) -> str:
        if value not in known:
            raise self.fault(where, f"{value!r:.40} is none of {', '.join(known)}")
        return str(value)

    def fact(self, value: object, where: str) -> GoldFact:
        made = self.mapping(value, where)
        attributes = self.mapping(made.get("attributes") or {}, f"{where}.attributes")
        return GoldFact(
            kind=cast("Kind", self.choice(made.get("kind"), get_args(Kind), f"{where}.kind")),
            measure=self.text(made.get("measure"), f"{where}.measure"),
            value=self.number(made.get("value"), f"{where}.value"),
            unit=None if made.get("unit") is None else self.text(made["unit"], f"{where}.unit"),
            qualifier=cast("Qualifier", self.choice(made.get("qualifier", "exact"), get_args(Qualifier), f"{where}.qualifier")),
            high=None if made.get("high") is None else self.number(made["high"], f"{where}.high"),
            attributes={name: self.names(attributes.get(name), f"{where}.attributes.{name}") for name in NARROWING},
            quote=self.text(made.get("quote") or "", f"{where}.quote"),
        )

    def names(self, value: object, where: str) -> frozenset[str]:
        """A list of names; one string may join several with commas and "and"."""
        if isinstance(value, list):
            return names_of(self.text(name, where) for name in value)
        return names_of(self.text(value or "", where).replace(" and ", ", ").split(", "))

    def date(self, value: object, where: str) -> GoldDate:
        made = self.mapping(value, where)
        return GoldDate(
            start=self.day(made.get("start"), f"{where}.start"),
            end=self.day(made.get("end"), f"{where}.end"),
            quote=self.text(made.get("quote") or "", f"{where}.quote"),
        )


def names_of(names: Iterator[str] | tuple[str, ...] | list[str]) -> frozenset[str]:
    """Names as they are compared: in lower case, without space around them; empty ones are none."""
    return frozenset(name.strip().lower() for name in names if name.strip())
