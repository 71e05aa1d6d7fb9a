"""The bars as a visitor handles them: a click, the keyboard, the search, the logarithmic axis."""

from urllib.parse import parse_qs, urlsplit

from engine.figures.probability_bars import ROW_HEIGHT

from .conftest import Stage

QUERY = "model=speeches-word&seed=5&eos=0&t=3"
TOKENS = "() => document.querySelector('.js-plotly-plot')?.data[0].customdata.map(pair => pair[1])"
IS_LOG = "() => document.querySelector('.js-plotly-plot')?.layout?.xaxis.visible"
HAS_PEACE = """() => document.querySelector('.js-plotly-plot')?.layout?.yaxis.ticktext.some(
    name => name.startsWith('peace '))"""


def tokens(stage):
    """The token ids of the rows, -1 for the others."""
    return stage.page.evaluate(TOKENS)


def click_row(stage, row):
    """A click into a row, far right of its bar."""
    area = stage.page.locator(".js-plotly-plot .nsewdrag").bounding_box()
    stage.page.mouse.move(area["x"] + 0.7 * area["width"], area["y"] + (row + 0.5) * ROW_HEIGHT - 3)
    stage.page.wait_for_timeout(150)
    stage.page.mouse.move(area["x"] + 0.75 * area["width"], area["y"] + (row + 0.5) * ROW_HEIGHT)
    stage.page.wait_for_timeout(150)
    stage.page.mouse.click(area["x"] + 0.75 * area["width"], area["y"] + (row + 0.5) * ROW_HEIGHT)


def forced(stage):
    """What the link says of tokens chosen by hand."""
    return parse_qs(urlsplit(stage.page.url).query).get("force")


def wait_for_forced(stage, expected):
    wanted = "null" if expected is None else f"'{expected}'"
    stage.page.wait_for_function(f"() => new URLSearchParams(location.search).get('force') === {wanted}")


def draw_after_all(stage):
    stage.press("Draw after all")
    wait_for_forced(stage, None)
    stage.wait_for(3)


def test_a_click_on_a_row_chooses_its_token_once_at_this_step_alone_and_the_others_cannot_be_chosen(visit):
    stage = visit(QUERY)
    stage.wait_for(3)
    click_row(stage, tokens(stage).index(-1))
    stage.page.get_by_text("find the one you want").wait_for()
    assert forced(stage) is None
    _chooses_its_token_once_and_the_way_back_is_one_press(stage)
    _one_after_the_other(stage)
    draw_after_all(stage)
    _does_not_act_again_at_later_steps(stage)


def _chooses_its_token_once_and_the_way_back_is_one_press(stage):
    text = stage.running_text
    token = tokens(stage)[4]
    for _ in range(2):  # the second time the chart is the same again: the click must act all the same
        assert tokens(stage)[4] == token
        click_row(stage, 4)
        wait_for_forced(stage, f"3:{token}")
        stage.wait_for(3)
        assert "chosen by hand" in stage.narration
        assert "by hand" in stage.page.locator(".stage.run").inner_text()
        draw_after_all(stage)
        assert stage.running_text == text
    assert stage.page.get_by_role("button", name="Draw after all").count() == 0


def _one_after_the_other(stage):
    for row in (1, 3, 3, 0):
        token = tokens(stage)[row]
        click_row(stage, row)
        wait_for_forced(stage, f"3:{token}")
        stage.page.wait_for_function("document.querySelector('.js-plotly-plot')?.layout?.annotations?.length == 1")
        stage.page.wait_for_timeout(300)


def _does_not_act_again_at_later_steps(stage):
    token = tokens(stage)[2]
    click_row(stage, 2)
    wait_for_forced(stage, f"3:{token}")
    for t in (4, 5):
        stage.press("Step")
        stage.wait_for(t)
    stage.page.locator(".st-key-bars_log label").click()
    for t in (4, 3):
        stage.press("Back")
        stage.wait_for(t)
    assert forced(stage) == [f"3:{token}"]
    draw_after_all(stage)
    stage.press("Step")
    stage.wait_for(4)
    stage.press("Back")
    stage.wait_for(3)
    stage.page.wait_for_timeout(500)
    assert forced(stage) is None


def test_a_token_is_found_pinned_and_chosen_by_the_keyboard_alone_and_the_logarithmic_axis_stays(visit):
    stage = visit(QUERY)
    stage.wait_for(3)
    keyboard = stage.page.keyboard
    stage.page.get_by_role("button", name="Find a token").focus()
    keyboard.press("Enter")
    stage.page.get_by_placeholder("Find a token").wait_for()
    stage.page.get_by_placeholder("Find a token").focus()
    keyboard.type("peace")
    stage.page.get_by_role("radio", name="peace-loving").wait_for()
    keyboard.press("Tab")  # the tokens found
    keyboard.press("Tab")
    assert stage.page.evaluate("document.activeElement.innerText").startswith("Pin")
    keyboard.press("Enter")
    stage.page.wait_for_function(HAS_PEACE)
    stage.page.get_by_role("button", name="Choose by hand").focus()
    keyboard.press("Enter")
    stage.page.get_by_role("button", name="Draw after all").wait_for()
    assert stage.running_text.endswith("peace")
    keyboard.press("ArrowRight")
    stage.wait_for(4)
    assert stage.page.evaluate(HAS_PEACE)
    stage.page.wait_for_function("() => new URLSearchParams(location.search).get('force')?.startsWith('3:')")
    _the_logarithmic_axis_survives_steps_and_the_language(stage)


def _the_logarithmic_axis_survives_steps_and_the_language(stage):
    stage.page.locator(".st-key-bars_log label").click()
    stage.page.wait_for_function(IS_LOG)
    stage.press("Step")
    stage.wait_for(5)
    stage.page.wait_for_function(IS_LOG)
    stage.page.get_by_role("radio", name="中文").click()
    stage.page.get_by_text("对数坐标").wait_for()
    stage.page.wait_for_function(IS_LOG)


def test_the_bars_follow_the_page_into_the_dark_and_back(visit):
    stage = visit(QUERY)
    stage.wait_for(3)
    for scheme, ink in (("dark", "rgb(242, 244, 247)"), ("light", "rgb(23, 32, 42)")):
        stage.page.emulate_media(color_scheme=scheme)
        stage.page.wait_for_function(
            "ink => document.querySelector('.yhat-bars .ytick text')?.style.fill === ink", arg=ink
        )
    stage.wait_for(3)


def test_on_paper_what_stands_beside_the_bars_stands_below_them(visit):
    stage = visit(QUERY)
    stage.wait_for(3)
    stage.page.emulate_media(media="print")
    bars, draw = (stage.page.locator(part).bounding_box() for part in (".yhat-bars", ".stage.draw"))
    assert draw["y"] >= bars["y"] + bars["height"]


def test_a_press_that_is_moved_off_its_row_or_made_by_another_button_chooses_nothing_and_a_name_is_part_of_its_row(
    visit,
):
    stage = visit(QUERY)
    stage.wait_for(3)
    area, mouse = stage.page.locator(".yhat-bars .nsewdrag").bounding_box(), stage.page.mouse
    for move in ((0, 4 * ROW_HEIGHT), (600, 0)):
        mouse.move(area["x"] + 30, area["y"] + 3.5 * ROW_HEIGHT)
        mouse.down()
        mouse.move(area["x"] + 30 + move[0], area["y"] + 3.5 * ROW_HEIGHT + move[1], steps=5)
        mouse.up()
    mouse.click(area["x"] + 30, area["y"] + 3.5 * ROW_HEIGHT, button="middle")
    stage.page.wait_for_timeout(700)
    assert forced(stage) is None
    token = tokens(stage)[3]
    mouse.click(area["x"] - 90, area["y"] + 3.5 * ROW_HEIGHT)  # the name
    wait_for_forced(stage, f"3:{token}")


def test_a_finger_that_scrolls_over_the_bars_scrolls_and_a_tap_chooses(browser, server):
    context = browser.new_context(
        locale="en-US", has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(f"{server}?{QUERY}")
    stage = Stage(page)
    stage.wait_for(3)
    page.evaluate("document.querySelector('.yhat-bars').scrollIntoView({block: 'center'})")
    area = page.locator(".yhat-bars .nsewdrag").bounding_box()
    x, y = area["x"] + 40, area["y"] + 4.5 * ROW_HEIGHT
    hand = context.new_cdp_session(page)

    def touch(kind, *points):
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": at} for at in points]})

    scrolled = "() => document.querySelector('.stMain').scrollTop"
    before = page.evaluate(scrolled)
    touch("touchStart", y)
    for i in range(20):
        touch("touchMove", y + 4 * i)
    touch("touchEnd")
    page.wait_for_timeout(700)
    assert page.evaluate(scrolled) < before
    assert forced(stage) is None
    area, token = page.locator(".yhat-bars .nsewdrag").bounding_box(), tokens(stage)[4]
    page.touchscreen.tap(x, area["y"] + 4.5 * ROW_HEIGHT)
    wait_for_forced(stage, f"3:{token}")
    context.close()
