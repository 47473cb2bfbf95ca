"""The words of a line in the forms that ``noise`` and ``layout`` ask of again and again, each made once."""

from __future__ import annotations

from cl_extract.value import value

LONGEST_READ = 1500  # Nothing longer is a label, a byline or an appeal, and no question is asked of its words.
_LONGEST_HEADLINE = 800
_PLAIN = {
    mark: plainly for marks, plainly in (("‘’ʼ", "'"), ("“”„", '"'), ("‐‑‒–—―−", "-"), ("\u00a0\u2009\u202f", " ")) for mark in marks
}  # fmt: skip
_LETTERS = bytes(code if chr(code).islower() else ord(" ") for code in range(128)) + b" " * 128
_STOPS = frozenset(".!?…")
_CLOSING = "\"'”’)]*_"  # what may follow the full stop


@value(frozen=True, slots=True)
class Wording:
    """A line or paragraph.

    ``text`` is as written, ``plain`` has typographic quotation marks, dashes and fixed spaces made plain, ``low`` is that in small letters, and
    ``words`` are the runs of the letters a to z in it, as far as LONGEST_READ: a line without any word of a pattern need not be searched for it.
    """

    text: str
    plain: str
    low: str
    words: frozenset[str]


def worded(text: str) -> Wording:
    """The wording of a line or paragraph."""
    written = plain(text)
    low = written.lower()
    return Wording(text, written, low, frozenset(low[:LONGEST_READ].encode("ascii", "replace").translate(_LETTERS).decode().split()))


def plain(line: str) -> str:
    """The line with typographic quotation marks, dashes and fixed spaces made plain; offsets stay as they were."""
    if not line.isascii():
        for mark, plainly in _PLAIN.items():
            if mark in line:
                line = line.replace(mark, plainly)
    return line


def words(text: str) -> frozenset[str]:
    """The words of a list such as one of tags, of classes or of what a pattern cannot do without."""
    return frozenset(text.split())


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does, closing quotation marks and brackets aside."""
    return line[-12:].removesuffix("\n").rstrip(_CLOSING)[-1:] in _STOPS


def word_count(line: str) -> int:
    """How many words the line has, counted no further than a headline could go."""
    return len(line[:_LONGEST_HEADLINE].split())
