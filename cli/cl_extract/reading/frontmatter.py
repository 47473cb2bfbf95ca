"""What a release says about itself in front matter: a YAML header between ``---`` lines or in a ```` ```yaml ```` fence."""

from __future__ import annotations

import datetime as dt

from cl_extract.expressions import IGNORECASE, MULTILINE, compiled
from cl_extract.model import Block, BlockKind
from cl_extract.reading.layout import SPACE
from cl_extract.value import value

_LONGEST = 64_000
_DEEPEST = 50  # mappings and lists in each other; the C reader has no limit of its own, and a stack to overflow
_OPENING = compiled(r"\s*(?P<fence>-{3}|`{3,}[ \t]*ya?ml|~{3,}[ \t]*ya?ml)[ \t]*(?:\r\n|\r|\n)", IGNORECASE)
_CLOSING = {
    "-": compiled(r"^(?:-{3}|\.{3})[ \t]*$", MULTILINE),
    "`": compiled(r"^`{3,}[ \t]*$", MULTILINE),
    "~": compiled(r"^~{3,}[ \t]*$", MULTILINE),
}
_ENTRY = compiled(r"^(?P<indent>[ \t]*)(?:- )?(?P<key>['\"]?[\w.:-]{1,40}?['\"]?)[ \t]*:(?:[ \t]+(?P<value>\S[^\r\n]*+))?[ \t\r]*+$", MULTILINE)

_TITLE_KEYS = ("title", "headline", "og.title", "og:title")
_URL_KEYS = ("url", "canonical", "canonical_url", "link", "source_url", "og.url", "og:url", "source")
_PUBLISHER_KEYS = (
    "pressroom.name", "publisher", "publisher.name", "force", "organisation", "organization", "site_name", "site.name", "og.site.name",
    "og.site_name", "og:site_name", "site",
)  # fmt: skip
_DATE_KEYS = (
    "date", "published", "published_at", "publishedat", "published_time", "published_date", "publish_date", "publishdate", "pubdate", "datepublished",
    "date_published", "article:published_time", "article.published_time", "article.published.time", "og.published_time",
    "first_published_at", "posted", "created", "created_at",
)  # fmt: skip

_MONTHS = {name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_ISO = compiled(r"(?<!\d)((?:19|20)\d\d)[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?!\d)")
_DAY_FIRST = compiled(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)(?!\d)")
_WORDED = compiled(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]{3})[a-z]*\.?,?[ -]((?:19|20)\d\d)|"
    r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)",
    IGNORECASE,
)


@value(frozen=True, slots=True)
class FrontMatter:
    """The header, ended at ``end``, its blocks, and what it says. ``title`` has lost the publisher's name after it."""

    end: int
    blocks: tuple[Block, ...]
    title: str | None = None
    published: dt.date | None = None
    url: str | None = None
    publisher: str | None = None


def read_front_matter(text: str) -> FrontMatter | None:
    """The front matter that opens the text, or None. YAML that is broken, too large or has aliases is noise, but its plain lines are read."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    dashed = opening["fence"].startswith("-")
    closing = _CLOSING[opening["fence"][0]].search(text, opening.end(), opening.end() + 4 * _LONGEST)
    if closing is None:
        return None
    inner = text[opening.end() : closing.start()]
    values = _load(inner)
    if values is None:
        entries = _ENTRY.findall(inner)
        if dashed and 2 * len(entries) < len([line for line in inner.splitlines() if line.strip(SPACE)]):
            return None  # A rule above and below a paragraph.
        values = {key.strip("'\"").lower(): _unquoted(value.strip(SPACE)) for indent, key, value in reversed(entries) if not indent and value}
    if dashed and not values:
        return None
    publisher = _first(values, _PUBLISHER_KEYS)
    title = _first(values, _TITLE_KEYS)
    bare = without_site(title, publisher) if title else None
    published = next((date for key in _DATE_KEYS if (value := values.get(key)) and (date := header_date(value))), None)
    spans = _spans(text, opening.end(), closing.start(), bare)
    return FrontMatter(
        closing.end(), _blocks(text, opening.start("fence"), closing.end(), spans), bare, published, _first(values, _URL_KEYS), publisher
    )


def header_date(value: str) -> dt.date | None:
    """The date that a header or a tag gives, as written there (no time zone moves it); None where it gives none. 03/04/2024 is 3 April."""
    value = value[:80]
    if match := _ISO.search(value):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.search(value):
        day, month, year = match.groups()
        if int(month) > 12:
            day, month = month, day
    elif (match := _WORDED.search(value)) and (name := (match[2] or match[4]).lower()) in _MONTHS:
        day, month, year = match[1] or match[5], str(_MONTHS[name]), match[3] or match[6]
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def without_site(title: str, site: str | None) -> str:
    """The title without the name of the site that follows it (" - Metropolitan Police", " | Soar Valley Post")."""
    title = title.strip(SPACE)
    if site:
        head, mark, tail = _last_part(title)
        if mark and tail.casefold() == site.strip(SPACE).casefold() and head:
            return head
    return title


def _last_part(title: str) -> tuple[str, str, str]:
    cuts = [(title.rfind(mark), mark) for mark in (" | ", " - ", " – ", " — ", " :: ", " « ", " » ", " · ", " • ")]
    at, mark = max(cuts)
    return (title[:at].strip(SPACE), mark, title[at + len(mark) :].strip(SPACE)) if at > 0 else (title, "", "")


def without_any_site(title: str) -> str:
    """The title of a page without a short last part, which is the name of the site in nearly every page's title."""
    head, mark, tail = _last_part(title.strip(SPACE))
    return head if mark and len(head.split()) >= 4 and 1 <= len(tail.split()) <= 5 else title.strip(SPACE)


def site_of(title: str) -> str | None:
    """The name of the site at the end of a page's title, or None."""
    _, mark, tail = _last_part(title.strip(SPACE))
    return tail if mark and 1 <= len(tail.split()) <= 5 else None


def _first(values: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((value for key in keys if (value := values.get(key, "").strip(SPACE))), None)


def _load(inner: str) -> dict[str, str] | None:
    """The values of the header by dotted key in lower case; None where it is no mapping, broken, too large or nested beyond reason."""
    if len(inner) > _LONGEST:
        return None
    import yaml

    reader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar a string, so that dates stay as written
    try:
        depth = 0
        for event in yaml.parse(inner, reader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
                return None  # an alias could make it grow
        loaded: object = yaml.load(inner, reader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return None
    if not isinstance(loaded, dict):
        return None
    values: dict[str, str] = {}
    stack: list[tuple[str, dict[object, object]]] = [("", loaded)]
    while stack:
        prefix, mapping = stack.pop()
        for key, held in mapping.items():
            name = f"{prefix}{str(key).lower()}"
            if isinstance(held, dict):
                if len(name) < 100:
                    stack.append((f"{name}.", held))
            elif isinstance(held, str):
                values.setdefault(name, held)
    return values


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"" else value


def _spans(text: str, start: int, end: int, title: str | None) -> list[tuple[int, int, BlockKind]]:
    """Where the title and the dates stand in the header."""
    spans: list[tuple[int, int, BlockKind]] = []
    wanted = " ".join(title.split()) if title else None
    for match in _ENTRY.finditer(text, start, end):
        value = (match["value"] or "").strip(SPACE)
        if not value:
            continue
        first = match.start("value")
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
            first, value = first + 1, value[1:-1]
        key = match["key"].strip("'\"").lower()
        if wanted and key.rpartition(".")[2].rpartition(":")[2] in ("title", "headline"):
            written = " ".join(value.replace("''", "'").replace('\\"', '"').split())
            if written.startswith(wanted):
                length = len(value) if written == wanted else _written_length(value, wanted)
                spans.append((first, first + length, BlockKind.TITLE))
                wanted = None
        elif key in _DATE_KEYS and header_date(value):
            spans.append((first, first + len(value), BlockKind.DATELINE))
    return sorted(spans)


def _written_length(value: str, wanted: str) -> int:
    """How much of the value as written says the title, escapes counted."""
    at = 0
    for character in wanted:
        if character == " ":
            while at < len(value) and value[at] in SPACE:
                at += 1
            continue
        at += 2 if value.startswith(("''", '\\"'), at) else 1
    return at


def _blocks(text: str, start: int, end: int, spans: list[tuple[int, int, BlockKind]]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    at = start
    for first, last, kind in [*spans, (end, end, None)]:
        if text[at:first].strip(SPACE):
            head, tail = at, first
            while text[head] in SPACE:
                head += 1
            while text[tail - 1] in SPACE:
                tail -= 1
            blocks.append(Block(head, tail, BlockKind.NOISE, None, "metadata"))
        if kind is not None and first < last:
            blocks.append(Block(first, last, kind))
        at = last
    return tuple(blocks)
