"""The app by AppTest: every control of the stage, in both languages, without a browser."""

import subprocess
import sys

import pytest
from conftest import APP, checked, session_of, unfolded

from engine.model import ModelError
from engine.ui.i18n import WORDS
from engine.ui.markdown import plain
from engine.ui.models import FOLDER, load_model


def press(app, action):
    return checked(app.button(key=f"control_{action}").click().run())


def status(app):
    """The attributes of the status element: (data-step, data-phase, data-finish)."""
    html = next(element.body for element in app.get("html") if 'class="status"' in element.body)
    return tuple(html.split(f'data-{name}="')[1].split('"')[0] for name in ("step", "phase", "finish"))


def test_it_opens_before_the_first_step(open_app):
    app = open_app()
    assert status(app) == ("0", "", "")
    assert app.button(key="control_back").disabled
    assert app.button(key="control_reset").disabled


def test_every_pretrained_model_opens_and_runs_to_its_end(open_app):
    names = sorted(path.stem for path in FOLDER.glob("*.npz"))
    assert names
    for name in names:
        app = open_app(model=name, limit="5")
        press(app, "end")
        step, _, finish = status(app)
        assert finish in ("eos", "length")
        assert int(step) <= 5
        assert app.button(key="control_step").disabled


def test_step_back_phase_and_reset(open_app):
    app = open_app(seed="5", eos="0")
    press(app, "step")
    press(app, "step")
    assert status(app)[0] == "2"
    press(app, "back")
    assert status(app)[0] == "1"
    press(app, "phase")
    assert status(app)[:2] == ("2", "feed")
    press(app, "reset")
    assert status(app) == ("0", "", "")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_settings_change_the_run_from_the_step_on_show(open_app, language):
    app = open_app(seed="5", eos="0", lang=language, t="3")
    checked(app.select_slider(key="setting_temperature").set_value(0.5).run())
    assert session_of(app).run.rules.settings.temperature == 0.5
    assert [change.t for change in session_of(app).run.recipe.changes] == [3]
    unfolded(app, "filters")
    checked(app.number_input(key="setting_top_k").set_value(5).run())
    assert session_of(app).run.rules.settings.top_k == 5
    checked(app.selectbox(key="setting_unk").set_value("allow").run())
    assert session_of(app).run.rules.unk == "allow"
    press(app, "back")
    assert app.select_slider(key="setting_temperature").value == 1.0  # that of the step on show


def test_the_level_switch_goes_to_the_model_of_the_same_text_and_back(open_app):
    app = open_app(model="speeches-word")
    words = session_of(app).model_name
    checked(app.segmented_control(key="level").set_value("char").run())
    assert session_of(app).model_name == "speeches-char"
    assert session_of(app).run.recipe.limit == 100
    checked(app.segmented_control(key="level").set_value("word").run())
    assert session_of(app).model_name == words
    assert session_of(app).run.recipe.limit == 20


def test_the_menu_lists_every_model_by_level_with_a_line_on_what_to_try_and_remembers_the_choice(open_app):
    app = unfolded(open_app(), "models")
    listed = {level: app.radio(key=f"setting_model_{level}") for level in ("word", "char")}
    names = {path.stem for path in FOLDER.glob("*.npz")}
    assert {name for radio in listed.values() for name in _options(radio)} == names
    assert all(caption for radio in listed.values() for caption in radio.proto.captions)
    checked(listed["char"].set_value("tang-char").run())
    assert session_of(app).model_name == "tang-char"
    checked(app.segmented_control(key="level").set_value("word").run())
    assert session_of(app).model_name == "speeches-word"  # no word model has that text: the one before
    checked(app.segmented_control(key="level").set_value("char").run())
    assert session_of(app).model_name == "speeches-char"


def _options(radio):
    """The file names behind the titles that a menu shows, for models that have a title."""
    titles = {plain(texts[0]): key.removeprefix("model.") for key, texts in WORDS.items() if key.startswith("model.")}
    return [titles[option] for option in radio.options]


def test_the_language_changes_and_the_run_stays(open_app):
    app = open_app(t="2", eos="0")
    before = session_of(app).run
    checked(app.segmented_control(key="setting_language").set_value("zh").run())
    assert app.button(key="control_step").label == "单步"
    assert session_of(app).run is before


def test_a_link_with_nonsense_shows_a_notice(open_app):
    app = open_app(seed="x", temperature="-1", model="nobody")
    assert any("Ignored in the link" in element.body for element in app.get("html"))


def test_a_seed_and_the_die_begin_a_new_run(open_app):
    app = open_app(t="3", eos="0")
    checked(app.number_input(key="setting_seed").set_value(77).run())
    assert session_of(app).run.recipe.seed == 77
    assert status(app)[0] == "0"
    checked(app.button(key="die").click().run())


def test_a_cleared_field_changes_nothing(open_app):
    app = open_app(t="3", eos="0")
    before = session_of(app).run
    for key in ("setting_seed", "setting_limit"):
        checked(app.number_input(key=key).set_value(None).run())
        assert app.number_input(key=key).value is not None
    assert session_of(app).run.recipe == before.recipe
    assert session_of(app).run.moment == before.moment


def test_undo_brings_back_the_steps_that_a_change_dropped(open_app):
    app = open_app(seed="5", eos="0", t="6")
    assert app.button(key="control_undo").disabled
    press(app, "back")
    press(app, "back")
    before = session_of(app).run
    checked(app.select_slider(key="setting_temperature").set_value(0.5).run())
    assert len(session_of(app).run.steps) == 4
    press(app, "undo")
    after = session_of(app).run
    assert (after.recipe, after.moment) == (before.recipe, before.moment)
    assert [step.token_id for step in after.steps] == [step.token_id for step in before.steps]
    assert app.select_slider(key="setting_temperature").value == 1.0


def test_undo_takes_back_a_reset_and_another_model_one_after_the_other(open_app):
    app = open_app(t="3", eos="0")
    words = session_of(app).model_name
    press(app, "reset")
    checked(app.segmented_control(key="level").set_value("char").run())
    press(app, "undo")
    assert session_of(app).model_name == words
    assert status(app)[0] == "0"
    press(app, "undo")
    assert status(app)[0] == "3"
    assert app.button(key="control_undo").disabled


def test_looking_at_other_steps_is_nothing_to_undo(open_app):
    app = open_app(t="3", eos="0")
    for action in ("back", "step", "phase", "end"):
        press(app, action)
    assert app.button(key="control_undo").disabled


def test_pandas_is_whole_before_anything_is_drawn():
    """A table of one session imports it; half of it, in the middle of that, broke the charts of all others."""
    look = f"""if True:
        import sys
        from streamlit.delta_generator import DeltaGenerator
        from streamlit.testing.v1 import AppTest
        draw, whole = DeltaGenerator._enqueue, []
        def watched(*args, **kwargs):
            whole.append("pandas" in sys.modules)
            return draw(*args, **kwargs)
        DeltaGenerator._enqueue = watched
        AppTest.from_file({APP!r}).run(timeout=60)
        sys.exit(not (whole and all(whole)))
        """
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, check=False).returncode == 0


def test_a_model_file_that_has_gone_is_named_without_its_folder():
    with pytest.raises(ModelError, match=r"^gone\.npz cannot be read: No such file or directory$"):
        load_model("gone")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Ended: &lt;EOS&gt; chosen by hand"), ("zh", "结束：手动选定 &lt;EOS&gt;")]
)
def test_an_end_chosen_by_hand_is_called_so_on_the_flag_of_the_controls(open_app, language, words):
    for query, by_hand in (({"force": "3:0"}, True), ({}, False)):
        app = open_app(model="speeches-word", seed="1158", t="6", lang=language, **query)
        html = next(element.body for element in app.get("html") if 'class="status"' in element.body)
        assert status(app)[2] == "eos"
        assert (words in html) == by_hand


def test_temperature_0_is_called_greedy_in_the_sidebar(open_app):
    app = open_app(temperature="0", t="2")
    assert "0: greedy" in app.select_slider(key="setting_temperature").options
    assert app.select_slider(key="setting_temperature").value == 0
