"""A run: recipe -> time steps. x<1> = 0, then every token drawn (given, forced) becomes the next input.

Luck is a table: the j-th draw at step t uses u(t, j), row t, column j of `default_rng(seed).random((T, 100))`, which is
the same table for every T. So a run can be entered at any step, and a redraw never moves the luck of later steps.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.model import LanguageModel, State
from engine.recipe import MAX_SEED, Recipe, Rules
from engine.sampling import Draw, Floats, Probs, draw, next_token_probs, softmax, without
from engine.strips import draw_batch, strips
from engine.typed_text import encode_typed
from engine.unk_policy import DRAWS_PER_STEP
from engine.vocabulary import Vocabulary

BATCH = 256  # runs that sample_many takes through the network together
_LUCK_AHEAD = 16  # rows of each run's luck table that sample_many draws at a time


class GenerationStep(NamedTuple):
    """One time step, as it was decided. Logits and probs are derived from `state` when shown (`step_distributions`).

    `t` counts from 1. `input_id` was fed (None: the zero vector), `state` is a<t>, `token_id` is the outcome.
    `origin` is "given" (prompt), "drawn" or "forced"; `draws` has every draw, the rejected first, the accepted last
    (none for given and forced tokens). `finish_reason` is "eos" or "length" at the last step, else None.
    """

    t: int
    input_id: int | None
    state: State
    token_id: int
    origin: str
    draws: tuple[Draw, ...]
    finish_reason: str | None


class SampledRun(NamedTuple):
    """One of many runs: its seed, all its tokens (the prompt's and <EOS> too), "eos" or "length", and for each token
    how many draws were rejected before it.

    `unk_probs`: for each token P(<UNK>) in the distribution that its first draw was made from; 0 where nothing was
    drawn or the vocabulary lacks <UNK>. Empty for a run that was not sampled with others.
    """

    seed: int
    token_ids: tuple[int, ...]
    finish_reason: str
    rejections: tuple[int, ...]
    unk_probs: tuple[float, ...] = ()


class Distributions(NamedTuple):
    """The distributions of one time step, each (V,), float64.

    `model`: the model's own, before temperature and filters. `probs`: after them, what the first draw is made from.
    `rest`: what is left of `probs` without <UNK>, renormalised; where that is nothing, `model` without <UNK>. None for
    a vocabulary without <UNK>. `nothing_left` says that the second case has come true.
    """

    model: Probs
    probs: Probs
    rest: Probs | None
    nothing_left: bool

    def source(self, from_rest: bool) -> Probs:
        """What a draw was made from: `rest` if it was, and there is one, else `probs`."""
        return self.rest if from_rest and self.rest is not None else self.probs


class StepFacts(NamedTuple):
    """The figures of one time step that are worth keeping, by the model's own distribution, before any setting.

    `prob`: of the token that came out. `eos_prob`, `unk_prob`: None for a vocabulary without that token. `entropy`: of
    the distribution, in bits. `prob_after`: of the outcome after temperature and filters, in the distribution that
    decided it (the rest, if it was drawn from the rest).
    """

    prob: float
    prob_after: float
    eos_prob: float | None
    unk_prob: float | None
    entropy: float


def luck(seed: int, t: int) -> NDArray[np.float64]:
    """u(t, 1) ... u(t, 100): row t (from 1) of `default_rng(seed).random((T, 100))`, in constant time."""
    bits = np.random.PCG64(seed)
    bits.advance((t - 1) * DRAWS_PER_STEP)  # one 64-bit number of the stream for one u
    return np.random.Generator(bits).random(DRAWS_PER_STEP)


def step_distributions(model: LanguageModel, state: State, rules: Rules) -> Distributions:
    """What can come next after `state` (a<t>) under `rules`."""
    logits = model.logits(state)
    unk_id = model.vocabulary.unk_id
    own = softmax(logits)
    probs = next_token_probs(logits, rules.settings)
    if unk_id is None:
        return Distributions(own, probs, None, False)
    rest = without(probs, unk_id)
    return Distributions(own, probs, _own_rest(logits, unk_id) if rest is None else rest, rest is None)


def from_rest(step: GenerationStep, rules: Rules) -> bool:
    """Whether the accepted draw of `step` was made from the rest, without <UNK>; every earlier one never is."""
    return rules.policy.from_rest(len(step.draws))


def step_facts(distributions: Distributions, step: GenerationStep, rules: Rules, vocabulary: Vocabulary) -> StepFacts:
    """The figures of a step, from its `distributions`. `rules`: those in force at it (`recipe.at(step.t)`)."""
    own = distributions.model
    possible = own[own > 0]
    return StepFacts(
        prob=float(own[step.token_id]),
        prob_after=float(distributions.source(from_rest(step, rules))[step.token_id]),
        eos_prob=None if vocabulary.eos_id is None else float(own[vocabulary.eos_id]),
        unk_prob=None if vocabulary.unk_id is None else float(own[vocabulary.unk_id]),
        entropy=float(-(possible * np.log2(possible)).sum()),
    )


def draw_token(logits: Floats, rules: Rules, unk_id: int | None, us: NDArray[np.float64]) -> tuple[Draw, ...]:
    """Every draw of one time step, the last one accepted. `us`: the numbers u in [0, 1) to use, (100,).

    While a draw gives <UNK> and the policy rejects it, another one is made: from the same distribution, or from the
    rest, as in `Distributions`. A policy that ends in the rest gives every other token P(token) / (1 - P(<UNK>)).
    """
    probs, policy = next_token_probs(logits, rules.settings), rules.policy
    draws = [draw(probs, us[0])]
    while unk_id is not None and draws[-1].token_id == unk_id and policy.rejects_draw(len(draws)):
        source = probs
        if policy.from_rest(len(draws) + 1):
            rest = without(probs, unk_id)
            source = _own_rest(logits, unk_id) if rest is None else rest
        draws.append(draw(source, us[len(draws)]))
    return tuple(draws)


def generate(model: LanguageModel, recipe: Recipe, after: GenerationStep | None = None) -> Iterator[GenerationStep]:
    """The time steps of a run, one by one, each computed when it is asked for.

    `after`: a step of this very run to go on from (its successors follow); None begins at t = 1. The state advances
    once a step, however many draws. Ends after <EOS> (finish_reason "eos"), if the vocabulary has it and the recipe
    stops there, or `limit` tokens after the prompt ("length"). Raises UnknownTokenError for a prompt the vocabulary
    cannot spell and ValueError for a forced token id outside it.
    """
    vocabulary = model.vocabulary
    prompt = encode_typed(recipe.prompt, vocabulary)
    last_t = len(prompt) + recipe.limit
    forced = check_forced(recipe, vocabulary)
    t, token_id, state = (0, None, model.initial_state()) if after is None else (after.t, after.token_id, after.state)
    if after is not None and after.finish_reason == "eos":
        return
    while t < last_t:
        t += 1
        rules = recipe.at(t)
        input_id = token_id
        logits, state = model.step(input_id, state)
        draws: tuple[Draw, ...] = ()
        if t <= len(prompt):
            token_id, origin = prompt[t - 1], "given"
        elif t in forced:
            token_id, origin = forced[t], "forced"
        else:
            draws = draw_token(logits, rules, vocabulary.unk_id, luck(recipe.seed, t))
            token_id, origin = draws[-1].token_id, "drawn"
        finish_reason = "length" if t == last_t else None
        if rules.stop_at_eos and token_id == vocabulary.eos_id:
            finish_reason = "eos"
        yield GenerationStep(t, input_id, state, token_id, origin, draws, finish_reason)
        if finish_reason is not None:
            return


def sample_many(model: LanguageModel, recipe: Recipe, n: int) -> Iterator[SampledRun]:
    """The runs of `recipe` with the seeds recipe.seed, recipe.seed + 1, ... (0 follows the last one), `n` in all.

    Each has the tokens that `generate` gives for its seed, except where two outcomes lie so close that rounding decides
    (a product of matrices rounds differently from a product with a vector): where u is within 1e-5 of a segment's edge,
    or where logits that differ by less than 1e-5 meet at the edge of a filter or of the greedy choice. From there on
    the two runs differ. Computed in batches, each yielded when its last run has ended. Raises as `generate` does.
    """
    prompt, forced = encode_typed(recipe.prompt, model.vocabulary), check_forced(recipe, model.vocabulary)
    given = {**forced, **dict(enumerate(prompt, 1))}  # by time step; the prompt comes first
    for first in range(0, n, BATCH):
        seeds = [(recipe.seed + i) % (MAX_SEED + 1) for i in range(first, min(first + BATCH, n))]
        yield from _sample_batch(model, recipe, seeds, given, len(prompt) + recipe.limit)


def _sample_batch(
    model: LanguageModel, recipe: Recipe, seeds: list[int], given: dict[int, int], last_t: int
) -> list[SampledRun]:
    unk_id, eos_id = model.vocabulary.unk_id, model.vocabulary.eos_id
    runs: dict[int, SampledRun] = {}  # by place among the seeds
    luck_of = [np.random.Generator(np.random.PCG64(seed)) for seed in seeds]
    tokens = np.zeros((len(seeds), last_t), np.int32)
    rejections = np.zeros((len(seeds), last_t), np.int8)
    unk_probs = np.zeros((len(seeds), last_t), np.float32)
    alive = np.arange(len(seeds))  # the rows of the runs that still go on; `ids`, `us` and `state` have only these
    ids: NDArray[np.intp] | None = None
    state = model.initial_state(len(seeds))
    for t in range(1, last_t + 1):
        if (t - 1) % _LUCK_AHEAD == 0:
            us = np.array([luck_of[i].random((_LUCK_AHEAD, DRAWS_PER_STEP)) for i in alive])  # u(t, j) of `luck`
        state = model.advance(ids, state)
        rules = recipe.at(t)
        if t in given:
            ids = np.full(len(alive), given[t])
        else:
            logits = model.logits(state)
            row = us[:, (t - 1) % _LUCK_AHEAD]
            batch = strips(logits, rules.settings)
            ids = draw_batch(batch, row[:, 0])
            if unk_id is not None:
                unk_probs[alive, t - 1] = batch.prob(unk_id)
            if rules.policy.rejects and unk_id is not None:
                for i in np.flatnonzero(ids == unk_id).tolist():  # few: one by one, as `generate` does
                    draws = draw_token(logits[i], rules, unk_id, row[i])
                    ids[i], rejections[alive[i], t - 1] = draws[-1].token_id, len(draws) - 1
        tokens[alive, t - 1] = ids
        ended = ids == eos_id if rules.stop_at_eos and eos_id is not None else np.zeros(len(ids), bool)
        for i in range(len(ids)) if t == last_t else np.flatnonzero(ended).tolist():
            which, reason = int(alive[i]), "eos" if ended[i] else "length"
            token_ids, rejected, chances = (tuple(a[which, :t].tolist()) for a in (tokens, rejections, unk_probs))
            runs[which] = SampledRun(seeds[which], token_ids, reason, rejected, chances)
        if ended.any():
            on = ~ended
            alive, ids, us = alive[on], ids[on], us[on]
            state = State(state.h[:, on], None if state.c is None else state.c[:, on])
            if not len(alive):
                break
    return [runs[i] for i in range(len(seeds))]


def check_forced(recipe: Recipe, vocabulary: Vocabulary) -> dict[int, int]:
    """The forced tokens by time step. Raises ValueError for an id that the vocabulary does not have."""
    for t, token_id in recipe.forced:
        if token_id >= len(vocabulary):
            raise ValueError(f"token id {token_id}, forced at step {t}, is not in this vocabulary of {len(vocabulary)}")
    return dict(recipe.forced)


def _own_rest(logits: Floats, unk_id: int) -> Probs:
    masked: Probs = np.array(logits, dtype=np.float64)
    masked[unk_id] = -np.inf
    return softmax(masked)
