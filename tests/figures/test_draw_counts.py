"""Counts against a law: which rows stand, what lies in its band, and how that is drawn."""

import numpy as np
import pytest

from engine.figures.draw_counts import ROWS, CountRow, count_rows, draw_counts
from engine.ui.i18n import translator
from engine.vocabulary import Vocabulary

t = translator("en")
LAW = np.array([0.1, 0.0, 0.5, 0.3, 0.1])


def test_rows_are_the_tokens_by_probability_and_each_knows_its_band(vocabulary):
    rows = count_rows(LAW, [np.array([12, 0, 45, 33, 10]), np.array([25, 0, 25, 25, 25])], vocabulary, t)
    assert [row.label for row in rows] == ["Cats", "sleep", "<EOS>", ".", "<UNK>"]
    assert [row.kind for row in rows] == ["token", "token", "eos", "token", "unk"]
    cats = rows[0]
    assert (cats.prob, cats.counts, cats.least, cats.most) == (0.5, (45, 25), 40, 60)
    assert cats.inside(0)
    assert not cats.inside(1)
    assert (rows[-1].least, rows[-1].most) == (0, 0)


def test_a_large_vocabulary_keeps_its_rest_in_one_honest_row():
    vocabulary = Vocabulary(["<EOS>", *(f"word{i}" for i in range(99))], "word", "<EOS>")
    law = np.array([1e-4, *np.linspace(2, 1, 99)])
    law /= law.sum()
    counts = np.random.default_rng(0).multinomial(1000, law)
    rows = count_rows(law, [counts], vocabulary, t)
    assert len(rows) == ROWS
    assert "<EOS>" in [row.label for row in rows]
    assert rows[-1].label == "89 others"
    assert sum(row.prob for row in rows) == pytest.approx(1)
    assert sum(row.counts[0] for row in rows) == 1000


def test_what_lies_outside_its_band_has_a_sign_beside_its_colour(vocabulary):
    rows = count_rows(LAW, [np.array([12, 0, 45, 33, 10]), np.array([0, 0, 100, 0, 0])], vocabulary, t)
    fits, best = (draw_counts(rows, way, t) for way in (0, 1))
    assert not any("≠" in note.text for note in fits.layout.annotations)
    assert set(fits.data[0].marker.pattern.shape) == {""}
    assert "≠ ▶" in best.layout.annotations[0].text
    assert best.data[0].x[0] == best.layout.xaxis.range[1] < 1  # cut off at the axis, and said so
    assert best.data[0].marker.pattern.shape[0] == "/"
    assert fits.layout.xaxis.range == best.layout.xaxis.range


@pytest.mark.parametrize(("dark", "page"), [(False, "#FFFFFF"), (True, "#171614")])
def test_a_number_that_has_no_room_behind_its_band_stands_on_a_patch_of_the_page(dark, page):
    rows = [
        CountRow("a", "token", 0.2, 12, 28, (18, 1)),
        CountRow("others", "others", 0.28, 20, 37, (17, 99)),
    ]
    behind, on_band = draw_counts(rows, 0, t, dark).layout.annotations
    assert (behind.x, behind.bgcolor) == (28 / 35, "rgba(0,0,0,0)")
    assert (on_band.x, on_band.bgcolor) == (17 / 35, page)


def test_a_token_that_looks_like_markup_is_shown_as_it_is():
    vocabulary = Vocabulary(["<b>bold</b>", "&amp;", "a very long token indeed"], "word")
    rows = count_rows(np.array([0.5, 0.3, 0.2]), [np.array([5, 3, 2])], vocabulary, t)
    names = draw_counts(rows, 0, t).layout.yaxis.ticktext
    assert names == ("&lt;b&gt;bold&lt;/b&gt; ", "&amp;amp; ", "a very long… ")


@pytest.mark.parametrize("dark", [False, True])
def test_one_certain_token_can_be_drawn(vocabulary, dark):
    rows = count_rows(np.array([0, 0, 1.0, 0, 0]), [np.array([0, 0, 10, 0, 0])], vocabulary, t)
    assert rows[0].least == rows[0].most == 10
    assert draw_counts(rows, 0, t, dark).data[0].x[0] == 1
