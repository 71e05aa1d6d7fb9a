"""Recipe: all that decides a run of a given model, and its form in a link."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.sampling import SamplingSettings
from engine.unk_policy import DEFAULT, POLICIES, UnkPolicy

SETTINGS = ("temperature", "top_k", "top_p", "min_p")
CHANGEABLE = (*SETTINGS, "unk", "eos")  # what a change on the way can be about, by its name in a link
QUERY_KEYS = ("seed", *CHANGEABLE, "limit", "prompt", "force", "changes")  # the parameters of a link
MAX_SEED = 2**32 - 1
MAX_LIMIT = 10_000
MAX_PROMPT = 300  # characters: what a link can carry
FIRST_LIMITS = {"word": 20, "char": 100}  # steps that a run of each level has at first
OFF = "off"


class Change(NamedTuple):
    """From time step `t` on, `name` (one of CHANGEABLE) has `value`."""

    t: int
    name: str
    value: float | int | str | bool | None


class Rules(NamedTuple):
    """What is in force at one time step."""

    settings: SamplingSettings
    unk: str
    stop_at_eos: bool

    @property
    def policy(self) -> UnkPolicy:
        """What is done when <UNK> is drawn."""
        return POLICIES[self.unk]

    def values(self) -> dict:
        """The rules as a flat table, by the names of CHANGEABLE."""
        return {**{name: getattr(self.settings, name) for name in SETTINGS}, "unk": self.unk, "eos": self.stop_at_eos}


@dataclass(frozen=True)
class Recipe:
    """Seed, settings, rules and interventions of a run. Same model and recipe, same run.

    seed: 0 to 2**32 - 1. unk: what to do when <UNK> is drawn, a name of unk_policy.POLICIES. limit: how many tokens
    after the prompt at most. prompt: text fed before sampling. changes: (t, name, value) from time step t on. forced:
    (t, token id) pairs, or a dict, of tokens chosen by hand. Time steps count from 1, those of the prompt too. Raises
    ValueError that names the argument.
    """

    seed: int = 0
    settings: SamplingSettings = SamplingSettings()
    unk: str = DEFAULT
    stop_at_eos: bool = True
    limit: int = 20
    prompt: str = ""
    changes: tuple[Change, ...] = ()
    forced: tuple[tuple[int, int], ...] = ()

    def __post_init__(self):
        _check_whole("seed", self.seed, 0, MAX_SEED)
        _check_whole("limit", self.limit, 1, MAX_LIMIT)
        if not isinstance(self.settings, SamplingSettings):
            raise ValueError(f"settings must be SamplingSettings, but is {self.settings!r}")
        if self.unk not in POLICIES:
            raise ValueError(f"unk must be one of {', '.join(sorted(POLICIES))}, but is {self.unk!r}")
        if not isinstance(self.stop_at_eos, bool):
            raise ValueError(f"stop_at_eos must be True or False, but is {self.stop_at_eos!r}")
        if not isinstance(self.prompt, str) or len(self.prompt) > MAX_PROMPT:
            raise ValueError(f"prompt must be a text of at most {MAX_PROMPT} characters, but is {self.prompt!r}")
        changes = {(t, name): value for t, name, value in self.changes}  # of two for one step the later one counts
        for (t, name), value in changes.items():
            _check_whole("the time step of a change", t, 1, None)
            _check_change(name, value)
        forced = dict(self.forced)
        for t, token_id in forced.items():
            _check_whole("the time step of a forced token", t, 1, None)
            _check_whole("the id of a forced token", token_id, 0, None)
        ordered = sorted(changes, key=lambda key: (key[0], CHANGEABLE.index(key[1])))
        object.__setattr__(self, "changes", tuple(Change(*key, changes[key]) for key in ordered))
        object.__setattr__(self, "forced", tuple(sorted(forced.items())))

    def at(self, t: int) -> Rules:
        """The settings and rules in force at time step `t`: the first ones, and over them every change up to t."""
        latest = {change.name: change.value for change in self.changes if change.t <= t}
        settings = {name: latest[name] for name in SETTINGS if name in latest}
        return Rules(
            replace(self.settings, **settings) if settings else self.settings,
            latest.get("unk", self.unk),
            latest.get("eos", self.stop_at_eos),
        )

    def before(self, t: int) -> "Recipe":
        """Without what happens at time step `t` or later: the changes and forced tokens of the steps before it."""
        changes = tuple(change for change in self.changes if change.t < t)
        return replace(self, changes=changes, forced=tuple(pair for pair in self.forced if pair[0] < t))

    def changed(self, t: int, name: str, value) -> "Recipe":
        """With `name` (one of CHANGEABLE) set to `value` from time step `t` on; what was planned for later steps goes.

        A token forced at t itself stays. A change at step 1 (or before it) is no change but the first setting.
        """
        _check_change(name, value)
        t = max(t, 1)
        wanted = {**self.at(t).values(), name: value}
        kept = replace(self.before(t), forced=tuple(pair for pair in self.forced if pair[0] <= t))
        if t == 1:
            settings = SamplingSettings(**{key: wanted[key] for key in SETTINGS})
            return replace(kept, settings=settings, unk=wanted["unk"], stop_at_eos=wanted["eos"])
        before = kept.at(t).values()
        changes = tuple(Change(t, key, wanted[key]) for key in CHANGEABLE if wanted[key] != before[key])
        return replace(kept, changes=kept.changes + changes)

    def with_forced(self, t: int, token_id: int | None) -> "Recipe":
        """With `token_id` chosen by hand at time step `t` (None: drawn after all); later changes and tokens go."""
        kept = self.before(t + 1)
        others = tuple(pair for pair in kept.forced if pair[0] != t)
        return replace(kept, forced=others if token_id is None else (*others, (t, token_id)))

    def to_query(self) -> dict[str, str]:
        """The recipe as parameters of a link; `from_query` gives the very same recipe back."""
        query = {"seed": str(self.seed)}
        for name in SETTINGS:
            value = getattr(self.settings, name)
            if value is not None:
                query[name] = _value_text(name, value)
        query |= {"unk": self.unk, "eos": str(int(self.stop_at_eos)), "limit": str(self.limit)}
        if self.prompt:
            query["prompt"] = self.prompt
        if self.forced:
            query["force"] = ",".join(f"{t}:{token_id}" for t, token_id in self.forced)
        if self.changes:
            query["changes"] = ",".join(f"{t}:{name}:{_value_text(name, value)}" for t, name, value in self.changes)
        return query

    @classmethod
    def from_query(cls, query: Mapping[str, str], usual: "Recipe | None" = None) -> tuple["Recipe", list[str]]:
        """The recipe of a link, and the parts of it that made no sense and were ignored, as "name=value" texts.

        What is missing or ignored is as in `usual`. Keys that are not a recipe's are left alone. Never raises for any
        texts.
        """
        usual, ignored = usual or cls(), []
        fields = {}

        def read(key, parse):
            if key not in query:
                return None
            try:
                return parse(query[key])
            except (ValueError, TypeError, AttributeError):
                ignored.append(f"{key}={query[key]}")
                return None

        settings = usual.settings
        for name in SETTINGS:
            value = read(name, lambda text, name=name: _parse_change(name, text))
            if value is not None:
                settings = replace(settings, **{name: value})
        for name, key, parse in (
            ("seed", "seed", lambda text: _parse_whole(text, 0, MAX_SEED)),
            ("limit", "limit", lambda text: _parse_whole(text, 1, MAX_LIMIT)),
            ("unk", "unk", lambda text: _parse_change("unk", text)),
            ("stop_at_eos", "eos", lambda text: _parse_change("eos", text)),
            (
                "prompt",
                "prompt",
                lambda text: text if isinstance(text, str) and len(text) <= MAX_PROMPT else _refuse(text),
            ),
        ):
            value = read(key, parse)
            if value is not None:
                fields[name] = value
        forced, changes = {}, []
        for part in filter(None, str(query.get("force", "")).split(",")):
            try:
                t, token_id = part.split(":")
                forced[_parse_whole(t, 1, MAX_LIMIT + MAX_PROMPT)] = _parse_whole(token_id, 0, MAX_SEED)
            except ValueError:
                ignored.append(f"force={part}")
        for part in filter(None, str(query.get("changes", "")).split(",")):
            try:
                t, name, value = part.split(":")
                changes.append(Change(_parse_whole(t, 1, MAX_LIMIT + MAX_PROMPT), name, _parse_change(name, value)))
            except ValueError:
                ignored.append(f"changes={part}")
        return replace(usual, settings=settings, forced=forced, changes=tuple(changes), **fields), ignored


def _check_whole(name, value, low, high):
    good = isinstance(value, int) and not isinstance(value, bool) and value >= low and (high is None or value <= high)
    if not good:
        rule = f"from {low} on" if high is None else f"from {low} to {high}"
        raise ValueError(f"{name} must be a whole number {rule}, but is {value!r}")


def _check_change(name, value):
    if name in SETTINGS:
        SamplingSettings(**{name: value})
    elif name == "unk":
        if value not in POLICIES:
            raise ValueError(f"unk must be one of {', '.join(sorted(POLICIES))}, but is {value!r}")
    elif name == "eos":
        if not isinstance(value, bool):
            raise ValueError(f"eos must be True or False, but is {value!r}")
    else:
        raise ValueError(f"a change must be about one of {', '.join(CHANGEABLE)}, but is about {name!r}")


def _parse_change(name, text):
    """The value of a setting from its text in a link. Raises ValueError."""
    if name == "eos":
        return {"0": False, "1": True}[text] if text in ("0", "1") else _refuse(text)
    if name == "unk":
        value = text
    elif text == OFF:
        value = None
    elif name == "top_k":
        value = _parse_whole(text, 1, MAX_SEED)
    else:
        value = _parse_number(text)
    _check_change(name, value)
    return value


def _parse_whole(text, low, high) -> int:
    value = int(text) if re.fullmatch(r"[0-9]{1,10}", text) else _refuse(text)
    return value if low <= value <= high else _refuse(text)


def _parse_number(text) -> float:
    return float(text) if re.fullmatch(r"[0-9.]{1,30}(e[+-]?[0-9]{1,3})?", text) else _refuse(text)


def _refuse(text):
    raise ValueError(f"cannot read {text!r}")


def _value_text(name, value) -> str:
    """The value of a setting as a link has it, the reverse of `_parse_change`."""
    if value is None:
        return OFF
    if name == "unk":
        return value
    return str(int(value)) if name in ("top_k", "eos") else repr(float(value))
