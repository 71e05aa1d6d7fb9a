"""Many runs at once: a batch of them goes through the network side by side, one time step after another."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.model import LanguageModel, State
from engine.recipe import MAX_SEED, Recipe
from engine.strips import draw_batch, strips
from engine.time_step import draw_token
from engine.typed_text import encode_typed
from engine.unk_policy import DRAWS_PER_STEP
from engine.vocabulary import Vocabulary

BATCH = 256  # runs that go through the network together
_TURN = 400  # time steps of all runs of a batch together after which it pauses: some tenths of a second at most
_LUCK_AHEAD = 16  # rows of each run's luck table that are drawn at a time


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


def sample_in_turns(model: LanguageModel, recipe: Recipe, n: int) -> Iterator[list[SampledRun]]:
    """The runs of `sample_many`, a batch at a time, and between them, as often as a batch is long, none: a pause.

    So whoever asks for the next ones need never wait long, however long the runs are.
    """
    given = given_tokens(recipe, model.vocabulary)
    last_t = len(encode_typed(recipe.prompt, model.vocabulary)) + recipe.limit
    for first in range(0, n, BATCH):
        seeds = [(recipe.seed + i) % (MAX_SEED + 1) for i in range(first, min(first + BATCH, n))]
        yield from _sample_batch(model, recipe, seeds, given, last_t)


def given_tokens(recipe: Recipe, vocabulary: Vocabulary) -> dict[int, int]:
    """The tokens that are not drawn, by time step; the prompt goes before what is forced. Raises as `generate` does."""
    return {**check_forced(recipe, vocabulary), **dict(enumerate(encode_typed(recipe.prompt, vocabulary), 1))}


def check_forced(recipe: Recipe, vocabulary: Vocabulary) -> dict[int, int]:
    """The forced tokens by time step. Raises ValueError for an id that the vocabulary does not have."""
    for t, token_id in recipe.forced:
        if token_id >= len(vocabulary):
            raise ValueError(f"token id {token_id}, forced at step {t}, is not in this vocabulary of {len(vocabulary)}")
    return dict(recipe.forced)


def _sample_batch(
    model: LanguageModel, recipe: Recipe, seeds: list[int], given: dict[int, int], last_t: int
) -> Iterator[list[SampledRun]]:
    unk_id, eos_id = model.vocabulary.unk_id, model.vocabulary.eos_id
    runs: dict[int, SampledRun] = {}  # by place among the seeds
    luck_of = [np.random.Generator(np.random.PCG64(seed)) for seed in seeds]
    tokens = np.zeros((len(seeds), last_t), np.int32)
    rejections = np.zeros((len(seeds), last_t), np.int8)
    unk_probs = np.zeros((len(seeds), last_t), np.float32)
    alive = np.arange(len(seeds))  # the rows of the runs that still go on; `ids`, `us` and `state` have only these
    ids: NDArray[np.intp] | None = None
    state, since_pause = model.initial_state(len(seeds)), 0
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
        since_pause += len(alive)
        if since_pause >= _TURN and t < last_t:
            since_pause = 0
            yield []
    yield [runs[i] for i in range(len(seeds))]
