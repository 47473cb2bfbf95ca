"""Reading: decoding, the kind of text, its parts, and what is noise. Every release here is invented."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cl_extract.errors import InputError
from cl_extract.model import BlockKind, Document
from cl_extract.reading import noise
from cl_extract.reading.frontmatter import header_date, without_any_site, without_site
from cl_extract.reading.noise import is_appeal, is_dateline, noise_reason, opens_comments, opens_related
from cl_extract.reading.read import read_bytes, read_file, read_text
from cl_extract.reading.wording import Wording, worded

BODY = "Officers from Anyshire Police arrested 12 people on suspicion of supplying class A drugs."
MORE = "Two of them were later charged with 4 offences and will appear at Anytown Magistrates’ Court."
RELEASE = f"Twelve arrested in dawn raids across Anytown\n\n{BODY}\n\n{MORE}\n"


def parts(document: Document) -> list[tuple[str, str]]:
    """Kind and text of each block; for noise its reason stands for the kind."""
    return [(block.reason or block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def kinds(document: Document) -> list[str]:
    return [kind for kind, _ in parts(document)]


def led(document: Document) -> list[tuple[str, str | None]]:
    """Each list item with the last words of what leads it in."""
    found: list[tuple[str, str | None]] = []
    for block in document.blocks:
        if block.kind is BlockKind.LIST:
            intro = None if block.lead_in is None else document.blocks[block.lead_in]
            found.append((document.text[block.start : block.end], None if intro is None else document.text[intro.start : intro.end][-25:]))
    return found


TEXTS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "title, lead and body": (
        RELEASE,
        [("title", "Twelve arrested in dawn raids across Anytown"), ("lead", BODY), ("body", MORE)],
    ),
    "no title": (f"{BODY}\n\n{MORE}", [("lead", BODY), ("body", MORE)]),
    "a headline that ends with a full stop": (
        f"Met week of action results in 249 arrests.\n\n{BODY}",
        [("title", "Met week of action results in 249 arrests."), ("lead", BODY)],
    ),
    "one line a paragraph": (
        f"Twelve arrested in dawn raids across Anytown\n{BODY}\n{MORE}",
        [("title", "Twelve arrested in dawn raids across Anytown"), ("lead", BODY), ("body", MORE)],
    ),
    "kicker, site name and menu": (
        f"Anytown Echo\nHome   News   What’s On   Jobs\n\nRING RUMBLED\n\nTwelve arrested in dawn raids across Anytown\n\n{BODY}",
        [
            ("heading", "Anytown Echo"),
            ("navigation", "Home   News   What’s On   Jobs"),
            ("heading", "RING RUMBLED"),
            ("title", "Twelve arrested in dawn raids across Anytown"),
            ("lead", BODY),
        ],
    ),
    "agency header": (
        f"NATIONAL CRIME AGENCY\nNews release\nRef: NCA/24/0719\n\n9 July 2024\n\nRecord lines taken down in national push\n\n{BODY}",
        [
            ("heading", "NATIONAL CRIME AGENCY"),
            ("navigation", "News release"),
            ("metadata", "Ref: NCA/24/0719"),
            ("dateline", "9 July 2024"),
            ("title", "Record lines taken down in national push"),
            ("lead", BODY),
        ],
    ),
    "web archive, title": (
        f" date 2021-10-25 Twelve arrested in dawn raids across Anytown\n\n{BODY}",
        [("dateline", "date 2021-10-25"), ("title", "Twelve arrested in dawn raids across Anytown"), ("lead", BODY)],
    ),
    "web archive, lead": (
        f" date 2021-10 {BODY} It was the third such raid this year in the county town.\n{MORE}",
        [("dateline", "date 2021-10"), ("lead", f"{BODY} It was the third such raid this year in the county town."), ("body", MORE)],
    ),
    "web archive, description and title": (
        f" date 2021-10-25 {BODY} It was the third such raid this year in the county town.\n\nDrug finds round the county: March 2023\n\n"
        f"Cocaine haul in Anytown\n\n{MORE}",
        [
            ("dateline", "date 2021-10-25"),
            ("lead", f"{BODY} It was the third such raid this year in the county town."),
            ("title", "Drug finds round the county: March 2023"),
            ("heading", "Cocaine haul in Anytown"),
            ("body", MORE),
        ],
    ),
    "hard-wrapped": (
        "Twelve arrested in dawn raids across Anytown\n\nOfficers from Anyshire Police have arrested\ntwelve people on suspicion of supplying\n"
        "drugs, and seized knives in the town of\nAnytown on Monday.\nTwo of them were later charged with four\noffences at the court.\n",
        [
            ("title", "Twelve arrested in dawn raids across Anytown"),
            (
                "lead",
                "Officers from Anyshire Police have arrested\ntwelve people on suspicion of supplying\ndrugs, and seized knives in the town of\n"
                "Anytown on Monday.",
            ),
            ("body", "Two of them were later charged with four\noffences at the court."),
        ],
    ),
    "advert box and what follows it": (
        f"{BODY}\n\nADVERTISEMENT\nGarden rooms from £8,995 – save 20% this weekend. Call 01632 000123.\n\n{MORE}",
        [
            ("lead", BODY),
            ("advert", "ADVERTISEMENT"),
            ("advert", "Garden rooms from £8,995 – save 20% this weekend. Call 01632 000123."),
            ("body", MORE),
        ],
    ),
    "the article goes on straight after an advert": (
        f"{BODY}\nAdvertisement 2\nArticle content\n{MORE}",
        [("lead", BODY), ("advert", "Advertisement 2"), ("advert", "Article content"), ("body", MORE)],
    ),
    "links inside the article": (
        f"{BODY}\n\nMost read in Crime\n\nMan, 34, fined £220 over bin row\nFive held after brawl outside kebab shop\n\n{MORE}",
        [
            ("lead", BODY),
            ("related", "Most read in Crime"),
            ("related", "Man, 34, fined £220 over bin row"),
            ("related", "Five held after brawl outside kebab shop"),
            ("body", MORE),
        ],
    ),
    "an empty box of links inside a list": (
        f"{BODY}\n\nSeized were:\n\n• 3 knives\n\nMost Popular\n\n• 12 phones",
        [("lead", BODY), ("body", "Seized were:"), ("list", "3 knives"), ("related", "Most Popular"), ("list", "12 phones")],
    ),
    "one link": (
        f"{BODY}\n\nREAD MORE: Man jailed for 12 years\n\nThe raids\n\n{MORE}",
        [("lead", BODY), ("related", "READ MORE: Man jailed for 12 years"), ("heading", "The raids"), ("body", MORE)],
    ),
    "comments to the end": (
        f"{BODY}\n\n{MORE}\n\n2 COMMENTS\n\nLad61 – 11/02/2020 16:20\nMy cousin got 6 for less and he had done 40 of them before that one.\n\nReply",
        [
            ("lead", BODY),
            ("body", MORE),
            ("comments", "2 COMMENTS"),
            ("comments", "Lad61 – 11/02/2020 16:20"),
            ("comments", "My cousin got 6 for less and he had done 40 of them before that one."),
            ("navigation", "Reply"),
        ],
    ),
    "a count of comments at the top opens none": (
        f"Twelve arrested in dawn raids across Anytown\n\n14 comments\n\n{BODY}\n\n{MORE}",
        [("title", "Twelve arrested in dawn raids across Anytown"), ("comments", "14 comments"), ("lead", BODY), ("body", MORE)],
    ),
    "cookie banner": (
        "Cookies on this site\nBy clicking “Accept all” you agree to 27 partners storing cookies on your device. [Accept all]\n\n"
        f"Home > News > Roads\n\nTwelve arrested in dawn raids across Anytown\n\n{BODY}",
        [
            ("cookies", "Cookies on this site"),
            ("cookies", "By clicking “Accept all” you agree to 27 partners storing cookies on your device. [Accept all]"),
            ("navigation", "Home > News > Roads"),
            ("title", "Twelve arrested in dawn raids across Anytown"),
            ("lead", BODY),
        ],
    ),
    "date, place and footers": (
        f"Twelve arrested in dawn raids across Anytown\n\nOctober 5, 2023\nAnytown, New Brunswick\n\n{BODY}\n\n-30-\n\n"
        "Contact: Media Relations, 14 Regent St. | Date modified: 2023-10-05\n©2023 Anytown Radio. 88.4 FM",
        [
            ("title", "Twelve arrested in dawn raids across Anytown"),
            ("dateline", "October 5, 2023"),
            ("dateline", "Anytown, New Brunswick"),
            ("lead", BODY),
            ("metadata", "-30-"),
            ("dateline", "Contact: Media Relations, 14 Regent St. | Date modified: 2023-10-05"),
            ("navigation", "©2023 Anytown Radio. 88.4 FM"),
        ],
    ),
    "an appeal, and one inside a paragraph": (
        f"{BODY} Anyone with information is asked to call 101.\n\nAnyone who can help should call 101 or Crimestoppers on 0800 555 111.",
        [
            ("lead", f"{BODY} Anyone with information is asked to call 101."),
            ("contact", "Anyone who can help should call 101 or Crimestoppers on 0800 555 111."),
        ],
    ),
    "notes to editors are read": (
        f"{BODY}\n\nNotes to editors\n\n1. The figures were supplied by forces on 4 July 2024.\n2. For interviews call 0370 000 0000.",
        [
            ("lead", BODY),
            ("heading", "Notes to editors"),
            ("list", "The figures were supplied by forces on 4 July 2024."),
            ("list", "For interviews call 0370 000 0000."),
        ],
    ),
    "stories under their links at the end": (
        f"{BODY}\n\n{MORE}\n\n{BODY}\n\n{MORE}\n\nMore Stories\n\nPedestrian struck by car\n\n"
        "A person was struck by a car while crossing the street.\n\nMan shows up at station",
        [
            ("lead", BODY),
            ("body", MORE),
            ("body", BODY),
            ("body", MORE),
            ("related", "More Stories"),
            ("related", "Pedestrian struck by car"),
            ("related", "A person was struck by a car while crossing the street."),
            ("related", "Man shows up at station"),
        ],
    ),
    "an archive's fields": (
        f"Title: UK: The Payback\nPublished On:2003-08-22\nSource: Any Evening Gazette (UK)\n\n{BODY}",
        [
            ("metadata", "Title:"),
            ("title", "UK: The Payback"),
            ("dateline", "Published On:2003-08-22"),
            ("dateline", "Source: Any Evening Gazette (UK)"),
            ("lead", BODY),
        ],
    ),
    "code left in the text": (
        "window.ads = window.ads || { all: [], get: () => new Promise(r => all.push(r)) }; load(5000);\n\n"
        f"Twelve arrested in dawn raids across Anytown\n\n{BODY}",
        [
            ("metadata", "window.ads = window.ads || { all: [], get: () => new Promise(r => all.push(r)) }; load(5000);"),
            ("title", "Twelve arrested in dawn raids across Anytown"),
            ("lead", BODY),
        ],
    ),
    "a question as the title": (
        f"Did police need 20 officers for two cannabis busts?\n\n{BODY}",
        [("title", "Did police need 20 officers for two cannabis busts?"), ("lead", BODY)],
    ),
    "subheading and caption": (
        f"{BODY}\n\nPlants found in Anytown\n\n{MORE}\n\nMore than 1,900 plants had been packed into the former printworks in Anytown on two floors",
        [
            ("lead", BODY),
            ("heading", "Plants found in Anytown"),
            ("body", MORE),
            ("body", "More than 1,900 plants had been packed into the former printworks in Anytown on two floors"),
        ],
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text(name: str) -> None:
    text, expected = TEXTS[name]
    assert parts(read_text(text)) == expected


@pytest.mark.parametrize("name", TEXTS)
def test_line_ends_change_nothing(name: str) -> None:
    text, expected = TEXTS[name]
    unwrapped = [(kind, part.replace("\n", "\r\n")) for kind, part in expected]
    assert parts(read_text(text.replace("\n", "\r\n"))) == unwrapped


LISTS: dict[str, tuple[str, list[tuple[str, str | None]]]] = {
    "bullets": (
        f"{BODY}\n\nIt led to:\n\n  • 249 arrests;\n  • 4kg of cocaine.",
        [("249 arrests;", "It led to:"), ("4kg of cocaine.", "It led to:")],
    ),
    "bullets right under their lead-in": ("Police seized:\n- 3 knives\n- 2 cars", [("3 knives", "Police seized:"), ("2 cars", "Police seized:")]),
    "dash glued to the digit": (
        f"{BODY} Police seized:\n-1.9 kg of fentanyl;\n-over 2,200 rounds; and\n-$306,415 in cash.\n\n{MORE}",
        [
            ("1.9 kg of fentanyl;", "lass A drugs. Police seized:"[-25:]),
            ("over 2,200 rounds; and", "lass A drugs. Police seized:"[-25:]),
            ("$306,415 in cash.", "lass A drugs. Police seized:"[-25:]),
        ],
    ),
    "asterisk glued to the digit": (
        "Results:\n\n*1,104 warrants\n*962 people arrested",
        [("1,104 warrants", "Results:"), ("962 people arrested", "Results:")],
    ),
    "a footnote is no list": (f"{BODY}\n\n*Name changed. Photo posed by a model, 16.", []),
    "numbers and letters": (
        f"{BODY}\n\nSpotting a farm\n\n1. Windows covered\n2) Strong smell\n(c) Fans",
        [(x, "Spotting a farm") for x in ("Windows covered", "Strong smell", "Fans")],
    ),
    "dashes with sentences": (
        f"{BODY}\n\n– Smith, 29: nine years\n– Jones, 33, was jailed for 8 years",
        [("Smith, 29: nine years", BODY[-25:]), ("Jones, 33, was jailed for 8 years", BODY[-25:])],
    ),
    "no bullets, one chunk": (
        f"{BODY} It saw 27 warrants, as well as:\nMake 211 arrests in total\nSeize drugs worth £18,760\n"
        f"Breath test 77 drivers, 16 of whom failed\n{MORE}",
        [
            (x, "aw 27 warrants, as well as:"[-25:])
            for x in ("Make 211 arrests in total", "Seize drugs worth £18,760", "Breath test 77 drivers, 16 of whom failed")
        ],
    ),
    "no bullets, a paragraph each": (
        f"{BODY} In the week:\n\n500 men were arrested\n\n30 people were referred\n\ndrugs worth £176,780 were seized\n\n{MORE}",
        [(x, "lass A drugs. In the week:"[-25:]) for x in ("500 men were arrested", "30 people were referred", "drugs worth £176,780 were seized")],
    ),
    "no bullets, and a full stop at the end": (
        f"{BODY} It saw warrants, as well as:\nMake 211 arrests in total\nSeize drugs worth £18,760\nTest 54 people.\n{MORE}",
        [(x, "saw warrants, as well as:") for x in ("Make 211 arrests in total", "Seize drugs worth £18,760", "Test 54 people.")],
    ),
    "no lead-in but figures": (
        "Twelve held in raids across Anytown\n\n" + "Results by district\n\nNorth\n4 arrests\n2 cars seized\n1 order\n\n" + BODY,
        [(x, "North") for x in ("4 arrests", "2 cars seized", "1 order")],
    ),
    "things and their numbers": (f"{BODY}\n\nArrested: 3\nWarrants: 2", [("Arrested: 3", BODY[-25:]), ("Warrants: 2", BODY[-25:])]),
    "speech leads in no list": (f"{BODY}\n\nThe minister said:\n\nWe will go on\n\nWe will win\n\n{MORE}", []),
    "full sentences are no list items": (f"{BODY}\n\nAmong the results in it:\n\n{BODY}\n\n{MORE}", []),
    "under the dateline there is no lead-in": (
        f"Drug network taken apart by police\n\n15 September 2023\n\n• 34 warrants\n\n• 26 arrests\n\n{BODY}",
        [("34 warrants", None), ("26 arrests", None)],
    ),
    "a list in a list": (
        "Officers:\n\n • Made 12 arrests\n • Seized:\n     o\t3 knives\n     o\t£4,000 in cash\n • Visited 14 homes",
        [
            ("Made 12 arrests", "Officers:"),
            ("Seized:", "Officers:"),
            ("3 knives", "Seized:"),
            ("£4,000 in cash", "Seized:"),
            ("Visited 14 homes", "Officers:"),
        ],
    ),
    "an item over two lines": (
        "Found:\n\n* 12 pounds of meth inside a\n  spare tire\n* 3 handguns",
        [("12 pounds of meth inside a\n  spare tire", "Found:"), ("3 handguns", "Found:")],
    ),
    "a bullet on its own line": ("Found:\n\n•\n3 handguns\n•\n2 cars", [("3 handguns", "Found:"), ("2 cars", "Found:")]),
    "noise between lead-in and list": ("Found:\n\nAdvertisement\n\n• 3 guns\n• 2 cars", [("3 guns", "Found:"), ("2 cars", "Found:")]),
}


@pytest.mark.parametrize("name", LISTS)
def test_list(name: str) -> None:
    text, expected = LISTS[name]
    assert led(read_text(text)) == expected


DATELINES = [
    "Feb 24, 2021 07:00 GMT",
    "Posted by: Newsdesk | 14 March 2024 | 3 min read",
    "Courts & Crime | 15/03/2019",
    "PUBLISHED April 1, 2021",
    "29 Jan 2024, 0:42",
    "Updated: 29 Jan 2024, 8:15",
    "Tue, 11 Feb 2020",
    "15 January 2018 | Reading time 2 mins | 31 shares",
    "Author: A Person   Published 28th Nov 2024",
    "Press Release: New Zealand Police",
    "Wednesday, 17 June 2020 02:15:40 PM",
    "By A Person | Published: 28/03/2019 11:42 | 6 comments",
    "Last updated 16:05, 3 December 2025. Page 1 of 2.",
    "Contact: Media Relations, 1445 Regent St. | Date modified: 2023-10-05",
    "Date: March 3, 2021",
    "18:47, 21 April 2023",
    "By A Person",
    "A PERSON and B OTHER news@example.org",
]
NO_DATELINES = [
    "Drug seizure and arrest in Dublin on the 31/1/18",
    "Drug finds of note north and south: March 2023",
    "14 March 2024: two men arrested in Luton",
    "Weekend arrests, 4 March 2024",
    "Drugs seized in the town of Luton - 12 March 2024",
    "Issued 14 fines on 3 May 2024",
    "Released under investigation pending further enquiries",
    "Op Sceptre ran from 15–21 November 2021 across the county and all ten districts joined in.",
    "By the numbers",
]


@pytest.mark.parametrize("line", DATELINES)
def test_dateline(line: str) -> None:
    assert is_dateline(worded(line), header=True)


@pytest.mark.parametrize("line", NO_DATELINES)
def test_no_dateline(line: str) -> None:
    assert not is_dateline(worded(line), header=True)


NOISE = {
    "advert": [
        "Advertisement",
        "Advertisement - Support Local Business",
        "ON AIR NOW: DRIVETIME 4–7",
        "Listen live on 104.7 FM, on DAB and on your smart speaker.",
        "Discover more from The Anytown Daily",
        "Subscribe to get the latest posts sent to your email.",
        "Story continues below",
        "Continue reading",
    ],
    "cookies": [
        "Cookies on this site",
        "We use cookies to make this site work. Choose “Customise” below to change your settings at any time.",
        "Your choices have been saved. You can alter your choices at any time on the cookies page.",
        "Sorry, something went wrong. Please try again.",
        "We and our 312 partners store and access information on your device.",
    ],
    "navigation": [
        "Jump directly to the content",
        "top of page",
        "Back to top",
        "1,204",
        "3 min read",
        "7 pictures in the gallery. Scroll down for more.",
        "(Photo supplied, 1 of 4)",
        "Page 1 of 1 | Print | Rate this page: 4.2 (19 votes)",
        "CREWE · NANTWICH · MACCLESFIELD",
        "News release",
        "Filed under: News, Crime  |  2 comments",
        "© 2026 Platform News. Registered in England no. 01234567.",
        "Share",
        "Facebook 57",
        "Share Tweet Email 12",
        "6 days ago",
    ],
    "metadata": ["ENDS", "-30-", "____________", "###", "File #: 2023-1187432", "Ref: NCA/24/0719", "FOR IMMEDIATE RELEASE"],
    "contact": ["Tel: 01582 496 0042 | Issue 4,118 | 65p", "Media enquiries to the press office", "Photographs are available from press@example.org"],
    "": [
        "Copyright theft gang jailed for 12 years",
        "Police seized 40 cannabis cookies in a search of the shop",
        "Phone-related arrests: 12",
        "Home Office grants £4m",
        "Sharing of indecent images: 4 charged",
        "249 arrests",
        "Arrests | 45 | 33",
        "Recent figures show 12 arrests",
    ],
}


@pytest.mark.parametrize(("reason", "line"), [(reason, line) for reason, lines in NOISE.items() for line in lines])
def test_noise_line(reason: str, line: str) -> None:
    assert noise_reason(line) == reason


APPEALS = [
    "Anyone with information about drug dealing can call police on 101 or, to stay anonymous, Crimestoppers on 0800 555 111.",
    "Call 101 if you are worried and 999 if someone is in danger. Childline is on 0800 1111. Crimestoppers pays rewards of up to £1,000.",
    "If number 3 or 4 sounds like a house near you, ring 101 or use Live Chat, 8am to midnight.",
    "No personal details are taken and you will not go to court or have to speak to police when contacting Crimestoppers.",
    "The charity’s free helpline, 116 000, is open 24 hours a day, 7 days a week. You can text it on the same number.",
    "Call 506-857-2400, or Crime Stoppers at 1-800-222-TIPS (8477).",
    "Information can be passed to Crime Stoppers on 1800 333 000 or at crimestoppers.example.org. Quote reference QP2001188420.",
]
NO_APPEALS = [
    "Anyone with information is asked to call 101, quoting incident 87 of 19 May.",
    "Officers visited 40 hotels and asked their staff to call 101 with concerns.",
    "Our control room answers 94% of 999 calls within 10 seconds, but please use 101.",
    "Permanent bins can be found at 12 police stations.",
    "The team will be out again for the rugby. Text 66777 to report a drink-driver.",
    "The suspects were booked into the county jail. Call Detective Jones at (559) 555-0100.",
    "Lessons were given to door staff, and 140 people took part at the station or online.",
    "Nobody was locked up for it. Six people were referred to a charity for help with debt.",
]


@pytest.mark.parametrize("paragraph", APPEALS)
def test_appeal(paragraph: str) -> None:
    assert is_appeal(worded(paragraph))


@pytest.mark.parametrize("paragraph", NO_APPEALS)
def test_no_appeal(paragraph: str) -> None:
    assert not is_appeal(worded(paragraph))


@pytest.mark.parametrize(
    "line",
    [
        "Most read",
        "Recent Posts See All",
        "Related: Man, 60, had cannabis above chip shop",
        "More from Marches Daily",
        "READ MORE",
        "Related Scottish Borders News Stories",
        "You may also like",
    ],
)
def test_opens_related(line: str) -> None:
    assert opens_related(worded(line))


@pytest.mark.parametrize(
    "line",
    [
        "Most recent figures:",
        "Also:",
        "Related offences were recorded",
        "More than 200 arrests",
        "Read on to find out more from each region of the country.",
    ],
)
def test_opens_no_related(line: str) -> None:
    assert not opens_related(worded(line))


@pytest.mark.parametrize(
    "line",
    [
        "Comments (2)",
        "3 COMMENTS",
        "4 comments",
        "One thought on “Twelve arrested.",
        "Leave a Reply",
        "What do you think?",
        "2 responses",
        "No comments:",
    ],
)
def test_opens_comments(line: str) -> None:
    assert opens_comments(worded(line))


# The tables of noise with what lets a line past unsearched.
GATES: dict[str, tuple[str, Callable[[Wording], bool]]] = {
    "related": (noise._RELATED, lambda line: not noise._RELATED_WORDS.isdisjoint(line.words)),
    "comments": (noise._COMMENTS, lambda line: not noise._COMMENTS_WORDS.isdisjoint(line.words)),
    "appeals": (noise._APPEALS, lambda line: not noise._APPEAL_WORDS.isdisjoint(line.words)),
    "phones": (noise._PHONE.pattern, lambda line: noise._PART_OF_PHONE.search(line.plain) is not None),
    "promotions": (noise._PROMOTIONS, lambda line: not noise._PROMOTION_WORDS.isdisjoint(line.words) or noise._PRICE.search(line.low) is not None),
    "deeds": (noise._DEEDS, lambda line: not noise._DEED_WORDS.isdisjoint(line.words) or "imprison" in line.low),
    "dates": (noise._FULL_DATE + noise._PART_DATE + noise._DAY_AND_MONTH, noise._may_be_dated),
    "holding": ("".join(noise._HOLDING.values()), lambda line: any(map(line.low.__contains__, noise._HELD))),
    "headers": (noise._HEADER_STARTS, lambda line: not noise._HEADER_START_WORDS.isdisjoint(line.words)),
}


@pytest.mark.parametrize("table", GATES)
@given(data=st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_no_line_that_a_table_would_find_is_passed_over(table: str, data: st.DataObject) -> None:
    rows, gate = GATES[table]
    row = data.draw(st.sampled_from([row for row in rows.split("\n") if row]))
    line = worded(data.draw(st.from_regex(re.compile(row, re.IGNORECASE | re.ASCII), fullmatch=True)))
    assert gate(line)


MARKDOWN: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "front matter in dashes": (
        f'---\ntitle: "Op Any: 212 blades taken"\ndate: 2021-12-01T09:30:00+00:00\nurl: https://example.org/op\n'
        f"tags:\n  - knife\n---\n\n**{BODY}**\n",
        [
            ("metadata", '---\ntitle: "'),
            ("title", "Op Any: 212 blades taken"),
            ("metadata", '"\ndate:'),
            ("dateline", "2021-12-01T09:30:00+00:00"),
            ("metadata", "url: https://example.org/op\ntags:\n  - knife\n---"),
            ("lead", BODY),
        ],
    ),
    "front matter in a fence, the site's name left out": (
        f"```yaml\nog:\n  title: Lines closed for good\npressroom:\n  name: Any Police\ntitle: 'Lines closed for good - Any Police'\n```\n\n"
        f"Feb 24, 2021 07:00 GMT\n\n{BODY}",
        [
            ("metadata", "```yaml\nog:\n  title:"),
            ("title", "Lines closed for good"),
            ("metadata", "pressroom:\n  name: Any Police\ntitle: 'Lines closed for good - Any Police'\n```"),
            ("dateline", "Feb 24, 2021 07:00 GMT"),
            ("lead", BODY),
        ],
    ),
    "the title again in the body": (
        f"---\ntitle: Lines shut and dozens held\n---\n# Lines shut and dozens held\n\n{BODY}",
        [
            ("metadata", "---\ntitle:"),
            ("metadata", "Lines shut and dozens held"),
            ("metadata", "---"),
            ("title", "Lines shut and dozens held"),
            ("lead", BODY),
        ],
    ),
    "headings, lists, quotes, images, links, table": (
        f"# Lines shut\n\n**{BODY}**\n\n## Force by force\n\n**North** – 4 arrests, 2 cars.\n\n* 12 arrests\n* 3 cars\n\n"
        "> “We made 88 arrests this year.\n>\n> “It was hard.”\n\n"
        "![Picture, 1200x675](/a.jpg)\n\n[Back](#) | [More (31)](#)\n\n| Area | Arrests |\n|---|---|\n| North | 22 |\n\n---\n\n"
        "Setext heading\n-----\n",
        [
            ("title", "Lines shut"),
            ("lead", BODY),
            ("heading", "Force by force"),
            ("body", "North** – 4 arrests, 2 cars."),
            ("list", "12 arrests"),
            ("list", "3 cars"),
            ("body", "“We made 88 arrests this year."),
            ("body", "“It was hard.”"),
            ("navigation", "![Picture, 1200x675](/a.jpg)"),
            ("navigation", "[Back](#) | [More (31)](#)"),
            ("heading", "Area | Arrests"),
            ("list", "North | 22"),
            ("metadata", "---"),
            ("heading", "Setext heading"),
        ],
    ),
    "broken front matter is noise, its plain lines are read": (
        f"---\ntitle: Missing: what happens now\ndate: 2023-05-25\nlist: [\n---\n{BODY}",
        [
            ("metadata", "---\ntitle:"),
            ("title", "Missing: what happens now"),
            ("metadata", "date:"),
            ("dateline", "2023-05-25"),
            ("metadata", "list: [\n---"),
            ("lead", BODY),
        ],
    ),
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown(name: str) -> None:
    text, expected = MARKDOWN[name]
    document = read_text(text)
    assert document.format == "markdown"
    assert parts(document) == expected


def test_front_matter_says_who_and_when() -> None:
    text = f"```yaml\npressroom:\n  name: Any Police\ndate: '2023-05-25'\ntitle: 'Missing: someone doesn''t come home - Any Police'\nurl: https://example.org/a\n```\n{BODY}"
    document = read_text(text)
    assert (document.title, document.published) == ("Missing: someone doesn't come home", dt.date(2023, 5, 25))
    assert (document.url, document.publisher) == ("https://example.org/a", "Any Police")
    assert ("title", "Missing: someone doesn''t come home") in parts(document)


@pytest.mark.parametrize(
    "matter",
    [
        "a: &a [x]\nb: [*a, *a]",
        "a: " + "[" * 5000,
        "- " * 30_000,
        "a:\n" + "".join(f"{' ' * n}b:\n" for n in range(1, 300)),
        "title: x\n" + "a: b\n" * 20_000,
        "a: b: c",
        "- a\n- b",
        "a: !!python/object:os.system x",
        'a: "\\UFFFFFFFF"',
    ],
)
def test_hostile_front_matter_is_no_error(matter: str) -> None:
    document = read_text(f"```yaml\n{matter}\n```\n\n{BODY}")
    assert parts(document)[-1] == ("lead", BODY)


def test_rules_round_a_paragraph_are_no_front_matter() -> None:
    assert parts(read_text(f"---\n{BODY}\n---\n{MORE}")) == [("metadata", "---"), ("lead", BODY), ("metadata", "---"), ("body", MORE)]


PAGE = f"""<!DOCTYPE html><html lang="en" class="no-sidebar"><head><title>Twelve arrested in dawn raids | Anytown Post</title>
<meta property="og:url" content="https://example.org/a"><meta property="article:published_time" content="2026-04-16T23:30:00-05:00">
<style>.ad{{}}</style><script>var arrests = 99;</script></head>
<body class="nav-open has-cookies"><div id="cookie-banner"><p>We store 3 cookies.</p><button>Accept</button></div>
<header><a href="#c">Skip to content</a><nav><ul><li>Home</li><li>Crime (112)</li></ul></nav></header>
<main><article><header><h1>Twelve arrested in dawn raids</h1><p class="byline">By A Person | 16 April 2026</p></header>
<ul class="share"><li>Facebook 57</li></ul>
<p><strong>{BODY}</strong></p>
<p>Seized were 4&nbsp;guns &amp; &pound;310k<!-- 77 -->.<br>- 3 knives<br>- 12 phones</p>
<figure><img alt="5 men"><figcaption>Nine officers at the door</figcaption></figure>
<div class="ad">Advertisement &ndash; 0% finance on 250 cars</div>
<h2>At a glance</h2><ul><li>742 arrests</li><li><b>618</b> seizures</li></ul>
<table><tr><th>Area</th><th>Arrests</th></tr><tr><td>North</td><td>22</td></tr></table>
<blockquote><p>We made 88 arrests in a single year.</p></blockquote>
<p><a href="/x">Dealer hid 300 wraps in a box</a></p>
<p>Anyone with information can call 101.</p></article>
<section class="related"><h2>More stories</h2><ul><li><a href="/a">Sixty-two held</a></li></ul></section>
<section id="comments"><h2>1 comment</h2><article><p>They should lock up all 500 of them for the rest of their lives.</p></article></section></main>
<footer>&copy; 2026</footer></body></html>"""


def test_page() -> None:
    document = read_text(PAGE)
    assert parts(document) == [
        ("cookies", "We store 3 cookies."),
        ("cookies", "Accept"),
        ("navigation", "Skip to content"),
        ("navigation", "Home"),
        ("navigation", "Crime (112)"),
        ("title", "Twelve arrested in dawn raids"),
        ("dateline", "By A Person | 16 April 2026"),
        ("navigation", "Facebook 57"),
        ("lead", BODY),
        ("body", "Seized were 4\u00a0guns & £310k."),
        ("list", "3 knives"),
        ("list", "12 phones"),
        ("body", "Nine officers at the door"),
        ("advert", "Advertisement – 0% finance on 250 cars"),
        ("heading", "At a glance"),
        ("list", "742 arrests"),
        ("list", "618 seizures"),
        ("heading", "Area | Arrests"),
        ("list", "North | 22"),
        ("body", "We made 88 arrests in a single year."),
        ("related", "Dealer hid 300 wraps in a box"),
        ("contact", "Anyone with information can call 101."),
        ("related", "More stories"),
        ("related", "Sixty-two held"),
        ("comments", "1 comment"),
        ("comments", "They should lock up all 500 of them for the rest of their lives."),
        ("navigation", "© 2026"),
    ]
    assert (document.format, document.title, document.published) == ("html", "Twelve arrested in dawn raids", dt.date(2026, 4, 16))
    assert (document.url, document.publisher) == ("https://example.org/a", "Anytown Post")
    assert [document.text[start:end] for start, end in document.quotes] == ["We made 88 arrests in a single year."]
    assert "99" not in document.text
    assert "77" not in document.text


PAGES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "fragment": (f"<p>{BODY}</p><ul><li>1 gun<li>2 cars</ul>", [("lead", BODY), ("list", "1 gun"), ("list", "2 cars")]),
    "title from the head": (
        f"<html><head><title>Twelve arrested in dawn raids - Any Police</title></head><body><p>{BODY}</p></body></html>",
        [("title", "Twelve arrested in dawn raids"), ("lead", BODY)],
    ),
    "title in a lesser heading": (
        "<title>Twelve arrested in dawn raids | Any Police</title><h2>Twelve arrested in dawn raids</h2>"
        f"<div class='date'>3 February 2020</div><div>{BODY}<br><br>{MORE}</div>",
        [("title", "Twelve arrested in dawn raids"), ("dateline", "3 February 2020"), ("lead", BODY), ("body", MORE)],
    ),
    "the name of the site is no title": (
        "<meta property=og:site_name content='Any News'><header><h1>Any News</h1></header>"
        f"<article><h1>Twelve arrested in raids</h1><p>{BODY}</p></article>",
        [("navigation", "Any News"), ("title", "Twelve arrested in raids"), ("lead", BODY)],
    ),
    "outside the article": (
        f"<body><p>Weather 9 degrees</p><main><h1>Twelve arrested in raids</h1><p>{BODY}</p><p>{MORE}</p></main><p>Call us on 5 lines</p></body>",
        [
            ("navigation", "Weather 9 degrees"),
            ("title", "Twelve arrested in raids"),
            ("lead", BODY),
            ("body", MORE),
            ("navigation", "Call us on 5 lines"),
        ],
    ),
    "terms, values and large figures": (
        "<h1>Twelve arrested in raids</h1><dl><dt>Published</dt><dd>18 October 2023</dd></dl>"
        f"<p>{BODY}</p><div><span>249</span></div><div>arrests</div>",
        [("title", "Twelve arrested in raids"), ("dateline", "Published: 18 October 2023"), ("lead", BODY), ("list", "249\narrests")],
    ),
    "a page laid out by tables": (
        f"<table><tr><td>Menu</td><td><h1>Gang jailed for 80 years</h1><p>{BODY}<p>{MORE}"
        "<table><tr><td>Smith</td><td>9 years</td></tr></table></td></tr></table>",
        [("navigation", "Menu"), ("title", "Gang jailed for 80 years"), ("lead", BODY), ("body", MORE), ("list", "Smith | 9 years")],
    ),
    "broken markup": (f"<p>{BODY}<p>2 < 3 guns <b>and <a href='x>{MORE}", [("lead", BODY), ("body", f"2 < 3 guns and {MORE}")]),
    "code that never ends": (f"<p>{BODY}</p><script>var x = 500;", [("lead", BODY)]),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str) -> None:
    source, expected = PAGES[name]
    document = read_text(source)
    assert document.format == "html"
    assert parts(document) == expected


@pytest.mark.parametrize(
    "tag",
    [
        '<meta name="date" content="2026-03-12">',
        '<meta name="DC.date.issued" content="12/03/2026">',
        '<meta itemprop="datePublished" content="March 12, 2026">',
        '<time datetime="2026-03-12T11:42">Thursday</time>',
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2026-03-12T09:00:00Z"}]}</script>',
        '<script type="application/ld+json">{broken</script><meta name=pubdate content="Thu, 12 Mar 2026 07:00:00 GMT">',
    ],
)
def test_page_published(tag: str) -> None:
    assert read_text(f"<html>{tag}<h1>Twelve arrested in raids</h1><p>{BODY}</p></html>").published == dt.date(2026, 3, 12)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-11-28", (2024, 11, 28)),
        ("20241128", (2024, 11, 28)),
        ("3/4/2024", (2024, 4, 3)),
        ("4/28/2024", (2024, 4, 28)),
        ("28th Nov 2024", (2024, 11, 28)),
        ("Nov 28, 2024 07:00", (2024, 11, 28)),
        ("2024-13-45", None),
        ("today", None),
        ("", None),
    ],
)
def test_header_date(value: str, expected: tuple[int, int, int] | None) -> None:
    assert header_date(value) == (None if expected is None else dt.date(*expected))


def test_site_names() -> None:
    assert without_site("Lines closed - Any Police", "Any Police") == "Lines closed"
    assert without_site("Lines closed - in Anytown", "Any Police") == "Lines closed - in Anytown"
    assert without_any_site("Twelve people arrested in raids | Any Post") == "Twelve people arrested in raids"
    assert without_any_site("Any Police - News") == "Any Police - News"


SPEECH = [
    ("She said: “We made 12 arrests today.”", ["“We made 12 arrests today.”"]),
    ("“We made 12 arrests,” she said. “It was a good day.”", ["“We made 12 arrests,”", "“It was a good day.”"]),
    ("She said: “We made 12 arrests today.\n\n“We will make more soon.”", ["“We made 12 arrests today.", "“We will make more soon.”"]),
    ('She said: "We made 12 arrests today.\n\n"We will make more soon."', ['"We made 12 arrests today.', '"We will make more soon."']),
    ("Texts offered “2 for 15” on the ‘Rico’ line.", []),
    ("The court heard: ‘We never meant to hurt any of them,’ he said.", ["‘We never meant to hurt any of them,’"]),
    ("The officers’ work on the dealers’ homes and the gangs’ cars went on.", []),
    ('A 36" blade and a 12" one were found in the car on the road.', []),
    ("**Chief Any said:** “We made 12 arrests this year.\n\nMore text.", ["“We made 12 arrests this year."]),
]


@pytest.mark.parametrize(("text", "expected"), SPEECH)
def test_quotes(text: str, expected: list[str]) -> None:
    document = read_text(text)
    assert [document.text[start:end] for start, end in document.quotes] == expected


DECODED = [
    (RELEASE.encode(), "utf-8", RELEASE),
    (b"\xef\xbb\xbf" + RELEASE.encode(), "utf-8-sig", RELEASE),
    (b"\xff\xfe" + RELEASE.encode("utf-16-le"), "utf-16-le", RELEASE),
    (b"\xfe\xff" + RELEASE.encode("utf-16-be"), "utf-16-be", RELEASE),
    (RELEASE.encode("utf-16-le"), "utf-16-le", RELEASE),
    (b"\xff\xfe\0\0" + RELEASE.encode("utf-32-le"), "utf-32-le", RELEASE),
    (b"\0\0\xfe\xff" + RELEASE.encode("utf-32-be"), "utf-32-be", RELEASE),
    (RELEASE.encode("utf-16-be"), "utf-16-be", RELEASE),
    (RELEASE.encode("cp1252"), "cp1252", RELEASE),
    (b"", "utf-8", ""),
    ("<meta charset='iso-8859-2'><p>Łódź police made 12 arrests.</p>".encode("iso-8859-2"), "iso8859-2", "Łódź police made 12 arrests."),
    ("<meta charset='nonsense'><p>£12 seized by police.</p>".encode("cp1252"), "cp1252", "£12 seized by police."),
]


@pytest.mark.parametrize(("data", "encoding", "text"), DECODED)
def test_decoding(data: bytes, encoding: str, text: str) -> None:
    document = read_bytes(data)
    assert (document.encoding, document.text) == (encoding, text)
    assert document.sha256 == hashlib.sha256(data).hexdigest()


REFUSED = [
    (b"%PDF-1.7 ...", "a PDF, and broken"),
    (b"PK\x03\x04" + b"other", "ZIP archive or an Office document, and broken"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff\xe0", "JPEG"),
    (b"{\\rtf1", "RTF"),
    (b"abc\x00def\x00\x00", "offset 3"),
    (b"\xff\xfe\x00\x00a\x00\x00", "utf-32-le"),
    (b"Police\nfound a\ncaf\xe9 \x81 bar", "offset 20 (line 3)"),
    (b"<?xml version='1.0'?><rss><channel>", "broken XML (no element found at line 1"),
    ("“naïve” café – ".encode() * 3 + b"\xff", "not UTF-8"),
    (b"\xff\xfea", "utf-16-le"),
]


@pytest.mark.parametrize(("data", "says"), REFUSED)
def test_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=r"^a\.txt: [^\n]+; [^\n]+$") as caught:
        read_bytes(data, "a.txt")
    assert says in str(caught.value)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    path.write_text(RELEASE, encoding="utf-8")
    document = read_file(path)
    assert (document.path, document.format, document.title) == (str(path), "text", "Twelve arrested in dawn raids across Anytown")
    assert read_file(str(path)) == document


@pytest.mark.parametrize("name", ["absent.txt", "", "a\0b", "x" * 5000, "line\nbreak", "odd\udcff.txt"])
def test_unreadable_files(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_file(f"{tmp_path}/{name}")
    message = str(caught.value)
    assert "\n" not in message
    assert message.encode("utf-8")


def test_odd_bytes_in_a_name(tmp_path: Path) -> None:
    path = tmp_path / "odd\udcff.txt"
    try:
        path.write_text(RELEASE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    assert read_file(path).path == f"{tmp_path}/odd\\xff.txt"


def check(document: Document) -> None:
    at = 0
    for i, block in enumerate(document.blocks):
        assert at <= block.start < block.end <= len(document.text)
        assert not document.text[block.start].isspace()
        assert not document.text[block.end - 1].isspace()
        assert (block.kind is BlockKind.NOISE) == bool(block.reason)
        if block.lead_in is not None:
            assert block.kind is BlockKind.LIST
            assert block.lead_in < i
            assert document.blocks[block.lead_in].kind is not BlockKind.NOISE
        at = block.end
    for start, end in document.quotes:
        assert 0 <= start < end <= len(document.text)
    assert list(document.quotes) == sorted(document.quotes)


WORDS = st.sampled_from(
    [
        "\n",
        "\n\n",
        " ",
        "• ",
        "- ",
        "* ",
        "-1",
        "1. ",
        "# ",
        "> ",
        "| ",
        "|-|",
        "**",
        "---",
        "```yaml\n",
        "```",
        "title: ",
        "“",
        "”",
        '"',
        "‘",
        "’",
        ":",
        ".",
        "£4",
        "12",
        "3 May 2020",
        "date 2021-10-25 ",
        "Police arrested ten men in a raid on a flat in the town.",
        "Advertisement",
        "Most read",
        "Comments (2)",
        "call 101",
        "We use cookies on this site",
        "<p>",
        "</p>",
        "<div class=ad>",
        "</div>",
        "<article>",
        "<li>",
        "<td>",
        "<tr>",
        "<h1>",
        "<a href='",
        "'>",
        "<!--",
        "-->",
        "<script>",
        "&amp;",
        "&#99999999;",
        "\u00a0",
        "\u2028",
        "\r",
        "\x00",
        "\udcff",
    ]
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=40).map("".join))
@example("<html>" + "<!-- - >" * 3)
@example("&#" + "9" * 5000)
def test_any_text_is_read(text: str) -> None:
    check(read_text(text))


@settings(max_examples=200)
@given(st.text())
def test_any_string_is_read(text: str) -> None:
    check(read_text(text))


@settings(max_examples=200)
@given(st.binary() | st.lists(WORDS, max_size=20).map(lambda words: "".join(words).encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    message = ""
    try:
        check(read_bytes(data))
    except InputError as error:
        message = str(error)
    assert "\n" not in message


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<a ",
        '<a "',
        "<!--",
        "<![CDATA[",
        "</",
        "<li><b>",
        "<td>",
        "<span class=ad>",
        "<",
        "&",
        "“",
        "* ",
        "|-",
        "> a\n",
        "call ",
        "1,",
        "x:\ny\n",
        "Most read\n",
        "(a) ",
        "[a](",
        "\n",
    ],
)
def test_hostile_input_takes_linear_time(unit: str) -> None:
    started = time.perf_counter()
    read_text("<html>" + unit * (100_000 // len(unit)) if unit[0] == "<" else unit * (100_000 // len(unit)))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("This page would set 14 optional cookies if it could", "cookies"),
        ("Accept all to show that you agree to what is told here", "cookies"),
        ("Our 87 partners may store things on your device", "cookies"),
        ("Thank you: your cookie preferences have been saved", "cookies"),
        ("Sorry, something went wrong. Please try again", "cookies"),
        ("Soar Valley Post, all rights reserved by its owners", "navigation"),
        ("The Post is a registered charity no 12", "navigation"),
        ("Was this of use? Rate this page below", "navigation"),
        ("Crime in Anytown | Share", "navigation"),
        ("Crime in Anytown · Print", "navigation"),
        ("For the whole list click here", "navigation"),
        ("Jo Bloggs, press desk | desk@anyshire.example", "contact"),
    ],
)
def test_lines_that_hold_what_only_banners_and_footers_hold_are_noise(line: str, reason: str) -> None:
    assert noise_reason(line) == reason
    assert noise_reason(line.upper()) == reason
