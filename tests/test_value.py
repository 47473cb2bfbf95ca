"""Values are dataclasses to whoever looks: they compare, hash, show, copy and pickle as those do."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import inspect
import pickle
import pprint
import subprocess
import sys

import pytest

from cl_extract import model
from cl_extract.value import field, replace, sealed, value


@value(frozen=True, slots=True)
class Made:
    """As most values are."""

    one: int
    two: str = "b"
    three: list[int] = field(default_factory=list)


@value(frozen=True, slots=True)
class More(Made):
    """With a field besides."""

    four: int = 4


@sealed(frozen=True, slots=True)
class Sealed:
    """As what the library hands out is."""

    one: int
    two: str = "b"


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """The same as a dataclass."""

    one: int
    two: str = "b"


@pytest.mark.parametrize("fields", [{"one": 1}, {"one": 2, "two": "c"}])
def test_a_value_is_what_a_dataclass_is(fields: dict[str, str]) -> None:
    made, told = Sealed(**fields), Told(**fields)  # type: ignore[arg-type]  # a mapping of both types
    assert repr(made) == repr(told).replace("Told", "Sealed")
    assert hash(made) == hash(told)
    assert made == Sealed(**fields)  # type: ignore[arg-type]  # as above
    others: list[object] = [told, replace(made, one=9)]
    assert made not in others
    assert not hasattr(made, "__dict__")
    assert dataclasses.asdict(made) == dataclasses.asdict(told)
    assert dataclasses.replace(made, two="z") == replace(made, two="z") == Sealed(made.one, "z")
    assert [(known.name, known.type, known.default) for known in dataclasses.fields(Sealed)] == [
        (known.name, known.type, known.default) for known in dataclasses.fields(Told)
    ]


@pytest.mark.parametrize("made", [Made(1), Made(1, three=[2]), More(1, four=5), Sealed(3)])
def test_a_value_survives_a_copy_and_a_pickle(made: Made | Sealed) -> None:
    assert pickle.loads(pickle.dumps(made)) == copy.copy(made) == copy.deepcopy(made) == made


def test_each_value_has_a_default_of_its_own() -> None:
    one, two = Made(1), More(1)
    one.three.append(1)
    assert (two.three, Made(2).three, dataclasses.asdict(two)) == ([], [], {"one": 1, "two": "b", "three": [], "four": 4})


def test_what_is_handed_out_does_not_change() -> None:
    period = Sealed(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        period.one = 2  # type: ignore[misc]  # which the type checker refuses
    with pytest.raises(dataclasses.FrozenInstanceError):
        del period.one
    assert period == Sealed(1)


@pytest.mark.parametrize("cls", [cls for cls in vars(model).values() if dataclasses.is_dataclass(cls)])
def test_the_classes_of_the_model_are_dataclasses(cls: type) -> None:
    assert [known.name for known in dataclasses.fields(cls)] == list(cls.__annotations__)


def test_a_class_of_the_model_can_be_shown_and_extended() -> None:
    @dataclasses.dataclass(frozen=True)
    class Noted(model.Period):
        note: str = ""

    class Plain(model.Period):
        note: int = 0

    day = dt.date(2024, 3, 7)
    assert [known.name for known in dataclasses.fields(Plain)] == ["start", "end"]
    assert [known.name for known in dataclasses.fields(Noted)] == ["start", "end", "note"]
    assert Noted(day, day, "x").note == "x"
    assert "start=" in pprint.pformat(model.Period(day, day))
    assert next(iter(inspect.signature(model.Period).parameters.values())).annotation == "dt.date"


def test_a_field_may_be_told_again_and_called_anything() -> None:
    @sealed(frozen=True, slots=True)
    class Puts:
        put: int
        self_: str = "a"

    @value(frozen=True, slots=True)
    class Again(Made):
        two: str = "z"

    assert (Puts(1).put, Again(1).two, Again(1, "q").two, Made(1).two) == (1, "z", "q", "b")


def test_what_a_value_does_not_do_is_refused() -> None:
    class After:
        one: int

        def __post_init__(self) -> None: ...

    with pytest.raises(TypeError, match="__post_init__"):
        value(frozen=True, slots=True)(After)
    with pytest.raises(TypeError, match="order"):
        value(frozen=True, slots=True, order=True)


def test_dataclasses_are_not_loaded_before_somebody_asks() -> None:
    asked = "import sys, cl_extract.call; sys.exit('dataclasses' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
