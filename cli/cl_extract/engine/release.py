"""What a release says about itself: its force, its operations, its title, its publication date and the days it covers."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

from cl_extract.engine.lex import Atom, Sentence
from cl_extract.engine.lexicon import Lexicon
from cl_extract.expressions import compiled
from cl_extract.model import BlockKind, Document, Period
from cl_extract.value import value
from cl_extract.values.dates import DateSpan, ResolvedDate, in_year_before, looks_forward, resolve_date, scan_dates
from cl_extract.values.tokens import Tokens, tokenise

# ISO 4217 code of "$" by the country of the force; a release of any other country that writes "$" means the US dollar.
DOLLARS = {"force_au": "AUD", "force_nz": "NZD", "force_ca": "CAD", "force_us": "USD"}
_FORCE_CLASSES = ("force_gb", "force_ie", "force_au", "force_nz", "force_ca", "force_us")
_BODIES = frozenset({"national_body", *_FORCE_CLASSES})
# Forces that no list names, by the way police bodies are called.
_NAMED_FORCE = compiled(
    r"(?:\b[A-Z][\w'’.-]+(?:\s+(?:and|&|of)(?=\s+[A-Z]))?[ \u00a0]){1,4}"
    r"(?:Police(?:[ \u00a0](?:Department|Service|Force))?|Constabulary|RCMP|Regional[ \u00a0]Organised[ \u00a0]Crime[ \u00a0]Unit"
    r"|Sheriff['’]s[ \u00a0](?:Office|Department))\b(?!['’]?[ \u00a0](?:Chief|Station|Cell|Officer|Force))"
)
_FORCE_WORDS = ("Police", "Constabulary", "RCMP", "Organised", "Sheriff")  # one of which each such name has
_COUNTRY_WORDS = {"RCMP": "force_ca", "Department": "force_us", "Office": "force_us"}
_NOT_NAMES = frozenset(
    [
        "the",
        "a",
        "an",
        "as",
        "by",
        "and",
        "of",
        "in",
        "at",
        "on",
        "for",
        "with",
        "from",
        "to",
        "when",
        "after",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "local",
        "armed",
        "uk",
        "british",
        "national",
        "area",
        "former",
        "our",
    ]
)
_OPERATION = compiled(
    r"\b(Operation|Op\.?|OPERATION|Strike Force|Project)[ \u00a0]+[‘'“\"]?"
    r"(\p{Lu}(?:[\p{L}\d]|['’-](?=\p{L}))+)(?:[ \u00a0](\p{Lu}(?:\p{L}|['’-](?=\p{L}))+))?"
)
_OPERATION_WORDS = ("Op", "OP", "Strike Force", "Project")

Dated = tuple[int, DateSpan]  # the index of a sentence and a date that it writes


@value(frozen=True, slots=True)
class Written:
    """A date as it stands in the release, resolved where it can be."""

    sentence: int
    span: DateSpan
    start: int
    end: int
    kind: BlockKind
    resolved: ResolvedDate | None


def find_force(document: Document, sentences: Sequence[Sentence], lexicon: Lexicon) -> tuple[str | None, str | None]:
    """The publishing or first-named force by its usual name, and its country class; (None, None) where none is named or the round-up is national."""
    if document.publisher:
        for name, publisher_country, _ in _listed_forces(tokenise(document.publisher), lexicon):
            return name, publisher_country
    best: tuple[int, str | None, str | None] | None = None
    named = _first_body(sentences)
    if named is not None:
        sentence, atom = named
        country = None if atom.isa("national_body") else next(cls for cls in _FORCE_CLASSES if atom.isa(cls))
        best = (sentence.tokens.start[atom.first], _usual_name(sentence, atom, country) if country else None, country)
    for block in document.blocks:
        if block.kind in {BlockKind.NOISE, BlockKind.DATELINE} or (best is not None and block.start > best[0]):
            continue
        found = _unlisted_force(document.text, block.start, block.end, title=block.kind in {BlockKind.TITLE, BlockKind.HEADING})
        if found is not None and (best is None or found[0] < best[0]):
            return found[1], found[2]
    if best is not None:
        return best[1], best[2]
    # A release that names nobody in its own text still says whom to call.
    for block in document.blocks:
        if block.reason in {"contact", "metadata"}:
            for name, country, _ in _listed_forces(tokenise(document.text, block.start, block.end), lexicon):
                return name, country
    return None, None


def _first_body(sentences: Sequence[Sentence]) -> tuple[Sentence, Atom] | None:
    """The first atom that names a police body."""
    for sentence in sentences:
        for atom in sentence.atoms:
            if not _BODIES.isdisjoint(atom.entry.classes):
                return sentence, atom
    return None


def _usual_name(sentence: Sentence, atom: Atom, country: str) -> str:
    """The usual name of the force an atom names; as written where it differs only in "Police" for "Constabulary" or "and" for "&"."""
    usual = atom.entry.canonical[country][0]
    written = " ".join(sentence.tokens.source(k) for k in range(atom.first, atom.last))
    if _place(written) == _place(usual) and written.rpartition(" ")[2] in {"Police", "Constabulary"}:
        return written
    return usual


def _place(name: str) -> list[str]:
    return [word for word in name.lower().replace("&", "and").replace("-", " ").split() if word not in {"police", "constabulary"}]


def _listed_forces(tokens: Tokens, lexicon: Lexicon) -> Iterator[tuple[str, str, int]]:
    i = 0
    while i < len(tokens):
        found = lexicon.find(tokens, i, len(tokens))
        if found is None:
            i += 1
            continue
        entry, last = found
        for cls in _FORCE_CLASSES:
            if cls in entry.classes:
                yield entry.canonical[cls][0], cls, i
        i = last


def _unlisted_force(text: str, start: int, end: int, *, title: bool) -> tuple[int, str, str | None] | None:
    if all(text.find(word, start, end) < 0 for word in _FORCE_WORDS):
        return None
    for found in _NAMED_FORCE.finditer(text, start, end):
        words = found.group().split()
        while words and words[0].lower() in _NOT_NAMES:
            words = words[1:]
        if len(words) < 2 or (title and words[-1] != "RCMP"):
            continue
        return found.start(), " ".join(words), _COUNTRY_WORDS.get(words[-1])
    return None


def find_operations(document: Document) -> tuple[str, ...]:
    """The operations the release names, as "Operation NAME", in order of first mention."""
    if not any(map(document.text.__contains__, _OPERATION_WORDS)):
        return ()
    single: set[str] = set()
    names: dict[tuple[str, str, str], None] = {}
    for block in document.blocks:
        if block.kind is BlockKind.NOISE:
            continue
        for found in _OPERATION.finditer(document.text, block.start, block.end):
            kind = found.group(1) if found.group(1) in {"Strike Force", "Project"} else "Operation"
            first, second = _titled(found.group(2)), found.group(3) or ""
            if first.lower() in {"and", "the", "in", "of", "on"}:
                continue
            names[kind, first.removesuffix("'s").removesuffix("’s"), second] = None
            if not second:
                single.add(first)
    made = dict.fromkeys(f"{kind} {first}" if first in single or not second else f"{kind} {first} {second}" for kind, first, second in names)
    return tuple(made)


def _titled(name: str) -> str:
    """A name set in capitals as it is written elsewhere; initials stay ("CeCe", "NCA")."""
    return name.capitalize() if name.isupper() and len(name) > 4 else name


def find_published(
    document: Document, sentences: Sequence[Sentence], dates: Sequence[Dated], given: dt.date | None
) -> tuple[dt.date | None, dt.date | None]:
    """The publication date, and the date that years and "last week" are reckoned from.

    The page's own tags come first, then a date in a dateline, the title or a heading above the text, then ``given``. Where none is known the
    second is the latest full date anywhere in the source, noise included (record.md, "Shape").
    """
    if document.published is not None:
        return document.published, document.published
    lead = next((index for index, sentence in enumerate(sentences) if sentence.kind is BlockKind.LEAD), len(sentences))
    datelines = [span for index, span in dates if sentences[index].kind is BlockKind.DATELINE]
    heading = [span for index, span in dates if index < lead and sentences[index].kind is not BlockKind.BODY]
    for span in (*datelines, *heading):
        resolved = resolve_date(span, published=None, forward=False)
        if resolved is not None and not resolved.relative and resolved.start == resolved.end:
            return resolved.start, resolved.start
    if given is not None:
        return given, given
    blocks = document.blocks
    unread = (tokenise(document.text, block.start, block.end) for block in blocks if block.kind is BlockKind.NOISE or block.cells)
    spans = itertools.chain(
        (span for index, span in dates if not blocks[sentences[index].block].cells),
        itertools.chain.from_iterable(map(scan_dates, unread)),  # rows of a table are read by cells, each with its names
    )
    told = (resolve_date(span, published=None, forward=False) for span in spans)
    full = [found.start for found in told if found is not None and not found.relative and found.start == found.end]
    return None, max(full, default=None)


def written_dates(document: Document, sentences: Sequence[Sentence], dates: Sequence[Dated], reckoned: dt.date | None) -> list[Written]:
    """Every date of the release, in order; "tonight" and the like in a quote are the speaker's, and left out."""
    made: list[Written] = []
    for index, span in dates:
        tokens = sentences[index].tokens
        start, end = tokens.start[span.first], tokens.end[span.last - 1]
        if span.relative and _quoted(document, start):
            continue
        told = in_year_before(span, made[-1].resolved if made else None)
        resolved = resolve_date(told, published=reckoned, forward=looks_forward(tokens, span))
        made.append(Written(index, span, start, end, sentences[index].kind, resolved))
    return made


# How many paragraphs from the top the days of a whole release are told in, how many days they can be, and how many where crime is told of.
_OPENING, _LONGEST, _WEEKS = 6, 800, 45
_WHOLE_MONTH = frozenset({"whole", "throughout", "during", "entire"})


def find_period(document: Document, sentences: Sequence[Sentence], dates: Sequence[Written], published: dt.date | None) -> Period | None:
    """The days the release as a whole covers: a span of days told in its opening, else the week before publication or a whole month told there.

    Months and days by themselves are the times of single events, and what somebody says in a quote is about those too.
    """
    opening = [block for block, at in enumerate(document.blocks) if at.kind not in {BlockKind.NOISE, BlockKind.DATELINE}][:_OPENING]
    told = []
    for written in dates:
        resolved, sentence = written.resolved, sentences[written.sentence]
        if resolved is None or sentence.block not in opening or _quoted(document, written.start) or resolved.start == resolved.end:
            continue
        if (resolved.end - resolved.start).days <= _LONGEST and (published is None or resolved.start <= published):
            told.append((written, resolved))
    for written, resolved in told:
        atoms = sentences[written.sentence].atoms
        offending = any(atom.isa("benefit", "supply") for atom in atoms) or not any(
            atom.figure for atom in atoms
        )  # "the line ran from June to April"
        if written.span.end is not None and not (offending and (resolved.end - resolved.start).days > _WEEKS):
            return Period(resolved.start, resolved.end)
    for written, resolved in told:
        words = sentences[written.sentence].tokens.low[max(0, written.span.first - 4) : written.span.first]
        if written.span.unit == "week" or (written.span.start.month is not None and not _WHOLE_MONTH.isdisjoint(words)):
            return Period(resolved.start, resolved.end)
    return None


def _quoted(document: Document, offset: int) -> bool:
    at = bisect.bisect_right(document.quotes, (offset, len(document.text))) - 1
    return at >= 0 and document.quotes[at][0] <= offset < document.quotes[at][1]
