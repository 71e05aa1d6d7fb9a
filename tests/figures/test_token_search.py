"""Any token of a vocabulary can be found, blanks too."""

import pytest

from engine.figures.token_search import find_tokens
from engine.vocabulary import Vocabulary


def test_a_token_is_found_by_itself_then_by_its_beginning_then_by_a_part():
    vocabulary = Vocabulary(["peaceful", "Peace", "peace", "appeaceth", "war"], "word")
    found = find_tokens(vocabulary, "peace", 10)
    assert [vocabulary.tokens[one] for one in found] == ["peace", "Peace", "peaceful", "appeaceth"]
    assert find_tokens(vocabulary, "peace", 2) == found[:2]
    assert find_tokens(vocabulary, "zebra", 10) == []


@pytest.mark.parametrize(
    ("typed", "token"), [(" ", " "), ("␣", " "), ("↵", "\n"), ("\n", "\n"), ("a", "a"), ("A", "A")]
)
def test_every_character_can_be_found_blanks_too(typed, token):
    vocabulary = Vocabulary("aA b\n", "char")
    assert vocabulary.tokens[find_tokens(vocabulary, typed, 3)[0]] == token


def test_nothing_typed_lists_what_is_hard_to_type():
    vocabulary = Vocabulary(["<EOS>", "a", " ", "\n"], "char", "<EOS>")
    assert find_tokens(vocabulary, "", 9) == [0, 2, 3]
