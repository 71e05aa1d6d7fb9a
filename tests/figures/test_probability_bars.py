"""The bars show what the engine computed: all of it, and the marked tokens always."""

from math import log10

import numpy as np
import pytest

from engine.figures.labels import percent
from engine.figures.probability_bars import (
    DECADES,
    ROWS,
    Bar,
    _name,
    _padded,
    _width,
    bars_chart,
    draw_bars,
    probability_bars,
)
from engine.figures.rest_share import rest_share
from engine.generation import DRAWS_PER_STEP, Distributions, GenerationStep, generate, step_distributions
from engine.phases import Moment
from engine.recipe import Recipe, Rules
from engine.sampling import SamplingSettings
from engine.ui.i18n import LANGUAGES, translator
from engine.vocabulary import Vocabulary

EN = translator("en")
VOCABULARY = Vocabulary(["<EOS>", "<UNK>", *(f"w{i}" for i in range(98))], "word", "<EOS>", "<UNK>")
UNK = 1


class Shown:
    """Step `t` of a run of `model`, and its bars at any moment."""

    def __init__(self, model, recipe, t=1):
        self.model, self.rules = model, recipe.at(t)
        self.step = list(generate(model, recipe))[t - 1]
        self.distributions = step_distributions(model, self.step.state, self.rules)

    def bars(self, phase="", draws=0, pins=()):
        moment = Moment(self.step.t, phase, draws)
        return probability_bars(self.distributions, self.step, self.rules, moment, self.model.vocabulary, EN, pins)

    def bar(self, token_id, phase="", draws=0):
        return next(bar for bar in self.bars(phase, draws) if bar.token_id == token_id)

    def share(self, phase="", draws=0):
        return rest_share(self.distributions, self.step, self.rules, Moment(self.step.t, phase, draws), UNK)


@pytest.fixture
def distributions():
    """A distribution in which <EOS> and <UNK> are the unlikeliest of a hundred."""
    own = np.arange(1.0, 101.0)
    own /= own.sum()
    return Distributions(own, own, None, False)


@pytest.fixture(scope="module")
def a_step():
    """A step of the vocabulary of a hundred, not drawn yet; only its outcome matters here."""
    return GenerationStep(1, None, None, 50, "drawn", (), None)


@pytest.fixture(scope="module")
def rejecting(bigram_model):
    """`rejecting(unk)`: a first step whose first draw fell on <UNK>; ŷ = (0, 0.4, 0.3, 0.2, 0.1)."""
    model = bigram_model([0, 0.4, 0.3, 0.2, 0.1])

    def build(unk):
        for seed in range(100):
            shown = Shown(model, Recipe(seed=seed, unk=unk, limit=1))
            if len(shown.step.draws) == 2:
                return shown
        raise AssertionError("none of a hundred seeds rejects once")

    return build


def bars_of(distributions, step, phase="predict", pins=()):
    rules = Rules(SamplingSettings(), "rest", True)
    return probability_bars(distributions, step, rules, Moment(1, phase), VOCABULARY, EN, pins)


@pytest.mark.parametrize("phase", ["predict", ""])
@pytest.mark.parametrize("pins", [(), (40, 41)])
def test_all_bars_sum_to_1_before_and_after(distributions, a_step, phase, pins):
    bars = bars_of(distributions, a_step, phase, pins)
    assert sum(bar.after for bar in bars) == pytest.approx(1, abs=1e-12)
    assert sum(bar.before for bar in bars) == pytest.approx(1, abs=1e-12)


def test_there_are_as_many_rows_at_every_moment_and_with_pins(distributions, a_step):
    assert {
        len(bars_of(distributions, a_step, phase, pins))
        for phase in ("predict", "")
        for pins in ((), (40,), (40, 99, 7))
    } == {ROWS}


def test_a_small_vocabulary_is_shown_whole_without_others(rejecting):
    assert sorted(bar.token_id for bar in rejecting("rest").bars()) == [0, 1, 2, 3, 4]


def test_eos_and_unk_are_always_there_and_the_others_are_counted(distributions, a_step):
    bars = bars_of(distributions, a_step)
    assert {0, 1} <= {bar.token_id for bar in bars}
    assert bars[-1].label == f"{100 - (len(bars) - 1)} others"


def test_a_pinned_token_is_there_once(distributions, a_step):
    ids = [bar.token_id for bar in bars_of(distributions, a_step, pins=(40, 99))]
    assert ids.count(40) == 1
    assert ids.count(99) == 1


def test_the_likeliest_come_first(distributions, a_step):
    assert [bar.token_id for bar in bars_of(distributions, a_step)][:4] == [99, 98, 97, 96]


def test_each_bar_has_the_probability_of_its_token(distributions, a_step):
    for bar in bars_of(distributions, a_step)[:-1]:
        assert bar.after == distributions.probs[bar.token_id]


def test_the_chosen_token_is_shown_however_unlikely_and_only_once_it_is_drawn(distributions, a_step):
    assert [bar.token_id for bar in bars_of(distributions, a_step) if bar.kind == "chosen"] == []
    assert [(bar.token_id, bar.sign) for bar in bars_of(distributions, a_step, "") if bar.kind == "chosen"] == [
        (50, "drawn")
    ]


def test_a_token_chosen_by_hand_says_so(word_model):
    assert Shown(word_model, Recipe(forced={1: 3})).bar(3).sign == "forced"
    assert Shown(word_model, Recipe(prompt="Cats")).bar(2).sign == "given"


# --- rejection


def test_after_a_rejection_the_fill_is_the_rest_and_unk_is_0(rejecting):
    shown = rejecting("rest")
    assert shown.bar(UNK, "predict").after == pytest.approx(0.4, abs=1e-6)
    for moment in (("draw", 2), ("back", 0), ("", 0)):
        after = {bar.token_id: bar.after for bar in shown.bars(*moment)}
        assert after == pytest.approx({0: 0, 1: 0, 2: 0.3 / 0.6, 3: 0.2 / 0.6, 4: 0.1 / 0.6}, abs=1e-6)


@pytest.mark.parametrize("unk", ["rest", "redraw"])
def test_a_rejected_draw_leaves_the_bars_alone_while_it_stands(rejecting, unk):
    shown = rejecting(unk)
    before, standing = shown.bars("predict"), shown.bars("draw", 1)
    assert [bar[:4] for bar in standing] == [bar[:4] for bar in before]  # all but the mark on <UNK>
    assert shown.bar(UNK, "draw", 1).sign == "rejected"
    assert shown.share("draw", 1) is None


def test_under_redraw_the_fill_stays_that_of_the_first_draw(rejecting):
    shown = rejecting("redraw")
    for moment in (("predict", 0), ("draw", 1), ("", 0)):
        assert shown.bar(UNK, *moment).after == pytest.approx(0.4, abs=1e-6)


def test_the_mark_stays_where_the_model_put_it(rejecting):
    shown = rejecting("rest")
    assert [bar.before for bar in shown.bars("predict")] == [bar.before for bar in shown.bars()]


def test_unk_is_marked_as_rejected_from_the_first_rejection_on(rejecting):
    shown = rejecting("rest")
    assert shown.bar(UNK, "predict").kind == "unk"
    assert shown.bar(UNK, "draw", 1).kind == "rejected"
    assert shown.bar(UNK).sign == "rejected"


@pytest.mark.parametrize("unk", ["rest", "redraw"])
def test_both_rejections_give_the_token_its_probability_over_1_minus_that_of_unk(rejecting, unk):
    shown = rejecting(unk)
    share = shown.share()
    assert share.token_id == shown.step.token_id
    assert share.result == pytest.approx(share.prob / (1 - share.unk_prob), rel=1e-12)
    assert share.unk_prob == pytest.approx(0.4, abs=1e-6)
    assert shown.share("predict") is None


def test_without_a_rejection_there_is_nothing_to_divide(bigram_model):
    assert Shown(bigram_model([0.5, 0, 0.5, 0, 0]), Recipe()).share() is None


def test_after_99_rejections_the_last_draw_is_from_the_rest(bigram_model):
    shown = Shown(bigram_model([0, 1 - 1e-9, 1e-9, 0, 0]), Recipe(unk="redraw", limit=1))
    assert len(shown.step.draws) == DRAWS_PER_STEP
    assert shown.bar(UNK, "draw", DRAWS_PER_STEP - 1).after > 0.99
    assert shown.bar(UNK, "draw", DRAWS_PER_STEP).after == 0
    assert shown.bar(2).after == 1


@pytest.mark.parametrize("unk", ["rest", "redraw"])
def test_where_nothing_is_left_the_bars_are_those_of_the_settings_applied_anew(bigram_model, unk):
    for settings, cats in ({"temperature": 0}, 1.0), ({"top_p": 0.5}, 1.0), ({"min_p": 0.6}, 0.55):
        recipe = Recipe(settings=SamplingSettings(**settings), unk=unk, limit=1)
        shown = Shown(bigram_model([0, 0.55, 0.24, 0.2, 0]), recipe)
        assert shown.distributions.nothing_left
        assert shown.bar(UNK, "draw", 1).after == 1
        cats = cats if cats == 1 else 0.24 / 0.44
        assert {bar.token_id: bar.after for bar in shown.bars()} == pytest.approx(
            {0: 0, 1: 0, 2: cats, 3: 1 - cats, 4: 0}, abs=1e-6
        )
        assert shown.share() is None  # nothing was there to be divided


# --- filters


def test_a_filtered_token_stays_greyed_with_its_mark_and_a_word(word_model):
    shown = Shown(word_model, Recipe(settings=SamplingSettings(top_k=1), unk="allow"))
    bars = shown.bars()
    filtered = [row for row, bar in enumerate(bars) if bar.after == 0]
    assert len(filtered) == 4
    assert all(bars[row].before > 0 for row in filtered)
    names = draw_bars(bars, Moment(1), EN).layout.yaxis.ticktext
    assert all("filtered" in names[row] and "color" in names[row] for row in filtered)
    assert not any("filtered" in name for row, name in enumerate(names) if row not in filtered)


# --- the chart


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_draws_these_numbers_and_names_its_step(distributions, a_step, language):
    bars = bars_of(distributions, a_step)
    figure = draw_bars(bars, Moment(7, "predict"), translator(language))
    assert figure.layout.meta == {"step": 7}
    # Streamlit's template would be 3 kB more at every step, and twice the painting
    assert "layout" not in figure.to_plotly_json()["layout"]["template"]
    end = figure.layout.xaxis.range[1]
    assert list(figure.data[0].x) == [bar.after for bar in bars[:-1]] + [end]  # "n others" is torn off
    assert marks_of(figure) == pytest.approx([bar.before for bar in bars[:-1]] + [end], rel=1e-8)


def marks_of(figure):
    """Where the marks stand: the x of every M in the path."""
    return [float(part.split(",")[0]) for part in figure.layout.shapes[-1].path.split("M")[1:]]


def torn_rows(figure):
    """The rows that a zigzag crosses."""
    return [round(float(shape.path[1:].split("L")[0].split(",")[1]) + 0.5) for shape in figure.layout.shapes[:-1]]


def bars_with(others_before, others_after):
    tokens = [Bar(0, "the", 0.2, 0.25, "token"), Bar(1, "a", 0.1, 0.1, "token")]
    return [*tokens, Bar(None, "7 others", others_before, others_after, "others")]


def test_the_axis_reaches_to_the_likeliest_token_and_what_is_longer_is_torn_off():
    figure = draw_bars(bars_with(0.7, 0.65), Moment(1), EN)
    end = figure.layout.xaxis.range[1]
    assert 0.25 < end < 0.27
    assert figure.data[0].x == (0.25, 0.1, end)
    assert torn_rows(figure) == [2]
    assert marks_of(figure) == pytest.approx([0.2, 0.1, end])
    assert "65.0%" in figure.layout.yaxis.ticktext[2]
    assert "70.0%" in figure.data[0].hovertext[2]


@pytest.mark.parametrize(("before", "after", "torn"), [(0.2, 0.24, []), (0.7, 0.0, [2]), (0.0, 0.7, [2])])
def test_others_are_torn_off_only_where_bar_or_mark_goes_beyond_the_likeliest_token(before, after, torn):
    assert torn_rows(draw_bars(bars_with(before, after), Moment(1), EN)) == torn


def test_the_logarithmic_axis_tears_nothing_off():
    assert torn_rows(draw_bars(bars_with(0.7, 0.65), Moment(1), EN, log=True)) == []


def test_a_space_and_a_line_end_are_written_large():
    for sign in "␣↵":
        assert "font-size" in _name(Bar(2, sign, 0.1, 0.1, "token"), " 10.0% ", "#000")
    assert "font-size" not in _name(Bar(2, "n", 0.1, 0.1, "token"), " 10.0% ", "#000")


def test_on_the_logarithmic_axis_a_bar_is_as_long_as_its_decades_and_0_has_no_length(distributions, rejecting):
    bars = rejecting("rest").bars()
    figure = draw_bars(bars, Moment(1), EN, log=True)
    for length, bar in zip(figure.data[0].x, bars, strict=True):
        assert length == (pytest.approx(DECADES + log10(bar.after)) if bar.after > 10**-DECADES else 0)
    assert len(marks_of(figure)) == 4  # <EOS> has probability 0: no mark
    assert figure.layout.xaxis.ticktext[-1] == "100%"
    assert figure.layout.xaxis.ticktext[figure.layout.xaxis.tickvals.index(DECADES - 2)] == "1%"
    assert figure.layout.height == draw_bars(bars, Moment(1), EN).layout.height


def test_a_narrow_logarithmic_axis_has_half_the_numbers_at_the_same_places(distributions, a_step):
    bars = bars_of(distributions, a_step)
    wide, narrow = (
        bars_chart(bars, Moment(1), EN, log=True, narrow=narrow)["layout"]["xaxis"] for narrow in (False, True)
    )
    assert (wide["tickvals"], narrow["tickvals"]) == ([0, 1, 2, 3, 4, 5, 6], [0, 2, 4, 6])
    assert (narrow["ticktext"], wide["ticktext"][1]) == (["10⁻⁶", "0.01%", "1%", "100%"], "0.001%")


def test_a_row_names_its_step_and_token_to_a_click_and_others_name_none(distributions, a_step):
    bars = bars_of(distributions, a_step)
    data = draw_bars(bars, Moment(7), EN).data[0].customdata
    assert [list(pair) for pair in data] == [[7, bar.token_id] for bar in bars[:-1]] + [[7, -1]]


def test_the_bars_begin_at_the_same_place_whatever_their_numbers(distributions, a_step, rejecting):
    charts = [draw_bars(bars, Moment(1), EN) for bars in (bars_of(distributions, a_step), rejecting("rest").bars(), [])]
    assert len({chart.layout.margin.l for chart in charts}) == 1


def test_a_token_that_looks_like_markup_is_escaped_in_the_chart(a_step):
    vocabulary = Vocabulary(["<b>x</b>", "&lt;"], "word")
    half = np.array([0.5, 0.5])
    rules = Rules(SamplingSettings(), "rest", True)
    bars = probability_bars(Distributions(half, half, None, False), a_step, rules, Moment(1, "predict"), vocabulary, EN)
    names = {name.split()[0] for name in draw_bars(bars, Moment(1), EN).layout.yaxis.ticktext}
    assert names == {"&lt;b&gt;x&lt;/b&gt;", "&amp;lt;"}


def test_without_bars_the_frame_alone_is_drawn_as_high_as_with_them(distributions, a_step):
    frame = draw_bars([], Moment(0), EN)
    assert frame.layout.meta == {"step": 0}
    assert frame.layout.height == draw_bars(bars_of(distributions, a_step), Moment(1), EN).layout.height


def test_names_begin_at_one_place_whatever_the_number_and_only_the_name_is_bold():
    probs = (0.0, 1e-7, 0.00076, 0.0034, 0.051, 0.942, 0.9999, 1.0)
    widths = [_width(_padded(percent(prob))) for prob in probs]
    assert max(widths) - min(widths) <= 2
    assert _name(Bar(2, "Cats", 0.1, 0.1, "chosen"), " 10.0% ", "#000") == "<b>Cats</b> 10.0% "


def test_a_token_that_a_low_temperature_makes_too_rare_for_a_number_is_neither_filtered_nor_0(bigram_model):
    model, recipe = bigram_model([0.1, 0.1, 0.5, 0.2, 0.1]), Recipe(settings=SamplingSettings(temperature=1e-3))
    step = next(generate(model, recipe))
    rules = recipe.at(1)
    rows = probability_bars(step_distributions(model, step.state, rules), step, rules, Moment(1), model.vocabulary, EN)
    assert [bar.after > 0 for bar in rows] == [True] * 5
    figure = draw_bars(rows, Moment(1), EN)
    assert "&lt; 0.001%" in figure.layout.yaxis.ticktext[1]
    assert "filtered" not in "".join(figure.layout.yaxis.ticktext)
    assert "after 0%" not in "".join(figure.data[0].hovertext)


def test_what_is_filtered_or_lost_to_greedy_has_0(bigram_model):
    model = bigram_model([0.1, 0.1, 0.5, 0.2, 0.1])
    for settings in (SamplingSettings(temperature=0), SamplingSettings(temperature=1e-3, top_k=1)):
        recipe = Recipe(settings=settings)
        step = next(generate(model, recipe))
        distributions = step_distributions(model, step.state, recipe.at(1))
        rows = probability_bars(distributions, step, recipe.at(1), Moment(1), model.vocabulary, EN)
        assert [bar.after for bar in rows] == [1, 0, 0, 0, 0]
