"""Many draws: N tokens from the distribution of one step, or N whole runs of one recipe, a slice of them at a time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from time import perf_counter
from typing import NamedTuple

import numpy as np

from engine.generation import BATCH, DRAWS_PER_STEP, Distributions, SampledRun, sample_many
from engine.model import LanguageModel
from engine.novelty import SURE, novelty
from engine.recipe import MAX_SEED, Recipe, Rules
from engine.statistics import expected_draws

MOST_DRAWS = 100_000
MOST_RUNS = 10_000
MOST_STEPS = 2_000_000  # of all runs together, so that they fit into memory (about 10 bytes a step)
SLICE = 0.6  # seconds of one `advanced`
_FIRST = 16  # runs of the first batch, which tells how many fit into a slice


class Draws(NamedTuple):
    """N tokens that came out: `counts` (V,) and the `first` of them in order; how many draws of <UNK> were rejected."""

    counts: np.ndarray
    first: tuple[int, ...]
    rejected: int = 0


class FinishedRun(NamedTuple):
    """One whole run, in little memory. `token_ids`: int32, the prompt and <EOS> too.

    `ending`: "eos"; "limit", the step limit although <EOS> was possible; "no_eos", the step limit, and <EOS> is not in
    this vocabulary. `clean`: it never drew <UNK>. `kept`: the product of 1 - P(<UNK>) over its steps, by
    which step-wise rejection has divided its probability. Both look at the steps in which <UNK> is rejected; where it
    never is, at all that are drawn. `looked_up`, `known`: how many sequences of it were looked up
    in the training text (a run of a text without ends is one, unless it is too short for that, `novelty.SURE`), and how
    many stand there (of such a run: any window).
    """

    seed: int
    token_ids: np.ndarray
    ending: str
    rejections: int
    clean: bool
    kept: float
    looked_up: int
    known: int


class Survey(NamedTuple):
    """Whole runs of `recipe` with its seed and those after it, on their way to `most`.

    `draws_at`: how many draws each time step can take, (last t,): 0 where a token is given or forced, 1 where <UNK> is
    not rejected, else 2 or 100. `draws`: how many of the steps in which it is rejected took 1, 2, ... 100 draws;
    `expected`: how many were to be expected, by P(<UNK>) of each of these steps. Both (100,).
    """

    model: LanguageModel
    recipe: Recipe
    most: int
    draws_at: np.ndarray
    runs: tuple[FinishedRun, ...] = ()
    seconds: float = 0.0
    draws: np.ndarray = np.zeros(DRAWS_PER_STEP)
    expected: np.ndarray = np.zeros(DRAWS_PER_STEP)

    @property
    def ended(self) -> bool:
        return len(self.runs) >= self.most

    @property
    def rejects(self) -> bool:
        """Whether <UNK> is rejected at any step."""
        return bool((self.draws_at > 1).any())

    @property
    def steps(self) -> np.ndarray:
        """The steps after the prompt of each run, <EOS> counted, (N,)."""
        prompt = len(self.model.vocabulary.encode(self.recipe.prompt))
        return np.array([len(run.token_ids) - prompt for run in self.runs], int)

    @property
    def seconds_left(self) -> float | None:
        """At the speed so far; None before the first runs."""
        return self.seconds / len(self.runs) * (self.most - len(self.runs)) if self.runs else None

    def stopped(self) -> "Survey":
        """With the runs so far and no more."""
        return self._replace(most=len(self.runs))


class Rejection(NamedTuple):
    """How many runs are `clean`, and the mean steps after the prompt of all runs and of the clean ones."""

    clean: int
    mean_steps: float
    mean_steps_clean: float | None  # None: no run is clean


# --- one step


def outcome_probs(distributions: Distributions, rules: Rules) -> np.ndarray:
    """The distribution (V,) of the token that comes out of one step: where <UNK> is rejected, that of the rest."""
    return distributions.probs if distributions.rest is None or rules.unk == "allow" else distributions.rest


def draw_many(
    distributions: Distributions, rules: Rules, unk_id: int | None, n: int, seed: int, first: int = 0
) -> Draws:
    """`n` tokens as a step draws them, <UNK> rejected and drawn again as `rules` have it.

    The j-th draw of the i-th token uses the i-th number u of `default_rng([seed, j])`: with a larger n the same tokens
    come first. `first`: how many of the tokens to list.
    """
    ids, again, rejected = np.empty(n, int), np.arange(n), 0
    may_reject = unk_id is not None and rules.unk != "allow"
    for j in range(1, DRAWS_PER_STEP + 1):
        from_rest = may_reject and j > 1 and (rules.unk == "rest" or j == DRAWS_PER_STEP)
        us = np.random.default_rng([seed, j]).random(n)
        ids[again] = _drawn(distributions.rest if from_rest else distributions.probs, us[again])
        again = again[ids[again] == unk_id] if may_reject else again[:0]
        rejected += len(again)
        if not len(again):
            break
    return Draws(np.bincount(ids, minlength=len(distributions.probs)), tuple(ids[:first].tolist()), rejected)


def pick_evenly(
    distributions: Distributions, rules: Rules, unk_id: int | None, n: int, seed: int, first: int = 0
) -> Draws:
    """`n` tokens of the whole vocabulary, each as likely as any other (but <UNK>, where it is rejected)."""
    even = np.ones(len(distributions.probs))
    if unk_id is not None and rules.unk != "allow":
        even[unk_id] = 0
    ids = _drawn(even, np.random.default_rng(seed).random(n))
    return Draws(np.bincount(ids, minlength=len(even)), tuple(ids[:first].tolist()))


def pick_best(distributions: Distributions, rules: Rules, n: int, first: int = 0) -> Draws:
    """`n` times the likeliest token."""
    probs = outcome_probs(distributions, rules)
    best = int(probs.argmax())
    return Draws(n * (np.arange(len(probs)) == best), (best,) * min(n, first))


def _drawn(weights, us) -> np.ndarray:
    edges = weights.cumsum()
    return (edges / edges[-1]).searchsorted(us, side="right")  # as `draw` does


# --- whole runs


def survey(model: LanguageModel, recipe: Recipe, n: int) -> Survey:
    """A survey before its first run: `n` runs, or fewer if these could have more than MOST_STEPS steps together.

    Raises UnknownTokenError for a prompt the vocabulary cannot spell.
    """
    most = max(1, min(n, MOST_RUNS, MOST_STEPS // recipe.limit))
    return Survey(model, recipe, most, _draws_at(model, recipe))


def advanced(survey: Survey, seconds: float = SLICE) -> Survey:
    """With about `seconds` more work done (one batch at least), or ended. Raises as `generate` does."""
    start, spent = perf_counter(), 0.0
    runs, draws, expected = list(survey.runs), survey.draws.copy(), survey.expected.copy()
    while len(runs) < survey.most and spent < seconds:
        speed = len(runs) / (survey.seconds + spent) if runs else 0.0
        size = min(survey.most - len(runs), BATCH, max(1 if runs else _FIRST, int(speed * (seconds - spent))))
        recipe = replace(survey.recipe, seed=(survey.recipe.seed + len(runs)) % (MAX_SEED + 1))
        batch = list(sample_many(survey.model, recipe, size))
        runs += (_finished(run, survey) for run in batch)
        taken = 1 + _pooled(run.rejections for run in batch)
        unk_probs, most = _pooled(run.unk_probs for run in batch), _pooled(_of(run, survey.draws_at) for run in batch)
        draws += np.bincount(taken[most > 1], minlength=DRAWS_PER_STEP + 1)[1:]
        for last in (2, DRAWS_PER_STEP):
            expected[:last] += expected_draws(unk_probs[most == last], last)
        spent = perf_counter() - start
    return survey._replace(runs=tuple(runs), seconds=survey.seconds + spent, draws=draws, expected=expected)


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


def _finished(run: SampledRun, survey: Survey) -> FinishedRun:
    vocabulary, hashes = survey.model.vocabulary, survey.model.training_hashes
    token_ids, most = np.array(run.token_ids, np.int32), _of(run, survey.draws_at)
    drawn = most > 1 if survey.rejects else most == 1
    ending = "eos" if run.finish_reason == "eos" else "no_eos" if vocabulary.eos_id is None else "limit"
    kept = float(np.prod(1 - np.array(run.unk_probs)[drawn]))
    met_unk = any(run.rejections) if survey.rejects else (token_ids[drawn] == vocabulary.unk_id).any()
    looked_up = known = 0
    if hashes is not None:
        found = novelty(run.token_ids, hashes, vocabulary.level, vocabulary.eos_id)
        looked_up, known = found[:2]
        if vocabulary.eos_id is None and len(run.token_ids) >= SURE[vocabulary.level]:
            looked_up, known = 1, int(found.stretch[1] > 0)
    return FinishedRun(run.seed, token_ids, ending, sum(run.rejections), not met_unk, kept, looked_up, known)


def _draws_at(model, recipe) -> np.ndarray:
    """`Survey.draws_at`."""
    prompt, forced, unk_id = model.vocabulary.encode(recipe.prompt), dict(recipe.forced), model.vocabulary.unk_id
    most = {"allow": 1, "rest": 2, "redraw": DRAWS_PER_STEP}
    free = range(len(prompt) + 1, len(prompt) + recipe.limit + 1)
    drawn = (0 if t in forced else 1 if unk_id is None else most[recipe.at(t).unk] for t in free)
    return np.array([*[0] * len(prompt), *drawn])


def _of(run: SampledRun, by_step: np.ndarray) -> np.ndarray:
    return by_step[: len(run.token_ids)]


def _pooled(parts: Iterable) -> np.ndarray:
    return np.concatenate([np.asarray(part) for part in parts])
