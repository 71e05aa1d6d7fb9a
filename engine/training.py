"""Training: truncated backpropagation through time, clipping, Adam; and the gradients of one sequence."""

from collections.abc import Sequence

import numpy as np

from engine.backpropagation import Batch, loss_and_gradients
from engine.model import LanguageModel


def sequence_gradients(model: LanguageModel, token_ids: Sequence[int]) -> tuple[float, dict[str, np.ndarray]]:
    """(mean loss in nats per token, its gradient for every weight by PyTorch's names) for one sequence.

    Every token of `token_ids` is to be predicted from those before it, the first one from x<1> = 0 and a<0> = 0. All
    is computed in the model's own dtype. Raises ValueError for no tokens or an id outside the vocabulary.
    """
    size = len(model.vocabulary)
    wrong = [token_id for token_id in token_ids if not 0 <= token_id < size]
    if wrong:
        raise ValueError(f"token ids must be from 0 to {size - 1}, but there is {wrong[0]}")
    loss, gradients, _ = loss_and_gradients(model.state_dict(), Batch.of_sequences([token_ids]))
    return loss, gradients
