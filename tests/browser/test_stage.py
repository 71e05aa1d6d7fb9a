"""What only a browser shows: presses, keys, the address, themes, widths and scripts."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.run import Run

WORD, CHAR = "speeches-word", "shakespeare-char"
PRETRAINED = Path(__file__).parents[2] / "pretrained"


def first_run(name, fits, seeds=range(2000)):
    """The whole run of the first seed that fits, by the engine: what the browser must show for the same link."""
    model = LanguageModel.load(PRETRAINED / f"{name}.npz")
    return next(run for seed in seeds if fits(run := Run(model, Recipe(seed=seed)).at_end()))


def test_it_opens_before_the_first_step_on_the_word_model(visit):
    stage = visit()
    stage.wait_for(0)
    assert "x⟨1⟩ = 0" in stage.narration
    assert stage.page.get_by_role("button", name="Step").is_enabled()
    assert stage.page.get_by_role("button", name="Back", exact=True).is_disabled()
    assert "hostile" not in stage.page.locator(".st-key-models").inner_text()


def test_the_right_arrow_steps_and_every_picture_follows(visit):
    stage = visit(f"model={WORD}&seed=3")
    for t in (1, 2, 3):
        stage.page.keyboard.press("ArrowRight")
        stage.wait_for(t)
    run = first_run(WORD, lambda run: len(run.steps) > 3, seeds=[3])
    assert stage.running_text == run.at(3).text


def test_a_rejected_unk_is_seen_as_it_happens(visit):
    run = first_run(WORD, lambda run: any(len(step.draws) == 2 for step in run.steps))
    t = next(step.t for step in run.steps if len(step.draws) == 2)
    stage = visit(f"model={WORD}&seed={run.recipe.seed}&t={t - 1}")
    stage.wait_for(t - 1)
    stage.press("Step")
    stage.wait_for(t)
    assert "rejected" in stage.narration
    strips = stage.page.locator(".stage.draw").inner_text()
    assert f"u({t}, 1) = " in strips
    assert f"u({t}, 2) = " in strips
    assert "<UNK>" in stage.page.locator(".stage.run").inner_text()
    assert "<UNK>" not in stage.running_text


def test_eos_ends_the_run_and_says_so(visit):
    run = first_run(WORD, lambda run: run.steps[-1].finish_reason == "eos")
    stage = visit(f"model={WORD}&seed={run.recipe.seed}")
    stage.wait_for(0)
    stage.page.keyboard.press("End")
    stage.wait_for(len(run.steps), finish="eos")
    assert f"<EOS> was drawn at t = {len(run.steps)}" in stage.narration
    assert stage.page.get_by_role("button", name="Step").is_disabled()
    stage.page.keyboard.press("ArrowRight")
    stage.page.wait_for_timeout(500)
    stage.wait_for(len(run.steps), finish="eos")
    stage.press("Reset")
    stage.wait_for(0, finish="")
    assert stage.page.get_by_role("button", name="Step").is_enabled()


def test_the_step_limit_looks_different_and_says_that_eos_is_not_in_the_vocabulary(visit):
    stage = visit(f"model={CHAR}&limit=20")
    stage.press("To the end")
    stage.wait_for(20, finish="length")
    assert "not in this vocabulary" in stage.narration
    assert "Stopped: step limit" in stage.page.locator(".status").inner_text()


def test_the_level_switches_there_and_back(visit):
    stage = visit()
    stage.press("Step")
    stage.wait_for(1)
    stage.page.get_by_role("radio", name="Character").click()
    stage.wait_for(0)
    stage.page.keyboard.press("ArrowRight")  # a switch that was clicked leaves the keys to the stage
    stage.wait_for(1)
    heading = stage.page.locator(".heading").first.inner_text()
    assert "softmax over" in heading
    assert "6,000" not in heading  # those are the words
    stage.page.get_by_role("radio", name="Word").click()
    stage.wait_for(0)
    assert "softmax" not in stage.page.locator(".heading").first.inner_text()  # nothing is predicted before a step


def test_back_shows_the_step_before_and_forward_the_very_same_one(visit):
    stage = visit(f"model={WORD}&seed=5&eos=0")
    for t in (1, 2, 3):
        stage.press("Step")
        stage.wait_for(t)
    text = stage.running_text
    stage.press("Back")
    stage.wait_for(2)
    stage.page.keyboard.press("ArrowLeft")
    stage.wait_for(1)
    stage.page.keyboard.press("ArrowRight")
    stage.wait_for(2)
    stage.page.keyboard.press("ArrowRight")
    stage.wait_for(3)
    assert stage.running_text == text


def test_presses_faster_than_any_hand_are_all_counted(visit):
    stage = visit(f"model={WORD}&eos=0&limit=100")
    for _ in range(30):
        stage.page.keyboard.press("ArrowRight")
    stage.wait_for(30)


def test_the_address_follows_without_history_and_a_reload_shows_the_same_step(visit):
    stage = visit(f"model={WORD}&seed=11&eos=0&limit=60")
    stage.wait_for(0)
    entries = stage.page.evaluate("history.length")
    for t in range(1, 6):
        stage.page.keyboard.press("ArrowRight")
        stage.wait_for(t)
    text = stage.running_text
    stage.page.wait_for_function("new URLSearchParams(location.search).get('t') === '5'")
    assert stage.page.evaluate("history.length") == entries
    query = parse_qs(urlsplit(stage.page.url).query)
    assert query["seed"] == ["11"]
    stage.page.reload()
    stage.page.wait_for_selector(".status[data-step]")
    stage.wait_for(5)
    assert stage.running_text == text


def test_the_language_switches_without_losing_anything(visit):
    stage = visit(f"model={WORD}&seed=5&eos=0")
    stage.press("Step")
    stage.wait_for(1)
    stage.page.get_by_role("radio", name="中文").click()
    stage.page.get_by_role("button", name="单步").wait_for()
    stage.wait_for(1)
    stage.press("单步")
    stage.wait_for(2)


def test_a_chip_shows_its_step_again(visit):
    stage = visit(f"model={WORD}&seed=5&eos=0&t=6")
    stage.wait_for(6)
    stage.page.locator(".stage.run button[data-show='2']").click()
    stage.wait_for(2)
    stage.page.locator(".stage.run button[data-show='6']").click()
    stage.wait_for(6)


def test_phases_hold_each_part_of_a_step(visit):
    stage = visit(f"model={WORD}&seed=5&eos=0")
    for phase in ("feed", "predict", "draw"):
        stage.page.keyboard.press("ArrowDown")
        stage.wait_for(1)
        stage.page.wait_for_selector(f".status[data-phase={phase}]")
    stage.page.keyboard.press("ArrowRight")
    stage.page.wait_for_selector('.status[data-phase=""]')
    stage.wait_for(1)


def test_a_question_mark_lists_the_keys(visit):
    stage = visit(f"model={WORD}")
    stage.page.keyboard.press("?")
    stage.page.get_by_role("dialog").get_by_text("one time step").wait_for()
    stage.page.keyboard.press("Escape")
    stage.page.get_by_role("dialog").wait_for(state="detached")
    stage.page.keyboard.press("ArrowRight")
    stage.wait_for(1)


def test_play_goes_on_by_itself_until_space_holds_it(visit):
    stage = visit(f"model={WORD}&eos=0&limit=200")
    stage.page.keyboard.press("Space")
    stage.page.get_by_role("button", name="Pause").wait_for()
    stage.page.wait_for_function("Number(document.querySelector('.status').dataset.step) >= 3")
    stage.page.keyboard.press("Space")
    stage.page.get_by_role("button", name="Play").wait_for()
    held = stage.step
    stage.page.wait_for_timeout(900)
    assert stage.step == held
    stage.wait_for(held)


def test_keys_belong_to_a_text_field_while_it_has_the_focus(visit):
    stage = visit(f"model={WORD}")
    stage.page.locator(".st-key-setting_prompt textarea").click()
    stage.page.keyboard.press("ArrowRight")
    stage.page.wait_for_timeout(400)
    assert stage.step == 0


def test_a_changed_setting_decides_the_step_on_show_again(visit):
    stage = visit(f"model={WORD}&seed=5&eos=0&t=4")
    stage.wait_for(4)
    slider = stage.page.locator(".st-key-setting_temperature").get_by_role("slider")
    slider.focus()
    for _ in range(4):
        stage.page.keyboard.press("ArrowLeft")
    stage.page.wait_for_function("new URLSearchParams(location.search).get('changes')?.startsWith('4:temperature:')")
    stage.wait_for(4)


def test_a_prompt_is_given_and_an_unknown_character_refused_by_name(visit):
    stage = visit(f"model={CHAR}")
    prompt = stage.page.locator(".st-key-setting_prompt textarea")
    prompt.fill("To be")
    prompt.press("Control+Enter")
    stage.press("Step")
    stage.wait_for(1)
    assert "given" in stage.narration
    prompt.fill("中")
    prompt.press("Control+Enter")
    warning = stage.page.get_by_text("is not a character of this vocabulary")
    warning.wait_for()
    assert "中" in warning.inner_text()


def test_markup_in_tokens_is_shown_as_it_is(visit):
    stage = visit("model=hostile&eos=0&unk=allow&limit=40&seed=1")
    stage.press("To the end")
    stage.wait_for(40, finish="length")
    assert "<img src=x onerror=" in stage.running_text
    assert "<img src=x onerror=" in stage.page.locator(".stage.run").inner_text()
    assert "$\\LaTeX$" in stage.page.locator(".stage.run").inner_text()
    assert stage.page.title() != "broken"


def test_nonsense_in_a_link_is_ignored_with_a_notice(visit):
    stage = visit("seed=abc&t=2&temperature=-4&model=nobody")
    stage.wait_for(2)
    stage.page.get_by_text("Ignored in the link").wait_for()


def test_nothing_is_wider_than_a_phone(visit):
    stage = visit(f"model={WORD}&t=3&eos=0", width=390, height=844, dark=True)
    stage.wait_for(3)
    assert stage.page.evaluate("document.scrollingElement.scrollWidth") <= 390
    main = stage.page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('.stMain'))")
    assert main <= 0
