"""The regular forms of English nouns and verbs, which packs leave out."""

from __future__ import annotations

from typing import Literal

_VOWELS = "aeiou"


def pluralise(noun: str) -> str:
    """The regular English plural of a noun phrase, made on its last word."""
    head, _, last = noun.rpartition(" ")
    if last.endswith(("s", "x", "z", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2:-1] not in _VOWELS:
        last = last[:-1] + "ies"
    elif last.endswith("man"):
        last = last[:-3] + "men"
    elif last.endswith("person"):
        last = last[:-6] + "people"
    elif last.endswith("child"):
        last += "ren"
    else:
        last += "s"
    return f"{head} {last}".strip()


def inflect(base: str, ending: Literal["s", "ed", "ing"]) -> str:
    """A regular form of a verb phrase, made on its first word: ``inflect("hand in", "ed") == "handed in"``."""
    word, _, rest = base.partition(" ")
    short = len(word) > 2 and word[-1] not in "aeiouwxyh" and word[-2] in _VOWELS and sum(letter in _VOWELS for letter in word) == 1
    doubled = short or word in _DOUBLING
    if ending == "s":
        word = pluralise(word) if not word.endswith("man") else word + "s"
    elif word.endswith("e") and not (word.endswith("ee") and ending == "ing"):
        word = word[:-1] + ending
    elif ending == "ed" and word.endswith("y") and word[-2:-1] not in _VOWELS:
        word = word[:-1] + "ied"
    else:
        word += (word[-1] if doubled else "") + ending
    return f"{word} {rest}".strip()


# Verbs of more than one syllable that double their last letter; English gives no rule that needs no stress marks.
_DOUBLING = frozenset({"admit", "commit", "refer", "transfer"})
