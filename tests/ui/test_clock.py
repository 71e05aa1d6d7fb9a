"""The clock: a tick when it is due and not before, and the whole page again where something begins or ends."""

from contextlib import nullcontext, suppress

import pytest
import streamlit as st
from conftest import session_of

from engine.ui import clock, session


class Rerun(Exception):
    """What `st.rerun` raises here."""


class Part:
    """A part of a page whose pace and surroundings are set by hand."""

    def __init__(self, pace=None, around="a"):
        self.pace, self.around, self.ticks, self.drawn = pace, around, 0, 0

    def draw(self):
        self.drawn += 1

    def tick(self):
        self.ticks += 1

    def page(self):
        """The whole page is drawn."""
        clock.going_on(self.draw, lambda: self.tick(), lambda: self.pace, lambda: self.around)


@pytest.fixture
def browser(monkeypatch):
    """`browser.now`: the time; `browser.every`: the interval of its clock; `browser.run()`: the fragment alone."""

    class Browser:
        now, every, run = 100.0, None, None

    def fragment(function, run_every):
        Browser.every, Browser.run = run_every, staticmethod(function)
        return function

    def rerun():
        raise Rerun

    due = clock.Due()
    monkeypatch.setattr(st, "fragment", fragment)
    monkeypatch.setattr(st, "rerun", rerun)
    monkeypatch.setattr(session, "record", lambda kind: due)
    monkeypatch.setattr(session, "in_one_go", nullcontext)
    monkeypatch.setattr(clock.time, "monotonic", lambda: Browser.now)
    return Browser


def test_nothing_ticks_where_nothing_goes_on(browser):
    part = Part()
    part.page()
    browser.run()
    assert (part.ticks, part.drawn, browser.every) == (0, 2, None)


def test_a_tick_comes_when_it_is_due_whatever_else_the_part_runs_for(browser):
    part = Part(pace=0.5)
    part.page()
    assert (part.ticks, browser.every) == (0, 0.5)
    for seconds, ticks in ((0.1, 0), (0.4, 0), (0.46, 1), (0.9, 1), (0.96, 2)):
        browser.now = 100 + seconds
        browser.run()
        assert part.ticks == ticks


def test_a_clock_that_was_late_does_not_hurry_afterwards(browser):
    part = Part(pace=0.25)
    part.page()
    browser.now += 10
    for _ in range(5):
        browser.run()
    assert part.ticks == 1


@pytest.mark.parametrize("change", [{"pace": 0.25}, {"around": "b"}])
def test_what_begins_or_changes_around_the_part_draws_the_whole_page_and_not_the_part(browser, change):
    part = Part()
    part.page()
    vars(part).update(change)
    with pytest.raises(Rerun):
        browser.run()
    assert part.drawn == 1
    part.page()
    assert (part.drawn, browser.every) == (2, part.pace)


def test_a_tick_that_ends_it_draws_the_whole_page_and_the_next_start_is_a_new_one(browser):
    part = Part(pace=0.5)
    part.page()
    browser.now += 0.5
    part.tick = lambda: vars(part).update(pace=None)
    with pytest.raises(Rerun):
        browser.run()
    del part.tick
    part.page()
    browser.now += 0.4
    part.pace = 0.5
    part.page()
    browser.now += 0.4
    browser.run()
    assert part.ticks == 0  # not half a second after its last one, but after its start


def test_a_crowd_is_who_is_being_drawn_now_and_nobody_else(browser):
    part, seen = Part(), []
    part.page()
    part.draw = lambda: seen.append(list(clock._at_work))
    part.page()
    browser.run()
    assert len(seen[-1]) == 1
    assert clock._at_work == []

    def broken():
        raise ZeroDivisionError

    part.draw = broken
    with suppress(ZeroDivisionError):
        part.page()
    assert clock._at_work == []


@pytest.mark.parametrize(("crowd", "seconds", "told"), [(20, 2.0, 2.0), (20, 0.3, None), (0, 60.0, None)])
def test_who_is_slowed_by_a_crowd_is_told_and_nobody_whose_tab_slept(browser, monkeypatch, crowd, seconds, told):
    part = Part(pace=0.25)
    part.page()
    monkeypatch.setattr(clock, "_at_work", ["others"] * crowd)
    browser.now += seconds
    browser.run()
    assert (part.ticks, browser.every, clock.slowed()) == (1, 0.25, told)
    browser.now += 0.25
    browser.run()
    assert clock.slowed() is None


@pytest.mark.parametrize(("lang", "words"), [("en", "a step every 2.0 s"), ("zh", "每 2.0 秒一步")])
def test_the_stage_says_it(open_app, parts, lang, words):
    app = open_app(lang=lang)
    session_of(app).record(clock.Due).slowed["a part"] = 2.0
    app.run()
    assert words in parts["run"]["notes"][0]
