"""What is on the stage is what was chosen: no folded menu, no lost message and no clock of its own changes it."""

from .test_address import NAMES
from .test_stage import CHAR, WORD


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
    page.wait_for_function(NAMES, arg=["level", "char"])


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


def test_a_menu_folded_without_a_choice_never_speaks_again_and_a_chosen_seed_stays(visit):
    stage = visit(f"model={WORD}&seed=3&t=3&top_k=50")
    stage.wait_for(3)
    for change in (other_temperature, other_model, other_language, other_seed):
        for menu in ("models", "filters"):
            open_and_fold(stage.page, menu)
        change(stage.page)
        before = stage.page.evaluate("location.search")
        assert ("seed=3&" in f"{before}&") == (change is not other_seed)  # also with another model
        step = stage.step
        stage.page.keyboard.press("ArrowRight")
        stage.wait_for(step + 1)
        stage.page.wait_for_function(NAMES, arg=["t", str(step + 1)])
        assert _without_t(stage.page.evaluate("location.search")) == _without_t(before), change.__name__


def _without_t(search):
    return [part for part in search[1:].split("&") if not part.startswith("t=")]


def test_keep_only_stays_open_while_it_is_used_and_undo_of_a_model_chosen_in_the_menu_stays_undone(visit):
    stage = visit(f"model={WORD}&seed=3&t=3")
    stage.wait_for(3)
    _keep_only_stays_open_while_it_is_used(stage)
    page = stage.page
    for title, name in (
        ("Tang poems", "tang-char"),
        ("Dinosaur names · GRU", "dinosaurs-gru"),
        ("English speeches · words", WORD),
    ):
        stage.choose_model(title)
        page.wait_for_function(NAMES, arg=["model", name])
    page.keyboard.press("Control+z")
    page.wait_for_function(NAMES, arg=["model", "dinosaurs-gru"])
    page.keyboard.press("ArrowRight")
    stage.wait_for(1)
    page.wait_for_function(NAMES, arg=["t", "1"])
    assert "model=dinosaurs-gru" in page.url


def _keep_only_stays_open_while_it_is_used(stage):
    stage.page.locator(".st-key-filters summary").click()
    for field, value, key, times in (
        ("top_k", "40", "", 0),
        ("top_p", "0.9", "ArrowLeft", 10),
        ("min_p", "0.01", "ArrowRight", 1),
    ):
        if key:
            stage.page.locator(f".st-key-setting_{field} input").focus()
            for _ in range(times):
                stage.page.keyboard.press(key)
        else:
            stage.set(field, value)
        stage.page.wait_for_function(
            "part => decodeURIComponent(location.search).includes(part)", arg=f"{field}:{float(value):g}"
        )
        assert stage.page.locator(f".st-key-setting_{field} input").is_visible()
    stage.page.get_by_text("top_k 40, top_p 0.9, min_p 0.01").wait_for()


def test_a_prompt_is_given_undo_brings_its_field_back_and_a_refused_one_stays_until_it_can_be_fed(visit):
    stage = visit(f"model={CHAR}&seed=3")
    page = stage.page
    prompt = page.locator(".st-key-setting_prompt textarea")
    for text in ("To be", "or not"):
        stage.set("prompt", text)
        page.wait_for_function(NAMES, arg=["prompt", text])
    stage.press("Undo")
    page.wait_for_function("document.querySelector('.st-key-setting_prompt textarea').value === 'To be'")
    for t in (1, 2):
        stage.press("Step")
        stage.wait_for(t)
        assert "given" in stage.narration
    _a_refused_prompt_stays_in_its_field_with_the_reason(stage, prompt)
    stage.choose_model("English speeches · words")
    page.wait_for_function(NAMES, arg=["prompt", "山月 Mau"])  # as <UNK>
    page.locator("[data-testid=stSidebar] .notice[role=alert]").wait_for(state="detached")


def _a_refused_prompt_stays_in_its_field_with_the_reason(stage, prompt):
    stage.set("prompt", "山月 Mau")
    reason = stage.page.locator("[data-testid=stSidebar] .notice[role=alert]")
    reason.wait_for()
    assert "山" in reason.inner_text()
    assert "is not a character of this vocabulary" in reason.inner_text()
    stage.page.keyboard.press("Escape")
    stage.press("Step")
    stage.wait_for(3)  # the run goes on as it was
    assert prompt.input_value() == "山月 Mau"
    assert reason.is_visible()
