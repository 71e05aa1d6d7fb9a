"""One text under two models: cuts, costs and memory as they come out by hand on tiny models."""

import numpy as np
import pytest
from tiny_weights import random_weights

from engine import comparison
from engine.comparison import begun, change_without_past, context_curve, cut, reach, seconds_of, training_seconds
from engine.figures.surprisals import totals
from engine.generation import generate
from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.sampling import softmax
from engine.scoring import read
from engine.ui.models import FOLDER
from engine.vocabulary import Vocabulary

CARD = {
    "loss_by_context": [[1, 3.0], [2, 2.02], [4, 2.01], [8, 2.0]],
    "characters_per_token": 5.0,
    "held_out_bits_per_character": 0.5,
    "held_out_bits_per_character_spelled": 0.7,
}


def cells(whole):
    return [(whole.text[start:end], kind) for start, end, kind in whole.pieces]


def test_a_word_model_skips_spaces_and_says_unk_for_what_it_lacks(word_model):
    whole = cut(word_model, "Cats  snore.")
    assert cells(whole) == [("Cats", "token"), ("snore", "unk"), (".", "token")]
    assert [each.token_id for each in whole.scores] == [2, 1, 4, 0]  # and <EOS>
    assert whole.written("unk") == ["snore"]
    assert whole.characters == len("Cats  snore.") + 1  # as typed, and the end


def test_repeated_pieces_keep_their_own_places(word_model):
    assert [piece.start for piece in cut(word_model, "sleep Cats sleep sleep").pieces] == [0, 6, 11, 17]


def test_unk_as_typed_is_that_token_and_eos_as_typed_is_unknown(word_model):
    whole = cut(word_model, "Cats <UNK> snore <EOS>")
    assert [kind for _, kind in cells(whole)][:3] == ["token", "token", "unk"]
    assert {kind for _, kind in cells(whole)[3:]} == {"unk"}
    reading = read(word_model, "Cats <UNK> snore <EOS>")
    assert whole.written("unk") == list(dict.fromkeys(reading.unknown)) == word_model.vocabulary.unknown(whole.text)


def test_a_character_model_has_a_piece_for_every_character_and_no_scores_with_a_foreign_one(char_model):
    whole = cut(char_model, "a b")
    assert cells(whole) == [("a", "token"), (" ", "token"), ("b", "token")]
    assert whole.characters == 3  # no <EOS> to say the end
    whole = cut(char_model, "a東")
    assert cells(whole)[1] == ("東", "foreign")
    assert whole.scores == ()
    assert whole.bits is whole.bits_per_character is None


def test_without_unk_an_unknown_word_is_foreign():
    vocabulary = Vocabulary(["<EOS>", "Cats", "sleep", ".", "a"], "word", "<EOS>")
    model = LanguageModel.from_state_dict(vocabulary, random_weights("gru"))
    assert cells(cut(model, "Cats snore")) == [("Cats", "token"), ("snore", "foreign")]


@pytest.mark.parametrize("text", ["", "   "])
def test_no_text_has_no_scores(word_model, text):
    assert cut(word_model, text).scores == ()


def test_bits_and_multiply_adds_are_those_of_all_steps(bigram_model):
    model = bigram_model([0.25, 0.25, 0.25, 0.125, 0.125])
    whole = cut(model, "Cats sleep")
    assert whole.bits == pytest.approx(2 + 3 + 2)  # Cats, sleep, <EOS>
    assert whole.bits_per_character == pytest.approx(7 / 11)
    assert whole.multiply_adds == 3 * (5 * 5 + 5 * 5)  # W_hh and the output; the one-hot input is looked up


def test_the_seconds_of_a_sentence_are_measured(char_model, monkeypatch):
    ticks = iter(range(100))
    monkeypatch.setattr(comparison, "perf_counter", lambda: next(ticks))
    assert seconds_of(cut(char_model, "ab")) == 1


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_change_without_the_past_is_that_of_two_runs_of_the_network(random_model, cell):
    model = random_model(cell)
    whole = cut(model, "Cats sleep. Cats. sleep Cats")
    ids = [each.token_id for each in whole.scores][:-1]

    def ahead(seen):
        token_id, state = None, model.initial_state()
        for next_id in [*seen, None]:
            logits, state = model.step(token_id, state)
            token_id = next_id
        return softmax(logits)

    for k in (1, 2, 3):
        by_hand = [(i, 0.5 * np.abs(ahead(ids[:i]) - ahead(ids[i - k : i])).sum()) for i in range(k + 1, len(ids))]
        found = change_without_past(whole, k)
        assert [i for i, _ in found] == [i for i, _ in by_hand]
        assert [change for _, change in found] == pytest.approx([change for _, change in by_hand], abs=1e-9)


def test_a_model_without_memory_loses_nothing_and_a_short_text_has_nothing_to_lose(bigram_model):
    table = np.random.default_rng(0).dirichlet(np.ones(5), 5)
    whole = cut(bigram_model(np.full(5, 0.2), table), "Cats sleep . Cats")
    assert [change for _, change in change_without_past(whole, 1)] == pytest.approx([0, 0], abs=1e-9)
    assert change_without_past(whole, 3) == []
    assert change_without_past(cut(whole.model, "Cats"), 1) == []
    assert change_without_past(cut(whole.model, ""), 1) == []


def test_of_a_long_text_only_some_places_are_computed(char_model):
    found = change_without_past(cut(char_model, "ab " * 100), 2)
    assert len(found) == comparison.PLACES
    assert found[0][0] == 3
    assert found[-1][0] == 299


def test_a_track_takes_the_steps_of_its_run_and_counts_only_their_time(word_model, monkeypatch):
    ticks = iter(range(10_000))
    monkeypatch.setattr(comparison, "perf_counter", lambda: 1e-3 * next(ticks))
    track = begun(word_model, 5)
    steps = list(generate(word_model, Recipe(5, limit=comparison.LIMITS["word"])))
    track = track.advanced()
    assert [step.token_id for step in track.steps] == [steps[0].token_id]
    assert track.seconds == pytest.approx(1e-3)
    track = track.advanced(10_000)
    assert [step.token_id for step in track.steps] == [step.token_id for step in steps]
    assert track.seconds == pytest.approx(1e-3 * len(steps))
    assert track.finish_reason == steps[-1].finish_reason
    assert track.advanced() == track
    assert track.rejections == sum(len(step.draws) - 1 for step in steps)


def test_a_slow_run_hands_back_after_half_a_second(char_model, monkeypatch):
    ticks = iter(range(1000))
    monkeypatch.setattr(comparison, "perf_counter", lambda: 0.2 * next(ticks))
    assert len(begun(char_model, 0).advanced(100).steps) == 3


def test_the_reach_lies_where_the_curve_comes_within_one_percent_and_the_curve_is_in_bits_and_characters():
    assert reach(CARD) == pytest.approx((2, 10.0, False))
    between = reach(CARD | {"loss_by_context": [[1, 2.5], [2, 1.9], [4, 2.0], [8, 2.0]]})
    assert between == pytest.approx((2 ** ((2.5 - 1.01 * 1.9) / 0.6), 5 * 2 ** ((2.5 - 1.01 * 1.9) / 0.6), False))
    assert 1 < between.tokens < 2
    assert reach(CARD | {"loss_by_context": [[4, 2.0], [8, 2.0]]}) == (4, 20.0, False)
    assert reach(CARD | {"loss_by_context": [[1, 3.0], [2, 2.0]]}) == (2, 10.0, True)
    curve = context_curve(CARD)
    assert [seen for seen, _ in curve] == [5, 10, 20, 40]
    assert curve[0][1] == pytest.approx(3 / np.log(2) / 5 + 0.2)  # and the bits that spell <UNK>


@pytest.mark.parametrize(
    "wrong",
    [
        {"loss_by_context": None},
        {"loss_by_context": [[1, -2.0]]},
        {"loss_by_context": [1, 2]},
        {"loss_by_context": [["1", 2]]},
        {"characters_per_token": 0},
        {"characters_per_token": "5"},
    ],
)
def test_a_card_that_does_not_say_has_no_curve(wrong):
    assert context_curve(CARD | wrong) == []
    assert reach(CARD | wrong) is None


def test_trainings_are_compared_by_a_clock_that_both_have():
    new, old = {"cpu_seconds": 3, "seconds": 5}, {"seconds": 7}
    assert training_seconds(new, new) == ([3, 3], "cpu_seconds")
    assert training_seconds(new, old) == ([5, 7], "seconds")
    assert training_seconds(new, {}) == ([], "")


TEXTS = ["Cats average 15 hours of sleep a day.", "My cat is an Egyptian Mau.", "the  <UNK> , of", "I"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.npz")), ids=lambda path: path.stem)
def test_a_sentence_has_the_same_bits_per_character_on_both_pages(path):
    """And so has what is unknown in it: the page Score reads it by `read`, this one by `cut`."""
    model = LanguageModel.load(path)
    for text in TEXTS:
        whole = cut(model, text)
        if whole.written("foreign"):
            continue
        reading = read(model, text)
        sums = totals(reading, model.vocabulary)
        assert sums.bits_per_character == pytest.approx(whole.bits_per_character, rel=1e-12)
        assert sums.spelled == pytest.approx(whole.bits_per_character + whole.letters / whole.characters, rel=1e-12)
        assert list(dict.fromkeys(reading.unknown)) == whole.written("unk") == model.vocabulary.unknown(text)
