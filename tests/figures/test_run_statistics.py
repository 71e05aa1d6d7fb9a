"""Lengths, endings and draws of many runs as pictures."""

import numpy as np
import pytest

from engine.figures.run_statistics import draw_draws, draw_lengths, draws_rows, lengths
from engine.many_runs import advanced, survey
from engine.recipe import Recipe
from engine.statistics import binomial_band, chi_square
from engine.ui.i18n import translator

t = translator("en")


def whole(model, recipe, n):
    runs = survey(model, recipe, n)
    while not runs.ended:
        runs = advanced(runs)
    return runs


@pytest.fixture
def cats(bigram_model):
    """<UNK> at half of the first steps; then <EOS> half of the time."""
    return bigram_model([0, 0.5, 0.5, 0, 0], [[0.5, 0, 0, 0.5, 0]] * 5)


def test_bars_count_every_run_once_by_length_and_ending(cats):
    runs = whole(cats, Recipe(limit=6), 500)
    histogram = lengths(runs)
    assert (histogram.first, histogram.width) == (2, 1)
    assert sum(histogram.ended) + sum(histogram.stopped) == 500
    assert histogram.stopped[:-1] == [0, 0, 0, 0]
    assert histogram.ended[0] == sum(len(run.token_ids) == 2 for run in runs.runs)
    assert sum(histogram.clean) == pytest.approx(500)


def test_many_lengths_share_bars_that_end_at_round_numbers(char_model, bigram_model):
    long = bigram_model([0, 0, 1, 0, 0], [[0.01, 0, 0, 0.99, 0]] * 5)
    histogram = lengths(whole(long, Recipe(limit=200), 200))
    assert histogram.width == 5
    assert (histogram.first + histogram.width * len(histogram.ended) - 1) % 5 == 0
    assert histogram.stopped[-1] > 0
    assert histogram.clean is None  # every run is clean
    only = lengths(whole(char_model, Recipe(limit=7), 10))
    assert (only.first, only.ended, only.stopped) == (7, [0], [10])


def test_the_prompt_is_not_counted(bigram_model):
    model = bigram_model([0, 0, 1, 0, 0], [[1, 0, 0, 0, 0]] * 5)
    assert lengths(whole(model, Recipe(prompt="Cats sleep", limit=5), 3)).first == 1


@pytest.mark.parametrize(("unk", "most"), [("rest", 2), ("redraw", 100)])
def test_draws_stand_beside_their_law(cats, unk, most):
    runs = whole(cats, Recipe(unk=unk, limit=1), 400)
    rows = draws_rows(runs)
    assert [row.draws for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0].expected == pytest.approx(200)
    assert rows[1].expected == pytest.approx(200 if unk == "rest" else 100)
    assert all((row.least, row.most) == binomial_band(400, row.expected / 400) for row in rows)
    assert chi_square(runs.draws, runs.expected / 400).p_value > 0.01
    assert len(rows) <= min(most, 10)
    assert rows[1].count == np.sum([run.rejections == 1 for run in runs.runs])


def test_without_rejections_there_is_no_law_to_show(cats, char_model):
    assert draws_rows(whole(cats, Recipe(unk="allow", limit=3), 5)) == []
    assert draws_rows(whole(char_model, Recipe(limit=3), 5)) == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_pictures_name_what_colours_show(cats, dark):
    runs = whole(cats, Recipe(unk="redraw", limit=4), 300)
    figure = draw_lengths(lengths(runs), t, dark)
    assert [trace.name for trace in figure.data] == [
        "&lt;EOS&gt;",
        "step limit",
        "runs without &lt;UNK&gt;, scaled up",
    ]
    assert figure.data[0].marker.pattern.shape != figure.data[1].marker.pattern.shape
    figure = draw_draws(draws_rows(whole(cats, Recipe(unk="redraw", limit=1), 300)), t, dark)
    assert [trace.name for trace in figure.data] == ["the law", "counted"]
    assert "1 draw: " in figure.data[1].hovertext[0]
    law = figure.data[0].y[:4]  # half as many each time: a straight line on this axis
    assert np.diff(law) == pytest.approx([np.log10(0.5)] * 3)
