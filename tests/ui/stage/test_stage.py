"""The stage's own lines: what they say waits for its phase, and an ending has its own flag."""

import pytest
from conftest import places_of, records_of

from engine.recipe import Recipe
from engine.run import Run
from engine.ui.i18n import LANGUAGES, translator
from engine.ui.stage.status import status
from engine.ui.stage.step import notes

EN = translator("en")


def test_nothing_of_a_step_is_noted_before_its_phase(word_model):
    whole = Run(word_model, Recipe(seed=1, unk="allow", stop_at_eos=False)).at(3)
    feed = whole.phased()
    predict = feed.phased()
    draw = predict.phased()
    for run in (feed, predict, draw):
        assert run.moment.t == 4
    assert notes(feed, EN)[1:] == notes(whole, EN)[1:]
    assert "ŷ⟨3⟩" in notes(feed, EN)[2]
    assert notes(predict, EN)[1] == notes(whole, EN)[1]
    assert notes(predict, EN)[2] == notes(whole.at(4), EN)[2]
    assert notes(draw, EN)[1:] == notes(whole.at(4), EN)[1:]


def test_before_the_first_prediction_there_is_only_the_counter(word_model):
    run = Run(word_model, Recipe()).phased()
    assert len(notes(run, EN)) == 1
    assert len(notes(run.phased(), EN)) == 2  # the entropy of yhat<1>, no token yet


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_three_endings_have_flags_of_their_own(word_model, char_model, language):
    runs = (Run(word_model, Recipe(seed=seed, limit=3)).at_end() for seed in range(100))
    ended = {run.finish_reason: run for run in runs}
    flags = {status(run, translator(language)) for run in (*ended.values(), Run(char_model, Recipe(limit=3)).at_end())}
    looks = {flag.split('class="flag ')[1].split('"')[0] for flag in flags}
    assert looks == {"eos", "length", "no_eos"}
    assert len({flag.split(">", 2)[2] for flag in flags}) == 3


@pytest.mark.parametrize("hide", ["", "bars", "draw", "narration", "draw,narration", "strip,notes,text,network"])
def test_whatever_is_told_of_a_step_has_a_place_that_shows_it(open_app, press, hide):
    app = open_app(model="dinosaurs-gru", seed="5", t="2", eos="0", hide=hide)
    for action in ("step", "predict", "step", "step"):
        told = records_of(app).keys() - {"step", "run"}
        assert told <= places_of(app)
        assert ("bars" in told) == ("below" in places_of(app) and "predict" not in told)
        press(app, action)
