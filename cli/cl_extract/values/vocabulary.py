"""The words that a number or a date begins with, lower-cased as in ``Tokens.low``: the tokeniser marks them, the grammars read them."""

from __future__ import annotations

import calendar

# ---- Numbers --------------------------------------------------------------------------------------------------------------------------

ARTICLES = frozenset({"a", "an"})
SMALL_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(SMALL_WORDS.split())}
TENS = {word: 10 * value for value, word in enumerate(TENS_WORDS.split(), 2)} | {"fourty": 40}
THOUSANDS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SCALES = {"hundred": 100, "dozen": 12, **THOUSANDS}

NUMBER_WORDS = frozenset({*SMALL, *TENS, *SCALES, "half", "quarter", "pair"})
"""Every word that a number in words begins with, once an article before it is left out."""

# ---- Dates ----------------------------------------------------------------------------------------------------------------------------

MONTHS = {name[n].lower(): n for name in (calendar.month_name, calendar.month_abbr) for n in range(1, 13)} | {"sept": 9}
WEEKDAYS = {name[n].lower(): n for name in (calendar.day_name, calendar.day_abbr) for n in range(7)}
WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
STEPS = {"last": -1, "this": 0, "next": 1}
DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}

DATE_WORDS = frozenset({*MONTHS, *WEEKDAYS, *STEPS, *DAYS, "between", "from"})
"""Every word that a date or a span of dates begins with."""
