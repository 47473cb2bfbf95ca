"""``value``: a dataclass for what a release makes thousands of, and a program dozens.

To the type checker and to whoever asks (``dataclasses.fields``, ``replace``, ``asdict``) it is one. Made as the standard library makes them, the
classes of a plain call took a third of its time: so here only ``__init__`` is compiled for each, the rest is shared, and ``dataclasses`` (with
``inspect``, ``ast`` and ``tokenize`` behind it) is not loaded before somebody asks. What no plain call loads (workbench, batch, report) keeps to
``dataclass``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["field", "plain", "replace", "sealed", "value"]

if TYPE_CHECKING:
    from dataclasses import astuple as plain
    from dataclasses import dataclass as sealed
    from dataclasses import dataclass as value
    from dataclasses import field, replace
else:

    def value(*, frozen=False, slots=True, eq=True):  # noqa: ARG001  # always with slots
        """As ``dataclass``, with slots; frozen to the type checker alone: the check as it runs costs five times what making a value does."""
        methods = {"__eq__": _eq, "__hash__": _hash if frozen else None} if eq else {}
        return lambda cls: _made(cls, "self.{0} = {0}", {"__dataclass_params__": _Asked(frozen), **methods})

    def sealed(*, frozen, slots):  # noqa: ARG001
        """As ``value``, and no field can be set as it runs either: for what the library hands out."""
        methods = {"__eq__": _eq, "__hash__": _hash, "__setattr__": _refuse, "__delattr__": _refuse}
        return lambda cls: _made(cls, "__put(self, '{0}', {0})", {"__dataclass_params__": _Asked(frozen), **methods})

    class field:  # noqa: N801  # as the library names it
        """A default that is made anew for each value."""

        def __init__(self, *, default_factory):
            self.factory = default_factory

    def replace(of, /, **changes):
        """The value with other fields."""
        return type(of)(**{name: getattr(of, name) for name in of.__match_args__} | changes)

    def _made(cls, put, methods):
        if hasattr(cls, "__post_init__"):
            raise TypeError(f"{cls.__qualname__}: a value has no __post_init__")
        own, inherited = cls.__annotations__, getattr(cls, "__match_args__", ())
        names = tuple(dict.fromkeys((*inherited, *own)))
        defaults = getattr(cls, "_defaults", {}) | {name: cls.__dict__[name] for name in own if name in cls.__dict__}
        body = {name: told for name, told in cls.__dict__.items() if name not in {*own, "__dict__", "__weakref__"}}
        body |= {"__slots__": tuple(name for name in own if name not in inherited), "__match_args__": names, "_defaults": defaults}
        body |= {"__init__": _init(cls, names, defaults, put), "__repr__": _repr, "__reduce__": _reduce, "__replace__": replace}
        return type(cls)(cls.__name__, cls.__bases__, body | {"__dataclass_fields__": _Asked()} | methods)

    def _init(cls, names, defaults, put):
        told = ", ".join(f"{name}=_{name}" if name in defaults else name for name in names)
        lines = [f"if {name} is _{name}: {name} = _{name}.factory()" for name, default in defaults.items() if isinstance(default, field)]
        lines += [put.format(name) for name in names]
        known = {"__put": object.__setattr__, **{f"_{name}": default for name, default in defaults.items()}}
        exec(f"def __init__(self, {told}):\n " + "\n ".join(lines), known)  # names of fields alone, as dataclass does
        made = known["__init__"]
        made.__qualname__ = f"{cls.__qualname__}.__init__"
        made.__annotations__ = getattr(cls.__init__, "__annotations__", {}) | cls.__annotations__
        return made

    class _Asked:
        """What ``dataclasses`` knows of a class, its fields or its parameters, made when it asks."""

        def __init__(self, frozen=False):
            self.frozen = frozen

        def __set_name__(self, _, name):
            self.name = name

        def __get__(self, _, cls):
            import dataclasses

            names = cls.__match_args__
            types = {name: told for base in reversed(cls.__mro__[:-1]) for name, told in base.__annotations__.items() if name in names}
            defaults = {
                name: dataclasses.field(default_factory=told.factory) if isinstance(told, field) else told for name, told in cls._defaults.items()
            }
            shadow = type(cls.__name__, (), {"__annotations__": types, "__module__": cls.__module__, **defaults})
            setattr(cls, self.name, getattr(dataclasses.dataclass(frozen=self.frozen)(shadow), self.name))
            return getattr(cls, self.name)

    def plain(of, /):
        """The fields of a value as a tuple."""
        return tuple([getattr(of, name) for name in of.__match_args__])

    def _reduce(self):
        return type(self), plain(self)

    def _eq(self, other):
        return plain(self) == plain(other) if type(self) is type(other) else NotImplemented

    def _hash(self):
        return hash(plain(self))

    def _repr(self):
        told = (f"{name}={field!r}" for name, field in zip(self.__match_args__, plain(self), strict=True))
        return f"{type(self).__qualname__}({', '.join(told)})"

    def _refuse(self, name, _=None):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot set or delete {name!r}: {type(self).__name__} values do not change")
