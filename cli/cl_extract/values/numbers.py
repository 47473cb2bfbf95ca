"""The grammar of numbers, in this one place: "1,135", "2½", "£1.2m", "two and a half", "half a million", "50-plus" -> exact Decimal.

A number is what stands in the text without its unit: ``values.units`` knows what is measured, ``values.figures`` what the number means. Vague
plurals ("dozens", "several hundred", "tens of thousands") are no numbers (record.md), and neither is an article alone.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from cl_extract.value import value
from cl_extract.values.tokens import Tokens
from cl_extract.values.vocabulary import ARTICLES, NUMBER_WORDS, SCALES, SMALL, SMALL_WORDS, TENS, TENS_WORDS, THOUSANDS

MAX_DIGITS = 15
"""A longer run of digits is a reference; up to here every product with a unit stays within Decimal's 28 digits."""

_ONE = Decimal(1)
_ONES = {word: value for word, value in SMALL.items() if 1 <= value <= 9}
_PLAIN = {word: Decimal(value) for word, value in (SMALL | TENS).items()}
# Letters glued to digits or after a currency sign; those of two letters and more also stand apart ("3 mn").
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12}
_MONEY_SUFFIXES = _SUFFIXES | {"mil": 10**6, "b": 10**9, "mill": 10**6}
_GLYPHS = {"½": _ONE / 2, "¼": _ONE / 4, "¾": Decimal("0.75"), "⅓": _ONE / 3, "⅔": Decimal(2) / 3, "⅛": _ONE / 8}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_PLURAL_PARTS = {f"{word}s": value for word, value in _PARTS.items() if word != "half"} | {"halves": 2}
_DENOMINATORS = frozenset({"2", "3", "4", "5", "8", "16"})
_CURRENCIES = frozenset({"£", "€", "$", "¥", "₹"})
_PLUS = frozenset({"+", "-", "plus"})
# A number goes on with nothing else: one with another word after it is all that stands at its token.
_GOES_ON = frozenset({"/", "and", "-", *_MONEY_SUFFIXES, *SCALES})
_GOES_ON_WORDED = frozenset({"and", "-", *SCALES, *_ONES, *_PARTS, *_PLURAL_PARTS})
# "another dozen" is twelve more; a bare "dozen" after anything else is vague or part of a name.
_MORE = {"another", "further", "extra", "additional"}
# What a person wears or uses as one thing: "a pair of gloves" is not two.
_WORN = {"gloves", "shoes", "trainers", "boots", "socks", "trousers", "jeans", "scissors", "handcuffs", "binoculars", "glasses", "tights", "shorts"}
# "£410 plus costs", "12 plus two": here plus means "and".
_NOT_PLUS = ARTICLES | {"the", "his", "her", "their", "costs", "vat", "interest", "another", "more", "some", "any", "other", "expenses", ""}
_GROUPING = str.maketrans("", "", ",\u0020\u00a0\u2009\u202f")


@value(frozen=True, slots=True)
class Number:
    """A number as written, up to token ``last`` (exclusive).

    ``scale`` is the scale it ends with ("million", "k"), else 1: what "£95-£110 million" shares. ``suffix`` is the letter that told it, if a letter
    did. ``worded`` marks a number told by letters alone, ``plus`` one with "-plus" or "+" (inside ``last``), ``part`` a fraction without a whole
    number ("half a", "three-quarters", "1/2"), which is a figure only before a unit.
    """

    value: Decimal
    last: int
    scale: Decimal = _ONE
    suffix: str = ""
    worded: bool = False
    plus: bool = False
    part: bool = False


def digits_of(token: str) -> str:
    """A number token without the commas and spaces between its groups."""
    return token.translate(_GROUPING) if len(token) > 3 else token


def skip_plus(tokens: Tokens, i: int) -> int:
    """The index after a "+", "-plus" or "plus" at ``i`` that means "or more"; ``i`` where there is none."""
    mark, after = tokens.low[i], tokens.low[i + 1]
    if mark == "+" and tokens.glued[i] and not (tokens.glued[i + 1] and tokens.kind[i + 1] == "n"):
        return i + 1
    if mark == "-" and tokens.glued[i] and after == "plus":
        return i + 2
    if mark == "plus" and after.isalpha() and after not in _NOT_PLUS and after not in NUMBER_WORDS:
        return i + 1
    return i


def parse_number(tokens: Tokens, i: int) -> Number | None:
    """The number that starts at token ``i``, or None: no number, a vague one, one of more than `MAX_DIGITS` digits or in other than ASCII digits."""
    low = tokens.low
    number = _parse_digits(tokens, i) if tokens.kind[i] == "n" else _parse_words(tokens, i, low[i])
    if number is None or (after := low[number.last]) not in _PLUS or (after == "plus" and low[i - 1] in _CURRENCIES):
        return number
    last = skip_plus(tokens, number.last)
    return number if last == number.last else Number(number.value, last, number.scale, number.suffix, number.worded, True, number.part)


def to_words(n: int) -> str:
    """``n`` in British English words ("one hundred and five"), for 0 up to 999 trillion.

    Raises ValueError outside that range.
    """
    if not 0 <= n < 10**15:
        raise ValueError(f"{n}: to_words takes 0 to 999,999,999,999,999")
    words = f"{SMALL_WORDS} {TENS_WORDS}".split()
    if n < 20:
        return words[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return words[18 + tens] + (f"-{words[ones]}" if ones else "")
    steps = [("hundred", 100), *THOUSANDS.items(), ("", 10**15)]
    name, size = next(step for step, above in pairwise(steps) if n < above[1])
    head, rest = divmod(n, size)
    tail = f" {'and ' if rest < 100 else ''}{to_words(rest)}" if rest else ""
    return f"{to_words(head)} {name}{tail}"


def _word_after(tokens: Tokens, i: int) -> int:
    """``i``, or the index after a hyphen with no space on either side that stands there."""
    return i + 1 if tokens.low[i] == "-" and tokens.glued[i] and tokens.glued[i + 1] else i


def _parse_digits(tokens: Tokens, i: int) -> Number | None:
    low = tokens.low
    token = low[i]
    j = i + 1
    if token in _GLYPHS:
        return _scaled(tokens, i, _GLYPHS[token], j, part=True)
    digits = digits_of(token)
    if not digits.isascii() or (len(digits) > MAX_DIGITS and len(digits.replace(".", "")) > MAX_DIGITS):
        return None
    value = Decimal(digits)
    after = low[j]
    if after not in _GOES_ON and tokens.kind[j] != "n":
        return Number(value, j)
    if after in _GLYPHS:
        return _scaled(tokens, i, value + _GLYPHS[after], j + 1)
    if after == "/" and tokens.glued[j] and (part := _slashed(tokens, i)) is not None:
        return _scaled(tokens, i, part, i + 3, part=True)
    if after.isdecimal() and not tokens.glued[j] and len(after) <= 2 and (part := _slashed(tokens, j)) is not None:
        return _scaled(tokens, i, value + part, j + 3)
    if after in {"and", "-"} and (end := _and_part(tokens, j)) is not None:
        return _scaled(tokens, i, value + end[0], end[1])
    return _scaled(tokens, i, value, j)


def _slashed(tokens: Tokens, i: int) -> Decimal | None:
    """The proper fraction "1/2" at ``i``, with nothing glued to its end but letters."""
    below = tokens.low[i + 2]
    if tokens.low[i + 1] != "/" or below not in _DENOMINATORS or not (tokens.glued[i + 1] and tokens.glued[i + 2]):
        return None
    above = tokens.low[i]
    if not above.isdecimal() or len(above) > 2 or not 0 < int(above) < int(below):
        return None
    if i + 3 < len(tokens) and tokens.glued[i + 3] and tokens.low[i + 3] in {"/", "-"}:
        return None
    return Decimal(above) / Decimal(below)


def _and_part(tokens: Tokens, i: int) -> tuple[Decimal, int] | None:
    """The "and a half" or "-and-a-half" at ``i``, with the index after it."""
    j = _word_after(tokens, i)
    if tokens.low[j] != "and":
        return None
    j = _word_after(tokens, j + 1)
    word = tokens.low[j]
    if word in ARTICLES or word == "one":
        j = _word_after(tokens, j + 1)
        word = tokens.low[j]
        return (_ONE / _PARTS[word], j + 1) if word in {"half", "quarter"} else None
    if word == "three" and tokens.low[k := _word_after(tokens, j + 1)] == "quarters":
        return Decimal("0.75"), k + 1
    return None


def _scaled(tokens: Tokens, i: int, value: Decimal, j: int, *, worded: bool = False, part: bool = False) -> Number:
    """The number of ``value`` at ``i``, times the scale words or the suffix at ``j``."""
    word = tokens.low[j]
    if not worded and word in _MONEY_SUFFIXES:
        paid = i > 0 and tokens.low[i - 1] in _CURRENCIES
        if (paid or word in _SUFFIXES) and (paid or tokens.glued[j] or len(word) > 1):
            scale = Decimal(_MONEY_SUFFIXES[word])
            return Number(value * scale, j + 1, scale, suffix=word)
        return Number(value, j, part=part)
    scale = _ONE
    if word not in SCALES and word != "-":
        return Number(value, j, worded=worded, part=part)
    while tokens.low[k := _word_after(tokens, j)] in SCALES and scale <= 100:
        scale *= SCALES[tokens.low[k]]
        j = k + 1
    return Number(value * scale, j, scale, worded=worded, part=part and scale == 1)


def _parse_words(tokens: Tokens, i: int, word: str) -> Number | None:
    if word in _PLAIN:
        if tokens.low[i + 1] not in _GOES_ON_WORDED:
            return Number(_PLAIN[word], i + 1, worded=True)
        return _parse_part(tokens, i, word) or _parse_cardinal(tokens, i)
    if word == "half":
        return _parse_half(tokens, i + 1)
    if word == "quarter":
        return _of_scale(tokens, _ONE / 4, i + 1)
    if word in ARTICLES:
        after = tokens.low[i + 1]
        if after in SCALES:
            return _parse_cardinal(tokens, i)
        if after == "half":
            return _parse_half(tokens, i + 2)
        if after in _PARTS and (after == "quarter" or tokens.low[i + 2] == "of"):
            return _of_scale(tokens, _ONE / _PARTS[after], i + 2)
        if after == "pair" and tokens.low[i + 2] == "of" and tokens.low[i + 3] not in _WORN:
            return Number(Decimal(2), i + 3, worded=True)
        return None
    if word in SCALES and i and tokens.low[i - 1] in _MORE:
        return _scaled(tokens, i, _ONE, i, worded=True)
    return None


def _parse_half(tokens: Tokens, i: int) -> Number:
    """What "half" before ``i`` begins: "half a dozen", "half-million", "half a (kilo)", "half (of them)"."""
    j = _word_after(tokens, i)
    if tokens.low[j] in ARTICLES:
        return _scaled(tokens, i, _ONE / 2, j + 1, worded=True, part=True)
    return _of_scale(tokens, _ONE / 2, i)


def _of_scale(tokens: Tokens, value: Decimal, i: int) -> Number:
    """A fraction in words, times the "of a million" or "million" at ``i``."""
    j = _word_after(tokens, i)
    if tokens.low[j] == "of":
        j = _word_after(tokens, j + 1)
        if tokens.low[j] in ARTICLES:
            j = _word_after(tokens, j + 1)
        if tokens.low[j] not in SCALES:
            return Number(value, i, worded=True, part=True)
    number = _scaled(tokens, i, value, j, worded=True, part=True)
    return number if not number.part else Number(value, i, worded=True, part=True)


def _parse_part(tokens: Tokens, i: int, word: str) -> Number | None:
    """A fraction with its numerator in words: "three-quarters", "two thirds", "one third"."""
    above = _ONES.get(word)
    if above is None:
        return None
    j = _word_after(tokens, i + 1)
    name = tokens.low[j]
    below = _PLURAL_PARTS.get(name) if above > 1 else _PARTS.get(name)
    if below is None or above >= below:
        return None
    return _of_scale(tokens, Decimal(above) / below, j + 1)


def _parse_cardinal(tokens: Tokens, i: int) -> Number | None:
    """A cardinal in words, scales in falling order: "two hundred and fifty thousand", "a million", "two and a half (million)"."""
    total, j, limit = 0, i, 10**18
    while True:
        joined = tokens.low[j] == "and" and j > i
        group = _below_thousand(tokens, j + joined)
        if group is None:
            break
        value, k = group
        scale = THOUSANDS.get(tokens.low[end := _word_after(tokens, k)])
        if scale is None:
            if j == i:
                return _finish_small(tokens, i, value, k)
            if tokens.low[end] != "hundred" and (joined or value >= 100 or _word_after(tokens, k) == k):
                total, j = total + value, k
            break
        if scale >= limit:
            break
        total, j, limit = total + value * scale, end + 1, scale
    return Number(Decimal(total), j, Decimal(limit if j > i and limit < 10**18 and total % limit == 0 else 1), worded=True) if j > i else None


def _finish_small(tokens: Tokens, i: int, value: int, j: int) -> Number:
    """A cardinal below a thousand that ends at ``j``, with its "and a half" and its scale or dozen."""
    part = _and_part(tokens, j)
    if part is not None:
        return _scaled(tokens, i, value + part[0], part[1], worded=True)
    return _scaled(tokens, i, Decimal(value), j, worded=True)


def _below_thousand(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A cardinal below a thousand at ``i`` and the index after it; an article counts as one before a scale."""
    word = tokens.low[i]
    if word in ARTICLES:
        after = tokens.low[i + 1]
        if after != "hundred":
            return (1, i + 1) if after in SCALES else None
        head = (1, i + 1)
    elif (found := _below_hundred(tokens, i, word)) is not None:
        head = found
    else:
        return None
    value, j = head
    k = _word_after(tokens, j)
    if tokens.low[k] != "hundred" or not value:
        return head
    value, j = value * 100, k + 1
    joined = tokens.low[j] == "and"
    rest = _below_hundred(tokens, j + joined, tokens.low[j + joined])
    if rest is None or tokens.low[rest[1]] in {"hundred", "dozen"} or not (joined or _word_after(tokens, rest[1]) == rest[1]):
        return value, j
    return value + rest[0], rest[1]


def _below_hundred(tokens: Tokens, i: int, word: str) -> tuple[int, int] | None:
    if word in SMALL:
        return SMALL[word], i + 1
    if word not in TENS:
        return None
    j = _word_after(tokens, i + 1)
    ones = _ONES.get(tokens.low[j])
    return (TENS[word], i + 1) if ones is None else (TENS[word] + ones, j + 1)
