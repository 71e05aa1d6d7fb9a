"""Inside a<t>: every cell of the map is a number of the engine, and x<t> has its 1 where the token stands."""

import numpy as np
import pytest
from tiny_weights import random_weights

from engine.figures.inside import COLUMNS, MOVERS, choices, draw_inside, draw_movers, inside, movers
from engine.figures.one_hot import one_hot
from engine.generation import generate
from engine.model import LanguageModel
from engine.phases import Moment
from engine.recipe import Recipe
from engine.ui.i18n import LANGUAGES, translator
from engine.vocabulary import Vocabulary

EN = translator("en")
CASES = [(cell, layers, layer) for cell in ("rnn", "gru", "lstm") for layers in (1, 2) for layer in range(layers)]


def steps_of(model, limit=6, **options):
    return list(generate(model, Recipe(seed=3, stop_at_eos=False, limit=limit, **options)))


def test_what_can_be_looked_at_depends_on_the_cell(random_model):
    assert {cell: choices(random_model(cell)) for cell in ("rnn", "gru", "lstm")} == {
        "rnn": ("a",),
        "gru": ("a", "r", "z"),
        "lstm": ("a", "c", "i", "f", "o"),
    }


@pytest.mark.parametrize(("cell", "layers", "layer"), CASES)
def test_each_column_is_what_a_step_of_the_model_gives(random_model, cell, layers, layer):
    model = random_model(cell, layers=layers)
    steps = steps_of(model)
    for what in choices(model):
        record = inside(model, steps, Moment(6), what, layer, EN)
        state = model.initial_state()
        for column, step in enumerate(steps):
            gates = model.gates(step.input_id, state)[layer]
            _, state = model.step(step.input_id, state)
            want = {"a": state.h, "c": state.c}[what][layer] if what in ("a", "c") else gates[what]
            assert np.array_equal(record.values[:, column], want)
        assert record.values.shape == (model.hidden_size, 6)


def test_colours_are_fixed_for_a_and_the_gates_and_hold_all_of_c(random_model):
    model = random_model("lstm")
    steps = steps_of(model)
    ends = {what: inside(model, steps, Moment(6), what, 0, EN)[3:5] for what in choices(model)}
    assert ends["a"] == (-1, 1)
    assert ends["i"] == ends["f"] == ends["o"] == (0, 1)
    low, high = ends["c"]
    assert low == -high
    assert high >= np.abs([step.state.c for step in steps]).max()


def test_colours_hold_all_of_a_where_it_has_no_bounds(vocabulary):
    weights = random_weights("rnn")
    weights["rnn.bias_ih_l0"] += 5
    model = LanguageModel.from_state_dict(vocabulary, weights, variant="relu")
    steps = steps_of(model, limit=1)
    low, high = inside(model, steps, Moment(1), "a", 0, EN)[3:5]
    assert low == -high
    assert high >= steps[0].state.h.max() > 1


@pytest.mark.parametrize(("at", "first"), [(1, 1), (60, 1), (61, 2), (75, 16)])
def test_at_most_the_last_columns_are_drawn(random_model, at, first):
    model = random_model("gru")
    steps = steps_of(model, limit=75)
    for what in ("a", "z"):
        record = inside(model, steps, Moment(at), what, 0, EN)
        assert record.first == first
        assert record.values.shape[1] == min(at, COLUMNS) == at - first + 1
    want = model.gates(steps[at - 1].input_id, steps[at - 2].state if at > 1 else model.initial_state())[0]["z"]
    assert np.array_equal(record.values[:, -1], want)


def test_a_is_there_once_it_has_been_fed(random_model):
    model = random_model("lstm")
    steps = steps_of(model)
    assert inside(model, [], Moment(), "a", 0, EN) is None
    assert inside(model, steps, Moment(1, "feed"), "f", 0, EN) is None
    assert inside(model, steps, Moment(3, "feed"), "a", 0, EN).values.shape[1] == 2
    assert inside(model, steps, Moment(3, "predict"), "a", 0, EN).values.shape[1] == 3


def test_the_mean_move_counts_from_a_step_before_the_first_column(random_model):
    model = random_model("gru")
    steps = steps_of(model, limit=62)
    record = inside(model, steps, Moment(62), "a", 0, EN)
    rows = [model.initial_state().h[0], *(step.state.h[0] for step in steps)]
    want = [np.abs(rows[t] - rows[t - 1]).mean() for t in range(record.first, 63)]
    assert record.moved == pytest.approx(want)
    assert len(inside(model, steps, Moment(62), "r", 0, EN).moved) == 0


def test_the_units_that_moved_most_come_first():
    vocabulary = Vocabulary(["<EOS>", "<UNK>", "Cats", "sleep", "."], "word", "<EOS>", "<UNK>")
    model = LanguageModel.from_state_dict(vocabulary, random_weights("gru", hidden=20))
    steps = steps_of(model)
    for at in (1, 4):
        moved, mean = movers(model, steps, at, 0)
        before = steps[at - 2].state.h[0] if at > 1 else np.zeros(20)
        moves = np.abs(steps[at - 1].state.h[0] - before)
        assert len(moved) == MOVERS
        assert [abs(one.now - one.before) for one in moved] == sorted(moves, reverse=True)[:MOVERS]
        assert all((one.before, one.now) == (before[one.unit], steps[at - 1].state.h[0][one.unit]) for one in moved)
        assert mean == pytest.approx(moves.mean())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["a", "c", "f"])
def test_the_map_draws_these_numbers_and_names_its_step(random_model, language, what):
    model, t = random_model("lstm"), translator(language)
    record = inside(model, steps_of(model), Moment(6), what, 0, t)
    figure = draw_inside(record, Moment(6), t)
    assert figure.layout.meta == {"step": 6}
    heat = figure.data[0]
    assert np.array_equal(heat.z, record.values.astype(np.float32))
    assert (heat.zmin, heat.zmax) == (record.low, record.high)
    assert list(heat.x) == [1, 2, 3, 4, 5, 6]
    assert len(figure.data) == (1 if what == "f" else 2)
    moved, _ = movers(model, steps_of(model), 6, 0)
    bars = draw_movers(moved, Moment(6), t)
    assert bars.layout.meta == {"step": 6}
    assert np.add(bars.data[0].base, bars.data[0].x) == pytest.approx([one.now for one in moved])


def test_every_unit_has_a_row_of_pixels_of_its_own():
    vocabulary = Vocabulary("ab", "char")
    model = LanguageModel.from_state_dict(vocabulary, random_weights("rnn", words=2, hidden=500, dtype=np.float32))
    layout = draw_inside(inside(model, steps_of(model), Moment(6), "a", 0, EN), Moment(6), EN).layout
    plot = layout.height - layout.margin.t - layout.margin.b
    assert plot * (layout.yaxis.domain[1] - layout.yaxis.domain[0]) >= 500 - 1e-9


def test_the_step_on_show_is_always_named_below_the_map(char_model):
    steps = steps_of(char_model, limit=60)
    for at in (5, 33, 60):
        axis = draw_inside(inside(char_model, steps, Moment(at), "a", 0, EN), Moment(at), EN).layout.xaxis
        assert axis.tickvals[0] == at
        assert len(axis.tickvals) <= 20


def test_tokens_that_look_like_markup_are_escaped_below_the_map_and_in_words():
    vocabulary = Vocabulary(["<b>x</b>"], "word")
    model = LanguageModel.from_state_dict(vocabulary, random_weights("rnn", words=1))
    steps = steps_of(model, limit=2)
    figure = draw_inside(inside(model, steps, Moment(2), "a", 0, EN), Moment(2), EN)
    assert figure.layout.xaxis.ticktext[0].startswith("2: &lt;b&gt;x")
    assert "<b>" not in one_hot(model, steps[1], EN)


def test_x_1_is_said_to_be_the_zero_vector_and_has_no_1(word_model):
    html = one_hot(word_model, steps_of(word_model)[0], EN)
    assert "x⟨1⟩ is the zero vector: 5 zeros" in html
    assert "<u" not in html


@pytest.mark.parametrize("embedding", [None, 3])
def test_the_1_stands_at_the_index_of_the_token_and_picks_a_column_or_a_row(random_model, embedding):
    model = random_model("gru", embedding=embedding)
    step = steps_of(model, forced={1: 3})[1]
    html = one_hot(model, step, EN)
    assert "1 at index 3 (“sleep”), 0 at the other 4" in html
    assert f"left:{100 * 3.5 / 5:.3f}%" in html
    assert ("row 3 of the embedding, 3 numbers" in html) == (embedding is not None)
    assert ("column 3 of the input weights" in html) == (embedding is None)
