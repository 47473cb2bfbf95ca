"""What a page says about itself in its head: title, publication date, address and publisher, the most trustworthy first.

Open Graph and the like are written by people who publish, JSON-LD by their system; the rest by whoever made the page. Dates of change are never read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from cl_extract.reading.frontmatter import header_date, site_of, without_any_site, without_site
from cl_extract.reading.layout import SPACE, fold
from cl_extract.reading.wording import words
from cl_extract.value import field, value

_TITLE_NAMES = ("og:title", "twitter:title", "dcterms.title", "dc.title", "parsely-title")
_SURE_DATE_NAMES = ("article:published_time", "og:published_time", "og:article:published_time", "govuk:first-published-at", "datepublished")
_DATE_NAMES = (
    "article:published", "date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date", "published",
    "published_time", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "sailthru.date",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "release_date",
)  # fmt: skip
_URL_NAMES = ("og:url", "twitter:url", "parsely-link", "dcterms.identifier", "dc.identifier")
_PUBLISHER_NAMES = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name", "article:publisher", "copyright")
# Sites that hold the releases of others, and are not who publishes them.
_HOSTS = words("mynewsdesk presspage wordpress.com medium civicengage civicplus nixle govdelivery flashalert cision youtube facebook")
_ARTICLES = words("newsarticle article blogposting reportagenewsarticle report pressrelease socialmediaposting liveblogposting")
# Under these an article names others.
_OTHERS = words("itemlistelement mentions haspart ispartof comment citation review video image subjectof relatedlink")
_LONGEST_SCRIPT = 500_000
_MOST_SCRIPTS = 20
_MOST_NODES = 5000
_MOST_MEMBERS = 200
_LONGEST_PUBLISHER = 100
_FEWEST_WORDS = 4  # A <title> of fewer is the name of the site or of a section.


@value(slots=True)
class Head:
    """What has been gathered of a page's tags. ``time`` is the <time> of its article, for whoever knows which that is to fill in."""

    names: dict[str, str] = field(default_factory=dict)
    title: str = ""
    canonical: str = ""
    item_date: str = ""
    time: str = ""
    scripts: list[str] = field(default_factory=list)
    _linked: dict[str, str] | None = None

    def take(self, name: str, attributes: dict[str, str], content: str) -> None:
        """Take what a tag of the head says; the first of each kind counts."""
        if name == "title":
            self.title = self.title or " ".join(content[:2000].split())
        elif name == "script":
            if "ld+json" in attributes.get("type", "").lower() and len(content) <= _LONGEST_SCRIPT and len(self.scripts) < _MOST_SCRIPTS:
                self.scripts.append(content)
        elif name == "link":
            if "canonical" in attributes.get("rel", "").lower().split():
                self.canonical = self.canonical or attributes.get("href", "")
        elif name == "meta":
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or attributes.get("http-equiv") or ""
            if value := attributes.get("content", "").strip(SPACE):
                self.names.setdefault(key.strip().lower(), value)

    @property
    def linked(self) -> dict[str, str]:
        """What the page's JSON-LD says of its article."""
        if self._linked is None:
            self._linked = read_linked_data(self.scripts)
        return self._linked

    def titles(self) -> list[str]:
        """Every title that the tags give, the site's name not taken off."""
        return [title for title in (*(self.names.get(name) for name in _TITLE_NAMES), self.linked.get("headline"), self.title) if title]

    def bare_title(self) -> str | None:
        """The title of the tags without the name of the site."""
        tag = next((title for title in self.titles() if title != self.title), "")
        if tag and (not self.title or fold(self.title).startswith(fold(tag)) or len(self.title.split()) < _FEWEST_WORDS):
            return without_site(tag, self.publisher()) or None
        return without_any_site(without_site(self.title, self.publisher())) or None

    def published(self) -> str | None:
        """The publication date as the tags write it."""
        sure = [self.names.get(name) for name in _SURE_DATE_NAMES]
        rest = [self.names.get(name) for name in _DATE_NAMES]
        return next((value for value in (*sure, self.linked.get("date"), self.item_date, *rest, self.time) if value and header_date(value)), None)

    def url(self) -> str | None:
        """The address of the page, where a tag gives it whole."""
        given = (self.canonical, *(self.names.get(name) for name in _URL_NAMES), self.linked.get("url"))
        return next((value for value in given if value and "://" in value), None)

    def publisher(self) -> str | None:
        """Who publishes the page by its tags, those who only hold the releases of others aside."""
        named = (*(self.names.get(name) for name in _PUBLISHER_NAMES), self.linked.get("publisher"))
        return next((value for value in named if value and "://" not in value and len(value) <= _LONGEST_PUBLISHER and not _is_host(value)), None)

    def site_after(self, title: str) -> str | None:
        """The name of the site after the title in <title> ("… • Anytown • CivicEngage")."""
        if not self.title or not fold(self.title).startswith(fold(title)):
            return None
        site = site_of(self.title)
        return site_of(without_site(self.title, site)) if site and _is_host(site) else site


def _is_host(name: str) -> bool:
    return name.casefold() in _HOSTS


def read_linked_data(scripts: list[str]) -> dict[str, str]:
    """Headline, date, address and publisher of the article in a page's JSON-LD; what is no JSON is passed over, and what only names other pages."""
    nodes = [node for script in scripts for node in _nodes(script)]
    named = {key: name for node in nodes if isinstance(key := node.get("@id"), str) and isinstance(name := node.get("name"), str)}
    found: dict[str, str] = {}
    for node in sorted(nodes, key=lambda node: not _is_article(node)):
        if not (_is_article(node) or isinstance(node.get("datePublished"), str)):
            continue
        page = node.get("mainEntityOfPage")
        said = {
            "headline": node.get("headline"),
            "date": node.get("datePublished"),
            "url": node.get("url") or (page.get("@id") if isinstance(page, dict) else page),
            "publisher": _name_of(node.get("publisher"), named),
        }
        for key, told in said.items():
            if isinstance(told, str) and told.strip():
                found.setdefault(key, told.strip())
    return found


def _is_article(node: dict[str, object]) -> bool:
    kinds = node.get("@type")
    return any(isinstance(kind, str) and kind.lower() in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _name_of(publisher: object, named: dict[str, str]) -> object:
    """The name of a publisher that is given in full, by a list of one, or by the address of another node."""
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    if isinstance(publisher, dict):
        key = publisher.get("@id")
        return publisher.get("name") or (named.get(key) if isinstance(key, str) else None)
    return publisher


def _nodes(script: str) -> Iterator[dict[str, object]]:
    """The objects of a script in order, outer ones first."""
    try:
        loaded: object = json.loads(script.strip().removesuffix(";"))
    except (ValueError, RecursionError):
        return
    queue: list[object] = [loaded]
    for node in queue:
        if isinstance(node, list):
            queue.extend(node[:_MOST_MEMBERS])
        elif isinstance(node, dict):
            yield node
            inner = [value for key, value in list(node.items())[:_MOST_MEMBERS] if str(key).lower() not in _OTHERS]
            queue.extend(value for value in inner if isinstance(value, (dict, list)))
        if len(queue) > _MOST_NODES:
            return
