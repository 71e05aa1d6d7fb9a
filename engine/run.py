"""Run: one model, one recipe, one moment on show, and the steps derived from them. Every change gives a new Run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from time import perf_counter
from typing import Any, NamedTuple

from engine.generation import Distributions, GenerationStep, StepFacts, generate_with_logits
from engine.model import LanguageModel
from engine.phases import Moment, is_out
from engine.prediction import Prediction
from engine.recipe import Recipe, Rules
from engine.rules import Value
from engine.sampling import LogitsError
from engine.thinned_steps import thin
from engine.time_step import distributions_of, step_distributions, step_facts
from engine.typed_text import encode_typed

SLICE = 0.2  # seconds of one `towards`
_ONE_GO = 200  # steps that are taken without a look at the clock: as many as most runs have


class Goal(NamedTuple):
    """Where a run is on its way to: the step `t`, or its last one before that, and of that a moment: `arrived` takes it
    from the whole step. What makes no sense of a moment that a link names, it adds to a list.
    """

    t: int
    arrived: Callable[["Run", list[str]], "Run"] = lambda run, ignored: run

    def approached(self, run: "Run", ignored: list[str]) -> "tuple[Run, Goal | None]":
        """The run there, or after about a slice of work on the way there, and then the goal again."""
        run = run.towards(self.t)
        if run.moment.t < self.t and run.finish_reason is None:
            return run, self
        return self.arrived(run, ignored), None


@dataclass(frozen=True)
class Run:
    """`steps` (and `facts`, in parallel) are known so far; those after `moment.t` are the future, kept after Back.

    `predictions`: of some of the steps, in their order; they go with their steps.
    """

    model: LanguageModel
    recipe: Recipe
    moment: Moment = Moment()
    steps: tuple[GenerationStep, ...] = ()
    facts: tuple[StepFacts, ...] = ()
    latest: Distributions | None = None  # that of the last of `steps`, where it was just computed: it is shown next
    predictions: tuple[Prediction, ...] = ()

    # --- what is on show

    @property
    def shown(self) -> GenerationStep | None:
        """The step on show; None before the first."""
        return self.steps[self.moment.t - 1] if self.moment.t else None

    @property
    def rules(self) -> Rules:
        """The settings in force at the step on show (before the first: at the first)."""
        return self.recipe.at(max(self.moment.t, 1))

    @property
    def finish_reason(self) -> str | None:
        """Why the run has ended at the step on show, whole; None while it can go on."""
        return self.shown.finish_reason if self.shown and self.moment.phase in ("", "back") else None

    @property
    def out(self) -> tuple[GenerationStep, ...]:
        """The steps up to the one on show; that one left out as long as its token has not come out."""
        t = self.moment.t
        return self.steps[:t] if self.shown is None or is_out(self.shown, self.moment) else self.steps[: t - 1]

    @property
    def text(self) -> str:
        """The tokens that are out as running text."""
        return self.model.vocabulary.decode([step.token_id for step in self.out])

    @property
    def distributions(self) -> Distributions | None:
        """The distributions of the step on show; None before the first."""
        if self.latest is not None and self.moment.t == len(self.steps):
            return self.latest
        return None if self.shown is None else step_distributions(self.model, self.shown.state, self.rules)

    @property
    def last(self) -> int:
        """The last step that there can be."""
        return self.given + self.recipe.limit

    @property
    def given(self) -> int:
        """How many tokens the prompt has."""
        return len(encode_typed(self.recipe.prompt, self.model.vocabulary))

    @property
    def phases(self) -> list[Moment]:
        """The phases of the step on show in their order, those it really has: no draw falls for a token that is given
        or forced, and what ends the run is not fed back. None before the first step.
        """
        if self.shown is None:
            return []
        t, count = self.moment.t, len(self.shown.draws)
        draws = [Moment(t, "draw", j) for j in range(min(1, count), count + 1)]
        last = Moment(t, "back" if self.shown.finish_reason is None else "")
        return [Moment(t, "feed"), Moment(t, "predict"), *draws, last]

    # --- time travel

    def stepped(self) -> "Run":
        """The step on show completed, or else the next one, whole. At the end: the same run."""
        t, phase, _ = self.moment
        if phase not in ("", "back"):
            return replace(self, moment=Moment(t))
        if self.finish_reason is not None:
            return replace(self, moment=Moment(t))
        return replace(self._known_to(t + 1), moment=Moment(t + 1))

    def phased(self) -> "Run":
        """One phase on: feed, predict, one draw after another, back; then the next step's feed."""
        t, phase, _ = self.moment
        if phase in ("", "back"):
            if self.finish_reason is not None:
                return self
            return replace(self._known_to(t + 1), moment=Moment(t + 1, "feed"))
        return replace(self, moment=self.phases[self.phases.index(self.moment) + 1])

    def in_phase(self, phase: str) -> "Run | None":
        """The step on show (before the first: step 1) in that phase, "draw" after "draw" at its next draw.

        None where the step has none: no token is drawn that is given or forced, what ends a run is not fed back.
        """
        run = self if self.moment.t else self.at(1)
        moments = [one for one in run.phases if one.phase == phase and (phase != "draw" or one.draws)]
        if not moments:
            return None
        place = moments.index(run.moment) + 1 if run.moment in moments else 0
        return replace(run, moment=moments[place % len(moments)])

    def back(self) -> "Run":
        """The step before the one on show, whole."""
        return replace(self, moment=Moment(max(0, self.moment.t - 1)))

    def at(self, t: int) -> "Run":
        """Step `t` on show, whole; beyond the end the last step."""
        known = self._known_to(t)
        return replace(known, moment=Moment(max(0, min(t, len(known.steps)))))

    def at_end(self) -> "Run":
        """The last step on show; the run goes on until it stops."""
        return self.at(self.last)

    def towards(self, t: int, seconds: float = SLICE) -> "Run":
        """`at(t)`, or a step on the way to it after so many seconds of work, _ONE_GO of them at least.

        Where a step cannot be made, as far as those before it; raises LogitsError if that is no further than now.
        """
        run, start = self, perf_counter()
        while len(run.steps) < t and not run._is_over and (run is self or perf_counter() - start < seconds):
            try:
                run = run._further(min(t, len(run.steps) + _ONE_GO))
            except LogitsError:
                if run is self:
                    raise
                break  # who goes on from there meets it at once
        return run.at(min(t, len(run.steps)))

    # --- predictions

    @property
    def predicted(self) -> Prediction | None:
        """What was predicted of the step on show."""
        return next((one for one in self.predictions if one.t == self.moment.t), None)

    def with_prediction(self, prediction: Prediction) -> "Run":
        """With what was predicted of a step that is known, in place of an earlier prediction of it."""
        others = [one for one in self.predictions if one.t != prediction.t]
        return replace(self, predictions=tuple(sorted([*others, prediction], key=lambda one: one.t)))

    def until(self, t: int) -> "Run":
        """Step `t` on show, whole, and no later one known any more; the same ones come again."""
        return self.at(t)._cut(t)

    # --- changes: the steps before the one on show stay, the later ones go

    def reset(self) -> "Run":
        """The same settings from t = 0, without anything changed or forced on the way."""
        return self._begun_anew()

    def with_setting(self, name: str, value: Value) -> "Run":
        """`name` (a setting, "unk" or "eos") has `value` from the step on show on, which is decided again."""
        t = self.moment.t
        recipe = self.recipe.changed(t, name, value)
        phase = self.moment.phase if self.moment.phase in ("feed", "predict") else ""
        kept = replace(self, recipe=recipe)._cut(max(0, t - 1))._known_to(t)
        return replace(kept, moment=Moment(min(t, len(kept.steps)), phase))

    def with_forced(self, token_id: int | None) -> "Run":
        """`token_id` chosen by hand at the step on show (None: drawn after all)."""
        t = max(self.moment.t, 1)
        recipe = self.recipe.with_forced(t, token_id)
        return replace(self, recipe=recipe)._cut(t - 1).at(t)

    def with_limit(self, limit: int) -> "Run":
        """Another step limit: a longer one lets the run go on, a shorter one drops what is beyond it."""
        kept = min(len(self.steps), self.given + limit)
        run = replace(self, recipe=replace(self.recipe, limit=limit))._cut(max(0, kept - 1))._known_to(kept)
        run = replace(run, predictions=_until(kept, self.predictions))  # the last step was decided as before
        if self.moment.t > len(run.steps):
            return replace(run, moment=Moment(len(run.steps)))
        # the step on show may be the last one now, and that is not fed back
        return run if run.moment in run.phases else replace(run, moment=Moment(run.moment.t))

    def with_seed(self, seed: int) -> "Run":
        """Other luck, from t = 0."""
        return self._begun_anew(seed=seed)

    def with_prompt(self, prompt: str) -> "Run":
        """Other tokens fed first, from t = 0. Raises UnknownTokenError or ValueError for a prompt that cannot be."""
        encode_typed(prompt, self.model.vocabulary)
        return self._begun_anew(prompt=prompt)

    def with_model(self, model: LanguageModel) -> "Run":
        """The same luck and settings for another model, from t = 0: but for the seed that the old model opens with the
        new one has its own. The prompt stays where the vocabulary spells it.
        """
        seed, prompt = self.recipe.seed, self.recipe.prompt
        if seed == self.model.opening_seed:
            seed = model.opening_seed
        try:
            encode_typed(prompt, model.vocabulary)
        except ValueError:
            prompt = ""
        return replace(self._begun_anew(seed=seed, prompt=prompt), model=model)

    # --- how

    def _begun_anew(self, **changes: Any) -> "Run":
        settings, unk, stop_at_eos = self.rules
        recipe = replace(
            self.recipe, settings=settings, unk=unk, stop_at_eos=stop_at_eos, changes=(), forced=(), **changes
        )
        return Run(self.model, recipe)

    @property
    def _is_over(self) -> bool:
        return bool(self.steps) and self.steps[-1].finish_reason is not None

    def _cut(self, t: int) -> "Run":
        kept = _until(t, self.predictions)
        return replace(self, steps=self.steps[:t], facts=self.facts[:t], latest=None, predictions=kept)

    def _known_to(self, t: int) -> "Run":
        """With steps up to `t`, or to the end of the run if that comes first. Raises LogitsError."""
        run = self
        while len(run.steps) < t and not run._is_over:
            run = run._further(t)
        return run

    def _further(self, t: int) -> "Run":
        """The same, or up to a step that cannot be made; raises LogitsError where that is the first one."""
        last = self.steps[-1] if self.steps else None
        steps, facts, distributions = list(self.steps), list(self.facts), self.latest
        coming = islice(generate_with_logits(self.model, self.recipe, after=last), t - len(self.steps))
        try:
            for step, logits in coming:
                rules = self.recipe.at(step.t)
                distributions = distributions_of(logits, rules, self.model.vocabulary.unk_id)
                steps.append(step)
                facts.append(step_facts(distributions, step, rules, self.model.vocabulary))
        except LogitsError:
            if len(steps) == len(self.steps):
                raise
        thin(steps, self.model, len(self.steps))
        return replace(self, steps=tuple(steps), facts=tuple(facts), latest=distributions)


def _until(t: int, predictions: tuple[Prediction, ...]) -> tuple[Prediction, ...]:
    return tuple(one for one in predictions if one.t <= t)
