"""The endings: a flag, the reason in words, no further step, and what to do next."""

from .test_stage import CHAR, WORD, first_run


def looks(stage):
    """Words, ground and sign of the flag."""
    flag = stage.page.locator(".status .flag")
    ground = flag.evaluate("flag => getComputedStyle(flag).backgroundColor")
    sign = flag.evaluate("flag => getComputedStyle(flag, '::before').content")
    return flag.inner_text(), ground, sign


def test_three_endings_differ_in_flag_look_and_words(visit):
    eos = first_run(WORD, lambda run: run.finish_reason == "eos" and len(run.steps) > 3)
    seed, last = eos.recipe.seed, len(eos.steps)
    cases = {
        f"model={WORD}&seed={seed}": (last, "eos", f"<EOS> was drawn at t = {last}", "another seed"),
        f"model={WORD}&seed={seed}&limit=2": (2, "length", "<EOS> was possible but never drawn", "longer limit"),
        f"model={CHAR}&limit=20": (20, "length", "<EOS> is not in this vocabulary", "longer limit"),
    }
    seen = set()
    for query, (t, finish, reason, way_out) in cases.items():
        stage = visit(query)
        stage.wait_for(0)
        stage.page.keyboard.press("End")
        stage.wait_for(t, finish=finish)
        assert reason in stage.narration
        assert way_out in stage.narration
        assert "Novel" in stage.narration
        for name in ("Step", "Phase", "Play"):
            assert stage.page.get_by_role("button", name=name, exact=True).is_disabled()
        row = stage.page.locator(".st-key-controls").bounding_box()
        assert row["height"] < 60  # the flag stands beside the buttons
        seen.add(looks(stage))
    assert [len(set(each)) for each in zip(*seen, strict=True)] == [3, 3, 3]


def test_a_longer_limit_lets_the_run_go_on(visit):
    stage = visit(f"model={CHAR}&limit=4&t=4")
    stage.wait_for(4, finish="length")
    field = stage.page.locator(".st-key-setting_limit input")
    field.fill("6")
    field.press("Enter")
    stage.wait_for(4, finish="")
    stage.press("To the end")
    stage.wait_for(6, finish="length")
