"""What is in force at one time step: each rule by its name, with the values it can have and their texts in a link."""

from typing import Any, NamedTuple, TypeAlias

import numpy as np

from engine.sampling import SETTINGS, SamplingSettings
from engine.unk_policy import POLICIES, UnkPolicy

CHANGEABLE = (*SETTINGS, "unk", "eos")  # what a change on the way can be about, by its name in a link
Value: TypeAlias = float | int | str | bool | None  # of one of these


class Change(NamedTuple):
    """From time step `t` on, `name` (one of CHANGEABLE) has `value`."""

    t: int
    name: str
    value: Value


class Rules(NamedTuple):
    """What is in force at one time step."""

    settings: SamplingSettings
    unk: str
    stop_at_eos: bool

    @property
    def policy(self) -> UnkPolicy:
        """What is done when <UNK> is drawn."""
        return POLICIES[self.unk]

    def values(self) -> dict[str, Any]:
        """The rules as a flat table, by the names of CHANGEABLE."""
        return {**{name: getattr(self.settings, name) for name in SETTINGS}, "unk": self.unk, "eos": self.stop_at_eos}


def checked(name: str, value: Any) -> Any:
    """`value` as a plain Python value for `name`, one of CHANGEABLE or "stop_at_eos". Raises ValueError."""
    if name in SETTINGS:
        return SETTINGS[name].checked(value)
    if name == "unk":
        if value in POLICIES:
            return value
        raise ValueError(f"unk must be one of {', '.join(sorted(POLICIES))}, but is {value!r}")
    if name in ("eos", "stop_at_eos"):
        if isinstance(value, bool | np.bool_):
            return bool(value)
        raise ValueError(f"{name} must be True or False, but is {value!r}")
    raise ValueError(f"a change must be about one of {', '.join(CHANGEABLE)}, but is about {name!r}")


def parsed(name: str, text: str) -> Any:
    """The value of a setting or rule from its text in a link. Raises ValueError."""
    if name in SETTINGS:
        return SETTINGS[name].parse(text)
    if name == "eos":
        if text not in ("0", "1"):
            raise ValueError(f"cannot read {text!r}")
        return text == "1"
    return checked(name, text)


def text_of(name: str, value: Any) -> str:
    """The value of a setting or rule as a link has it, the reverse of `parsed`."""
    if name in SETTINGS:
        return SETTINGS[name].text(value)
    return str(int(value)) if name == "eos" else str(value)
