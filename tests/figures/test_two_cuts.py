"""The two cuts as a picture: every character once, in order, under the word that it belongs to."""

import pytest
from tiny_weights import random_weights

from engine.comparison import begun, cut
from engine.figures.two_cuts import LATEST, factors, scientific, track_chips, two_cuts
from engine.model import LanguageModel
from engine.ui.i18n import translator
from engine.vocabulary import Vocabulary

t = translator("en")


def spelling(picture):
    return "".join(label for block in picture["blocks"] for label, kind in block["chars"] if kind != "eos")


def words(picture):
    return [(block["word"], block["kind"]) for block in picture["blocks"] if block["word"]]


def test_words_stand_over_their_characters_and_spaces_under_none(word_model, char_model):
    picture = two_cuts(cut(word_model, "ab Cats."), cut(char_model, "ab Cats."), t)
    assert words(picture) == [("<UNK>", "unk"), ("Cats", "token"), (".", "token"), ("<EOS>", "eos")]
    assert spelling(picture) == "ab␣Cats."
    assert [len(block["chars"]) for block in picture["blocks"]] == [2, 1, 4, 1, 0]
    assert picture["blocks"][2]["chars"][0] == ("C", "foreign")
    assert "3 words" in picture["label"]
    assert "8 characters" in picture["label"]


def test_the_end_is_shown_for_the_models_that_have_one(char_model, word_model):
    ended = LanguageModel.from_state_dict(Vocabulary(["<EOS>", *"ab ."], "char", "<EOS>"), random_weights("rnn"))
    picture = two_cuts(cut(word_model, "ab"), cut(ended, "ab"), t)
    assert picture["blocks"][-1] == {"word": "<EOS>", "kind": "eos", "chars": [("<EOS>", "eos")]}
    assert two_cuts(cut(word_model, ""), cut(char_model, ""), t)["blocks"] == []


def test_the_factors_multiply_to_the_probability_and_eos_is_one_more(bigram_model):
    model = bigram_model([0.25, 0.25, 0.25, 0.125, 0.125])
    assert factors(cut(model, "Cats sleep")) == {
        "factors": [("P(Cats)", "25.0%", "token"), ("P(sleep | Cats)", "12.5%", "token")],
        "product": "3.1%",
        "end": ("P(<EOS> | Cats sleep)", "= 25.0%"),
        "whole": "0.78%",
    }
    assert factors(cut(model, "Mau"))["factors"] == [("P(<UNK>)", "25.0%", "unk")]


def test_without_eos_there_is_nothing_to_add_and_without_scores_no_factor(char_model):
    product = factors(cut(char_model, "a b"))
    assert [row[0] for row in product["factors"]] == ["P(a)", "P(␣ | a)", "P(b | a␣)"]
    assert product["end"] is product["whole"] is None
    assert factors(cut(char_model, "Mau")) == {"factors": [], "product": None, "end": None, "whole": None}


def test_the_chips_are_the_latest_tokens(char_model):
    track = begun(char_model, 0).advanced(LATEST["char"] + 5)
    chips = track_chips(track, t)
    assert len(chips["chips"]) == LATEST["char"]
    assert "5" in chips["earlier"]
    assert track_chips(begun(char_model, 0), t) == {"chips": [], "earlier": ""}


@pytest.mark.parametrize(
    ("bits", "text"),
    [(1.0, "50.0%"), (20.0, "9.5 × 10⁻⁷"), (2000.0, "8.7 × 10⁻⁶⁰³"), (23.2534966642, "1.0 × 10⁻⁷")],
)
def test_tiny_probabilities_are_written_as_powers_of_ten(bits, text):
    assert scientific(bits) == text
