"""``value``: a dataclass for what a release makes thousands of, such as atoms and tokens' figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["value"]

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen, slots):
        """Frozen to the type checker, which is who would break it: the check as it runs costs five times what making a value does."""
        return dataclass(slots=slots, unsafe_hash=frozen)
