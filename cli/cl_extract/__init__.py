"""cl-extract: counts, dates, quantities and money out of police press releases, each with the characters it came from."""

from cl_extract.errors import ClExtractError, InputError, PackError, UsageError
from cl_extract.extract import extract, extract_file, extract_releases
from cl_extract.model import Record

__version__ = "0.1.0"
__all__ = ["ClExtractError", "InputError", "PackError", "Record", "UsageError", "extract", "extract_file", "extract_releases"]
