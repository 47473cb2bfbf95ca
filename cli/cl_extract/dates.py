"""Written dates -> inclusive ISO 8601 spans: every form that releases use, British order first.

Two steps, both pure: ``scan_dates`` finds what is written, with the parts that are told; ``resolve_date`` adds the year that a release leaves out
(record.md, "Shape": the year that the weekday fits and that lies nearest before publication, or nearest after it where the sentence looks ahead).
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from cl_extract.tokens import Tokens

MONTHS = {name: number for number in range(1, 13) for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())} | {
    "sept": 9
}
WEEKDAYS = {name.lower(): number for number in range(7) for name in (calendar.day_name[number], calendar.day_abbr[number])} | {
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_TO = frozenset({"to", "until", "till", "through", "-", "/"})
# Before a bare month or year that is a time, not a name or a number.
_IN = frozenset(
    [
        "in",
        "since",
        "during",
        "throughout",
        "from",
        "until",
        "till",
        "by",
        "of",
        "last",
        "next",
        "this",
        "early",
        "mid",
        "late",
        "through",
        "before",
        "after",
        "between",
        "and",
        "to",
        "back",
        "for",
        "over",
        "around",
    ]
)
_YEAR_IN = frozenset(
    ["in", "since", "during", "throughout", "from", "until", "till", "by", "early", "mid", "late", "before", "after", "between", "through", "the"]
)
_AFTER_YEAR = frozenset(["campaign", "operation", "total", "figure", "figures", "crackdown", "season", "festival", "edition", "event", "period"])
_LAW = frozenset(["act", "acts", "regulation", "regulations", "order", "orders", "code", "rules", "bill", "guidelines", "convention"])
_THING_YEAR = frozenset(["plate", "plates", "registration", "reg", "model"])
_MODIFIED = frozenset({"this", "last", "next"})
_AHEAD = frozenset(["will", "'ll", "due", "next", "upcoming", "forthcoming", "scheduled", "expected", "adjourned", "until"])
_PAST_SHIFT = {"yesterday": 1, "today": 0, "tonight": 0}
_RELATIVE_UNITS = frozenset({"week", "month", "year", "weekend"})
# A weekday is looked for no further than this from the year that the date would have without it.
_YEARS_AROUND = 7
# Days within which a weekday that fits no recent year is taken to be still to come.
_SOON = 60

Kind = Literal["date", "relative"]


@dataclass(frozen=True, slots=True)
class Partial:
    """The parts of a date that are told. ``shift`` is a year told by words: "this year" 0, "last year" -1."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A written date over tokens ``first`` to ``last`` (exclusive). ``end`` is None where one date is told. ``relative`` is a word such as
    ``yesterday``, ``last week`` or ``weekday`` for what only publication can settle. ``modifier`` is the "last", "this" or "next" before it."""

    first: int
    last: int
    start: Partial
    end: Partial | None = None
    relative: str = ""
    modifier: str = ""


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """Inclusive dates. ``relative``: told only relative to publication. ``warning`` tells of a weekday that contradicts its date."""

    start: dt.date
    end: dt.date
    relative: bool = False
    warning: str | None = None


def scan_dates(tokens: Tokens) -> list[DateSpan]:
    """Every date and span of dates that the tokens write, in order and without overlap."""
    spans: list[DateSpan] = []
    i, count = 0, len(tokens)
    while i < count:
        low = tokens.low[i]
        span = None
        if tokens.kind[i] == "n" or low in _STARTERS:
            span = _Scanner(tokens).at(i)
        if span is None:
            i += 1
        else:
            spans.append(span)
            i = span.last
    return spans


_STARTERS = frozenset({*MONTHS, *WEEKDAYS, *_PAST_SHIFT, "between", "from", "last", "next", "this", "the", "earlier"})


@dataclass(frozen=True, slots=True)
class _Scanner:
    tokens: Tokens

    def low(self, i: int) -> str:
        return self.tokens.low[i] if 0 <= i < len(self.tokens) else ""

    def capital(self, i: int) -> bool:
        return self.tokens.source(i)[:1].isupper()

    def at(self, i: int) -> DateSpan | None:
        """The longest date that starts at token ``i``."""
        low = self.low(i)
        if low in {"between", "from"}:
            return self.range_after(i)
        if low in {"last", "next", "this", "earlier"} or low in _PAST_SHIFT:
            return self.relative(i) or self.modified_month(i)
        start = self.point(i, ranged=True)
        if start is None:
            return self.relative_weekday(i) or self.bare(i)
        partial, at = start
        ranged = self.range_from(i, partial, at, joint=_TO)
        if ranged is not None:
            return ranged
        if partial.month is None:
            return self.relative_weekday(i) or self.bare(i)
        if partial.day is None and partial.year is None:
            return self.bare(i)
        return self.with_shift(DateSpan(i, at, partial))

    def with_shift(self, span: DateSpan) -> DateSpan:
        """The span with a following "this year" or "last year"."""
        if self.low(span.last) in {"this", "last", "next"} and self.low(span.last + 1) == "year":
            shift = {"this": 0, "last": -1, "next": 1}[self.low(span.last)]
            start = replace(span.start, shift=shift) if span.start.year is None else span.start
            end = replace(span.end, shift=shift) if span.end is not None and span.end.year is None else span.end
            return replace(span, last=span.last + 2, start=start, end=end)
        return span

    def day(self, i: int) -> tuple[int, int] | None:
        """A day of the month at ``i``, with its ordinal ending."""
        if i >= len(self.tokens) or self.tokens.kind[i] != "n" or not self.tokens.low[i].isdecimal() or len(self.tokens.low[i]) > 2:
            return None
        day = int(self.tokens.low[i])
        if not 1 <= day <= 31:
            return None
        at = i + 1
        if self.low(at) in _ORDINALS and self.tokens.glued[at]:
            at += 1
        elif at < len(self.tokens) and self.tokens.glued[at] and (self.tokens.kind[at] == "w" and self.low(at) not in MONTHS):
            return None
        if i and self.tokens.glued[i] and self.low(i - 1) not in {"-", "(", '"', "'", "/", "[", ",", "*", "."}:
            return None
        return day, at

    def year(self, i: int) -> tuple[int, int] | None:
        """A year of four digits at ``i``."""
        if i < len(self.tokens) and self.tokens.kind[i] == "n" and len(self.tokens.low[i]) == 4 and self.tokens.low[i].isdecimal():
            year = int(self.tokens.low[i])
            if _FIRST_YEAR <= year <= _LAST_YEAR and not (i + 1 < len(self.tokens) and self.tokens.glued[i + 1] and self.tokens.kind[i + 1] == "w"):
                return year, i + 1
        return None

    def year_after(self, i: int) -> tuple[int, int] | None:
        """A year after a day and month: "2022", ", 2022"; not the count that opens what follows ("March 7, 2000 people")."""
        at = i + 1 if self.low(i) == "," else i
        found = self.year(at)
        if found is None:
            short = self.low(at + 1) if self.low(at) == "'" else ""
            return (2000 + int(short), at + 2) if at == i and len(short) == 2 and short.isdecimal() else None
        return found

    def month(self, i: int) -> tuple[int, int] | None:
        """A month by name at ``i``, with the full stop of an abbreviation. "may" and "march" need their capital."""
        number = MONTHS.get(self.low(i))
        if number is None or not self.capital(i):
            return None
        at = i + 1
        if self.low(at) == "." and len(self.low(i)) <= 4 and self.low(i) != "may" and at < len(self.tokens) and self.tokens.glued[at]:
            at += 1
        return number, at

    def weekday(self, i: int) -> tuple[int, int] | None:
        """A weekday at ``i``, with a comma or the words "night", "morning" after it."""
        number = WEEKDAYS.get(self.low(i))
        if number is None or not self.capital(i):
            return None
        at = i + 1
        if self.low(at) in {"morning", "afternoon", "evening", "night"}:
            at += 1
        if self.low(at) in {",", ".", "("} or (self.low(at) == "the" and self.day(at + 1)):
            at += 1
        return number, at

    def point(self, i: int, *, ranged: bool = False) -> tuple[Partial, int] | None:
        """One date at ``i``, as fully as it is told; with ``ranged`` also a day alone, whose month a second date may give."""
        numeric = self.numeric(i)
        if numeric is not None:
            return numeric
        weekday = None
        at = i
        found_weekday = self.weekday(i)
        if found_weekday is not None:
            weekday, at = found_weekday
        bracket = weekday is not None and self.low(at - 1) == "("
        if weekday is not None:
            numeric = self.numeric(at)
            if numeric is not None:
                return replace(numeric[0], weekday=weekday), numeric[1]
        if self.low(at) == "the" and self.day(at + 1) is not None:
            at += 1
        day = self.day(at)
        if day is not None:
            after = day[1] + 1 if self.low(day[1]) == "of" else day[1]
            month = self.month(after)
            if month is None:
                return (Partial(day=day[0], weekday=weekday), day[1]) if ranged and not bracket else None
            return self.closed(Partial(day=day[0], month=month[0], weekday=weekday), month[1], bracket=bracket)
        month = self.month(at)
        if month is None:
            return None
        at = month[1] + 1 if self.low(month[1]) == "the" else month[1]
        day = self.day(at)
        if day is not None and not self.counts(day[1]) and self.year(at) is None:
            return self.closed(Partial(day=day[0], month=month[0], weekday=weekday), day[1], bracket=bracket)
        if weekday is not None:
            return None
        year = self.year_after(month[1]) if self.low(month[1]) != "," else None
        if year is not None and not self.counts(year[1]):
            return Partial(month=month[0], year=year[0]), year[1]
        return Partial(month=month[0]), month[1]

    def closed(self, partial: Partial, at: int, *, bracket: bool) -> tuple[Partial, int]:
        """A day and month with the year and the bracket that may follow, and a weekday after it ("7 March (Monday)" is left)."""
        year = self.year_after(at)
        if year is not None and not (self.low(at) == "," and self.counts(year[1])):
            partial, at = replace(partial, year=year[0]), year[1]
        if bracket and self.low(at) == ")":
            at += 1
        return partial, at

    def counts(self, i: int) -> bool:
        """Whether the number before ``i`` counts something: a plural noun follows it ("May 12 people", "7 officers")."""
        low = self.low(i)
        if not low or self.tokens.kind[i] != "w" or low in MONTHS or low in WEEKDAYS:
            return False
        return low in {"people", "men", "women", "children", "police", "staff", "more", "other", "further"} or (
            low.endswith("s") and low not in {"was", "is", "has", "this", "as", "its", "his", "saw"} and len(low) > 3
        )

    def numeric(self, i: int) -> tuple[Partial, int] | None:
        """Digits with strokes, dots or hyphens: 07/03/2022, 7.3.22, 2022-03-07; day first unless that cannot be."""
        tokens = self.tokens
        if i >= len(tokens) or tokens.kind[i] != "n" or (i and tokens.glued[i] and tokens.kind[i - 1] != "m"):
            return None
        low = tokens.low[i]
        if low.count(".") == 1 and self.low(i + 1) == "." and i + 2 < len(tokens) and tokens.glued[i + 1] and tokens.glued[i + 2]:
            parts, last = [*low.split("."), self.low(i + 2)], i + 3
        elif (
            i + 4 < len(tokens)
            and tokens.low[i + 1] in {"/", "-", "."}
            and tokens.low[i + 3] == tokens.low[i + 1]
            and all(tokens.glued[i + 1 : i + 5])
        ):
            parts, last = [low, tokens.low[i + 2], tokens.low[i + 4]], i + 5
            if self.low(last) == "t" and tokens.glued[last]:
                last = self.clock(last + 1)
            elif last < len(tokens) and tokens.glued[last] and self.low(last) in {"/", "-"}:
                return None
        else:
            return None
        if not all(part.isdecimal() for part in parts):
            month = MONTHS.get(parts[1])
            if month is None or not (parts[0].isdecimal() and parts[2].isdecimal()):
                return None
            parts[1] = str(month)
        if len(parts[0]) == 4:
            year, month_, day = (int(part) for part in parts)
        else:
            if len(parts[2]) not in {2, 4} or len(parts[0]) > 2 or len(parts[1]) > 2:
                return None
            day, month_, year = (int(part) for part in parts)
            year += 2000 if year < 100 else 0
            if month_ > 12 >= day:
                day, month_ = month_, day
        return (Partial(day, month_, year), last) if _exists(year, month_, day) and _FIRST_YEAR <= year <= _LAST_YEAR else None

    def clock(self, i: int) -> int:
        """The token after a time of day with its offset, as ISO 8601 writes it."""
        while i < len(self.tokens) and self.tokens.glued[i] and (self.tokens.kind[i] == "n" or self.low(i) in {":", "+", "-", ".", "z"}):
            i += 1
        return i

    def range_after(self, i: int) -> DateSpan | None:
        """A span opened by "between" or "from"."""
        between = self.low(i) == "between"
        first = self.skip_time(i + 1)
        start = self.point(first, ranged=True) or self.year_point(first)
        if start is None:
            return None
        span = self.range_from(i, start[0], start[1], joint=frozenset({"and", *_TO}) if between else _TO)
        if span is None or (span.end is not None and span.end.month is None and span.end.year is None):
            return None
        return span

    def year_point(self, i: int) -> tuple[Partial, int] | None:
        found = self.year(i)
        return (Partial(year=found[0]), found[1]) if found and self.low(found[1]) in {"and", "to", "-"} and self.year(found[1] + 1) else None

    def skip_time(self, i: int) -> int:
        """The token after a time of day that stands before a date: "7pm on Tuesday 9 April"."""
        if i < len(self.tokens) and self.tokens.kind[i] == "n":
            at = i + 1
            while self.low(at) in {":", "."} or (self.tokens.kind[at : at + 1] == ["n"] and self.tokens.glued[at]):
                at += 1
            if self.low(at) in {"am", "pm"}:
                at += 1
                return at + 1 if self.low(at) in {"on", ","} else i
        return i

    def range_from(self, first: int, start: Partial, at: int, *, joint: frozenset[str]) -> DateSpan | None:
        """The span that ``start`` (read up to ``at``) opens, where a joint and a second date follow."""
        if self.low(at) == "," and self.low(at + 1) in joint:
            at += 1
        if self.low(at) == "up" and self.low(at + 1) == "to":
            at += 1
        if self.low(at) not in joint or (self.low(at) == "/" and not start.year):
            return None
        at = self.skip_time(at + 1)
        if self.low(at) == "the":
            at += 1
        if self.low(at) == "end" and self.low(at + 1) == "of":
            at += 2
        second = self.point(at, ranged=start.month is not None and start.day is not None)
        if second is None and start.month is None and start.day is None and start.year is not None:
            year = self.year(at)
            second = (Partial(year=year[0]), year[1]) if year else None
        if second is None:
            return None
        end, last = second
        if start.day is not None and end.day is None:
            return None
        if start.day is None and end.day is not None and start.month is not None:
            return None
        if end.month is None and start.month is not None:
            if end.day is None or self.counts(last) or end.day <= (start.day or 0):
                return None
            year = self.year_after(last)
            if year is not None:
                end, last = replace(end, year=year[0]), year[1]
            end = replace(end, month=start.month)
        if start.month is None and start.day is not None:
            if end.month is None or (start.weekday is None and start.day >= (end.day or 0)):
                return None
            start = replace(start, month=end.month)
        if start.month is None and start.year is None:
            return None
        if start.year is None and end.year is not None:
            over = (start.month or 0, start.day or 0) > (end.month or 0, end.day or 31)
            start = replace(start, year=end.year - over)
        elif end.year is None and start.year is not None and end.month is not None:
            over = (start.month or 0, start.day or 0) > (end.month, end.day or 31)
            end = replace(end, year=start.year + over)
        return self.with_shift(DateSpan(first, last, start, end))

    def bare(self, i: int) -> DateSpan | None:
        """A month or a year alone, where the words around it make it a time."""
        before, after = self.low(i - 1), self.low(i + 1)
        month = self.month(i)
        if month is not None:
            nearby = (
                before in _IN
                or (before == "of" and self.low(i - 2) in {"month", "whole", "end", "start", "beginning", "middle", "rest"})
                or before in {"early", "late", "mid", "-"}
            )
            if before == "," and self.low(i - 2) == "ago":
                nearby = True
            if self.low(month[1]) in _MODIFIED and self.low(month[1] + 1) == "year":
                return self.with_shift(DateSpan(i, month[1], Partial(month=month[0])))
            if after == "alone" or self.low(i - 1) == "each":
                nearby = True
            follows = month[1] < len(self.tokens) and self.tokens.kind[month[1]] == "w" and self.capital(month[1])
            if not nearby or (follows and before not in {"in", "since", "during", "last", "throughout"}) or len(self.low(i)) < 3:
                return None
            return DateSpan(i, month[1], Partial(month=month[0]))
        year = self.year(i)
        if year is None or (i and self.tokens.glued[i] and before not in {"(", '"', "'", "-", "/"}):
            return None
        if (
            self.low(year[1]) in {"-", "/"}
            and year[1] + 1 < len(self.tokens)
            and self.tokens.glued[year[1]]
            and len(self.low(year[1] + 1)) == 2
            and self.low(year[1] + 1).isdecimal()
            and int(self.low(year[1] + 1)) == (year[0] + 1) % 100
        ):  # a financial year, 1 April to 31 March
            return DateSpan(i, year[1] + 2, Partial(1, 4, year[0]), Partial(31, 3, year[0] + 1))
        if self.law_before(i) or after in _THING_YEAR or (self.counts(i + 1) and after not in _AFTER_YEAR):
            return None
        if (
            before in {"in", "since", "during", "throughout", "by", "until", "till", "early", "late", "mid", "before", "after"}
            or after in _AFTER_YEAR
        ):
            return DateSpan(i, i + 1, Partial(year=year[0]))
        if before == "of" and self.low(i - 2) in {
            "end",
            "start",
            "beginning",
            "summer",
            "autumn",
            "spring",
            "winter",
            "quarter",
            "half",
            "months",
            "part",
        }:
            return DateSpan(i, i + 1, Partial(year=year[0]))
        if before in {"summer", "autumn", "spring", "winter", "christmas", "year"}:
            return DateSpan(i, i + 1, Partial(year=year[0]))
        return None

    def law_before(self, i: int) -> bool:
        return any(self.low(k) in _LAW for k in range(max(0, i - 3), i))

    def modified_month(self, i: int) -> DateSpan | None:
        """ "last June", "this March"."""
        if self.low(i) == "earlier":
            return None
        month = self.month(i + 1)
        if month is None or self.day(month[1]) is not None or self.year(month[1]) is not None:
            return None
        return DateSpan(i + 1, month[1], Partial(month=month[0]), modifier=self.low(i))

    def relative(self, i: int) -> DateSpan | None:
        """ "yesterday", "last week", "this month"."""
        low = self.low(i)
        if low in _PAST_SHIFT:
            return DateSpan(i, i + 1, Partial(), relative=low)
        if low == "earlier":
            return None
        unit = self.low(i + 1)
        if unit in _RELATIVE_UNITS and not (low == "this" and unit == "year" and i and self.low(i - 1) in MONTHS):
            return DateSpan(i, i + 2, Partial(), relative=f"{low} {unit}")
        if unit in WEEKDAYS and self.capital(i + 1) and self.day(i + 2) is None and self.month(i + 2) is None:
            return DateSpan(i, i + 2, Partial(weekday=WEEKDAYS[unit]), relative="weekday", modifier=low)
        return None

    def relative_weekday(self, i: int) -> DateSpan | None:
        """A weekday alone, after "on" or before "night"."""
        weekday = WEEKDAYS.get(self.low(i))
        if weekday is None or not self.capital(i) or self.low(i - 1) not in {"on", "since", "until", "by", "from"}:
            return None
        return DateSpan(i, i + 1, Partial(weekday=weekday), relative="weekday")


def looks_forward(tokens: Tokens, span: DateSpan) -> bool:
    """Whether the words before a date in its sentence look ahead: "will be held on 18 March", "due in court on …"."""
    first = span.first
    while first > 0 and span.first - first < 25 and not (tokens.low[first - 1] in {".", "!", "?", ";"} and not tokens.glued[first]):
        first -= 1
    words = tokens.low[first : span.first]
    clause = len(words) - 1 - next((k for k, word in enumerate(reversed(words)) if word in {"was", "were", "had", "ran", "took", "said"}), len(words))
    return any(word in _AHEAD for word in words[max(0, clause + 1) :])


def resolve_date(span: DateSpan, *, published: dt.date | None, forward: bool) -> ResolvedDate | None:
    """The inclusive dates of a span, None where publication would have to be known and is not, or where no such day exists."""
    if span.relative:
        return _resolve_relative(span, published, forward) if published is not None else None
    start, end = span.start, span.end
    if end is None:
        return _resolve_point(span, start, published, forward)
    if end.year is None and start.year is None:
        settled = _resolve_point(span, replace(end, weekday=end.weekday), published, forward, weekday_of=start)
        if settled is None:
            return None
        year = settled.end.year
        end = replace(end, year=year)
        start = replace(start, year=year - ((start.month or 0, start.day or 0) > (end.month or 0, end.day or 31)))
    first, last = _span_of(start), _span_of(end)
    if first is None or last is None or first[0] > last[1]:
        return None
    return ResolvedDate(first[0], last[1], warning=_contradiction(start) or _contradiction(end))


def _resolve_point(
    span: DateSpan, partial: Partial, published: dt.date | None, forward: bool, weekday_of: Partial | None = None
) -> ResolvedDate | None:
    if partial.year is None:
        if published is None:
            return None
        if partial.shift is not None:
            partial = replace(partial, year=published.year + partial.shift)
        else:
            year = _year_of(partial, published, forward or span.modifier == "next", weekday_of)
            if year is None:
                return None
            partial = replace(partial, year=year)
            if span.modifier == "last" and partial.day is None and (partial.year, partial.month) == (published.year, published.month):
                partial = replace(partial, year=year - 1)
    days = _span_of(partial)
    return ResolvedDate(*days, warning=_contradiction(partial)) if days else None


def _year_of(partial: Partial, published: dt.date, forward: bool, weekday_of: Partial | None) -> int | None:
    """The year nearest to publication, on the side the sentence looks to, in which the weekday fits; without a fit the nearest of all."""
    if not forward and partial.weekday is not None and weekday_of is None:
        ahead = _year_of(partial, published, True, None)
        behind = _year_of(replace(partial, weekday=None), published, False, None)
        if ahead is not None and behind is not None and not _fits(replace(partial, year=behind)):
            days = _span_of(replace(partial, year=ahead))
            if days is not None and _fits(replace(partial, year=ahead)) and (days[0] - published).days <= _SOON:
                return ahead  # years lie between it and the last time the weekday fitted: it is the day to come
    step = 1 if forward else -1
    nearest = None
    for year in range(published.year - step, published.year + step * _YEARS_AROUND, step):
        days = _span_of(replace(partial, year=year))
        if days is None or (days[1] < published if forward else days[0] > published):
            continue
        nearest = year if nearest is None else nearest
        other = weekday_of if weekday_of is not None and weekday_of.weekday is not None else None
        if _fits(replace(partial, year=year)) and (other is None or _fits(replace(other, month=other.month or partial.month, year=year))):
            return year
    return nearest


def _fits(partial: Partial) -> bool:
    days = _span_of(partial)
    return days is not None and (partial.weekday is None or partial.day is None or days[0].weekday() == partial.weekday)


def _span_of(partial: Partial) -> tuple[dt.date, dt.date] | None:
    if partial.year is None:
        return None
    if partial.month is None:
        return dt.date(partial.year, 1, 1), dt.date(partial.year, 12, 31)
    if partial.day is None:
        return dt.date(partial.year, partial.month, 1), dt.date(partial.year, partial.month, calendar.monthrange(partial.year, partial.month)[1])
    if not _exists(partial.year, partial.month, partial.day):
        return None
    day = dt.date(partial.year, partial.month, partial.day)
    return day, day


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _contradiction(partial: Partial) -> str | None:
    if _fits(partial) or partial.weekday is None or partial.year is None or partial.month is None or partial.day is None:
        return None
    days = _span_of(partial)
    if days is None:
        return None
    told = f"{calendar.day_name[partial.weekday]} {partial.day} {calendar.month_name[partial.month]} {partial.year}"
    return f"{told} was a {calendar.day_name[days[0].weekday()]}"


def _resolve_relative(span: DateSpan, published: dt.date, forward: bool) -> ResolvedDate | None:
    monday = published - dt.timedelta(days=published.weekday())
    which, _, unit = span.relative.partition(" ")
    if span.relative in _PAST_SHIFT:
        start = end = published - dt.timedelta(days=_PAST_SHIFT[span.relative])
    elif span.relative == "weekday":
        weekday = span.start.weekday or 0
        ahead = forward or span.modifier == "next"
        days = (weekday - published.weekday()) % 7 if ahead else (published.weekday() - weekday) % 7
        if span.modifier in {"last", "next"} and days == 0:
            days = 7
        start = end = published + dt.timedelta(days=days if ahead else -days)
    else:
        step = {"last": -1, "this": 0, "next": 1}[which]
        if unit in {"week", "weekend"}:
            start, end = monday + dt.timedelta(weeks=step), monday + dt.timedelta(weeks=step, days=6)
            if unit == "weekend":
                start = end - dt.timedelta(days=1)
        elif unit == "month":
            index = published.year * 12 + published.month - 1 + step
            start, end = _span_of(Partial(month=index % 12 + 1, year=index // 12)) or (published, published)
        else:
            start, end = dt.date(published.year + step, 1, 1), dt.date(published.year + step, 12, 31)
    return ResolvedDate(start, end, relative=True)
