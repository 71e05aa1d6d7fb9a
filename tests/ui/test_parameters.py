"""The parameters of the pages: what is written is read again, and what makes no sense is named."""

import pytest

from engine.ui import models, parameters
from engine.ui.parameters import LONGEST_COMPARED, LONGEST_SCORED

NAMES = {"word": ["w"], "char": ["c"]}


@pytest.fixture(autouse=True)
def _shelf(monkeypatch):
    monkeypatch.setattr(parameters, "shelf", lambda: models.Shelf(NAMES, [], {}))


@pytest.mark.parametrize(
    ("page", "values"),
    [
        ("score", {"text": "", "text2": "a.\n&=é", "model2": "c"}),
        ("compare", {"word": "w", "char": "c", "sentence": "", "name": "<i>", "view": "cost", "k": 64}),
        ("draws", {"show": "runs", "n": 100_000, "luck": 2**32 - 1, "runs": 100}),
    ],
)
def test_what_is_written_is_read_again(page, values):
    assert set(values) == set(parameters.KEYS[page])
    assert parameters.read(page, parameters.written(page, values, {})) == (values, [])


@pytest.mark.parametrize(
    ("page", "key", "text"),
    [
        ("score", "text", "x" * (LONGEST_SCORED + 1)),
        ("score", "model2", "nobody"),
        ("compare", "word", "c"),
        ("compare", "view", ""),
        ("compare", "k", "3"),
        ("draws", "n", "1e3"),
        ("draws", "luck", "-1"),
        ("draws", "luck", "٣"),
        ("draws", "luck", str(2**32)),
        ("draws", "luck", "0" * 11),
    ],
)
def test_nonsense_is_named(page, key, text):
    assert parameters.read(page, {key: text, "seed": "3"}) == ({}, [f"{key}={text}"])


def test_a_text_that_is_too_long_is_left_out_or_cut():
    assert parameters.written("score", {"text": "x" * (LONGEST_SCORED + 1)}, {}) == {}
    cut = parameters.written("compare", {"sentence": "x" * 1000}, {})
    assert cut == {"sentence": "x" * LONGEST_COMPARED}
