"""The speaker's window: what it shows of the next draw, and how it follows the other tab."""

import pytest
import streamlit as st
from conftest import checked, session_of

from engine.phases import Moment
from engine.recipe import Recipe
from engine.run import Run
from engine.ui.i18n import translator
from engine.ui.stage import speaker
from engine.ui.tour.stops import tour


@pytest.fixture
def told(monkeypatch):
    """A function (app, query): what the other tab's message does."""

    def told(app, value):
        monkeypatch.setattr(speaker.session, "current", lambda: session_of(app))
        monkeypatch.setattr(speaker.st, "session_state", {"speaker": {"told": value}})
        speaker._follow()
        monkeypatch.undo()
        return checked(app.run())

    return told


def html(app):
    return " ".join(one.body for one in app.get("html"))


def test_the_next_draws_are_those_that_will_fall_with_their_luck(bigram_model):
    """<UNK> has 0.5 from 0 on; a seed whose u(1, 1) is below that is rejected once, and then drawn from the rest."""
    model = bigram_model([0.0, 0.5, 0.25, 0.25, 0.0])
    seed = next(seed for seed in range(100) if Run(model, Recipe(seed)).stepped().shown.draws[0].token_id == 1)
    run = Run(model, Recipe(seed))
    step = run.stepped().shown
    assert len(step.draws) == 2
    tr = translator("en")
    first, second = speaker.upcoming(run, tr)
    assert first.startswith("u(1, 1) = ")
    assert first.endswith("<UNK> ✗ rejected")
    assert second.startswith("u(1, 2) = ")
    assert second.endswith(f"“{model.vocabulary.tokens[step.token_id]}” ✓")
    half_way = run.stepped().back().phased().phased().phased()
    assert half_way.moment == Moment(1, "draw", 1)
    assert speaker.upcoming(half_way, tr) == [second]
    assert speaker.upcoming(half_way.phased(), tr)[0].startswith("All draws")
    assert speaker.upcoming(run.stepped(), tr)[0].startswith("u(2, 1)")


def test_a_given_token_and_the_end_are_said(bigram_model):
    model, tr = bigram_model([0.0, 0.0, 1.0, 0.0, 0.0]), translator("en")
    assert "given by the prompt" in speaker.upcoming(Run(model, Recipe(0, prompt="Cats")), tr)[0]
    assert speaker.upcoming(Run(model, Recipe(0, limit=1)).stepped(), tr) == ["The run has ended."]


def test_it_opens_alone_and_follows_the_link_of_the_other_tab(open_app, told):
    app = open_app(view="speaker", lang="en")
    assert not app.sidebar.children
    assert not app.button
    assert 'class="speaker"' in html(app)
    assert "view=speaker" not in html(app)  # nothing was ignored
    told(app, "lang=zh&model=dinosaurs-gru&seed=3&t=2&limit=9&eos=0&present=1")
    assert (session_of(app).model_name, session_of(app).run.moment.t) == ("dinosaurs-gru", 2)
    assert session_of(app).language == "zh"
    assert session_of(app).view.speaker
    assert 'data-step="2"' in html(app)
    assert "u(3, 1)" in html(app)


def test_at_a_stop_of_the_tour_the_speaker_has_question_and_answer(open_app, told):
    app = told(open_app(view="speaker", lang="en"), "lang=en&model=speeches-word&seed=1158&t=0&tour=1")
    said = tour().stops[0].said["en"]
    assert said.question in html(app)
    assert said.answer.split(":")[0] in html(app)


@pytest.mark.parametrize("sent", [None, 3, {"query": "t=1"}, "x" * 60_000, "t=many&model=none"])
def test_what_a_browser_can_be_made_to_send_does_no_harm(open_app, told, sent):
    app = open_app(view="speaker", model="dinosaurs-gru")
    told(app, sent)
    assert 'class="speaker"' in html(app)


def test_streamlit_is_as_before():
    assert st.session_state is speaker.st.session_state
