"""Values compare, hash and show themselves as dataclasses do."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from cl_extract.value import value


@value(frozen=True, slots=True)
class Made:
    """As most values are."""

    one: int
    two: str = "b"


@dataclass(frozen=True, slots=True)
class Told:
    """The same as a dataclass."""

    one: int
    two: str = "b"


@pytest.mark.parametrize("fields", [{"one": 1}, {"one": 2, "two": "c"}])
def test_a_value_is_what_a_dataclass_is(fields: dict[str, str]) -> None:
    made, told = Made(**fields), Told(**fields)  # type: ignore[arg-type]  # a mapping of both types
    assert repr(made) == repr(told).replace("Told", "Made")
    assert hash(made) == hash(told)
    assert made == Made(**fields)  # type: ignore[arg-type]  # as above
    others: list[object] = [told, replace(made, one=9)]
    assert made not in others
    assert not hasattr(made, "__dict__")
