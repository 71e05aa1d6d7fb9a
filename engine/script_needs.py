"""What the script of a run needs of it: the rules that change on the way, the filters that are on, what was not drawn.

The lines themselves are those of engine/numpy_script.py.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.model import LanguageModel
from engine.rules import Rules
from engine.run import Run
from engine.sampling import FILTERS
from engine.words import spaced


@dataclass(frozen=True)
class ScriptNeeds:
    """Of `run`, the steps that are out."""

    run: Run

    @property
    def model(self) -> LanguageModel:
        return self.run.model

    @cached_property
    def rules(self) -> dict[int, dict[str, Any]]:
        """What is in force, by the time step from which on it is."""
        changed = {change.t for change in self.run.recipe.changes if 1 < change.t <= len(self.run.out)}
        return {t: self._in_force(self.run.recipe.at(t)) for t in sorted({1, *changed})}

    def _in_force(self, rules: Rules) -> dict[str, Any]:
        """By the names that the script has for it; None: off."""
        values: dict[str, Any] = {"T": rules.settings.temperature}
        for name, setting in FILTERS.items():
            value = getattr(rules.settings, name)
            values[name] = None if value == setting.off else value
        values["draws"] = rules.policy.most_draws if self.model.vocabulary.unk_id is not None else 1
        values["stop"] = rules.stop_at_eos and self.model.vocabulary.eos_id is not None
        return values

    def values(self, name: str) -> list[Any]:
        """All that `name` is in the course of the run."""
        return list({rules[name]: None for rules in self.rules.values()})

    @cached_property
    def filters(self) -> list[str]:
        """Those that are on at some step that is not greedy."""
        return [
            name for name in FILTERS if any(rules["T"] and rules[name] is not None for rules in self.rules.values())
        ]

    @cached_property
    def named(self) -> list[str]:
        """What the script has a name for; the rest is the same at all steps and simple enough to do without."""
        usual = {"T": ([0], [1]), "draws": ([1],), "stop": ([False], [True])}
        return [
            name
            for name in self.rules[1]
            if (name in self.filters if name in FILTERS else self.values(name) not in usual[name])
        ]

    @cached_property
    def changing(self) -> list[str]:
        return [name for name in self.named if len(self.values(name)) > 1]

    @property
    def rejects(self) -> bool:
        """Whether a drawn <UNK> is rejected at any step."""
        return "draws" in self.named

    def biased(self, line: str) -> str:
        """The line as it is, or without the biases that the model does not have."""
        if self.model.layers[0].b_hh is not None:
            return line
        pairs = ("b_ax, b_aa", "b_in, b_aa", "'bias_ih', 'bias_hh'")
        terms = ("b_aa[:edge]", "b_aa[edge:]", "b_aa", "b_ax", "b_in")
        for bias in (*(f", {pair}" for pair in pairs), *(f" + {term}" for term in terms)):
            line = line.replace(bias, "")
        return line

    def fixed(self) -> str:
        """The tokens that were not drawn, by step, as an expression."""
        tokens = self.model.vocabulary.tokens
        given = [tokens[step.token_id] for step in self.run.out if step.origin == "given"]
        others = {step.t: tokens[step.token_id] for step in self.run.out if step.origin not in ("given", "drawn")}
        prompt: list[str] | str = "".join(given) if all(len(token) == 1 for token in given) else given
        parts = [f"dict(enumerate({prompt!r}, 1))"] * bool(given) + [repr(others)] * bool(others)
        return " | ".join(parts)

    def joined(self) -> set[int]:
        """The steps whose token stands in the text without a blank before it."""
        vocabulary = self.model.vocabulary
        shown = [step for step in self.run.out if step.token_id != vocabulary.eos_id]
        pieces = [vocabulary.tokens[step.token_id] for step in shown]
        pairs = zip(shown, pieces, spaced(pieces), strict=True)
        return {step.t for step, piece, written in pairs if written == piece}
