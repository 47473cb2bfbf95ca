"""A page of HTML as visible text and pieces of layout, with what its tags say of title, date, address and publisher.

``tags`` cuts the source, ``elements`` knows what an element is for, ``paragraphs`` gathers, ``head`` reads what the page says of itself; here the
article is found among the paragraphs and put together.
"""

from __future__ import annotations

import re

from cl_extract.reading.elements import HEADINGS
from cl_extract.reading.head import Head
from cl_extract.reading.layout import Piece, Shape, fold, split_lines
from cl_extract.reading.noise import is_dateline, noise_reason
from cl_extract.reading.paragraphs import Builder, Container, Paragraph, gather
from cl_extract.reading.wording import ends_sentence, word_count, worded
from cl_extract.value import replace, value

_LABEL_LENGTH = 80
_LONGEST_RUN = 100
_LINKED_KINDS = ("p", "li", "td")
_SMALL = 4  # A box of more than a quarter of the article is no teaser.
_FIGURE = re.compile(r"[£€$]?\d[\d,.]*(?:[km]|kg|g)?\+?", re.IGNORECASE)
_SHAPES = {
    "rowhead": Shape.HEADING, "caption": Shape.HEADING, "legend": Shape.HEADING, "row": Shape.ROW, "li": Shape.ITEM, "blockquote": Shape.QUOTE,
    "figcaption": Shape.CAPTION, "figure": Shape.ROW,
}  # fmt: skip
Range = tuple[int, int]


@value(frozen=True, slots=True)
class Page:
    """What a page shows and says. ``pieces`` are spans of ``text``; ``title`` is that of its tags where no heading shows it."""

    text: str
    pieces: tuple[Piece, ...]
    title: str | None
    published: str | None
    url: str | None
    publisher: str | None


def read_page(source: str) -> Page:
    """The page that the HTML source makes. Time grows with the length of the source alone."""
    return _page(gather(source))


def _page(builder: Builder) -> Page:
    paragraphs, head = builder.paragraphs, builder.head
    lengths, titles = [0], [0]
    for paragraph in paragraphs:
        lengths.append(lengths[-1] + (len(paragraph.text) if word_count(paragraph.text) >= 5 else 0))
        titles.append(titles[-1] + (paragraph.kind == "h1"))
    scope, outer = _scope(builder.containers, lengths)
    reasons = _reasons(builder.containers, scope, lengths, titles)
    why = [
        reasons[paragraph.noise]
        or ("" if scope[0] <= i < scope[1] or _heads_article(paragraph, i, scope, outer) else noise_reason(paragraph.text) or "navigation")
        for i, paragraph in enumerate(paragraphs)
    ]
    head.time = next((time for i, noise, time in builder.times if outer[0] <= i <= scope[1] and not reasons[noise]), "")
    title = _title(paragraphs, why, outer, head)
    given = None
    if title is None and (given := head.bare_title()):
        shown = [i for i, reason in enumerate(why) if not reason][:20]
        title = next((i for i in shown if fold(paragraphs[i].text) == fold(given or "")), None)
    links = {paragraph.box for paragraph in paragraphs if paragraph.linked}
    paragraphs = [replace(paragraph, linked=False) if _is_mixed(paragraphs, i, links) else paragraph for i, paragraph in enumerate(paragraphs)]
    why = _without_teasers(paragraphs, why, builder.boxes, title, titled=title is not None or bool(given))
    text, pieces = _composed(paragraphs, why, title, given)
    shown_title = paragraphs[title].text.replace("\n", " ") if title is not None else given
    publisher = head.publisher() or (head.site_after(shown_title) if shown_title else None)
    return Page(text, tuple(pieces), shown_title, head.published(), head.url(), publisher)


def _without_teasers(paragraphs: list[Paragraph], why: list[str], boxes: list[int], title: int | None, *, titled: bool) -> list[str]:
    """The reasons, with links to other stories made noise, and with what stands in the same small box as the headline of another.

    Headings that are links are headlines of others only where the page has a title of its own (``titled``).
    """
    held = [0] * len(boxes)
    for paragraph in paragraphs:
        held[paragraph.box] += len(paragraph.text)
    for box in range(len(boxes) - 1, 0, -1):
        held[boxes[box]] += held[box]
    article = sum(len(paragraph.text) for paragraph, reason in zip(paragraphs, why, strict=True) if not reason)
    teasers: set[int] = set()
    made = list(why)
    for i, paragraph in enumerate(paragraphs):
        if not why[i] and i != title and _is_link(paragraph, headings=titled):
            made[i] = "related"
            box = paragraph.box
            while box and held[box] == len(paragraph.text):
                box = boxes[box]
            if box and held[box] * _SMALL < article:
                teasers.add(box)
    inside = [False] * len(boxes)
    for box in range(1, len(boxes)):
        inside[box] = box in teasers or inside[boxes[box]]
    return [
        reason or ("related" if inside[paragraph.box] and i != title else "")
        for i, (paragraph, reason) in enumerate(zip(paragraphs, made, strict=True))
    ]


def _is_link(paragraph: Paragraph, *, headings: bool) -> bool:
    """Whether the paragraph is nothing but a link with the words of a headline."""
    kinds = (*_LINKED_KINDS, *HEADINGS) if headings else _LINKED_KINDS
    return paragraph.linked and paragraph.kind in kinds and word_count(paragraph.text) >= 3 and not ends_sentence(paragraph.text)


def _is_mixed(paragraphs: list[Paragraph], i: int, links: set[int]) -> bool:
    """Whether the paragraph is a linked item beside one without a link, and so no link to another story. ``links`` are the boxes that have any."""
    if not paragraphs[i].linked or paragraphs[i].kind != "li":
        return False
    beside = (paragraphs[k] for k in (i - 1, i + 1) if 0 <= k < len(paragraphs))
    return any(other.kind == "li" and other.box not in links for other in beside)


def _heads_article(paragraph: Paragraph, i: int, scope: Range, outer: Range) -> bool:
    """Whether the paragraph stands above the article and dates it."""
    return outer[0] <= i < scope[0] and paragraph.kind != "li" and is_dateline(worded(paragraph.text), header=True)


def _composed(paragraphs: list[Paragraph], why: list[str], title: int | None, given: str | None) -> tuple[str, list[Piece]]:
    """The visible text, paragraphs apart by blank lines, and its pieces."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    if title is None and given:
        parts.append(given)
        pieces.append(Piece(0, len(given), Shape.TITLE))
        length = len(given)
    joined = _with_labels(paragraphs, why, title)
    for i, paragraph in enumerate(paragraphs):
        if i > 0 and i - 1 in joined:
            continue
        paragraph = joined.get(i, paragraph)
        if length:
            parts.append("\n\n")
            length += 2
        mark = "• " if paragraph.kind == "li" and paragraph.text[0] != "•" else ""
        body = mark + paragraph.text
        parts.append(body)
        if i == title:
            pieces.append(Piece(length, length + len(body), Shape.TITLE, i + 1))
        else:
            pieces.extend(piece.moved(length, i + 1) for piece in _pieces(body, len(mark), paragraph, why[i]))
        length += len(body)
    return "".join(parts), pieces


def _with_labels(paragraphs: list[Paragraph], why: list[str], title: int | None) -> dict[int, Paragraph]:
    """A term and its value, or a figure in large type and what it counts, as one: by the index of the first of the two."""
    joined: dict[int, Paragraph] = {}
    i = 0
    while i < len(paragraphs) - 1:
        pairs = _label_first(paragraphs, why, i, title)
        if not pairs and i != title and (pair := _with_label(paragraphs, why, i)) is not None:
            pairs = [pair]
        joined.update((i + 2 * k, pair) for k, pair in enumerate(pairs))
        i += max(1, 2 * len(pairs))
    return joined


def _label_first(paragraphs: list[Paragraph], why: list[str], i: int, title: int | None) -> list[Paragraph]:
    """The pairs of a run from ``i`` in which each of several figures follows its label ("Warrants", "7", "Knives seized", "31")."""
    at = i
    while (
        at + 1 < min(len(paragraphs), i + _LONGEST_RUN)
        and at != title
        and paragraphs[at].kind == paragraphs[i].kind
        and _is_pair(paragraphs, why, at)
    ):
        at += 2
    if at - i < 4:
        return []
    if at < len(paragraphs) and not why[at] and paragraphs[at].kind == paragraphs[i].kind and _is_label(paragraphs[at]):
        return []  # A label more than figures: it is the first that stands alone, as a heading does.
    return [_row_of(paragraphs[k], paragraphs[k + 1]) for k in range(i, at, 2)]


def _is_pair(paragraphs: list[Paragraph], why: list[str], i: int) -> bool:
    return not (why[i] or why[i + 1]) and _FIGURE.fullmatch(paragraphs[i + 1].text) is not None and _is_label(paragraphs[i])


def _is_label(paragraph: Paragraph) -> bool:
    """Whether the paragraph may say what a figure next to it counts: a few words, and no sentence."""
    text = paragraph.text
    return text[0].isalpha() and len(text) <= _LABEL_LENGTH and word_count(text) <= 6 and paragraph.kind != "h1" and not ends_sentence(text)


def _row_of(label: Paragraph, value: Paragraph) -> Paragraph:
    return replace(label, text=f"{label.text.rstrip(':')}: {value.text}", kind="row", linked=False)


def _with_label(paragraphs: list[Paragraph], why: list[str], i: int) -> Paragraph | None:
    """Paragraphs ``i`` and the next as one, where they are a term and its value or a figure in large type and what it counts."""
    if why[i] or why[i + 1]:
        return None
    first, second = paragraphs[i], paragraphs[i + 1]
    if first.kind == "dt" and second.kind == "dd" and (i + 2 >= len(paragraphs) or paragraphs[i + 2].kind != "dd"):
        return _row_of(first, second) if max(len(first.text), len(second.text)) <= _LABEL_LENGTH else None
    if not _FIGURE.fullmatch(first.text) or not _is_label(second) or noise_reason(second.text) or noise_reason(f"{first.text} {second.text}"):
        return None
    return replace(first, text=f"{first.text}\n{second.text}", kind="figure", linked=False)


def _pieces(body: str, start: int, paragraph: Paragraph, reason: str) -> list[Piece]:
    """The pieces of one paragraph of the page, which begins at ``start`` of ``body``."""
    kind = paragraph.kind
    if reason:
        return [Piece(start, len(body), Shape.NOISE, reason=reason)]
    shape = Shape.HEADING if kind in HEADINGS else _SHAPES.get(kind)
    if shape is not None:
        return [Piece(start, len(body), shape, mark="•" if shape is Shape.ITEM else "", cells=paragraph.cells, table=paragraph.table)]
    if kind == "header line" and (
        is_dateline(worded(body), header=True) or (word_count(body) <= 12 and not ends_sentence(body) and not any(c.isdigit() for c in body))
    ):
        return [Piece(start, len(body), Shape.DATELINE)]
    return split_lines(body, start, len(body), markdown=False, wrapped=False)


def _reasons(containers: list[Container], scope: Range, lengths: list[int], heads: list[int]) -> list[str]:
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


def _scope(containers: list[Container], lengths: list[int]) -> tuple[Range, Range]:
    """The range of paragraphs that is the article, and the range round it where its title and date may stand."""
    whole = (0, len(lengths) - 1)

    def best(scope: str, outer: Range) -> tuple[int, int]:
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


def _title(paragraphs: list[Paragraph], why: list[str], outer: Range, head: Head) -> int | None:
    """The index of the heading that is the title: the <h1> that the tags repeat, else the first of the article, else one near it."""
    site = fold(head.publisher() or "")
    heads = [i for i, paragraph in enumerate(paragraphs) if paragraph.kind == "h1" and fold(paragraph.text) != site and len(paragraph.text) <= 400]
    tagged = [fold(title) for title in head.titles()]
    for i in heads[:50]:
        if word_count(paragraphs[i].text) >= 3 and any(name.startswith(fold(paragraphs[i].text)) for name in tagged):
            return i
    near = (i for i in heads if outer[0] <= i < outer[1] and why[i] in ("", "navigation"))
    return next((i for i in heads if not why[i]), next(near, next((i for i in heads if word_count(paragraphs[i].text) >= 4), None)))
