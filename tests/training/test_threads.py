"""A batch in parts on threads: loss, gradients and state are those of the whole batch."""

import numpy as np
import pytest
from tiny_weights import random_weights

from engine.training import threads
from engine.training.backpropagation import NOTHING, Batch, loss_and_gradients
from engine.training.threads import loss_and_gradients_in_parts, split, worthwhile

SEQUENCES = [[2, 3, 4, 0], [4, 0], [3, 3, 2, 1, 4, 0], [1, 0], [2, 2, 0]]


@pytest.fixture(params=["rnn", "gru", "lstm"])
def weights(request):
    return random_weights(request.param, layers=2, embedding=3)


def stream(seed, width=5):
    return np.random.default_rng(seed).integers(5, size=(6, width))


def assert_same(one, other):
    (loss, gradients, state), (wanted_loss, wanted, wanted_state) = one, other
    assert loss == pytest.approx(wanted_loss, rel=1e-12)
    assert list(gradients) == list(wanted)
    for name in wanted:
        np.testing.assert_allclose(gradients[name], wanted[name], rtol=1e-9, atol=1e-12)
    for part, wanted_part in zip(state, wanted_state, strict=True):
        assert (part is None) == (wanted_part is None)
        if part is not None:
            np.testing.assert_allclose(part, wanted_part, rtol=1e-12)


@pytest.mark.parametrize("parts", [1, 2, 3, 5, 99])
def test_any_number_of_parts_gives_what_the_whole_batch_gives(weights, parts):
    for batch in (Batch.of_sequences(SEQUENCES), Batch.of_stream(stream(0), np.full(5, NOTHING))):
        assert_same(loss_and_gradients_in_parts(weights, batch, parts=parts), loss_and_gradients(weights, batch))


def test_the_state_goes_on_from_chunk_to_chunk(weights):
    first = Batch.of_stream(stream(0), np.full(5, NOTHING))
    second = Batch.of_stream(stream(1), first.targets[-1])
    _, _, state = loss_and_gradients_in_parts(weights, first, parts=2)
    assert_same(
        loss_and_gradients_in_parts(weights, second, state, parts=3), loss_and_gradients(weights, second, state)
    )


def test_with_dropout_the_same_seed_gives_the_same_and_no_part_drops_what_another_does(weights):
    batch = Batch(*(np.repeat(part[:, :1], 4, axis=1) for part in Batch.of_sequences(SEQUENCES)))

    def run(seed):
        return loss_and_gradients_in_parts(weights, batch, None, 0.5, np.random.default_rng(seed), parts=4)

    assert_same(run(1), run(1))
    assert run(1)[0] != run(2)[0]
    alone = [loss_and_gradients(weights, one, None, 0.5, rng)[0] for one, rng in
             zip(split(batch, 4), np.random.default_rng(1).spawn(4), strict=True)]  # fmt: skip
    assert len(set(alone)) == 4
    assert run(1)[0] == pytest.approx(np.mean(alone))


def test_an_error_of_a_part_is_the_error_of_all(weights):
    with pytest.raises(ValueError, match="dropout needs rng"):
        loss_and_gradients_in_parts(weights, Batch.of_sequences(SEQUENCES), dropout=0.5, parts=2)


@pytest.mark.parametrize(
    ("blas_threads", "hidden", "width", "cores", "parts"),
    [("1", 256, 64, 2, 2), ("1", 256, 64, 8, 8), ("1", 64, 32, 2, 1), ("1", 256, 64, 1, 1), ("2", 256, 64, 2, 1)],
)
def test_a_batch_is_parted_if_it_is_large_and_blas_leaves_the_cores_to_it(
    monkeypatch, blas_threads, hidden, width, cores, parts
):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", blas_threads)
    monkeypatch.setattr(threads, "_cores", lambda: cores)
    weights = {
        "rnn.weight_ih_l0": np.zeros((4 * hidden, 30), np.float32),
        "rnn.weight_hh_l0": np.zeros((4 * hidden, hidden), np.float32),
        "output.weight": np.zeros((30, hidden), np.float32),
    }
    assert worthwhile(weights, Batch.of_stream(stream(0, width), np.full(width, NOTHING))) == parts
