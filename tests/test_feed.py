"""RSS and Atom: each entry a release. Every release here is invented."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from cl_extract import InputError, extract_file, extract_releases
from cl_extract.app import run
from cl_extract.extraction import extract_document
from cl_extract.reading.read import read_file, releases_in
from formats import BODY, MORE, RELEASE, TITLE, rss


def test_each_entry_of_a_feed_is_a_release(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss(RELEASE, f"Seven men were jailed today\n\n{BODY}", date="Mon, 10 Mar 2025 09:00:00 GMT"), encoding="utf-8")
    first, second = extract_releases(path)
    assert [record.source.path for record in (first, second)] == [f"{path}#1", f"{path}#2"]
    assert (second.release.title, second.release.published) == ("Seven men were jailed today", dt.date(2025, 3, 10))
    assert second.release.url == "https://news.example/2"
    assert extract_file(f"{path}#2") == second
    with pytest.raises(InputError, match=r"holds 2 releases; name one, such as .*#1 .*extract_releases"):
        extract_file(path)
    with pytest.raises(InputError, match=r"feed.xml has no entry 3;"):
        extract_file(f"{path}#3")
    with pytest.raises(InputError, match=r"none.xml: no such file"):
        extract_file(tmp_path / "none.xml#1")


def test_a_file_may_be_named_like_an_entry(tmp_path: Path) -> None:
    path = tmp_path / "release#2"
    path.write_text(RELEASE, encoding="utf-8")
    assert read_file(path).path == str(path)


def test_the_records_of_a_feed_are_one_a_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss(RELEASE, RELEASE), encoding="utf-8")
    assert run(["--json", str(path)]) == 0
    assert [json.loads(line)["source"]["path"] for line in capfd.readouterr().out.splitlines()] == [f"{path}#1", f"{path}#2"]
    assert run(["text", str(path)]) == 1
    assert "holds 2 releases" in capfd.readouterr().err
    assert run(["--json", f"{path}#2", "-o", str(path)]) == 2  # which would write over the feed
    capfd.readouterr()
    assert run(["text", f"{path}#2"]) == 0
    assert capfd.readouterr().out == f"{TITLE}\n\n{BODY}\n\n{MORE}"


ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
FEEDS = {
    "escaped twice": (
        "<rss><item><title>Guns &amp;amp; knives</title><description>&lt;p&gt;12 &amp;amp; 13&lt;/p&gt;</description></item></rss>",
        "Guns & knives\n\n12 & 13",
    ),
    "the whole text before the summary": (
        '<rss xmlns:c="http://purl.org/rss/1.0/modules/content/"><item><description>Short</description><c:encoded><![CDATA[<p>Long</p>]]></c:encoded></item></rss>',
        "Long",
    ),
    "RSS 1.0, and titles of pictures": (
        '<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/" xmlns:m="m"><item><m:title>Picture</m:title><title>Raids</title>'
        "<description>12 men</description></item></rdf:RDF>",
        "Raids\n\n12 men",
    ),
    "entities of HTML": ("<!-- made by hand --><rss><item><description>£5&nbsp;million &eacute;</description></item></rss>", "£5\xa0million é"),
    "a document type": (
        '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://x.example/rss.dtd"><rss><item><description>12</description></item></rss>',
        "12",
    ),
    "Atom, plain text": (f"<feed {ATOM}><entry><content>5 &lt; 6 &amp;amp; 7</content></entry></feed>", "5 < 6 &amp; 7"),
    "Atom, HTML": (
        f"<feed {ATOM}><entry><title type='html'>A &lt;b&gt;raid&lt;/b&gt;</title><content type='html'>&lt;p>12&lt;/p></content></entry></feed>",
        "A raid\n\n12",
    ),
    "Atom, only a summary": (f"<feed {ATOM}><entry><summary>12 men</summary><content/></entry></feed>", "12 men"),
}


@pytest.mark.parametrize(("source", "text"), FEEDS.values(), ids=FEEDS)
def test_the_text_of_an_entry(source: str, text: str) -> None:
    (document,) = releases_in(source.encode())
    assert document.text == text


DATED = {
    "pubDate": "<rss><item><pubDate>Mon, 09 Dec 2024 23:30:00 -0500</pubDate></item></rss>",
    "dc:date": '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><item><dc:date>2024-12-09T10:00:00Z</dc:date></item></rss>',
    "published": f"<feed {ATOM}><entry><updated>2025-01-01T00:00:00Z</updated><published>2024-12-09T10:00:00Z</published></entry></feed>",
    "updated": f"<feed {ATOM}><entry><updated>2024-12-09T10:00:00Z</updated></entry></feed>",
}


@pytest.mark.parametrize("source", DATED.values(), ids=DATED)
def test_the_date_of_an_entry(source: str) -> None:
    (document,) = releases_in(source.encode())
    assert document.published == dt.date(2024, 12, 9)


def test_an_entry_that_breaks_off_is_told() -> None:
    (document,) = releases_in(b"<rss><item><description>Police arrested 12 men in a raid and [...]</description></item></rss>")
    assert extract_document(document).warnings == ("the feed gives only the beginning of this release; read the whole at its address",)
