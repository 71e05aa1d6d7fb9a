"""The endings: a flag, the reason in words, no further step, and what to do next."""

from .test_stage import WORD, first_run


def looks(stage):
    """Words, ground and sign of the flag."""
    flag = stage.page.locator(".status .flag")
    ground = flag.evaluate("flag => getComputedStyle(flag).backgroundColor")
    sign = flag.evaluate("flag => getComputedStyle(flag, '::before').content")
    return flag.inner_text(), ground, sign


def is_told(stage, reason, way_out):
    """The looks of its flag, once all is said of an end and no step can follow."""
    assert reason in stage.narration
    assert way_out in stage.narration
    assert "Novel" in stage.narration
    for name in ("Step", "Phase", "Play"):
        assert stage.page.get_by_role("button", name=name, exact=True).is_disabled()
    row = stage.page.locator(".st-key-controls").bounding_box()
    assert row["height"] < 60  # the flag stands beside the buttons
    return looks(stage)


def test_three_endings_differ_in_flag_look_and_words_and_a_reset_or_a_longer_limit_goes_on(visit):
    run = first_run(WORD, lambda run: run.finish_reason == "eos" and len(run.steps) > 3)
    last = len(run.steps)
    stage = visit(f"model={WORD}&seed={run.recipe.seed}")
    stage.wait_for(0)
    stage.page.keyboard.press("End")
    stage.wait_for(last, finish="eos")
    by_eos = is_told(stage, f"<EOS> was drawn at t = {last}", "another seed")
    stage.page.keyboard.press("ArrowRight")
    stage.page.wait_for_timeout(500)
    stage.wait_for(last, finish="eos")
    stage.press("Reset")
    stage.wait_for(0, finish="")
    assert stage.page.get_by_role("button", name="Step").is_enabled()

    stage.set("limit", 2)
    stage.press("To the end")
    stage.wait_for(2, finish="length")
    by_limit = is_told(stage, "<EOS> was possible but never drawn", "longer limit")

    stage.choose_model("Shakespeare · characters")
    stage.wait_for(0, finish="")
    stage.set("limit", 20)
    stage.press("To the end")
    stage.wait_for(20, finish="length")
    without_eos = is_told(stage, "<EOS> is not in this vocabulary", "longer limit")
    assert "Stopped: step limit" in stage.page.locator(".status").inner_text()
    assert [len(set(each)) for each in zip(by_eos, by_limit, without_eos, strict=True)] == [3, 3, 3]

    stage.set("limit", 22)
    stage.wait_for(20, finish="")
    stage.press("To the end")
    stage.wait_for(22, finish="length")
