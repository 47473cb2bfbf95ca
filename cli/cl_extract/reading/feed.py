"""RSS (every version) and Atom: each entry a release.

Feeds are XML, so the parser of the standard library reads them; what a library of its own would add is the guessing at broken ones.
"""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element, tostring

from cl_extract.errors import InputError
from cl_extract.model import Document, Format
from cl_extract.reading.document import compose, from_page, headed
from cl_extract.reading.frontmatter import header_date
from cl_extract.reading.layout import split_lines
from cl_extract.reading.xmltree import parse_xml
from cl_extract.value import replace

_ATOM = "{http://www.w3.org/2005/Atom}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_FULL_TEXT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DUBLIN_CORE_DATE = "{http://purl.org/dc/elements/1.1/}date"
_RSS_NAMESPACE = re.compile(r"\{http://(?:purl\.org/rss/1\.0/$|(?:channel|my)\.netscape\.com/|backend\.userland\.com/)")
_TAG_OR_ENTITY = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,30});")
_BROKEN_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
_MOST_ENTRIES = 5000


def read_feed(source: str, encoding: str) -> tuple[Document, ...]:
    """The releases of a feed, in its order. Raises InputError where it is broken, empty or has too many entries."""
    root = parse_xml(source)
    if root.tag == f"{_ATOM}feed":
        return tuple(_atom_entry(entry, root, encoding) for entry in _counted(root.findall(f"{_ATOM}entry")))
    items = _counted([element for element in root.iter() if _local(element) == "item"])
    channel = next((element for element in root.iter() if _local(element) == "channel"), root)
    publisher = _plain(_child(channel, "title"))
    return tuple(_rss_item(item, publisher, encoding) for item in items)


def _counted(entries: list[Element]) -> list[Element]:
    if not entries:
        raise InputError("is a feed without an entry; give one that has releases")
    if len(entries) > _MOST_ENTRIES:
        raise InputError(f"is a feed of more than {_MOST_ENTRIES} entries; split it")
    return entries


def _rss_item(item: Element, publisher: str | None, encoding: str) -> Document:
    full = item.find(_FULL_TEXT)
    body = full if full is not None and (full.text or "").strip() else _child(item, "description")
    dated = next((found for name in ("pubDate", "date") if (found := _child(item, name)) is not None), item.find(_DUBLIN_CORE_DATE))
    permanent = _child(item, "guid")
    link = _plain(_child(item, "link")) or (_plain(permanent) if permanent is not None and permanent.get("isPermaLink") != "false" else None)
    return _entry((body.text if body is not None else "") or "", "rss", encoding, _plain(_child(item, "title")), dated, link, publisher)


def _atom_entry(entry: Element, feed: Element, encoding: str) -> Document:
    content = entry.find(f"{_ATOM}content")
    body = content if content is not None and ("".join(content.itertext())).strip() else entry.find(f"{_ATOM}summary")
    dated = next((found for name in ("published", "updated") if (found := entry.find(_ATOM + name)) is not None), None)
    links = [link for link in entry.findall(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate" and link.get("href")]
    link = links[0].get("href") if links else None
    title, publisher = _plain(entry.find(f"{_ATOM}title")), _plain(feed.find(f"{_ATOM}title"))
    return _entry(_atom_text(body), "atom", encoding, title, dated, link, publisher)


def _atom_text(body: Element | None) -> str:
    """The text of a content or summary as HTML, or as it is where it is plain text."""
    if body is None:
        return ""
    kind = body.get("type", "text")
    if kind not in ("xhtml", "application/xhtml+xml"):
        text = body.text or ""
        return html.escape(text, quote=False) if kind in ("text", "text/plain") and _TAG_OR_ENTITY.search(text) else text
    for element in body.iter():
        element.tag = element.tag.removeprefix(_XHTML)
    return (body.text or "") + "".join(tostring(child, encoding="unicode", method="html") for child in body)


def _entry(
    source: str, format_: Format, encoding: str, title: str | None, dated: Element | None, link: str | None, publisher: str | None
) -> Document:
    """The document of one entry. Its own title, date and address are the release's."""
    source = source.strip()
    if _TAG_OR_ENTITY.search(source):
        document = from_page(source, encoding, format_=format_, given=title)
    else:
        text, pieces = headed(title, source, split_lines(source, 0, len(source), markdown=False))
        document = compose(text, pieces, format_, encoding)
    published = header_date((dated.text or "").strip()) if dated is not None else None
    short = ("the feed gives only the beginning of this release; read the whole at its address",) if _BROKEN_OFF.search(document.text) else ()
    return replace(
        document,
        title=title or document.title,
        published=published or document.published,
        url=link or document.url,
        publisher=publisher,
        warnings=short,
    )


def _child(parent: Element, name: str) -> Element | None:
    """The child of that name in no namespace or in one of RSS 0.9 and 1.0."""
    return next((child for child in parent if _local(child) == name), None)


def _local(element: Element) -> str:
    """The name of an RSS element; that of another vocabulary (``media:title``) keeps its namespace."""
    namespace, _, name = element.tag.rpartition("}")
    return name if not namespace or _RSS_NAMESPACE.match(namespace) else element.tag


def _plain(element: Element | None) -> str | None:
    """The words of an element on one line, its markup and entities read away; None where it has none."""
    if element is None:
        return None
    text = "".join(element.itertext())
    if _TAG_OR_ENTITY.search(text):
        text = html.unescape(re.sub(r"</?[a-zA-Z][^<>]{0,2000}>", "", text))
    return " ".join(text.split()) or None
