"""Who has the keys: what a mouse or a finger has pressed gives them back, what was reached by Tab keeps its own."""

import pytest

QUERY = "model=speeches-word&seed=1158&eos=0"
FOCUSED = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return one === document.body ? "" : one.dataset.show ?? one.getAttribute("aria-label") ?? one.innerText.trim();
}"""


INSIDE = "selector => document.activeElement.closest(selector) !== null"


def address_has(stage, part):
    stage.page.wait_for_function("part => location.search.includes(part)", arg=part)


def tab_to(page, selector, most):
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(INSIDE, selector):
            return
    pytest.fail(f"{selector} is not reached by {most} Tabs")


def test_what_a_mouse_has_pressed_a_field_at_enter_and_a_list_by_a_choice_give_the_keys_back(visit):
    stage = visit(f"{QUERY}&t=3")
    page, at = stage.page, 3
    box = page.locator(".st-key-setting_temperature").bounding_box()

    def drag():
        y = box["y"] + box["height"] - 18
        page.mouse.move(box["x"] + box["width"] / 2, y)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.8, y, steps=4)
        page.mouse.up()
        address_has(stage, "temperature")

    presses = (
        drag,
        page.locator(".st-key-bars_log label").click,
        page.locator("summary").first.click,
        page.get_by_role("button", name="Trained").click,
        page.get_by_role("button", name="Sampled").click,
        page.get_by_role("radio", name="P(<EOS>) by step").click,
        lambda: page.mouse.click(1268, 400),  # the empty stage
    )
    for press in presses:
        press()
        page.wait_for_function(f"() => ({FOCUSED})() === ''")
        page.keyboard.press("ArrowRight")
        at += 1
        stage.wait_for(at)
    page.locator(".chip[data-show='2']").click()
    stage.wait_for(2)
    page.keyboard.press("ArrowRight")
    stage.wait_for(3)
    page.keyboard.press("Space")
    page.get_by_role("button", name="Pause").wait_for()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Play").wait_for()
    _a_number_field_and_a_list_do_so_too(stage)


def _a_number_field_and_a_list_do_so_too(stage):
    page = stage.page
    page.locator(".st-key-setting_seed input").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    address_has(stage, "seed=9&")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".status[data-phase=feed]")
    page.locator(".st-key-setting_seed [data-testid=stNumberInputStepUp]").click()
    address_has(stage, "seed=10&")
    page.keyboard.press("ArrowRight")
    stage.wait_for(1)
    page.get_by_role("combobox", name="When <UNK> is drawn").click()
    page.get_by_role("option", name="Keep it").click()
    address_has(stage, "unk=allow")
    page.keyboard.press("ArrowRight")
    stage.wait_for(2)
    page.get_by_role("button", name="Another seed").click()
    stage.wait_for(0)
    page.keyboard.press("Space")
    page.get_by_role("button", name="Pause").wait_for()


def test_tab_reaches_everything_what_it_has_reached_keeps_its_keys_and_a_list_is_left_by_escape_or_tab(visit):
    stage = visit(f"{QUERY}&t=3")
    page = stage.page
    stage.wait_for(3)
    page.locator(".st-key-models button").focus()
    page.keyboard.press("Tab")  # the help of temperature
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    address_has(stage, "changes=3%3Atemperature")
    assert stage.step == 3
    _a_list_that_a_key_opens_has_the_focus_and_escape_or_tab_leave_it(page)
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    _tab_reaches_what_keep_only_and_the_dialogs_open(page)


def _a_list_that_a_key_opens_has_the_focus_and_escape_or_tab_leave_it(page):
    page.locator(".st-key-models button").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.type === 'radio' && document.activeElement.checked")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement.closest('.st-key-models') !== null")
    page.locator("[data-testid=stPopoverBody]").wait_for(state="detached")
    page.wait_for_timeout(500)  # the server knows that it is closed
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.type === 'radio'")
    page.keyboard.press("Shift+Tab")
    page.wait_for_function("() => document.activeElement.closest('.st-key-models') !== null")
    page.locator(".st-key-bars_find button").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.closest('[role=dialog]')?.contains(document.activeElement)")
    assert page.evaluate("document.activeElement.type") == "text"


def _tab_reaches_what_keep_only_and_the_dialogs_open(page):
    page.locator(".st-key-filters summary").focus()
    page.keyboard.press("Enter")
    page.locator(".st-key-setting_top_k input").first.wait_for()
    for name in ("top_k", "top_p", "min_p"):
        tab_to(page, f".st-key-setting_{name}", 4)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    tab_to(page, "[role=dialog] button", 3)
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.locator(".st-key-find button:visible").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    for part in (".st-key-find_eos", "[data-testid=stForm] [data-testid=stTextInput]", ".st-key-find_go"):
        tab_to(page, f"[role=dialog] {part}", 12)


def test_the_strip_of_tokens_is_one_tab_stop_with_arrows_inside(visit):
    stage = visit("model=shakespeare-char&seed=1&t=30&limit=40")
    page = stage.page
    stage.wait_for(30)
    page.get_by_role("button", name="Undo").wait_for()
    page.locator(".pill").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "30"
    for key, there in (("ArrowLeft", "29"), ("Home", "1"), ("ArrowRight", "2"), ("End", "30"), ("ArrowLeft", "29")):
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED) == there
    assert stage.step == 30
    page.keyboard.press("Enter")
    stage.wait_for(29)
    assert page.evaluate(FOCUSED) == "29"
    for _ in range(6):  # the switch and its way to the bars
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == "log scale":
            return
    pytest.fail("from the strip to the bars it takes more than six Tabs")


def test_a_pill_shows_its_phase_of_the_step_on_show_or_of_step_1_and_a_given_token_has_no_draw(visit):
    stage = visit("model=speeches-word&seed=1158&t=4")  # <UNK> is rejected at t = 4
    page = stage.page
    stage.wait_for(4)
    for name, phase in (("predict", "predict"), ("feed", "feed"), ("draw", "draw")):
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_selector(f".status[data-phase={phase}]")
        stage.wait_for(4)
    strips = page.locator(".stage.draw")
    assert "u(4, 2)" not in strips.inner_text()
    page.get_by_role("button", name="draw", exact=True).click()
    strips.get_by_text("u(4, 2) = ").wait_for()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="feed back").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".status[data-phase=back]")
    page.wait_for_function(f"() => ({FOCUSED})() === 'feed back'")  # the step has replaced it under the focus
    assert page.locator(".pill[aria-current]").inner_text() == "feed back"
    stage.set("prompt", "We")
    stage.wait_for(0)
    page.get_by_role("button", name="predict", exact=True).click()
    page.wait_for_selector(".status[data-step='1'][data-phase=predict]")
    assert page.get_by_role("button", name="draw", exact=True).is_disabled()
