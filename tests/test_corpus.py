"""How sure the extractor is on the releases under ``tests/corpus``: floors that only go up.

Each batch was scored before anything was tuned on it; those first figures are in its commit. Raise a floor when a change lifts it; never lower one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from cl_extract.workbench.evaluate import Evaluation, evaluate

CORPUS = Path(__file__).resolve().parent / "corpus"


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that is accepted, each rounded down to two decimals."""

    precision: float
    recall: float
    dates: float


FLOORS = {
    "batch-1": Floor(precision=0.98, recall=0.94, dates=0.99),
    "batch-2": Floor(precision=0.97, recall=0.96, dates=0.99),
    "batch-3": Floor(precision=0.95, recall=0.89, dates=1.00),
    "batch-4": Floor(precision=1.00, recall=1.00, dates=1.00),
    "batch-5": Floor(precision=0.99, recall=0.98, dates=1.00),
    "batch-6": Floor(precision=0.98, recall=0.97, dates=1.00),
    "batch-7": Floor(precision=1.00, recall=1.00, dates=1.00),
    "batch-8": Floor(precision=0.99, recall=0.97, dates=1.00),
    "batch-9": Floor(precision=0.98, recall=0.90, dates=0.98),
    "batch-10": Floor(precision=0.97, recall=0.97, dates=0.97),
    "batch-11": Floor(precision=0.98, recall=0.97, dates=0.96),
}


@cache
def evaluated(batch: str) -> Evaluation:
    return evaluate([CORPUS / batch])


def rounded_down(ratio: float) -> float:
    return math.floor(ratio * 100 + 1e-9) / 100


def test_every_batch_has_its_floor() -> None:
    assert set(FLOORS) == {path.name for path in CORPUS.iterdir() if path.is_dir()}


@pytest.mark.parametrize("batch", FLOORS)
def test_every_release_can_be_scored(batch: str) -> None:
    evaluation = evaluated(batch)
    assert evaluation.outcomes
    assert not evaluation.faults
    quotes = [item for outcome in evaluation.outcomes for part in (outcome.facts, outcome.dates) for item in (*part.found, *part.missed)]
    assert [f"{item.release}: {item.quote}" for item in quotes if not item.line] == []  # a quote stands in the release letter for letter


@pytest.mark.parametrize("batch", FLOORS)
def test_floor_holds(batch: str) -> None:
    evaluation, floor = evaluated(batch), FLOORS[batch]
    now = Floor(*map(rounded_down, (evaluation.facts.precision, evaluation.facts.recall, evaluation.dates.f1)))
    assert now.precision >= floor.precision, now
    assert now.recall >= floor.recall, now
    assert now.dates >= floor.dates, now
