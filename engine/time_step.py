"""One time step: what can come next, how it is drawn with the luck of its seed, and what is worth keeping of it.

Luck is a table: the j-th draw at step t uses u(t, j), row t, column j of `default_rng(seed).random((T, 100))`, which is
the same table for every T. So a run can be entered at any step, and a redraw never moves the luck of later steps.
"""

from math import inf, log, log2, ulp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.filters import Floats
from engine.model import LanguageModel, State
from engine.rules import Rules
from engine.sampling import Draw, Probs, SamplingSettings, draw, next_token_probs, softmax, without
from engine.unk_policy import DRAWS_PER_STEP
from engine.vocabulary import Vocabulary

_SMALLEST = 1e-300  # a probability from which the digits of its logarithm are still all right


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


class Distributions(NamedTuple):
    """The distributions of one time step, each (V,), float64.

    `model`: the model's own, before temperature and filters. `probs`: after them, what the first draw is made from.
    `rest`: what is left of `probs` without <UNK>, renormalised; where that is nothing, <UNK> is taken out of the logits
    and temperature and filters are applied anew. None for a vocabulary without <UNK>.
    `nothing_left` says that the second case has come true. `logits`: what all of them come from.
    """

    model: Probs
    probs: Probs
    rest: Probs | None
    nothing_left: bool
    logits: Floats | None = None

    def source(self, from_rest: bool) -> Probs:
        """What a draw was made from: `rest` if it was, and there is one, else `probs`."""
        return self.rest if from_rest and self.rest is not None else self.probs

    def surprisal(self, token_id: int) -> float:
        """-log2 P of the token under `model`, in bits; by the logits where they are known and P is too small for that.

        log P = logit - largest logit + log P(the likeliest), the log-softmax.
        """
        prob = float(self.model[token_id])
        if self.logits is None or prob > _SMALLEST:
            return max(0.0, -log2(prob)) if prob else inf
        nats = float(self.logits.max()) - float(self.logits[token_id])
        return nats / log(2) - log2(float(self.model.max()))


class StepFacts(NamedTuple):
    """The figures of one time step that are worth keeping, by the model's own distribution, before any setting.

    `prob`: of the token that came out; `surprisal`: -log2 of it, in bits, finite also where `prob` underflows to 0.
    `eos_prob`, `unk_prob`: None for a vocabulary without that token. `entropy`: of the distribution, in bits.
    `prob_after`: of the outcome after temperature and filters, in the distribution that decided it (the rest, if it was
    drawn from the rest).
    """

    prob: float
    prob_after: float
    eos_prob: float | None
    unk_prob: float | None
    entropy: float
    surprisal: float


def luck(seed: int, t: int) -> NDArray[np.float64]:
    """u(t, 1) ... u(t, 100): row t (from 1) of `default_rng(seed).random((T, 100))`, in constant time."""
    bits = np.random.PCG64(seed)
    bits.advance((t - 1) * DRAWS_PER_STEP)  # one 64-bit number of the stream for one u
    return np.random.Generator(bits).random(DRAWS_PER_STEP)


def step_distributions(model: LanguageModel, state: State, rules: Rules) -> Distributions:
    """What can come next after `state` (a<t>) under `rules`."""
    return distributions_of(model.logits(state), rules, model.vocabulary.unk_id)


def distributions_of(logits: Floats, rules: Rules, unk_id: int | None) -> Distributions:
    """The same, where the logits (V,) are known already."""
    own, settings = softmax(logits), rules.settings
    probs = own if settings.are_off else next_token_probs(logits, settings)
    if unk_id is None:
        return Distributions(own, probs, None, False, logits)
    return Distributions(own, probs, *_rest(probs, logits, settings, unk_id), logits)


def prob_after(probs: Probs, token_id: int, settings: SamplingSettings) -> float:
    """P of the token after temperature and filters, to be shown: the smallest number above 0 where it only underflows.

    It is 0 for what was filtered out, or lost to greedy.
    """
    prob = float(probs[token_id])
    return prob if prob or not settings.temperature or settings.filters else ulp(0.0)


def from_rest(step: GenerationStep, rules: Rules) -> bool:
    """Whether the accepted draw of `step` was made from the rest, without <UNK>; every earlier one never is."""
    return rules.policy.from_rest(len(step.draws))


def step_facts(distributions: Distributions, step: GenerationStep, rules: Rules, vocabulary: Vocabulary) -> StepFacts:
    """The figures of a step, from its `distributions`. `rules`: those in force at it (`recipe.at(step.t)`)."""
    own = distributions.model
    possible, prob = own[own > 0], float(own[step.token_id])
    after = prob_after(distributions.source(from_rest(step, rules)), step.token_id, rules.settings)
    return StepFacts(
        prob=prob,
        prob_after=prob if after == prob else after,  # one number takes less memory than two
        eos_prob=None if vocabulary.eos_id is None else float(own[vocabulary.eos_id]),
        unk_prob=None if vocabulary.unk_id is None else float(own[vocabulary.unk_id]),
        entropy=abs(float((possible * np.log2(possible)).sum())),  # not -0.0
        surprisal=distributions.surprisal(step.token_id),
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
            source, _ = _rest(probs, logits, rules.settings, unk_id)
        draws.append(draw(source, us[len(draws)]))
    return tuple(draws)


def _rest(probs: Probs, logits: Floats, settings: SamplingSettings, unk_id: int) -> tuple[Probs, bool]:
    """`Distributions.rest` and `.nothing_left`."""
    rest = without(probs, unk_id)
    if rest is not None:
        return rest, False
    others = np.array(logits)
    others[unk_id] = -np.inf
    return next_token_probs(others, settings), True
