"""Pages as sites make them: every fact of the article is found, and none from what stands round it.

The pages are ours, in the manner of real layouts: a force's site, a newsroom service, a ministry, a local paper's blog, a city built of tables, the
Irish and New Zealand police, a charity's <div>s, a television station. Each has its gold file, and numbers planted in adverts, menus, comments, "most
read" lists, hidden elements and headlines of other stories.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cl_extract import Record, extract
from cl_extract.reading.read import read_file, read_text
from cl_extract.workbench.evaluate import Outcome, evaluate

PAGES = Path(__file__).resolve().parent / "pages"
# Title, address and publisher of each.
HEADS = {
    "force-site.html": (
        "Eleven arrested as officers shut three drug lines in Ashford",
        "https://www.kent.example.org/news/kent/latest/2024/june/eleven-arrested-as-officers-shut-three-drug-lines/",
        "Kent Police",
    ),
    "newsroom.html": (
        "Forty-two lines closed in second phase of Operation Lanternfield",
        "https://newsroom.example.org/yhrocu/pressreleases/forty-two-lines-closed-3301127",
        "Yorkshire and the Humber ROCU",
    ),
    "ministry.html": (
        "Knife scheme takes 2,300 blades off the street",
        "https://www.gov.example.org/government/news/knife-scheme-takes-2300-blades-off-the-street",
        "GOV.UK",
    ),
    "local-paper.html": (
        "Seven charged after dawn raids in Selby",
        "https://wharfedaleecho.example.org/2025/02/seven-charged-after-dawn-raids-in-selby/",
        "Wharfedale Echo",
    ),
    "us-city.htm": ("Fentanyl Pills Seized in Traffic Stop on Highway 41", None, "Marlow Falls, WI"),
    "garda.html": (
        "Drugs worth €1.4 million seized in Drogheda",
        "https://www.garda.example.org/en/about-us/press/2024/may/drugs-seized-in-drogheda.html",
        "Garda",
    ),
    "nz-police.html": (
        "Operation Kahikatea: six arrests in Whangarei",
        "https://www.police.example.org/news/release/operation-kahikatea-six-arrests",
        "New Zealand Police",
    ),
    "charity-divs.html": (
        "Operation Fenwick: what officers found",
        "https://saferstreets.example.org/blog/operation-fenwick",
        "Safer Streets Trust",
    ),
    "tv-station.html": (
        "Sheriff: 27 pounds of meth, nine guns seized in Tulare County",
        "https://kqzv.example.org/2024/01/11/sheriff-27-pounds-of-meth/",
        "KQZV",
    ),
}


def facts(record: Record) -> list[tuple[object, ...]]:
    return sorted((fact.measure, fact.value, fact.unit or "", fact.attributes.drug, fact.attributes.group) for fact in record.facts)


@pytest.fixture(scope="module")
def scored() -> dict[str, Outcome]:
    return {Path(outcome.path).name: outcome for outcome in evaluate([PAGES]).outcomes}


@pytest.mark.parametrize("name", HEADS)
def test_the_article_is_read_and_nothing_round_it(name: str, scored: dict[str, Outcome]) -> None:
    outcome = scored[name]
    assert set(scored) == set(HEADS)
    assert not [f"{fault}: {item.quote}" for part in (outcome.facts, outcome.dates) for fault, items in part.at_fault for item in items]
    assert outcome.header[0] == outcome.header[1]


@pytest.mark.parametrize("name", HEADS)
def test_a_page_says_what_it_is(name: str) -> None:
    document = read_file(PAGES / name)
    assert (document.title, document.url, document.publisher) == HEADS[name]


BOXES = {
    "an advert": '<div class="mpu-wrap ad-slot"><p>Advertisement</p><p>Drive home a van from £99 a month. 40 vans seized by happy buyers.</p></div>',
    "an advert that only says so": "<div><p>Advertisement</p><p>Book now and save 20% on 400 cruises</p></div>",
    "links to other stories": '<div class="article__related"><h3>Related</h3><ul><li><a href="/1">Ninety arrested in raids</a></li></ul></div>',
    "the most read": "<h3>Most read</h3><ol><li><a href='/1'>Ninety people arrested in raids</a></li><li><a href='/2'>Gun seized</a></li></ol>",
    "a headline of another story": '<h3><a href="/1">Ninety arrested as 44 warrants are carried out</a></h3>',
    "a card": '<div class=card><div class=t><h3><a href="/1">Ninety arrested in raids</a></h3></div><p>Police arrested 90 people.</p></div>',
    "a card that is a link": '<a href="/1"><div>Ninety people arrested in raids</div><p>Police arrested 90 people and seized 44 knives.</p></a>',
    "cards of a list": "<ul><li><a href=/1>Ninety arrested in raids</a><p>Police arrested 90 people.</p><li><a href=/2>Two cars stolen</a></ul>",
    "a link line": '<p>READ MORE: <a href="/1">Ninety arrested in raids</a></p>',
    "a newsletter": '<section class="newsletter-signup"><h4>Our emails</h4><p>90 people arrested: our 8,000 readers knew.</p></section>',
    "something hidden": '<div style="display:none"><p>Police arrested 90 people and seized 44 knives.</p></div>',
    "something not shown in a line": "<p>Police had a <span hidden>bad day and arrested 90 people on a </span>good day.</p>",
    "something struck out": "<p>It was a <s>week in which 90 people were arrested</s> good week.</p>",
    "a template": "<template><p>Police arrested 90 people.</p></template><noscript><p>Police arrested 90 people.</p></noscript>",
    "a drawing": "<svg role='img'><title>90 arrests</title><text>90 people were arrested</text></svg>",
    "buttons": '<ul class="c-share-bar" role="list"><li>Facebook 90</li><li>90 people charged this</li></ul>',
    "comments": '<div id="disqus_thread" class="comments"><p>I saw 90 people arrested there.</p></div>',
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("name", ["force-site.html", "local-paper.html", "nz-police.html"])
def test_a_box_anywhere_between_its_paragraphs_changes_no_fact(name: str, box: str) -> None:
    page = (PAGES / name).read_text(encoding="utf-8")
    start = page.index("<p", page.index("</h1>"))
    article = [at.start() for at in re.finditer(r"<p(?: class=\"[\w-]*\")?>(?=[A-Z&])", page) if start <= at.start() < page.index("</main>")][1:5]
    expected = facts(extract(page))
    assert len(article) == 4
    for at in article:
        assert facts(extract(page[:at] + box + page[at:])) == expected, page[at : at + 60]


INSIDE = {
    "terms and values": (
        "<dl><dt>Warrants</dt><dd>7</dd><dt>Knives seized</dt><dd>31</dd></dl>",
        ["warrants_executed 7", "bladed_weapons_seized 31"],
    ),
    "labels over figures": (
        "<h2>Results</h2><div><div>Warrants</div><div>7</div><div>Knives seized</div><div>31</div></div>",
        ["warrants_executed 7", "bladed_weapons_seized 31"],
    ),
    "figures over labels": (
        "<h2>Results</h2><div><div>7</div><div>warrants</div><div>31</div><div>knives seized</div></div>",
        ["warrants_executed 7", "bladed_weapons_seized 31"],
    ),
    "figures that only the style sheet sets apart": (
        "<div><span class=n>31</span><span class=l>knives seized</span></div>",
        ["bladed_weapons_seized 31"],
    ),
    "a unit in an element of its own": ("<p>They seized <b>4</b><b>kg</b> of cocaine.</p>", ["drugs_seized 4000"]),
    "bullets typed into paragraphs": (
        "<p>Seized:</p><p>•\t4 knives</p><p>·&nbsp;&nbsp;&pound;400 in cash</p>",
        ["bladed_weapons_seized 4", "cash_seized 400"],
    ),
    "bullets typed into lines": (
        "<p>Seized:<br>&nbsp;&nbsp;- 4 knives<br>&nbsp;&nbsp;- 3 guns</p>",
        ["bladed_weapons_seized 4", "firearms_seized 3"],
    ),
    "a change shown": ("<p>They seized <del>4</del><ins>5</ins> knives.</p>", ["bladed_weapons_seized 5"]),
    "a note": ("<p>They seized 31 knives<sup>2</sup> and 4 guns.<sup><a href=#3>3</a></sup></p>", ["bladed_weapons_seized 31", "firearms_seized 4"]),
    "entities": ("<p>They seized &pound;3&#44;500&#xa0;in cash &amp; 31&nbsp;knives.</p>", ["cash_seized 3500", "bladed_weapons_seized 31"]),
    "a fold": ("<details><summary>More</summary><p>They seized 31 knives.</p></details>", ["bladed_weapons_seized 31"]),
    "an item that is a link": (
        "<p>They seized:</p><ul><li><a href=/k>31 knives from one house</a></li><li>4 guns</li></ul>",
        ["bladed_weapons_seized 31", "firearms_seized 4"],
    ),
    "a column that is not shown": (
        "<table><tr><th>Force<th style='display: none'>Number<th>Lines closed<tr><td>Kent<td style='display: none'>99<td>7</table>",
        ["lines_closed 7"],
    ),
    "an element of the site's own": (
        "<amp-ad><p>90 people arrested</p></amp-ad><x-body><p>They seized 31 knives.</p></x-body>",
        ["bladed_weapons_seized 31"],
    ),
    "a count of shares in the paragraph": ("<p>They seized 31 knives. <span class=share-count>44 shares</span></p>", ["bladed_weapons_seized 31"]),
}


@pytest.mark.parametrize(("inside", "expected"), INSIDE.values(), ids=INSIDE)
def test_nothing_inside_an_article_is_lost(inside: str, expected: list[str]) -> None:
    lead = "Anytown Police spent the week in the streets of the town, and officers were pleased with what they saw there."
    record = extract(f"<html><body><h1>Officers spend a week in Anytown</h1><p>{lead}</p>{inside}</body></html>")
    assert [f"{fact.measure} {fact.value.normalize():f}" for fact in record.facts] == expected


LINKED = {
    "a graph": (
        '{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"}, {"@type": "NewsArticle", "datePublished": "2026-03-12"}]}',
        "2026-03-12",
    ),
    "a list of kinds": ('{"@type": ["Article", "NewsArticle"], "datePublished": "2026-03-12T09:00:00Z"}', "2026-03-12"),
    "other articles": ('{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2020-01-01"}]}', None),
    "what it is part of": ('[{"@type": "BlogPosting", "isPartOf": {"datePublished": "2020-01-01"}, "datePublished": "2026-03-12"}]', "2026-03-12"),
    "only a change": ('{"@type": "NewsArticle", "dateModified": "2020-01-01"}', None),
    "broken": ('{"@type": "NewsArticle", "datePublished": "2020-01-01",}', None),
    "no date": ('{"@type": "NewsArticle", "datePublished": 20200101, "headline": ["x"], "publisher": [3]}', None),
    "deep": ("[" * 100_000, None),
}


@pytest.mark.parametrize(("script", "date"), LINKED.values(), ids=LINKED)
def test_the_date_of_the_article_in_linked_data(script: str, date: str | None) -> None:
    published = read_text(f"<html><script type='application/ld+json'>{script}</script><h1>Twelve arrested in raids</h1></html>").published
    assert (published.isoformat() if published else None) == date


def test_a_publisher_may_be_named_by_another_node() -> None:
    script = '{"@graph": [{"@type": "Organization", "@id": "#o", "name": "Kent Police"}, {"@type": "NewsArticle", "publisher": {"@id": "#o"}}]}'
    assert read_text(f"<html><script type=application/ld+json>{script}</script><h1>Twelve arrested in raids</h1></html>").publisher == "Kent Police"


HEAD_TAGS = {
    "the address is given whole": (
        "<link rel=canonical href='/news/1'><meta property=og:url content='https://example.org/1'>",
        "url",
        "https://example.org/1",
    ),
    "canonical goes first": (
        "<meta property=og:url content='https://example.org/1?x=2'><link rel='shortlink canonical' href='https://example.org/1'>",
        "url",
        "https://example.org/1",
    ),
    "a host is no publisher": (
        "<meta property=og:site_name content=Mynewsdesk><meta name=DC.publisher content='Kent Police'>",
        "publisher",
        "Kent Police",
    ),
    "the title without the site": (
        "<title>Twelve arrested in dawn raids | Anytown Post</title><meta property=og:title content='Twelve arrested in dawn raids - Anytown Post'>"
        "<meta property=og:site_name content='Anytown Post'>",
        "title",
        "Twelve arrested in dawn raids",
    ),
    "a headline of linked data": (
        '<title>Anytown Post</title><script type=\'application/ld+json\'>{"@type": "Article", "headline": "Twelve arrested in raids"}</script>',
        "title",
        "Twelve arrested in raids",
    ),
}


@pytest.mark.parametrize(("tags", "field", "value"), HEAD_TAGS.values(), ids=HEAD_TAGS)
def test_what_the_head_of_a_page_gives(tags: str, field: str, value: str) -> None:
    assert getattr(read_text(f"<html><head>{tags}</head><p>Officers arrested 12 people in Anytown on Monday.</p></html>"), field) == value


def test_the_clock_of_the_site_is_no_publication_date() -> None:
    page = (
        "<html><div class=top-bar><time datetime='2026-05-01'>Today</time></div><article><h1>Twelve arrested in raids</h1>"
        "<time datetime='2026-03-12'>Thursday</time><p>Officers arrested 12 people in Anytown, and they will stay until they have all been found.</p>"
        "</article><aside><time datetime='2026-02-01'>1 February</time></aside></html>"
    )
    published = read_text(page).published
    assert published is not None
    assert published.isoformat() == "2026-03-12"


_SOURCES = [path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*.htm*"))]
_PIECES = st.sampled_from(
    ["<", ">", '"', "'", "<!--", "-->", "<table>", "<td colspan='0'>", "</div>", "<del>", "&", "&#0;", "\x00", "<p", "<time>", "|", "12"]
)


@st.composite
def _mutated(draw: st.DrawFn) -> str:
    """A page with some stretches of it cut out, doubled or spoilt."""
    page = draw(st.sampled_from(_SOURCES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(page)))
        end = min(len(page), start + draw(st.integers(0, 400)))
        page = page[:start] + draw(st.one_of(st.just(""), st.just(page[start:end] * 2), _PIECES)) + page[end:]
    return page


@settings(max_examples=80)
@given(_mutated())
def test_a_spoilt_page_is_read_all_the_same(page: str) -> None:
    document = read_text(page)
    for record in [extract(page)]:
        for mention in (mention for fact in record.facts for mention in fact.mentions):
            assert mention.start < mention.end
            assert document.text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("unit", ["<div>", "<", "&", "<table><tr><td>", "<td>", "<span aria-hidden=true>", "<del>", "<div hidden>"])
def test_a_megabyte_of_one_thing_is_read_in_time(unit: str) -> None:
    started = time.perf_counter()
    read_text("<html><body>" + unit * (1_000_000 // len(unit)))
    assert time.perf_counter() - started < 60  # some seconds here, hours were it to grow with the square


def test_an_attribute_as_long_as_the_page_hides_nothing_after_it() -> None:
    page = f"<html><div data-x='{'a b=c ' * 150_000}'><h1>Raids in Anytown</h1><p>Officers arrested 12 people in Anytown.</p></div></html>"
    assert [(fact.measure, int(fact.value)) for fact in extract(page).facts] == [("arrests", 12)]
