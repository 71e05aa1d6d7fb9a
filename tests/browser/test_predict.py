"""Predict, then reveal, as a class does it: by mouse, by finger, by keys alone."""

import re

import pytest


def rows(stage):
    return stage.page.locator(".stage.predict .lay")


def chips(stage):
    return stage.page.locator(".stage.predict .row").evaluate_all(
        "rows => rows.map(row => row.querySelectorAll('.chips-laid i').length)"
    )


def wait_for_chips(stage, wanted):
    stage.page.wait_for_function(
        """wanted => {
          const roots = [...document.querySelectorAll('*')].map(e => e.shadowRoot);
          const part = roots.map(root => root?.querySelector('.stage.predict')).find(Boolean);
          return part && part.querySelectorAll('.chips-laid i').length === wanted;
        }""",
        arg=wanted,
    )


def test_by_keys_alone_open_and_then_hidden(visit):
    stage = visit("model=dinosaurs-gru&seed=7&t=2&eos=0", dark=True)
    stage.wait_for(2)
    keys = stage.page.keyboard
    keys.press("g")
    keys.press("ArrowRight")
    stage.wait_for(3)
    assert stage.phase == "predict"
    # everything of the stage on one screen
    assert rows(stage).last.bounding_box()["y"] < 700
    rows(stage).first.focus()
    keys.press("Enter")
    wait_for_chips(stage, 1)
    keys.press("ArrowDown")
    for count in (2, 3):
        keys.press(" ")
        wait_for_chips(stage, count)
    assert chips(stage)[:3] == [1, 2, 0]
    assert rows(stage).nth(1).evaluate("row => row.matches(':focus')")
    keys.press("Backspace")
    wait_for_chips(stage, 2)
    assert re.search("2 of 10", stage.page.locator(".stage.predict [role=status]").inner_text())
    keys.press("Tab")  # on from here, not to the first row
    assert rows(stage).evaluate_all("rows => rows.some(row => row.matches(':focus'))") is False
    keys.press("Shift+Tab")
    assert rows(stage).nth(1).evaluate("row => row.matches(':focus')")
    keys.press("ArrowRight")
    stage.page.wait_for_selector(".status[data-phase='']")
    stage.wait_for(3)
    assert "So far (1): you" in stage.narration
    stage.page.wait_for_function("() => /So far/.test(document.querySelector('#voice')?.innerText ?? '')")
    # hidden: no probability anywhere until u falls
    keys.press("ArrowRight")
    stage.wait_for(4)
    stage.page.locator(".choice button", has_text="hidden").click()
    stage.page.wait_for_selector(".status[data-phase=feed]")
    stage.wait_for(4)
    assert stage.page.locator(".stage.predict .number").all_inner_texts() == [""] * rows(stage).count()
    stage.page.locator(".stage.predict .lay").nth(2).click()
    wait_for_chips(stage, 1)
    stage.page.locator(".stage.predict .back").click()
    wait_for_chips(stage, 0)
    keys.press("PageDown")
    stage.page.wait_for_selector(".status[data-phase='']")
    stage.wait_for(4)
    assert "So far (1)" in stage.narration  # nothing was laid: passed over


@pytest.mark.parametrize("lang", ["zh"])
def test_by_a_finger_on_a_phone(visit, lang):
    stage = visit(f"model=speeches-word&seed=3&t=1&lang={lang}", width=390, height=844)
    stage.wait_for(1)
    stage.page.locator(".predict-switch").click()
    stage.press("单步")
    stage.wait_for(2)
    assert rows(stage).first.bounding_box()["height"] >= 24
    rows(stage).nth(3).click()
    wait_for_chips(stage, 1)
    stage.page.locator(".choice button", has_text="是").last.click()
    stage.page.locator(".choice button[aria-pressed=true]", has_text="是").wait_for()
    wide = stage.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    stage.press("单步")
    stage.page.wait_for_selector(".status[data-phase='']")
    stage.wait_for(2)
    assert "累计（1 次）" in stage.narration
    # in sight, between the bar of the pages and the buttons under the thumb
    stage.page.wait_for_function(
        """() => {
          const { top, bottom } = document.querySelector(".narration").getBoundingClientRect();
          const buttons = document.querySelector(".st-key-control_step").getBoundingClientRect();
          return top >= 44 && bottom <= buttons.top;
        }"""
    )
