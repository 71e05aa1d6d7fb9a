"""Notices: long enough on show to be read, and no longer."""

from engine.ui.notices import SECONDS, Notice, on_show, with_new


def test_a_notice_stays_for_its_time_from_the_first_drawing_on():
    shown = on_show(with_new([], "a"), now=100.0)
    assert shown == [Notice("a", 100.0)]
    assert SECONDS >= 5
    assert on_show(shown, now=100.0 + SECONDS - 0.1) == shown
    assert on_show(shown, now=100.0 + SECONDS) == []


def test_a_notice_that_comes_again_begins_anew_and_is_there_once():
    shown = on_show(with_new(with_new([], "a"), "b"), now=1.0)
    again = on_show(with_new(shown, "a"), now=5.0)
    assert again == [Notice("b", 1.0), Notice("a", 5.0)]
