"""P(<EOS>) by step: the points are the engine's own figures, the flags stand where <EOS> came out."""

import pytest

from engine.figures.eos_line import WINDOW, draw_eos_line, eos_line
from engine.phases import Moment
from engine.recipe import Recipe
from engine.run import Run
from engine.sampling import SamplingSettings
from engine.scoring import score
from engine.ui.i18n import LANGUAGES, translator

EN = translator("en")


def line_of(run, moment=None):
    return eos_line(run.steps, run.facts, moment or run.moment, run.model.vocabulary)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_points_are_the_models_own_probability_of_eos_whatever_the_settings(random_model, cell):
    model = random_model(cell, layers=2)
    run = Run(model, Recipe(seed=4, settings=SamplingSettings(0.5, top_k=2), stop_at_eos=False, limit=6)).at_end()
    line = line_of(run)
    tokens = [step.token_id for step in run.steps]
    eos_id = model.vocabulary.eos_id
    assert line.first == 1
    for t, prob in enumerate(line.probs, 1):
        assert prob == pytest.approx(score(model, [*tokens[: t - 1], eos_id])[-1].prob, rel=1e-6)
    assert (line.shown, line.past) == (6, 6)


def test_a_vocabulary_without_eos_has_no_line(char_model):
    assert line_of(Run(char_model, Recipe()).at(3)) is None


def test_before_the_first_step_there_is_no_point(word_model):
    line = line_of(Run(word_model, Recipe()))
    assert (line.probs, line.shown, line.ends) == ([], None, [])


def test_the_step_on_show_has_its_point_from_predict_on_and_its_flag_once_it_is_drawn(bigram_model):
    run = Run(bigram_model([1.0, 0, 0, 0, 0]), Recipe(limit=3)).at(1)
    seen = [
        (len(line.probs), line.shown, line.ends)
        for line in (
            line_of(run, Moment(1, *phase)) for phase in (("feed",), ("predict",), ("draw", 0), ("draw", 1), ("",))
        )
    ]
    assert seen == [
        (0, None, []),
        (1, 1, []),
        (1, 1, []),
        (1, 1, [(1, "drawn")]),
        (1, 1, [(1, "drawn")]),
    ]


def test_eos_passed_over_or_chosen_by_hand_has_a_flag_with_its_word(bigram_model):
    model = bigram_model([0.5, 0, 0.5, 0, 0])
    run = Run(model, Recipe(seed=1, stop_at_eos=False, limit=12, forced={3: 0})).at_end()
    line = line_of(run)
    assert line.ends == [(step.t, step.origin) for step in run.steps if step.token_id == 0]
    assert {"drawn", "forced"} == {origin for _, origin in line.ends}


def test_what_back_left_behind_is_dotted(word_model):
    run = Run(word_model, Recipe(seed=4, stop_at_eos=False, limit=8)).at_end().at(5)
    line = line_of(run)
    assert (line.past, len(line.probs), line.shown) == (5, 8, 5)
    past, future = draw_eos_line(line, run.moment, EN).data
    assert list(past.x) == [1, 2, 3, 4, 5]
    assert list(past.y) == line.probs[:5]
    assert list(future.x) == [5, 6, 7, 8]
    assert future.line.dash == "dot"


def test_a_long_run_is_drawn_around_the_step_on_show(word_model):
    run = Run(word_model, Recipe(seed=4, stop_at_eos=False, limit=2 * WINDOW)).at_end()
    for at in (1, WINDOW, WINDOW + 120, 2 * WINDOW):
        line = line_of(run, Moment(at))
        assert len(line.probs) == WINDOW
        assert line.first <= at < line.first + WINDOW
        assert line.probs == [facts.eos_prob for facts in run.facts[line.first - 1 : line.first - 1 + WINDOW]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_names_its_step_marks_it_and_says_how_the_end_came(bigram_model, language):
    t = translator(language)
    run = Run(bigram_model([1.0, 0, 0, 0, 0]), Recipe(limit=3)).at_end()
    figure = draw_eos_line(line_of(run), run.moment, t)
    assert figure.layout.meta == {"step": 1}
    assert [shape.x0 for shape in figure.layout.shapes] == [1, 1]
    assert [note.text for note in figure.layout.annotations] == [
        "⚑ " + t("panel.eos.end.drawn").replace("<", "&lt;").replace(">", "&gt;")
    ]


def test_the_axis_ends_at_1_10_or_100_percent_and_holds_every_point(bigram_model):
    for model, top in ((bigram_model([0.004, 0, 0.996, 0, 0]), 0.01), (bigram_model([0.05, 0, 0.95, 0, 0]), 0.1)):
        run = Run(model, Recipe(stop_at_eos=False, limit=3)).at_end()
        assert draw_eos_line(line_of(run), run.moment, EN).layout.yaxis.tickvals[-1] == top
