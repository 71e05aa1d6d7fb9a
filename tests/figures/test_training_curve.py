"""The losses of a training: what is drawn, and the lines to beat."""

import plotly.graph_objects as go
import pytest

from engine.figures.training_curve import TrainingCurve, draw_training_curve
from engine.ui.i18n import translator

TR = translator("en")
CURVE = TrainingCurve([(10, 3.0), (20, 2.5)], [(20, 2.4), (40, 2.2)], 3.3, 2.0, 40, 20)


def drawn(**changed):
    chart = draw_training_curve(CURVE._replace(**changed), TR)
    go.Figure(chart)  # Plotly's own check of every part
    return chart


def test_both_losses_are_drawn_as_they_are_and_the_best_stands_out():
    training, held_out = drawn()["data"]
    assert (training["x"], training["y"]) == ([10, 20], [3.0, 2.5])
    assert (held_out["x"], held_out["y"]) == ([20, 40], [2.4, 2.2])
    small, large = held_out["marker"]["size"]
    assert large > small


def test_the_lines_to_beat_stand_at_their_losses_and_in_words():
    layout = drawn()["layout"]
    assert [shape["y0"] for shape in layout["shapes"]][:2] == [3.3, 2.0]
    assert [note["text"] for note in layout["annotations"]] == ["knowing nothing: log V = 3.30", "5-gram model: 2.00"]
    assert layout["shapes"][2]["x0"] == 20
    low, high = layout["yaxis"]["range"]
    assert low < 2.0
    assert high > 3.3


def test_what_is_not_known_yet_is_not_drawn():
    layout = drawn(ngram=None, shown=None, held_out=[], training=[])["layout"]
    assert len(layout["shapes"]) == len(layout["annotations"]) == 1


def test_a_loss_that_leaps_leaves_the_picture_rather_than_flattening_it():
    low, high = drawn(training=[(10, 900.0), (20, 2.5)])["layout"]["yaxis"]["range"]
    assert high < 5
    assert low < 2.0


@pytest.mark.parametrize("dark", [False, True])
def test_no_colour_is_the_only_sign(dark):
    chart = draw_training_curve(CURVE, TR, dark)
    assert len({(trace["mode"], trace["line"]["width"]) for trace in chart["data"]}) == 2
    assert len({shape["line"]["dash"] for shape in chart["layout"]["shapes"][:2]}) == 2
