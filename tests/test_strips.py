"""Many rows at once: a batch draws what single rows draw."""

import numpy as np
import pytest
from random_settings import random_settings

from engine.sampling import SamplingSettings, draw, next_token_probs
from engine.strips import draw_batch, strips

LAST_U = 1 - 2**-53


@pytest.mark.parametrize("size", [1, 5, 63, 64, 65, 700])
def test_a_batch_draws_what_single_rows_draw(size):
    rng = np.random.default_rng(size)
    for _ in range(20):
        logits, us, settings = rng.normal(0, 3, (8, size)), rng.random(8), random_settings(rng)
        singly = [draw(next_token_probs(row, settings), u).token_id for row, u in zip(logits, us, strict=True)]
        assert draw_batch(strips(logits, settings), us).tolist() == singly


def test_a_batch_is_greedy_at_temperature_0():
    logits = np.array([[0.0, 2.0, 2.0], [1.0, 0.0, -1.0]], np.float32)
    assert draw_batch(strips(logits, SamplingSettings(temperature=0)), np.array([0.9, 0.9])).tolist() == [1, 0]


def test_a_batch_never_draws_probability_0_at_either_end():
    logits = np.full((3, 200), -np.inf, np.float32)
    logits[:, 70:75] = 0.0
    assert draw_batch(strips(logits, SamplingSettings()), np.array([0.0, 0.5, LAST_U])).tolist() == [70, 72, 74]


@pytest.mark.parametrize("temperature", [5e-324, 1e-300, 1e-9, 1e300])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_batch_stands_extreme_temperatures_as_single_rows_do(temperature, dtype):
    logits, us = np.array([[1.0, 2.0, -1.0], [3.0, 3.0, 3.0]], dtype), np.array([0.1, 0.9])
    settings = SamplingSettings(temperature)
    singly = [draw(next_token_probs(row, settings), u).token_id for row, u in zip(logits, us, strict=True)]
    assert draw_batch(strips(logits, settings), us).tolist() == singly


def test_a_batch_of_huge_logits_does_not_overflow():
    logits = np.array([[3e38, -3e38, 3e38]], np.float32)
    assert draw_batch(strips(logits, SamplingSettings()), np.array([0.6])).tolist() == [2]


@pytest.mark.parametrize("temperature", [0, 1])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_batch_refuses_logits_that_are_not_numbers(bad, temperature):
    with pytest.raises(ValueError, match="logits must be finite"):
        strips(np.array([[0.0, 1.0], [0.0, bad]]), SamplingSettings(temperature))


@pytest.mark.parametrize("settings", [SamplingSettings(), SamplingSettings(0), SamplingSettings(0.7, 90, 0.9, 0.01)])
def test_a_strip_of_a_batch_knows_what_each_token_has_of_it(settings):
    logits = np.random.default_rng(3).normal(0, 2, (4, 130)).astype(np.float32)
    probs = np.array([next_token_probs(row, settings) for row in logits])
    batch = strips(logits, settings)
    for token_id in range(130):
        assert batch.prob(token_id) == pytest.approx(probs[:, token_id], abs=1e-6)
