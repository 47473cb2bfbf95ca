"""``value``: a dataclass for what a release makes thousands of, and a program dozens.

To the type checker and to whoever asks (``dataclasses.fields``, ``replace``, ``asdict``) it is one. Made as the standard library makes them, the
classes of a plain call took a third of its time: so here only ``__init__`` is compiled for each, the rest is shared, and ``dataclasses`` (with
``inspect``, ``ast`` and ``tokenize`` behind it) is not loaded before somebody asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["field", "replace", "sealed", "value"]

if TYPE_CHECKING:
    from dataclasses import dataclass as sealed
    from dataclasses import dataclass as value
    from dataclasses import field, replace
else:

    def value(*, frozen=False, eq=True, **_):
        """As ``dataclass``, with slots; frozen to the type checker alone: the check as it runs costs five times what making a value does."""
        methods = {"__eq__": _eq, "__hash__": _hash if frozen else None} if eq else {}
        return lambda cls: _made(cls, "self.{0} = {0}", methods)

    def sealed(**_):
        """As ``value``, and no field can be set as it runs either: for what the library hands out."""
        return lambda cls: _made(cls, "put(self, '{0}', {0})", {"__eq__": _eq, "__hash__": _hash, "__setattr__": _refuse, "__delattr__": _refuse})

    class field:  # noqa: N801  # as the library names it
        """A default that is made anew for each value."""

        def __init__(self, *, default_factory):
            self.factory = default_factory

    def replace(of, /, **changes):
        """The value with other fields."""
        return type(of)(**{name: getattr(of, name) for name in of.__match_args__} | changes)

    def _made(cls, put, methods):
        own = cls.__annotations__
        names = (*getattr(cls, "__match_args__", ()), *own)
        defaults = getattr(cls, "_defaults", {}) | {name: cls.__dict__[name] for name in own if name in cls.__dict__}
        body = {name: told for name, told in cls.__dict__.items() if name not in {*own, "__dict__", "__weakref__"}}
        body |= {"__slots__": tuple(own), "__match_args__": names, "_defaults": defaults, "__dataclass_fields__": _Fields()}
        body |= {"__init__": _init(cls, names, defaults, put), "__repr__": _repr, "__reduce__": _reduce, "__replace__": replace} | methods
        return type(cls)(cls.__name__, cls.__bases__, body)

    def _init(cls, names, defaults, put):
        told = ", ".join(f"{name}=_{name}" if name in defaults else name for name in names)
        lines = [f"if {name} is _{name}: {name} = _{name}.factory()" for name, default in defaults.items() if isinstance(default, field)]
        lines += [put.format(name) for name in names]
        known = {"put": object.__setattr__, **{f"_{name}": default for name, default in defaults.items()}}
        exec(f"def __init__(self, {told}):\n " + "\n ".join(lines), known)  # names of fields alone, as dataclass does
        known["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
        return known["__init__"]

    class _Fields:
        """The fields as ``dataclasses`` knows them, made when it asks."""

        def __get__(self, _, cls):
            import dataclasses

            types = {name: told for base in reversed(cls.__mro__[:-1]) for name, told in base.__annotations__.items()}
            defaults = {
                name: dataclasses.field(default_factory=told.factory) if isinstance(told, field) else told for name, told in cls._defaults.items()
            }
            shadow = type(cls.__name__, (), {"__annotations__": types, "__module__": cls.__module__, **defaults})
            cls.__dataclass_fields__ = dataclasses.dataclass(shadow).__dataclass_fields__
            return cls.__dataclass_fields__

    def _fields(self):
        return tuple([getattr(self, name) for name in self.__match_args__])

    def _reduce(self):
        return type(self), _fields(self)

    def _eq(self, other):
        return _fields(self) == _fields(other) if type(self) is type(other) else NotImplemented

    def _hash(self):
        return hash(_fields(self))

    def _repr(self):
        told = (f"{name}={field!r}" for name, field in zip(self.__match_args__, _fields(self), strict=True))
        return f"{type(self).__qualname__}({', '.join(told)})"

    def _refuse(self, name, _=None):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot set or delete {name!r}: {type(self).__name__} values do not change")
