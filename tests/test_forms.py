"""Forms that are written without blanks come back as they were typed; what surrounds them keeps its blanks."""

import pytest
from tiny_weights import random_weights

from engine.model import LanguageModel
from engine.scoring import read
from engine.vocabulary import Vocabulary
from engine.words import join_words, split_words

FORMS = [
    "AT&T",
    "R&D",
    "M&Ms",
    "a@b.c",
    "first.last@a-b.org",
    "C++",
    "C#",
    "#1",
    "http://a.b/c",
    "https://www.example.com/a_b?x=1&y=2#top",
    "www.example.org/~me",
    "recovery.gov",
    "my-file.tar.json",
    "foo_bar",
    "(s)he",
    "item(s)",
    "50%-60%",
    "50%–60%",
    "$5-$10",
    "don't/can't",
    "±3",
    "§5",
    "20°C",
    "5'10",
    "$5-10",
    "<b>",
    "U.S.S.R.'s",
    "&c",
]
LINES = [
    "Small- and middle-sized firms, the 45- or 50-hour week.",
    "It should be . . . and then it is . . .",
    "Good morrow,--my lord!--Speak:--what is it?--",
    "We know it -- or do we?",
    "Johnson & Johnson, and QUINTUS & MARTIUS.",
    "See http://a.b/c. Then go, or write to a@b.c. Now.",
    "He (the king) came. She said so.",
    "Cats and dogs - both.",
    "At 3.5% - not more - of 100.",
    "Is 3 < 4 and 4 > 3?",
    "Let x = y, and 2 + 2 = 4.",
    "1. One. 2. Two.",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("line", ["{}", "Look at {} here.", "({}, or not)", "{} and {}", 'He said: "{}."'])
def test_a_form_comes_back_wherever_it_stands(form, line):
    text = line.format(form, form)
    assert join_words(split_words(text)) == text


@pytest.mark.parametrize("line", LINES)
def test_a_line_keeps_its_blanks(line):
    assert join_words(split_words(line)) == line


@pytest.mark.parametrize(
    "pieces",
    [
        ["a", "."],
        ["a", "-", "b", "@"],
        ["www", ".", "a", "/"],
        ["http", ":", "/", "/", "a"],
        ["&", "c"],
    ],
)
def test_odd_long_lines_are_joined_in_reasonable_time(pieces):
    assert len(join_words(pieces * 20_000)) >= 20_000 * len(pieces)


@pytest.mark.parametrize("text", ["AT&T", "word—word", "a|b", "x = y", "  Cats   sleep . ", "don’t/can’t…"])
def test_bits_per_character_count_what_was_typed(text):
    """Also where the tokens do not tell whether there were blanks."""
    vocabulary = Vocabulary.from_texts([text], "word", eos_token="<EOS>", unk_token="<UNK>")
    model = LanguageModel.from_state_dict(vocabulary, random_weights("rnn", words=len(vocabulary)))
    assert read(model, text).characters == len(text) + 1  # and the end
