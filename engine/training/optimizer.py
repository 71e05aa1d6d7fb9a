"""Adam with clipped gradients: from gradients to a change of the weights."""

import math

import numpy as np

_BLOCK = 2**16  # numbers updated at once: all passes over them stay in a core's cache


class Adam:
    """Adam (Kingma and Ba 2014, arXiv 1412.6980), without weight decay, over a table of weights changed in place.

    `moments`: for every weight the running means of its gradient and of the gradient's square.
    """

    beta1, beta2, epsilon = 0.9, 0.999, 1e-8

    def __init__(self, weights: dict[str, np.ndarray]):
        self.updates = 0
        self.moments = {name: (np.zeros_like(weight), np.zeros_like(weight)) for name, weight in weights.items()}
        self._scratch = np.empty(_BLOCK, next(iter(weights.values())).dtype)

    def update(self, weights: dict[str, np.ndarray], gradients: dict[str, np.ndarray], learning_rate: float) -> None:
        """One update of all `weights` (C-contiguous). `learning_rate`: about how far each number moves."""
        self.updates += 1
        step = learning_rate / (1 - self.beta1**self.updates)
        spread = 1 / math.sqrt(1 - self.beta2**self.updates)
        for name, weight in weights.items():
            arrays = (weight, np.ascontiguousarray(gradients[name]), *self.moments[name])
            flat = [array.reshape(-1) for array in arrays]
            for first in range(0, weight.size, _BLOCK):
                w, g, mean, square = (array[first : first + _BLOCK] for array in flat)
                scratch = self._scratch[: len(w)]
                mean *= self.beta1
                np.multiply(g, 1 - self.beta1, out=scratch)
                mean += scratch
                square *= self.beta2
                np.multiply(g, g, out=scratch)
                scratch *= 1 - self.beta2
                square += scratch
                np.sqrt(square, out=scratch)
                scratch *= spread
                scratch += self.epsilon
                np.divide(mean, scratch, out=scratch)
                scratch *= step
                w -= scratch


def clip_by_norm(gradients: dict[str, np.ndarray], largest: float) -> float:
    """Shrink all gradients, in place and together, so that their norm is at most `largest`; the norm they had.

    Raises FloatingPointError for a norm that is not a number: the rate was too high.
    """
    norm = math.sqrt(sum(float(np.vdot(gradient, gradient)) for gradient in gradients.values()))
    if not math.isfinite(norm):
        raise FloatingPointError("the gradients are no numbers any more; train with a lower rate")
    if norm > largest:
        for gradient in gradients.values():
            gradient *= largest / norm
    return norm
