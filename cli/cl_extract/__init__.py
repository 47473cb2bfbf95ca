"""cl-extract: counts, dates, quantities and money out of police press releases, each with the characters it came from."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cl_extract.errors import ClExtractError, InputError, PackError, UsageError
    from cl_extract.extraction import extract, extract_file, extract_releases
    from cl_extract.model import Record

__version__ = "0.1.0"
__all__ = ["ClExtractError", "InputError", "PackError", "Record", "UsageError", "extract", "extract_file", "extract_releases"]

_MODULES = {
    **dict.fromkeys(["ClExtractError", "InputError", "PackError", "UsageError"], "errors"),
    **dict.fromkeys(["extract", "extract_file", "extract_releases"], "extraction"),
    "Record": "model",
}


def __getattr__(name: str) -> object:
    """What is asked for, loaded then: the command has something to do before all this is."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
