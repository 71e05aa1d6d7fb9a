"""A run: recipe -> time steps. x<1> = 0, then every token drawn (given, forced) becomes the next input.

Luck is a table: the j-th draw at step t uses u(t, j), row t, column j of `default_rng(seed).random((T, 100))`, which is
the same table for every T. So a run can be entered at any step, and a redraw never moves the luck of later steps.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from engine.model import LanguageModel, State
from engine.recipe import Recipe, Rules
from engine.sampling import Draw, draw, next_token_probs, softmax, without

DRAWS_PER_STEP = 100  # columns of the luck table; the last one is always accepted


class GenerationStep(NamedTuple):
    """One time step, as it was decided. Logits and probs are derived again from `state` (`outlook`), not kept.

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


class Outlook(NamedTuple):
    """The distributions of one time step, each (V,), float64.

    `model`: the model's own, before temperature and filters. `probs`: after them, what the first draw is made from.
    `rest`: what is left of `probs` without <UNK>, renormalised; where that is nothing, `model` without <UNK>. None for
    a vocabulary without <UNK>. `nothing_left` says that the second case has come true.
    """

    model: np.ndarray
    probs: np.ndarray
    rest: np.ndarray | None
    nothing_left: bool


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


def luck(seed: int, t: int) -> np.ndarray:
    """u(t, 1) ... u(t, 100): row t (from 1) of `default_rng(seed).random((T, 100))`, in constant time."""
    bits = np.random.PCG64(seed)
    bits.advance((t - 1) * DRAWS_PER_STEP)  # one 64-bit number of the stream for one u
    return np.random.Generator(bits).random(DRAWS_PER_STEP)


def outlook(model: LanguageModel, state: State, rules: Rules) -> Outlook:
    """What can come next after `state` (a<t>) under `rules`."""
    logits = model.logits(state)
    unk_id = model.vocabulary.unk_id
    own = softmax(logits)
    probs = next_token_probs(logits, rules.settings)
    if unk_id is None:
        return Outlook(own, probs, None, False)
    rest = without(probs, unk_id)
    return Outlook(own, probs, _own_rest(logits, unk_id) if rest is None else rest, rest is None)


def step_facts(model: LanguageModel, step: GenerationStep, rules: Rules) -> StepFacts:
    """The figures of a step; `rules` are those in force at it (`recipe.at(step.t)`)."""
    ahead = outlook(model, step.state, rules)
    vocabulary, own = model.vocabulary, ahead.model
    possible = own[own > 0]
    from_rest = len(step.draws) > 1 and (rules.unk == "rest" or len(step.draws) == DRAWS_PER_STEP)
    return StepFacts(
        prob=float(own[step.token_id]),
        prob_after=float((ahead.rest if from_rest else ahead.probs)[step.token_id]),
        eos_prob=None if vocabulary.eos_id is None else float(own[vocabulary.eos_id]),
        unk_prob=None if vocabulary.unk_id is None else float(own[vocabulary.unk_id]),
        entropy=float(-(possible * np.log2(possible)).sum()),
    )


def draw_token(logits: np.ndarray, rules: Rules, unk_id: int | None, us: np.ndarray) -> tuple[Draw, ...]:
    """Every draw of one time step, the last one accepted. `us`: the numbers u in [0, 1) to use, (100,).

    unk "allow": one draw. "redraw": again from the same distribution while it gives <UNK>, the last u is drawn from the
    rest. "rest": after a rejection among the remaining tokens, renormalised. Both rejections give every other token
    P(token) / (1 - P(<UNK>)). Where only <UNK> has probability, the rest is the model's own distribution without it.
    """
    probs = next_token_probs(logits, rules.settings)
    draws = [draw(probs, us[0])]
    if rules.unk == "redraw":
        while draws[-1].token_id == unk_id and len(draws) < len(us) - 1:
            draws.append(draw(probs, us[len(draws)]))
    if draws[-1].token_id == unk_id and rules.unk != "allow":
        rest = without(probs, unk_id)
        draws.append(draw(_own_rest(logits, unk_id) if rest is None else rest, us[len(draws)]))
    return tuple(draws)


def generate(model: LanguageModel, recipe: Recipe, after: GenerationStep | None = None) -> Iterator[GenerationStep]:
    """The time steps of a run, one by one, each computed when it is asked for.

    `after`: a step of this very run to go on from (its successors follow); None begins at t = 1. The state advances
    once a step, however many draws. Ends after <EOS> (finish_reason "eos"), if the vocabulary has it and the recipe
    stops there, or `limit` tokens after the prompt ("length"). Raises UnknownTokenError for a prompt the vocabulary
    cannot spell and ValueError for a forced token id outside it.
    """
    vocabulary = model.vocabulary
    prompt = vocabulary.encode(recipe.prompt)
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
        draws = ()
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


def check_forced(recipe: Recipe, vocabulary) -> dict[int, int]:
    """The forced tokens by time step. Raises ValueError for an id that the vocabulary does not have."""
    for t, token_id in recipe.forced:
        if token_id >= len(vocabulary):
            raise ValueError(f"token id {token_id}, forced at step {t}, is not in this vocabulary of {len(vocabulary)}")
    return dict(recipe.forced)


def _own_rest(logits, unk_id):
    masked = np.array(logits, dtype=np.float64)
    masked[unk_id] = -np.inf
    return softmax(masked)
