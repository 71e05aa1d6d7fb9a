"""The card of a model: its figures are those of the text and the network, on tiny ones that can be counted by hand."""

import math

import numpy as np
import pytest

from engine import scoring
from engine.novelty import novelty
from engine.training.model_card import finished_model, spelling_bits, with_loss_by_context
from engine.training.plans import Plan, initial_weights, prepare

PIECES = [f"The {animal} sat on the {place} ." for animal in ("cat", "dog", "gnu") for place in "abcdefghijklmnopqrst"]
WORDS = Plan("speeches", "word", "gru", 6, 1, 4, 0.01, embedding=4, vocabulary_size=8, unk=True)
STREAM = Plan("shakespeare", "char", "lstm", 6, 1, 4, 0.01)
COST = {"updates": 5, "seconds": 7, "cpu_seconds": 6}


def made(plan, stream=False):
    """(text, model with card and context curve, its loss) of an untrained network."""
    text = prepare(PIECES, plan, stream)
    weights = initial_weights(plan, len(text.vocabulary), np.random.default_rng(0))
    return text, with_loss_by_context(finished_model(weights, COST, 2.0, plan, text), text)


def test_costs_and_counts_of_a_word_model():
    _, model = made(WORDS)
    card = model.card
    assert (card["updates"], card["seconds"], card["cpu_seconds"]) == (5, 7, 6)
    assert card["training_sequences"] + card["held_out_sequences"] == len(PIECES)
    assert card["held_out_tokens"] == 8 * card["held_out_sequences"]  # seven pieces and <EOS>
    # W_ih 18 x 4, W_hh 18 x 6, output 8 x 6; the embedding is looked up
    assert card["multiply_adds_per_token"] == 18 * 4 + 18 * 6 + 8 * 6
    assert card["multiply_adds_per_sequence"] == 8 * card["multiply_adds_per_token"]


def test_bits_per_character_without_and_with_the_spelling_of_unknown_words():
    text, model = made(WORDS)
    card = model.card
    bits = 2.0 * card["held_out_tokens"] / math.log(2)
    unknown = text.unknown_words[1]
    assert len(unknown) == sum((part == text.vocabulary.unk_id).sum() for part in text.held_out) > 0
    assert card["held_out_unk_rate"] == round(len(unknown) / card["held_out_tokens"], 4)
    assert card["held_out_bits_per_character"] == pytest.approx(bits / card["held_out_characters"], abs=1e-4)
    spelled = bits + spelling_bits(*text.unknown_words)
    assert card["held_out_bits_per_character_spelled"] == pytest.approx(spelled / card["held_out_characters"], abs=1e-4)


def test_a_word_is_spelled_by_the_letters_of_unknown_words_and_its_end():
    # known: b, b, end; counts with one more each: a 1, b 3, end 2 of 6
    assert spelling_bits(["bb"], ["a", "b"]) == pytest.approx(-math.log2(1 / 6 * 2 / 6 * 3 / 6 * 2 / 6))
    assert spelling_bits(["bb"], []) == 0


def test_sequences_are_hashed_whole_and_a_stream_by_windows():
    text, model = made(WORDS)
    assert novelty(text.training[3], model.training_hashes, "word", 0)[:2] == (1, 1)
    text, model = made(STREAM, stream=True)
    assert model.card["multiply_adds_per_sequence"] is None
    assert novelty(text.training[0][40:103], model.training_hashes, "char", None).stretch[1] == 32


def test_the_loss_by_context_at_its_longest_is_the_loss_of_the_whole_sequences():
    text, model = made(WORDS)
    scored = [scoring.score(model, piece.tolist()) for piece in text.held_out]
    nats = -sum(map(scoring.log_prob, scored)) / sum(map(len, scored))
    curve = model.card["loss_by_context"]
    assert [k for k, _ in curve] == [1, 2, 4, 8]
    assert curve[-1][1] == pytest.approx(nats, abs=1e-4)


def test_with_one_token_in_sight_the_model_sees_only_that_one():
    text, model = made(WORDS)
    nats = []
    for piece in text.held_out:
        for place, token_id in enumerate(piece.tolist()):
            seen = piece[max(0, place - 1) : place].tolist()
            nats.append(-scoring.log_prob(scoring.score(model, [*seen, token_id])[-1:]))
    assert model.card["loss_by_context"][0][1] == pytest.approx(np.mean(nats), abs=1e-4)


def test_in_a_stream_the_longest_context_is_bounded():
    _, model = made(STREAM, stream=True)
    assert [k for k, _ in model.card["loss_by_context"]] == [2**k for k in range(10)]
