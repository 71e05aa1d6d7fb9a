"""Claims about charts on a large screen: all that is text or room grows, and nothing that is data."""

import pytest

from engine.figures.probability_bars import Bar, bars_chart, draw_bars
from engine.phases import Moment
from engine.ui.chart import grown, larger
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


@pytest.mark.parametrize("bars", [BARS, []])
@pytest.mark.parametrize("times", [1.0, 1.5])
def test_a_chart_of_plain_data_is_as_plotly_would_have_it(bars, times):
    plain = larger(bars_chart(bars, Moment(3), translator("en")), times)
    checked = grown(draw_bars(bars, Moment(3), translator("en")), times).to_plotly_json()
    assert plain["data"] == checked["data"]
    assert {name: part for name, part in plain["layout"].items() if part != []} == checked["layout"]
