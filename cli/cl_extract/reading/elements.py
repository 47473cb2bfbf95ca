"""What an element of a page is for, by its tag, its role and the words of its class: the article, navigation, an advert, comments, a date."""

from __future__ import annotations

import re

from cl_extract.reading.wording import words

BLOCK_TAGS = words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul"
)
HEADINGS = words("h1 h2 h3 h4 h5 h6")
_TELLING_TAGS = HEADINGS | words("li blockquote td th figcaption dt dd address caption summary legend")
_NOISE_TAGS = {
    "nav": "navigation", "footer": "navigation", "aside": "related", "form": "navigation", "dialog": "cookies", "button": "navigation",
    "menu": "navigation",
}  # fmt: skip
_NOISE_ROLES = {
    "navigation": "navigation", "dialog": "cookies", "alertdialog": "cookies", "banner": "navigation", "contentinfo": "navigation",
    "complementary": "related", "search": "navigation",
}  # fmt: skip
# Words of a class, id or label that say what an element is for.
_NOISE_WORDS = {
    "cookies": "cookie cookies cookiebar cookiebanner cookieconsent consent gdpr ccpa onetrust privacybanner",
    "advert": "ad ads advert adverts advertisement advertisements advertising adslot adsbygoogle adunit dfp promo promos promoted promotion "
    "promotions sponsor sponsored sponsors newsletter newsletters subscribe subscription signup paywall donate donation outbrain taboola mpu",
    "comments": "comment comments commentlist disqus respond",
    "related": "related recommended recommendations recirculation mostread mostpopular trending morefrom youmaylike readmore readnext "
    "teasers sidebar widget widgets yarpp relatedposts relatedarticles relatedstories relatednews relatedcontent",
    "navigation": "share sharing shares sharebar sharethis sharedaddy addtoany addthis social socials sociallinks breadcrumb breadcrumbs footer nav "
    "navbar navigation menu menus tags taglist tagcloud topics taxonomy pagination pager skip skiplink toolbar masthead printfriendly feedback "
    "ticker",
    "contact": "contacts presscontact presscontacts mediacontact mediacontacts",
}
_NOISE_PHRASES = {
    "you may also like": "related", "you might also like": "related", "most read": "related", "read more": "related", "more from": "related",
    "post navigation": "navigation", "reading time": "navigation", "update history": "navigation", "published dates": "navigation",
}  # fmt: skip
_WORD_REASON = {word: reason for reason, listed in _NOISE_WORDS.items() for word in listed.split()}
# "no-sidebar", "has-share" and "with-nav" tell of what is elsewhere, "category-" and "tag-" what a post is about.
_NOT_THE_ELEMENT = words("no has with without is js not category tag")
_HEADER_WORDS = words(
    "byline bylines dateline timestamp pubdate published publisheddate postdate date datetime time meta postmeta entrymeta articlemeta "
    "postinfo author authors posted"
)
_CONTENT_TAGS = words("html body main article")
# What has been struck out is no part of the text.
_STRUCK_TAGS = words("del s strike")
_UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def visibility_of(name: str, attributes: dict[str, str]) -> str:
    """``"unseen"`` where the page does not show the element, ``"ornament"`` where its marks are kept from those who have it read out, else empty.

    A block that is not read out says again what another does, or nothing; in a line a word may still be text.
    """
    if not attributes:
        return "unseen" if name in _STRUCK_TAGS else ""
    hidden = attributes.get("hidden", "until-found") != "until-found" or _UNSEEN.search(attributes.get("style", "")[:1000]) is not None
    if name in _STRUCK_TAGS or (hidden and name not in _CONTENT_TAGS):
        return "unseen"
    silent = attributes.get("aria-hidden", "").lower() == "true" and name not in _CONTENT_TAGS
    return ("unseen" if name in BLOCK_TAGS else "ornament") if silent else ""


def purpose_of(name: str, attributes: dict[str, str]) -> tuple[str, str]:
    """Why the element is noise (empty where it is not), and whether it may hold the article."""
    scope = name if name in ("main", "article") else "main" if attributes.get("role") == "main" else ""
    if "articlebody" in attributes.get("itemprop", "").lower():
        scope = scope or "body"
    if name in _CONTENT_TAGS or scope:
        return "", scope
    if name in _NOISE_TAGS:
        return _NOISE_TAGS[name], ""
    if not attributes and "-" not in name:
        return ("navigation", "") if name == "header" else ("", "")
    if (role := attributes.get("role", "").lower()) in _NOISE_ROLES:
        return _NOISE_ROLES[role], ""
    own = name if "-" in name else ""  # An element of the site's own making, such as <amp-ad>, is told by its name.
    labels = " ".join((own, *(attributes.get(name, "") for name in ("class", "id", "aria-label", "data-component", "data-testid"))))[:1000]
    for label in labels.split():
        parts = [part.lower() for part in _WORD.findall(label)]
        if not parts or parts[0] in _NOT_THE_ELEMENT:
            continue
        for word in (*parts, "".join(parts)):
            if word in _WORD_REASON:
                return _WORD_REASON[word], ""
    phrase = " ".join(part.lower() for part in _WORD.findall(labels))
    for said, reason in _NOISE_PHRASES.items():
        if said in phrase:
            return reason, ""
    return ("navigation", "") if name == "header" else ("", "")


def kind_of(name: str, attributes: dict[str, str], outer: str) -> str:
    """What the paragraphs of the element are: its tag, or that of the element round it which says more."""
    if name in _TELLING_TAGS:
        return name
    if outer in HEADINGS or outer in ("li", "blockquote", "header line"):
        return outer
    if name == "time":
        return "header line"
    said = (
        {part.lower() for part in _WORD.findall(f"{attributes.get('class', '')} {attributes.get('itemprop', '')}"[:500])}
        if attributes and name not in _CONTENT_TAGS
        else set()
    )
    if said & _HEADER_WORDS:
        return "header line"
    if outer in ("td", "th", "figcaption") and name in ("p", "div", "span", "a"):
        return outer
    return "p"
