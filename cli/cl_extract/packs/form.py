"""The pack format: what may stand under which key, and what it means; said once, for the reader, the JSON Schema and patterns/README.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from cl_extract.model import FigureKind, Kind, Qualifier
from cl_extract.value import value

Shape = Literal["text", "flag", "flag or either", "number", "names", "id", "name", "choice", "attributes", "examples", "negatives"]

# Limits of a pack, which may come from anywhere: none is near what a real pack needs.
MAX_DEPTH = 16  # of lists and mappings in each other
MAX_NAMES = 100  # in one list of classes
MAX_WORDS = 14  # of a phrase, hyphens counted: the lexer looks no further
MAX_PATTERN = 500  # characters of one pattern
MAX_PATTERNS = 20_000  # characters of all patterns of a pack
MAX_REPEATS = 20_000  # pieces of a pattern with its counted repeats written out
ID = r"[a-z0-9][a-z0-9_.-]{0,79}"
NAME = r"[a-z][a-z_]{0,59}"  # of a class; placeholders are made of these letters
MEASURE = r"[a-z][a-z0-9_]{0,59}"  # as in the record's JSON Schema


@value(frozen=True, slots=True)
class Key:
    """What stands under a key of a mapping in a pack, and what it means."""

    doc: str
    shape: Shape = "text"
    choices: tuple[str, ...] = ()
    required: bool = False


SECTIONS: Mapping[str, str] = {
    "measures": "What figures can measure: id -> label, kinds …",
    "words": "Class -> words and phrases, as a list, or as name -> its spellings. A spelling's capitals must be in the text too.",
    "nouns": "Class -> countable nouns in the singular. The plural is made from it; an irregular one is written after a slash: knife/knives.",
    "verbs": "Class -> verbs by voice. Irregular forms are written take/took/taken; the other words of a phrase follow: carry/carried out.",
    "frames": "A noun class × a verb class -> a measure: the common case.",
    "rules": "Set phrases: a pattern -> a measure.",
    "off": "Ids of patterns read before this pack that are switched off; for a pack of your own.",
}
VOICES: Mapping[str, str] = {
    "object": "Done to what is counted: seize, arrest (we seized nine knives; nine knives were seized).",
    "subject": "Done by what is counted: attend, plead guilty (200 pupils attended).",
    "post": "A phrase after what is counted: off the streets, behind bars.",
    "act": "A noun of action before what is counted: seizure of, closure of.",
}
MEASURE_KEYS: Mapping[str, Key] = {
    "label": Key("What it is called in tables.", required=True),
    "kinds": Key("Kinds of its figures.", "names", get_args(Kind), required=True),
    "open_unit": Key("It leaves open what is counted, so that a count keeps its noun as unit (12 wraps).", "flag"),
    "narrowed_by": Key("Attributes that its figures can have.", "names", ("drug", "drug_class", "group")),
}
_SHARED: Mapping[str, Key] = {
    "id": Key("Names the pattern in records, messages and commands: pack.what-it-says. Never used again for another.", "id", required=True),
    "measure": Key("A measure's id, or none: what it reads is not a fact.", "name", required=True),
    "kind": Key("The kind of figure that it reads; count unless given.", "choice", get_args(Kind)),
    "doc": Key("What it reads, in a sentence.", required=True),
    "source": Key("Why it exists: the guideline, or the release that first needed it."),
    "since": Key("The version that it came with."),
}
_OUTCOME: Mapping[str, Key] = {
    "unit": Key("The unit of its counts, in place of the noun."),
    "attributes": Key("Attributes of its facts where the text tells none: {drug: cannabis}.", "attributes"),
    "examples": Key("Texts that it must read, each with what its fact must have.", "examples"),
    "negatives": Key("Texts that it must not read, each with the reason.", "negatives"),
}
FRAME_KEYS: Mapping[str, Key] = {
    **_SHARED,
    "head": Key(
        "Classes of the noun that is counted (or of what the sum or weight is of). none: no noun; thing: a noun of no class; duration: a span of "
        "time; valued: a sum told as the value of something out of sight; rate: a sum a day, week or month; yearly: a sum a year.",
        "names",
        required=True,
    ),
    "trigger": Key("Classes of verbs (or posts, or acts), one of which must govern the figure.", "names"),
    "near": Key("Classes, of one of which a word must stand in the figure's group or shortly after it.", "names"),
    "unless": Key(
        "Classes, of which no word may stand between trigger and figure or beside the figure, nor tell of the whole that it is part of.", "names"
    ),
    "alone": Key("The number and its noun are enough, without a trigger. So they are where neither trigger nor verbless is given.", "flag"),
    "verbless": Key("The number and its noun are enough in a line without a verb.", "flag"),
    "complement": Key(
        "The figure is what the verb takes, not what it is done to (charged with nine counts); either: one or the other.", "flag or either"
    ),
    "passive": Key("Only a passive verb will do.", "flag"),
    "adjacent": Key("No other figure may stand between trigger and figure.", "flag"),
    "reach": Key("The most words between trigger and figure; 0 or none given: no limit.", "number"),
    "wins": Key("It keeps every other pattern from the figure.", "flag"),
    "article": Key("What makes a or an a count of one: trigger (a verb that governs it; so unless given) or never.", "choice", ("trigger", "never")),
    **_OUTCOME,
}
RULE_KEYS: Mapping[str, Key] = {**_SHARED, "pattern": Key("The set phrase, in words and placeholders; quote it with '…'.", required=True), **_OUTCOME}
EXAMPLE_KEYS: Mapping[str, Key] = {
    "text": Key("A text as releases write it.", required=True),
    "value": Key("The number (of a range the lower end), in the record's unit.", "number"),
    "high": Key("The upper end of a range.", "number"),
    "unit": Key("The fact's unit."),
    "qualifier": Key("The fact's qualifier.", "choice", get_args(Qualifier)),
    "attributes": Key("The fact's attributes, all of them.", "attributes"),
    "todo": Key("It is known not to be read yet; a test tells when it is.", "flag"),
}
NEGATIVE_KEYS: Mapping[str, Key] = {
    "text": Key("A text that must not be read.", required=True),
    "because": Key("Why not.", required=True),
    "todo": Key("It is known to be read still.", "flag"),
}
ATTRIBUTES = ("drug", "drug_class", "group")

# Placeholders for figures that a set phrase may read, and the kind of fact that each gives.
FIGURES: Mapping[str, Kind] = {"n": "count", "a": "count", "money": "money", "mass": "quantity", "volume": "quantity", "duration": "quantity"}
# Placeholders for what stands beside: figures of every kind, and dates.
OTHERS = ("date", *(kind.value for kind in FigureKind if kind.value not in {*FIGURES, "count"}))
PATTERN: Mapping[str, str] = {
    "{n}": "a number and what it counts; {n:people} where that is of a class, {n:people|driver} of one of several",
    "{a}": "a thing told by a or an, which counts as one; {a:people} likewise",
    "{money} {mass} {volume} {duration}": "a sum, a weight, a volume, a span of time; {mass:drug} where it is of a class",
    "{money}!": "the mark tells which figure is read; without one, the first",
    "{people}": "any word of a class of words, nouns or verbs",
    "{date} {age} {time} {phone} …": f"what is no fact; all of them: {', '.join(OTHERS)}",
    "word": "itself, in any case; a space means next",
    ".": "any one word, mark or figure with what it counts; .{0,3} up to three",
    "(?:a|b) (?=a) (?!a) ? * + {2} {0,3}": "as in regular expressions",
}
