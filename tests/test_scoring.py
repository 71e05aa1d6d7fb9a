"""Scores of a given text, on a model that can be worked by hand."""

import tracemalloc

import numpy as np
import pytest
from tiny_weights import random_weights

from engine.model import LanguageModel
from engine.sampling import softmax
from engine.scoring import bits_per_character, log_prob, perplexity, read, score, text_before
from engine.training.loop import sequence_gradients
from engine.vocabulary import UnknownTokenError, Vocabulary

FIRST = [0.5, 0.25, 0.125, 0.0625, 0.0625]


def test_scores_by_hand(bigram_model):
    table = [FIRST, FIRST, [0.0, 0.0, 0.25, 0.75, 0.0], FIRST, FIRST]
    first, second, third = score(bigram_model(FIRST, table), [2, 3, 4])
    assert (first.token_id, first.rank, first.likeliest) == (2, 3, 0)
    assert (first.prob, first.surprisal) == pytest.approx((1 / 8, 3))
    assert (second.prob, second.surprisal, second.rank) == pytest.approx((0.75, np.log2(4 / 3), 1))
    assert (third.prob, third.rank) == pytest.approx((1 / 16, 5))  # of two equals the lower id comes first


def test_the_first_token_is_predicted_from_the_zero_vector(random_model):
    model = random_model("lstm")
    probs = softmax(model.step(None, model.initial_state())[0])
    assert [score(model, [i])[0].prob for i in range(5)] == pytest.approx(probs)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_measures_agree_with_the_training_loss(random_model, cell):
    model, ids = random_model(cell, layers=2), [2, 3, 1, 4, 0, 2, 2]
    loss, _ = sequence_gradients(model, ids)  # nats per token
    scores = score(model, ids)
    assert log_prob(scores) == pytest.approx(-7 * loss)
    assert perplexity(scores) == pytest.approx(np.exp(loss))
    assert bits_per_character(scores, 20) == pytest.approx(7 * loss / np.log(2) / 20)


def test_a_uniform_model_has_the_perplexity_of_its_vocabulary(bigram_model):
    scores = score(bigram_model([0.2] * 5), [0, 1, 2, 3, 4])
    assert perplexity(scores) == pytest.approx(5)
    assert [each.rank for each in scores] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("length", [1, 127, 128, 129, 300])
def test_scores_do_not_depend_on_where_the_text_is_cut_for_memory(random_model, length):
    model = random_model("gru", layers=2)
    ids = np.random.default_rng(0).integers(0, 5, length).tolist()
    token_id, state = None, model.initial_state()
    for next_id, each in zip(ids, score(model, ids), strict=True):
        logits, state = model.step(token_id, state)
        probs = softmax(logits)
        assert each.prob == pytest.approx(probs[next_id], abs=1e-12)
        assert each.rank == 1 + (probs > probs[next_id]).sum()
        token_id = next_id


def test_an_impossible_token_is_a_large_surprise_and_no_error(bigram_model):
    (only,) = scores = score(bigram_model([1, 0, 0, 0, 0]), [3])
    assert only.prob == 0
    assert only.surprisal > 1000
    assert perplexity(scores) == np.inf


def test_no_text_has_no_scores(random_model):
    assert score(random_model("rnn"), []) == []
    assert log_prob([]) == 0
    with pytest.raises(ValueError, match="at least one token"):
        perplexity([])
    with pytest.raises(ValueError, match="characters must be 1 or more"):
        bits_per_character([], 0)


@pytest.mark.parametrize("bad", [-1, 5])
def test_an_id_outside_the_vocabulary_is_refused(random_model, bad):
    with pytest.raises(ValueError, match=f"from 0 to 4, but there is {bad}"):
        score(random_model("rnn"), [2, bad])


def test_a_long_text_under_a_large_vocabulary_stays_within_bounded_memory():
    words = 6000
    weights = random_weights("rnn", dtype=np.float32, words=words, hidden=8, embedding=4)
    model = LanguageModel.from_state_dict(Vocabulary([f"w{i}" for i in range(words)], "word"), weights)
    ids = np.random.default_rng(0).integers(0, words, 2000).tolist()
    tracemalloc.start()
    scores = score(model, ids)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(scores) == 2000
    assert peak < 50e6  # all logits in float64 would be 96 MB


def test_the_tokens_of_lower_rank_are_named_likeliest_first_and_no_others(bigram_model):
    model = bigram_model(FIRST)
    last, first, third, second = score(model, [4, 0, 2, 1])
    assert [token_id for token_id, _ in last.preferred] == [0, 1, 2]
    assert [prob for _, prob in last.preferred] == pytest.approx([0.5, 0.25, 0.125])
    assert first.preferred == ()
    assert [len(each.preferred) for each in (first, second, third, last)] == [0, 1, 2, 3]
    assert [each.likeliest for each in (first, second, third, last)] == [0, 0, 0, 0]


def test_of_equals_the_lower_ids_are_preferred(bigram_model):
    scores = score(bigram_model([0.2] * 5), [4, 1])
    assert [[token_id for token_id, _ in each.preferred] for each in scores] == [[0, 1, 2], [0]]


def test_preferred_tokens_are_those_of_a_full_sort(random_model):
    model = random_model("lstm")
    token_id, state = None, model.initial_state()
    for each in score(model, [4, 1, 0, 2, 3, 3]):
        logits, state = model.step(token_id, state)
        probs = softmax(logits)
        better = [i for i in np.argsort(-probs, kind="stable") if probs[i] > probs[each.token_id]][:3]
        assert [i for i, _ in each.preferred] == better
        assert [prob for _, prob in each.preferred] == pytest.approx([probs[i] for i in better])
        token_id = each.token_id


def test_a_text_is_read_with_its_unknown_words_and_the_chance_of_an_end(bigram_model):
    reading = read(bigram_model(FIRST), "Cats  snore .\n")
    assert reading.pieces == ("Cats", "snore", ".")
    assert reading.starts == (0, 6, 12, 14)
    assert [each.token_id for each in reading.scores] == [2, 1, 4]
    assert reading.unknown == ("snore",)
    assert reading.end.token_id == 0
    assert reading.end.prob == pytest.approx(0.5)
    assert reading.characters == len("Cats  snore .\n") + 1  # as typed, and the end


def test_a_vocabulary_without_an_end_gives_none(char_model):
    reading = read(char_model, "ab \na")
    assert reading.end is None
    assert (reading.pieces, reading.characters) == (("a", "b", " ", "\n", "a"), 5)


def test_an_unknown_character_is_refused_by_name(char_model):
    with pytest.raises(UnknownTokenError, match="'東'"):
        read(char_model, "ab東")


def test_no_text_is_read_as_the_chance_of_an_end_alone(bigram_model):
    reading = read(bigram_model(FIRST), " \n ")
    assert (reading.pieces, reading.scores, reading.characters) == ((), [], 4)
    assert reading.end.prob == pytest.approx(0.5)


def test_the_text_before_a_token_is_that_which_the_model_has_read(random_model):
    model = random_model("gru")
    reading = read(model, "Cats sleep. Cats snore")
    for place in range(len(reading.pieces) + 1):
        text, first = text_before(reading, place, most=300)
        assert first == 0
        assert model.vocabulary.encode(text) == [each.token_id for each in reading.scores[:place]]


def test_of_a_long_text_before_a_token_the_last_whole_tokens_that_fit_are_left(random_model):
    reading = read(random_model("gru"), "Cats sleep. Cats snore")
    assert text_before(reading, 4, most=12) == ("sleep. Cats ", 1)
    assert text_before(reading, 4, most=11) == (". Cats ", 2)
    assert text_before(reading, 4, most=4) == ("", 4)
    assert text_before(reading, 5, most=11) == ("Cats snore", 3)
    assert text_before(reading, 0, most=300) == ("", 0)
