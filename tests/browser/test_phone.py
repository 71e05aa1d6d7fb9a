"""The app on a phone, upright and on its side, and on paper."""

WORD = "model=speeches-word"
FIELD = ".st-key-setting_score_text_0 textarea"  # of the page Score
LOOK = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"
WIDE = """() => [...document.querySelectorAll('.stMain *')].filter((e) =>
  (e.matches('table, tr, td, th, [role=radio]') && e.getBoundingClientRect().right > innerWidth)
  || (e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX)))
  .map((e) => e.className)"""
SIDEWAYS = """() => [document.scrollingElement.scrollWidth - innerWidth,
  (e => e.scrollWidth - e.clientWidth)(document.querySelector('.stMain'))]"""


def open_drawer(page):
    page.get_by_test_id("stExpandSidebarButton").click()


def close_drawer(page):
    page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    page.get_by_test_id("stExpandSidebarButton").wait_for()


def in_chinese(page):
    """By the switch, which is in the drawer."""
    open_drawer(page)
    page.get_by_text("中文", exact=True).click()
    page.wait_for_function("document.documentElement.lang.startsWith('zh')")
    close_drawer(page)


def bottom(stage, selector):
    box = stage.page.locator(selector).first.bounding_box()
    return box["y"] + box["height"]


def test_what_a_step_does_is_seen_without_scrolling_its_buttons_stay_under_the_thumb_and_paper_is_white(visit):
    stage = visit(f"{WORD}&seed=1158&t=3", width=390, height=844)
    stage.wait_for(3)
    _the_drawer_is_closed_at_first_and_the_title_leaves_its_buttons_free(stage.page)
    _seen_without_scrolling(stage, "Step")
    in_chinese(stage.page)
    stage.page.locator(".stage.run .chip").nth(2).click()
    stage.wait_for(3)
    stage.page.evaluate("document.querySelector('.stMain').scrollTo(0, 0)")
    _seen_without_scrolling(stage, "单步")
    stage.press("到结尾")
    stage.wait_for(6, finish="eos")
    _paper_is_white_and_keeps_the_colour_of_the_end(stage)


def _the_drawer_is_closed_at_first_and_the_title_leaves_its_buttons_free(page):
    drawer = page.locator("[data-testid=stSidebar]")
    assert drawer.get_attribute("aria-expanded") == "false" or drawer.bounding_box()["x"] < 0 or not drawer.is_visible()
    open_drawer(page)
    close_drawer(page)


def _seen_without_scrolling(stage, step):
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
    stage.press(step)
    stage.wait_for(4)
    stage.page.evaluate("document.querySelector('.stMain').scrollTo(0, 99999)")
    assert bottom(stage, ".st-key-panel") < bar  # the end of the page is not behind the buttons


def _paper_is_white_and_keeps_the_colour_of_the_end(stage):
    stage.page.emulate_media(color_scheme="dark")
    stage.page.wait_for_function(
        f"light => ({LOOK})(['.stApp', 'backgroundColor']) !== light", arg="rgb(255, 255, 255)"
    )
    stage.page.emulate_media(media="print", color_scheme="dark")
    assert stage.page.evaluate(LOOK, [".stApp", "backgroundColor"]) == "rgb(255, 255, 255)"
    chip = stage.page.locator(".chip.eos .card")
    assert chip.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(0, 120, 90)"
    assert chip.evaluate("e => getComputedStyle(e).printColorAdjust") == "exact"
    ink = stage.page.locator(".stage.run").evaluate("e => getComputedStyle(e).color")
    assert ink == "rgb(23, 32, 42)"


def test_no_panel_no_table_and_no_row_of_tabs_needs_sideways_scrolling_on_any_page(visit):
    stage = visit(f"{WORD}&seed=0&t=9&eos=0", width=390, height=844, dark=True)
    stage.wait_for(9)
    for language in ("en", "zh"):
        if language == "zh":
            in_chinese(stage.page)
        for which, inside in ((0, ".retakes"), (1, ".st-key-panel_eos"), (2, ".st-key-panel_movers")):
            stage.page.locator(".st-key-panel [role=radio]").nth(which).click()
            stage.page.locator(inside).first.wait_for()
            assert max(stage.page.evaluate(SIDEWAYS)) <= 0
            assert stage.page.evaluate(WIDE) == []
    _on_its_side_the_first_box_has_its_whole_name(stage)
    stage.page.set_viewport_size({"width": 390, "height": 844})
    _every_page_fits_in_both_languages(stage)
    _a_word_of_three_thousand_letters_floods_no_sentence(stage.page)


def _on_its_side_the_first_box_has_its_whole_name(stage):
    stage.page.set_viewport_size({"width": 844, "height": 390})
    stage.page.wait_for_function("innerWidth === 844")
    name, picture = stage.page.locator(".network .start").bounding_box(), stage.page.locator(".network").bounding_box()
    assert name["x"] >= picture["x"]
    assert stage.page.locator(".st-key-control_step").bounding_box()["y"] > 300


def _every_page_fits_in_both_languages(stage):
    page = stage.page
    for language in ("zh", "en"):
        for path, whole in (("compare", ".cuts"), ("draws", ".js-plotly-plot .main-svg"), ("score", ".narration")):
            open_drawer(page)
            stage.speak(language)
            page.locator(f"[data-testid=stSidebarNavLink][href$='/{path}']").click()
            page.wait_for_selector(whole, state="attached")
            page.get_by_test_id("stExpandSidebarButton").wait_for()  # the drawer has closed again
            page.wait_for_function(f"() => ({WIDE})().length === 0")  # a chart is painted before it is fitted
        page.locator(".card.names span").first.wait_for()
        for name in page.locator(".card.names span").all():
            assert name.is_visible()


def _a_word_of_three_thousand_letters_floods_no_sentence(page):
    """On the page Score, in English."""
    field = page.locator(FIELD)
    field.fill(f"Cats {3000 * 'a'} sleep")
    field.press("Control+Enter")
    page.wait_for_function("() => document.querySelector('.narration')?.textContent.includes('aaa…')")
    assert page.locator(".narration").bounding_box()["height"] < 400
