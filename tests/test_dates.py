"""Written dates as tables, the rule for years that are not told, and the properties that every text keeps."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cl_extract.values.dates import looks_forward, resolve_date, scan_dates
from cl_extract.values.tokens import tokenise

# What the dates of a text come to: "2022-03-07", "2022-03-07/2022-03-13", with a final "~" where they are told only relative to publication.
Told = list[str]
PUBLISHED = dt.date(2022, 3, 16)  # a Wednesday


def told(text: str, published: dt.date | None = PUBLISHED) -> Told:
    tokens = tokenise(text)
    made = []
    for span in scan_dates(tokens):
        found = resolve_date(span, published=published, forward=looks_forward(tokens, span))
        if found is not None:
            days = f"{found.start}" if found.start == found.end else f"{found.start}/{found.end}"
            made.append(days + "~" * found.relative)
    return made


def words(text: str) -> list[str]:
    tokens = tokenise(text)
    return [text[tokens.start[span.first] : tokens.end[span.last - 1]] for span in scan_dates(tokens)]


# The dates, then every way to write them: each phrase is one date, and all of it but "on", "in", "since" and the like.
WHOLE: list[tuple[str, list[str]]] = [
    (
        "2022-03-07",
        [
            "7 March 2022",
            "7th March 2022",
            "07 March 2022",
            "7 March, 2022",
            "the 7th of March 2022",
            "7th of March, 2022",
            "March 7 2022",
            "March 7, 2022",
            "March 7th, 2022",
            "March the 7th, 2022",
            "7 Mar 2022",
            "7 Mar. 2022",
            "Mar 7, 2022",
            "Mar. 7, 2022",
            "7 MARCH 2022",
            "7 March ’22",
            "Monday 7 March 2022",
            "Monday, 7 March 2022",
            "Monday, March 7, 2022",
            "Monday March 7th 2022",
            "Monday the 7th of March 2022",
            "Monday (7 March 2022)",
            "Monday night, 7 March 2022",
            "Mon, 7 Mar 2022",
            "Mon. 7 Mar. 2022",
            "MONDAY, 7 MARCH 2022",
            "07/03/2022",
            "7/3/2022",
            "7/3/22",
            "07.03.2022",
            "7.3.2022",
            "07.03.22",
            "07-03-2022",
            "07-Mar-2022",
            "7-Mar-22",
            "2022-03-07",
            "2022/03/07",
            "2022-03-07T09:30:00+00:00",
            "2022-03-07T09:30Z",
            "Monday 07/03/2022",
            "7 March",
            "7th March",
            "March 7",
            "March 7th",
            "the 7th of March",
            "Monday, 7 March",
            "Monday (7 March)",
            "Monday evening (March 7)",
            "Mon 7 Mar",
            "7 March this year",
            "Monday 7th",
        ],
    ),
    ("2019-12-31", ["31 December 2019", "12/31/2019", "31/12/2019", "Tuesday 31 December"]),
    ("2021-09-21", ["Sept 21", "Sept. 21", "Sep 21", "21 Sept 2021", "21 September last year", "Tuesday, 21 September"]),
    (
        "2022-03-07/2022-03-13",
        [
            "7 to 13 March",
            "7-13 March",
            "7–13 March 2022",
            "7 — 13 March 2022",
            "7th–13th March",
            "7th to the 13th of March",
            "7 March to 13 March",
            "7 March - 13 March 2022",
            "March 7 to 13",
            "March 7-13, 2022",
            "March 7th to 13th",
            "March 7 - March 13",
            "March 7, 2022, to March 13, 2022",
            "Monday 7 to Sunday 13 March",
            "Monday, 7 to Sunday, 13 March",
            "Monday 7 March to Sunday 13 March",
            "Monday 7 March until Sunday 13 March",
            "Monday 7 March through Sunday 13 March",
            "Monday, March 7, through to Sunday, March 13",
            "Monday 7 - Sunday March 13th",
            "Mon 7 – Sun 13 March",
            "from Monday 7 March up to Sunday 13 March",
            "from 7 to 13 March",
            "between 7 and 13 March",
            "between 7 and 13 March this year",
            "between 7th and 13th March, 2022",
            "between Monday 7 and Sunday 13 March",
            "between March 7 and 13",
            "between March 7 and March 13",
            "between the 7th and the 13th of March",
            "Between 7pm on Monday 7 March and 6.15am on Sunday 13 March",
            "between 10:30pm on 7 March and midnight on 13 March",
            "between 7 March at 7pm and 13 March",
            "between 07/03/2022 and 13/03/2022",
            "2022-03-07 to 2022-03-13",
        ],
    ),
    ("2022-02-27/2022-03-05", ["between 27 February and 5 March", "27 February to 5 March 2022", "Sunday 27 to Saturday, March 5"]),
    ("2017-12-01/2018-01-01", ["December 1, 2017, to January 1, 2018", "1 December to 1 January 2018", "1 December 2017 to 1 January"]),
    ("2021-12-01/2022-01-01", ["1 December to 1 January", "between December 1 and January 1"]),
    ("2022-03-08/2022-03-09", ["8–9 March", "8/9 March", "8 and 9 March", "8 & 9 March", "March 8 and 9", "Tuesday 8 and Wednesday 9 March"]),
    ("2019-11-01/2021-01-31", ["November 2019 to January 2021", "between Nov 2019 and Jan 2021", "between 1 November 2019 and 31 January 2021"]),
    (
        "2021-07-01/2021-09-30",
        [
            "between July and September 2021",
            "July to September 2021",
            "July - September 2021",
            "from July to the end of September 2021",
            "between the start of July and the end of September",
            "from July to September",
            "July–September",
            "between July and September last year",
        ],
    ),
    ("2021-11-01/2022-01-31", ["between November and January 2022", "from November 2021 to January", "from November to January"]),
    ("2021-09-01/2021-10-31", ["September and October 2021", "September and October last year", "Sept/Oct 2021", "Sept. to Oct. 2021"]),
    ("2021-09-01/2021-11-30", ["September, October and November 2021", "September, October & November last year"]),
    ("2021-11-01/2022-01-31", ["November, December and January 2022"]),
    (
        "2022-02-03/2022-02-05",
        ["3, 4 and 5 February", "3rd, 4th and 5th of February", "February 3, 4 and 5", "Thursday 3, Friday 4 and Saturday 5 February"],
    ),
    ("2019-11-01/2019-11-30", ["November 2019", "Nov 2019", "Nov. 2019", "November, 2019", "November of 2019", "November ’19", "NOVEMBER 2019"]),
    ("2021-03-01/2021-03-31", ["March last year", "March of last year", "March 2021"]),
    ("2021-04-01/2022-03-31", ["2021-22", "2021/22", "2021–22", "2021/2022", "1 April 2021 to 31 March 2022", "April 2021 to March 2022"]),
    ("2018-01-01/2021-12-31", ["between 2018 and 2021", "from 2018 to 2021", "2018 to 2021"]),
    ("2020-01-01/2021-03-31", ["between 2020 and March 2021", "from 2020 to March 2021"]),
    ("2022-03-16~", ["today", "tonight", "this morning"]),
    ("2022-03-15~", ["yesterday", "last night"]),
    ("2022-03-17~", ["tomorrow"]),
    ("2022-03-07/2022-03-13~", ["last week"]),
    ("2022-03-14/2022-03-20~", ["this week"]),
    ("2022-03-21/2022-03-27~", ["next week"]),
    ("2022-03-12/2022-03-13~", ["last weekend"]),
    ("2022-02-01/2022-02-28~", ["last month"]),
    ("2022-04-01/2022-04-30~", ["next month"]),
    ("2022-01-01/2022-12-31~", ["this year"]),
    ("2021-01-01/2021-12-31~", ["last year"]),
    ("2022-03-11~", ["last Friday", "Friday night", "Friday’s", "Friday morning"]),
    ("2022-03-09~", ["last Wednesday"]),
    ("2022-03-23~", ["next Wednesday"]),
]

# Dates in their sentences.
INSIDE: list[tuple[str, Told]] = [
    # Months alone.
    ("The crackdown went on for the whole of May.", ["2021-05-01/2021-05-31"]),
    ("In March, 12 men were charged.", ["2022-03-01/2022-03-31"]),
    ("Thirty people have been jailed since January.", ["2022-01-01/2022-01-31"]),
    ("during May and throughout June", ["2021-05-01/2021-05-31", "2021-06-01/2021-06-30"]),
    ("In one job last June, officers arrested two men.", ["2021-06-01/2021-06-30"]),
    ("“Back in June we made 88 arrests.”", ["2021-06-01/2021-06-30"]),
    ("9,100 did so in October alone", ["2021-10-01/2021-10-31"]),
    ("October alone brought 40 arrests.", ["2021-10-01/2021-10-31"]),
    ("The unit opened this January.", ["2022-01-01/2022-01-31"]),
    ("begun in February this year", ["2022-02-01/2022-02-28"]),
    ("in early March", ["2022-03-01/2022-03-31"]),
    ("by the end of April", ["2021-04-01/2021-04-30"]),
    ("since mid-January", ["2022-01-01/2022-01-31"]),
    ("July’s operation brought fewer arrests than the October campaign.", ["2021-07-01/2021-07-31", "2021-10-01/2021-10-31"]),
    ("Arrests rose in July, September and December.", ["2021-07-01/2021-07-31", "2021-09-01/2021-09-30", "2021-12-01/2021-12-31"]),
    ("The next surrender will be held next March.", ["2023-03-01/2023-03-31"]),
    ("Formed in November 2019, Op Orochi began", ["2019-11-01/2019-11-30"]),
    ("March 2022 saw 14 arrests.", ["2022-03-01/2022-03-31"]),
    # Years alone.
    ("formed in 2019", ["2019-01-01/2019-12-31"]),
    ("In 2022 officers carried out 40 warrants.", ["2022-01-01/2022-12-31"]),
    ("the 2016 campaign (2015: 15,020)", ["2016-01-01/2016-12-31", "2015-01-01/2015-12-31"]),
    ("throughout 2020, and 2022’s total", ["2020-01-01/2020-12-31", "2022-01-01/2022-12-31"]),
    ("by the end of 2021", ["2021-01-01/2021-12-31"]),
    ("compared with 2019 and 2020", ["2019-01-01/2019-12-31", "2020-01-01/2020-12-31"]),
    ("in mid-2021", ["2021-01-01/2021-12-31"]),
    ("in 2019-2021", ["2019-01-01/2021-12-31"]),
    ("the 2019-20 financial year", ["2019-04-01/2020-03-31"]),
    # Lists.
    ("on 3, 10 and 17 February", ["2022-02-03", "2022-02-10", "2022-02-17"]),
    ("on Thursday 3 and Thursday 17 February 2022", ["2022-02-03", "2022-02-17"]),
    ("on February 3, 10 and 17", ["2022-02-03", "2022-02-10", "2022-02-17"]),
    ("on March 4 and 12 men were held", ["2022-03-04"]),
    ("with 312 children since 1 April, and 18 have been referred", ["2021-04-01"]),
    ("On March 4 and 12 February; on March 4 and 12 were held", ["2022-03-04", "2022-02-12", "2022-03-04"]),
    ("in March, June and October 2021", ["2021-03-01/2021-03-31", "2021-06-01/2021-06-30", "2021-10-01/2021-10-31"]),
    ("in September and October", ["2021-09-01/2021-10-31"]),
    ("in March or April", ["2022-03-01/2022-03-31", "2021-04-01/2021-04-30"]),
    ("in 2020, 2021 and 2022", ["2020-01-01/2020-12-31", "2021-01-01/2021-12-31", "2022-01-01/2022-12-31"]),
    ("on 4 March and 7 March", ["2022-03-04", "2022-03-07"]),
    ("on Wednesday (20 April 2022), and on 22 June 2021", ["2022-04-20", "2021-06-22"]),
    # Counts stay free.
    ("On Monday 7 people were arrested.", ["2022-03-14~"]),
    ("In May 12 people were arrested.", ["2021-05-01/2021-05-31"]),
    ("In May, 2000 people came.", ["2021-05-01/2021-05-31"]),
    ("On 7 March, 2000 people marched.", ["2022-03-07"]),
    ("On March 7 officers searched a house.", ["2022-03-07"]),
    ("On Monday, March 7 officers searched a house.", ["2022-03-07"]),
    ("In May 24-year-old Smith was held, and in June 15% of them.", ["2021-05-01/2021-05-31", "2021-06-01/2021-06-30"]),
    ("On 4 March 12 men were held.", ["2022-03-04"]),
    ("on 7 March 2030 hours", ["2022-03-07"]),
    # Dates beside other numbers.
    ("Feb 24, 2021 07:00 GMT", ["2021-02-24"]),
    ("28/03/2019 11:42 | 6 comments", ["2019-03-28"]),
    ("Wednesday, 17 June 2020 02:15:40 PM", ["2020-06-17"]),
    ("• 29 Jan 2024, 0:42", ["2024-01-29"]),
    ("Published: 09:30, 16 April 2026", ["2026-04-16"]),
    ("quoting incident 87 of 19 May", ["2021-05-19"]),
    ("at around 2.40am on 10 January.", ["2022-01-10"]),
    ("between 7pm and 11pm on 9 March", ["2022-03-09"]),
    ("18-08-2017 - This is a joint release.", ["2017-08-18"]),
    ("(23 June-30 June)", ["2021-06-23/2021-06-30"]),
    ("(March 2nd to 8th)", ["2022-03-02/2022-03-08"]),
    ("From January 1 to December 8, 2021, teams made 1,776 arrests.", ["2021-01-01/2021-12-08"]),
    ("between Monday 29 - Sunday December 5th", ["2021-11-29/2021-12-05"]),
    ("from May 29 to January 22", ["2021-05-29/2022-01-22"]),
    ("week commencing Monday 7 March", ["2022-03-07"]),
    ("today (Wednesday, 16 March)", ["2022-03-16~", "2022-03-16"]),
    ("begun in March last year and again on 4 February", ["2021-03-01/2021-03-31", "2022-02-04"]),
    # Words for days.
    ("on Tuesday", ["2022-03-15~"]),
    ("They will appear in court on Tuesday.", ["2022-03-22~"]),
    ("on Wednesday", ["2022-03-16~"]),
    ("overnight on Friday, and earlier this month", ["2022-03-11~", "2022-03-01/2022-03-31~"]),
]

# Nothing here is a date.
NEGATIVE: list[tuple[str, list[str]]] = [
    (
        "verbs",
        [
            "Officers may arrest him.",
            "May we ask for help?",
            "They march on London.",
            "April, May and June were there.",
            "It could march.",
            "We may 7 times",
            "You may not.",
        ],
    ),
    (
        "names",
        ["April Jones", "June Smith, 42, of Leeds", "said April Jones", "Theresa May’s speech", "Jane March said", "the murder of April Jones"],
    ),
    ("roads", ["in May Road", "of August Street", "27 March Street", "at 10 April Close", "on Friday Street", "in June Avenue"]),
    ("laws", ["the Proceeds of Crime Act 2002", "the 1977 Act", "Regulations 2016", "under the 2016 Regulations", "the Misuse of Drugs Act of 1971"]),
    ("things", ["a 2019 plate", "a 2016 BMW", "with a 2019 plate", "2010 plants seized", "a room for 2000 people", "in 2000 homes", "2022hrs"]),
    ("copyright", ["© 2019 Marches Daily", "©2023 by Radio", "© 1998–2026 Post Ltd", "(c) 2017-2025"]),
    (
        "references",
        ["incident 2021/22/456", "37/20519/24", "230915/4471", "01229 496 0770", "192.168.20.22", "1-800-222-2022", "file 2023-1187432", "01-02-20"],
    ),
    (
        "numbers",
        [
            "7 people",
            "aged 15–17",
            "2 for 15",
            "24/7",
            "rose from 1950 to 2010 people",
            "more than 2000 tablets",
            "1482 people",
            "in 12 days",
            "7-13",
        ],
    ),
    ("impossible", ["31/02/2022", "32/01/2022", "2022-13-32", "31 June 2022", "29 February 2021", "00/00/0000"]),
    (
        "vague",
        [
            "in recent weeks",
            "over the past 18 months",
            "the previous 12 months",
            "over the last year",
            "recently",
            "every Tuesday",
            "Monday to Friday",
        ],
    ),
    ("foreign digits", ["٧ March", "in ٢٠٢٢", "²/³/2022"]),
]

# The text, the day of publication, the dates.
YEARS: list[tuple[str, str, Told]] = [
    ("on 16 March", "2022-03-16", ["2022-03-16"]),
    ("on 17 March", "2022-03-16", ["2021-03-17"]),
    ("on 31 December", "2022-01-02", ["2021-12-31"]),
    ("on Friday, 11 March", "2023-02-01", ["2022-03-11"]),
    ("on Friday, 11 March", "2025-06-01", ["2022-03-11"]),
    ("on 29 February", "2023-06-01", ["2020-02-29"]),
    ("between Monday 7 and Sunday 13 March", "2024-01-01", ["2022-03-07/2022-03-13"]),
    ("in March", "2022-03-16", ["2022-03-01/2022-03-31"]),
    ("in April", "2022-03-16", ["2021-04-01/2021-04-30"]),
    ("last March", "2022-03-16", ["2021-03-01/2021-03-31"]),
    ("this June", "2022-03-16", ["2022-06-01/2022-06-30"]),
    ("from 20 December to 4 January", "2022-03-16", ["2021-12-20/2022-01-04"]),
    ("The drive, from 1 to 31 March, goes on.", "2022-03-16", ["2022-03-01/2022-03-31"]),
    # Ahead.
    ("A drop-in will be held in Room 4 on Tuesday, 17 March.", "2026-03-12", ["2026-03-17"]),
    ("He is due to appear in court on 2 April.", "2022-03-16", ["2022-04-02"]),
    ("They are due back in court on 9 January.", "2022-11-20", ["2023-01-09"]),
    ("The case was adjourned until 2 April.", "2022-03-16", ["2022-04-02"]),
    ("They were remanded in custody until 2 April.", "2022-03-16", ["2022-04-02"]),
    ("The next week of action is from 1 to 7 May.", "2022-03-16", ["2022-05-01/2022-05-07"]),
    ("On 2 April officers will visit schools.", "2022-03-16", ["2022-04-02"]),
    ("Two men, who were arrested on 9 March, will appear in court on 2 April.", "2022-03-16", ["2022-03-09", "2022-04-02"]),
    ("It ends on 2 April, when he will be sentenced.", "2022-03-16", ["2022-04-02"]),
    ("They will be in court on 16 March.", "2022-03-16", ["2022-03-16"]),
    ("They will return in November.", "2022-03-16", ["2022-11-01/2022-11-30"]),
    ("It will be held on Friday, 11 March.", "2022-03-16", ["2022-03-11"]),
    ("The week leads up to the day on Wednesday, 18 March.", "2026-03-12", ["2026-03-18"]),
    ("The day is on Wednesday, 18 March.", "2026-03-12", ["2026-03-18"]),
    # Not ahead.
    ("He will be sentenced for a robbery committed on 2 December.", "2022-03-16", ["2021-12-02"]),
    ("They will appear in court after raids on 2 December.", "2022-03-16", ["2021-12-02"]),
    ("He died due to his injuries on 2 December.", "2022-03-16", ["2021-12-02"]),
    ("A man stood next to the car on 2 December.", "2022-03-16", ["2021-12-02"]),
    ("He will be in court. She was held on 2 December.", "2022-03-16", ["2021-12-02"]),
    ("A man arrested on 2 December will appear in court.", "2022-03-16", ["2021-12-02"]),
    ("The pub stayed shut until 2 December.", "2022-03-16", ["2021-12-02"]),
    ("They agreed to leave the bins where they are until 31 July.", "2022-03-16", ["2022-07-31"]),
    ("Will Smith was held on 2 December.", "2022-03-16", ["2021-12-02"]),
]


@pytest.mark.parametrize("around", ["{}", "It ran on {}.", "({})", "12 men, {}: 45 arrests"])
@pytest.mark.parametrize(("want", "phrase"), [(want, phrase) for want, phrases in WHOLE for phrase in phrases])
def test_whole(want: str, phrase: str, around: str) -> None:
    text = around.format(phrase)
    assert told(text) == [want]
    assert words(text) == [phrase.removeprefix("the ")]


@pytest.mark.parametrize(("text", "want"), INSIDE, ids=[text for text, _ in INSIDE])
def test_inside(text: str, want: Told) -> None:
    assert told(text) == want


@pytest.mark.parametrize("text", [text for _, texts in NEGATIVE for text in texts])
def test_negative(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(("text", "published", "want"), YEARS, ids=[f"{text} {day}" for text, day, _ in YEARS])
def test_year_that_is_not_told(text: str, published: str, want: Told) -> None:
    assert told(text, dt.date.fromisoformat(published)) == want


@pytest.mark.parametrize("text", ["on 7 March", "in March", "last week", "on Tuesday", "Monday 7th", "March this year", "between 4 and 17 March"])
def test_nothing_without_publication(text: str) -> None:
    spans = scan_dates(tokenise(text))
    assert spans
    assert [resolve_date(span, published=None, forward=False) for span in spans] == [None]


@pytest.mark.parametrize(
    ("text", "want", "warning"),
    [
        ("Monday 3 March 2022", "2022-03-03", "Monday 3 March 2022 was a Thursday"),
        ("Monday, 7 to Saturday, 13 March 2022", "2022-03-07/2022-03-13", "Saturday 13 March 2022 was a Sunday"),
        ("Monday 7 March 2022", "2022-03-07", None),
        ("Sunday 29 February", "2020-02-29", "Sunday 29 February 2020 was a Saturday"),
    ],
)
def test_weekday_that_contradicts(text: str, want: str, warning: str | None) -> None:
    (span,) = scan_dates(tokenise(text))
    found = resolve_date(span, published=PUBLISHED, forward=False)
    assert found is not None
    assert found.warning == warning
    assert told(text) == [want]


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


FORMATS: list[Callable[[dt.date], str]] = [
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y-%m-%d}T09:30:00+01:00",
    lambda day: f"{day.day} {day:%B} {day.year}",
    lambda day: f"{ordinal(day.day)} {day:%B} {day.year}",
    lambda day: f"the {ordinal(day.day)} of {day:%B}, {day.year}",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%b} {ordinal(day.day)} {day.year}",
    lambda day: f"{day:%A}, {day.day} {day:%b}. {day.year}",
    lambda day: f"{day:%A} ({day.day} {day:%B} {day.year})",
    lambda day: f"{day:%a} {day.day} {day:%b} {day.year}",
    lambda day: f"{day:%A %B} {day.day} {day.year}",
    lambda day: f"{day:%d-%b-%Y}",
]
days = st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31))


@given(days, st.sampled_from(FORMATS), st.sampled_from(["{}", "On {}, 12 men", "since {}.", "({})", "{}: 45 arrests", "{}\n45 arrests"]))
def test_every_format_comes_back(day: dt.date, written: Callable[[dt.date], str], around: str) -> None:
    assert told(around.format(written(day)), None) == [day.isoformat()]


@given(days, days, st.sampled_from(FORMATS), st.sampled_from(["between {} and {}", "from {} to {}", "{} to {}", "{} – {}", "{} until {}"]))
def test_every_span_comes_back(first: dt.date, last: dt.date, written: Callable[[dt.date], str], around: str) -> None:
    assume(first < last)
    assert told(around.format(written(first), written(last)), None) == [f"{first}/{last}"]


@given(days, st.integers(0, 300), st.booleans())
def test_weekday_finds_the_year(day: dt.date, after: int, forward: bool) -> None:
    published = day + dt.timedelta(days=-after if forward else after)
    (span,) = scan_dates(tokenise(f"{day:%A} {day.day} {day:%B}"))
    found = resolve_date(span, published=published, forward=forward)
    assert found is not None
    assert (found.start, found.warning) == (day, None)


@pytest.mark.parametrize("space", ["\u00a0", "\r\n", "\u202f", "  ", "\n\t"])
def test_white_space_changes_nothing(space: str) -> None:
    for text in [text for text, _ in INSIDE] + [phrase for _, phrases in WHOLE for phrase in phrases]:
        assert told(text.replace(" ", space)) == told(text)


PIECES = (
    "7 12 31 2022 1950 th st March May Sept Mon Monday Tuesday night between from and to - – / , . : ( ) ’ ' of the last this next year week will "
    "due T 7pm on in since people 2021-22 7/3/22 2022-03-07 12.03. Act © \n"
)


pieces = st.lists(st.sampled_from(PIECES.split(" ")))


@given(st.one_of(st.text(), pieces.map(" ".join), pieces.map("".join)), st.dates(), st.booleans())
def test_any_text(text: str, published: dt.date, forward: bool) -> None:
    tokens = tokenise(text)
    last = 0
    for span in scan_dates(tokens):
        assert last <= span.first < span.last <= len(tokens)
        last = span.last
        looks_forward(tokens, span)
        found = resolve_date(span, published=published, forward=forward)
        assert found is None or found.start <= found.end
        assert found is None or found.relative == span.relative


@pytest.mark.parametrize(
    "piece",
    ["1, ", "7 March ", "between ", "from 7 ", "Monday ", "2022-", "3 and 4 ", "2022-03-07T1", "12.", "May ", "will ", "in 2021-" + "9" * 5000 + "."],
)
def test_hostile_text(piece: str) -> None:
    tokens = tokenise(piece * (100_000 // len(piece)))
    start = time.process_time()
    spans = scan_dates(tokens)
    for span in spans:
        looks_forward(tokens, span)
    assert time.process_time() - start < 5
