"""The units that releases write -> a normalised unit and an exact factor.

Masses go to grams, volumes to millilitres, durations to months, days or hours (UCUM codes ``g``, ``mL``, ``mo``, ``d``, ``h``; record.md), money to
an ISO 4217 code; a bare "$" stays "$" until the country of the force is known. Lengths, speeds, percentages and the like are told apart only so that
they do not count.

Factors: the pound is 0.45359237 kg by the international agreement of 1959 (Weights and Measures Act 1985, schedule 1), the ounce a sixteenth of
it, the stone 14; the imperial gallon is 4.54609 litres (same schedule). A "ton" without more is taken as the metric tonne, since the agencies that
seize drugs and tobacco by the ton weigh them in kilograms; only "long ton" (2,240 lb) and "short ton" (2,000 lb) are anything else.
"""

from __future__ import annotations

from decimal import Decimal

from cl_extract.model import FigureKind, Per
from cl_extract.value import value


@value(frozen=True, slots=True)
class Unit:
    """What a unit word measures: ``value * factor`` is in ``code``. ``glued`` marks a symbol that only counts right after its digits ("36in")."""

    kind: FigureKind
    code: str | None = None
    factor: Decimal = Decimal(1)
    glued: bool = False


def _table(kind: FigureKind, code: str | None, rows: dict[str, str], *, glued: bool = False) -> dict[str, Unit]:
    """Units of one kind and code: factor -> the words for it."""
    return {word: Unit(kind, code, Decimal(factor), glued) for factor, words in rows.items() for word in words.split()}


_K = FigureKind
_POUND = "453.59237"
_DEAD = "watt watts kw kwh kilowatt kilowatts volt volts cc bhp hp amp amps gb tb mb mp fm hz mhz khz rpm fps joules degrees"

UNITS: dict[str, Unit] = {
    **_table(_K.MASS, "g", {"1": "g gs gm gms gram grams gramme grammes", "0.001": "mg mgs milligram milligrams milligramme milligrammes"}),
    **_table(_K.MASS, "g", {"0.000001": "mcg microgram micrograms microgramme microgrammes"}),
    **_table(_K.MASS, "g", {"1000": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes", "1000000": "tonne tonnes ton tons"}),
    **_table(_K.MASS, "g", {_POUND: "lb lbs", "28.349523125": "oz ozs ounce ounces", "6350.29318": "stone"}),
    **_table(_K.VOLUME, "mL", {"1": "ml mls millilitre millilitres milliliter milliliters", "10": "cl centilitre centilitres"}),
    **_table(_K.VOLUME, "mL", {"1000": "l litre litres liter liters ltr ltrs", "4546.09": "gallon gallons", "568.26125": "pint pints"}),
    **_table(_K.DURATION, "mo", {"120": "decade decades", "12": "year years yr yrs", "1": "month months mth mths"}),
    **_table(_K.DURATION, "d", {"14": "fortnight fortnights", "7": "week weeks wk wks", "1": "day days night nights"}),
    **_table(_K.DURATION, "h", {"1": "hour hours hr hrs"}),
    **_table(_K.MONEY, "GBP", {"1": "gbp quid", "0.01": "pence", "1000": "grand"}),
    **_table(_K.MONEY, "EUR", {"1": "eur euro euros"}),
    **_table(_K.MONEY, "$", {"1": "dollar dollars"}),
    **{code: Unit(_K.MONEY, code.upper()) for code in ("usd", "aud", "nzd", "cad")},
    **_table(_K.TIME, None, {"60": "minute minutes min mins", "1": "second seconds sec secs", "0": "am pm o'clock noon midday midnight"}),
    **_table(_K.PERCENT, None, {"1": "% percent percents percentage"}),
    **_table(_K.LENGTH, None, {"12": "foot feet ft", "1": "inch inches mm millimetre millimetres cm centimetre centimetres"}),
    **_table(_K.LENGTH, None, {"1000": "km kms kilometre kilometres kilometer kilometers", "100": "metre metres meter meters yard yards yd yds"}),
    **_table(_K.LENGTH, None, {"10000": "mile miles acre acres hectare hectares sqm sqft"}),
    **_table(_K.SPEED, None, {"1": "mph kph kmh knots"}),
    **_table(_K.CALIBRE, None, {"1": "bore gauge calibre caliber cal"}),
    **_table(_K.AGE, None, {"1": "yo"}),
    **_table(_K.REFERENCE, None, {"1": _DEAD}),
    **_table(_K.LENGTH, None, {"1": "in"}, glued=True),
    **_table(_K.MONEY, "GBP", {"0.01": "p"}, glued=True),
    **_table(_K.MASS, "g", {"1000000": "t"}, glued=True),
    **_table(_K.DURATION, "h", {"1": "h"}, glued=True),
}
"""Unit words and symbols, lower-cased. "pound" is not among them: `POUND_MASS` or `POUND_MONEY` by what stands around it.

Where the code is None the factor only ranks the units, so that "6ft 2in" and "2 minutes 46 seconds" are read as one.
"""

POUNDS = frozenset({"pound", "pounds"})
POUND_MASS = Unit(_K.MASS, "g", Decimal(_POUND))
POUND_MONEY = Unit(_K.MONEY, "GBP")

_FLUID_OUNCE = Unit(_K.VOLUME, "mL", Decimal("28.4130625"))
_LONG_TON = Unit(_K.MASS, "g", Decimal("1016046.9088"))
_SHORT_TON = Unit(_K.MASS, "g", Decimal("907184.74"))
_BEFORE = {_K.MASS: "metric", _K.LENGTH: "square sq cubic", _K.DURATION: "calendar full whole consecutive solid straight working"}

PHRASES: dict[tuple[str, str], Unit] = {
    **{(word, name): unit for name, unit in UNITS.items() for word in _BEFORE.get(unit.kind, "").split()},
    **{("long", name): _LONG_TON for name in ("ton", "tons")},
    **{("short", name): _SHORT_TON for name in ("ton", "tons")},
    **dict.fromkeys((("fl", "oz"), ("fluid", "ounce"), ("fluid", "ounces")), _FLUID_OUNCE),
    **{("us", name): Unit(_K.VOLUME, "mL", Decimal("3785.411784")) for name in ("gallon", "gallons")},
    **{(word, "dollars"): Unit(_K.MONEY, code) for word, code in {"us": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD"}.items()},
    ("per", "cent"): Unit(_K.PERCENT),
}
"""Units of two words."""

PHRASE_WORDS = frozenset(word for word, _ in PHRASES)
"""What a unit of two words begins with."""

SIGNS: dict[str, str] = {"£": "GBP", "€": "EUR", "$": "$", "¥": "JPY", "₹": "INR"}
"""Currency signs before the amount."""

CODES: dict[str, str] = {code.lower(): code for code in ("GBP", "EUR", "USD", "AUD", "NZD", "CAD")}
"""ISO 4217 codes, before or after the amount."""

_DOLLARS = {"AUD": "a au aud", "NZD": "nz nzd", "USD": "us usd", "CAD": "c ca can cad", "HKD": "hk hkd", "SGD": "s sg"}
DOLLARS: dict[str, str] = {letters: code for code, words in _DOLLARS.items() for letters in words.split()}
"""Letters glued to the front of "$"."""

_ARTICLE_UNITS = "kilo kilogram kilogramme gram gramme tonne ton ounce pound litre liter gallon year month week fortnight day hour decade"
ARTICLE_UNITS = frozenset(_ARTICLE_UNITS.split())
"""Units that an article makes one of: "a kilo of", "an ounce of"."""

PERIODS: dict[str, Per] = {"day": "day", "week": "week", "month": "month", "year": "year", "annum": "year"}
"""What a rate is told per."""
