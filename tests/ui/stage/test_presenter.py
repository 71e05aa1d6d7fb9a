"""Presenter mode and parts left out by link, by AppTest."""

import pytest
import streamlit as st
from conftest import checked, places_of, session_of

from engine.ui.i18n import WORDS
from engine.ui.stage import component
from engine.ui.stage.actions import ACTIONS, act, keys
from engine.ui.view import PARTS, View


def html(app):
    return " ".join(one.body for one in app.get("html"))


def keys_of(app):
    """Of all buttons on the page."""
    return {button.key for button in app.button}


@pytest.fixture
def records(parts, monkeypatch):
    """What the latest step has sent, by its places, and how the pages' names are shown."""
    navigation = st.navigation

    def watched(pages, position):
        parts["navigation"] = position
        return navigation(pages, position=position)

    monkeypatch.setattr(st, "navigation", watched)
    return parts


def test_presented_the_stage_is_alone_and_as_before_when_it_is_over(open_app, records):
    usual = open_app(seed="5")
    assert "setting_seed" in {field.key for field in usual.number_input}
    assert "lecture_present" in keys_of(usual)
    assert not records["step"]["present"]
    app = open_app(seed="5", present="1")
    assert not app.sidebar.children
    assert "lecture_present" not in keys_of(app)
    assert {f"control_{name}" for name in ("back", "step", "phase", "play")} <= keys_of(app)
    assert records["step"]["present"]
    assert "present=1" in records["step"]["query"]


def test_the_button_presents_and_the_run_stays(open_app, records):
    app = open_app(seed="5", t="3", eos="0")
    run = session_of(app).run
    checked(app.button(key="lecture_present").click().run())
    assert not app.sidebar.children
    assert session_of(app).view == View(present=True)
    assert (session_of(app).run.recipe, session_of(app).run.moment) == (run.recipe, run.moment)


PLACES = {
    "strip": lambda app, records: records["run"]["strip"] is None,
    "notes": lambda app, records: records["run"]["notes"] is None,
    "text": lambda app, records: records["run"]["text"] is None,
    "network": lambda app, records: records["run"]["network"] is None,
    "trained": lambda app, records: records["run"]["switch"] is None,
    "draw": lambda app, records: "draw" not in {*records, *places_of(app)},
    "numpy": lambda app, records: records["draw"]["numpy"] == [],
    "narration": lambda app, records: "narration" not in {*records, *places_of(app)},
    "bars": lambda app, records: not {"bars", "below"} & {*records, *places_of(app)},
    "panels": lambda app, records: "panel" not in {one.key for one in app.segmented_control},
    "level": lambda app, records: "level" not in {one.key for one in app.segmented_control},
    "settings": lambda app, records: not app.sidebar.children,
    "pills": lambda app, records: 'class="pill' not in html(app),
    "pages": lambda app, records: records["navigation"] == "hidden",
} | {
    name: lambda app, records, name=name: f"control_{name}" not in keys_of(app)
    for name in ("back", "step", "phase", "play", "end", "reset", "undo")
}
PLACES |= {
    name: lambda app, records, name=name: f"lecture_{name}" not in keys_of(app) for name in ("tour", "present", "share")
}


def test_each_part_that_a_link_can_name_is_known_here():
    assert PLACES.keys() == {*PARTS}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_there_and_is_left_out_by_name(open_app, records, part):
    assert not PLACES[part](open_app(seed="5", t="2", eos="0"), records)
    records.clear()
    assert PLACES[part](open_app(seed="5", t="2", eos="0", hide=part), records)


def test_with_all_of_it_left_out_the_stage_still_steps(open_app, records):
    app = open_app(seed="5", eos="0", hide=",".join(PARTS))
    assert 'data-step="0"' in html(app)
    checked(app.run())


def test_a_name_that_is_no_part_is_named_in_a_notice(open_app):
    assert "hide=piano" in html(open_app(hide="bars,piano"))


def test_the_browser_does_three_things_by_itself():
    alone = {name for name, action in ACTIONS.items() if action.does is None}
    assert alone == {"blank", "full", "speaker"}
    assert keys()["b"] == keys()["."] == "blank"
    presses = {"mount": "m", "items": [[1, "blank", 0], [2, "present", 0]]}
    assert component.new_presses(presses, None)[0] == [("present", 0)]  # a browser can be made to send anything
    with pytest.raises(ValueError, match="by itself"):
        act("blank")


def test_a_stage_that_is_blanked_says_how_to_see_it_again(open_app, records):
    open_app(lang="zh")
    assert records["step"]["blanked"] == WORDS["present.blanked"][1]
