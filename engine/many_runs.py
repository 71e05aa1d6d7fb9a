"""N whole runs of one recipe, a slice of them at a time, and what they have in common."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.batches import BATCH, SampledRun, sample_in_turns
from engine.model import LanguageModel
from engine.novelty import SURE, novelty
from engine.recipe import MAX_SEED, Recipe
from engine.statistics import expected_draws
from engine.typed_text import encode_typed
from engine.unk_policy import DRAWS_PER_STEP, UnkPolicy

MOST_RUNS = 10_000
MOST_STEPS = 2_000_000  # of all runs together, so that they fit into memory (about 10 bytes a step)
SLICE = 0.6  # seconds of one `advanced`
_FIRST, _FIRST_STEPS = 16, 5_000  # runs and their steps in the first batch, which tells how many fit into a slice
_FEWEST = 4  # runs in a batch: it takes hardly longer than one run


class FinishedRun(NamedTuple):
    """One whole run, in little memory. `token_ids`: int32, the prompt and <EOS> too.

    `ending`: "eos"; "limit", the step limit although <EOS> was possible; "no_eos", the step limit, and <EOS> is not in
    this vocabulary. `clean`: it never drew <UNK>. `kept`: by what step-wise rejection has divided its probability, the
    product of the policy's divisors, 1 - P(<UNK>) as a rule, over its steps. Both look at the steps in which <UNK> is
    rejected; where it never is, at all that are drawn. `looked_up`, `known`: how many sequences of it were looked up in
    the training text (a run of a text without ends is one, unless it is too short for that, `novelty.SURE`), and how
    many stand there (of such a run: any window).
    """

    seed: int
    token_ids: NDArray[np.int32]
    ending: str
    rejections: int
    clean: bool
    kept: float
    looked_up: int
    known: int


class Survey(NamedTuple):
    """Whole runs of `recipe` with its seed and those after it, on their way to `most`.

    `draws_at`: how many draws each time step can take, (last t,): 0 where a token is given or forced, 1 where <UNK> is
    not rejected, else as many as the policy allows. `steps_of`: the policies at the steps that are drawn, in their
    order, each with where these steps are, (last t,); empty without <UNK>. `draws`: how many of the steps in which it
    is rejected took 1, 2, ... 100 draws; `expected`: how many were to be expected, by P(<UNK>) of each of these steps.
    Both (100,). `coming`: the batch under way, where it is longer than a slice.
    """

    model: LanguageModel
    recipe: Recipe
    most: int
    draws_at: NDArray[np.int64]
    steps_of: dict[UnkPolicy, NDArray[np.bool_]]
    runs: tuple[FinishedRun, ...] = ()
    seconds: float = 0.0
    draws: NDArray[np.float64] = np.zeros(DRAWS_PER_STEP)
    expected: NDArray[np.float64] = np.zeros(DRAWS_PER_STEP)
    coming: Iterator[list[SampledRun]] = iter(())

    @property
    def ended(self) -> bool:
        return len(self.runs) >= self.most

    @property
    def rejects(self) -> bool:
        """Whether <UNK> is rejected at any step."""
        return bool((self.draws_at > 1).any())

    @property
    def policy(self) -> UnkPolicy:
        """Whose sentences are true of these runs: the first policy that rejects, or else the first."""
        policies = [*self.steps_of, self.recipe.at(1).policy]
        return next((policy for policy in policies if policy.rejects), policies[0])

    @property
    def steps(self) -> NDArray[np.int64]:
        """The steps after the prompt of each run, <EOS> counted, (N,)."""
        prompt = len(encode_typed(self.recipe.prompt, self.model.vocabulary))
        return np.array([len(run.token_ids) - prompt for run in self.runs], int)

    @property
    def seconds_left(self) -> float | None:
        """At the speed so far; None before the first runs."""
        return self.seconds / len(self.runs) * (self.most - len(self.runs)) if self.runs else None

    def stopped(self) -> "Survey":
        """With the runs so far and no more."""
        return self._replace(most=len(self.runs), coming=iter(()))


class Rejection(NamedTuple):
    """How many runs are `clean`, and the mean steps after the prompt of all runs and of the clean ones."""

    clean: int
    mean_steps: float
    mean_steps_clean: float | None  # None: no run is clean


def survey(model: LanguageModel, recipe: Recipe, n: int) -> Survey:
    """A survey before its first run: `n` runs, or fewer if these could have more than MOST_STEPS steps together.

    Raises UnknownTokenError for a prompt the vocabulary cannot spell.
    """
    most = max(1, min(n, MOST_RUNS, MOST_STEPS // recipe.limit))
    return Survey(model, recipe, most, *_policies_at(model, recipe))


def advanced(survey: Survey, seconds: float = SLICE) -> Survey:
    """With about `seconds` more work done, or ended. One batch at least, unless its runs are very long: then it goes on
    in the next slice, so that no slice is. Raises as `generate` does.
    """
    start, spent, coming = perf_counter(), 0.0, survey.coming
    runs, draws, expected = list(survey.runs), survey.draws.copy(), survey.expected.copy()
    while len(runs) < survey.most and spent < seconds:
        batch = next(coming, None)
        if batch is None:
            coming = sample_in_turns(survey.model, *_next_batch(survey, len(runs), seconds, spent))
            batch = next(coming)
        spent = perf_counter() - start
        if not batch:
            continue
        runs += (_finished(run, survey) for run in batch)
        taken = 1 + _pooled(run.rejections for run in batch)
        unk_probs, most = _pooled(run.unk_probs for run in batch), _pooled(_of(run, survey.draws_at) for run in batch)
        draws += np.bincount(taken[most > 1], minlength=DRAWS_PER_STEP + 1)[1:]
        for last in {policy.most_draws for policy in survey.steps_of if policy.rejects}:
            expected[:last] += expected_draws(unk_probs[most == last], last)
        spent = perf_counter() - start
    seconds_in_all = survey.seconds + spent
    return survey._replace(runs=tuple(runs), seconds=seconds_in_all, draws=draws, expected=expected, coming=coming)


def rejection(survey: Survey) -> Rejection:
    """All runs beside the clean ones.

    Until its first <UNK> a run is the same whether <UNK> is rejected or kept, for a seed is the same luck. So the clean
    runs are just those that are left if whole sequences are drawn and every one with an <UNK> is thrown away.
    """
    steps, clean = survey.steps, np.array([run.clean for run in survey.runs], bool)
    return Rejection(int(clean.sum()), float(steps.mean()), float(steps[clean].mean()) if clean.any() else None)


def most_frequent(survey: Survey, count: int) -> list[tuple[FinishedRun, int]]:
    """The sequences that came more than once, up to `count` of them: the first run of each, and how many there are."""
    times = Counter(run.token_ids.tobytes() for run in survey.runs)
    first = {run.token_ids.tobytes(): run for run in reversed(survey.runs)}
    return [(first[key], n) for key, n in times.most_common(count) if n > 1]


def _next_batch(survey: Survey, done: int, seconds: float, spent: float) -> tuple[Recipe, int]:
    """The recipe of the next runs, and as many of them as fit into what is left of a slice, at the speed so far."""
    size = min(_FIRST, _FIRST_STEPS // survey.recipe.limit)
    if done:
        size = int(done / (survey.seconds + spent) * (seconds - spent))
    recipe = replace(survey.recipe, seed=(survey.recipe.seed + done) % (MAX_SEED + 1))
    return recipe, min(survey.most - done, BATCH, max(_FEWEST, size))


def _finished(run: SampledRun, survey: Survey) -> FinishedRun:
    vocabulary, hashes = survey.model.vocabulary, survey.model.training_hashes
    token_ids, most = np.array(run.token_ids, np.int32), _of(run, survey.draws_at)
    drawn = most > 1 if survey.rejects else most == 1
    ending = "eos" if run.finish_reason == "eos" else "no_eos" if vocabulary.eos_id is None else "limit"
    kept = 1.0
    for policy, steps in survey.steps_of.items():
        at = _of(run, steps) & drawn
        kept *= float(np.prod(policy.divisor(np.array(run.unk_probs)[at], token_ids[at] == vocabulary.unk_id)))
    met_unk = any(run.rejections) if survey.rejects else (token_ids[drawn] == vocabulary.unk_id).any()
    looked_up = known = 0
    if hashes is not None:
        found = novelty(run.token_ids, hashes, vocabulary.level, vocabulary.eos_id)
        looked_up, known = found[:2]
        if vocabulary.eos_id is None and len(run.token_ids) >= SURE[vocabulary.level]:
            looked_up, known = 1, int(found.stretch[1] > 0)
    return FinishedRun(run.seed, token_ids, ending, sum(run.rejections), not met_unk, kept, looked_up, known)


def _policies_at(model: LanguageModel, recipe: Recipe) -> tuple[NDArray[np.int64], dict[UnkPolicy, NDArray[np.bool_]]]:
    """`Survey.draws_at` and `.steps_of`."""
    given = len(encode_typed(recipe.prompt, model.vocabulary))
    forced, unk_id = dict(recipe.forced), model.vocabulary.unk_id
    draws_at = np.zeros(given + recipe.limit, int)
    steps_of: dict[UnkPolicy, NDArray[np.bool_]] = {}
    for t in range(given + 1, given + recipe.limit + 1):
        if t in forced:
            continue
        policy = recipe.at(t).policy
        draws_at[t - 1] = policy.most_draws if unk_id is not None else 1
        if unk_id is not None:
            steps_of.setdefault(policy, np.zeros(len(draws_at), bool))[t - 1] = True
    return draws_at, steps_of


def _of(run: SampledRun, by_step: NDArray[Any]) -> NDArray[Any]:
    return by_step[: len(run.token_ids)]


def _pooled(parts: Iterable[ArrayLike]) -> NDArray[Any]:
    return np.concatenate([np.asarray(part) for part in parts])
