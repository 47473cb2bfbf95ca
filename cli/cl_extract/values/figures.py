"""Tokens -> figures: every number of a stretch of text, typed by what it measures, with its qualifier, range and rate.

One pass from left to right. Work is only done at tokens that can begin a figure (a number, a currency sign, "half", "a kilo" …); what a number means
is read from its unit on the right, then from a few words on the left ("aged", "section", "call"), never from further away, so that the pass is
linear. Numbers that are no facts (ages, times, telephone numbers, references …) are figures too: that is how they keep out of the way (design.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cl_extract.model import (
    AGE,
    CALIBRE,
    COUNT,
    DURATION,
    FACTUAL,
    LENGTH,
    MASS,
    MONEY,
    ORDINAL,
    PERCENT,
    PHONE,
    RATIO,
    REFERENCE,
    SPEED,
    TIME,
    VOLUME,
    Figure,
    FigureKind,
    Qualifier,
)
from cl_extract.value import replace, value
from cl_extract.values import cues
from cl_extract.values.numbers import MAX_DIGITS, Number, digits_of, parse_number, skip_plus
from cl_extract.values.tokens import Tokens, without
from cl_extract.values.units import ARTICLE_UNITS, CODES, DOLLARS, PERIODS, PHRASE_WORDS, PHRASES, POUND_MASS, POUND_MONEY, POUNDS, SIGNS, UNITS, Unit
from cl_extract.values.vocabulary import ARTICLES, NUMBER_WORDS

_MEASURED = frozenset({MASS, VOLUME, DURATION})
_ENDED = frozenset({SPEED, PERCENT, CALIBRE, REFERENCE, AGE})  # nothing more comes after their unit
_COMPOSITE = frozenset({MASS, DURATION, LENGTH, TIME})
_SPANS = frozenset({DURATION, TIME})
_JOINTS = frozenset({"-", "to", "and", "or", "up"})
_RATIOS = frozenset({"times", "x", "in", "out"})
_RATES = frozenset({"a", "per", "each", "every", "-"})
_UNIT_WORDS = frozenset({*UNITS, *POUNDS, *PHRASE_WORDS, "a", "p"})
_OLDEST = 115
_ELDEST = frozenset({"youngest", "oldest", "eldest"})


def scan_figures(tokens: Tokens, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """The figures of ``tokens``, in order and without overlap.

    ``taken`` are ranges of tokens, half open and in order, that another reader has claimed (dates): no figure starts in, ends in or crosses one.
    """
    return _Scanner(tokens, taken).scan() if tokens.openers else []


@value(frozen=True, slots=True)
class _Part:
    """A number with its unit: one end of a range, or the whole of a figure. COUNT stands for "no unit"."""

    kind: FigureKind
    first: int
    last: int
    value: Decimal
    number: Number
    unit: Unit | None = None
    attributive: bool = False
    plus: bool = False


class _Scanner:
    """One pass over one stretch of tokens.

    The tokens in ``taken`` are blank here, so that nothing is read across them. ``floor`` is the first token that no figure has claimed.
    """

    __slots__ = ("figures", "floor", "glued", "kind", "low", "tokens")

    def __init__(self, tokens: Tokens, taken: Sequence[tuple[int, int]]) -> None:
        self.tokens = without(tokens, taken) if taken else tokens
        self.low, self.kind, self.glued = self.tokens.low, self.tokens.kind, self.tokens.glued
        self.figures: list[Figure] = []
        self.floor = 0

    def scan(self) -> list[Figure]:
        """All figures."""
        for i in self.tokens.openers:
            if i >= self.floor and (self.kind[i] == "n" or self.low[i] in cues.STARTS):
                self.read(i)
        return self.figures

    # ---- What begins here -------------------------------------------------------------------------------------------------------------

    def read(self, i: int) -> None:
        """Take the figure that begins at ``i``, or at the article before it, if one does."""
        low = self.low
        word = low[i]
        if self.kind[i] == "n":
            apart = not (self.glued[i] or self.glued[i + 1] or self.kind[i + 1] == "n" or word[0] == "0" or len(word) > MAX_DIGITS)
            if apart or not self.read_joined(i):
                self.read_number(i)
            return
        after_article = i > self.floor and low[i - 1] in ARTICLES
        if word in NUMBER_WORDS:
            self.read_number(i - 1 if after_article and parse_number(self.tokens, i - 1) else i)
        elif word in cues.ORDINALS:
            if after_article and parse_number(self.tokens, i - 1):
                self.read_number(i - 1)
            else:
                self.put(ORDINAL, i, i + 1, Decimal(cues.ORDINALS[word]), worded=True)
        elif word in ARTICLE_UNITS:
            if after_article:
                self.read_article(i)
        elif word in cues.TIMES:
            self.put(RATIO, i, i + 1, cues.TIMES[word], worded=True)
        else:
            prefixed = word == "$" and self.glued[i] and low[i - 1] in DOLLARS and i > self.floor
            self.read_number(i - prefixed)

    def read_number(self, i: int) -> None:
        """Take the number at ``i`` with its unit, as part of a range where it is one."""
        part = self.part(i)
        if part is None:
            return
        if self.low[part.last] == "-":
            part = self.suspended(part)
        pair = self.pair(part) if self.low[part.last] in _JOINTS else None
        if pair is not None:
            part, upper = pair
            if upper.kind is not COUNT:
                self.put_range(part, upper)
                return
        else:
            upper = part
            if part.kind is not COUNT:
                if part.kind is AGE:
                    self.share_age(part)
                elif part.kind in _MEASURED:
                    self.share_unit(part)
                self.put_part(part)
                return
        kind, last, attributive = self.meaning(part, upper.last)
        if kind is None:
            return
        if kind is not COUNT or last != upper.last or attributive:
            ones = cues.ORDINALS.get(self.low[last - 1], 0) if kind is ORDINAL else 0
            upper = _Part(kind, upper.first, last, upper.value + ones, upper.number, upper.unit, attributive, upper.plus)
        if pair is None:
            self.put_part(upper)
        else:
            self.put_range(part, upper)
        if kind is AGE:
            self.read_ages(part.number.worded)
        elif kind is REFERENCE:
            self.read_references(part)

    def read_article(self, i: int) -> None:
        """Take "a kilo", "an ounce", and "a year" where it is a term of imprisonment; not "£50 a gram"."""
        low = self.low
        word = low[i]
        if self.figures and self.figures[-1].last == i - 1 == self.floor:
            return
        unit = UNITS.get(word, POUND_MASS)
        if word in {"pound", "ton", "stone"} and (low[i + 1] != "of" or any(low[k] in cues.CASH for k in range(i + 2, i + 4))):
            return
        part = self.measured(_Part(unit.kind, i - 1, i + 1, unit.factor, Number(Decimal(1), i, worded=True), unit))
        if part.kind is DURATION and part.value == unit.factor and not self.is_term(i):
            return
        if part.kind in _MEASURED:
            self.put_part(part)

    def is_term(self, i: int) -> bool:
        """Whether the "year" or "month" at ``i`` is what somebody was jailed for."""
        low = self.low
        if low[i + 1] in cues.JAIL or (low[i + 1] in {"in", "behind", "of"} and low[i + 2] in cues.JAIL):
            return True
        return low[i - 2] in {"for", "to", "of"} and any(low[k] in cues.JAIL for k in range(max(i - 5, 0), i - 2))

    def read_ages(self, worded: bool) -> None:
        """Take the ages that go on after one: "aged 41, 36, 29 and 20"."""
        low = self.low
        while True:
            j = k = self.floor
            k += low[k] == ","
            joint = low[k]
            k += joint in {"and", "to", "or", "-", "&"}
            part = self.part(k) if k > j else None
            if part is None or not self.alike(worded, self.figures[-1].value, part) or part.number.value > _OLDEST or part.number.scale != 1:
                return
            years = part.kind is AGE or (part.unit is not None and part.unit.code == "mo")
            if not years and (part.kind is not COUNT or not (joint in {"to", "-"} or self.headless(part.last))):
                return
            if low[part.last] == "of" or (part.number.worded and part.number.value == 1 and not worded):
                return  # "12 were under 18, and two of those charged …", "two men in their 30s and one in his 40s"
            self.put(AGE, part.first, part.last, part.number.value, worded=worded)

    def read_references(self, part: _Part) -> None:
        """Take the numbers that go on after a label: "sections 18 and 20", "number 3 or 4", "page 1 of 2"."""
        low = self.low
        plural = low[part.first - 1].endswith("s")
        page = low[part.first - 1] == "page"
        while low[self.floor] in {"or", "to", "/", "&", "-"} or (plural and low[self.floor] in {",", "and"}) or (page and low[self.floor] == "of"):
            k = self.floor + 1
            found = self.part(k) if self.kind[k] == "n" else None
            if found is None or found.kind is not COUNT:
                return
            self.put(REFERENCE, k, found.last, found.value)

    # ---- What is put out --------------------------------------------------------------------------------------------------------------

    def put(
        self, kind: FigureKind, first: int, last: int, value: Decimal, *, high: Decimal | None = None, attributive: bool = False, worded: bool = False
    ) -> None:
        """Put out a figure that is no fact, or has nothing around it."""
        self.figures.append(Figure(kind, first, last, _tidy(value), high, attributive=attributive, worded=worded))
        self.floor = last

    def put_part(self, part: _Part) -> None:
        """Put out a part as a figure of its own, with the qualifier around it and the rate after it."""
        low = self.low
        worded = part.number.worded
        if part.kind not in FACTUAL:
            self.put(part.kind, part.first, part.last, part.value, attributive=part.attributive, worded=worded)
            return
        first, qualifier = self.qualifier(part)
        last = part.last
        if low[last] == "or" and low[last + 1] in cues.POSTPOSED:
            qualifier, last = cues.POSTPOSED[low[last + 1]], last + 2
        elif low[last] == "-" and low[last + 1] == "odd" and self.glued[last]:
            qualifier, last = "about", last + 2
        elif part.plus and qualifier in {"exact", "about"}:
            qualifier = "at_least"
        code = part.unit.code if part.unit else None
        self.put_fact(Figure(part.kind, first, last, _tidy(part.value), None, code, qualifier, None, part.attributive, worded))

    def put_range(self, part: _Part, upper: _Part) -> None:
        """Put out a range as one figure, or as two where it is of ages."""
        kind = upper.kind
        worded = part.number.worded and upper.number.worded
        if kind is AGE:
            self.put(kind, part.first, part.last, part.value, worded=worded)
            self.put(kind, upper.first, upper.last, upper.value, attributive=upper.attributive, worded=worded)
            return
        first = part.first - (self.low[part.first - 1] in {"between", "from"} and part.first > self.floor)
        if kind in FACTUAL:
            first, _ = self.qualifier(_Part(part.kind, first, part.last, part.value, part.number, part.unit))
        code = upper.unit.code if upper.unit else None
        figure = Figure(kind, first, upper.last, _tidy(part.value), _tidy(upper.value), code, "range", None, upper.attributive, worded)
        if kind in FACTUAL:
            self.put_fact(figure)
        else:
            self.put(kind, part.first, upper.last, part.value, high=figure.high, attributive=upper.attributive, worded=worded)

    def put_fact(self, figure: Figure) -> None:
        """Put out a figure that may be a fact, with the rate after it ("a day", "per week", "-a-week")."""
        low = self.low
        j = figure.last
        if low[j] in _RATES and figure.kind is not DURATION:
            per, last = None, j
            if low[j] != "-" and low[j + 1] in PERIODS and low[j + 2] not in cues.LATER:
                per, last = PERIODS[low[j + 1]], j + 2
            elif self.hyphen(j) and low[j + 1] == "a" and self.hyphen(j + 2) and low[j + 3] in PERIODS:
                per, last = PERIODS[low[j + 3]], j + 4
            if per is not None:
                figure = replace(figure, last=last, per=per)
        self.figures.append(figure)
        self.floor = figure.last

    def qualifier(self, part: _Part) -> tuple[int, Qualifier]:
        """Where the qualifier words before ``part`` begin, and what they say. The nearest holds, but any other is more than "about"."""
        low = self.low
        j = part.first
        found: Qualifier = "exact"
        while j > self.floor:
            entries = cues.QUALIFIERS.get(low[j - 1])
            entry = next((entry for entry in entries if self.ends(entry[0], j)), None) if entries else None
            if entry is None:
                break
            phrase, name = entry
            start = j - len(phrase)
            if phrase == ("over",) and self.is_extent(part, start):
                break
            if start > self.floor and low[start - 1] in cues.DEGREES:
                start -= 1
            if found in {"exact", "about"}:
                found = name
            j = start
        if found == "exact" and (part.kind is MONEY or part.kind is MASS):
            k = j - 1
            while k > j - 9 and low[k] in cues.ESTIMATE:
                k -= 1
            if low[k] == "estimated":
                found = "about"
        return j, found

    def is_extent(self, part: _Part, j: int) -> bool:
        """Whether the "over" at ``j`` says when or where and not how many: "over two days", "laid out over three floors"."""
        if part.kind is DURATION:
            return self.low[j - 1] not in cues.TERM_BEFORE_OVER
        return self.low[part.last] in cues.EXPANSES

    def ends(self, phrase: tuple[str, ...], j: int) -> bool:
        """Whether the qualifier ``phrase`` stands before token ``j``, unclaimed and no part of a verb."""
        start = j - len(phrase)
        if self.low[start] != phrase[0] or start < self.floor or tuple(self.low[start:j]) != phrase:
            return False
        if phrase[0] in {"c", "ca"} and not self.tokens.source(start).islower():
            return False
        return self.low[start - 1] not in cues.PARTICLES.get(phrase[-1], ())

    # ---- Number and unit --------------------------------------------------------------------------------------------------------------

    def part(self, i: int) -> _Part | None:
        """The number at ``i`` with its currency or unit; COUNT where it has none."""
        low = self.low
        code, start = (None, i) if self.kind[i] == "n" else self.currency(i)
        number = parse_number(self.tokens, start)
        if number is None:
            return None
        if code is not None:
            return self.money(i, number, Unit(MONEY, code))
        j = number.last
        if number.part and low[j] == "of":
            j += 2 if low[j + 1] in ARTICLES or low[j + 1] == "one" else 1
        hyphen = low[j] == "-" and self.hyphen(j)
        if low[j + hyphen] in _UNIT_WORDS:
            unit, last = self.unit(j + hyphen, hyphen, number, i)
            if unit is not None:
                value = number.value * unit.factor if unit.kind in FACTUAL else number.value
                return self.measured(_Part(unit.kind, i, last, value, number, unit, hyphen, number.plus))
        if number.suffix == "m" and (hyphen or low[j] in cues.METRES or (self.headless(j) and "." not in low[i])):
            return _Part(LENGTH, i, j, number.value / number.scale, number)
        if number.suffix == "k" and low[j] in cues.RUNS:
            return _Part(LENGTH, i, j, number.value, number)
        return _Part(COUNT, i, number.last, number.value, number, None, False, number.plus)

    def currency(self, i: int) -> tuple[str | None, int]:
        """The currency sign or code at ``i``, and the index of the number after it."""
        low = self.low
        word = low[i]
        if word in SIGNS:
            return SIGNS[word], i + 1
        if word in DOLLARS and low[i + 1] == "$" and self.glued[i + 1]:
            return DOLLARS[word], i + 2
        if word in CODES and (word != "cad" or low[i + 1] == "$" or "," in low[i + 1]):
            return CODES[word], i + 1 + (low[i + 1] in SIGNS)
        return None, i

    def money(self, first: int, number: Number, unit: Unit) -> _Part:
        """An amount after its currency sign, with a currency word said twice ("£1.2 million pounds", "$5,000 AUD") or "'s" ("£31,000's worth").

        "£1,000s" is a vague plural, and no amount.
        """
        low = self.low
        last = number.last
        word = low[last]
        if word in CODES and unit.code in {"$", CODES[word]}:
            unit, last = Unit(MONEY, CODES[word]), last + 1
        elif (word in POUNDS and unit.code == "GBP") or (word in cues.CURRENCY_WORDS and UNITS[word].code == unit.code):
            last += 1
        if low[last] == "'" and low[last + 1] == "s" and self.glued[last + 1]:
            last += 2
        if low[last] == "s" and self.glued[last]:
            return _Part(REFERENCE, first, last + 1, number.value, number)
        end = skip_plus(self.tokens, last) if low[last] in {"+", "-"} else last
        return _Part(MONEY, first, end, number.value, number, unit, plus=number.plus or end > last)

    def unit(self, j: int, hyphen: bool, number: Number, first: int) -> tuple[Unit | None, int]:
        """The unit at ``j`` of the number that begins at ``first``, and the index after it."""
        low = self.low
        word = low[j]
        if word in POUNDS:
            return self.pound(j, number, first), j + 1
        if word in PHRASE_WORDS and (unit := PHRASES.get((word, low[j + 1]))) is not None:
            return unit, j + 2
        unit = UNITS.get(word)
        if unit is None:
            if word in {"a", "p"} and low[j + 1] == "." and low[j + 2] == "m" and self.glued[j + 2]:
                return UNITS["am"], j + 3 + (low[j + 3] == "." and self.glued[j + 3])
            return None, j
        if unit.glued and (hyphen or not self.glued[j]):
            return None, j
        kind, after = unit.kind, low[j + 1]
        if kind is LENGTH:
            if (after == "per" or after in ARTICLES) and low[j + 2] in {"hour", "second"}:
                return UNITS["mph"], j + 3
            if after == "/" and low[j + 2] in {"h", "s"} and self.glued[j + 1]:
                return UNITS["mph"], j + 3
            if word == "mm" and (after in cues.GUNS or low[j + 2] in cues.GUNS):
                return UNITS["calibre"], j + 1
        elif kind is DURATION:
            if unit.code == "h" and self.is_clock(first):
                return UNITS["am"], j + 1
        elif (word == "g" and number.value in cues.NETWORKS and self.tokens.source(j) == "G") or (word == "p" and number.value in cues.SCAN_LINES):
            return UNITS["cc"], j + 1
        elif word == "grand" and after in {"theft", "piano", "pianos", "jury", "final", "prix", "national"}:
            return None, j
        elif kind is PERCENT and after in {"point", "points"}:
            return unit, j + 2
        return unit, j + 1

    def pound(self, j: int, number: Number, first: int) -> Unit:
        """Weight or money: a weight where it is "of" what is not money, told after "weighing", or followed by ounces or by the same in kilograms."""
        low = self.low
        after = low[j + 1]
        if number.value >= 100_000:
            return POUND_MONEY
        if after == "of" and not any(low[k] in cues.CASH for k in range(j + 2, j + 5)):
            return POUND_MASS
        k = j + 1 + (after in {"(", ","})
        if self.kind[k] == "n" and (lesser := UNITS.get(low[k + 1])) is not None and lesser.kind is MASS:
            return POUND_MASS
        return POUND_MASS if any(low[k] in cues.WEIGH for k in range(max(first - 4, 0), first)) else POUND_MONEY

    def is_clock(self, i: int) -> bool:
        """Whether the four digits at ``i`` are a time on the 24-hour clock ("0645 hours")."""
        digits = self.low[i]
        if len(digits) != 4 or not digits.isdecimal() or int(digits[:2]) > 24 or int(digits[2:]) > 59:
            return False
        return digits[0] == "0" or self.low[i - 1] in cues.TIME_BEFORE

    def measured(self, part: _Part) -> _Part:
        """A part with what may follow its unit: "old", "and a half", a smaller unit, "-plus"."""
        low = self.low
        j = part.last
        number, unit, kind = part.number, part.unit, part.kind
        if unit is None or kind in _ENDED:
            return part
        if kind is DURATION:
            k = j + (low[j] == "-")
            if low[k] in {"old", "olds"}:
                return replace(part, kind=AGE, last=k + 1, value=number.value)
            if low[j] == "of" and low[j + 1] == "age":
                return replace(part, kind=AGE, last=j + 2, value=number.value)
            if low[k] == "long" and k > j:
                return replace(part, last=k + 1)
        if kind in _MEASURED and low[j] == "and" and low[j + 1] in ARTICLES and low[j + 2] in {"half", "quarter"} and number.value % 1 == 0:
            return replace(part, last=j + 3, value=part.value + unit.factor / (2 if low[j + 2] == "half" else 4))
        if not part.attributive and kind in _COMPOSITE:
            part = self.composite(part, unit)
            j = part.last
        if (kind is MASS or kind is VOLUME) and (low[j] in cues.CONTAINERS or low[part.first - 1] == "x"):
            return replace(part, attributive=True)
        end = skip_plus(self.tokens, j) if low[j] in {"+", "-"} else j
        return replace(part, last=end, plus=True) if end > j else part

    def composite(self, part: _Part, unit: Unit) -> _Part:
        """A part in ``unit`` with the smaller units after it: "33 years 5 months", "nine years, eight months", "2lb 3oz".

        What has no exact sum is not added: of "18 months and two weeks" the months stand, and the weeks are taken in without a figure of their own,
        since the release states no term of two weeks.
        """
        low = self.low
        j = part.last
        k = j + (low[j] == "," and (part.kind in _SPANS or low[j - 1] in cues.IMPERIAL))
        k += low[k] in {"and", "&"} and part.kind in _SPANS
        number = parse_number(self.tokens, k)
        if number is None:
            if low[k] not in ARTICLES or low[k + 1] not in {"day", "week", "month"} or low[k - 1] != "and":
                return part
            number = Number(Decimal(1), k + 1, worded=True)
        last = number.last + 1
        lesser = UNITS.get(low[last - 1])
        if lesser is None and low[last - 1] in POUNDS and low[part.last - 1] == "stone":
            lesser = POUND_MASS
        if lesser is None or lesser.kind is not part.kind or low[last] in cues.ELAPSED or self.hyphen(last) or low[last] in {"old", "long"}:
            return part
        if lesser.code == unit.code:
            if lesser.factor >= unit.factor or number.value * lesser.factor >= unit.factor:
                return part
            if part.kind in {LENGTH, TIME}:
                return replace(part, last=last)
            return self.composite(replace(part, last=last, value=part.value + number.value * lesser.factor), lesser)
        if unit.code == "mo" and lesser.code == "d" and low[j] != ",":
            return self.composite(replace(part, last=last), lesser)
        return part

    # ---- Ranges and lists -------------------------------------------------------------------------------------------------------------

    def pair(self, part: _Part) -> tuple[_Part, _Part] | None:
        """The two ends of the range that ``part`` begins, with one kind, unit and scale; None where it begins none."""
        low = self.low
        j = part.last
        joint = low[j]
        if joint not in _JOINTS or part.attributive or part.number.part or part.plus:
            return None
        bounded = low[part.first - 1] in {"between", "from"} or low[part.first - 2] == "between"
        k = j + 1
        if (joint == "-" and not self.glued[k] and low[k] in {"to", "or"}) or (joint == "up" and low[k] == "to"):
            k += 1
        elif joint == "up" or (joint == "and" and "between" not in low[max(part.first - 2, 0) : part.first]):
            return None
        if low[k] not in NUMBER_WORDS and self.kind[k] != "n" and not self.currency(k)[0] and low[k] not in ARTICLES:
            return None
        if joint == "-" and self.tokens.source(j) == "—":
            return None
        upper = self.part(k)
        if upper is None:
            return None
        lower = part
        if upper.kind is COUNT and part.kind is not COUNT:
            tight = (joint == "-" and self.glued[k]) or bounded or upper.number.scale > 1
            if part.kind is not MONEY or part.unit is None or not tight:
                return None
            upper = replace(upper, kind=MONEY, unit=part.unit)
        elif part.kind is COUNT and upper.kind is not COUNT:
            if upper.first != upper.number.last - 1 and self.currency(upper.first)[0]:
                return None
            factor = upper.unit.factor if upper.unit and upper.kind in FACTUAL else Decimal(1)
            lower = replace(part, kind=upper.kind, value=part.value * factor, unit=upper.unit)
        elif part.kind is not upper.kind or (part.unit and part.unit.code) != (upper.unit and upper.unit.code):
            return None
        scale = upper.number.scale
        if part.number.scale == 1 < scale and part.number.value * scale < upper.number.value:
            lower = replace(lower, value=lower.value * scale)
        if scale == 1 and joint == "-" and part.number.value < 1000 <= upper.value and low[upper.last - 1].endswith(",000"):
            lower = replace(lower, value=lower.value * 1000)
        if joint == "or" and (part.kind is MONEY or upper.number.value > 2 * part.number.value):
            return None
        return (lower, upper) if lower.value < upper.value else None

    def suspended(self, part: _Part) -> _Part:
        """``part`` with the unit that a hyphen leaves to the next number: "13- and 14-year-olds", "two- and three-bed"."""
        j = part.last
        if part.kind is not COUNT or self.low[j] != "-" or not self.glued[j] or self.glued[j + 1] or self.low[j + 1] not in {"and", "or", ","}:
            return part
        other = self.part(j + 2)
        if other is None or not (other.attributive or self.hyphen(other.last)):
            return part
        if other.unit is None:
            return replace(part, kind=REFERENCE, last=j + 1, attributive=True)
        factor = other.unit.factor if other.kind in FACTUAL else Decimal(1)
        return replace(part, kind=other.kind, last=j + 1, value=part.value * factor, unit=other.unit, attributive=True)

    def share_unit(self, part: _Part) -> None:
        """Give the unit of ``part`` to the bare numbers joined to it: "10 and 15 kilos", "two, three and five years"."""
        low = self.low
        unit, first = part.unit, part.first
        joints = frozenset({"and", "or"})
        if unit is None or low[part.last] in cues.SINCE:
            return
        for n in range(len(self.figures) - 1, -1, -1):
            figure = self.figures[n]
            if figure.kind is not COUNT or figure.last != first - 1 or low[first - 1] not in joints:
                return
            if figure.high is not None or figure.per is not None or not self.alike(figure.worded, figure.value, part):
                return
            self.figures[n] = replace(figure, kind=part.kind, unit=unit.code, value=_tidy(figure.value * unit.factor), attributive=part.attributive)
            first, joints = figure.first, frozenset({","})

    def share_age(self, part: _Part) -> None:
        """Make ages of the bare numbers joined to "-year-old": "13- and 14-year-olds", "12, 13 and 15-year-olds"."""
        first = part.first
        needed = cues.AGE_JOINTS - {",", "a"}
        for n in range(len(self.figures) - 1, -1, -1):
            figure = self.figures[n]
            between = self.low[figure.last : first] if first - figure.last <= 3 else []
            if (
                figure.kind is not COUNT
                or figure.value > _OLDEST
                or not self.alike(figure.worded, figure.value, part)
                or not cues.AGE_JOINTS.issuperset(between)
            ):
                return
            if not needed.intersection(between) or ("a" in between and "-" not in between):
                return
            self.figures[n] = Figure(AGE, figure.first, figure.last, figure.value, worded=figure.worded)
            first, needed = figure.first, cues.AGE_JOINTS

    def alike(self, worded: bool, value: Decimal, part: _Part) -> bool:
        """Whether a number and a part are written alike: both in digits or both in words, or in words up to ten only ("eight and 10 years")."""
        return worded is part.number.worded or (value if worded else part.number.value) <= 10

    # ---- Digits glued to something ----------------------------------------------------------------------------------------------------

    def read_joined(self, i: int) -> bool:
        """Take the telephone number, clock time, reference or dimension whose digits are at ``i``; False where the number stands by itself."""
        low, kind, glued = self.low, self.kind, self.glued
        digits, after = digits_of(low[i]), low[i + 1]
        if not digits.isascii():
            return False
        if glued[i] and i > self.floor and self.read_glued_left(i):
            return True
        plain = low[i].isdecimal()
        if plain and digits[0] == "0" and len(digits) > 3 and not (low[i + 1] in cues.HOURS and self.is_clock(i)):
            if self.label(i) or low[i + 1] == "/":
                self.put_reference(i, i)
            else:
                self.put_phone(i, i)
            return True
        if len(digits) > MAX_DIGITS and parse_number(self.tokens, i) is None:
            self.put_reference(i, i)
            return True
        if not glued[i + 1]:
            following = digits_of(low[i + 1])
            dialled = plain and len(digits) > 2 < len(following) and following.isdecimal() and "," not in low[i + 1]
            if dialled and (len(digits) + len(following) > 9 or not "1900" <= digits <= "2099"):
                self.put_phone(i, i)
                return True
            return False
        if kind[i + 1] == "w":
            if after in cues.GLUED_WORDS or after in UNITS or after in POUNDS or low[i + 2] == "." or (after == "x" and not glued[i + 2]):
                return False
            if after == "x" and (found := self.part(i + 2)) is not None and found.kind is MASS:
                return False
            if parse_number(self.tokens, i) != Number(Decimal(digits), i + 1):
                return False
            self.put_reference(i, i)
            return True
        if after == ")" and low[i - 1] == "(" and len(digits) == 3 and self.run(i + 2) == [3, 4]:
            self.put_phone(i - 1 if i > self.floor else i, i)
            return True
        if not glued[i + 2] or kind[i + 2] not in {"n", "w"}:
            return False
        if kind[i + 2] == "w":
            if after in cues.URL_MARKS or (after == "." and low[i + 2] == self.tokens.source(i + 2)):
                self.put_reference(i, i)
                return True
            return False
        if after == ":":
            self.put_clock(i)
        elif after == "'":
            self.put(LENGTH, i, i + 3, Decimal(digits))
        elif after == "/":
            number = parse_number(self.tokens, i)
            if number is not None and number.part:
                return False
            rating = plain and len(digits) < 3 and low[i + 2].isdecimal() and int(digits) <= int(low[i + 2][:3]) <= 10 and not glued[i + 3]
            if rating:
                self.put(RATIO, i, i + 3, Decimal(digits))
            else:
                self.put_reference(i, i)
        elif after in {"-", "."}:
            lengths = self.run(i)
            if after == "-" and len(lengths) == 2 and self.is_span(i):
                return False
            if tuple(lengths) in cues.PHONE_RUNS or (digits[0] == "0" and 9 <= sum(lengths) <= 11):
                self.put_phone(i, i)
            else:
                self.put_reference(i, i)
        elif after in cues.URL_MARKS:
            self.put_reference(i, i)
        else:
            return False
        return True

    def read_glued_left(self, i: int) -> bool:
        """Take the number at ``i`` where what is glued before it makes it no plain one."""
        low, kind, glued = self.low, self.kind, self.glued
        mark, before = low[i - 1], kind[i - 1]
        inner = glued[i - 1] and i - 1 > self.floor
        if before == "w":
            if len(mark) > 4 and self.tokens.source(i - 1).islower():
                return False
            self.put_reference(i - 1, i)
        elif mark == "+":
            self.put_phone(i - 1, i)
        elif mark == "." and not glued[i - 1]:
            self.put_point(i)
        elif mark == "#" or (inner and (mark in cues.URL_MARKS or (mark in {".", ":"} and kind[i - 2] == "n"))):
            self.put_reference(i, i)
        elif mark == "-" and inner and kind[i - 2] in {"n", "w"} and self.tokens.source(i - 1) in cues.HYPHENS:
            if low[i - 2] in cues.AGE_PREFIXES and low[i].isdecimal() and len(low[i]) == 2:
                self.put(AGE, i, i + 1 + (low[i + 1] == "s" and glued[i + 1]), Decimal(low[i]))
            else:
                self.put_reference(i, i)
        else:
            return False
        return True

    def run(self, i: int) -> list[int]:
        """How many digits stand in each of the groups at ``i`` that hyphens or points join."""
        lengths: list[int] = []
        while self.kind[i] == "n" and len(lengths) < 5:
            lengths.extend(len(group) for group in digits_of(self.low[i]).split("."))
            if self.low[i + 1] not in {"-", "."} or not (self.glued[i + 1] and self.glued[i + 2]):
                break
            i += 2
        return lengths

    def is_span(self, i: int) -> bool:
        """Whether "10-12" at ``i`` may be a range: rising, of like size, and not written like a telephone number."""
        left, right = digits_of(self.low[i]), digits_of(self.low[i + 2])
        if left[0] == "0" or len(right) > MAX_DIGITS:
            return False
        if not (left.isdecimal() and right.isdecimal()):
            return True
        telephone = len(left) == 3 and len(right) == 4 and "," not in self.low[i + 2]
        scaled = self.low[i + 3] in cues.SCALE_WORDS or self.low[i + 2].endswith(",000") or self.low[i - 1] in SIGNS
        return (int(left) < int(right) and len(right) - len(left) <= 1 and not telephone) or scaled

    def put_reference(self, first: int, i: int) -> None:
        """Put out the digits at ``i`` and all that is glued after them, from ``first``."""
        low, kind, glued = self.low, self.kind, self.glued
        j = i + 1
        while glued[j] and (kind[j] in {"n", "w"} or (low[j] in cues.REFERENCE_MARKS and glued[j + 1] and kind[j + 1] in {"n", "w"})):
            j += 1
        self.put(REFERENCE, max(first, self.floor), j, Decimal(digits_of(low[i])))

    def put_phone(self, first: int, i: int) -> None:
        """Put out the telephone number that begins at ``first``, its first digits at ``i``."""
        low, kind = self.low, self.kind
        total = size = len(digits_of(low[i]))
        most = 14 if low[first] == "+" else 12
        last = i + 1
        while True:
            j = last
            while j < last + 2 and (low[j] in {"-", "(", ")"} or (low[j] == "." and self.glued[j] and self.glued[j + 1])):
                j += 1
            if kind[j] == "n":
                previous, size = size, len(digits_of(low[j]))
                if "," in low[j] or total + size > most or (size < 3 and total > 4 and previous != 2) or (size == 1 and low[j] != "0"):
                    break
            elif low[last] == "-" and j == last + 1 and kind[j] == "w" and self.tokens.source(j).isupper():
                size = len(low[j])
            else:
                break
            total, last = total + size, j + 1
            if kind[j] == "w":
                last += 3 if low[last] == "(" and kind[last + 1] == "n" and low[last + 2] == ")" else 0
                break
        self.put(PHONE, first, last, Decimal(digits_of(low[i])))

    def put_clock(self, i: int) -> None:
        """Put out "06:15", "2:14 pm", "16:05:40"; what cannot be a time is a ratio ("3:1") or a reference."""
        low, glued = self.low, self.glued
        hour, minute = low[i], low[i + 2]
        if not (hour.isdecimal() and len(hour) <= 2 and minute.isdecimal()):
            self.put_reference(i, i)
        elif len(minute) != 2 or int(hour) > 24 or int(minute) > 59:
            self.put(RATIO, i, i + 3, Decimal(hour))
        else:
            last = i + 3
            if low[last] == ":" and glued[last] and glued[last + 1]:
                last += 2
            if low[last] in cues.CLOCK_WORDS:
                last += 1
            elif low[last] in {"a", "p"} and low[last + 1] == "." and low[last + 2] == "m":
                last += 3 + (low[last + 3] == "." and glued[last + 3])
            self.put(TIME, i, last, Decimal(hour))

    def put_point(self, i: int) -> None:
        """Put out ".22": a decimal before a unit, else a calibre."""
        unit = UNITS.get(self.low[i + 1])
        digits = digits_of(self.low[i]) if self.low[i].isdecimal() else ""
        if not digits or len(digits) > MAX_DIGITS:
            self.put_reference(i, i)
        elif unit is not None and unit.kind in {MASS, VOLUME, LENGTH, PERCENT}:
            number = Number(Decimal(f"0.{digits}"), i + 1)
            self.put_part(_Part(unit.kind, i - 1, i + 2, number.value * unit.factor, number, unit))
        else:
            self.put(CALIBRE, i - 1, i + 1 + (unit is not None and unit.kind is CALIBRE), Decimal(f"0.{digits}"))

    # ---- What a bare number means -----------------------------------------------------------------------------------------------------

    def meaning(self, part: _Part, last: int) -> tuple[FigureKind | None, int, bool]:
        """What the number (or range) from ``part.first`` to ``last`` without a unit is, where it ends, and whether it is hyphenated to its noun.

        None stands for no figure at all: "no one", "half past", "zero tolerance".
        """
        low = self.low
        number, i, after = part.number, part.first, low[last]
        digits = self.kind[i] == "n"
        if number.part:
            return (RATIO if after in {"of", "the", "their", "its"} or not low[last - 1].startswith(("half", "quarter")) else None), last, False
        if self.glued[last] and self.kind[last] == "w" and digits:
            return self.meaning_glued(number, last)
        if after == "x" and self.kind[last + 1] in {"n", "w"} and low[last + 1] not in cues.THAN:
            return COUNT, last + 1, False
        if after == "-" and self.hyphen(last):
            return self.meaning_hyphenated(last)
        if low[i - 1] in {"past", "to"} and low[i - 2] in {"half", "quarter"}:
            return TIME, last, False
        if digits and number.scale == 1 and "." in low[i]:
            return (TIME if _is_pointed_time(low[i]) else REFERENCE), last, False
        if digits and self.is_phone(i, last):
            return PHONE, last, False
        if self.is_age(number, i, last):
            return AGE, last, False
        if self.label(i) if digits else low[i - 1] in cues.LABELS_WORDED and low[i - 2] not in cues.DETERMINERS and self.headless(last):
            while low[last] == "(" and self.glued[last] and low[last + 2] == ")":
                last += 3
            return REFERENCE, last, False
        if after in _RATIOS and (end := self.ratio(number, last)) is not None:
            return RATIO, end, False
        if not number.value or (number.value == 1 and number.worded and self.is_pronoun(i, last)):
            return None, last, False
        if digits and (after in cues.AFTER_MODEL or self.is_street(last) or self.is_year(low[i], last)):
            return REFERENCE, last, False
        if digits and low[i].isdecimal() and (len(low[i]) > 8 or (low[i][0] == "0" and len(low[i]) > 1)):
            return REFERENCE, last, False
        return COUNT, last, False

    def meaning_glued(self, number: Number, last: int) -> tuple[FigureKind | None, int, bool]:
        """What digits are whose letters are glued: "21st", "30s", "2x"."""
        word = self.low[last]
        if word in {"st", "nd", "rd", "th"}:
            return ORDINAL, last + 1, False
        if word == "s":
            return (AGE if number.value < 100 else REFERENCE), last + 1, False
        if word == "x":
            times = self.low[last + 1] in cues.THAN or self.kind[last + 1] not in {"n", "w"}
            return (RATIO if times else COUNT), last + 1, False
        return REFERENCE, last + 1, False

    def meaning_hyphenated(self, last: int) -> tuple[FigureKind | None, int, bool]:
        """What a number is that a hyphen joins to the next word: "twenty-first", "40-strong", "26-member", "one-in-five", "two-storey"."""
        word = self.low[last + 1]
        if word in cues.ORDINALS:
            return ORDINAL, last + 2, False
        if word == "odd":
            return COUNT, last, False
        if word in {"strong", "member", "man", "person", "count"}:
            return COUNT, last + 2, True
        if word == "fold":
            return RATIO, last + 2, False
        if word == "in" and self.hyphen(last + 2) and (number := parse_number(self.tokens, last + 3)) is not None:
            return RATIO, number.last, False
        return REFERENCE, last + 2, True

    def is_phone(self, i: int, last: int) -> bool:
        """Whether the digits at ``i`` are dialled: an emergency or short number, or any after "call" or "text … to"."""
        low = self.low
        digits = digits_of(low[i])
        before = low[i - 2] if low[i - 1] in {":", "."} else low[i - 1]
        if digits in cues.HELPLINES:
            if "," not in low[i] and (self.headless(last) or before in cues.CALLING):
                return True  # not "116,000 plants"
        elif digits in cues.EMERGENCY:
            if before in cues.ON_CALL or low[last] in cues.OFF_CALL:
                return True
            if digits in cues.ALARMS and self.headless(last) and low[last] not in {"of", "in"}:
                return True
        if before in cues.CALLING and len(digits) >= 3 + (before in cues.HANDSETS) and digits.isdecimal():
            return self.headless(last) or len(digits) > 4
        return before == "to" and 4 <= len(digits) <= 6 and any(low[k] in {"text", "texting", "sms"} for k in range(max(i - 5, 0), i))

    def is_age(self, number: Number, i: int, last: int) -> bool:
        """Whether the bare number at ``i`` is somebody's age, by the words before it ("aged", "a boy of") or its commas ("Okafor, 29, of")."""
        low = self.low
        if number.value > _OLDEST or number.scale != 1 or number.value % 1:
            return False
        before, after = low[i - 1], low[last]
        k = i - 1
        while k > i - 4 and low[k] in cues.AGE_SKIP:
            k -= 1
        if low[k] in cues.AGED and low[k - 1] != "all" and (k == i - 1 or low[k] not in {"turned", "turning"}):
            return True
        if before == "as" and low[i - 2] in {"young", "old"}:
            return True
        if before == "of" and low[i - 2] in cues.PERSONS:
            return True
        if before in {"was", "is"} and low[i - 2] in {"who", "he", "she"} and number.value >= 5:
            return self.headless(last)
        if before == "under":
            return not number.worded and number.value <= 25 and low[i - 2] not in cues.NEARLY_UNDER and self.headless(last)
        if self.headless(last) and not _ELDEST.isdisjoint(low[max(i - 4, 0) : i]):
            return True
        if before not in {"(", ","} or number.worded or number.value < 10 or self.kind[i - 2] != "w":
            return False
        person = low[i - 2] in cues.PERSONS or self.opens_ages(i, last)
        named = self.is_capital(i - 2) and low[i - 3] not in {"in", "at", "across", "near"}
        if before == "(" and after == ")":
            return person or (named and (self.is_capital(i - 3) or low[last + 1] in {",", "of", "from", "was", "and", ".", "who"}))
        if before != "," or not (person or named):
            return False
        if after in {",", ")", ".", ";", ":", "-", ""} or self.opens_ages(i, last):
            return True
        if after in {"of", "from", "formerly"}:
            return person or self.is_capital(last + 1)
        return after in cues.VERBS_OF_PERSON and (person or self.is_capital(i - 3))

    def opens_ages(self, i: int, last: int) -> bool:
        """Whether the number at ``i`` is the first age of several people just counted: "three men, 21, 30 and 44"."""
        counted = self.low[i - 2] in cues.PERSONS_PLURAL and bool(self.figures) and i - self.figures[-1].last <= 4
        return counted and self.low[i - 1] == "," and self.low[last] in {",", "and", "&"} and self.kind[last + 1] == "n"

    def label(self, i: int) -> bool:
        """Whether the word before the digits at ``i`` names what they refer to: "section 18", "Class 1", "File #: 2023", "KingQuad 500"."""
        low = self.low
        k = i - 1
        while k > i - 4 and low[k] in {".", ":", "#"}:
            k -= 1
        word = low[k]
        if k < i - 1:
            return low[i - 1] == "#" or word in (cues.REFERENCES if ":" in low[k + 1 : i] else cues.ABBREVIATED)
        if word in cues.LABELS:
            return word not in cues.LABELS_GUARDED or low[k - 1] not in cues.DETERMINERS
        if self.kind[k] != "w":
            return False
        if word == "year":
            return len(low[i]) <= 2 and low[k - 1] not in cues.RECENT
        source = self.tokens.source(k)
        if not source.islower():
            if (word in cues.LABELS_CAPITAL and not (word in PERIODS and low[k - 1] in cues.RECENT)) or (
                source.isupper() and len(word) < 6 and low[k - 1] in cues.REFERENCES
            ):
                return True
            return not source.isupper() and not source[1:].islower() and source.isalpha() and not source.startswith(("Mc", "Mac")) and len(source) > 2
        return False

    def ratio(self, number: Number, last: int) -> int | None:
        """The end of "one in five", "nine out of ten", "four times" whose first number ends at ``last``; None where it is no ratio."""
        low = self.low
        word = low[last]
        if word == "times":
            return (self.ratio(number, last + 1) if low[last + 1] in {"in", "out"} else None) or last + 1
        if word == "x":
            return last + 1 if low[last + 1] in cues.THAN else None
        j = last + 1 + (word == "out" and low[last + 1] == "of")
        if word != "in" and j == last + 1:
            return None
        every = low[j] == "every"
        whole = self.part(j + every)
        if whole is None or whole.kind is not COUNT or whole.value <= number.value or whole.number.part:
            return None
        return whole.last if every or (whole.value in cues.ROUND and number.value <= 10) else None

    def is_pronoun(self, i: int, last: int) -> bool:
        """Whether the "one" at ``i`` counts nothing: "no one", "one another", "in one case", "one of the most"."""
        low = self.low
        if low[i - 1] in cues.NOT_ONE_BEFORE or low[last] in cues.NOT_ONE_AFTER:
            return True
        if low[i - 1] == "in" and low[last] in {"case", "instance", "example", "sense"}:
            return True
        if low[i - 1] == "the" and low[last] in {"who", "that", "which", "and", "place", "thing"}:
            return True
        if low[last] != "of":
            return False
        for k in range(last + 1, last + 7):
            word = low[k]
            if word in cues.SUPERLATIVES or (word.endswith("est") and word not in cues.NOT_SUPERLATIVE):
                return True
            if self.kind[k] != "w":
                return False
        return False

    def is_street(self, j: int) -> bool:
        """Whether a street's name begins at ``j``: words with capital letters, the last of them "Road" or the like."""
        if not self.is_capital(j):
            return False
        for k in range(j + 1, j + 4):
            if not self.is_capital(k):
                return False
            if self.low[k] in cues.STREETS:
                return True
        return False

    def is_year(self, digits: str, last: int) -> bool:
        """Whether the digits look like a year that no reader of dates took, with nothing after them to count."""
        if len(digits) != 4 or not "1900" <= digits <= "2099":
            return False
        return self.headless(last) or (self.low[last - 2] in cues.DETERMINERS and not self.low[last].endswith("s"))

    # ---- Small looks ------------------------------------------------------------------------------------------------------------------

    def hyphen(self, j: int) -> bool:
        """Whether token ``j`` is a hyphen (no dash) that joins what stands before it to a word."""
        return self.low[j] == "-" and self.glued[j] and self.glued[j + 1] and self.kind[j + 1] == "w" and self.tokens.source(j) in cues.HYPHENS

    def headless(self, j: int) -> bool:
        """Whether no noun can begin at ``j``: a mark, the end, or a function word or verb."""
        return self.kind[j] not in {"w", "n"} or self.low[j] in cues.FUNCTION

    def is_capital(self, j: int) -> bool:
        """Whether token ``j`` is a word with a capital letter."""
        return self.kind[j] == "w" and self.tokens.text[self.tokens.start[j]].isupper()


def _is_pointed_time(token: str) -> bool:
    """Whether "9.20" may be a time of day."""
    hour, _, minute = token.partition(".")
    return len(minute) == 2 and int(minute) < 60 and len(hour) <= 2 and int(hour) <= 24


def _tidy(value: Decimal) -> Decimal:
    """``value`` without a fraction of noughts ("500000.0" is 500000) and without an exponent."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
