"""Text -> tokens: words, numbers in digits and single marks, as parallel lists (one list a field is what keeps the scan fast)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from operator import add, eq

from cl_extract.expressions import compiled
from cl_extract.value import value

# Possessive and bounded repeats: a megabyte of digits and commas is still read in one pass.
# A group of three digits after a space counts as the same number ("1 135"), as ISO 31-0 and Irish releases write it.
_NUMBER = r"\d{1,3}(?:,\d{3}){1,6}+(?!\d)(?:\.\d+)?|[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3}){1,6}+(?!\d)|\d++(?:\.\d+)?|[½¼¾⅓⅔⅛]"
_WORD = r"[^\W\d_]++(?:['’][^\W\d_]+)*+"
# A token with the white space after it: the pieces of a text are its tokens with nothing between them.
_PIECES = compiled(rf"(?:{_WORD}|{_NUMBER}|\S)\s*+")
_TOKEN = compiled(rf"(?P<w>{_WORD})|(?P<n>{_NUMBER})|(?P<m>\S)")
_LEADING = compiled(r"\s*+")
_FOLD = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "„": '"'})


@value(frozen=True, slots=True)
class Tokens:
    """Tokens of one stretch of text, in order.

    ``low`` holds each token lower-cased, apostrophes, dashes and quotation marks folded to ASCII and a possessive ``'s`` dropped.
    ``glued[i]`` tells that no white space stands between token ``i - 1`` and token ``i``. ``kind`` is ``n`` (digits), ``w`` or ``m`` (mark).
    """

    text: str
    start: list[int]
    end: list[int]
    low: list[str]
    kind: list[str]
    glued: list[bool]

    def __len__(self) -> int:
        return len(self.low)

    def source(self, i: int) -> str:
        """Token ``i`` as it stands in the text."""
        return self.text[self.start[i] : self.end[i]]


class _Folded(dict[str, tuple[str, str, int]]):
    """Piece -> its token folded, the kind of it, and its length: a release has few words that the one before it did not have."""

    limit = 1 << 16
    longest = 64

    def __missing__(self, piece: str) -> tuple[str, str, int]:
        found = _TOKEN.match(piece)
        assert found is not None
        kind, low = found.lastgroup or "m", found.group().lower().translate(_FOLD)
        if kind == "w" and low.endswith("'s"):
            low = low[:-2]
        folded = low, kind, found.end()
        if len(piece) <= self.longest:
            if len(self) >= self.limit:
                self.clear()
            self[piece] = folded
        return folded


_FOLDED = _Folded()


def tokenise(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of ``text[start:end]``, with offsets into ``text``."""
    stop = len(text) if end is None else end
    leading = _LEADING.match(text, start, stop)
    pieces = _PIECES.findall(text, start, stop)
    if not pieces:
        return Tokens(text, [], [], [], [], [])
    starts = list(accumulate(map(len, pieces), initial=leading.end() if leading else start))
    starts.pop()
    low, kind, size = map(list, zip(*map(_FOLDED.__getitem__, pieces), strict=True))
    ends = list(map(add, starts, size))
    return Tokens(text, starts, ends, low, kind, [False, *map(eq, starts[1:], ends)])


def pick(tokens: Tokens, which: Iterable[int]) -> Tokens:
    """Some of the tokens, in the order asked for."""
    chosen = list(which)
    return Tokens(
        tokens.text,
        [tokens.start[k] for k in chosen],
        [tokens.end[k] for k in chosen],
        [tokens.low[k] for k in chosen],
        [tokens.kind[k] for k in chosen],
        [tokens.glued[k] for k in chosen],
    )


def part(tokens: Tokens, first: int, last: int) -> Tokens:
    """The tokens from ``first`` to ``last`` (exclusive)."""
    return pick(tokens, range(first, last))


def join(*parts: Tokens) -> Tokens:
    """The tokens of several stretches of one text as one, each with its own offsets."""
    made = Tokens(parts[0].text, [], [], [], [], [])
    for part in parts:
        made.start.extend(part.start)
        made.end.extend(part.end)
        made.low.extend(part.low)
        made.kind.extend(part.kind)
        made.glued.extend(part.glued)
    return made


def imply(own: Tokens, *lows: str, after: bool = False) -> Tokens:
    """Words that are understood and not written: they take no room before the first (or after the last) token of ``own``."""
    place = [own.end[-1] if after else own.start[0]] * len(lows)
    return Tokens(own.text, place, place, list(lows), ["w" if low.isalpha() else "m" for low in lows], [True] * len(lows))
