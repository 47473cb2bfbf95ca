"""The values that flow from one stage to the next: Document, Figure, Atom, Finding, Fact, Record.

All are frozen. Every value that stands for something in the release carries its span: character offsets into ``Document.text``, end exclusive.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from cl_extract.value import sealed, value

Qualifier = Literal["exact", "over", "at_least", "nearly", "under", "at_most", "about", "range"]
Section = Literal["title", "lead", "body", "list", "quote"]
Kind = Literal["count", "quantity", "money"]
DateRole = Literal["published", "period", "event"]
Per = Literal["day", "week", "month", "year"]
Format = Literal["text", "markdown", "html", "pdf", "docx", "eml", "mhtml", "rss", "atom"]


class BlockKind(StrEnum):
    """What a stretch of the document is. Facts come from the kinds up to LIST; dates also from DATELINE; nothing from NOISE."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    BODY = "body"
    LIST = "list"
    DATELINE = "dateline"
    NOISE = "noise"


@value(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or line of the document.

    ``start`` and ``end`` leave out the bullet, the Markdown marks around it and the white space. ``lead_in`` is the index, in
    ``Document.blocks``, of the paragraph or heading that introduces a list item. ``reason`` says why a NOISE block is noise
    (``"advert"``, ``"cookies"``, ``"comments"``, ``"related"``, ``"contact"``, ``"navigation"``, ``"metadata"``), else is empty.
    ``cells`` are the spans of a table row's cells, one a column and empty where the cell is; ``columns`` is the index of the row that names them.
    """

    start: int
    end: int
    kind: BlockKind
    lead_in: int | None = None
    reason: str = ""
    cells: tuple[tuple[int, int], ...] = ()
    columns: int | None = None


@sealed(frozen=True, slots=True)
class Document:
    """A decoded release and its parts.

    ``text`` is the decoded source as it stands (for plain text and Markdown), or the text that was read out of it; ``blocks`` are in order and do
    not overlap; ``quotes`` are the spans of direct speech. ``published`` is what the header or the page's own tags give, None where only the text
    may tell; ``sent`` is the day of the mail that brought it, which stands in where the release itself says nothing. ``warnings`` tell what could
    not be read.
    """

    text: str
    path: str | None
    sha256: str
    format: Format
    encoding: str
    blocks: tuple[Block, ...]
    quotes: tuple[tuple[int, int], ...] = ()
    title: str | None = None
    published: dt.date | None = None
    url: str | None = None
    publisher: str | None = None
    sent: dt.date | None = None
    warnings: tuple[str, ...] = ()


class FigureKind(StrEnum):
    """What a number in the text is. Only the first five can become facts; the others are told apart so that they do not."""

    COUNT = "count"
    MONEY = "money"
    MASS = "mass"
    VOLUME = "volume"
    DURATION = "duration"
    AGE = "age"
    TIME = "time"
    PHONE = "phone"
    PERCENT = "percent"
    RATIO = "ratio"
    ORDINAL = "ordinal"
    LENGTH = "length"
    SPEED = "speed"
    CALIBRE = "calibre"
    REFERENCE = "reference"


# By name, since Python 3.11 takes seven times as long to find a member of an enumeration.
COUNT, MONEY, MASS, VOLUME, DURATION, AGE, TIME, PHONE, PERCENT, RATIO, ORDINAL, LENGTH, SPEED, CALIBRE, REFERENCE = FigureKind
FACTUAL = frozenset({COUNT, MONEY, MASS, VOLUME, DURATION})


@value(frozen=True, slots=True)
class Figure:
    """A number as written, normalised, over the tokens ``first`` to ``last`` (exclusive), its qualifier words included.

    ``unit`` is ``g`` for MASS, ``mL`` for VOLUME, ``mo``, ``d`` or ``h`` for DURATION, an ISO 4217 code or a bare ``$`` for MONEY, else None.
    ``high`` is the upper end of a range. ``per`` is set where the figure is a rate ("£2,000 a day"). ``attributive`` marks a figure that is
    hyphenated to the noun it modifies ("a three-month order", "a 12-year sentence"). ``worded`` marks a number told by letters alone.
    """

    kind: FigureKind
    first: int
    last: int
    value: Decimal
    high: Decimal | None = None
    unit: str | None = None
    qualifier: Qualifier = "exact"
    per: Per | None = None
    attributive: bool = False
    worded: bool = False


@value(frozen=True, slots=True)
class Mention:
    """One place that states a figure or a date: ``source[start:end] == text``; ``line`` counts from 1; ``rule`` is the id of what matched."""

    start: int
    end: int
    line: int
    section: Section
    text: str
    rule: str


@sealed(frozen=True, slots=True)
class Period:
    """Inclusive ISO 8601 dates."""

    start: dt.date
    end: dt.date


@sealed(frozen=True, slots=True)
class Attributes:
    """What narrows a figure. Empty tuples and None stand for "the release does not say"."""

    drug: tuple[str, ...] = ()
    drug_class: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    per: Per | None = None


@sealed(frozen=True, slots=True)
class Fact:
    """One stated figure, however often the release repeats it. Field meanings: record.md, "A fact"."""

    kind: Kind
    measure: str
    value: Decimal
    unit: str | None
    qualifier: Qualifier
    high: Decimal | None
    attributes: Attributes
    period: Period | None
    mentions: tuple[Mention, ...]


@sealed(frozen=True, slots=True)
class DateFact:
    """A date or a span of dates the release writes, both ends inclusive. ``relative`` marks one told only relative to publication."""

    role: DateRole
    start: dt.date
    end: dt.date
    relative: bool
    mentions: tuple[Mention, ...]


@sealed(frozen=True, slots=True)
class Unclassified:
    """A number of the release that fits no measure: its class (``age``, ``phone`` … or ``unclassified``), and the words that follow it."""

    start: int
    end: int
    line: int
    text: str
    reason: str
    following: str


@sealed(frozen=True, slots=True)
class Source:
    """Where the record came from. ``sha256`` is of the bytes read (of the UTF-8 text where a string was given)."""

    path: str | None
    sha256: str
    format: Format
    encoding: str


@sealed(frozen=True, slots=True)
class Release:
    """What the release says about itself."""

    title: str | None
    published: dt.date | None
    url: str | None
    force: str | None
    operations: tuple[str, ...]
    period: Period | None


@sealed(frozen=True, slots=True)
class Record:
    """All that one release states. ``facts`` are in order of first mention."""

    source: Source
    release: Release
    facts: tuple[Fact, ...]
    dates: tuple[DateFact, ...]
    warnings: tuple[str, ...]
    unclassified: tuple[Unclassified, ...] = ()

    def to_dict(self, *, unclassified: bool = False) -> dict[str, object]:
        """The record as plain data in the shape of record.md; with ``unclassified`` also the numbers that fit no measure."""
        from cl_extract.schema import record_to_dict

        return record_to_dict(self, unclassified=unclassified)

    def to_json(self, *, indent: int | None = 2, unclassified: bool = False) -> str:
        """The record as JSON text without a final newline; ``indent=None`` gives one compact line."""
        from cl_extract.schema import to_json

        return to_json(self.to_dict(unclassified=unclassified), indent=indent)
