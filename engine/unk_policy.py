"""What is done when <UNK> is drawn. A policy is one entry of POLICIES, which answers every question about it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS_PER_STEP = 100  # columns of the luck table: no policy can draw more often in one step


@dataclass(frozen=True)
class UnkPolicy:
    """A drawn <UNK> is rejected and drawn again, up to `most_draws` draws in a step; the last one is accepted.

    All draws of a step are made from the same distribution, but if `ends_in_rest` the last possible one is made from
    the rest: the tokens but <UNK>, renormalised. So <UNK> never comes out; otherwise it may, as the last draw.

    What is said of it, as endings of keys in the tables of words: `name` ("unk.*" in the menu; "draws.unk.draws.*", by
    which law a step takes its draws, or "draws.unk.kept.*", if it rejects nothing), `outcome` ("draws.unk.step.*",
    which tokens come out), `whole` and `factor` ("draws.unk.whole.*" and "draws.unk.factor.*", against keeping whole
    sequences, and by what each sequence's probability is divided), `once` ("find.cannot.*", why nothing is rejected
    twice in a step; asked only where `most_draws` is 2).
    """

    name: str  # as a link has it
    most_draws: int
    ends_in_rest: bool
    outcome: str = "rejected"
    whole: str = "rejected"
    factor: str = "each"
    once: str = "once"

    @property
    def rejects(self) -> bool:
        """Whether a drawn <UNK> is ever rejected."""
        return self.most_draws > 1

    def rejects_draw(self, j: int) -> bool:
        """Whether <UNK> is rejected if draw `j` (from 1) of a step gives it."""
        return j < self.most_draws

    def from_rest(self, j: int) -> bool:
        """Whether draw `j` (from 1) of a step is made from the rest.

        >>> [POLICIES[name].from_rest(2) for name in ("rest", "redraw")]
        [True, False]
        """
        return self.ends_in_rest and j == self.most_draws

    def outcome_probs(self, probs: NDArray[np.float64], rest: NDArray[np.float64], unk_id: int) -> NDArray[np.float64]:
        """The distribution (V,) of the token that comes out of a step, all its draws taken together.

        `probs` and `rest` are those of the step's `Distributions`. Every other token gets P(token) for the first draw,
        and once more for each rejection before: P(token) (1 + P(<UNK>) + P(<UNK>)^2 + ...).
        """
        if self.ends_in_rest:
            return rest
        unk_prob = probs[unk_id]
        outcome: NDArray[np.float64] = probs * (unk_prob ** np.arange(self.most_draws)).sum()
        outcome[unk_id] = unk_prob**self.most_draws
        return outcome

    def divisor(self, unk_probs: NDArray[np.float64], is_unk: NDArray[np.bool_]) -> NDArray[np.float64]:
        """By what the probability of an outcome is divided in steps with these P(<UNK>), where <UNK> came out or not.

        For a policy that rejects nothing: by what one would that rejects every <UNK>.
        """
        if self.ends_in_rest or not self.rejects:
            return 1 - unk_probs
        others = 1 / sum(unk_probs**k for k in range(self.most_draws))
        return np.where(is_unk, unk_probs ** (1.0 - self.most_draws), others)


# In the order of the menu.
POLICIES = {
    policy.name: policy
    for policy in (
        UnkPolicy("rest", most_draws=2, ends_in_rest=True),
        UnkPolicy("redraw", most_draws=DRAWS_PER_STEP, ends_in_rest=True),
        UnkPolicy("allow", most_draws=1, ends_in_rest=False, outcome="allowed", whole="allowed"),
    )
}
DEFAULT = "rest"
