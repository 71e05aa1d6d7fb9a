"""A card may come from anyone: what the app reads of it is of its type and within bounds, or the card is refused."""

import json

import pytest

from engine.archive import ModelError
from engine.card import MAX_CARD, read_card

GOOD = {
    "text": "Cats",
    "seconds": 0,
    "characters_per_token": 4.5,
    "held_out_bits_per_character": 1.5,
    "loss_by_context": [[1, 5.5], [2, 5.0], [64, 4.9]],
    "opening_seed": -3,  # what is no seed counts as none
    "of mine": {"deep": [1, None, True, "猫"]},
}


def test_a_good_card_is_read_as_it_is():
    assert read_card(json.dumps(GOOD)) == GOOD
    assert read_card("{}") == {}
    assert read_card('{"held_out_bits_per_character": null}') == {"held_out_bits_per_character": None}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": ["Cats"]}, "text must be a text"),
        ({"name": 3}, "name must be a text"),
        ({"origin": None}, "origin must be a text"),
        ({"text": "x" * 1001}, "text has a text of 1,001 characters"),
        ({"of mine": {"deep": ["x" * 1001]}}, "of mine has a text of 1,001 characters"),
        ({"k" * 2000: 1}, "k{80} has a text of 2,000 characters"),
        ({"seconds": "3"}, "seconds must be a number"),
        ({"seconds": True}, "seconds must be a number"),
        ({"seconds": -1}, "seconds must be a number"),
        ({"cpu_seconds": 1e-300}, "cpu_seconds must be a number"),
        ({"characters_per_token": 1e300}, "characters_per_token has a number beyond 1e15"),
        ({"of mine": [10**400]}, "of mine has a number beyond 1e15"),
        ({"loss_by_context": "none"}, "loss_by_context must be"),
        ({"loss_by_context": [[1, 2, 3]]}, "loss_by_context must be"),
        ({"loss_by_context": [[1, "a"]]}, "loss_by_context must be"),
        ({"loss_by_context": [[2, 5.0], [1, 4.0]]}, "contexts rising"),
        ({"loss_by_context": [[1, 5.0], [1, 4.0]]}, "contexts rising"),
        ({"loss_by_context": [[i, 1] for i in range(1001)]}, "at most 1,000 pairs"),
    ],
)
def test_a_value_that_cannot_be_is_named(changes, message):
    with pytest.raises(ModelError, match=message):
        read_card(json.dumps({**GOOD, **changes}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "must be a JSON object"),
        ('{"seconds": NaN}', "NaN is no number"),
        ('{"x": [-Infinity]}', "-Infinity is no number"),
        ('{"x": 1e999}', "beyond 1e15"),
        ('{"x": ' + "1" * 5000 + "}", "is not JSON"),
        ('{"x":' * 2000 + "1" + "}" * 2000, "is not JSON"),
        (json.dumps({"x": ["y"] * MAX_CARD}), "card must have 100,000 characters at most"),
    ],
)
def test_what_is_no_card_is_one_sentence(text, message):
    with pytest.raises(ModelError, match=message) as caught:
        read_card(text)
    assert len(str(caught.value)) < 300
