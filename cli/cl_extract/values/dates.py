"""Written dates -> inclusive ISO 8601 spans: every form that releases use, British order first.

Two steps, both pure. ``scan_dates`` finds what is written, with the parts that are told; ``resolve_date`` adds the year that a release leaves
out (record.md, "Shape": the year that the weekday fits and that lies nearest before publication, or nearest after it where the sentence
looks ahead, which ``looks_forward`` tells).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from cl_extract.value import replace, value
from cl_extract.values.tokens import Tokens
from cl_extract.values.vocabulary import DATE_WORDS, DAYS, MONTHS, STEPS, WEEKDAYS


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EARLIEST, _LATEST = 1900, 2099
_SHORT = 4  # letters of the longest abbreviation, "Sept"
_LONGEST_LIST = 8

# Words of dates.
_ORDINALS = _words("st nd rd th")
_PARTS_OF_DAY = _words("morning lunchtime afternoon evening night")
_UNITS: dict[str, Unit] = {"week": "week", "weekend": "weekend", "month": "month", "year": "year"}
_TO = _words("to until till through - /")
_AND = _words("and & to until till -")
_LISTED = _words(", and & or")
_EDGES = _words("start beginning middle end")

# Words that make a month or a year alone a time, before it ...
_TIME = _words("in since during throughout until till before after last next this early mid late back")
_WEAK = _words("from by to for through around of")  # only where no name or count follows
_DETERMINERS = _words("the our its their his her that a")
_STRETCHES = _words("start beginning middle end rest month months part half quarter whole most spring summer autumn winter christmas year years")
# ... and after it.
_ACTIVITIES = _words(
    "campaign operation activity crackdown drive total totals figure figures results report levels average baseline survey period week weekend raids "
    "surrender amnesty season festival edition event events meeting hearing election intensification"
)
_ROADS = _words("road street avenue lane close drive way walk crescent terrace court place gardens grove square hill house")
_LAWS = _words("act acts regulation regulations order orders code rules bill guidelines convention plate plates reg registration model ©")

# Words after a number that tell that it counts them, plurals in -s aside.
_COUNTED = _words(
    "people men women children young teenage adult male female police staff more other others further suspected separate of "
    "kg g lb lbs oz ml per percent hundred thousand million"
)
_NOT_COUNTED = _words("was is has this as its his us yes across towards besides perhaps alias plus minus versus thus always sometimes")

# Words that look ahead, words that look back again, and words after which "until" looks ahead.
_AHEAD = _words("will shall upcoming forthcoming scheduled expected planned adjourned postponed due next ahead")
_AHEAD_SOON = _words("takes runs starts begins opens closes ends returns continues leads")  # close before the date only
_BACK = _words("was were had did saw ran took made held led began came gave went found said following after since last ago yesterday")
_VERBS = _BACK | _words("have has are is who remain")
_TURNS = _AHEAD | _AHEAD_SOON | _BACK | {"until", "to", "is", "are", "set"}  # besides "they'll", and "arrested" and the like
_BE = _words("be been being is are get")
_PLANS = _words("be appear face stand take return")  # after "is to"
_CAUSES = _words("a an the his her their its this")  # after "due to", which tells a cause then
_HELD = _words("bail bailed custody remanded adjourned postponed")
_NOW = _words("is are remain remains")
_STOPS = frozenset(".!?;")
_SENTENCE = 40  # tokens of a sentence that are looked at on each side of a date
_CLOSE = 8

# How far a yearless date may lie from publication; 29 February comes as seldom as every eight years.
_YEARS, _MONTHS_AROUND = 8, 24
# A date whose weekday fits is taken on the other side of publication where it lies this near to it, and the nearest on this side does not fit.
_SOON = dt.timedelta(days=60)

Unit = Literal["day", "week", "weekend", "month", "year"]


@value(frozen=True, slots=True)
class Partial:
    """The parts of a date that are told.

    ``weekday`` counts from Monday, 0. ``shift`` is a year told by words: -1 for "last year", 0 for "this". ``same``: "that year", the one told
    before.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    shift: int | None = None
    same: bool = False

    def in_year(self, year: int) -> Partial:
        """The same in a year, its own where it is told."""
        return Partial(self.day, self.month, self.year or year, self.weekday, self.shift, self.same)


@value(frozen=True, slots=True)
class DateSpan:
    """A written date, or two that bound a span, over the tokens ``first`` to ``last`` (exclusive).

    ``end`` is None where one date is told. ``unit`` is set where only publication can settle the date ("last week", "yesterday"). ``step`` is -1, 0
    or 1 for "last", "this" or "next" before the unit, the weekday or the month, else None.
    """

    first: int
    last: int
    start: Partial = Partial()
    end: Partial | None = None
    unit: Unit | None = None
    step: int | None = None

    @property
    def relative(self) -> bool:
        """Whether the date is told only relative to publication."""
        return self.unit is not None or (self.start.weekday is not None and self.start.day is None)


@value(frozen=True, slots=True)
class ResolvedDate:
    """Inclusive dates. ``relative``: told only relative to publication. ``warning`` tells of a weekday that contradicts its date."""

    start: dt.date
    end: dt.date
    relative: bool = False
    warning: str | None = None


def scan_dates(tokens: Tokens) -> list[DateSpan]:
    """Every date and span of dates that the tokens write, in order and without overlap."""
    low, kind = tokens.low, tokens.kind
    starts = [i for i in tokens.openers if (_may_be_dated(tokens, i) if kind[i] == "n" else low[i] in DATE_WORDS)]
    if not starts:
        return []
    spans: list[DateSpan] = []
    reader = _Reader(tokens)
    last = 0
    for i in starts:
        if i >= last and (found := reader.dates(i, spans[-1] if spans else None)):
            spans += found
            last = found[-1].last
    return spans


def _may_be_dated(tokens: Tokens, i: int) -> bool:
    """Whether a date can start with the number ``i``: a cheap look before the grammar is tried.

    It needs a month, four digits, or a stroke with another number after it.
    """
    low = tokens.low
    if len(low[i]) == 4 or (low[i + 1] in _STROKES and tokens.kind[i + 2] == "n") or "." in low[i]:
        return True
    return not _MONTHS.isdisjoint(low[i + 1 : i + _NEAR])


_NEAR = 20  # tokens within which the month of a day stands, the items of a list between
_STROKES = frozenset({"/", "-", "."})
_MONTHS = frozenset(MONTHS)
# What is told, and the token after it.
_Point = tuple[Partial, int]


class _Reader:
    """A recursive-descent reader: each method tells what stands at a token, None where that is not there. No method looks far ahead."""

    __slots__ = ("glued", "kind", "low", "tokens")

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.low, self.kind = tokens.low, tokens.kind
        self.glued = [False, *tokens.glued[1:]]  # those of a cell may follow others

    def capital(self, i: int) -> bool:
        return self.kind[i] == "w" and self.tokens.source(i)[:1].isupper()

    def possessive(self, i: int) -> bool:
        return self.kind[i] == "w" and len(self.tokens.source(i)) > len(self.low[i])

    def counts(self, i: int) -> bool:
        """Whether the word at ``i`` is what the number before it counts: "people", a plural."""
        low = self.low[i]
        if self.kind[i] != "w" or low in MONTHS or low in WEEKDAYS or self.possessive(i):
            return False
        return low in _COUNTED or (len(low) > 3 and low.endswith("s") and not low.endswith("ss") and low not in _NOT_COUNTED)

    # Dates.

    def dates(self, i: int, previous: DateSpan | None) -> list[DateSpan]:
        """The date that starts at token ``i``, or the dates of a list that starts there. ``previous`` is the date before it."""
        low = self.low[i]
        if low in {"between", "from"}:
            span = self.opened(i)
        elif low in DAYS:
            span = DateSpan(i, i + 1, unit="day", step=DAYS[low])
        elif low in STEPS:
            span = self.stepped(i)
        else:
            linked = previous if previous and i - previous.last in {1, 2} and self.low[i - 1] in _LISTED else None
            point = self.point(i)
            span = self.span(i, point, _TO) if point else None
            if point and span is None:
                series = self.series(i, point)
                if series:
                    return series
                span = self.single(i, *point, linked)
            span = span or self.weekday_alone(i) or self.years(i, linked)
        return [span] if span else []

    def opened(self, i: int) -> DateSpan | None:
        """A span that "between" or "from" opens."""
        first = self.lead(i + 1)
        point = self.point(first) or self.year_point(first)
        return self.span(i, point, _AND if self.low[i] == "between" else _TO) if point else None

    def span(self, first: int, point: _Point, joints: frozenset[str]) -> DateSpan | None:
        """The span whose first date is ``point``, where a joint and a second date follow. Each date lends the other its month."""
        start, at = point
        if self.low[at] == "at":
            at = self.clock(at + 1) or at
        at += self.low[at] == "," and self.low[at + 1] in joints
        at += self.low[at] in {"up", "right"}
        if self.low[at] not in joints:
            return None
        at += 2 if (self.low[at], self.low[at + 1]) == ("through", "to") else 1
        second = self.point(self.lead(at)) or self.year_point(self.lead(at))
        if second is None:
            return None
        end, last = second
        if end.month is None and end.day is not None and start.day is not None and start.month is not None:
            if end.day <= start.day or (joints is not _AND and self.counts(last)):
                return None
            end, last = self.with_year(replace(end, month=start.month), last)
        if start.month is None and start.day is not None and end.day is not None and end.month is not None:
            before = start.day >= end.day
            if before and start.weekday is None:
                return None
            start = replace(start, month=(end.month - before) or 12)
        whole = (start.month is None and start.year is None) or (end.month is None and end.year is None)
        if whole or (start.day is None) != (end.day is None) or (start.month and end.day and not end.month) or self.road(last):
            return None
        return DateSpan(first, last, start, end)

    def series(self, first: int, point: _Point) -> list[DateSpan]:
        """The dates of a list that shares a month or a year: "3, 10 and 17 March", "March 3 and 17", "March, June and October 2021".

        Neighbours make one span: "4 and 5 March", "May and June".
        """
        items = self.listed(first, point)
        if not items or self.road(items[-1][2]):
            return []
        partials = [partial for _, partial, _ in items]
        (start, *inner, end), last = partials, items[-1][2]
        months = [partial.month for partial in partials if partial.month]
        if any(partial.year is not None or partial.shift is not None for partial in [start, *inner]):
            return []
        if all(partial.day for partial in partials):
            numbers = [partial.day or 0 for partial in partials]
            if len(months) != 1 or any(partial.month for partial in inner) or numbers != sorted(set(numbers)):
                return []
            if start.month and (
                self.low[items[0][2] - 1] in MONTHS or items[1][0] - items[0][2] > 1 or self.counts(last) or self.low[last] in _VERBS
            ):
                return []  # "since 1 April, and 18 have been referred"
            end, last = self.with_year(replace(end, month=months[0]), last)
            made = [replace(partial, month=end.month, year=end.year, shift=end.shift) for partial in partials]
        else:
            numbers = months
            if any(partial.day for partial in partials) or not all(self.capital(at) for at, _, _ in items):
                return []
            if end.year is None and end.shift is None and not self.month_is_time(first, items[0][2]):
                return []
            made = [
                replace(partial, year=end.year and end.year - (month > months[-1]), shift=end.shift)
                for partial, month in zip(partials, months, strict=True)
            ]
        if all(after - before in {1, -11} for before, after in pairwise(numbers)):
            return [DateSpan(first, last, made[0], made[-1])]
        stops = [*(stop for _, _, stop in items[:-1]), last]
        return [DateSpan(at, stop, partial) for (at, _, _), stop, partial in zip(items, stops, made, strict=True)]

    def listed(self, first: int, point: _Point) -> list[tuple[int, Partial, int]]:
        """The first token, the date and the token after it, of each point of a list that "and" closes; empty where there is none."""
        items = [(first, *point)]
        if point[0].month is None and MONTHS.keys().isdisjoint(self.low[first : first + _SENTENCE]):
            return []
        while len(items) < _LONGEST_LIST:
            at = items[-1][2]
            comma = self.low[at] == ","
            closes = self.low[at + comma] in {"and", "&"}
            found = self.point(at + comma + closes) if comma or closes else None
            if found is None:
                return []
            items.append((at + comma + closes, *found))
            if closes:
                return items
        return []

    def single(self, i: int, partial: Partial, at: int, linked: DateSpan | None) -> DateSpan | None:
        """One date that is told well enough to be one. A month alone may be so as the next in a list after ``linked``."""
        if self.road(at):
            return None
        if partial.month is None:
            ordinal = self.low[at - 1] in _ORDINALS
            return DateSpan(i, at, partial) if ordinal and partial.weekday is not None else None
        told = partial.day is not None or partial.year is not None or partial.shift is not None
        listed = linked is not None and linked.start.month is not None and linked.start.day is None and self.capital(i)
        return DateSpan(i, at, partial) if told or listed or self.month_is_time(i, at) else None

    def stepped(self, i: int) -> DateSpan | None:
        """What "last", "this" or "next" at ``i`` goes with: "last week", "this morning", "next Tuesday", "last June"."""
        step, low = STEPS[self.low[i]], self.low[i + 1]
        if low in _UNITS and self.low[i - 1] not in {"the", "past"}:
            return DateSpan(i, i + 2, unit=_UNITS[low], step=step)
        if low in _PARTS_OF_DAY and step <= 0:
            return DateSpan(i, i + 2, unit="day", step=step)
        weekday = self.weekday(i + 1)
        if weekday is not None and self.point(i + 1) is None:
            return DateSpan(i, weekday[1], Partial(weekday=weekday[0]), step=step)
        point = self.point(i + 1)
        if point is None or not self.capital(i + 1) or point[0].day is not None or point[0].year is not None or self.road(point[1]):
            return None
        return DateSpan(i + 1, point[1], point[0] if step else replace(point[0], shift=0), step=step)

    def weekday_alone(self, i: int) -> DateSpan | None:
        """A weekday that stands for the one nearest to publication: "on Tuesday", "Friday night", "Monday's"."""
        weekday = self.weekday(i)
        if weekday is None or self.low[i - 1] in {"a", "one", "every", "each"}:
            return None
        if not self.capital(i) or self.road(weekday[1]) or (self.low[weekday[1]] in {"to", "-"} and self.weekday(weekday[1] + 1)):
            return None
        if weekday[1] == i + 1 and self.low[i - 1] not in {"on", "since", "until", "by", "late", "early"} and not self.possessive(i):
            return None
        return DateSpan(i, weekday[1], Partial(weekday=weekday[0]))

    def month_is_time(self, i: int, at: int) -> bool:
        """Whether the month at ``i`` to ``at``, without day or year, is a time and not a name or a verb."""
        if not self.capital(i):
            return False
        before = self.low[i - 2] if self.low[i - 1] == "-" else self.low[i - 1]
        if before in _TIME or self.low[at] == "alone":
            return True
        if before in _WEAK:
            return not self.capital(at) and self.low[at] not in {"'", "-"}
        if self.possessive(i):
            unlike_a_name = before in _DETERMINERS or self.low[at] in _ACTIVITIES or self.low[i] not in {"april", "may", "june", "august"}
            return unlike_a_name and not self.capital(i - 1)
        return before in _DETERMINERS and self.low[at] in _ACTIVITIES

    def years(self, i: int, linked: DateSpan | None) -> DateSpan | None:
        """A year alone, a financial year (1 April to 31 March) or a span of years, where the words around it make it a time."""
        year = self.year(i)
        if year is None or (self.glued[i] and self.low[i - 1] not in {"(", '"', "'", "-", "["}):
            return None
        before, at = self.low[i - 1], i + 1
        before = self.low[i - 2] if before == "-" else before
        if self.low[at] in {"-", "/"} and self.glued[at] and self.glued[at + 1]:
            other = self.low[at + 1]
            if len(other) not in {2, 4} or not other.isdecimal() or (self.low[at + 2] in {"-", "/"} and self.glued[at + 2]):
                return None
            financial = len(other) == 2 or self.low[at] == "/" or "financial" in {self.low[i - 2], before, self.low[at + 2]}
            if financial and int(other) in {year + 1, (year + 1) % 100}:
                return DateSpan(i, at + 2, Partial(1, 4, year), Partial(31, 3, year + 1))
            end = int(other) + (year - year % 100 if len(other) == 2 else 0)
            timed = before in _TIME or before in _STRETCHES or before == "from"
            return DateSpan(i, at + 2, Partial(year=year), Partial(year=end)) if year < end <= _LATEST and timed else None
        later = self.year(at + 1)
        if self.low[at] in {"to", "until"} and later and later > year:
            return None if self.counts(at + 2) else DateSpan(i, at + 2, Partial(year=year), Partial(year=later))
        listed = linked is not None and linked.start.year is not None and linked.start.month is None and not self.counts(at)
        return DateSpan(i, at, Partial(year=year)) if listed or self.year_is_time(i, before) else None

    def year_is_time(self, i: int, before: str) -> bool:
        after = self.low[i + 1]
        if after in _LAWS or before in _LAWS or (before == "of" and self.low[i - 2] in _LAWS):
            return False
        if after in _ACTIVITIES or (before == "(" and after == ":") or (after == "'" and self.low[i + 2] == "s"):
            return True
        if before in _TIME:
            return not (self.low[i].endswith("00") and self.counts(i + 1))
        if self.counts(i + 1):
            return False
        if before == "of":
            return self.low[i - 2] in _STRETCHES
        return before in {"from", "by"} or before in _STRETCHES or (before in {"with", "to", "against"} and self.low[i - 2] == "compared")

    # Parts of dates.

    def point(self, i: int) -> _Point | None:
        """One date at ``i`` as fully as it is told: with a day, a month or both."""
        weekday, at, bracket = None, i, False
        named = self.weekday(i)
        if named is not None:
            weekday, at = named
            bracket = self.low[at] == "("
            at += bracket or self.low[at] == "," or (self.low[at] == "." and self.glued[at])
            at += self.low[at] == "the"
        found = self.numeric(at) or self.day_first(at) or self.month_first(at, sure=weekday is not None or self.low[i - 1] == "on")
        if found is None or (weekday is not None and found[0].day is None):
            return None
        partial, last = found
        if bracket:
            if partial.month is None or self.low[last] != ")":
                return None
            last += 1
        return partial if weekday is None else replace(partial, weekday=weekday), last

    def day_first(self, i: int) -> _Point | None:
        """ "7 March 2022", "7th of March", and "7" alone."""
        day = self.day(i)
        if day is None:
            return None
        month = self.month(day[1] + (self.low[day[1]] == "of"))
        if month is None:
            return Partial(day=day[0]), day[1]
        return self.with_year(Partial(day[0], month[0]), month[1], comma=not self.counts(month[1] + 2))

    def month_first(self, i: int, *, sure: bool) -> _Point | None:
        """ "March 7th, 2022", "March 2022" and "March" alone. Unless ``sure``, a number that counts something is no day ("In May 12 people")."""
        month = self.month(i)
        if month is None:
            return None
        day = self.day(month[1] + (self.low[month[1]] == "the"))
        if day is not None and (sure or not self.counts(day[1])):
            return self.with_year(Partial(day[0], month[0]), day[1])
        return self.with_year(Partial(month=month[0]), month[1], comma=not self.counts(month[1] + 2))

    def with_year(self, partial: Partial, at: int, *, comma: bool = True) -> _Point:
        """The date and the year that follows it, if one does: "2022", ", 2022", "of 2022", "’22", "last year"."""
        if partial.year is not None:
            return partial, at
        then = at + (self.low[at] == "of" or (comma and self.low[at] == ","))
        year = self.year(then)
        if year is not None and self.low[then + 1] not in {"hours", "hrs"}:
            return replace(partial, year=year), then + 1
        if self.low[then] in STEPS and self.low[then + 1] == "year":
            return replace(partial, shift=STEPS[self.low[then]]), then + 2
        if (self.low[then], self.low[then + 1]) == ("that", "year"):
            return replace(partial, same=True), then + 2
        if (self.low[then], self.low[then + 1], self.low[then + 2]) == ("the", "same", "year"):
            return replace(partial, same=True), then + 3
        short = self.low[then + 1]
        if self.low[then] == "'" and self.glued[then + 1] and len(short) == 2 and short.isdecimal():
            return replace(partial, year=_century(int(short))), then + 2
        return partial, at

    def numeric(self, i: int) -> _Point | None:
        """ "07/03/2022", "7.3.22", "18-Aug-2017", "2022-03-07T09:30+00:00"; the day comes first unless that cannot be."""
        if self.kind[i] != "n" or (self.glued[i] and self.low[i - 1] not in {"(", "[", '"', "'", "-", ":"}):
            return None
        if "." in self.low[i] and self.low[i + 1] == "." and self.glued[i + 1] and self.glued[i + 2]:
            mark, last, parts = ".", i + 3, [*self.low[i].split("."), self.low[i + 2]]
        else:
            mark, last, parts = self.low[i + 1], i + 5, [self.low[i], self.low[i + 2], self.low[i + 4]]
            if mark not in {"/", "-", "."} or self.low[i + 3] != mark or not all(self.glued[k] for k in range(i + 1, last)):
                return None
        named = parts[1] in MONTHS
        parts[1] = str(MONTHS.get(parts[1], parts[1]))
        if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts) or (self.glued[last] and self.low[last] in {"/", "-"}):
            return None
        if len(parts[0]) == 4:
            parts.reverse()
        elif len(parts[2]) == 2 and (mark == "/" or named or (mark == "." and len(parts[1]) == 2)):
            parts[2] = str(_century(int(parts[2])))
        day, month, year = (int(part) for part in parts)
        if month > 12 >= day:
            day, month = month, day
        if not (_EARLIEST <= year <= _LATEST and _exists(year, month, day)):
            return None
        if self.low[last] == "t" and self.glued[last]:
            last += 1
            while self.glued[last] and (self.low[last][0].isdecimal() or self.low[last] == "z" or self.glued[last + 1]):
                last += 1
        return Partial(day, month, year), last

    def year_point(self, i: int) -> _Point | None:
        year = self.year(i)
        return (Partial(year=year), i + 1) if year is not None and not self.counts(i + 1) else None

    def year(self, i: int) -> int | None:
        low = self.low[i]
        if len(low) != 4 or not (low.isascii() and low.isdecimal()) or (self.glued[i + 1] and self.kind[i + 1] == "w"):
            return None
        return int(low) if _EARLIEST <= int(low) <= _LATEST else None

    def day(self, i: int) -> tuple[int, int] | None:
        """A day of the month, with its ordinal ending, and the token after it."""
        low = self.low[i]
        if len(low) > 2 or not (low.isascii() and low.isdecimal()) or not 1 <= int(low) <= 31:
            return None
        if self.glued[i] and self.low[i - 1] not in {"(", "[", '"', "'", "-", "/", ",", "*"}:
            return None
        ordinal = self.glued[i + 1] and self.low[i + 1] in _ORDINALS
        if self.glued[i + 1] and not ordinal and (self.low[i + 1] == "%" or (self.kind[i + 1] == "w" and self.low[i + 1] not in MONTHS)):
            return None
        if self.low[i + 1] == "-" and self.glued[i + 1] and self.glued[i + 2] and self.kind[i + 2] == "w" and self.low[i + 2] not in MONTHS:
            return None  # "24-year-old"
        return int(low), i + 1 + ordinal

    def month(self, i: int) -> tuple[int, int] | None:
        """A month by name and the token after it, the full stop of an abbreviation within a date included. A verb has no capital."""
        low = self.low[i]
        if low not in MONTHS or not (self.capital(i) or (len(low) > 3 and low != "march")):
            return None
        stop = len(low) <= _SHORT and self.low[i + 1] == "." and (self.low[i + 2][:1].isdecimal() or self.low[i + 2] in {",", *_AND})
        return MONTHS[low], i + 1 + stop

    def weekday(self, i: int) -> tuple[int, int] | None:
        """A weekday and the token after it, the part of the day included."""
        low = self.low[i]
        if low not in WEEKDAYS or not (self.capital(i) or low.endswith("day")):
            return None
        return WEEKDAYS[low], i + 1 + (self.low[i + 1] in _PARTS_OF_DAY)

    def lead(self, i: int) -> int:
        """The first token of a date, past "7pm on", "the", "the end of" and "late"."""
        clock = self.clock(i)
        if clock is not None:
            i = clock + (self.low[clock] in {"on", ","})
        i += self.low[i] == "the"
        i += 2 * (self.low[i] in _EDGES and self.low[i + 1] == "of")
        if self.low[i] in {"early", "mid", "late"}:
            i += 2 if self.low[i + 1] == "-" else 1
        return i

    def clock(self, i: int) -> int | None:
        """The token after the time of day at ``i``: "7pm", "6.15am", "10:30 pm", "midnight"."""
        if self.low[i] in {"noon", "midday", "midnight"}:
            return i + 1
        if not self.low[i][:1].isdecimal():
            return None
        i += 3 if self.low[i + 1] == ":" else 1
        return i + 1 if self.low[i] in {"am", "pm", "hrs", "hours"} else None

    def road(self, i: int) -> bool:
        """Whether the word at ``i`` makes the one before it the name of a road: "May Road"."""
        return self.low[i] in _ROADS and self.capital(i)


def looks_forward(tokens: Tokens, span: DateSpan) -> bool:
    """Whether the sentence looks ahead to the date: "will be held on 18 March", "is due in court on …", "On 18 March he will …".

    Words before the date count unless a later one looks back ("will appear over a robbery committed on …"); those after it count where the
    date opens the sentence or "when" follows it.
    """
    low = tokens.low
    first = span.first
    earliest = max(0, first - _SENTENCE)
    while first > earliest and not (low[first - 1] in _STOPS and _ends_sentence(tokens, first - 1)):
        first -= 1
    for i in range(span.first - 1, first - 1, -1):
        if low[i] in _TURNS or low[i].endswith(("ed", "'ll")):
            if _ahead(tokens, i, first, span.first):
                return True
            if _back(tokens, i):
                break
    last = span.last + (span.last < len(low) and low[span.last] in {",", ")"})
    opens = span.first - first <= 1
    if not (opens or (last < len(low) and low[last] == "when")):
        return False
    for i in range(last, min(len(low), last + _SENTENCE)):
        if low[i] in _TURNS or low[i].endswith(("ed", "'ll")):
            if _ahead(tokens, i, first, span.first):
                return True
            if _back(tokens, i):
                return False
        elif low[i] in _STOPS and _ends_sentence(tokens, i):
            return False
    return False


def _back(tokens: Tokens, i: int) -> bool:
    low = tokens.low[i]
    return (low in _BACK or (low.endswith("ed") and len(low) > 4 and low not in _AHEAD)) and not (i and tokens.low[i - 1] in _BE)


def _ahead(tokens: Tokens, i: int, first: int, at: int) -> bool:
    """Whether the word at ``i`` looks ahead, in a sentence that starts at ``first`` and has its date at ``at``."""
    low, word = tokens.low, tokens.low[i]
    before = low[i - 1] if i > first else ""
    after = low[i + 1] if i + 1 < len(low) else ""
    if word == "until":
        return not _HELD.isdisjoint(low[first:i]) or _is_now(tokens, i, first)
    if word == "to":  # "remanded to appear on 27 November"
        return after in _PLANS | {"appear", "attend"} and not _HELD.isdisjoint(low[first:i])
    if word in {"is", "are"}:
        return after == "to" and i + 2 < len(low) and low[i + 2] in _PLANS
    if word == "set":
        return after == "to" and before in {"is", "are"}
    if word == "next":
        return after != "to"
    if word == "due":
        return before not in {"was", "were"} and not (after == "to" and i + 2 < len(low) and low[i + 2] in _CAUSES)
    if word == "will" and tokens.source(i)[0].isupper() and i > first:  # a man of that name
        return False
    if word in _AHEAD_SOON:
        return not tokens.source(i)[:1].isupper() and i >= at - _CLOSE
    return word.endswith("'ll") or (word in _AHEAD and before not in {"was", "were", "than", "as"})


def _is_now(tokens: Tokens, i: int, first: int) -> bool:
    """Whether the nearest verb before ``i`` is in the present: "leave the bins where they are until 31 July"."""
    for k in range(i - 1, max(first, i - _CLOSE) - 1, -1):
        if tokens.low[k] in _NOW:
            return True
        if _back(tokens, k):
            return False
    return False


def _ends_sentence(tokens: Tokens, i: int) -> bool:
    """Whether the mark at ``i``, one of ``_STOPS``, ends a sentence."""
    if tokens.low[i] != ".":
        return True
    if i + 1 >= len(tokens) or tokens.glued[i + 1] or not tokens.source(i + 1)[0].isupper():
        return False
    return i > 0 and (tokens.low[i - 1].isdecimal() or len(tokens.low[i - 1]) > 3)


def in_year_before(span: DateSpan, before: ResolvedDate | None) -> DateSpan:
    """The span with the year of the date told ``before`` it, where it points back to that one ("March of that year")."""
    end = span.end or span.start
    if before is None or not (span.start.same or end.same):
        return span
    told = replace(end, year=before.end.year)
    return replace(span, start=told) if span.end is None else replace(span, end=told)


def resolve_date(span: DateSpan, *, published: dt.date | None, forward: bool) -> ResolvedDate | None:
    """The inclusive dates of a span. None where publication would have to be known and is not, or where there is no such day.

    ``forward`` tells that the sentence looks ahead, so that what lies nearest after publication is meant and not what lies nearest before it;
    publication day itself counts as both.
    """
    start, end = span.start, span.end or span.start
    if span.unit is None and start.year is not None and end.year is not None:
        return _resolved(start, end)
    if span.unit is None and (start.year is not None or end.year is not None):
        return _resolved(*_in_year(start, end, (start.year if end.year is None else end.year) or 0, of_end=end.year is not None))
    if published is None:
        return None
    try:
        if span.unit is not None:
            return _resolve_unit(span.unit, span.step or 0, published)
        if span.relative:
            return _resolve_weekday(start.weekday or 0, span.step, published, forward)
    except OverflowError:  # next to the first or the last day of the calendar
        return None
    shift = end.shift if end.shift is not None else start.shift
    if shift is not None:
        return _resolved(*_in_year(start, end, published.year + shift, of_end=True))
    return _nearest(span, published, forward=(forward or span.step == 1) and span.step != -1)


def _nearest(span: DateSpan, published: dt.date, *, forward: bool) -> ResolvedDate | None:
    """The reading of a yearless date that lies nearest to publication on the side the sentence looks to, and whose weekdays fit if any do."""
    past = (found for found in _readings(span, published, -1) if (found.end < published if span.step == -1 else found.start <= published))
    future = (found for found in _readings(span, published, 1) if (found.start > published if span.step == 1 else found.end >= published))
    order, other = (future, past) if forward else (past, future)
    first = next(order, None)
    if first is None or first.warning is None:
        return first
    second = next(other, None)
    if second is not None and second.warning is None and abs(second.start - published) <= _SOON:
        return second
    return next((found for found in order if found.warning is None), first)


def _readings(span: DateSpan, published: dt.date, way: Literal[-1, 1]) -> Iterator[ResolvedDate]:
    """The date in the years around publication, the nearest on one side first; a weekday and day without month in the months around it.

    What lies a year (or a month) on the other side comes first, since a span may begin there.
    """
    start, end = span.start, span.end or span.start
    if start.month is not None:
        pairs = (_in_year(start, end, year, of_end=False) for year in range(published.year - way, published.year + way * (_YEARS + 1), way))
    else:
        index = published.year * 12 + published.month - 1
        dates = (
            replace(start, year=at // 12, month=at % 12 + 1) for at in range(index - way * _MONTHS_AROUND, index + way * (_MONTHS_AROUND + 1), way)
        )
        pairs = ((found, found) for found in dates if _fits(found))
    return (found for pair in pairs if (found := _resolved(*pair)) is not None)


def _in_year(start: Partial, end: Partial, year: int, *, of_end: bool) -> tuple[Partial, Partial]:
    """Both dates with a year, ``year`` being that of the end or of the start: a span from November to January runs over New Year."""
    over = (start.month or 1, start.day or 1) > (end.month or 12, end.day or 31)
    first = year - over if of_end else year
    whole = start.in_year(first)
    return whole, whole if end is start else end.in_year(first + over)


def _resolved(start: Partial, end: Partial) -> ResolvedDate | None:
    first = _days(start)
    last = first if end is start else _days(end)
    if first is None or last is None or first[0] > last[1]:
        return None
    return ResolvedDate(first[0], last[1], False, _contradiction(start, first[0]) or _contradiction(end, last[0]))


def _days(partial: Partial) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of what is told."""
    year, month, day = partial.year, partial.month, partial.day
    if year is None or not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, _last_day(year, month))
    if not _exists(year, month, day):
        return None
    whole = dt.date(year, month, day)
    return whole, whole


def _exists(year: int, month: int, day: int) -> bool:
    return dt.MINYEAR <= year <= dt.MAXYEAR and 1 <= month <= 12 and 1 <= day <= _last_day(year, month)


def _last_day(year: int, month: int) -> int:
    return 29 if month == 2 and calendar.isleap(year) else _DAYS_OF_MONTHS[month - 1]


def _fits(partial: Partial) -> bool:
    days = _days(partial)
    return days is not None and (partial.weekday is None or days[0].weekday() == partial.weekday)


def _contradiction(partial: Partial, day: dt.date) -> str | None:
    """What to say of a weekday that is not that of its ``day``."""
    if partial.weekday is None or day.weekday() == partial.weekday:
        return None
    told = f"{calendar.day_name[partial.weekday]} {day.day} {calendar.month_name[day.month]} {day.year}"
    return f"{told} was a {calendar.day_name[day.weekday()]}"


def _resolve_weekday(weekday: int, step: int | None, published: dt.date, forward: bool) -> ResolvedDate:
    """The nearest such weekday; "last" and "next" never mean publication day."""
    ahead = step == 1 or (forward and step != -1)
    days = (weekday - published.weekday()) % 7 if ahead else -((published.weekday() - weekday) % 7)
    if days == 0 and step:
        days = 7 * step
    day = published + dt.timedelta(days=days)
    return ResolvedDate(day, day, relative=True)


def _resolve_unit(unit: Unit, step: int, published: dt.date) -> ResolvedDate | None:
    """ "last week", "this month", "tomorrow"; weeks run from Monday to Sunday."""
    if unit in {"year", "month"}:
        index = published.year * 12 + published.month - 1 + step * (12 if unit == "year" else 1)
        days = _days(Partial(year=index // 12, month=index % 12 + 1 if unit == "month" else None))
        return ResolvedDate(*days, relative=True) if days else None
    if unit == "day":
        start = end = published + dt.timedelta(days=step)
    else:
        start = published + dt.timedelta(days=7 * step - published.weekday())
        end = start + dt.timedelta(days=6)
        start = end - dt.timedelta(days=1) if unit == "weekend" else start
    return ResolvedDate(start, end, relative=True)


def _century(short: int) -> int:
    """The year of two digits: 70 and later are of the last century."""
    return short + (1900 if short >= 70 else 2000)
