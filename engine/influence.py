"""Which past decided this? How much yhat<t> changes when one earlier input is left out: measured, not guessed.

Left out means that x<k> is replaced by the zero vector, which is what the lecture feeds where there is no input
(x<1> = 0); a<k-1> is as it was, and the inputs after x<k> are fed as they were. So the network runs again from step k
to step t, and the change is the total variation distance between the two distributions,

    TV(k) = 1/2 sum_i |yhat<t>_i - yhat'<t>_i|,   0 (nothing changes) to 1 (nothing in common),

of the model's own yhat<t>, before temperature and filters. It is the share of the probability that has moved.
"""

from collections.abc import Sequence

import numpy as np

from engine.model import LanguageModel, State
from engine.sampling import softmax
from engine.time_step import GenerationStep

LATEST = 32  # inputs that are left out one after another; of earlier ones nothing is measured


def influences(model: LanguageModel, steps: Sequence[GenerationStep], t: int, latest: int = LATEST) -> dict[int, float]:
    """TV(k) for each of the `latest` inputs x<k> up to x<t>, by k; but not for x<1>, which is the zero vector anyway.

    `steps`: a run as far as it is known, step t among them. One product of a vector and one of a batch for each input,
    side by side: a batch rounds differently from a single run, so a change of 1e-6 is none. IndexError for a step that
    is not there.
    """
    if not 1 <= t <= len(steps):
        raise IndexError(f"t must be from 1 to {len(steps)}, but is {t}")
    first = max(2, t - latest + 1)
    changed: State | None = None  # the runs in which one input is missing, side by side: x<first>, x<first + 1> ...
    for k in range(first, t + 1):
        if changed is not None:
            count = changed.h.shape[1]
            changed = model.advance(np.full(count, steps[k - 1].input_id), changed)
        without = model.advance(None, steps[k - 2].state)
        changed = _beside(changed, without)
    if changed is None:
        return {}
    own, others = softmax(model.logits(steps[t - 1].state)), model.logits(changed)
    return {k: 0.5 * float(np.abs(own - softmax(one)).sum()) for k, one in enumerate(others, first)}


def _beside(batch: State | None, one: State) -> State:
    """`one` as the last of a batch: (num_layers, B, H)."""
    h, c = one.h[:, None], None if one.c is None else one.c[:, None]
    if batch is None:
        return State(h, c)
    both = None if batch.c is None or c is None else np.concatenate([batch.c, c], axis=1)
    return State(np.concatenate([batch.h, h], axis=1), both)
