"""The public calls: a release in, its record out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cl_extract.chunk import chunk
from cl_extract.lex import lex
from cl_extract.lexicon import Lexicon, build_lexicon
from cl_extract.match import Frames, compile_frames, match
from cl_extract.model import Document, Record
from cl_extract.packs import PackSet, load
from cl_extract.resolve import resolve
from cl_extract.skeleton import Phrases, compile_phrases


def extract(text: str, *, published: dt.date | None = None) -> Record:
    """The record of a release given as text (plain, Markdown or HTML, told by its content).

    ``published`` is the publication date of a release that does not say its own; one that it does say wins.
    """
    from cl_extract.read import read_text

    return extract_document(read_text(text), published=published)


def extract_file(path: str | Path, *, published: dt.date | None = None) -> Record:
    """The record of the release in a file. Raises InputError where the file cannot be read as a release."""
    from cl_extract.read import read_file

    return extract_document(read_file(path), published=published)


def extract_document(document: Document, *, published: dt.date | None = None) -> Record:
    """The record of a document that ``read`` made."""
    engine = _engine()
    sentences = [chunk(sentence) for sentence in lex(document, engine.lexicon)]
    matches = match(document, sentences, engine.frames, engine.phrases)
    return resolve(document, sentences, matches, engine.lexicon, published)


@dataclass(frozen=True, slots=True)
class Engine:
    """What packs compile to."""

    lexicon: Lexicon
    frames: Frames
    phrases: Phrases


def build_engine(packs: PackSet) -> Engine:
    """The engine of ``packs``."""
    lexicon = build_lexicon(packs)
    return Engine(lexicon, compile_frames(packs), compile_phrases(packs.rules, lexicon))


@cache
def _engine() -> Engine:
    return build_engine(load())
