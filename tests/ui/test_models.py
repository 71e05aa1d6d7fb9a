"""The shelf of models: which one a switch of the level leads to."""

import pytest

from engine.ui.models import Shelf

SHELF = Shelf(
    {"word": ["speeches-word", "plays-word", "bible-word"], "char": ["plays-char", "speeches-char", "mine"]},
    [],
    {"speeches-word": "S", "speeches-char": "S", "plays-word": "P", "plays-char": "P", "bible-word": "B"},
)


@pytest.mark.parametrize(
    ("name", "last", "wanted"),
    [
        ("speeches-word", None, "speeches-char"),
        ("speeches-word", "plays-char", "speeches-char"),  # the same text comes before what was used last
        ("bible-word", None, "plays-char"),
        ("bible-word", "mine", "mine"),
        ("bible-word", "gone", "plays-char"),
    ],
)
def test_a_switch_of_the_level_keeps_the_text_where_it_can(name, last, wanted):
    assert SHELF.of_level("char", name, last) == wanted


def test_a_model_whose_card_names_no_text_goes_back_to_the_one_before():
    assert SHELF.of_level("word", "mine", "bible-word") == "bible-word"
