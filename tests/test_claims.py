"""What the lecture claims, against numbers that do and that do not bear it out."""

from tiny_weights import random_weights

from engine.claims import claims
from engine.comparison import cut
from engine.model import LanguageModel
from engine.vocabulary import Vocabulary

CURVE = {"characters_per_token": 5.0, "loss_by_context": [[1, 3.0], [2, 2.0], [4, 2.0]]}


def carded(model, **card):
    return LanguageModel(model.vocabulary, model.state_dict(), card)


def verdicts(word, char):
    return {claim.name: claim.verdict for claim in claims(word, char)}


def numbers(word, char, name):
    return next(claim.numbers for claim in claims(word, char) if claim.name == name)


def test_a_sentence_has_more_characters_than_words(word_model, char_model):
    word, char = cut(word_model, "a bab."), cut(char_model, "a bab.")
    assert verdicts(word, char)["longer"] == "yes"
    assert numbers(word, char, "longer") == {"word": 4, "char": 6, "times": 1.5}
    word, char = cut(word_model, "a"), cut(char_model, "a")
    assert verdicts(word, char)["longer"] == "no"  # a and <EOS> against a


def test_unknown_words_are_counted_and_a_foreign_letter_refutes_the_claim(word_model, char_model):
    word, char = cut(word_model, "a bab."), cut(char_model, "a bab.")
    assert verdicts(word, char)["unknown"] == "yes"
    assert numbers(word, char, "unknown") == {"count": 2, "word": 3}
    word, char = cut(word_model, "Cats."), cut(char_model, "Cats.")
    assert verdicts(word, char)["unknown"] == "no"
    assert numbers(word, char, "unknown")["letters"] == ("C", "t", "s")
    assert verdicts(word, char)["longer"] == verdicts(word, char)["cost"] == "open"


def test_the_grip_is_compared_in_characters_and_may_refute_the_lecture(word_model, char_model):
    far, near = CURVE, CURVE | {"characters_per_token": 1.0}
    text = "ab"
    word, char = cut(carded(word_model, **far), text), cut(carded(char_model, **near), text)
    assert verdicts(word, char)["grip"] == "yes"
    assert numbers(word, char, "grip") == {"word": 10, "char": 2}
    word, char = cut(carded(word_model, **near), text), cut(carded(char_model, **far), text)
    assert verdicts(word, char)["grip"] == "no"
    assert verdicts(word, cut(char_model, text))["grip"] == "open"


def test_the_cost_needs_multiply_adds_and_seconds_to_agree(word_model, char_model):
    def verdict(text, seconds):
        word, char = cut(carded(word_model, seconds=10), text), cut(carded(char_model, seconds=seconds), text)
        return verdicts(word, char)["cost"]

    # multiply-adds a step: 3 * 16 + 20 of the GRU against 16 + 20 of the plain RNN
    assert verdict("ab ab ab ab", 20) == "yes"
    assert verdict("ab ab ab ab", 5) == "mixed"
    assert verdict("a", 5) == "no"
    assert verdicts(cut(word_model, "ab"), cut(char_model, "ab"))["cost"] == "open"


def test_an_empty_text_leaves_open_what_a_text_must_show(word_model, char_model):
    found = verdicts(cut(word_model, ""), cut(char_model, ""))
    assert found == {"longer": "open", "unknown": "open", "grip": "open", "cost": "open"}


def test_a_character_model_that_says_unk_too_does_not_quite_bear_the_claim_out(word_model):
    vocabulary = Vocabulary(["<UNK>", *"ab "], "char", unk_token="<UNK>")
    char = LanguageModel.from_state_dict(vocabulary, random_weights("rnn", words=len(vocabulary)))
    word, char = cut(word_model, "a東"), cut(char, "a東")
    assert verdicts(word, char)["unknown"] == "mixed"
    assert numbers(word, char, "unknown")["letters"] == ("東",)
    assert char.letters > 0
