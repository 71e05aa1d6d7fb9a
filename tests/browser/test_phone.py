"""The app on a phone, upright and on its side, and on paper."""

import pytest

WORD = "model=speeches-word"


def bottom(stage, selector):
    box = stage.page.locator(selector).first.bounding_box()
    return box["y"] + box["height"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_step_does_is_seen_without_scrolling_and_its_buttons_stay_under_the_thumb(visit, language):
    stage = visit(f"{WORD}&seed=1158&t=3&lang={language}", width=390, height=844)
    stage.wait_for(3)
    bar = stage.page.locator(".st-key-control_step").bounding_box()["y"]
    assert bottom(stage, ".running") < bar
    assert bottom(stage, ".network") < bar
    assert bottom(stage, ".narration") < bar
    assert bottom(stage, "svg[data-strip='0']") < bar
    assert stage.page.locator(".js-plotly-plot").bounding_box()["y"] > bottom(stage, "svg[data-strip='0']")
    stage.page.evaluate("document.querySelector('.stMain').scrollTo(0, 300)")
    for action in ("back", "phase", "step"):
        box = stage.page.locator(f".st-key-control_{action} button:visible").bounding_box()
        assert box["y"] > 760
        assert box["y"] + box["height"] <= 844
        assert box["height"] >= 44
    stage.press("Step" if language == "en" else "单步")
    stage.wait_for(4)
    stage.page.evaluate("document.querySelector('.stMain').scrollTo(0, 99999)")
    assert bottom(stage, ".st-key-panel") < bar  # the end of the page is not behind the buttons


def test_the_title_leaves_the_buttons_of_the_drawer_free(visit):
    stage = visit(WORD, width=390, height=844)
    stage.page.get_by_test_id("stExpandSidebarButton").click()
    fold = stage.page.get_by_test_id("stSidebarCollapseButton").locator("button")
    fold.click()
    stage.page.get_by_test_id("stExpandSidebarButton").wait_for()


def test_on_its_side_the_first_box_has_its_whole_name(visit):
    stage = visit(f"{WORD}&seed=8&t=8", width=844, height=390)
    stage.wait_for(8)
    name, picture = stage.page.locator(".network .start").bounding_box(), stage.page.locator(".network").bounding_box()
    assert name["x"] >= picture["x"]
    assert stage.page.locator(".st-key-control_step").bounding_box()["y"] > 300


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_table_and_no_row_of_tabs_needs_sideways_scrolling(visit, language, server):
    stage = visit(f"{WORD}&seed=1158&t=4&lang={language}", width=390, height=844)
    page = stage.page
    wide = """() => [...document.querySelectorAll('.stMain *')].filter((e) =>
      (e.matches('table, tr, td, th, [role=radio]') && e.getBoundingClientRect().right > innerWidth)
      || (e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX)))
      .map((e) => e.className)"""
    page.locator(".st-key-panel [role=radio]").nth(2).click()
    page.locator(".st-key-panel_inside").first.wait_for()
    assert page.evaluate(wide) == []
    for path, whole in (("compare", ".cuts"), ("draws", ".js-plotly-plot .main-svg"), ("score", ".narration")):
        page.goto(f"{server}{path}?{WORD}&lang={language}")
        page.wait_for_selector(whole, state="attached")
        assert page.evaluate(wide) == [], path
    for name in page.locator(".card.names span").all():
        assert name.is_visible()


def test_a_word_of_three_thousand_letters_floods_no_sentence(visit, server):
    stage = visit(WORD, width=390, height=844)
    stage.page.goto(f"{server}score?{WORD}")
    field = stage.page.get_by_role("textbox").first
    field.fill(f"Cats {3000 * 'a'} sleep")
    field.press("Control+Enter")
    stage.page.wait_for_function("() => document.querySelector('.narration').textContent.includes('aaa…')")
    assert stage.page.locator(".narration").bounding_box()["height"] < 400


def test_paper_is_white_and_keeps_the_colour_of_the_end(visit):
    stage = visit(f"{WORD}&seed=1158&t=6", dark=True)
    stage.wait_for(6, finish="eos")
    stage.page.emulate_media(media="print", color_scheme="dark")
    look = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"
    assert stage.page.evaluate(look, [".stApp", "backgroundColor"]) == "rgb(255, 255, 255)"
    chip = stage.page.locator(".chip.eos .card")
    assert chip.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(0, 120, 90)"
    assert chip.evaluate("e => getComputedStyle(e).printColorAdjust") == "exact"
    ink = stage.page.locator(".stage.run").evaluate("e => getComputedStyle(e).color")
    assert ink == "rgb(23, 32, 42)"
