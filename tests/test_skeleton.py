"""Set phrases are searched only where all that they need stands: what is passed over could not have matched."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cl_extract.engine.chunk import Chunks, chunk
from cl_extract.engine.engine import load_workbench
from cl_extract.engine.lex import lex
from cl_extract.engine.skeleton import _search, compile_phrases, features_of
from cl_extract.packs.packset import Rule
from cl_extract.reading.read import read_text
from cl_extract.value import replace

ROOT = Path(__file__).resolve().parents[1]
PIECES = ["{n}", "{n:people}", "{people}", "to", ".", "{date}", "{money}"]
TEXTS = (
    "12 men went to Leeds and 14 people to York on 7 March 2022.",
    "Nine people to the men: £500 to people.",
    "To the men, 12 knives.",
    (ROOT / "samples" / "warrant-raid.txt").read_text(encoding="utf-8"),
)
MARKS = ("", "?", "*", "+", "{2}", "{0,2}", "??")


@cache
def _sentences() -> list[Chunks]:
    lexicon = load_workbench().lexicon
    return [chunk(sentence) for text in TEXTS for sentence in lex(read_text(text), lexicon)]


def _patterns() -> st.SearchStrategy[str]:
    piece = st.sampled_from(PIECES)
    repeated = st.builds(lambda inner, mark: f"(?:{inner}){mark}", st.deferred(lambda: made), st.sampled_from(MARKS))
    looked = st.builds(lambda inner, mark: f"{mark}{inner})", st.deferred(lambda: made), st.sampled_from(["(?=", "(?!", "("]))
    either = st.builds(lambda one, other: f"(?:{one}|{other})", st.deferred(lambda: made), st.deferred(lambda: made))
    made: st.SearchStrategy[str] = st.lists(st.one_of(piece, piece, repeated, looked, either), min_size=1, max_size=3).map(" ".join)
    return st.builds(lambda before, after: f"{before} {{n}}! {after}".strip(), st.one_of(st.just(""), made), st.one_of(st.just(""), made))


@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much])  # many patterns made so cannot be compiled
@given(_patterns())
def test_a_sentence_that_a_pattern_is_not_searched_in_holds_no_match_of_it(pattern: str) -> None:
    lexicon = load_workbench().lexicon
    rule = Rule("it", "arrests", "", "", "", "", 0, pattern=pattern)
    phrases = compile_phrases([rule], lexicon)
    (made,) = phrases.patterns
    for chunks in _sentences():
        skeleton, _ = phrases.write(chunks)
        if made.compiled.search(skeleton):
            assert made.may_match(features_of(chunks)), pattern


NEEDS = {
    "{n} to": 2,
    "{n} (?:to)?": 1,
    "{n} (?:to|people)": 2,
    "{n} (?:to|.)": 1,
    "{n:people}": 2,
    "{n} (?!to)": 1,
    "to|{n}": 1,
    "{n} .{0,3}": 1,
}


@pytest.mark.parametrize(("pattern", "number"), NEEDS.items())
def test_what_a_pattern_needs(pattern: str, number: int) -> None:
    rule = Rule("it", "arrests", "", "", "", "", 0, pattern=pattern)
    (made,) = compile_phrases([rule], load_workbench().lexicon).patterns
    assert len(made.needs) == number


class _Starved:
    """A pattern whose first searches are cut short by the clock on the wall, though they had no time of their own."""

    def __init__(self, times: int) -> None:
        self.times = times

    def finditer(self, text: str, timeout: float) -> object:
        self.times -= 1
        if self.times >= 0:
            raise TimeoutError
        return regex.compile("(?P<figure>b)").finditer(text, timeout=timeout)


def test_a_busy_machine_changes_nothing_of_what_is_read() -> None:
    pattern = replace(compile_phrases([Rule("it", "arrests", "", "", "", "", 0, pattern="{n} to")], load_workbench().lexicon).patterns[0])
    starved = replace(pattern, compiled=_Starved(3))  # type: ignore[arg-type]  # as much of a pattern as is asked
    assert _search(starved, "abc", 0.5) == [1]
    assert _search(replace(pattern, compiled=_Starved(10**9)), "abc", 0.01) is None  # type: ignore[arg-type]  # as above
