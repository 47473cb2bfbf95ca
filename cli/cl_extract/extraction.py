"""The public calls: a release in, its record out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cl_extract.engine.chunk import chunk
from cl_extract.engine.engine import Engine, load_engine
from cl_extract.engine.lex import lex
from cl_extract.engine.match import match
from cl_extract.engine.resolve import resolve
from cl_extract.model import Document, Record

if TYPE_CHECKING:
    from pathlib import Path


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
