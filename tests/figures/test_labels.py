"""Labels: a probability in a sentence is never both equal to and less than something."""

import pytest

from engine.figures.labels import divisor, equal, in_digits, listed, named, token_label, visible
from engine.sampling import Draw
from engine.ui.i18n import LANGUAGES, WORDS, translator
from engine.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0.042, "= 4.2%"), (0.0, "< 0.001%"), (1.0, "= 100%"), (1e-7, "< 0.001%"), (0.99999, "> 99.9%")],
)
def test_a_probability_in_a_sentence_has_one_relation(probability, text):
    assert equal(probability) == text


def test_no_sentence_puts_an_equals_sign_before_a_percentage_that_has_its_own():
    for language in range(len(LANGUAGES)):
        assert [key for key, texts in WORDS.items() if "P = {prob}" in texts[language]] == []


def test_u_is_told_apart_from_the_edges_of_its_segment():
    assert in_digits(Draw(0.123456, 0, 0.1, 0.2)) == ("0.1000", "0.1235", "0.2000")
    assert in_digits(Draw(0.99997, 0, 0.5, 1.0)) == ("0.50000", "0.99997", "1.00000")
    assert in_digits(Draw(0.5, 0, 0.5, 0.6)) == ("0.5000", "0.5000", "0.6000")


@pytest.mark.parametrize(
    ("piece", "picture", "sentence"),
    [
        ("Mau", "Mau", "“Mau”"),
        ("東", "東", "“東”"),
        (" ", "␣", "SPACE (U+0020)"),
        ("\u200d", "U+200D", "ZERO WIDTH JOINER (U+200D)"),
        ("\ufe0f", "U+FE0F", "VARIATION SELECTOR-16 (U+FE0F)"),
        ("\u0301", "U+0301", "COMBINING ACUTE ACCENT (U+0301)"),
        ("\0", "U+0000", "U+0000"),
        ("e\u0301", "e\u0301", "“e\u0301”"),
        ("م", "م", "“\u2068م\u2069”"),  # the marks around it keep the rest of the sentence from turning round
    ],
)
def test_every_piece_of_a_text_can_be_seen(piece, picture, sentence):
    assert (visible(piece), named(piece)) == (picture, sentence)


def test_of_many_pieces_the_first_are_listed_each_once():
    assert listed("abca", translator("en")) == "“a”, “b”, “c”"
    assert listed("abcdefghij", translator("zh")) == "“a”、“b”、“c”、“d”、“e”、“f”、“g”、“h”等"


@pytest.mark.parametrize(("unk", "text"), [(0.1406, "0.859"), (0.0, "1"), (0.0004, "0.9996"), (0.99, "0.01")])
def test_what_a_rejection_divides_by_is_told_apart_from_1(unk, text):
    assert divisor(unk) == text


def test_a_word_of_three_thousand_letters_is_shown_by_its_beginning():
    word = 3000 * "a"
    vocabulary = Vocabulary([word, "b"], "word")
    for shown in (token_label(vocabulary, 0), visible(word), named(word), listed([word], translator("en"))):
        assert len(shown) <= 42
        assert "aaa…" in shown
    assert token_label(vocabulary, 1) == "b"


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        ("\r", "␍"),
        ("\x07", "U+0007"),
        ("\xa0", "U+00A0"),
        ("\u2009", "U+2009"),
        ("\u3000", "U+3000"),
        ("\u200b", "U+200B"),
        ("\ue000", "U+E000"),
        ("\u3164", "U+3164"),
        ("a\u200bb", "a[U+200B]b"),
        ("a\ue000b", "a[U+E000]b"),
        ("a\ufe0fb", "a[U+FE0F]b"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("\u0301a", "[U+0301]a"),
        ("a\nb", "a↵b"),
        (" the", "␣the"),
        ("the  ", "the␣␣"),
        ("New York", "New York"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_what_cannot_be_seen_is_visible_wherever_a_token_is_shown(token, shown):
    assert visible(token) == token_label(Vocabulary([token, "b"], "word"), 0) == shown


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        ("pаper", "“pаper” [CYRILLIC SMALL LETTER A (U+0430)]"),
        ("а", "“а” [CYRILLIC SMALL LETTER A (U+0430)]"),
        ("Αthens", "“Αthens” [GREEK CAPITAL LETTER ALPHA (U+0391)]"),
        ("ѕсope", "“ѕсope” [CYRILLIC SMALL LETTER DZE (U+0455), CYRILLIC SMALL LETTER ES (U+0441)]"),
        ("рост", "“рост”"),  # all of one script
        ("paper", "“paper”"),
        ("ё", "“ё”"),
    ],
)
def test_a_letter_that_looks_like_a_latin_one_is_named(piece, said):
    assert named(piece) == said
