"""The page "Many draws" by AppTest: both views, every state, in both languages, without a browser."""

from html import unescape
from pathlib import Path

import numpy as np
import pytest
from conftest import session_of
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from engine.model import LanguageModel
from engine.ui import clock, models
from engine.ui.many_draws import runs
from engine.ui.many_draws.page import Shown
from engine.ui.many_draws.runs import Surveying
from engine.vocabulary import Vocabulary

APP = str(Path(__file__).parents[3] / "app.py")
TOKENS = {
    "both": ["<EOS>", "<UNK>", "Cats", "sleep", "<b>.</b>"],
    "no_unk": ["<EOS>", "Cats", "sleep", ".", "day"],
    "no_eos": ["<UNK>", "Cats", "sleep", ".", "day"],
}

pytestmark = pytest.mark.usefixtures("every_run_ticks")


@pytest.fixture
def open_page(tmp_path, monkeypatch):
    """`open_page(model, **query)`: the page, over a shelf of three tiny models; no exception may show."""
    rng = np.random.default_rng(5)
    for name, tokens in TOKENS.items():
        weights = {
            "rnn.weight_ih_l0": rng.normal(0, 1, (6, 5)).astype(np.float32),
            "rnn.weight_hh_l0": rng.normal(0, 1, (6, 6)).astype(np.float32),
            "output.weight": rng.normal(0, 1, (5, 6)).astype(np.float32),
        }
        special = {f"{mark[1:-1].lower()}_token": mark for mark in ("<EOS>", "<UNK>") if mark in tokens}
        LanguageModel.from_state_dict(Vocabulary(tokens, "word", **special), weights).save(tmp_path / f"{name}.npz")
    monkeypatch.setattr(models, "FOLDER", tmp_path)

    def open_page(model="both", **query):
        app = AppTest.from_file(APP, default_timeout=60)
        app._page_hash = calc_hash("draws")
        for key, value in {"model": model, **query}.items():
            app.query_params[key] = value
        return checked(app.run())

    return open_page


@pytest.fixture
def slowly(monkeypatch):
    """Slices of one batch, so that a survey is still on its way after the first."""
    advanced = runs.advanced
    monkeypatch.setattr(runs, "advanced", lambda now: advanced(now, 1e-9))


def checked(app):
    assert not app.exception, app.exception
    return app


def html(app):
    return unescape(" ".join(element.body for element in app.get("html")))


def run_all(app, number=100):
    """Press "Run" for so many runs and let the clock tick until they have ended."""
    checked(app.segmented_control(key="setting_draws_runs").set_value(number).run())
    checked(app.button(key="draws_start").click().run())
    while not session_of(app).record(Surveying).survey.ended:
        checked(app.run())
    return app


# --- one step


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens_on_the_first_step_and_shows_three_ways(open_page, language):
    app = open_page(lang=language)
    assert len(app.get("plotly_chart")) == 3
    assert "ŷ⟨1⟩" in html(app)
    assert "P(<UNK>)" in html(app)
    assert {"en": "Many whole runs", "zh": "多次完整采样"}[language] in str(app.segmented_control)


def test_it_draws_from_the_step_on_show(open_page):
    app = open_page(t="3", seed="1", eos="0")
    run = session_of(app).run
    text = run.model.vocabulary.decode([step.token_id for step in run.steps[:2]])
    assert f"ŷ⟨3⟩, after “{text}”" in html(app)
    assert session_of(app).run.moment.t == 3  # looking changes nothing


def test_a_given_and_a_forced_step_have_their_distribution_too(open_page):
    assert "given by the prompt" in html(open_page(prompt="Cats sleep", t="2"))
    assert "chosen by hand" in html(open_page(force="1:2", t="1", eos="0"))


@pytest.mark.parametrize(
    ("model", "unk", "said"),
    [
        ("both", "rest", "were rejected and made again"),
        ("both", "redraw", "were rejected and made again"),
        ("both", "allow", "<UNK> is kept like any other token"),
        ("no_unk", "rest", "has no <UNK>: nothing is rejected"),
    ],
)
def test_it_says_what_becomes_of_unk(open_page, model, unk, said):
    assert said in html(open_page(model, unk=unk))


def test_the_settings_of_the_stage_hold_here_and_are_named(open_page):
    said = html(open_page(temperature="0.7", top_k="2", unk="allow"))
    assert "T = 0.7, top_k 2" in said
    assert "different tokens: 2" in said
    assert "No chi-square here" in html(open_page(temperature="0"))  # one class: nothing to test


def test_more_draws_and_other_draws(open_page):
    app = open_page(n="10")
    assert "10 draws" in html(app)
    first = html(app)
    checked(app.button(key="draws_again").click().run())
    assert html(app) != first
    checked(app.segmented_control(key="setting_draws_n").set_value(100_000).run())
    assert "100,000 draws" in html(app)
    assert "p < 0.001: does not fit ŷ" in html(app)


def test_the_address_holds_what_is_on_show_and_opens_it_again(open_page, written):
    app = open_page(seed="7", t="2", eos="0")
    checked(app.segmented_control(key="setting_draws_n").set_value(100).run())
    checked(app.button(key="draws_again").click().run())
    query = written["query"]
    assert (query["n"], query["luck"], query["seed"], query["t"]) == ("100", "1", "7", "2")
    assert "show" not in query
    again = open_page(**query)
    assert html(again) == html(app)


def test_nonsense_in_the_address_is_ignored_with_one_notice(open_page):
    app = open_page(show="all", n="77", luck="-1", runs="<b>")
    said = html(app)
    assert said.count("Ignored in the link") == 1
    assert "show=all, n=77, luck=-1, runs=<b>" in said
    assert session_of(app).record(Shown).setup == (("step", 1_000, 0, 1_000))


# --- whole runs


@pytest.mark.parametrize("unk", ["rest", "redraw", "allow"])
@pytest.mark.parametrize("model", TOKENS)
def test_runs_of_every_kind_of_model_are_counted_and_told_in_both_languages(open_page, model, unk):
    app = run_all(open_page(model, unk=unk, show="runs", limit="6", lang="en", seed="3"))
    survey = session_of(app).record(Surveying).survey
    assert [run.seed for run in survey.runs] == list(range(3, 103))
    met = sum(not run.clean for run in survey.runs)
    for language in ("en", "zh"):
        checked(app.segmented_control(key="setting_language").set_value(language).run())
        said = html(app)
        if model != "no_unk":
            assert f" {met}" in said
        wanted = {
            "both": {"en": "cannot be here", "zh": "这里不可能"},
            "no_unk": {"en": "has no <UNK>", "zh": "没有 <UNK>"},
            "no_eos": {"en": "no <EOS> in this vocabulary", "zh": "词汇表里没有 <EOS>"},
        }[model][language]
        assert wanted in said
        assert len(app.get("plotly_chart")) == (2 if survey.rejects else 1)
        assert len(app.dataframe) == 1


def test_before_the_first_run_it_says_what_run_would_do(open_page):
    said = html(open_page(show="runs", seed="9", runs="100"))
    assert "the model writes 100 sequences" in said
    assert "seeds 9 to 108" in said


def test_long_runs_are_fewer_and_it_says_so(open_page):
    said = html(open_page(show="runs", runs="10000", limit="10000"))
    assert "200 runs are the most here" in said


def test_a_survey_of_long_runs_answers_before_its_first_run_has_ended(open_page, slowly):
    app = open_page("no_eos", show="runs", runs="100", limit="9000")
    checked(app.button(key="draws_start").click().run())
    assert session_of(app).record(Surveying).survey.runs == ()
    assert "0 of 100 runs" in app.get("progress")[0].proto.text
    checked(app.button(key="draws_cancel").click().run())
    assert session_of(app).record(Surveying).survey is None
    assert "the model writes 100 sequences" in html(app)


def test_progress_has_its_time_left_and_cancel_keeps_what_is_there(open_page, slowly):
    app = open_page(show="runs", runs="1000", limit="4")
    checked(app.button(key="draws_start").click().run())
    done = len(session_of(app).record(Surveying).survey.runs)
    assert 0 < done < 1000
    assert f"{done} of 1,000 runs, about" in app.get("progress")[0].proto.text
    checked(app.button(key="draws_cancel").click().run())
    survey = session_of(app).record(Surveying).survey
    assert survey.ended
    assert done <= len(survey.runs) < 1000
    assert len(app.dataframe) == 1


def test_leaving_the_page_cancels_and_keeps_what_is_there(open_page, slowly):
    app = open_page(show="runs", runs="1000", limit="4")
    checked(app.button(key="draws_start").click().run())
    app._page_hash = calc_hash("sample")
    checked(app.run())
    done = len(session_of(app).record(Surveying).survey.runs)
    checked(app.run())
    assert len(session_of(app).record(Surveying).survey.runs) == done
    app._page_hash = calc_hash("draws")
    checked(app.run())
    assert session_of(app).record(Surveying).survey.ended
    assert len(session_of(app).record(Surveying).survey.runs) == done


def test_a_run_opens_on_the_stage_and_the_others_are_still_there_afterwards(open_page):
    app = run_all(open_page(show="runs", limit="6", seed="3", force="2:3", eos="0"))
    run = session_of(app).record(Surveying).survey.runs[0]
    checked(app.button(key="draws_open").click().run())
    on_stage = session_of(app).run
    assert on_stage.recipe.seed == run.seed
    assert on_stage.recipe.forced == ((2, 3),)
    assert [step.token_id for step in on_stage.steps] == run.token_ids.tolist()
    assert any('class="status"' in element.body for element in app.get("html"))  # the stage is on show
    app._page_hash = calc_hash("draws")
    checked(app.run())
    assert len(session_of(app).record(Surveying).survey.runs) == 100
    assert len(app.dataframe) == 1


def test_other_settings_on_the_stage_begin_anew(open_page):
    app = run_all(open_page(show="runs", limit="6"))
    app._page_hash = calc_hash("sample")
    checked(app.run())
    checked(app.select_slider(key="setting_temperature").set_value(0.5).run())
    app._page_hash = calc_hash("draws")
    checked(app.run())
    assert not app.dataframe
    assert "Press “Run”" in html(app)


def test_tokens_that_look_like_markup_are_escaped(open_page):
    app = run_all(open_page(show="runs", limit="3", temperature="0.1"))
    bodies = " ".join(element.body for element in app.get("html"))
    assert "<b>.</b>" not in bodies


def test_runs_begun_while_others_are_on_their_way_do_not_wait_for_the_clock(open_page, slowly, monkeypatch):
    monkeypatch.setattr(clock, "EARLY", -1e9)  # it never ticks
    app = open_page(show="runs", runs="1000", limit="4", seed="3")
    for _ in range(2):
        checked(app.button(key="draws_start").click().run())
        assert 0 < len(session_of(app).record(Surveying).survey.runs) < 1000
        assert "of 1,000 runs" in app.get("progress")[0].proto.text
