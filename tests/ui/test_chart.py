"""Claims about charts on a large screen: all that is text or room grows, and nothing that is data."""

import pytest

from engine.figures.probability_bars import Bar, draw_bars
from engine.phases import Moment
from engine.ui.chart import grown
from engine.ui.i18n import translator

BARS = [Bar(0, "the", 0.2, 0.3, "chosen", "drawn"), Bar(None, "7 others", 0.8, 0.7, "others")]


@pytest.fixture
def figure():
    return draw_bars(BARS, Moment(3), translator("en"))


def test_on_a_large_screen_texts_rows_and_margins_grow(figure):
    large = grown(figure, 1.5).layout
    assert large.height == 1.5 * figure.layout.height
    assert large.margin.l == 1.5 * figure.layout.margin.l
    assert large.yaxis.tickfont.size == 1.5 * figure.layout.yaxis.tickfont.size
    assert large.annotations[0].font.size == 1.5 * figure.layout.annotations[0].font.size


def test_the_data_and_what_a_click_says_stay(figure):
    large = grown(figure, 1.5)
    assert large.data == figure.data
    assert large.layout.meta == figure.layout.meta
    assert large.layout.xaxis.range == figure.layout.xaxis.range
    assert large.layout.shapes == figure.layout.shapes


def test_on_a_laptop_the_chart_is_as_it_was(figure):
    assert grown(figure, 1.0) is figure
