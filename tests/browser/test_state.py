"""What is on the stage is what was chosen: no folded menu, no lost message and no clock of its own changes it."""

import pytest

from .test_address import NAMES
from .test_stage import WORD


def choose_model(page, title):
    """By the menu of models, as a visitor does."""
    page.locator(".st-key-models button").first.click()
    page.get_by_test_id("stPopoverBody").get_by_text(title).click()
    page.get_by_test_id("stPopoverBody").wait_for(state="detached")


def open_and_fold(page, menu):
    """Open a menu of the sidebar and fold it again without a choice."""
    if menu == "models":
        page.locator(".st-key-models button").first.click()
        page.get_by_test_id("stPopoverBody").get_by_role("radio").first.wait_for()
        page.keyboard.press("Escape")
        page.get_by_test_id("stPopoverBody").wait_for(state="detached")
        page.wait_for_function("document.activeElement.closest('.st-key-models')")  # the focus is back at the button
    else:
        summary = page.locator(f".st-key-{menu} summary")
        summary.click()
        page.locator(".st-key-setting_top_k input").wait_for()
        summary.click()
        page.locator(".st-key-setting_top_k input").wait_for(state="hidden")


def other_model(page):
    page.get_by_text("Character", exact=True).click()
    page.wait_for_function(NAMES, arg=["model", "speeches-char"])


def other_temperature(page):
    slider = page.locator(".st-key-setting_temperature").get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("decodeURIComponent(location.search).includes('temperature:')")
    slider.blur()


def other_language(page):
    page.get_by_text("中文", exact=True).click()
    page.wait_for_function(NAMES, arg=["lang", "zh"])


def other_seed(page):
    page.locator(".st-key-die button:visible").click()
    page.wait_for_function("!['3', null].includes(new URLSearchParams(location.search).get('seed'))")


@pytest.mark.parametrize("menu", ["models", "filters"])
def test_a_menu_folded_without_a_choice_never_speaks_again(visit, menu):
    stage = visit(f"model={WORD}&seed=3&t=3&top_k=50")
    stage.wait_for(3)
    for change in (other_temperature, other_model, other_language, other_seed):
        open_and_fold(stage.page, menu)
        change(stage.page)
        before = stage.page.evaluate("location.search")
        step = stage.step
        stage.page.keyboard.press("ArrowRight")
        stage.wait_for(step + 1)
        stage.page.wait_for_function(NAMES, arg=["t", str(step + 1)])
        assert _without_t(stage.page.evaluate("location.search")) == _without_t(before), change.__name__


def _without_t(search):
    return [part for part in search[1:].split("&") if not part.startswith("t=")]


def test_undo_of_a_model_chosen_in_the_menu_stays_undone(visit):
    stage = visit(f"model={WORD}")
    page = stage.page
    for title, name in (
        ("Tang poems", "tang-char"),
        ("Dinosaur names · GRU", "dinosaurs-gru"),
        ("English speeches · words", WORD),
    ):
        choose_model(page, title)
        page.wait_for_function(NAMES, arg=["model", name])
    page.keyboard.press("Control+z")
    page.wait_for_function(NAMES, arg=["model", "dinosaurs-gru"])
    page.keyboard.press("ArrowRight")
    stage.wait_for(1)
    page.wait_for_function(NAMES, arg=["t", "1"])
    assert "model=dinosaurs-gru" in page.url


def test_keep_only_stays_open_while_it_is_used(visit):
    stage = visit(f"model={WORD}&seed=3&t=3")
    stage.page.locator(".st-key-filters summary").click()
    for field, value in (("top_k", "40"), ("top_p", "0.9"), ("min_p", "0.01")):
        entry = stage.page.locator(f".st-key-setting_{field} input")
        entry.fill(value)
        entry.press("Enter")
        stage.page.wait_for_function(
            "part => decodeURIComponent(location.search).includes(part)", arg=f"{field}:{float(value):g}"
        )
        assert entry.is_visible()
    stage.page.get_by_text("top_k 40, top_p 0.9, min_p 0.01").wait_for()


def test_a_refused_prompt_stays_in_its_field_with_the_reason_and_is_fed_where_it_can_be(visit):
    stage = visit("model=shakespeare-char&seed=3&t=2")
    page = stage.page
    prompt = page.locator(".st-key-setting_prompt textarea")
    prompt.fill("山月 Mau")
    prompt.press("Control+Enter")
    reason = page.locator("[data-testid=stSidebar] .notice[role=alert]")
    reason.wait_for()
    assert "山" in reason.inner_text()
    page.keyboard.press("Escape")
    stage.press("Step")
    stage.wait_for(3)  # the run goes on as it was
    assert prompt.input_value() == "山月 Mau"
    assert reason.is_visible()
    choose_model(page, "English speeches · words")
    page.wait_for_function(NAMES, arg=["prompt", "山月 Mau"])  # as <UNK>
    reason.wait_for(state="detached")


def test_what_is_not_ours_stays_in_the_address(visit):
    stage = visit(f"model={WORD}&embed=true&embed_options=light_theme&embed_options=show_padding&course=dl5")
    stage.page.keyboard.press("ArrowRight")
    stage.wait_for(1)
    stage.page.wait_for_function(NAMES, arg=["t", "1"])
    for part in ("embed=true", "embed_options=light_theme", "embed_options=show_padding", "course=dl5"):
        assert part in stage.page.url
    stage.page.reload()
    stage.page.wait_for_selector(".status[data-step='1']")
    assert "embed=true" in stage.page.url


def test_the_stage_has_a_path_of_its_own_too(visit):
    stage = visit(f"model={WORD}&seed=11&t=2", path="sample")
    page = stage.page
    stage.wait_for(2)
    assert page.get_by_text("Page not found").count() == 0
    page.keyboard.press("ArrowRight")
    stage.wait_for(3)
    page.wait_for_function(NAMES, arg=["t", "3"])


def test_what_is_left_out_of_a_link_is_named(visit):
    stage = visit("seed=a&t=b&top_k=c&top_p=d&min_p=e&unk=f&eos=g", path="sample")
    notice = stage.page.locator(".notices")
    notice.get_by_text("Ignored in the link").first.wait_for()
    for part in ("seed=a", "and 2 more"):
        assert part in notice.inner_text()


def test_a_language_may_be_named_as_browsers_name_it(visit):
    stage = visit("lang=zh-CN")
    stage.page.get_by_role("button", name="单步").wait_for()
    assert stage.page.locator(".notices .notice").count() == 0


# --- held down, pressed fast, over a slow line


def slow(page):
    """300 ms there and back."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    conditions = {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", conditions)


def test_a_button_pressed_fast_counts_each_press(visit):
    stage = visit(f"model={WORD}&eos=0&limit=100")
    slow(stage.page)
    step = stage.page.get_by_role("button", name="Step")
    step.evaluate("button => { for (let i = 0; i < 10; i++) button.click(); }")
    stage.wait_for(10)
    stage.press("Back")
    stage.wait_for(9)
    stage.press("Reset")
    stage.wait_for(0)
    stage.press("Undo")
    stage.wait_for(9)


def test_a_prompt_typed_and_step_pressed_at_once_are_both_taken(visit):
    stage = visit(f"model={WORD}&eos=0")
    slow(stage.page)
    stage.page.locator(".st-key-setting_prompt textarea").click()
    stage.page.keyboard.type("We are")
    stage.press("Step")
    stage.page.wait_for_function(NAMES, arg=["prompt", "We are"])
    stage.wait_for(1)
    assert stage.running_text == "We"


def test_a_text_typed_on_score_and_a_card_pressed_at_once_are_both_taken(visit):
    page = visit(f"model={WORD}&text=We+are+here.", path="score")
    card = page.locator(".cards button").nth(2)
    card.wait_for()
    slow(page)
    text = page.locator(".st-key-setting_score_text_0 textarea")
    text.fill("We are free.")
    card.click()
    page.wait_for_selector(".status[data-step='3']", timeout=20_000)
    assert page.locator(".status").get_attribute("data-phase") == "predict"
    page.wait_for_function(NAMES, arg=["prompt", "We are "])
    page.get_by_role("link", name="Score").click()
    text.and_(page.get_by_text("We are free.")).wait_for()


def test_play_waits_while_a_dialog_is_open(visit):
    stage = visit(f"model={WORD}&eos=0&limit=300")
    page = stage.page
    page.locator("[data-press=trained][data-argument='1']").click()
    page.locator("[data-press=text]").wait_for()
    for opener in ("?", ".st-key-find button", "[data-press=text]"):
        begun = stage.step
        page.keyboard.press("Space")
        page.wait_for_function("t => Number(document.querySelector('.status').dataset.step) > t", arg=begun)
        page.keyboard.press(opener) if opener == "?" else page.locator(opener).click()
        page.get_by_role("dialog").wait_for()
        page.get_by_role("button", name="Play").wait_for()
        held = stage.step
        page.wait_for_timeout(800)
        assert page.get_by_role("dialog").is_visible(), opener
        assert stage.step == held
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")


def test_a_run_of_the_script_that_nobody_asked_for_makes_no_step(visit):
    """The log switch, Find a token: each runs the script while it plays; the steps stay a quarter of a second apart."""
    stage = visit(f"model={WORD}&eos=0&limit=300")
    page = stage.page
    page.evaluate("""() => {
        window.steps = [];
        const look = () => {
          const t = Number(document.querySelector('.status')?.dataset.step ?? 0);
          if (t && window.steps.at(-1)?.[0] !== t) window.steps.push([t, performance.now()]);
          requestAnimationFrame(look);
        };
        look();
    }""")
    page.keyboard.press("Space")
    page.wait_for_function("window.steps.length")
    for _ in range(6):
        page.get_by_text("log scale").click()
        page.wait_for_timeout(70)
    page.wait_for_function("window.steps.length >= 8")
    page.keyboard.press("Space")
    first, last = page.evaluate("[window.steps[0], window.steps.at(-1)]")
    assert (last[1] - first[1]) / 1000 >= 0.25 * (last[0] - first[0] - 1)
