"""The cards of a text say what the scores say, a page at a time; the totals add them up."""

from math import log2

import numpy as np
import pytest

from engine.figures.labels import joined, times
from engine.figures.surprisals import CARDS, cards, most_surprising, pages, top_bits, totals, written
from engine.scoring import read, score, spelling_bits
from engine.ui.i18n import LANGUAGES, translator

EN = translator("en")
FIRST = [0.5, 0.25, 0.125, 0.0625, 0.0625]  # of <EOS> <UNK> Cats sleep .


@pytest.fixture
def model(bigram_model):
    return bigram_model(FIRST)


def cards_of(reading, model, page=1, top=10, t=EN):
    return cards(reading, model.vocabulary, page, top, t)["cards"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_what_the_score_says(model, language):
    card = cards_of(read(model, "Cats sleep"), model, t=translator(language))[1]
    assert (card["text"], card["bits"], card["prob"], card["rank"]) == ("sleep", "4.0", "6.2%", "4")
    assert card["rather"] == ["<EOS>", "<UNK>", "Cats"]
    assert card["height"] == pytest.approx(0.4)
    assert card["shade"] == 2  # from 3 bits on
    rather = joined(["“<EOS>” 50.0%", "“<UNK>” 25.0%", "“Cats” 12.5%"], translator(language))
    for part in ("“sleep”", "6.2%", "4.0", rather):
        assert part in card["title"]


def test_an_unknown_word_stands_as_it_is_written_under_the_sign_of_unk(model):
    cats, mau, unk, _ = cards_of(read(model, "Cats Mau <UNK>"), model)
    assert (cats["text"], cats["sign"], cats["kind"]) == ("Cats", "", "token")
    assert (mau["text"], mau["sign"], mau["kind"]) == ("Mau", "<UNK>", "unk")
    assert (unk["text"], unk["sign"], unk["kind"]) == ("<UNK>", "", "unk")  # so written: nothing stands for it
    assert "“Mau” (here “<UNK>”)" in mau["title"]


def test_the_last_card_is_the_end_where_there_is_one(model, char_model):
    end = cards_of(read(model, "Cats"), model)[-1]
    assert (end["text"], end["kind"], end["place"], end["rather"]) == ("<EOS>", "eos", 1, [])
    last = cards_of(read(char_model, "a \n"), char_model)
    assert [card["text"] for card in last] == ["a", "␣", "↵"]


def test_a_long_text_is_shown_in_pages_that_leave_nothing_out(char_model):
    size = CARDS["char"]
    reading = read(char_model, "ab \n." * (size // 2))
    count = pages(reading, char_model.vocabulary)
    assert count == -(-len(reading.pieces) // size)
    shown = [cards_of(reading, char_model, page) for page in range(1, count + 1)]
    assert all(len(one) <= size for one in shown)
    assert [card["place"] for one in shown for card in one] == list(range(len(reading.pieces)))


def test_the_end_may_have_a_page_of_its_own(model):
    reading = read(model, "Cats " * CARDS["word"])
    assert pages(reading, model.vocabulary) == 2
    assert [card["kind"] for card in cards_of(reading, model, page=2)] == ["eos"]


def test_bars_of_compared_texts_have_one_scale(model):
    one, other = read(model, "Cats"), read(model, "sleep.")
    assert top_bits([one, other]) == 10  # nothing is rarer than one in 1,024
    rare = read(model, "Cats")._replace(scores=[score(model, [2])[0]._replace(surprisal=25.0)])
    assert top_bits([one, rare]) == 25


def test_log_p_and_perplexity_are_of_the_text_and_bits_per_character_of_the_whole_with_its_end(model):
    sums = totals(read(model, "Cats sleep."), model.vocabulary)
    bits = 3 + 4 + 4
    assert (sums.tokens, sums.characters) == (3, len("Cats sleep.") + 1)
    assert sums.log_prob == pytest.approx(-bits * np.log(2))
    assert sums.perplexity == pytest.approx(2 ** (bits / 3))
    assert sums.bits_per_character == sums.spelled == pytest.approx((bits + 1) / 12)  # P(<EOS>) is a half
    assert sums.end_prob == pytest.approx(0.5)


def test_an_unknown_word_costs_its_letters_too(model):
    sums = totals(read(model, "Cats Mau"), model.vocabulary)
    assert sums.bits_per_character == pytest.approx((3 + 2 + 1) / 9)
    assert sums.spelled == pytest.approx((3 + 2 + 1 + spelling_bits(["Cats", "sleep", "."], ["Mau"])) / 9)
    # 10 letters and 3 ends; C a t s l e p . make 8, the end 9, M and u are new: 11 kinds, each counted once more
    assert spelling_bits(["Cats", "sleep", "."], ["Mau"]) == pytest.approx(-log2(1 / 24 * 2 / 24 * 1 / 24 * 4 / 24))


def test_a_vocabulary_without_an_end_has_no_chance_of_it(char_model):
    assert totals(read(char_model, "a"), char_model.vocabulary).end_prob is None


def test_the_most_surprising_token_is_found_and_written_as_in_the_text(model):
    reading = read(model, "Cats Mau sleep .")
    assert most_surprising(reading) == 2  # of equals the first
    assert written(reading, 1, model.vocabulary) == "Mau"
    assert written(reading, 4, model.vocabulary) == "<EOS>"


@pytest.mark.parametrize(
    ("nats", "text"), [(0, "1.00"), (np.log(2), "2.00"), (np.log(172), "172"), (np.log(10) * 12, "10^12.0")]
)
def test_how_many_times_as_probable(nats, text):
    assert times(nats) == text
