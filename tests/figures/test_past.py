"""The charts of the past: what is in the cards and in the text stands in them, and colour is not the only sign."""

import pytest

from engine.comparison import Reach, cut
from engine.figures.past import change_chart, context_chart
from engine.ui.i18n import translator

t = translator("en")
CURVES = {"word": [(5.0, 2.0), (10.0, 1.5)], "char": [(1.0, 3.0), (2.0, 2.5), (4.0, 2.4)]}
REACHES = {"word": Reach(2, 10.0, True), "char": Reach(4, 4.0, True)}


@pytest.mark.parametrize("dark", [False, True])
def test_both_curves_with_an_arrow_where_context_stops_helping(dark):
    figure = context_chart(CURVES, REACHES, t, dark)
    assert [list(zip(trace.x, trace.y, strict=True)) for trace in figure.data] == list(CURVES.values())
    assert len({(trace.line.dash, trace.marker.symbol) for trace in figure.data}) == 2
    notes = figure.layout.annotations
    assert [10**note.x for note in notes] == pytest.approx([10.0, 4.0])
    assert [note.y for note in notes] == pytest.approx([1.5, 2.4])
    assert notes[0].ay < 0 < notes[1].ay  # the two names can never stand on one another


def test_an_arrow_between_two_measured_contexts_stands_on_the_curve():
    figure = context_chart(CURVES, REACHES | {"char": Reach(2**0.5, 2**0.5, False)}, t)
    assert figure.layout.annotations[1].y == pytest.approx(2.75)  # halfway from 1 to 2 as the axis has it


def test_a_model_without_a_curve_is_left_out():
    figure = context_chart(CURVES | {"char": []}, REACHES | {"char": None}, t)
    assert [trace.name for trace in figure.data] == ["Word"]


def test_changes_stand_over_their_pieces_words_up_and_characters_down(word_model, char_model):
    text = "Cats ab"
    cuts = {"word": cut(word_model, text), "char": cut(char_model, text)}
    figure = change_chart(cuts, {"word": [(1, 0.5)], "char": [(5, 0.25), (6, 1.0)]}, t)
    word, char = figure.data
    assert (word.x, word.y) == ((6.0,), (0.5,))
    assert word.width[0] == pytest.approx(2, abs=0.2)
    assert (char.x, char.y) == ((5.5, 6.5), (-0.25, -1.0))
    assert char.customdata == ("25%", "100%")
    assert char.marker.pattern.shape != word.marker.pattern.shape
    assert "".join(figure.layout.xaxis.ticktext) == text


def test_markup_in_a_text_is_shown_as_it_is(word_model, char_model):
    cuts = {"word": cut(word_model, "<b>"), "char": cut(char_model, "<b>")}
    figure = change_chart(cuts, {"word": [(1, 0.5)], "char": []}, t)
    assert figure.layout.xaxis.ticktext[0] == "&lt;"
