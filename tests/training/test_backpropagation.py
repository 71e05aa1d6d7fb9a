"""Batches: side by side, padded, cut into chunks or dropped out, the loss and its gradients stay what they mean."""

import numpy as np
import pytest
from tiny_weights import random_weights

from engine.training.backpropagation import NOTHING, Batch, loss_and_gradients, mean_loss

SEQUENCES = [[2, 3, 4, 0], [4, 0], [3, 3, 2, 1, 4, 0]]


@pytest.fixture(params=["rnn", "gru", "lstm"])
def weights(request):
    return random_weights(request.param, layers=2, embedding=3)


def test_the_first_input_is_nothing_and_padding_does_not_count():
    batch = Batch.of_sequences([[5, 7, 0], [6]])
    assert batch.inputs.T.tolist() == [[NOTHING, 5, 7], [NOTHING, NOTHING, NOTHING]]
    assert batch.mask.T.tolist() == [[True, True, True], [True, False, False]]


def test_a_padded_batch_equals_its_sequences_one_by_one(weights):
    loss, gradients, _ = loss_and_gradients(weights, Batch.of_sequences(SEQUENCES))
    alone = [loss_and_gradients(weights, Batch.of_sequences([sequence]))[:2] for sequence in SEQUENCES]
    shares = np.array([len(sequence) for sequence in SEQUENCES]) / sum(map(len, SEQUENCES))
    assert loss == pytest.approx(sum(share * one for share, (one, _) in zip(shares, alone, strict=True)))
    for name, gradient in gradients.items():
        expected = sum(share * one[name] for share, (_, one) in zip(shares, alone, strict=True))
        np.testing.assert_allclose(gradient, expected, atol=1e-12)


def test_the_loss_without_gradients_is_the_same(weights):
    batch = Batch.of_sequences(SEQUENCES)
    assert mean_loss(weights, batch)[0] == pytest.approx(loss_and_gradients(weights, batch)[0], rel=1e-12)


def test_chunks_with_carried_state_have_the_loss_of_one_pass(weights):
    stream = np.random.default_rng(0).integers(5, size=(12, 3))
    start = np.full(3, NOTHING)
    whole, _ = mean_loss(weights, Batch.of_stream(stream, start))
    first, state = mean_loss(weights, Batch.of_stream(stream[:5], start))
    second, _ = mean_loss(weights, Batch.of_stream(stream[5:], stream[4]), state)
    assert (5 * first + 7 * second) / 12 == pytest.approx(whole, rel=1e-12)


def test_a_chunk_without_its_carried_state_has_another_loss(weights):
    stream = np.random.default_rng(0).integers(5, size=(12, 3))
    _, state = mean_loss(weights, Batch.of_stream(stream[:5], np.full(3, NOTHING)))
    rest = Batch.of_stream(stream[5:], stream[4])
    assert mean_loss(weights, rest)[0] != pytest.approx(mean_loss(weights, rest, state)[0], abs=1e-6)


def test_dropout_keeps_the_mean_of_what_it_lets_through(weights):
    batch = Batch.of_sequences(SEQUENCES * 4)
    rng = np.random.default_rng(0)
    _, kept, _ = loss_and_gradients(weights, batch)
    gradients = [loss_and_gradients(weights, batch, None, 0.1, rng)[1]["output.bias"] for _ in range(300)]
    np.testing.assert_allclose(np.mean(gradients, axis=0), kept["output.bias"], atol=0.03)
    assert np.std(gradients, axis=0).max() > 0


def test_dropout_gradients_are_those_of_the_network_that_was_left():
    """With the same random numbers the same values are dropped, so finite differences must agree."""
    weights, batch = random_weights("gru", layers=2, embedding=3), Batch.of_sequences(SEQUENCES)

    def run():
        return loss_and_gradients(weights, batch, None, 0.4, np.random.default_rng(7))

    _, gradients, _ = run()
    for name in ("embedding.weight", "rnn.weight_hh_l0", "rnn.weight_ih_l1", "output.weight"):
        place = np.unravel_index(np.abs(gradients[name]).argmax(), gradients[name].shape)
        losses = []
        for shift in (1e-5, -2e-5):
            weights[name][place] += shift
            losses.append(run()[0])
        weights[name][place] += 1e-5
        assert (losses[0] - losses[1]) / 2e-5 == pytest.approx(gradients[name][place], rel=1e-6)


def test_a_batch_of_nothing_is_refused():
    for sequences in ([], [[1], []]):
        with pytest.raises(ValueError, match="at least one token"):
            Batch.of_sequences(sequences)
