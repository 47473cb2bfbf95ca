"""What can go wrong, under one root class. Each message is one line that names the place, the fault and the remedy."""

from __future__ import annotations


class ClExtractError(Exception):
    """Root of every error that cl-extract raises on purpose."""


class InputError(ClExtractError):
    """A release that cannot be read: missing, unreadable, binary or undecodable."""


class BinaryError(InputError):
    """Bytes of a kind that no release is: an image, an archive, a program. Batch runs leave such files out of a folder and count them."""


class UsageError(ClExtractError):
    """A call that asks for something that does not exist, such as an unknown measure."""


class PackError(ClExtractError):
    """A pattern pack with faults. ``faults`` holds all of them, one line each (``FILE:LINE: fault; remedy``)."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
