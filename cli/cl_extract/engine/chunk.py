"""Sentence -> figure groups and triggers.

A figure group is a figure with what it counts: qualifier, number, modifiers, head noun, of-phrase ("more than 4kg of suspected Class A drugs",
"two other men", "33 of them"). A trigger is an event told by a verb, a noun of action or a set phrase ("were arrested", "the seizure of").
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from cl_extract.engine.lex import Atom, Sentence
from cl_extract.engine.lexicon import Entry
from cl_extract.engine.nouns import (
    FURTHER,
    MATTER,
    NO_CLASS,
    PACKAGED,
    PEOPLE,
    STOP,
    VAGUE,
    Names,
    contents,
    coordinate,
    groups_named,
    head_noun,
    is_denomination,
    matter_ahead,
    modifiers,
    noun_ahead,
    of_phrase,
    substance,
)
from cl_extract.engine.triggers import Trigger, find_triggers
from cl_extract.model import AGE, COUNT, DURATION, FACTUAL, MONEY, Figure, FigureKind
from cl_extract.value import replace, value

_ONE = Decimal(1)


@value(frozen=True, slots=True)
class Group:
    """A figure and what it counts, over atoms ``first`` to ``last`` (exclusive) of its sentence.

    ``heads`` are the classes of the head noun, empty where the figure stands alone ("another 22", "33 of them"); ``noun`` is the head in the
    singular. ``matter`` holds the classes named in its of-phrase and modifiers. ``article``: told by "a" or "an" only. ``anaphor``: it points back
    ("of them", "of whom"). ``definite``: "the", "both", "these" before it.
    ``more``: "another", "further", "others". ``valued``: a sum that is the value of the thing before it ("cocaine worth £5,000").
    ``label``: a row gives its noun ("Warrants: 7"). ``whole``: the value of the figure that it is told to be part of.
    """

    first: int
    last: int
    figure: Figure
    heads: frozenset[str] = frozenset()
    noun: str | None = None
    matter: frozenset[str] = frozenset()
    drugs: tuple[str, ...] = ()
    drug_classes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    article: bool = False
    anaphor: bool = False
    definite: bool = False
    more: bool = False
    valued: bool = False
    label: bool = False
    whole: Decimal | None = None

    @property
    def kind(self) -> FigureKind:
        """The kind of its figure."""
        return self.figure.kind


@value(frozen=True, slots=True)
class Chunks:
    """What one sentence holds, in order.

    ``verbal``: it has a finite verb outside its groups; ``classes`` are all classes of its words, ``words`` the words and marks themselves.
    """

    sentence: Sentence
    groups: tuple[Group, ...]
    triggers: tuple[Trigger, ...]
    verbal: bool
    classes: frozenset[str]
    words: frozenset[str]

    def with_groups(self, groups: Iterable[Group]) -> Chunks:
        """The same sentence with its groups understood otherwise."""
        return Chunks(self.sentence, tuple(groups), self.triggers, self.verbal, self.classes, self.words)


def chunk(sentence: Sentence) -> Chunks:
    """The figure groups and triggers of a sentence."""
    atoms = sentence.atoms
    entries = [atom.entry for atom in atoms]
    groups = _groups(atoms)
    inside: set[int] = set()
    if groups:
        groups[0] = _labelled(atoms, groups[0], alone=len(groups) == 1)
        if groups[0].label:
            groups[1:] = [_labelled(atoms, group, alone=False, after=before.last) for before, group in pairwise(groups)]
        inside.update(*[range(group.first, group.last) for group in groups])
    triggers = find_triggers(atoms, entries, inside)
    verbal = any(entry.finite and k not in inside for k, entry in enumerate(entries))
    classes, words = NO_CLASS.union(*[entry.every for entry in entries]), frozenset([atom.low for atom in atoms])
    return Chunks(sentence, tuple(groups), tuple(triggers), verbal, classes, words)


# Nouns that share one article: "A man and woman were arrested", "a knife and hammer".
_SHARING = (PEOPLE, frozenset({"blade", "gun", "imitation", "weapon"}), frozenset({"vehicle"}))


def _joined(atoms: tuple[Atom, ...], group: Group) -> Group | None:
    """The thing that a further noun counts under the article that ``group`` begins with."""
    at = group.last + 1
    if at >= len(atoms) or atoms[group.last].low not in {"and", ","}:
        return None
    senses = [sense for sense in atoms[at].entry.nouns if sense.singular and not sense.plural]
    kind = next((kind for kind in _SHARING if group.heads & kind), frozenset[str]())
    after = atoms[at + 1 : at + 2]
    if not senses or kind.isdisjoint(sense.cls for sense in senses) or any(atom.entry.nouns or atom.low == "-" for atom in after):
        return None
    if atoms[group.last].low == "," and not any(atom.low in {",", "and"} for atom in after):
        return None
    names, matter = modifiers(atoms, at, at + 1)
    figure = Figure(COUNT, atoms[at].first, atoms[at].last, _ONE, worded=True)
    heads = frozenset(sense.cls for sense in senses)
    return Group(at, at + 1, figure, heads, senses[0].singular_form, matter, groups=groups_named(names), article=True)


_STANDING = frozenset({"at", "is", "was", "reached", "hit", "passed", "topped"})


def _after_noun(atoms: tuple[Atom, ...], group: Group, floor: int) -> Group:
    """The group of a number without a noun, or with the one that it stands after: "knives (14) and phones (12)", "takes the number of arrests to 31",
    "the number of arrests stands at 31".

    ``floor`` is where the group before ends.
    """
    if group.kind is not COUNT or group.first - 2 < floor:
        return group
    before, after = atoms[group.first - 1].low, [atom.low for atom in atoms[group.last : group.last + 1]]
    at: int | None = None
    if before == "to" or (before in _STANDING and not group.heads):
        reach = range(group.first - 4, max(floor, group.first - 9), -1)
        at = next((k + 2 for k in reach if atoms[k].low in {"number", "total", "total number"} and atoms[k + 1].isa("of")), None)
    elif before == "(" and after == [")"]:
        at = group.first - 2
    heads = atoms[at].entry.plural if at is not None else NO_CLASS
    if at is None or not heads or (before == "(" and heads & {"people", "pupil"}):  # a person's is an age
        return group
    names, matter = modifiers(atoms, at, at + 1)
    return replace(group, heads=heads, noun=_plural_of(atoms[at].entry), matter=matter, drugs=names.get("drug", ()), groups=groups_named(names))


def _plural_of(entry: Entry) -> str:
    """The singular of what an entry is the plural of."""
    return next(sense.singular_form for sense in entry.nouns if sense.plural)


# Words that make a noun one thing, as an article does.
_SINGLING = frozenset({"another", "single", "lone"})


def _groups(atoms: tuple[Atom, ...]) -> list[Group]:
    groups: list[Group] = []
    floor = 0
    for at, atom in enumerate(atoms):
        if (atom.figure is None and atom.low not in _SINGLING and "article" not in atom.entry.classes) or at < floor:
            continue
        group = _group_at(atoms, at)
        if group is None:
            continue
        groups.append(group if group.heads else _after_noun(atoms, group, floor))
        floor = max(group.last, at + 1)
        while group.article and (joined := _joined(atoms, group)) is not None:
            groups.append(joined)
            group, floor = joined, joined.last
    return groups


# A label is no longer than this, and a row that it heads has nothing after the number but a note in brackets.
_LABEL = 12
_TELLING = frozenset({"be", "have", "modal", "pronoun"})


def _labelled(atoms: tuple[Atom, ...], group: Group, *, alone: bool, after: int = 0) -> Group:
    """The group of a row such as "Warrants: 7", "Arrests | 249" or "Knives and other weapons - 14", which its label gives the noun.

    ``after`` is where the group before ends: "Warrants: 7, arrests: 12".
    """
    start = after
    while after and start < group.first and (not atoms[start].word or atoms[start].isa("and")):
        start += 1
    if group.heads or group.article or not 0 < group.first - start <= _LABEL or any(atom.isin(_TELLING) for atom in atoms):
        return group
    if any((atom.word and not atom.isa("and")) or atom.figure or atom.date for atom in atoms[group.last : group.last + 1]):
        return group
    label = atoms[start : group.first]
    apart = label[-1].low == ":" or (label[-1].low in {"|", "-"} and not after)
    if not (apart or (alone and not after)):
        return group
    if not apart and (len(label) > 4 or any(atom.entry.verbs and not atom.entry.nouns for atom in label[:-1])):
        return group
    if not apart and group.kind is not COUNT and any(atom.entry.verbs for atom in label):
        return group
    if not apart and label[0].isa("officer", "staff") and label[-1].entry.verbs and ("deploy", "object") not in label[-1].entry.senses:
        return group  # "Officers arrested seven."
    if any(atom.figure is not None or atom.date is not None or atom.isa("article") for atom in label):
        return group
    names, matter = modifiers(atoms, start, group.first)
    drugs, classes = names.get("drug", ()), names.get("drug_class", ())
    if group.kind is not COUNT:
        heads = matter & MATTER if group.kind is not DURATION else NO_CLASS
        return replace(group, heads=heads, matter=matter, drugs=drugs, drug_classes=classes)
    at = next((k for k, atom in enumerate(label) if atom.entry.plural), None)
    if at is None:
        return group
    named = label[at].entry
    _, heads = coordinate(atoms, start + at + 1, named.plural)
    heads = contents(heads, matter)
    return replace(
        group, heads=heads, noun=_plural_of(named), matter=matter, drugs=drugs, drug_classes=classes, groups=groups_named(names), label=True
    )


def _group_at(atoms: tuple[Atom, ...], k: int) -> Group | None:
    """The group of the figure, or of the word for one thing, at ``k``."""
    figure = atoms[k].figure
    if figure is None:
        return _one_at(atoms, k)
    kind = figure.kind
    if kind not in FACTUAL or (figure.attributive and kind is not DURATION):
        return None
    if kind is COUNT:
        return _count_group(atoms, k, figure, article=False)
    if kind is DURATION:
        # "up to four years" is what the law allows, not what somebody got.
        return Group(k, k + 1, figure, _LIMIT if figure.qualifier == "at_most" else _TERM)
    return None if is_denomination(atoms, k) else _measured_group(atoms, k, figure)


_LIMIT, _TERM, _PAIR = (frozenset({head}) for head in ("limit", "duration", "pair"))


def _one_at(atoms: tuple[Atom, ...], k: int) -> Group | None:
    """The group of the article, or the like, at ``k``."""
    atom = atoms[k]
    following = atoms[k + 1].figure if k + 1 < len(atoms) else None
    if following is not None and following.kind in FACTUAL and not following.attributive:
        return None
    made = _count_group(atoms, k, Figure(COUNT, atom.first, atom.last, _ONE, worded=True), article=atom.low in {"a", "an"})
    if made is None:
        return None
    if following is not None and following.kind is COUNT:
        return _collective(atoms, made, following)
    if made.heads <= VAGUE and made.last < len(atoms) and atoms[made.last].isa("of"):
        return None  # "a gang of ten dealers": the ten are counted
    return replace(made, figure=replace(made.figure, value=Decimal(2))) if made.heads == _PAIR else made


# What a number of people, or of counts, is told to be: "a 26-member gang", "a 37-count indictment".
_COLLECTIVES = {"indictment": ("charge", "count")} | dict.fromkeys(
    ["gang", "group", "network", "ring", "crew", "syndicate", "cartel", "family", "cell"], ("people", "person")
)


def _collective(atoms: tuple[Atom, ...], group: Group, members: Figure) -> Group:
    """The group of those that a collective is made of."""
    head = _COLLECTIVES.get(atoms[group.last - 1].low.rpartition(" ")[2])
    return group if head is None else replace(group, figure=members, heads=frozenset({head[0]}), noun=head[1], article=False)


_DEFINITE = frozenset({"the", "both", "these", "those", "his", "her", "their", "its", "other"})
_POSSESSIVE = frozenset({"the", "these", "those", "his", "her", "their", "its", "our"})
_PARTITIVE = frozenset({"of", "partwise"})


def _count_group(atoms: tuple[Atom, ...], k: int, figure: Figure, *, article: bool) -> Group | None:
    size, j = len(atoms), k + 1
    before = atoms[k - 1].low if k else ""
    definite = before in _DEFINITE
    if before == "the" and k > 1 and atoms[k - 2].low in {"called", "named", "dubbed", "known as"}:
        return None  # "a gang called the 67"
    if figure.worded and not article and figure.value == 1 and j < size and atoms[j].low in {"which", "that"}:
        return None  # "matched it to one which he carried"
    anaphor = k > 0 and (
        ("partwise" in atoms[k - 1].entry.classes and not (k > 1 and (atoms[k - 2].figure or atoms[k - 2].low == "one")))
        or (before in {"-", "(", ","} and k > 2 and _most_of_them(*atoms[k - 3 : k - 1]))
    )
    plural: bool | None = figure.value != 1 or figure.high is not None
    if j < size and not _PARTITIVE.isdisjoint(atoms[j].entry.classes):
        if atoms[j].low in {"of these", "of those"} and noun_ahead(atoms, j, plural=True):
            j += 1  # "904 of these 'cuckooed' homes"
        elif atoms[j].isa("partwise"):
            j += 1
            if atoms[j - 1].low.endswith("those") and j < size and (atoms[j].entry.verbs or atoms[j].low == "who"):
                return Group(k, j if atoms[j].low == "who" else j + 1, figure, PEOPLE, "person", definite=definite)
            return Group(k, j, figure, anaphor=True, article=article, definite=definite)
        if j + 1 < size and atoms[j].isa("of") and atoms[j + 1].low in _POSSESSIVE:
            if atoms[j + 1].low == "those":
                told = j + 2 < size and atoms[j + 2].entry.verbs
                return Group(k, j + 3 if told else j + 2, figure, PEOPLE, "person", definite=definite)
            if article:
                return None
            article = figure.value == 1  # "one of the quads" counts where something happened to it
            j += 2
            inner = atoms[j].figure if j < size else None
            if inner is not None and inner.kind is COUNT:
                among = _charged_among(atoms[j + 1 : j + 3])  # "ten of the 14 charged pleaded guilty"
                if among or j + 1 >= size or not atoms[j + 1].word or atoms[j + 1].isin(STOP):
                    return Group(k, j + 1 + among, figure, anaphor=True, whole=inner.value)  # "One of the five, a man who …"
                if figure.value == 1:
                    return Group(k, j, figure)  # "one of the 43 forces": the 43 forces are a group of their own
                j += 1
            if j < size and atoms[j].low in {"gang", "group", "network", "family"}:
                return Group(k, j + 1, figure, PEOPLE, "person", definite=definite)
            plural = None  # "one of the men"
    if j + 2 < size and atoms[j].low == "the" and atoms[j + 1].low in {"number", "total"} and atoms[j + 2].low == "of":
        j += 3  # "brings to 41 the number of guns"
    found = head_noun(atoms, j, plural, article=article)
    if found is None:
        return None
    last, heads, noun, more = found
    if not heads:
        if last == j < size and atoms[j].low == "who":
            return Group(k, j, figure, PEOPLE, "person", definite=definite)  # "Eight who are believed to have been trafficked"
        if article:
            age = atoms[k + 1].figure if k + 1 < size else None
            if age is None or age.kind is not AGE:
                return None
            last, heads, noun = k + 2, PEOPLE, "person"  # "a 23-year-old from Croydon"
    names, matter = modifiers(atoms, j, last)
    if heads:
        before_of = matter
        last, matter = of_phrase(atoms, last, matter, names)
        if "container" in heads:
            heads = contents(heads, matter)
        elif "thing" in heads:
            heads |= (matter - before_of) & PACKAGED
    elif not anaphor and last < size and atoms[last].isa("of"):
        end, _ = substance(atoms, last + 1, names)  # "480 wraps of crack and 38 of heroin"
        last = end if names.get("drug") else last
    return Group(
        k,
        last,
        figure,
        heads,
        noun,
        matter,
        names.get("drug", ()),
        names.get("drug_class", ()),
        groups_named(names),
        article,
        anaphor,
        definite,
        more or before in FURTHER,
    )


def _charged_among(told: tuple[Atom, ...]) -> bool:
    """Whether a verb, and after it the verb of the sentence, follow a number."""
    return len(told) == 2 and bool(told[0].entry.verbs) and (bool(told[1].entry.verbs) or told[1].isa("be", "have"))


def _most_of_them(share: Atom, whole: Atom) -> bool:
    """Whether the words before a mark and a number point back to what it counts: "Most of them – 388 – were handed in"."""
    return share.low in {"most", "many", "some"} and whole.isa("partwise")


def _measured_group(atoms: tuple[Atom, ...], k: int, figure: Figure) -> Group:
    """A weight, a volume or a sum of money with what it is of."""
    names: Names = {}
    j = k + 1
    while j < len(atoms) and (atoms[j].low in {"'", "-", "s", "worth", "worth of", "of", "in", "more"}):
        j += 1
    if atoms[j - 1].low == "in" and j < len(atoms) and atoms[j].isa("determiner"):
        names_only: tuple[str, ...] = ("account",)  # "£1.2 million in the force's drugs strategy" is no drugs
    else:
        names_only = ()
    strict = figure.kind is MONEY and j < len(atoms) and any(voice in {"object", "subject"} for _, voice in atoms[j].entry.senses)
    strict = strict and not (atoms[j].isa("steal") and matter_ahead(atoms, j))  # "£9,300 in stolen goods"
    if figure.kind is MONEY and j < len(atoms) and atoms[j].low == ",":
        strict = True  # "cocaine worth £17,000, heroin worth £12,000"
    end, classes = (j, frozenset[str]()) if strict else substance(atoms, j, names)
    if end == j or (names_only and classes.isdisjoint(names_only)):
        end, classes, names = k + 1, frozenset(), {}
    if not classes and figure.kind is MONEY and "worth" in atoms[j - 2].low + atoms[j - 1].low and j < len(atoms) and j > k + 1:
        classes = frozenset({"thing"})  # "£1,100 worth of stolen cosmetics"
    elif not classes and figure.kind is MONEY:
        if figure.per is not None:
            classes = frozenset({"yearly" if figure.per == "year" else "rate"})
        elif _valued(atoms, k):
            classes = frozenset({"valued"})
    if "valued" in classes and figure.qualifier == "exact" and any("estimated" in atom.low for atom in _since_figure(atoms, k)):
        figure = replace(figure, qualifier="about")  # "The estimated value of the drugs is £90,000"
    noun = next((sense.singular_form for atom in atoms[j:end] for sense in atom.entry.nouns), None)
    return Group(k, end, figure, classes, noun, classes, names.get("drug", ()), names.get("drug_class", ()))


def _since_figure(atoms: tuple[Atom, ...], k: int) -> tuple[Atom, ...]:
    """The few atoms before ``k``, back to the figure before: "an estimated value of £9,000 and crack worth £4,000" estimates the first alone."""
    first = next((j + 1 for j in range(k - 1, max(0, k - 8) - 1, -1) if atoms[j].figure is not None), max(0, k - 8))
    return atoms[first:k]


_VALUED = frozenset({*MATTER, "gun", "blade", "weapon", "grow", "plant", "drug_unit", "vehicle", "good", "tobacco_unit"})


def _valued(atoms: tuple[Atom, ...], k: int) -> bool:
    """Whether the sum at ``k`` is told to be a value: "worth", "valued at", "with an estimated street value of" before it, or "worth" after."""
    if k + 1 < len(atoms) and (atoms[k + 1].low == "worth" or (k > 1 and atoms[k - 1].low == "(" and atoms[k + 1].low == ")")):
        return True
    said_to_be = False  # "the estimated street value of the drugs is", "the value of which was put at"
    for atom in reversed(atoms[max(0, k - 11) : k]):
        if atom.isa("value"):
            return True
        said_to_be = said_to_be or atom.isa("be") or "be" in atom.low.split()
        if said_to_be and (atom.isa("relative", "and", "seize") or atom.entry.every & _VALUED):
            continue
        told = atom.isa("preposition", "of", "be", "have", "adverb", "estimate", "article", "determiner", "hedge", "total")
        if not (told or atom.low in {"-", "confirmed", "calculated", "reported"}):
            break
    if k and atoms[k - 1].low == "at":  # "puts the crop at", "valued the drugs at"
        for j in range(max(0, k - 8), k - 1):
            if atoms[j].isa("value") or atoms[j].low in {"put", "puts", "putting"}:
                return any(atom.entry.every & _VALUED for atom in atoms[j:k])
    return False
