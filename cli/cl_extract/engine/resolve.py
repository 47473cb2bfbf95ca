"""Findings -> Record: one fact per figure with all its mentions, years and periods settled, contradictions told as warnings."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from cl_extract.engine.checks import check_parts, check_title, check_totals
from cl_extract.engine.chunk import Chunks
from cl_extract.engine.lex import Sentence
from cl_extract.engine.lexicon import Lexicon
from cl_extract.engine.match import Finding, Matches
from cl_extract.engine.release import DOLLARS, Dated, Written, find_force, find_operations, find_period, find_published, written_dates
from cl_extract.engine.skeleton import TIME_LIMIT
from cl_extract.model import (
    COUNT,
    DURATION,
    FACTUAL,
    Attributes,
    BlockKind,
    DateFact,
    DateRole,
    Document,
    Fact,
    Mention,
    Period,
    Record,
    Release,
    Section,
    Source,
    Unclassified,
)
from cl_extract.value import replace, value

_SECTIONS: dict[BlockKind, Section] = {BlockKind.TITLE: "title", BlockKind.LEAD: "lead", BlockKind.LIST: "list"}
# How far, as a share, an exact figure may lie from the rounded one that stands for it: "more than 1,000" for 1,135, "almost 250" for 249.
_ROUNDED = Decimal("0.15")
_SETTLED = frozenset({"exact", "range"})
# How far a headline may round a sum or a term without saying so: "£286k" for £286,412.60, "52 years" for 52 years and three months.
_HEADLINE = Decimal("0.03")


@value(slots=True)
class _Draft:
    """A fact in the making: the finding that tells it best, and every finding of it."""

    best: Finding
    findings: list[Finding]


def resolve(document: Document, sentences: Sequence[Chunks], matches: Matches, lexicon: Lexicon, published: dt.date | None) -> Record:
    """The record of a document. ``published`` is the caller's word for a release that does not say its own date."""
    findings = matches.findings
    plain = [chunks.sentence for chunks in sentences]
    spans, numbers = _dates_and_numbers(plain)
    force, country = find_force(document, plain, lexicon)
    published, reckoned = find_published(document, plain, spans, document.sent or published)
    dates = written_dates(document, plain, spans, reckoned)
    period = find_period(document, plain, dates, reckoned)
    places = Places(document)
    dollar = DOLLARS.get(country or "", "USD")
    drafts = _unite([replace(f, unit=dollar) if f.unit == "$" else f for f in findings], places)
    by_sentence: dict[int, list[Written]] = {}
    for written in dates:
        by_sentence.setdefault(written.sentence, []).append(written)
    facts = tuple(_fact(draft, places, _period(draft.best, plain, by_sentence, period, reckoned)) for draft in drafts)
    title = document.title or next((document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.TITLE), None)
    return Record(
        source=Source(document.path, document.sha256, document.format, document.encoding),
        release=Release(title, published, document.url, force, find_operations(document), period),
        facts=facts,
        dates=_dates(dates, places, published, period),
        warnings=(
            *document.warnings,
            *_warnings(dates, document),
            *dict.fromkeys(_cross_checks(findings, facts, sentences, places)),
            *(f"the pattern {rule} was given up after {TIME_LIMIT} s; figures may be missing" for rule in matches.slow),
        ),
        unclassified=tuple(_unclassified(plain, numbers, findings, places)),
    )


def _dates_and_numbers(sentences: Sequence[Sentence]) -> tuple[list[Dated], list[tuple[int, int]]]:
    """Every date with the index of its sentence, and of every other number the indices of its sentence and atom."""
    dates: list[Dated] = []
    numbers: list[tuple[int, int]] = []
    for index, sentence in enumerate(sentences):
        kinds = sentence.tokens.kind
        for at, atom in enumerate(sentence.atoms):
            if atom.date is not None:
                dates.append((index, atom.date))
            elif kinds[atom.first] == "n" or atom.figure is not None:
                numbers.append((index, at))
    return dates, numbers


class Places:
    """Offsets -> line, section and words of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines = [0, *accumulate(len(line) + 1 for line in document.text.split("\n"))][:-1]
        self.starts = [block.start for block in document.blocks]
        self.quotes = [start for start, _ in document.quotes]
        last_title = max((at for at, block in enumerate(document.blocks) if block.kind is BlockKind.TITLE), default=None)
        self.untitled = 0 if last_title is None else [*self.starts, len(document.text)][last_title + 1]  # no title from here on

    def line(self, offset: int) -> int:
        """The line of an offset, counted from 1."""
        return bisect.bisect_right(self.lines, offset)

    def kind(self, offset: int) -> BlockKind:
        """The kind of the block that an offset is in."""
        return self.document.blocks[max(0, bisect.bisect_right(self.starts, offset) - 1)].kind

    def titled(self, offset: int) -> bool:
        """Whether an offset is in a title."""
        return offset < self.untitled and self.kind(offset) is BlockKind.TITLE

    def section(self, offset: int) -> Section:
        """The section that a mention at an offset is told to stand in; speech goes before place."""
        at = bisect.bisect_right(self.quotes, offset) - 1
        if at >= 0 and offset < self.document.quotes[at][1]:
            return "quote"
        return _SECTIONS.get(self.kind(offset), "body")

    def mention(self, start: int, end: int, rule: str) -> Mention:
        """The mention of characters ``start`` to ``end`` (exclusive) that ``rule`` made."""
        return Mention(start, end, self.line(start), self.section(start), self.document.text[start:end], rule)


def _key(finding: Finding) -> tuple[object, ...]:
    figure = finding.figure
    return finding.kind, finding.rule.measure, finding.unit if finding.kind != "count" or finding.rule.open_unit else None, figure.value, figure.high


def _attributes(finding: Finding) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return frozenset(finding.drugs), frozenset(finding.drug_classes), frozenset(finding.groups)


def _unite(findings: Sequence[Finding], places: Places) -> list[_Draft]:
    """One draft per fact: equal figures first, then rounded ones with the exact figure they stand for."""
    drafts: list[_Draft] = []
    by_key: dict[tuple[object, ...], list[_Draft]] = {}
    for finding in findings:
        alike = by_key.setdefault(_key(finding), [])
        for draft in alike:
            if _same(draft.best, finding, places):
                draft.findings.append(finding)
                if _fuller(finding, draft.best, places):
                    draft.best = finding
                break
        else:
            draft = _Draft(finding, [finding])
            drafts.append(draft)
            alike.append(draft)
    return _round(drafts, places)


def _same(one: Finding, other: Finding, places: Places) -> bool:
    """Whether two findings of equal value state the same fact: equal attributes, or one says less and stands in the title or speaks of many."""
    a, b = _attributes(one), _attributes(other)
    if a == b:
        return True
    if not all(x <= y for x, y in zip(a, b, strict=True)) and not all(y <= x for x, y in zip(a, b, strict=True)):
        return False
    return one.figure.value > 12 or places.titled(one.start) or places.titled(other.start)


def _fuller(finding: Finding, best: Finding, places: Places) -> bool:
    """Whether a finding tells the fact better than the best so far: the body rather than the title, then more attributes."""
    ranks = [(not places.titled(f.start), sum(map(len, _attributes(f)))) for f in (finding, best)]
    return ranks[0] > ranks[1]


def _round(drafts: list[_Draft], places: Places) -> list[_Draft]:
    """Rounded figures become mentions of the exact figure they stand for, which may itself be a headline's for a finer one."""
    rounded = [(draft, *found) for draft in drafts if (found := _rounded(draft, places)) is not None]
    if not rounded:
        return drafts
    finer: dict[tuple[str, str], list[tuple[Decimal, int, _Draft]]] = {}
    for order, draft in enumerate(drafts):
        finer.setdefault((draft.best.kind, draft.best.rule.measure), []).append((draft.best.figure.value, order, draft))
    for listed in finer.values():
        listed.sort(key=lambda entry: entry[:2])
    meant: dict[int, _Draft] = {}
    for draft, told, titled in rounded:
        value, reach = told.figure.value, told.figure.value * _ROUNDED
        listed = finer[draft.best.kind, draft.best.rule.measure]
        first = bisect.bisect_left(listed, value - reach, key=lambda entry: entry[0])
        last = bisect.bisect_right(listed, value + reach, key=lambda entry: entry[0])
        exact = [other for _, _, other in listed[first:last] if other is not draft and _stands_for(told, other.best, titled=titled)]
        if exact:
            meant[id(draft)] = min(exact, key=lambda other: abs(other.best.figure.value - value))
    for draft in drafts:
        finest = draft
        while id(finest) in meant:
            finest = meant[id(finest)]
        if finest is not draft:
            finest.findings += draft.findings
    return [draft for draft in drafts if id(draft) not in meant]


def _rounded(draft: _Draft, places: Places) -> tuple[Finding, bool] | None:
    """The finding of a draft that may stand for a finer figure, and whether only titles tell the draft; None where there is no such finding."""
    qualified = [finding for finding in draft.findings if finding.figure.qualifier not in _SETTLED]
    told = qualified[0] if qualified else draft.best
    if told.figure.high is not None:
        return None
    titled = draft.findings[0].start < places.untitled and all(places.titled(finding.start) for finding in draft.findings)
    return (told, titled) if titled or qualified else None


def _stands_for(rounded: Finding, exact: Finding, *, titled: bool) -> bool:
    if rounded.rule.measure != exact.rule.measure or rounded.kind != exact.kind or rounded.figure.high is not None or exact.figure.high is not None:
        return False
    if rounded.kind != "count" and rounded.unit != exact.unit:
        return False
    if rounded.kind == "count" and rounded.rule.open_unit and rounded.unit != exact.unit:
        return False
    value, true = rounded.figure.value, exact.figure.value
    if rounded.kind != "count" and titled and rounded.figure.qualifier == "exact" == exact.figure.qualifier:
        coarser = len(value.normalize().as_tuple().digits) < len(true.normalize().as_tuple().digits)
        years = rounded.unit == "mo" and value % 12 == 0 != true % 12
        return abs(true - value) <= true * _HEADLINE and (coarser or years)
    finer = len(true.normalize().as_tuple().digits) > len(value.normalize().as_tuple().digits)
    if value < 20 or value == true or not (exact.figure.qualifier == "exact" or (exact.figure.qualifier == "about" and finer)):
        return False
    one, other = _attributes(rounded), _attributes(exact)
    if any(x and y and x != y for x, y in zip(one, other, strict=True)):
        return False
    # Nobody says "more than 190,000" of 214,500: the digit that was rounded to tells how far the exact figure can be.
    scale = 12 if rounded.unit == "mo" and value % 12 == 0 else 1  # terms are rounded to years
    digits = (value / scale).normalize().as_tuple()
    reach = min(value * _ROUNDED, scale * Decimal(10) ** int(digits.exponent))
    match rounded.figure.qualifier:
        case "over" | "at_least":
            return value < true <= value + reach
        case "nearly":
            return value - reach <= true < value
        case "about":
            return abs(true - value) <= reach
        case _:
            return False


def _fact(draft: _Draft, places: Places, period: Period | None) -> Fact:
    best = draft.best
    figure = best.figure
    findings = draft.findings
    if len(findings) > 1:  # The mention that tells the fact best comes first, the others in order.
        findings = sorted(findings, key=lambda f: (f.figure.value != figure.value, f is not best, f.start, f.end))
    mentions = {(f.start, f.end): places.mention(f.start, f.end, f.rule.id) for f in findings}
    return Fact(
        kind=best.kind,
        measure=best.rule.measure,
        value=figure.value,
        unit=best.unit if best.kind != "count" or best.rule.open_unit else None,
        qualifier=figure.qualifier,
        high=figure.high,
        attributes=Attributes(best.drugs, best.drug_classes, best.groups, figure.per),
        period=period,
        mentions=tuple(mentions.values()),
    )


# Marks that part the clauses of a sentence, and words before a date that is no time of what is told.
_PARTING = frozenset(",;:()")
_NOT_WHEN = frozenset({"until", "by", "before"})


def _period(
    finding: Finding, sentences: Sequence[Sentence], dates: dict[int, list[Written]], release: Period | None, published: dt.date | None
) -> Period | None:
    """The dates a figure covers: those told in its own clause, else those that its sentence opens with, else the release's.

    "since 1 April" covers the days from then to publication.
    """
    told = [w for w in dates.get(finding.sentence, ()) if w.resolved is not None and (published is None or w.resolved.start <= published)]
    if not told:
        return release
    sentence = sentences[finding.sentence]
    low, starts = sentence.tokens.low, sentence.tokens.start
    told = [
        w
        for w in told
        if _NOT_WHEN.isdisjoint(low[max(0, w.span.first - 1) : w.span.first]) and low[max(0, w.span.first - 2) : w.span.first] != ["end", "of"]
    ]
    if not told:
        return release
    inside = {k for w in told for k in range(w.span.first, w.span.last)}
    first, last = sentence.atoms[0].first, sentence.atoms[-1].last
    parts = [starts[k] for k in range(first, last) if low[k] in _PARTING and k not in inside]
    clause = bisect.bisect(parts, finding.number)
    near = [w for w in told if bisect.bisect(parts, w.start) == clause] or [w for w in told if w.span.first - first <= 3]
    if not near:
        return release
    written = min(near, key=lambda w: abs(w.start - finding.number))
    resolved = written.resolved
    if resolved is None:
        return release
    since = low[written.span.first - 1] == "since" if written.span.first else False
    return Period(resolved.start, max(resolved.end, published) if since and published is not None else resolved.end)


def _dates(dates: Sequence[Written], places: Places, published: dt.date | None, period: Period | None) -> tuple[DateFact, ...]:
    made: dict[tuple[dt.date, dt.date], list[Written]] = {}
    for written in dates:
        if written.resolved is not None:
            made.setdefault((written.resolved.start, written.resolved.end), []).append(written)
    facts = []
    for (start, end), spans in made.items():
        role: DateRole = "event"
        if start == end == published and any(s.kind in {BlockKind.DATELINE, BlockKind.TITLE} for s in spans):
            role = "published"
        elif period is not None and (start, end) == (period.start, period.end):
            role = "period"
        relative = all(s.resolved is not None and s.resolved.relative for s in spans)
        facts.append(
            DateFact(role, start, end, relative, tuple(places.mention(*at, "dates.written") for at in dict.fromkeys((s.start, s.end) for s in spans)))
        )
    return tuple(facts)


def _cross_checks(findings: Sequence[Finding], facts: Sequence[Fact], sentences: Sequence[Chunks], places: Places) -> Iterator[str]:
    def words(finding: Finding) -> str:
        return " ".join(places.document.text[finding.start : finding.end].split())

    def line(finding: Finding) -> int:
        return places.line(finding.start)

    totals = frozenset(
        chunks.sentence.tokens.start[group.figure.first]
        for chunks in sentences
        if "total" in chunks.classes and not places.document.blocks[chunks.sentence.block].cells  # each table and column has a total of its own
        for group in chunks.groups
        if any(
            atom.isa("total")
            for atom in (*chunks.sentence.atoms[max(0, group.first - 3) : group.first], *chunks.sentence.atoms[group.last : group.last + 2])
        )
    )
    yield from check_parts(findings, words, line)
    yield from check_totals(findings, totals, words, line)
    yield from check_title(facts)


def _warnings(dates: Sequence[Written], document: Document) -> tuple[str, ...]:
    made: dict[str, None] = {}
    for written in dates:
        words = " ".join(document.text[written.start : written.end].split())
        if written.resolved is None:
            made[f"the date “{words}” is left out: its year is not told and no publication date is known; give --published"] = None
        elif written.resolved.warning:
            made[written.resolved.warning] = None
    return tuple(made)


def _unclassified(
    sentences: Sequence[Sentence], numbers: Sequence[tuple[int, int]], findings: Sequence[Finding], places: Places
) -> Iterator[Unclassified]:
    """Every number of the release's own text that is in no fact, with its class and the words that follow it."""
    used = {finding.number for finding in findings}
    text = places.document.text
    for index, at in numbers:
        sentence = sentences[index]
        atoms, ends = sentence.atoms, sentence.tokens.end
        start, end = sentence.tokens.start[atoms[at].first], ends[atoms[at].last - 1]
        if start in used:
            continue
        figure = atoms[at].figure
        kind = figure.kind if figure is not None else COUNT
        reason = kind.value if kind not in FACTUAL or kind is DURATION else "unclassified"
        following = " ".join(text[end : ends[atoms[min(len(atoms) - 1, at + 8)].last - 1]].split())
        yield Unclassified(start, end, places.line(start), text[start:end], reason, following)
        used.add(start)  # the name of a table's row stands with each of its figures
