"""Records against gold files: what is found, missed and spurious, scored as record.md says, and what a change gained and lost.

A fact is found where kind, measure, value, high and unit agree; qualifier and attributes are scored over the facts found; a date where both ends
agree, relative ones aside; published date and force where the gold file has them.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Literal, cast, get_args

from cl_extract.errors import InputError, UsageError
from cl_extract.extraction import extract_document
from cl_extract.model import DateFact, Document, Fact, Kind, Record
from cl_extract.packs.load import measures
from cl_extract.reading.read import read_file
from cl_extract.schema import number, to_json
from cl_extract.value import replace
from cl_extract.workbench.gold import NARROWING, Gold, GoldError, GoldFact, find_gold, names_of, read_gold, release_of

RUN_ID = "cl-extract/evaluation/1"
# Numbers with a fraction agree within this share of the larger.
_TOLERANCE = 0.005
ItemKind = Literal[Kind, "date"]
Verdict = Literal["found", "missed", "spurious"]


@dataclass(frozen=True, slots=True)
class Item:
    """A fact or a date of one release, as the gold file has it, or the record where it is spurious.

    ``release`` is the path as evaluated; ``measure`` is ``date`` for a date, whose ``value`` and ``high`` are its ends in ISO 8601; ``line`` is
    that of the quote, 0 where the release does not have it letter for letter. ``differs`` says how the record's qualifier and attributes are not
    the gold's.
    """

    release: str
    kind: ItemKind
    measure: str
    value: int | float | str
    high: int | float | str | None
    unit: str | None
    quote: str
    line: int
    differs: str = ""

    @property
    def told(self) -> str:
        """The value with its upper end and unit: ``15 to 20 g``."""
        high = f" to {self.high}" if self.high is not None and self.high != self.value else ""
        return f"{self.value}{high}{f' {self.unit}' if self.unit else ''}"


@dataclass(frozen=True, slots=True)
class Score:
    """How many are found, missed and spurious. Ratios have four decimals; nothing asked for, or nothing put out, is a ratio of 1."""

    found: int = 0
    missed: int = 0
    spurious: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.found + other.found, self.missed + other.missed, self.spurious + other.spurious)

    @property
    def precision(self) -> float:
        """The share of what was put out that is right."""
        return round(_share(self.found, self.spurious), 4)

    @property
    def recall(self) -> float:
        """The share of what the gold files have that was found."""
        return round(_share(self.found, self.missed), 4)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        precision, recall = _share(self.found, self.spurious), _share(self.found, self.missed)
        return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


@dataclass(frozen=True, slots=True)
class Judged:
    """The facts, or the dates, of one release."""

    found: tuple[Item, ...] = ()
    missed: tuple[Item, ...] = ()
    spurious: tuple[Item, ...] = ()

    @property
    def score(self) -> Score:
        """How many there are of each."""
        return Score(len(self.found), len(self.missed), len(self.spurious))

    @property
    def at_fault(self) -> tuple[tuple[str, tuple[Item, ...]], ...]:
        """What is not as in the gold file, under the words for it."""
        return ("missed", self.missed), ("spurious", self.spurious), ("differs", tuple(item for item in self.found if item.differs))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one release was read. ``details`` and ``header`` are how many points agree, of how many asked for."""

    path: str
    facts: Judged
    dates: Judged
    details: tuple[int, int]
    header: tuple[int, int]
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcomes of all releases. ``faults`` has a line for each folder, gold file or release that could not be read."""

    outcomes: tuple[Outcome, ...]
    faults: tuple[str, ...] = ()

    @property
    def facts(self) -> Score:
        """The score of all facts."""
        return _sum(outcome.facts.score for outcome in self.outcomes)

    @property
    def dates(self) -> Score:
        """The score of all dates."""
        return _sum(outcome.dates.score for outcome in self.outcomes)

    @property
    def details(self) -> float:
        """The share of qualifiers and attributes that agree, over the facts found; 0 where none was found."""
        return _points(outcome.details for outcome in self.outcomes)

    @property
    def header(self) -> float:
        """The share of publication dates and forces that agree; 0 where no gold file has one."""
        return _points(outcome.header for outcome in self.outcomes)

    @property
    def perfect(self) -> int:
        """How many releases have no fact missed and none spurious."""
        return sum(not (outcome.facts.missed or outcome.facts.spurious) for outcome in self.outcomes)

    @property
    def failed(self) -> int:
        """How many releases could not be read; they count as nothing found."""
        return sum(outcome.failed for outcome in self.outcomes)

    @property
    def kinds(self) -> Mapping[str, Score]:
        """The score of each kind of fact."""
        return self._tally(lambda item: item.kind, get_args(Kind))

    @property
    def measures(self) -> Mapping[str, Score]:
        """The score of each measure that a gold file or a record has."""
        return self._tally(lambda item: item.measure)

    def items(self, verdict: Verdict) -> tuple[Item, ...]:
        """All facts found, missed or spurious."""
        return tuple(item for outcome in self.outcomes for item in getattr(outcome.facts, verdict))

    def _tally(self, name: Callable[[Item], str], names: Iterable[str] = ()) -> dict[str, Score]:
        counts = [Counter(map(name, self.items(verdict))) for verdict in get_args(Verdict)]
        return {key: Score(*(count[key] for count in counts)) for key in sorted({*names, *(key for count in counts for key in count)})}


def _sum(scores: Iterable[Score]) -> Score:
    return reduce(Score.__add__, scores, Score())


def _points(pairs: Iterable[tuple[int, int]]) -> float:
    agree, asked = (sum(numbers) for numbers in zip((0, 0), *pairs, strict=True))
    return round(agree / asked, 4) if asked else 0.0


def evaluate(folders: Iterable[str | Path], extract: Callable[[Document], Record] = extract_document) -> Evaluation:
    """Scores ``extract`` over every release with a gold file in the folders and the folders under them.

    What cannot be read is told in ``faults`` and the rest scored; a gold file under two of the folders is scored once.
    """
    outcomes: list[Outcome] = []
    faults: list[str] = []
    seen: set[Path] = set()
    for folder in folders:
        try:
            paths = list(find_gold(Path(folder)))
        except GoldError as error:
            faults.append(str(error))
            continue
        for path in paths:
            if path.resolve() in seen:
                continue
            seen.add(path.resolve())
            try:
                outcomes.append(_read(release_of(path), read_gold(path), extract, faults))
            except GoldError as error:
                faults.append(str(error))
    return Evaluation(tuple(outcomes), tuple(faults))


def _read(release: Path, gold: Gold, extract: Callable[[Document], Record], faults: list[str]) -> Outcome:
    """The outcome of one release; one that cannot be read gives a fault and counts as nothing found."""
    try:
        document = read_file(release)
    except InputError as error:
        faults.append(str(error))
        outcome = judge(str(release), gold, "", None)
        return replace(outcome, failed=True)
    return judge(str(release), gold, document.text, extract(document))


def judge(path: str, gold: Gold, text: str, record: Record | None) -> Outcome:
    """How the record of the release ``text`` agrees with its gold file; None is a record without anything."""
    items = _Items(path, text)
    facts = record.facts if record else ()
    found: list[Item] = []
    missed: list[Item] = []
    spurious: list[Item] = []
    agree = asked = 0
    for kind in get_args(Kind):
        wanted = [fact for fact in gold.facts if fact.kind == kind]
        given = [fact for fact in facts if fact.kind == kind]
        pairs = pair_facts(wanted, given)
        for fact, other in ((wanted[i], given[j]) for i, j in pairs):
            points = details(fact, other)
            agree, asked = agree + sum(point.agrees for point in points), asked + len(points)
            found.append(replace(items.of_gold(fact), differs="; ".join(point.told for point in points if not point.agrees)))
        missed += [items.of_gold(fact) for i, fact in enumerate(wanted) if i not in {i for i, _ in pairs}]
        spurious += [items.of_fact(fact) for j, fact in enumerate(given) if j not in {j for _, j in pairs}]
    return Outcome(
        path=path,
        facts=Judged(tuple(found), tuple(missed), tuple(spurious)),
        dates=_judge_dates(items, gold, record.dates if record else ()),
        details=(agree, asked),
        header=_judge_header(gold, record),
    )


def pair_facts(wanted: Sequence[GoldFact], given: Sequence[Fact]) -> list[tuple[int, int]]:
    """Which of the facts wanted is which of those given, one to one; those that agree in most details are paired first, then in order."""
    ranked = []
    for i, fact in enumerate(wanted):
        for j, other in enumerate(given):
            if same_fact(fact, other):
                points = details(fact, other)
                ranked.append((-sum(point.agrees for point in points) / len(points), i, j))
    chosen: dict[int, int] = {}
    for _, i, j in sorted(ranked):
        if i not in chosen and j not in chosen.values():
            chosen[i] = j
    return list(chosen.items())


def same_fact(wanted: GoldFact, given: Fact) -> bool:
    """Whether kind, measure, value, high and unit agree.

    Of counts the unit counts only where the measure leaves it open and the gold file has one, and of it only the last word.
    """
    if (wanted.kind, wanted.measure) != (given.kind, given.measure):
        return False
    high = None if given.high is None else float(given.high)
    if not _same_number(wanted.value, float(given.value)) or not _same_number(wanted.high, high):
        return False
    if wanted.kind != "count":
        return wanted.unit == given.unit
    measure = measures().get(wanted.measure)
    open_unit = measure.open_unit if measure is not None else given.unit is not None  # a measure of the user's packs
    return not (open_unit and wanted.unit) or _last_word(wanted.unit) == _last_word(given.unit)


def _same_number(wanted: float | None, given: float | None) -> bool:
    """Whole numbers to the digit, numbers with a fraction within the tolerance; None only with None."""
    if wanted is None or given is None:
        return wanted is given
    one, other = float(wanted), float(given)
    if one.is_integer() and other.is_integer():
        return one == other
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other)) < math.inf


def _last_word(unit: str | None) -> str:
    return (unit or "").lower().rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class Point:
    """One detail asked for: whether it agrees, and how it is told where it does not."""

    agrees: bool
    told: str


def details(wanted: GoldFact, given: Fact) -> list[Point]:
    """The details of a fact found: its qualifier, and each attribute that either side has."""
    points = [Point(wanted.qualifier == given.qualifier, f"qualifier {given.qualifier}, not {wanted.qualifier}")]
    for name in NARROWING:
        want, have = wanted.attributes[name], names_of(getattr(given.attributes, name))
        if want or have:
            points.append(Point(want == have, f"{name} {_names(have)}, not {_names(want)}"))
    return points


def _names(names: Iterable[str]) -> str:
    return " and ".join(sorted(names)) or "none"


def _judge_dates(items: _Items, gold: Gold, dates: Sequence[DateFact]) -> Judged:
    """The publication date may be given unasked, as it often stands in the header alone."""
    wanted = {(date.start, date.end): date for date in reversed(gold.dates)}
    given = {(date.start, date.end): date for date in reversed(dates) if not date.relative}
    if gold.published and (gold.published, gold.published) not in wanted:
        given.pop((gold.published, gold.published), None)
    return Judged(
        tuple(items.of_date(*ends, wanted[ends].quote) for ends in sorted(wanted.keys() & given.keys())),
        tuple(items.of_date(*ends, wanted[ends].quote) for ends in sorted(wanted.keys() - given.keys())),
        tuple(items.of_date(*ends, given[ends].mentions[0].text) for ends in sorted(given.keys() - wanted.keys())),
    )


def _judge_header(gold: Gold, record: Record | None) -> tuple[int, int]:
    release = record.release if record else None
    asked = [(gold.published, release and release.published), (gold.force, release and release.force)]
    return sum(bool(want) and want == have for want, have in asked), sum(bool(want) for want, _ in asked)


@dataclass(frozen=True, slots=True)
class _Items:
    """Makes the items of one release."""

    path: str
    text: str

    def of_gold(self, fact: GoldFact) -> Item:
        return Item(self.path, fact.kind, fact.measure, fact.value, fact.high, fact.unit, fact.quote, self.line(fact.quote))

    def of_fact(self, fact: Fact) -> Item:
        high = None if fact.high is None else number(fact.high)
        mention = fact.mentions[0]
        return Item(self.path, fact.kind, fact.measure, number(fact.value), high, fact.unit, mention.text, mention.line)

    def of_date(self, start: dt.date, end: dt.date, quote: str) -> Item:
        return Item(self.path, "date", "date", start.isoformat(), end.isoformat(), None, quote, self.line(quote))

    def line(self, quote: str) -> int:
        """The line where a quote first stands, spaces, line breaks and the marks between table cells being all one; 0 where it does not."""
        found = re.search(r"[\s|]+".join(map(re.escape, quote.split())), self.text) if quote.strip() else None
        return self.text.count("\n", 0, found.start()) + 1 if found else 0


# --- Saved runs ---


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the facts of the releases that are in a saved run too.

    ``gained`` are found now and were not, ``lost`` were and are not; ``appeared`` and ``vanished`` are the spurious facts likewise.
    ``only_before`` and ``only_now`` are the releases that one run alone has.
    """

    gained: tuple[Item, ...]
    lost: tuple[Item, ...]
    appeared: tuple[Item, ...]
    vanished: tuple[Item, ...]
    only_before: tuple[str, ...]
    only_now: tuple[str, ...]

    @property
    def by_release(self) -> Sequence[tuple[str, Sequence[tuple[str, Item]]]]:
        """Everything that changed, each with the word for it, release by release."""
        lists = {"gained": self.gained, "lost": self.lost, "spurious": self.appeared, "gone": self.vanished}
        changed: dict[str, list[tuple[str, Item]]] = {}
        for word, items in lists.items():
            for item in items:
                changed.setdefault(item.release, []).append((word, item))
        return sorted(changed.items())

    @property
    def told(self) -> str:
        """The change in one line."""
        apart = len(self.only_before) + len(self.only_now)
        return (
            f"gained {len(self.gained)} / lost {len(self.lost)}; spurious: {len(self.appeared)} new / {len(self.vanished)} gone"
            + f"; releases in one of the runs only: {apart}" * bool(apart)
        )


def compare(before: Mapping[str, Judged], now: Evaluation) -> Change:
    """What the evaluation gained and lost since the saved run ``before``. A release is known by its path as evaluated."""
    after = {outcome.path: outcome.facts for outcome in now.outcomes}
    both = [path for path in after if path in before]

    def missing(these: Mapping[str, Judged], those: Mapping[str, Judged], verdict: Verdict) -> tuple[Item, ...]:
        return tuple(item for path in both for item in _without(getattr(these[path], verdict), getattr(those[path], verdict)))

    return Change(
        gained=missing(after, before, "found"),
        lost=missing(before, after, "found"),
        appeared=missing(after, before, "spurious"),
        vanished=missing(before, after, "spurious"),
        only_before=tuple(path for path in before if path not in after),
        only_now=tuple(path for path in after if path not in before),
    )


def _without(items: Iterable[Item], others: Iterable[Item]) -> Iterator[Item]:
    """The items that no other states; of two alike, one other takes one away."""
    left = Counter(map(_stated, others))
    for item in items:
        if left[_stated(item)]:
            left[_stated(item)] -= 1
        else:
            yield item


def _stated(item: Item) -> tuple[object, ...]:
    return item.kind, item.measure, item.value, item.high, item.unit, " ".join(item.quote.split())


def evaluation_to_dict(evaluation: Evaluation, *, outcomes: bool = False, change: Change | None = None) -> dict[str, object]:
    """The scores as plain data; with ``outcomes`` every fact and date of every release, which makes a run that ``read_run`` reads."""
    data: dict[str, object] = {
        "schema": RUN_ID,
        "releases": len(evaluation.outcomes),
        "failed": evaluation.failed,
        "facts": _score(evaluation.facts),
        "perfect_releases": evaluation.perfect,
        "details": evaluation.details,
        "dates": _score(evaluation.dates),
        "header": evaluation.header,
        "kinds": {name: _score(score) for name, score in evaluation.kinds.items()},
        "measures": {name: _score(score) for name, score in evaluation.measures.items()},
    }
    if change is not None:
        lists = {name: getattr(change, name) for name in ("gained", "lost", "appeared", "vanished")}
        data["change"] = {name: [{"path": item.release, **_item(item)} for item in items] for name, items in lists.items()}
    if outcomes:
        data["outcomes"] = [
            {"path": outcome.path, "failed": outcome.failed, "facts": _judged(outcome.facts), "dates": _judged(outcome.dates)}
            for outcome in evaluation.outcomes
        ]
    return data


def _score(score: Score) -> dict[str, object]:
    ratios = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return {**ratios, "tp": score.found, "fp": score.spurious, "fn": score.missed}


def _judged(judged: Judged) -> dict[str, object]:
    return {verdict: [_item(item) for item in getattr(judged, verdict)] for verdict in get_args(Verdict)}


def _item(item: Item) -> dict[str, object]:
    data = {name: getattr(item, name) for name in ("kind", "measure", "value", "high", "unit", "quote", "line")}
    return {**data, "differs": item.differs} if item.differs else data


def write_run(evaluation: Evaluation) -> str:
    """The whole run as JSON text, to be compared with later."""
    return to_json(evaluation_to_dict(evaluation, outcomes=True), indent=1) + "\n"


def read_run(path: str | Path) -> dict[str, Judged]:
    """The facts of each release of a saved run. Raises UsageError where the file is none."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        if data["schema"] != RUN_ID:
            raise ValueError(f"its schema is not {RUN_ID}")
        return {outcome["path"]: _read_judged(outcome["path"], outcome["facts"]) for outcome in data["outcomes"]}
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}: no run that --save wrote ({error or type(error).__name__})") from None


def _read_judged(release: str, data: Mapping[str, Sequence[Mapping[str, object]]]) -> Judged:
    return Judged(*(tuple(_read_item(release, item) for item in data[verdict]) for verdict in get_args(Verdict)))


def _read_item(release: str, data: Mapping[str, object]) -> Item:
    value, high, unit = data["value"], data["high"], data["unit"]
    if not isinstance(value, int | float | str) or not isinstance(high, int | float | str | None) or not isinstance(unit, str | None):
        raise TypeError("a value is no number")
    return Item(release, cast("ItemKind", data["kind"]), str(data["measure"]), value, high, unit, str(data["quote"]), int(str(data["line"])))
