"""What is said of a text that is scored, on tiny vocabularies: with and without <EOS> and <UNK>."""

import pytest
from tiny_weights import random_weights

from engine.model import LanguageModel
from engine.scoring import read
from engine.ui.i18n import LANGUAGES, translator
from engine.ui.score.sentences import Scored, refusal, sentences, totals
from engine.vocabulary import Vocabulary

EN = translator("en")
FIRST = [0.5, 0.25, 0.125, 0.0625, 0.0625]  # of <EOS> <UNK> Cats sleep .


def side(model, text):
    return Scored("tiny", model, text, read(model, text))


@pytest.fixture
def bare_model():
    """Five words, neither <EOS> nor <UNK>."""
    return LanguageModel.from_state_dict(Vocabulary(["a", "b", "c", "d", "e"], "word"), random_weights("rnn", seed=2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_nothing_stands_for_is_refused_by_name(bare_model, language):
    said = refusal(Scored("tiny", bare_model, "a Mau b Mauё", None), translator(language))
    assert "“Mau”, “Mauё”".replace(", ", translator(language)("list.comma")) in said
    assert "<UNK>" in said


def measures(one):
    return totals(one.reading, one.model.vocabulary, EN)


def test_a_row_that_the_vocabulary_cannot_fill_says_so(bare_model, bigram_model):
    said = measures(side(bare_model, "a b"))
    assert "no &lt;EOS&gt; in this vocabulary" in said
    assert "no &lt;UNK&gt; in this vocabulary" in said
    said = measures(side(bigram_model(FIRST), "Cats"))
    assert "50.0%" in said
    assert "in this vocabulary" not in said


def test_the_more_probable_text_is_named_with_how_many_times(bigram_model):
    cats, sleep = (side(bigram_model(FIRST), text) for text in ("Cats", "sleep"))
    assert sentences([cats, sleep], EN) == ["The first text is 2.00 times as probable as the second."]
    assert sentences([sleep, cats], EN) == ["The second text is 2.00 times as probable as the first."]
    assert sentences([cats, cats], EN) == ["Both texts are equally probable."]


def test_across_vocabularies_bits_per_character_are_compared(bigram_model, bare_model):
    said = sentences([side(bigram_model(FIRST), "Cats"), side(bare_model, "a")], EN)
    assert said[0].startswith("Two vocabularies: compare bits per character, 0.80 against ")


def test_the_greatest_surprise_and_what_the_model_would_rather_have_had(bigram_model):
    model = bigram_model(FIRST)
    surprise, rather, unknown = sentences([side(model, "Cats Mau sleep")], EN)
    assert "t = 3, 4.0 bits (P = 6.2%)" in surprise
    assert rather.index("<EOS>") < rather.index("<UNK>") < rather.index("Cats")
    assert unknown.startswith("<UNK> stands for “Mau”: its P is that of any word but the 3 ")
    assert "Mau" in sentences([side(model, "Mau")], EN)[0]


def test_a_text_of_first_choices_holds_no_surprise(bigram_model):
    certain = [0.0, 0.0, 1.0, 0.0, 0.0]
    said = sentences([side(bigram_model(certain), "Cats Cats")], EN)
    assert said[1] == EN("score.surprise.none")


def test_what_one_of_two_texts_lacks_is_asked_for(bigram_model):
    model = bigram_model(FIRST)
    assert sentences([side(model, "Cats"), side(model, " ")], EN) == [EN("score.empty")]
    assert sentences([side(model, "Cats"), Scored("tiny", model, "x", None)], EN) == [EN("score.refused")]
