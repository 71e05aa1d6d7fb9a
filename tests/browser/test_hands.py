"""Who has the keys: what a mouse or a finger has pressed gives them back, what was reached by Tab keeps its own."""

import pytest

QUERY = "model=speeches-word&seed=1158&eos=0"
FOCUSED = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return one === document.body ? "" : one.dataset.show ?? one.getAttribute("aria-label") ?? one.innerText.trim();
}"""


def address_has(stage, part):
    stage.page.wait_for_function("part => location.search.includes(part)", arg=part)


def test_what_a_mouse_has_pressed_gives_the_keys_back(visit):
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


def test_a_number_field_gives_the_keys_back_at_enter_and_by_its_buttons_and_a_list_by_a_choice(visit):
    stage = visit(f"{QUERY}&t=2")
    page = stage.page
    stage.wait_for(2)
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


def test_what_was_reached_by_tab_keeps_its_own_keys(visit):
    stage = visit(f"{QUERY}&t=3")
    page = stage.page
    stage.wait_for(3)
    page.locator(".st-key-models button").focus()
    page.keyboard.press("Tab")  # the help of temperature
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    address_has(stage, "changes=3%3Atemperature")
    assert stage.step == 3


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


def test_a_presenters_remote_steps_and_goes_back(visit):
    stage = visit(QUERY)
    stage.page.keyboard.press("PageDown")
    stage.wait_for(1)
    stage.page.keyboard.press("PageDown")
    stage.wait_for(2)
    stage.page.keyboard.press("PageUp")
    stage.wait_for(1)


def test_a_pill_shows_its_phase_of_the_step_on_show(visit):
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


def test_a_pill_before_the_first_step_shows_step_1_and_a_given_token_has_no_draw(visit):
    stage = visit(f"{QUERY}&prompt=We")
    stage.page.get_by_role("button", name="predict", exact=True).click()
    stage.page.wait_for_selector(".status[data-step='1'][data-phase=predict]")
    assert stage.page.get_by_role("button", name="draw", exact=True).is_disabled()


def test_a_list_that_a_key_opens_has_the_focus_and_escape_or_tab_leave_it(visit):
    stage = visit(QUERY)
    page = stage.page
    page.keyboard.press("Tab")
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


def test_tab_reaches_what_keep_only_and_the_dialogs_open(visit):
    stage = visit(QUERY)
    page = stage.page
    inside = "() => document.activeElement.closest('{}') !== null"

    def tab_to(selector, most):
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate(inside.replace("{}", selector)):
                return
        pytest.fail(f"{selector} is not reached by {most} Tabs")

    page.locator(".st-key-filters summary").focus()
    page.keyboard.press("Enter")
    page.locator(".st-key-setting_top_k input").first.wait_for()
    for name in ("top_k", "top_p", "min_p"):
        tab_to(f".st-key-setting_{name}", 4)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    tab_to("[role=dialog] button", 3)
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.locator(".st-key-find button:visible").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    for part in (".st-key-find_eos", "[data-testid=stForm] [data-testid=stTextInput]", ".st-key-find_go"):
        tab_to(f"[role=dialog] {part}", 12)


def test_presses_over_a_slow_line_are_all_counted_once(visit):
    stage = visit(f"{QUERY}&limit=60")
    client = stage.page.context.new_cdp_session(stage.page)
    client.send("Network.enable")
    slow = {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
    client.send("Network.emulateNetworkConditions", slow)
    for _ in range(5):
        stage.page.keyboard.press("ArrowRight")
        stage.page.wait_for_timeout(90)
    stage.page.keyboard.press("ArrowLeft")
    stage.wait_for(4)
    stage.page.keyboard.down("ArrowRight")
    for _ in range(10):
        stage.page.wait_for_timeout(30)
        stage.page.keyboard.down("ArrowRight")  # held down
    stage.page.keyboard.up("ArrowRight")
    stage.page.wait_for_function("Number(document.querySelector('.status').dataset.step) >= 5")


def test_streamlits_own_keys_do_nothing_on_our_pages(visit):
    stage = visit(QUERY)
    runs = []
    stage.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: runs.append(str(frame)[:3000])))
    stage.page.reload()
    stage.wait_for(0)
    stage.page.wait_for_function("window.sequenceFrame")
    runs.append(0)
    while runs:  # until what the page itself has to tell is told
        runs.clear()
        stage.page.wait_for_timeout(800)
    stage.page.keyboard.press("r")
    stage.page.keyboard.press("c")
    stage.page.wait_for_timeout(400)
    assert runs == []
    assert stage.page.get_by_role("dialog").count() == 0
    prompt = stage.page.locator(".st-key-setting_prompt textarea")
    prompt.click()
    stage.page.keyboard.type("car")
    assert prompt.input_value() == "car"


def test_on_a_phone_the_drawer_is_closed_at_first_and_closes_when_a_page_is_chosen(visit):
    stage = visit(QUERY, width=390, height=844)
    drawer = stage.page.locator("[data-testid=stSidebar]")
    assert drawer.get_attribute("aria-expanded") == "false" or drawer.bounding_box()["x"] < 0 or not drawer.is_visible()
    stage.page.locator("[data-testid=stExpandSidebarButton]").click()
    stage.page.locator("[data-testid=stSidebarNavLink]").get_by_text("Score").click()
    stage.page.wait_for_selector(".cards, .text", state="attached")
    stage.page.wait_for_selector("[data-testid=stExpandSidebarButton]")


def test_a_notice_goes_by_itself_and_covers_neither_title_nor_pages_nor_step(visit):
    for width, height in ((1280, 720), (390, 844)):
        stage = visit(f"{QUERY}&top_k=x", width=width, height=height)
        notice = stage.page.locator(".notices .notice")
        notice.wait_for(state="attached")
        apart = """([kept, notice]) => {
          const was = notice.hidden;
          notice.hidden = false;
          const [a, b] = [document.querySelector(kept), notice].map((one) => one.getBoundingClientRect());
          notice.hidden = was;
          return a.bottom <= b.top || b.bottom <= a.top || a.right <= b.left || b.right <= a.left;
        }"""
        box = notice.element_handle()
        for kept in ("h1.title", ".st-key-control_step button", "[data-testid=stToolbar]"):
            assert stage.page.evaluate(apart, [kept, box]), (kept, width)
        notice.wait_for(state="hidden", timeout=9_000)
