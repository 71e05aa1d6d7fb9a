"""Recipe: all that decides a run of a given model, and its form in a link."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby
from typing import Any, NoReturn

from engine.rules import CHANGEABLE, Change, Rules, Value, checked, parsed, text_of
from engine.sampling import SETTINGS, SamplingSettings, is_whole
from engine.unk_policy import DEFAULT

QUERY_KEYS = ("seed", *CHANGEABLE, "limit", "prompt", "force", "changes")  # the parameters of a link
__all__ = [
    "CHANGEABLE", "FIRST_LIMITS", "MAX_LIMIT", "MAX_PROMPT", "MAX_SEED", "QUERY_KEYS", "Change", "Recipe", "Rules",
]  # fmt: skip

MAX_SEED = 2**32 - 1
MAX_LIMIT = 10_000
MAX_PROMPT = 300  # characters: what a link can carry
MAX_LISTED = 1_000  # changes, and as many forced tokens, in a link: far more than a server takes in an address
FIRST_LIMITS = {"word": 20, "char": 100}  # steps that a run of each level has at first


_USUAL = SamplingSettings()


@dataclass(frozen=True, init=False)
class Recipe:
    """Seed, settings, rules and interventions of a run. Same model and recipe, same run.

    seed: 0 to 2**32 - 1. settings, or one of them by its name: `Recipe(temperature=0.7)`. unk: what to do when <UNK> is
    drawn, a name of unk_policy.POLICIES. limit: how many tokens after the prompt at most. prompt: text fed before
    sampling. changes: (t, name, value) from time step t on. forced: (t, token id) pairs, or a dict, of tokens chosen by
    hand. Time steps count from 1, those of the prompt too. numpy's numbers are taken and become plain ones. Raises
    ValueError that names the argument.
    """

    seed: int
    settings: SamplingSettings
    unk: str
    stop_at_eos: bool
    limit: int
    prompt: str
    changes: tuple[Change, ...]
    forced: tuple[tuple[int, int], ...]

    def __init__(
        self,
        seed: int = 0,
        settings: SamplingSettings = _USUAL,
        unk: str = DEFAULT,
        stop_at_eos: bool = True,
        limit: int = 20,
        prompt: str = "",
        changes: Iterable[tuple[int, str, Value]] = (),
        forced: Mapping[int, int] | Iterable[tuple[int, int]] = (),
        **named: float | None,
    ) -> None:
        if not isinstance(settings, SamplingSettings):
            raise ValueError(f"settings must be SamplingSettings, but is {settings!r}")
        if not isinstance(prompt, str) or len(prompt) > MAX_PROMPT:
            raise ValueError(f"prompt must be a text of at most {MAX_PROMPT} characters, but is {prompt!r}")
        values = {  # of two changes for one step the later one counts
            (_whole("the time step of a change", t, 1), name): checked(name, value) for t, name, value in changes
        }
        tokens = {
            _whole("the time step of a forced token", t, 1): _whole("the id of a forced token", token_id, 0)
            for t, token_id in dict(forced).items()
        }
        ordered = sorted(values, key=lambda key: (key[0], CHANGEABLE.index(key[1])))
        fields = {
            "seed": _whole("seed", seed, 0, MAX_SEED),
            "settings": _merged(settings, named),
            "unk": checked("unk", unk),
            "stop_at_eos": checked("stop_at_eos", stop_at_eos),
            "limit": _whole("limit", limit, 1, MAX_LIMIT),
            "prompt": prompt,
            "changes": tuple(Change(*key, values[key]) for key in ordered),
            "forced": tuple(sorted(tokens.items())),
        }
        for field, value in fields.items():
            object.__setattr__(self, field, value)

    def at(self, t: int) -> Rules:
        """The settings and rules in force at time step `t`: the first ones, and over them every change up to t."""
        times, rules = self._rules_from
        return rules[bisect_right(times, t) - 1]

    @cached_property
    def _rules_from(self) -> tuple[list[int], list[Rules]]:
        """The time steps from which on other rules are in force, 0 the first of them, and these rules."""
        times, rules = [0], [Rules(self.settings, self.unk, self.stop_at_eos)]
        for t, changes in groupby(self.changes, lambda change: change.t):
            latest: dict[str, Any] = {change.name: change.value for change in changes}
            settings = {name: latest[name] for name in SETTINGS if name in latest}
            times.append(t)
            rules.append(
                Rules(
                    replace(rules[-1].settings, **settings),
                    latest.get("unk", rules[-1].unk),
                    latest.get("eos", rules[-1].stop_at_eos),
                )
            )
        return times, rules

    def before(self, t: int) -> "Recipe":
        """Without what happens at time step `t` or later: the changes and forced tokens of the steps before it."""
        changes = tuple(change for change in self.changes if change.t < t)
        return replace(self, changes=changes, forced=tuple(pair for pair in self.forced if pair[0] < t))

    def changed(self, t: int, name: str, value: Value) -> "Recipe":
        """With `name` (one of CHANGEABLE) set to `value` from time step `t` on; what was planned for later steps goes.

        A token forced at t itself stays. A change at step 1 (or before it) is no change but the first setting.
        """
        checked(name, value)
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
        """The recipe as parameters of a link; `from_query` gives the very same recipe back.

        >>> Recipe(seed=3, temperature=0.7, forced={2: 15}).to_query()
        {'seed': '3', 'temperature': '0.7', 'unk': 'rest', 'eos': '1', 'limit': '20', 'force': '2:15'}
        """
        query = {"seed": str(self.seed)}
        values = {name: getattr(self.settings, name) for name in SETTINGS}
        query |= {name: text_of(name, value) for name, value in values.items() if value is not None}
        query |= {"unk": self.unk, "eos": str(int(self.stop_at_eos)), "limit": str(self.limit)}
        if self.prompt:
            query["prompt"] = self.prompt
        if self.forced:
            query["force"] = ",".join(f"{t}:{token_id}" for t, token_id in self.forced)
        if self.changes:
            query["changes"] = ",".join(f"{t}:{name}:{text_of(name, value)}" for t, name, value in self.changes)
        return query

    @classmethod
    def from_query(cls, query: Mapping[str, str], usual: "Recipe | None" = None) -> tuple["Recipe", list[str]]:
        """The recipe of a link, and the parts of it that made no sense and were ignored, as "name=value" texts.

        What is missing or ignored is as in `usual`; so are the changes and forced tokens beyond the first MAX_LISTED of
        each. Keys that are not a recipe's are left alone. Never raises for any texts.

        >>> Recipe.from_query({"temperature": "0.5", "limit": "many"}) == (Recipe(temperature=0.5), ["limit=many"])
        True
        """
        usual, ignored = usual or cls(), list[str]()
        fields: dict[str, Any] = {}

        def read(key: str, parse: Callable[[str], Any]) -> Any:
            if key not in query:
                return None
            try:
                return parse(query[key])
            except (ValueError, TypeError, AttributeError):
                ignored.append(f"{key}={query[key]}")
                return None

        settings = usual.settings
        for name in SETTINGS:
            value = read(name, partial(parsed, name))
            if value is not None:
                settings = replace(settings, **{name: value})
        for name, key, parse in (
            ("seed", "seed", lambda text: _parse_whole(text, 0, MAX_SEED)),
            ("limit", "limit", lambda text: _parse_whole(text, 1, MAX_LIMIT)),
            ("unk", "unk", partial(parsed, "unk")),
            ("stop_at_eos", "eos", partial(parsed, "eos")),
            (
                "prompt",
                "prompt",
                lambda text: text if isinstance(text, str) and len(text) <= MAX_PROMPT else _refuse(text),
            ),
        ):
            value = read(key, parse)
            if value is not None:
                fields[name] = value
        forced, changes = dict[int, int](), list[Change]()
        for part in _listed("force", query, ignored):
            try:
                t, token_id = part.split(":")
                forced[_parse_whole(t, 1, MAX_LIMIT + MAX_PROMPT)] = _parse_whole(token_id, 0, MAX_SEED)
            except ValueError:
                ignored.append(f"force={part}")
        for part in _listed("changes", query, ignored):
            try:
                t, name, value = part.split(":")
                changes.append(Change(_parse_whole(t, 1, MAX_LIMIT + MAX_PROMPT), name, parsed(name, value)))
            except ValueError:
                ignored.append(f"changes={part}")
        return replace(
            usual, settings=settings, forced=tuple(forced.items()), changes=tuple(changes), **fields
        ), ignored


def _whole(name: str, value: Any, low: int, high: int | None = None) -> int:
    if is_whole(value) and value >= low and (high is None or value <= high):
        return int(value)
    rule = f"from {low} on" if high is None else f"from {low} to {high}"
    raise ValueError(f"{name} must be a whole number {rule}, but is {value!r}")


def _listed(key: str, query: Mapping[str, str], ignored: list[str]) -> list[str]:
    """The parts of a list in a link; those that are too many are ignored."""
    parts = [part for part in str(query.get(key, "")).split(",") if part]
    ignored += [f"{key}={part}" for part in parts[MAX_LISTED:]]
    return parts[:MAX_LISTED]


def _merged(settings: SamplingSettings, named: Mapping[str, Any]) -> SamplingSettings:
    """The settings with those given by their own names. Raises ValueError where the two say different things."""
    for name, value in named.items():
        if name not in SETTINGS:
            raise TypeError(f"Recipe() has no argument {name!r}; the sampling settings are {', '.join(SETTINGS)}")
        if settings is not _USUAL and SETTINGS[name].checked(value) != getattr(settings, name):
            raise ValueError(
                f"{name} is {value!r}, but in settings it is {getattr(settings, name)!r}; give one of them"
            )
    return replace(settings, **named) if named else settings


def _parse_whole(text: str, low: int, high: int) -> int:
    value = int(text) if re.fullmatch(r"[0-9]{1,10}", text) else _refuse(text)
    return value if low <= value <= high else _refuse(text)


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"cannot read {text!r}")
