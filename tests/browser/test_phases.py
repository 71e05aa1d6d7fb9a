"""The phases of a step: what is on screen in each, and what is not there yet."""

from engine.figures.labels import in_digits

from .test_stage import WORD, first_run

HEADING = ".st-key-bars_heading .heading"


def to_phase(stage, t, phase):
    stage.page.keyboard.press("ArrowDown")
    stage.page.wait_for_selector(f".status[data-step='{t}'][data-phase='{phase}']")
    stage.wait_for(t)
    return stage.page.locator(".stage.draw")


def test_each_phase_shows_its_part_of_the_step_and_no_more(visit):
    run = first_run(WORD, lambda run: any(len(step.draws) == 2 and step.t > 1 for step in run.steps[:-1]))
    t = next(step.t for step in run.steps if len(step.draws) == 2 and step.t > 1)
    step = run.steps[t - 1]
    label = run.model.vocabulary.tokens[step.token_id]
    stage = visit(f"model={WORD}&seed={run.recipe.seed}&t={t - 1}")
    stage.wait_for(t - 1)
    chip = stage.page.locator(f".stage.run .chip[data-show='{t}']")
    pill = stage.page.locator(".status .pill.now")
    heading = stage.page.locator(HEADING)
    assert stage.page.locator(".status .pill").all_inner_texts() == ["feed", "predict", "draw", "feed back"]
    assert pill.count() == 0

    strips = to_phase(stage, t, "feed")
    assert pill.inner_text() == "feed"
    heading.filter(has_text="not there yet").wait_for()  # the bars come last
    assert f"entropy of ŷ⟨{t}⟩" not in stage.page.locator(".notes").inner_text()
    assert strips.locator("[data-strip]").count() == 0
    assert chip.locator(".token").inner_text() == "?"

    strips = to_phase(stage, t, "predict")
    assert pill.inner_text() == "predict"
    heading.filter(has_text=f"ŷ⟨{t}⟩ = softmax").wait_for()
    assert f"entropy of ŷ⟨{t}⟩" in stage.page.locator(".notes").inner_text()
    assert strips.locator("[data-strip]").count() == 1
    assert strips.locator(".needle").count() == 0
    assert chip.locator(".token").inner_text() == "?"

    strips = to_phase(stage, t, "draw")
    assert f"u({t}, 1) = {in_digits(step.draws[0])[1]} → <UNK> ✗ rejected" in strips.inner_text()
    assert f"u({t}, 2)" not in strips.inner_text()
    assert chip.locator("s").inner_text() == "<UNK>"
    assert chip.locator(".token").inner_text() == "?"

    stage.page.keyboard.press("ArrowDown")
    strips.get_by_text(f"u({t}, 2) = ").wait_for()
    assert f"u({t}, 2) = {in_digits(step.draws[1])[1]} → “{label}” ✓" in strips.inner_text()
    assert stage.phase == "draw"
    assert chip.locator(".token").inner_text() == label

    to_phase(stage, t, "back")
    assert pill.inner_text() == "feed back"
    assert f"It becomes x⟨{t + 1}⟩" in stage.narration


def test_the_chosen_segment_is_24_pixels_wide_on_the_strip_or_under_the_lens(visit):
    run = first_run(WORD, lambda run: any(map(_would_be_wide_enough_on_600_pixels, run.steps)))
    t = next(step.t for step in run.steps if _would_be_wide_enough_on_600_pixels(step))
    stage = visit(f"model={WORD}&seed={run.recipe.seed}&t={t}")
    stage.wait_for(t)
    for width, height in ((1280, 720), (1440, 900), (390, 844)):
        stage.page.set_viewport_size({"width": width, "height": height})
        stage.page.wait_for_timeout(500)  # until the strips have been drawn for it
        lens = stage.page.locator("[data-strip='lens']")
        picture = lens if lens.count() else stage.page.locator("[data-strip='0']")
        assert picture.bounding_box()["width"] < width
        chosen = picture.locator("path.chosen").bounding_box()
        assert chosen["width"] >= 23, width  # a gap of one pixel parts it from its neighbour


def _would_be_wide_enough_on_600_pixels(step):
    return len(step.draws) == 1 and 24 / 600 < step.draws[0].high - step.draws[0].low < 22 / 487


def test_of_many_draws_the_last_two_and_the_begin_of_what_is_said_stay_in_sight(visit):
    run = first_run(WORD, _meets_a_likely_unk)
    t = next(step.t for step in run.steps if _unk_is_likeliest(run, step.t))
    stage = visit(f"model={WORD}&seed={run.recipe.seed}&limit={t}&t={t}&changes={t}:unk:redraw,{t}:top_k:1")
    stage.wait_for(t)
    assert "98 rejected before" in stage.page.locator(".stage.draw").inner_text()
    assert stage.page.locator("[data-strip]:not(.lens)").count() == 2
    assert stage.page.locator(".narration").bounding_box()["y"] + 60 <= 720  # its first two lines


def _unk_is_likeliest(run, t):
    return run.at(t).distributions.model.argmax() == run.model.vocabulary.unk_id


def _meets_a_likely_unk(run):
    return any(_unk_is_likeliest(run, step.t) for step in run.steps)


def test_the_phase_on_show_looks_the_same_under_the_mouse(visit):
    stage = visit("model=speeches-word&seed=3&t=2&phase=predict")
    pill = stage.page.locator(".status .pill.now")
    look = "one => { const { color, backgroundColor } = getComputedStyle(one); return [color, backgroundColor]; }"
    before = pill.evaluate(look)
    pill.hover()
    stage.page.wait_for_timeout(300)
    assert pill.evaluate(look) == before
