"""HTML source -> tags and text, in order.

A scanner of our own: ``html.parser`` takes time that grows with the square of the input on unclosed tags and comments, and raises AssertionError on
some broken declarations. Nothing is fetched and no entity beyond HTML's own is expanded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from cl_extract.reading.wording import words

# Their content is text to no reader, or cannot be told from it: dropped.
DROPPED = words("script style template noscript iframe select textarea svg math canvas object audio video map datalist noembed noframes xmp")

# A tag as nearly all are written, each quoted value right after its "=".
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:_-]{0,40})((?:[^<>\"'=]++|=(?:\"[^<\"]{0,4000}\"|'[^<']{0,4000}'|(?![\s\"'])))*+)>")
_TAG_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:_-]{0,40}")
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]{1,60})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_LONG_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]{7,}|\d{8,});?")


def scan_tags(source: str) -> Iterator[tuple[str, str, str]]:
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
        tag = _TAG.match(source, at) if ">" not in unclosed else None
        if tag:
            name, attributes, at = tag[1].lower(), tag[2], tag.end()
        else:
            match = _TAG_NAME.match(source, at + (2 if following == "/" else 1))
            close = _tag_end(source, match.end(), quotes) if match and ">" not in unclosed else -1
            if match is None or close < 0:
                if match:
                    unclosed.add(">")
                yield "", "", "<"
                at += 1
                continue
            name, attributes, at = match[0].lower(), source[match.end() : close], close + 1
        if following == "/":
            yield "/", "", name
            continue
        content = ""
        if (name in DROPPED or name == "title") and not attributes.endswith("/"):
            ending = None if name in unclosed else re.compile(f"</{name}", re.IGNORECASE).search(source, at)
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


def read_attributes(raw: str) -> dict[str, str]:
    """The attributes of a tag by name in lower case, entities resolved; what is beyond a length that no honest page reaches is left out."""
    if "=" not in raw:
        return {word.lower(): "" for word in raw.split()[:20]}
    return {match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(raw[:20_000])}


def unescape(text: str) -> str:
    """The text with HTML's own entities resolved, and no other."""
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text)) if "&" in text else text
