"""Where a release quotes somebody: the spans of direct speech."""

from __future__ import annotations

from collections.abc import Sequence

from cl_extract.expressions import MULTILINE, compiled
from cl_extract.model import Block, BlockKind

_MARKS = "“\"‘'"
_FEWEST_WORDS = 4
_FEWEST_WORDS_SINGLE = 6  # ‘line’ is a term and ‘2 for 15’ an offer; single quotation marks hold speech only where it is long.
_OPENING = compiled(r"“|(?:(?<=[\s(\[—–-])|^)(?:[\"‘]|'(?=\w))(?=\S)", MULTILINE)
_SINGLE_CLOSE = compiled(r"(?<=[.,!?…])[’'](?!\w)")
_LOOSE_CLOSE = compiled(r"(?<=\w)[’'](?!\w)")
_STRAIGHT_CLOSE = compiled(r"(?<=\S)\"(?!\w)")


def find_quotes(text: str, blocks: Sequence[Block]) -> tuple[tuple[int, int], ...]:
    """The spans of direct speech, quotation marks included. Speech over several paragraphs is one span in each of them."""
    spans: list[tuple[int, int]] = []
    for block in blocks:
        if block.kind in (BlockKind.LEAD, BlockKind.BODY, BlockKind.LIST):
            spans.extend(_in_block(text, block.start, block.end))
    return tuple(spans)


def _in_block(text: str, start: int, end: int) -> list[tuple[int, int]]:
    here = text[start:end]
    if not any(map(here.__contains__, _MARKS)):
        return []
    spans: list[tuple[int, int]] = []
    closes = dict.fromkeys(_MARKS, True)  # False once no mark of that kind closes any more: each is looked for once
    at = 0
    while match := _OPENING.search(here, at):
        mark = match.group()
        opened = match.start()
        at = match.end()
        close = _closing(here, mark, at) if closes[mark] else -1
        if close < 0:
            closes[mark] = False
            # Speech that goes on in the next paragraph is not closed in this one; a single mark left open is an apostrophe.
            spoken = mark == "“" or (mark == '"' and (opened == 0 or here[max(0, opened - 5) : opened].rstrip(" *_").endswith((":", ","))))
            if spoken and len(here[at : at + 200].split()) >= _FEWEST_WORDS:
                spans.append((start + opened, end))
                break
            continue
        fewest = _FEWEST_WORDS if mark in '“"' else _FEWEST_WORDS_SINGLE
        if len(here[at : close - 1].split(None, fewest)) >= fewest:
            spans.append((start + opened, start + close))
            at = close
        elif mark in '“"':
            at = close
    return spans


def _closing(here: str, mark: str, at: int) -> int:
    """The offset after the mark that closes the quotation whose words begin at ``at``, or -1."""
    if mark == "“":
        return here.find("”", at) + 1 or -1
    if mark == '"':
        return match.end() if (match := _STRAIGHT_CLOSE.search(here, at)) else -1
    match = _SINGLE_CLOSE.search(here, at) or _LOOSE_CLOSE.search(here, at)
    return match.end() if match else -1
