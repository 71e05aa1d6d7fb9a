"""Whether a model of finite weights may give logits that are no numbers."""

import numpy as np

from engine.cells import Array
from engine.model import LanguageModel
from engine.sampling import LogitsError


def can_overflow(model: LanguageModel) -> bool:
    """Whether a sum in some step may leave the range of the model's numbers, so that logits are no numbers any more.

    Where it says no, that is certain: no unit of a<t> exceeds 1, so no sum exceeds its count of terms times the largest
    weight, and biases; a factor of 4 is left for what a gate adds up. Except for relu, whose units have no bound: there
    it is certain of the first step alone, which is made here.
    """
    try:
        model.step(None, model.initial_state())
    except LogitsError:
        return True
    first = _largest(model.layers[0].w_ih)
    if model.embedding is not None:
        first *= model.embedding.shape[1] * _largest(model.embedding)
    sums = [_largest(model.output_weight) * model.hidden_size + _largest(model.output_bias)]
    for k, layer in enumerate(model.layers):
        from_input = first if k == 0 else _largest(layer.w_ih) * model.hidden_size
        recurrent = _largest(layer.w_hh) * model.hidden_size
        sums.append(from_input + recurrent + _largest(layer.b_ih) + _largest(layer.b_hh))
    return not 4 * max(sums) < float(np.finfo(model.dtype).max)


def _largest(weights: Array | None) -> float:
    return 0.0 if weights is None else max(float(weights.max()), -float(weights.min()))
