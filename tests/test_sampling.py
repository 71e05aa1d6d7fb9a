"""From logits to a token: the order of the filters, published examples, and the draw."""

from decimal import Decimal, getcontext

import numpy as np
import pytest
from random_settings import random_settings

from engine.sampling import LogitsError, SamplingSettings, draw, next_token_probs, softmax, without
from engine.strips import strips

TENTHS = [0.1, 0.2, 0.3, 0.4]
LAST_U = 1 - 2**-53


def filtered(probs, dtype=np.float64, **settings):
    with np.errstate(divide="ignore"):
        logits = np.log(np.array(probs)).astype(dtype)
    return next_token_probs(logits, SamplingSettings(**settings))


# --- softmax and temperature


def test_softmax_by_hand():
    assert softmax(np.log([1.0, 2.0, 5.0])) == pytest.approx([0.125, 0.25, 0.625])


def test_softmax_is_float64_and_sums_to_1_over_a_large_vocabulary():
    probs = softmax(np.random.default_rng(0).normal(0, 5, 6000).astype(np.float32))
    assert probs.dtype == np.float64
    assert probs.shape == (6000,)
    assert probs.sum() == pytest.approx(1, abs=1e-12)


def test_softmax_of_huge_logits_does_not_overflow():
    assert softmax(np.array([1e30, -1e30, 1e30], np.float32)).tolist() == [0.5, 0.0, 0.5]


@pytest.mark.parametrize("bad", [[np.nan, 1.0], [np.inf, 1.0], [-np.inf, -np.inf]])
def test_logits_that_are_not_numbers_are_refused(bad):
    assert issubclass(LogitsError, ValueError)
    with pytest.raises(LogitsError, match="logits must be finite"):
        softmax(np.array(bad))


def test_a_logit_of_minus_infinity_is_probability_0():
    assert softmax(np.array([0.0, -np.inf, 0.0])).tolist() == [0.5, 0.0, 0.5]


def test_temperature_divides_the_logits():
    logits = np.array([1.0, -2.0, 0.5])
    assert next_token_probs(logits, SamplingSettings(temperature=0.25)) == pytest.approx(softmax(logits * 4))


def test_temperature_0_takes_the_first_of_the_likeliest():
    assert filtered([0.2, 0.4, 0.4], temperature=0).tolist() == [0, 1, 0]


@pytest.mark.parametrize("temperature", [1e-300, 1e-9, 1e-4])
def test_a_tiny_temperature_tends_to_greedy_without_a_warning(temperature):
    assert filtered([0.1, 0.5, 0.4], temperature=temperature).tolist() == [0, 1, 0]


def test_a_huge_temperature_tends_to_uniform():
    assert filtered(TENTHS, temperature=1e9) == pytest.approx([0.25] * 4, abs=1e-6)


# --- published examples


# ggml-org/llama.cpp, tests/test-sampling.cpp (test_temp, test_top_k, test_top_p, test_min_p). Its top_k 0 is our None;
# its sorted outcomes stand here in vocabulary order, and min_p 1.05 (nothing but the likeliest) is not a value here.
LLAMA_CPP = [
    ({"temperature": 1.0}, [0.1, 0.2, 0.3, 0.4]),
    ({"temperature": 0.0}, [0, 0, 0, 1]),
    ({"top_k": 1}, [0, 0, 0, 1]),
    ({"top_k": 3}, [0, 0.22222, 0.33333, 0.44444]),
    ({"top_k": 4}, [0.1, 0.2, 0.3, 0.4]),
    ({"top_k": None}, [0.1, 0.2, 0.3, 0.4]),
    ({"top_p": 0.7}, [0, 0, 0.428571, 0.571429]),
    ({"top_p": 0.8}, [0, 0.22222, 0.33333, 0.44444]),
    ({"top_p": 1.0}, [0.1, 0.2, 0.3, 0.4]),
    ({"min_p": 0.0}, [0.1, 0.2, 0.3, 0.4]),
    ({"min_p": 0.24}, [0.1, 0.2, 0.3, 0.4]),
    ({"min_p": 0.26}, [0, 0.2 / 0.9, 0.3 / 0.9, 0.4 / 0.9]),
    ({"min_p": 0.49}, [0, 0.2 / 0.9, 0.3 / 0.9, 0.4 / 0.9]),
    ({"min_p": 0.51}, [0, 0, 0.3 / 0.7, 0.4 / 0.7]),
    ({"min_p": 0.74}, [0, 0, 0.3 / 0.7, 0.4 / 0.7]),
    ({"min_p": 0.76}, [0, 0, 0, 1]),
    ({"min_p": 1.0}, [0, 0, 0, 1]),
]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("settings", "expected"), LLAMA_CPP)
def test_examples_of_llama_cpp(settings, expected, dtype):
    assert filtered(TENTHS, dtype, **settings) == pytest.approx(expected, abs=1e-5)


# huggingface/transformers, tests/generation/test_logits_process.py (test_top_p_dist_warper, test_min_p_dist_warper,
# test_top_k_dist_warper): there the kept ones are not yet renormalised, so here the distribution is compared with
# the kept ones over their sum.
TRANSFORMERS = [
    ({"top_p": 0.8}, [0.3, 0.1, 0.1, 0.5], [0.3, 0.0, 0.0, 0.5]),
    ({"top_p": 0.8}, [0.15, 0.3, 0.3, 0.25], [0.0, 0.3, 0.3, 0.25]),
    ({"min_p": 0.05}, [0.9, 0.0274, 0.047, 0.0274], [0.9, 0.0, 0.047, 0.0]),
    ({"min_p": 0.05}, [0.15, 0.3, 0.3, 0.25], [0.15, 0.3, 0.3, 0.25]),
    ({"min_p": 0.05}, [0.97, 0.01, 0.01, 0.01], [0.97, 0.0, 0.0, 0.0]),
]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("settings", "probs", "kept"), TRANSFORMERS)
def test_examples_of_transformers(settings, probs, kept, dtype):
    assert filtered(probs, dtype, **settings) == pytest.approx(np.array(kept) / sum(kept), abs=1e-3)
    assert (filtered(probs, dtype, **settings) > 0).tolist() == (np.array(kept) > 0).tolist()


def test_ramps_of_transformers():
    ramp = np.arange(10.0)
    assert np.flatnonzero(next_token_probs(ramp, SamplingSettings(top_k=3))).tolist() == [7, 8, 9]
    turned = np.where(ramp < 5, ramp + 10, ramp)
    assert np.flatnonzero(next_token_probs(turned, SamplingSettings(top_k=3))).tolist() == [2, 3, 4]
    assert np.count_nonzero(next_token_probs(ramp - 5, SamplingSettings(top_p=0.9))) == 3  # 63 + 23 + 9 %
    assert np.count_nonzero(next_token_probs((ramp - 5) * 100, SamplingSettings(top_p=0.9))) == 1


# --- the order of the filters


def test_temperature_comes_before_top_p():
    assert np.count_nonzero(filtered(TENTHS, top_p=0.7)) == 2
    assert np.count_nonzero(filtered(TENTHS, top_p=0.7, temperature=0.2)) == 1  # 0.4 ** 5 is 81 % of the sum


def test_top_p_takes_its_share_of_what_top_k_left():
    # 0.4 and 0.3 are left, 57 % and 43 % of it: so 0.55 is reached by the first, though 0.4 < 0.55 of the whole
    assert filtered(TENTHS, top_k=2, top_p=0.55).tolist() == [0, 0, 0, 1]
    assert np.count_nonzero(filtered(TENTHS, top_p=0.55)) == 2


def test_min_p_is_relative_to_the_likeliest():
    assert np.flatnonzero(filtered(TENTHS, top_k=3, top_p=0.99, min_p=0.7)).tolist() == [2, 3]


def reference_probs(logits, settings):
    """The documented order, written as plainly as possible."""
    scores = [float(logit) / settings.temperature for logit in logits]
    probs = [np.exp(score - max(scores)) for score in scores]
    total = sum(probs)
    likeliest = sorted(((-p / total, i) for i, p in enumerate(probs)))
    if settings.top_k is not None:
        likeliest = likeliest[: settings.top_k]
    if settings.top_p is not None:
        whole, kept, share = -sum(p for p, _ in likeliest), [], 0.0
        for p, i in likeliest:
            kept.append((p, i))
            share -= p
            if share >= (settings.top_p - 1e-7) * whole:
                break
        likeliest = kept
    if settings.min_p is not None:
        least = settings.min_p * -likeliest[0][0] * (1 - 1e-7)
        likeliest = [(p, i) for p, i in likeliest if -p >= least]
    result = np.zeros(len(logits))
    for p, i in likeliest:
        result[i] = -p
    return result / result.sum()


def test_all_filters_together_agree_with_the_plainest_way():
    rng = np.random.default_rng(7)
    for _ in range(400):
        logits = rng.normal(0, 2, int(rng.integers(1, 60)))
        if rng.random() < 0.5:
            logits = np.round(logits)  # many equals
        settings = random_settings(rng)
        assert next_token_probs(logits, settings) == pytest.approx(reference_probs(logits, settings), abs=1e-12)


getcontext().prec = 60
NEAR = {np.float32: 3e-7, np.float64: 1e-13}  # how far a ratio of sums may be off, and some more


def exactly_kept(logits, settings, near):
    """The tokens that pass, with sixty digits to each number; None where a share comes as `near` as that to an edge."""
    top = max(map(Decimal, logits.tolist()))
    weights = {i: ((Decimal(x) - top) / Decimal(settings.temperature)).exp() for i, x in enumerate(logits.tolist())}
    kept = sorted(weights, key=lambda i: (-weights[i], i))[: settings.top_k]
    if settings.top_p is not None:
        p, share, count = Decimal(settings.top_p), Decimal(0), 0
        left = sum(weights[i] for i in kept)
        whole = left
        for i in kept:
            share, left, count = share + weights[i], left - weights[i], count + 1
            if count < len(kept) and p < 1 and abs(share * (1 - p) / (left * p) - 1) < near:
                return None
            if share >= p * whole:
                break
        kept = kept[:count]
    if settings.min_p is not None:
        least = Decimal(settings.min_p) * weights[kept[0]]
        if settings.min_p < 1 and any(abs(weights[i] - least) < Decimal(near) * least for i in kept):
            return None
        kept = [i for i in kept if weights[i] >= least]
    return sorted(kept)


EDGES = [
    1.0,
    1 - 2**-53,
    1 - 1e-15,
    1 - 1e-12,
    1 - 1e-9,
    1 - 1e-8,
    1 - 1e-7,
    0.99999,
    0.999,
    0.9,
    0.5,
    1e-3,
    1e-9,
    1e-17,
]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rounding_never_removes_or_adds_a_token_that_exact_arithmetic_would_not(dtype):
    rng = np.random.default_rng(11)
    told = 0
    for case in range(500):
        logits = rng.normal(0, rng.choice([0.01, 1, 5, 20]), int(rng.integers(2, 50))).astype(dtype)
        settings = SamplingSettings(
            float(rng.choice([0.5, 1.0, 1.7])),
            None if case % 3 else int(rng.integers(1, 50)),
            None if case % 7 == 0 else EDGES[case % len(EDGES)],
            None if rng.random() < 0.6 else float(rng.choice([0, 1e-9, 1e-3, 0.1, 0.9, 1 - 1e-6, 1])),
        )
        expected = exactly_kept(logits, settings, NEAR[dtype])
        if expected is not None:
            told += 1
            assert np.flatnonzero(next_token_probs(logits, settings)).tolist() == expected, (case, settings)
            batch = strips(logits[None], settings)
            if dtype == np.float64:
                assert np.flatnonzero(batch.weights.ravel()).tolist() == expected, (case, settings)
    assert told > 400


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_top_p_1_is_off_to_the_last_digit_alone_and_in_a_batch(dtype):
    logits = np.random.default_rng(5).normal(0, 9, (3, 6000)).astype(dtype)
    for others in ({}, {"temperature": 0.5}, {"top_k": 300}, {"min_p": 0.001}):
        off, on = SamplingSettings(**others), SamplingSettings(top_p=1.0, **others)
        for row in logits:
            assert np.array_equal(next_token_probs(row, on), next_token_probs(row, off))
        assert np.array_equal(strips(logits, on).weights, strips(logits, off).weights)
    assert np.count_nonzero(next_token_probs(logits[0], SamplingSettings(top_p=1.0))) == 6000


def test_min_p_1_keeps_equals_and_nothing_else():
    logits = np.array([0.1, 0.1, np.nextafter(np.float32(0.1), np.float32(0))], np.float32)
    assert np.flatnonzero(next_token_probs(logits, SamplingSettings(min_p=1.0))).tolist() == [0, 1]


def test_among_equals_the_lower_id_is_kept():
    assert filtered([0.2] * 5, top_k=2).tolist() == [0.5, 0.5, 0, 0, 0]
    assert filtered([0.25] * 4, top_p=0.5).tolist() == [0.5, 0.5, 0, 0]
    assert filtered([0.1, 0.3, 0.3, 0.3], top_k=2).tolist() == [0, 0.5, 0.5, 0]


def test_filters_never_leave_nothing():
    for settings in ({"top_k": 1}, {"top_p": 1e-12}, {"min_p": 1.0}):
        assert filtered([0.1, 0.6, 0.3], **settings).tolist() == [0, 1, 0]


def test_a_top_k_beyond_the_vocabulary_changes_nothing():
    assert filtered(TENTHS, top_k=1000) == pytest.approx(TENTHS)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("temperature", [-1, np.nan, np.inf, "1", None, True]),
        ("top_k", [0, -1, 2.0, "5", True]),
        ("top_p", [0, -0.1, 1.01, np.nan, "x"]),
        ("min_p", [-0.1, 1.01, np.nan, "x"]),
    ],
)
def test_bad_settings_are_named(name, bad):
    for value in bad:
        with pytest.raises(ValueError, match=f"{name} must be"):
            SamplingSettings(**{name: value})


# --- the draw


class FixedLuck(np.random.Generator):
    """A numpy Generator whose next random number is known in advance."""

    def __init__(self, u):
        super().__init__(np.random.PCG64(0))
        self.u = u

    def random(self, *args, **kwargs):
        return np.float64(self.u)


def test_the_fixed_generator_is_asked_by_choice():
    """Else the next test would compare nothing: choice must take its u from `random` and give both ends for it."""
    assert FixedLuck(0.0).choice(4, p=TENTHS) == 0
    assert FixedLuck(LAST_U).choice(4, p=TENTHS) == 3


@pytest.mark.parametrize(("most", "times"), [(40, 300), (400, 100)])  # of one block of tokens, and of several
def test_a_draw_is_what_choice_gives_for_that_u(most, times):
    rng = np.random.default_rng(3)
    for _ in range(times):
        probs = rng.dirichlet(np.full(rng.integers(1, most), 0.3))
        probs[rng.random(len(probs)) < 0.3] = 0.0
        probs = probs / probs.sum() if probs.sum() > 0 else np.ones(len(probs)) / len(probs)
        edges = np.cumsum(probs) / np.cumsum(probs)[-1]
        us = [0.0, LAST_U, *rng.random(5), *edges[edges < 1], *np.nextafter(edges[edges > 0], 0)]
        for u in us:
            outcome = draw(probs, u)
            assert outcome.token_id == FixedLuck(u).choice(len(probs), p=probs)
            assert probs[outcome.token_id] > 0
            assert outcome.low <= u < outcome.high
            assert outcome.high == pytest.approx(edges[outcome.token_id], rel=1e-12)


def test_a_draw_is_what_choice_gives_for_that_seed():
    probs = np.random.default_rng(0).dirichlet(np.full(4000, 0.05))
    for seed in range(100):
        u = np.random.default_rng(seed).random()
        assert draw(probs, u).token_id == np.random.default_rng(seed).choice(4000, p=probs)


def test_a_draw_from_blocks_that_hold_nothing_is_what_choice_gives():
    probs = np.zeros(1000)
    probs[[70, 500, 999]] = [0.25, 0.5, 0.25]
    for u in [0.0, 0.1, np.nextafter(0.25, 0), 0.25, 0.6, np.nextafter(0.75, 0), 0.75, LAST_U]:
        assert draw(probs, u).token_id == FixedLuck(u).choice(1000, p=probs)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_draw_of_many_in_either_precision_is_what_choice_gives(dtype):
    rng = np.random.default_rng(1)
    weights = rng.random(100_000).astype(dtype)
    probs = weights / weights.sum()
    for u in rng.random(50):
        assert draw(probs, u).token_id == FixedLuck(u).choice(len(probs), p=probs)


@pytest.mark.parametrize(
    "bad", [[0.0, 0.0], [0.5, -0.1, 0.6], [np.nan, 1.0], [0.5, np.nan], [np.inf, 0.0], [], [[0.5, 0.5]]]
)
def test_what_is_no_distribution_is_refused_in_words(bad):
    with pytest.raises(ValueError, match="probs must be a row of numbers from 0 on, not all of them 0"):
        draw(np.array(bad), 0.5)


def test_segments_hold_their_left_edge_and_not_their_right_one():
    probs = np.array([0.25, 0.0, 0.5, 0.25])
    assert draw(probs, 0.0) == (0.0, 0, 0.0, 0.25)
    assert draw(probs, 0.25) == (0.25, 2, 0.25, 0.75)
    assert draw(probs, np.nextafter(0.25, 0)).token_id == 0
    assert draw(probs, LAST_U).token_id == 3


def test_a_token_of_probability_0_is_never_drawn_at_either_end():
    probs = np.array([0.0, 0.0, 1.0, 0.0])
    assert [draw(probs, u).token_id for u in (0.0, 0.5, LAST_U)] == [2, 2, 2]


@pytest.mark.parametrize("u", [-0.1, 1.0, np.nan])
def test_a_u_outside_0_to_1_is_refused(u):
    with pytest.raises(ValueError, match="u must be in"):
        draw(np.array([1.0]), u)


def test_without_renormalises_and_says_when_nothing_is_left():
    assert without(np.array([0.2, 0.5, 0.3]), 1) == pytest.approx([0.4, 0, 0.6])
    assert without(np.array([0.0, 1.0]), 1) is None
