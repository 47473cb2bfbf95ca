"""A collection to one HTML page that needs nothing else; the one module that imports Jinja2.

The page runs its own scripts and no others: its Content-Security-Policy names them by hash, and lets it load nothing. Jinja2 escapes all that
strangers wrote; the data for the scripts is JSON, in which no tag can begin, and the scripts put it on the page as text alone.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from cl_extract import __version__
from cl_extract.batch.stored import Contents, StoredRelease, read_collection
from cl_extract.engine.engine import load_engine
from cl_extract.errors import UsageError
from cl_extract.output.render import printable, span_text
from cl_extract.packs.packset import Measure
from cl_extract.reading.read import printable_path
from cl_extract.report.data import page_data
from cl_extract.report.source import Origin
from cl_extract.schema import to_json

MOST_RELEASES = 1000  # that a page opens with at once
MOST_TEXT = 20_000_000  # characters of them
SCRIPTS = ("values.js", "totals.js", "charts.js", "release.js", "page.js")
FOLDER = Path(__file__).parent


def report_page(origin: Origin, *, known: Mapping[str, Measure] | None = None, most_releases: int = MOST_RELEASES, most_text: int = MOST_TEXT) -> str:
    """The report on the newest releases of a collection. ``known`` are the measures: those of the built-in packs unless given.

    Raises UsageError where Jinja2 is not installed, InputError where the collection cannot be read.
    """
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from markupsafe import Markup
    except ImportError:
        raise UsageError("a report needs Jinja2; pip install 'cl-extract[report]'") from None
    contents = read_collection(origin.database, most_releases, most_text)
    templates = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    style, scripts = _own("page.css"), [_own(name) for name in SCRIPTS]
    data = to_json(page_data(contents.releases, load_engine().measures if known is None else known)).replace("<", "\\u003c")
    return templates.get_template("page.html").render(
        policy=_policy(style, scripts),
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        data=Markup(data),
        version=__version__,
        title=_title(contents),
        days=_days(contents.releases),
        forces=sorted({printable(stored.record.release.force) for stored in contents.releases if stored.record.release.force}),
        releases=[_summary(stored) for stored in contents.releases],
        left_out=contents.total - len(contents.releases),
        database=printable_path(Path(origin.database).name) if origin.lasting else "",
        failures=[printable(failure) for failure in contents.failures],
    )


def _own(name: str) -> str:
    """A file of this folder, as it stands in the page."""
    return (FOLDER / name).read_text(encoding="utf-8")


def _policy(style: str, scripts: Sequence[str]) -> str:
    """Nothing from anywhere, no style and script but ours, and no text that becomes markup."""
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _title(contents: Contents) -> str:
    number = len(contents.releases)
    return printable(contents.releases[0].record.release.title or "A release") if number == 1 else f"{number:,} press releases"


def _days(releases: Sequence[StoredRelease]) -> str:
    days = sorted(stored.record.release.published for stored in releases if stored.record.release.published)
    return span_text(days[0], days[-1]) if days else ""


def _summary(stored: StoredRelease) -> dict[str, object]:
    """What the list of releases says of one."""
    record, release = stored.record, stored.record.release
    return {
        "title": printable(release.title or record.source.path or "Without a title"),
        "force": printable(release.force or ""),
        "published": release.published.isoformat() if release.published else "",
        "day": span_text(release.published, release.published) if release.published else "",
        "operations": [printable(name) for name in release.operations],
        "period": span_text(release.period.start, release.period.end) if release.period else "",
        "figures": len(record.facts),
        "warnings": len(record.warnings),
        "path": printable(record.source.path or ""),
        "url": release.url if release.url and _safe(release.url) else "",
    }


def _safe(url: str) -> bool:
    """Whether an address is one of the web; anything else might be a program."""
    try:
        return urlsplit(url).scheme in {"http", "https"} and url.isprintable()
    except ValueError:
        return False
