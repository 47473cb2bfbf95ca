"""Text -> tokens: words, numbers in digits and single marks, as parallel lists (one list a field is what keeps the scan fast)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, chain, compress, count, pairwise
from operator import add

from cl_extract.expressions import compiled
from cl_extract.value import value
from cl_extract.values import cues
from cl_extract.values.vocabulary import DATE_WORDS

# Possessive and bounded repeats: a megabyte of digits and commas is still read in one pass.
# A group of three digits after a space counts as the same number ("1 135"), as ISO 31-0 and Irish releases write it.
_NUMBER = r"\d{1,3}(?:,\d{3}){1,6}+(?!\d)(?:\.\d+)?|[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3}){1,6}+(?!\d)|\d++(?:\.\d+)?|[½¼¾⅓⅔⅛]"
_WORD = r"[^\W\d_]++(?:['’][^\W\d_]+)*+"
_TOKEN = compiled(rf"(?P<w>{_WORD})|(?P<n>{_NUMBER})|(?P<m>\S)")
_LEADING = compiled(r"\s*+")
_FOLD = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "„": '"'})


@value(frozen=True, slots=True)
class Tokens:
    """Tokens of one stretch of text, in order.

    ``low`` holds each token lower-cased, apostrophes, dashes and quotation marks folded to ASCII and a possessive ``'s`` dropped.
    ``glued[i]`` tells that no white space stands between token ``i - 1`` and token ``i``. ``kind`` is ``n`` (digits), ``w`` or ``m`` (mark).
    These three go on for some blanks, so that a look a few tokens before the first or after the last finds "" and False.
    ``openers`` are the tokens that a figure or a date may begin with: digits, and the words and signs for it.
    """

    text: str
    start: list[int]
    end: list[int]
    low: list[str]
    kind: list[str]
    glued: list[bool]
    openers: list[int]

    def __len__(self) -> int:
        return len(self.start)

    def source(self, i: int) -> str:
        """Token ``i`` as it stands in the text."""
        return self.text[self.start[i] : self.end[i]]


_LOOK = 16  # more blanks than any look goes beyond the last token
_BLANKS = [""] * _LOOK
_APART = [False] * _LOOK
_OPENERS = cues.STARTS | DATE_WORDS

_NONE: tuple[tuple[()], ...] = ((),) * 6

# A token folded, its kind, its length, how far from it the next one starts, whether it is glued to the one before it, and whether it is an opener.
_Folded = tuple[str, str, int, int, bool, bool]


def _fold(text: str) -> tuple[_Folded, ...]:
    """The tokens of a text that opens with one; the next text is taken to follow after a space."""
    made: list[_Folded] = []
    end = None
    tokens = list(_TOKEN.finditer(text))
    for token, (start, after) in zip(tokens, pairwise([*(token.start() for token in tokens), len(text) + 1]), strict=True):
        kind, low = token.lastgroup or "m", token.group().lower().translate(_FOLD)
        if kind == "w" and low.endswith("'s"):
            low = low[:-2]
        glued = start == end
        end = token.end()
        made.append((low, kind, end - start, after - start, glued, kind == "n" or low in _OPENERS))
    return tuple(made)


class _Chunks(dict[str, tuple[_Folded, ...]]):
    """What stands between two spaces -> its tokens, none where it opens with other white space: few are new since the release before."""

    limit = 1 << 15  # chunks
    longest = 64  # characters of a chunk
    most = 8  # tokens of one, of which each takes as much room

    def __missing__(self, chunk: str) -> tuple[_Folded, ...]:
        if chunk.isalpha() and chunk.isascii():
            low = chunk.lower()
            folded: tuple[_Folded, ...] = ((low, "w", len(chunk), len(chunk) + 1, False, low in _OPENERS),)
        else:
            folded = () if chunk[:1].isspace() else _fold(chunk)
        if len(chunk) <= self.longest and len(folded) <= self.most:
            if len(self) >= self.limit:
                self.clear()
            self[chunk] = folded
        return folded


_CHUNKS = _Chunks()


def tokenise(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of ``text[start:end]``, with offsets into ``text``."""
    stop = len(text) if end is None else end
    tokens, after = _lay(text, start, chain.from_iterable(map(_CHUNKS.__getitem__, text[start:stop].split(" "))))
    if after <= stop or "nn" in "".join(tokens.kind):  # White space in a row is lost, or may be in a number ("1 135")
        leading = _LEADING.match(text, start, stop)
        start = leading.end() if leading else start
        tokens, _ = _lay(text, start, _fold(text[start:stop]))
    return tokens


def _lay(text: str, start: int, folded: Iterable[_Folded]) -> tuple[Tokens, int]:
    """The tokens from ``start`` on, and where the next one would start."""
    low, kind, size, step, glued, opens = tuple(zip(*folded, strict=True)) or _NONE
    starts = list(accumulate(step, initial=start))
    after = starts.pop()
    ends = list(map(add, starts, size))
    return Tokens(text, starts, ends, [*low, *_BLANKS], [*kind, *_BLANKS], [*glued, *_APART], list(compress(count(), opens))), after


def _tokens(text: str, start: list[int], end: list[int], low: list[str], kind: list[str], glued: list[bool]) -> Tokens:
    openers = [k for k, word in enumerate(low) if kind[k] == "n" or word in _OPENERS]
    return Tokens(text, start, end, low + _BLANKS, kind + _BLANKS, glued + _APART, openers)


def pick(tokens: Tokens, which: Iterable[int]) -> Tokens:
    """Some of the tokens, in the order asked for."""
    chosen = list(which)
    return _tokens(
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
    return _tokens(
        parts[0].text,
        [start for part in parts for start in part.start],
        [end for part in parts for end in part.end],
        [low for part in parts for low in part.low[: len(part)]],
        [kind for part in parts for kind in part.kind[: len(part)]],
        [glued for part in parts for glued in part.glued[: len(part)]],
    )


def without(tokens: Tokens, ranges: Iterable[tuple[int, int]]) -> Tokens:
    """The same tokens, blank in the ``ranges`` (half open); the openers there stay."""
    low, kind = tokens.low.copy(), tokens.kind.copy()
    for first, last in ranges:
        low[first:last] = kind[first:last] = [""] * (last - first)
    return Tokens(tokens.text, tokens.start, tokens.end, low, kind, tokens.glued, tokens.openers)


def imply(own: Tokens, *lows: str, after: bool = False) -> Tokens:
    """Words that are understood and not written: they take no room before the first (or after the last) token of ``own``."""
    place = [own.end[-1] if after else own.start[0]] * len(lows)
    return _tokens(own.text, place, place, list(lows), ["w" if low.isalpha() else "m" for low in lows], [True] * len(lows))
