"""A page of HTML as visible text and pieces of layout, with what its tags say of title, date, address and publisher.

The tags are read by a scanner of our own: ``html.parser`` takes time that grows with the square of the input on unclosed tags and comments, and
raises AssertionError on some broken declarations. Nothing is fetched and no entity beyond HTML's own is expanded.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cl_extract.expressions import IGNORECASE, compiled
from cl_extract.reading.frontmatter import header_date, site_of, without_any_site, without_site
from cl_extract.reading.layout import SPACE, Piece, Shape, fold, split_lines
from cl_extract.reading.noise import ends_sentence, is_dateline, noise_reason, word_count
from cl_extract.value import value


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCK_TAGS = _words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul"
)
_VOID_TAGS = _words("area base br col embed frame hr img input link meta param source track wbr")
# Their content is text to no reader, or cannot be told from it: dropped.
_DROPPED = _words("script style template noscript iframe select textarea svg math canvas object audio video map datalist noembed noframes xmp")
_NOISE_TAGS = {
    "nav": "navigation", "footer": "navigation", "aside": "related", "form": "navigation", "dialog": "cookies", "button": "navigation",
    "menu": "navigation",
}  # fmt: skip
_NOISE_ROLES = {
    "navigation": "navigation", "dialog": "cookies", "alertdialog": "cookies", "banner": "navigation", "contentinfo": "navigation",
    "complementary": "related", "search": "navigation",
}  # fmt: skip
# Words of a class, id or label that say what an element is for.
_NOISE_WORDS = {
    "cookies": "cookie cookies cookiebar cookiebanner cookieconsent consent gdpr ccpa onetrust privacybanner",
    "advert": "ad ads advert adverts advertisement advertisements advertising adslot adsbygoogle adunit dfp promo promos promoted promotion "
    "promotions sponsor sponsored sponsors newsletter newsletters subscribe subscription signup paywall donate donation outbrain taboola mpu",
    "comments": "comment comments commentlist disqus respond",
    "related": "related recommended recommendations recirculation mostread mostpopular trending morefrom youmaylike readmore readnext "
    "teasers sidebar widget widgets yarpp",
    "navigation": "share sharing shares sharebar sharethis sharedaddy addtoany addthis social socials sociallinks breadcrumb breadcrumbs footer nav "
    "navbar navigation menu menus tags taglist pagination pager skip skiplink toolbar masthead printfriendly",
}
_NOISE_PHRASES = {
    "you may also like": "related", "you might also like": "related", "most read": "related", "read more": "related", "more from": "related",
    "post navigation": "navigation", "reading time": "navigation",
}  # fmt: skip
_WORD_REASON = {word: reason for reason, words in _NOISE_WORDS.items() for word in words.split()}
# "no-sidebar", "has-share" and "with-nav" tell of what is elsewhere, "category-" and "tag-" what a post is about.
_NOT_THE_ELEMENT = _words("no has with without is js not category tag")
_HEADER_WORDS = _words(
    "byline bylines dateline timestamp pubdate published publish publisheddate postdate date datetime time meta postmeta entrymeta articlemeta "
    "postinfo author authors posted"
)
_CONTENT_TAGS = _words("html body main article")
_HEADINGS = _words("h1 h2 h3 h4 h5 h6")

_TAG_NAME = compiled(r"[a-zA-Z][a-zA-Z0-9:_-]{0,40}")
_ATTRIBUTE = compiled(r"([^\s=\"'<>/]{1,60})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_WORD = compiled(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_LONG_REFERENCE = compiled(r"&#(?:[xX][0-9a-fA-F]{7,}|\d{8,});?")
_BLANK = compiled(r"[ \t\r\n\f]+")
_ROW_LENGTH = 400
_LABEL_LENGTH = 80
_FIGURE = compiled(r"[£€$]?\d[\d,.]*(?:[km]|kg|g)?\+?", IGNORECASE)
_SEARCHED_UP = 40  # How far up an unclosed <li> or <p> is looked for.

_SURE_DATE_NAMES = ("article:published_time", "og:published_time", "og:article:published_time", "govuk:first-published-at", "datepublished")
_DATE_NAMES = (
    "article:published", "date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date", "published",
    "published_time", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "sailthru.date",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "release_date",
)  # fmt: skip
_SHAPES = {
    "rowhead": Shape.HEADING, "caption": Shape.HEADING, "legend": Shape.HEADING, "row": Shape.ROW, "li": Shape.ITEM, "blockquote": Shape.QUOTE,
    "figcaption": Shape.CAPTION, "figure": Shape.ROW,
}  # fmt: skip
_PUBLISHER_NAMES = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name", "article:publisher", "copyright")


@value(frozen=True, slots=True)
class Page:
    """What a page shows and says. ``pieces`` are spans of ``text``; ``title`` is that of its tags where no heading shows it."""

    text: str
    pieces: tuple[Piece, ...]
    title: str | None
    published: str | None
    url: str | None
    publisher: str | None


@dataclass(slots=True)
class _Element:
    """An open element, with what it passes on to those inside it."""

    tag: str
    kind: str
    noise: int
    container: int


@dataclass(slots=True)
class _Container:
    """An element that may be noise or may be the article: which paragraphs it holds."""

    reason: str
    parent: int
    first: int
    last: int = 0
    scope: str = ""  # "main", "article" or "body" where it may be the article, else empty


@value(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of the page; ``noise`` and ``container`` index the innermost such elements, 0 for none."""

    text: str
    kind: str
    noise: int
    linked: bool


@dataclass(slots=True)
class _Meta:
    names: dict[str, str] = field(default_factory=dict)
    title: str = ""
    canonical: str = ""
    item_date: str = ""
    time: str = ""
    json: list[str] = field(default_factory=list)


def read_page(source: str) -> Page:
    """The page that the HTML source makes. Time grows with the length of the source alone; broken markup is read as well as it can be."""
    builder = _Builder()
    for name, attributes, content in _scan(source):
        if name == "":
            builder.data(content)
        elif name == "/":
            builder.end(content)
        else:
            builder.start(name, attributes, content)
    builder.finish()
    return _page(builder)


def _scan(source: str) -> Iterator[tuple[str, str, str]]:
    """Tags and text in order: ``("", "", text)``, ``("/", "", tag)``, ``(tag, attributes, content of a dropped or raw element)``."""
    at = 0
    end = len(source)
    unclosed: set[str] = set()
    quotes = {'"': True, "'": True}
    while at < end:
        less = source.find("<", at)
        if less < 0:
            yield "", "", source[at:]
            return
        if less > at:
            yield "", "", source[at:less]
        at = less
        following = source[at + 1 : at + 2]
        if following in ("!", "?"):
            if source.startswith("<!--", at) and "-->" not in unclosed:
                close = source.find("-->", at + 4)
                if close >= 0:
                    at = close + 3
                    continue
                unclosed.add("-->")
            close = source.find(">", at) if ">" not in unclosed else -1
            if close < 0:
                return
            at = close + 1
            continue
        match = _TAG_NAME.match(source, at + (2 if following == "/" else 1))
        if match is None or ">" in unclosed:
            yield "", "", "<"
            at += 1
            continue
        name = match.group().lower()
        close = _tag_end(source, match.end(), quotes)
        if close < 0:
            unclosed.add(">")
            yield "", "", "<"
            at += 1
            continue
        at = close + 1
        if following == "/":
            yield "/", "", name
            continue
        attributes = source[match.end() : close]
        content = ""
        if (name in _DROPPED or name == "title") and not attributes.endswith("/"):
            ending = None if name in unclosed else compiled(f"</{name}", IGNORECASE).search(source, at)
            if ending:
                content = source[at : ending.start()]
                after = source.find(">", ending.end())
                at = after + 1 if after >= 0 else end
            elif name in ("script", "style"):
                return  # As in a browser, the rest of the page is code.
            else:
                unclosed.add(name)
        yield name, attributes, content


def _tag_end(source: str, at: int, quotes: dict[str, bool]) -> int:
    """The offset of the ``>`` that ends the tag, those inside quoted values aside; -1 where none does."""
    close = source.find(">", at)
    if close < 0:
        return -1
    start = at
    while True:
        double, single = source.find('"', at, close), source.find("'", at, close)
        first = min(mark for mark in (double, single, close) if mark >= 0)
        if first == close:
            return close
        mark = source[first]
        if source[max(start, first - 3) : first].rstrip()[-1:] != "=":
            at = first + 1
            continue
        ending = source.find(mark, first + 1) if quotes[mark] else -1
        if ending < 0 or ending - first > 100_000:
            quotes[mark] = quotes[mark] and ending >= 0
            return close
        at = ending + 1
        if at > close:
            close = source.find(">", at)
            if close < 0:
                return -1


def _attributes(raw: str) -> dict[str, str]:
    if "=" not in raw:
        return {word.lower(): "" for word in raw.split()[:20]}
    return {match[1].lower(): _unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(raw[:20_000])}


def _unescape(text: str) -> str:
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text)) if "&" in text else text


class _Builder:
    """Gathers the paragraphs of a page as its tags go by."""

    def __init__(self) -> None:
        self.meta = _Meta()
        self.paragraphs: list[_Paragraph] = []
        self.containers: list[_Container] = [_Container("", 0, 0)]
        self.stack: list[_Element] = []
        self.open: dict[str, int] = {}
        self.buffer: list[str] = []
        self.linked = 0
        self.plain = 0
        self.row: list[list[_Paragraph]] | None = None

    def start(self, name: str, raw: str, content: str) -> None:
        """An element opens."""
        if name in ("script", "title", "meta", "link", "base"):
            self._head(name, raw, content)
            return
        if name in _DROPPED:
            return
        if name == "br":
            self.buffer.append("\n")
            return
        if name == "img" or name in _VOID_TAGS:
            if name == "hr":
                self._flush()
            return
        attributes = _attributes(raw) if raw.strip(" /") else {}
        if name == "time" and not self.meta.time and "datetime" in attributes:
            self.meta.time = attributes["datetime"]
        if attributes.get("itemprop", "").lower() == "datepublished" and not self.meta.item_date:
            self.meta.item_date = attributes.get("content") or attributes.get("datetime", "")
        reason, scope = _purpose(name, attributes)
        block = name in _BLOCK_TAGS
        if not block and not reason and name != "a":
            return
        if block or reason:
            self._flush()
        if block:
            self._close_implied(name)
        parent = self.stack[-1] if self.stack else _Element("", "", 0, 0)
        noise = container = 0
        if reason or scope:
            self.containers.append(_Container(reason, parent.noise, len(self.paragraphs), scope=scope))
            noise = container = len(self.containers) - 1
        self.stack.append(
            _Element(name, _kind(name, attributes, parent.kind), noise if reason else parent.noise, container if scope else parent.container)
        )
        self.open[name] = self.open.get(name, 0) + 1
        if name == "tr":
            self._end_row(joined=False)
            self.row = []
        elif name in ("td", "th") and self.row is not None:
            self.row.append([])
        elif name == "table" and self.row is not None:
            self._end_row(joined=False)

    def end(self, name: str) -> None:
        """An element closes; a closing tag that nothing opened is passed over."""
        if name == "br":
            self.buffer.append("\n")
            return
        if name == "p" and not self.open.get("p"):
            self._flush()
            return
        if not self.open.get(name):
            if name in _BLOCK_TAGS:
                self._flush()
            return
        if name in _BLOCK_TAGS or self.stack[-1].noise != (self.stack[-2].noise if len(self.stack) > 1 else 0):
            self._flush()
        if name not in _BLOCK_TAGS and not any(element.tag == name for element in self.stack[-_SEARCHED_UP:]):
            return
        if name in ("tr", "table") and self.row is not None:
            self._flush()
            self._end_row(joined=True)
        while self.stack:
            element = self.stack[-1]
            if name not in _BLOCK_TAGS and element.tag != name and element.tag in _BLOCK_TAGS:
                return
            self._pop()
            if element.tag == name:
                return

    def data(self, text: str) -> None:
        """Text between tags."""
        text = _unescape(text)
        self.buffer.append(text if self.open.get("pre") else _BLANK.sub(" ", text))
        length = len(text) - text.count(" ") - text.count("\n")
        if self.open.get("a"):
            self.linked += length
        else:
            self.plain += length

    def finish(self) -> None:
        """The end of the page: all that is open closes."""
        self._flush()
        self._end_row(joined=True)
        while self.stack:
            self._pop()
        self.containers[0].last = len(self.paragraphs)

    def _pop(self) -> None:
        element = self.stack.pop()
        self.open[element.tag] -= 1
        below = self.stack[-1] if self.stack else _Element("", "", 0, 0)
        for index in {element.noise, element.container} - {below.noise, below.container}:
            self.containers[index].last = len(self.paragraphs)

    def _close_implied(self, name: str) -> None:
        """Close what the start of a block closes without a tag: an open paragraph, the list item or cell before."""
        rivals = {
            "li": ("li",),
            "dt": ("dt", "dd"),
            "dd": ("dt", "dd"),
            "td": ("td", "th"),
            "th": ("td", "th"),
            "tr": ("tr",),
            "option": ("option",),
        }.get(name, ())
        for closed, barriers in (
            (("p", "h1", "h2", "h3", "h4", "h5", "h6"), ("div", "td", "li", "section", "article")),
            (rivals, ("ul", "ol", "dl", "table")),
        ):
            if not any(self.open.get(tag) for tag in closed):
                continue
            for depth in range(len(self.stack) - 1, max(-1, len(self.stack) - 1 - _SEARCHED_UP), -1):
                tag = self.stack[depth].tag
                if tag in closed and not (tag[0] == "h" and name not in _BLOCK_TAGS):
                    while len(self.stack) > depth:
                        self._pop()
                    break
                if tag in barriers:
                    break

    def _flush(self) -> None:
        """End the paragraph that is being gathered."""
        if not self.buffer:
            return
        text = "".join(self.buffer)
        self.buffer.clear()
        linked = self.linked > 0 and self.plain <= self.linked // 20
        self.linked = self.plain = 0
        if not text.strip(SPACE):
            return
        element = self.stack[-1] if self.stack else _Element("", "", 0, 0)
        for part in re.split(r"\n[ \t\xa0]*\n\s*", text):
            lines = [line.strip(SPACE) for line in part.split("\n")] if "\n" in part else [part.strip(SPACE)]
            whole = "\n".join(_BLANK.sub(" ", line) for line in lines if line)
            if whole:
                paragraph = _Paragraph(whole, element.kind, element.noise, linked)
                if self.row:
                    self.row[-1].append(paragraph)
                else:
                    self.paragraphs.append(paragraph)

    def _end_row(self, *, joined: bool) -> None:
        if self.row is None:
            return
        cells = [cell for cell in self.row if cell]
        self.row = None
        every = [paragraph for cell in cells for paragraph in cell]
        if not every:
            return
        if (
            joined
            and len(cells) >= 2
            and sum(len(paragraph.text) for paragraph in every) <= _ROW_LENGTH
            and all(len(cell) <= 3 for cell in cells)
            and all(p.kind in ("td", "th", "p") for p in every)
        ):
            text = " | ".join(" ".join(paragraph.text.replace("\n", " ") for paragraph in cell) for cell in cells)
            kind = "rowhead" if all(paragraph.kind == "th" for paragraph in every) else "row"
            self.paragraphs.append(_Paragraph(text, kind, every[0].noise, all(paragraph.linked for paragraph in every)))
        else:
            self.paragraphs.extend(every)

    def _head(self, name: str, raw: str, content: str) -> None:
        attributes = _attributes(raw)
        if name == "title":
            if not self.meta.title:
                self.meta.title = " ".join(_unescape(content[:2000]).split())
        elif name == "script":
            if "ld+json" in attributes.get("type", "").lower() and len(content) <= 500_000:
                self.meta.json.append(content)
        elif name == "link":
            if "canonical" in attributes.get("rel", "").lower().split() and not self.meta.canonical:
                self.meta.canonical = attributes.get("href", "")
        elif name == "meta":
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or attributes.get("http-equiv") or ""
            if value := attributes.get("content", "").strip(SPACE):
                self.meta.names.setdefault(key.strip().lower(), value)


def _purpose(name: str, attributes: dict[str, str]) -> tuple[str, str]:
    """Why the element is noise (empty where it is not), and whether it may hold the article."""
    scope = name if name in ("main", "article") else "main" if attributes.get("role") == "main" else ""
    if "articlebody" in attributes.get("itemprop", "").lower():
        scope = scope or "body"
    if name in _CONTENT_TAGS or scope:
        return "", scope
    if name in _NOISE_TAGS:
        return _NOISE_TAGS[name], ""
    if not attributes:
        return ("navigation", "") if name == "header" else ("", "")
    if (role := attributes.get("role", "").lower()) in _NOISE_ROLES:
        return _NOISE_ROLES[role], ""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return "navigation", ""
    labels = " ".join(attributes.get(name, "") for name in ("class", "id", "aria-label", "data-component", "data-testid"))[:1000]
    for label in labels.split():
        parts = [part.lower() for part in _WORD.findall(label)]
        if not parts or parts[0] in _NOT_THE_ELEMENT:
            continue
        for word in (*parts, "".join(parts)):
            if word in _WORD_REASON:
                return _WORD_REASON[word], ""
    phrase = " ".join(part.lower() for part in _WORD.findall(labels))
    for words, reason in _NOISE_PHRASES.items():
        if words in phrase:
            return reason, ""
    return ("navigation", "") if name == "header" else ("", "")


def _kind(name: str, attributes: dict[str, str], outer: str) -> str:
    """What the paragraphs of the element are: its tag, or that of the element round it which says more."""
    if name in (
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "td",
        "th",
        "figcaption",
        "dt",
        "dd",
        "address",
        "caption",
        "summary",
        "legend",
    ):
        return name
    if outer in ("h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "header line"):
        return outer
    if name == "time":
        return "header line"
    words = {part.lower() for part in _WORD.findall(f"{attributes.get('class', '')} {attributes.get('itemprop', '')}"[:500])} if attributes else set()
    if words & _HEADER_WORDS:
        return "header line"
    if outer in ("td", "th", "figcaption") and name in ("p", "div", "span", "a"):
        return outer
    return "p"


def _page(builder: _Builder) -> Page:
    paragraphs, meta = builder.paragraphs, builder.meta
    lengths, heads = [0], [0]
    for paragraph in paragraphs:
        lengths.append(lengths[-1] + (len(paragraph.text) if word_count(paragraph.text) >= 5 else 0))
        heads.append(heads[-1] + (paragraph.kind == "h1"))
    scope, outer = _scope(builder.containers, lengths)
    reasons = _reasons(builder.containers, scope, lengths, heads)
    found = _from_json(meta.json)
    publisher = next((value for name in _PUBLISHER_NAMES if (value := meta.names.get(name)) and "://" not in value and len(value) <= 100), None)
    publisher = publisher or found.get("publisher")
    why = [
        reasons[paragraph.noise]
        or ("" if scope[0] <= i < scope[1] or _heads_article(paragraph, i, scope, outer) else noise_reason(paragraph.text) or "navigation")
        for i, paragraph in enumerate(paragraphs)
    ]
    title = _title(paragraphs, why, outer, meta, publisher)
    given = None
    if title is None and (given := _tagged_title(meta, publisher)):
        shown = [i for i, reason in enumerate(why) if not reason][:20]
        title = next((i for i in shown if fold(paragraphs[i].text) == fold(given or "")), None)
    text, pieces = _composed(paragraphs, why, title, given)
    shown_title = paragraphs[title].text.replace("\n", " ") if title is not None else given
    if publisher is None and shown_title and meta.title and fold(meta.title).startswith(fold(shown_title)):
        publisher = site_of(meta.title)
    url = meta.canonical or meta.names.get("og:url") or found.get("url")
    return Page(text, tuple(pieces), shown_title, _published(meta, found), url or None, publisher)


def _heads_article(paragraph: _Paragraph, i: int, scope: tuple[int, int], outer: tuple[int, int]) -> bool:
    """Whether the paragraph stands above the article and dates it."""
    return outer[0] <= i < scope[0] and paragraph.kind != "li" and is_dateline(paragraph.text, header=True)


def _tagged_title(meta: _Meta, publisher: str | None) -> str | None:
    """The title that the tags give, without the name of the site."""
    tag = meta.names.get("og:title") or meta.names.get("twitter:title") or ""
    if not meta.title or (tag and fold(meta.title).startswith(fold(tag))):
        return without_site(tag, publisher) or None
    return without_any_site(without_site(meta.title, publisher)) or None


def _composed(paragraphs: list[_Paragraph], why: list[str], title: int | None, given: str | None) -> tuple[str, list[Piece]]:
    """The visible text, paragraphs apart by blank lines, and its pieces."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    if title is None and given:
        parts.append(given)
        pieces.append(Piece(0, len(given), Shape.TITLE))
        length = len(given)
    skip = -1
    for i, paragraph in enumerate(paragraphs):
        if i == skip:
            continue
        if (joined := _with_label(paragraphs, why, i)) is not None and i != title:
            paragraph, skip = joined, i + 1
        if length:
            parts.append("\n\n")
            length += 2
        mark = "• " if paragraph.kind == "li" and paragraph.text[0] != "•" else ""
        body = mark + paragraph.text
        parts.append(body)
        if i == title:
            pieces.append(Piece(length, length + len(body), Shape.TITLE, i + 1))
        else:
            pieces.extend(
                replace(piece, start=piece.start + length, end=piece.end + length, chunk=i + 1)
                for piece in _pieces(body, len(mark), paragraph, why[i])
            )
        length += len(body)
    return "".join(parts), pieces


def _with_label(paragraphs: list[_Paragraph], why: list[str], i: int) -> _Paragraph | None:
    """Paragraphs ``i`` and the next as one, where they are a term and its value or a figure in large type and what it counts."""
    if i + 1 >= len(paragraphs) or why[i] or why[i + 1]:
        return None
    first, second = paragraphs[i], paragraphs[i + 1]
    if max(len(first.text), len(second.text)) > _LABEL_LENGTH:
        return None
    if first.kind == "dt" and second.kind == "dd" and (i + 2 >= len(paragraphs) or paragraphs[i + 2].kind != "dd"):
        return replace(first, text=f"{first.text.rstrip(':')}: {second.text}", kind="row", linked=False)
    if not _FIGURE.fullmatch(first.text) or not second.text[0].isalpha() or word_count(second.text) > 6 or second.kind == "h1":
        return None
    if ends_sentence(second.text) or noise_reason(second.text) or noise_reason(f"{first.text} {second.text}"):
        return None
    return replace(first, text=f"{first.text}\n{second.text}", kind="figure", linked=False)


def _pieces(body: str, start: int, paragraph: _Paragraph, reason: str) -> list[Piece]:
    """The pieces of one paragraph of the page, which begins at ``start`` of ``body``."""
    kind = paragraph.kind
    whole = Piece(start, len(body))
    if reason:
        return [replace(whole, shape=Shape.NOISE, reason=reason)]
    if paragraph.linked and word_count(paragraph.text) >= 3 and kind in ("p", "li", "td") and not ends_sentence(paragraph.text):
        return [replace(whole, shape=Shape.NOISE, reason="related")]
    shape = Shape.HEADING if kind in _HEADINGS else _SHAPES.get(kind)
    if shape is not None:
        return [replace(whole, shape=shape, mark="•" if shape is Shape.ITEM else "")]
    if kind == "header line" and (
        is_dateline(body, header=True) or (word_count(body) <= 12 and not ends_sentence(body) and not any(c.isdigit() for c in body))
    ):
        return [replace(whole, shape=Shape.DATELINE)]
    return split_lines(body, start, len(body), markdown=False, wrapped=False)


def _reasons(containers: list[_Container], scope: tuple[int, int], lengths: list[int], heads: list[int]) -> list[str]:
    """Why each container is noise, its own reason or that of one round it; one that holds a title, the article or most of the page is none."""
    total = lengths[-1]
    reasons = [""] * len(containers)
    for i, container in enumerate(containers[1:], 1):
        reasons[i] = reasons[container.parent]
        if reasons[i] or not container.reason:
            continue
        titled = heads[container.last] > heads[container.first]
        holding = container.first <= scope[0] and scope[1] <= container.last and scope[0] < scope[1]
        held = lengths[container.last] - lengths[container.first]
        large = held * 2 > total if container.reason in ("advert", "navigation") else held * 5 > total * 4
        if container.reason == "comments" or not (titled or holding or (large and total)):
            reasons[i] = container.reason
    return reasons


def _scope(containers: list[_Container], lengths: list[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The range of paragraphs that is the article, and the range round it where its title and date may stand."""
    whole = (0, len(lengths) - 1)

    def best(scope: str, outer: tuple[int, int]) -> tuple[int, int]:
        ranges = [
            (c.first, c.last)
            for c in containers
            if c.scope == scope and outer[0] <= c.first < c.last <= outer[1] and containers[c.parent].reason not in ("comments", "related")
        ]
        if not ranges:
            return outer
        largest = max(ranges, key=lambda span: lengths[span[1]] - lengths[span[0]])
        every = min(first for first, _ in ranges), max(last for _, last in ranges)
        held = lengths[largest[1]] - lengths[largest[0]]
        if scope == "article" and held * 2 < lengths[every[1]] - lengths[every[0]]:
            return outer if outer != whole else every
        return largest if held * 3 >= lengths[outer[1]] - lengths[outer[0]] or held > 200 else outer

    main = best("main", whole)
    article = best("article", main)
    if article == whole:
        article = best("body", whole)
        return article, whole
    return article, main if main != whole else article


def _title(paragraphs: list[_Paragraph], why: list[str], outer: tuple[int, int], meta: _Meta, publisher: str | None) -> int | None:
    """The index of the heading that is the title: the <h1> that the tags repeat, else the first of the article, else one near it."""
    site = fold(publisher) if publisher else ""
    heads = [i for i, paragraph in enumerate(paragraphs) if paragraph.kind == "h1" and fold(paragraph.text) != site and len(paragraph.text) <= 400]
    tagged = [fold(name) for name in (meta.names.get("og:title"), meta.title) if name]
    for i in heads[:50]:
        if word_count(paragraphs[i].text) >= 3 and any(name.startswith(fold(paragraphs[i].text)) for name in tagged):
            return i
    near = (i for i in heads if outer[0] <= i < outer[1] and why[i] in ("", "navigation"))
    return next((i for i in heads if not why[i]), next(near, next((i for i in heads if word_count(paragraphs[i].text) >= 4), None)))


def _published(meta: _Meta, found: dict[str, str]) -> str | None:
    """The publication date that the tags give, the surest first."""
    sure = [meta.names.get(name) for name in _SURE_DATE_NAMES]
    rest = [meta.names.get(name) for name in _DATE_NAMES]
    return next((value for value in (*sure, found.get("date"), meta.item_date, *rest, meta.time) if value and header_date(value)), None)


def _from_json(scripts: list[str]) -> dict[str, str]:
    """Date, publisher and address in the page's JSON-LD; what is no JSON is passed over."""
    found: dict[str, str] = {}
    for script in scripts[:20]:
        try:
            loaded: object = json.loads(script)
        except (ValueError, RecursionError):
            continue
        stack: list[object] = [loaded]
        seen = 0
        while stack and seen < 5000:
            node = stack.pop()
            seen += 1
            if isinstance(node, list):
                stack.extend(reversed(node[:200]))
            elif isinstance(node, dict):
                date, publisher = node.get("datePublished"), node.get("publisher")
                if isinstance(date, str):
                    found.setdefault("date", date)
                    if isinstance(url := node.get("url"), str):
                        found.setdefault("url", url)
                if isinstance(publisher, dict) and isinstance(name := publisher.get("name"), str):
                    found.setdefault("publisher", name)
                stack.extend(value for value in list(node.values())[:200] if isinstance(value, (dict, list)))
    return found
