"""The public calls: a release in, its record out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cl_extract.engine.chunk import chunk
from cl_extract.engine.frames import Frames, compile_frames
from cl_extract.engine.lex import lex
from cl_extract.engine.lexicon import Lexicon, build_lexicon
from cl_extract.engine.match import match
from cl_extract.engine.resolve import resolve
from cl_extract.engine.skeleton import Phrases, compile_phrases
from cl_extract.errors import PackError
from cl_extract.model import Document, Record
from cl_extract.packs.load import PackSet, Rule, Stamp, load, stamp


@dataclass(frozen=True, slots=True)
class Engine:
    """What packs compile to, with the packs themselves."""

    lexicon: Lexicon
    frames: Frames
    phrases: Phrases
    packs: PackSet


def extract(text: str, *, published: dt.date | None = None, patterns: Iterable[str | Path] = ()) -> Record:
    """The record of a release given as text (plain, Markdown or HTML, told by its content).

    ``published`` is the publication date of a release that does not say its own; one that it does say wins. ``patterns`` are packs of yours that
    add to the built-in ones. Raises PackError, with every fault, where one of them is broken.
    """
    from cl_extract.reading.read import read_text

    return extract_document(read_text(text), published=published, engine=load_engine(patterns))


def extract_file(path: str | Path, *, published: dt.date | None = None, patterns: Iterable[str | Path] = ()) -> Record:
    """The record of the one release in a file, of any format that is read, told by its content.

    Raises InputError where the file cannot be read, or is a feed of several releases, PackError as ``extract`` does.
    """
    from cl_extract.reading.read import read_file

    engine = load_engine(patterns)
    return extract_document(read_file(path), published=published, engine=engine)


def extract_releases(path: str | Path, *, published: dt.date | None = None, patterns: Iterable[str | Path] = ()) -> tuple[Record, ...]:
    """The record of every release in a file: of a feed one for each entry, of any other file one. Raises what ``extract_file`` does."""
    from cl_extract.reading.read import read_releases

    engine = load_engine(patterns)
    return tuple(extract_document(document, published=published, engine=engine) for document in read_releases(path))


def extract_document(document: Document, *, published: dt.date | None = None, engine: Engine | None = None) -> Record:
    """The record of a document that ``read`` made, by the built-in packs unless another ``engine`` is given."""
    engine = engine or load_engine()
    sentences = [chunk(sentence) for sentence in lex(document, engine.lexicon)]
    matches = match(document, sentences, engine.frames, engine.phrases)
    return resolve(document, sentences, matches, engine.lexicon, published)


def load_engine(patterns: Iterable[str | Path] = ()) -> Engine:
    """The engine of the built-in packs and the user's packs at ``patterns``. Raises PackError with every fault found.

    Engines are kept, one for each tuple of packs, and built again only when a pack has changed.
    """
    return _load_engine(stamp(patterns))


@lru_cache(maxsize=8)
def _load_engine(stamped: Stamp) -> Engine:
    return build_engine(load(name for name, _, _ in stamped))


def build_engine(packs: PackSet) -> Engine:
    """The engine of ``packs``. Raises PackError for patterns that cannot be compiled."""
    lexicon = build_lexicon(packs)
    try:
        return Engine(lexicon, compile_frames(packs), compile_phrases(packs.rules, lexicon), packs)
    except _UNCOMPILED:
        raise PackError(tuple(_faults(packs.rules, lexicon))) from None


# What compiling patterns can end in: ValueError as it says; StopIteration where they use more words than there are characters to write them in.
_UNCOMPILED = (ValueError, KeyError, StopIteration, RecursionError, MemoryError)


def _faults(rules: Iterable[Rule], lexicon: Lexicon) -> list[str]:
    """A fault for each pattern that cannot be compiled by itself; where every one can, they are too many together."""
    made = []
    for rule in rules:
        try:
            compile_phrases([rule], lexicon)
        except _UNCOMPILED as error:
            told = str(error).removeprefix(f"{rule.id}: ") if isinstance(error, ValueError) else ""
            made.append(f"{rule.file}:{rule.line}: {rule.id}: {told or 'the pattern is too large'}")
    return made or ["the patterns use too many words together; take some away"]
