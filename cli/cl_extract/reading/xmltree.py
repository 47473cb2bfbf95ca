"""XML of unknown origin into a tree: nothing is fetched, no entity is expanded, and depth and number of elements are limited."""

from __future__ import annotations

import html.entities
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from cl_extract.errors import InputError

_DEEPEST = 200
_MOST_ELEMENTS = 400_000
_NAMES = html.entities.html5


def parse_xml(source: bytes | str) -> Element:
    """The root element; tags are ``{namespace}name``. Entities that only HTML knows (``&nbsp;``) are read too, as feeds are full of them.

    Raises InputError, with line and column, for what is not well-formed, declares entities, or is nested or long beyond reason.
    """
    parser = expat.ParserCreate("utf-8" if isinstance(source, str) else None, "}")
    builder = TreeBuilder()
    depth = elements = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > _DEEPEST or elements > _MOST_ELEMENTS:
            raise InputError("holds XML that is nested or repeated beyond reason; give the text of the release")
        builder.start(_named(tag), {_named(name): value for name, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(tag))

    def entity_declared(*_: object) -> None:
        raise InputError("declares XML entities, which are not expanded; give the text of the release")

    def rest(text: str) -> None:
        if text.startswith("&"):
            builder.data(_NAMES.get(text[1:], text))

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = entity_declared
    parser.UseForeignDTD(True)  # so that a name that is not declared comes to DefaultHandlerExpand; nothing is read
    parser.DefaultHandlerExpand = rest
    try:
        parser.Parse(source.encode("utf-8", "replace") if isinstance(source, str) else source, True)
    except expat.ExpatError as error:
        what = expat.errors.messages.get(error.code, "a fault")
        raise InputError(f"is broken XML ({what} at line {error.lineno}, column {error.offset + 1}); get it again or repair it") from None
    except (ValueError, LookupError) as error:
        raise InputError(f"is XML in an encoding that is not known ({' '.join(str(error).split())}); save it as UTF-8") from None
    return builder.close()


def _named(name: str) -> str:
    return "{" + name if "}" in name else name
