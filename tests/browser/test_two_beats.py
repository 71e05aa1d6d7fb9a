"""A rejection in two beats, and what else is said at a step: what stands on the screen is true at every press."""

import pytest

from .test_bars import click_row, tokens

WORD = "speeches-word"
REJECTED = f"model={WORD}&seed=1158"  # "America has its responsibility.": <UNK> is rejected at t = 4
CHART = """() => {
  const data = document.querySelector('.js-plotly-plot').data[0];
  return [data.customdata.map(pair => pair[1]), [...data.x]];
}"""
SIGNS = "(document.querySelector('.js-plotly-plot')?.layout?.annotations ?? [])"
BY_HAND = {"en": "chosen by hand", "zh": "手动选定"}


def bars(stage):
    """Lengths of the bars by token id, -1 for the others."""
    ids, lengths = stage.page.evaluate(CHART)
    return dict(zip(ids, lengths, strict=True))


def heading(stage):
    return stage.page.locator(".st-key-bars_heading .heading").inner_text()


def below(stage):
    return stage.page.locator(".below").inner_text()


def phase(stage, name, draws):
    """Press the key of a phase and wait until the stage shows it, with so many draws."""
    stage.page.keyboard.press("ArrowDown")
    stage.page.wait_for_function("p => document.querySelector('.status')?.dataset.phase === p", arg=name)
    stage.page.locator(".stage.draw svg[data-strip]:not(.lens)").nth(draws - 1).wait_for()
    stage.page.wait_for_function(f"() => {SIGNS}.length === {draws}")  # the chart comes last: "rejected", then "drawn"


def test_the_bars_stay_while_the_rejected_draw_stands_and_change_only_with_a_redraw_from_the_rest(visit):
    stage = visit(f"{REJECTED}&t=3")
    for language, whole, rest, mark in (
        ("en", "ŷ⟨4⟩ = softmax over 6,000 tokens", "ŷ⟨4⟩ without <UNK>, each ÷ 0.859", "mark: before"),
        ("zh", "ŷ⟨4⟩ =", "ŷ⟨4⟩，每项 ÷ 0.859", "竖线"),
    ):
        stage.speak(language)
        stage.page.locator(".stage.run .chip").nth(2).click()
        stage.wait_for(3)
        for name in ("feed", "predict"):
            stage.page.keyboard.press("ArrowDown")
            stage.page.wait_for_function("p => document.querySelector('.status')?.dataset.phase === p", arg=name)
        stage.wait_for(4)
        before = bars(stage)
        assert whole in heading(stage)
        phase(stage, "draw", 1)
        assert "<UNK>" in stage.narration
        assert bars(stage) == before
        assert whole in heading(stage)
        assert mark in below(stage)
        phase(stage, "draw", 2)
        stage.page.get_by_text(rest).wait_for()
        after = bars(stage)
        unk = 1
        assert after.pop(unk) == 0
        del after[-1]  # the bar of all others goes on beyond the axis
        for token_id, length in after.items():
            assert length == pytest.approx(before[token_id] / (1 - before[unk]), rel=1e-6)
        assert "= 2.99%" in below(stage)
        assert mark in below(stage)
        stage.page.keyboard.press("ArrowRight")  # completes the step
        stage.page.wait_for_function("document.querySelector('.status')?.dataset.phase === ''")
        stage.wait_for(4)
        assert rest in heading(stage)
        assert mark in below(stage)
    _redrawn_from_the_same_yhat_the_bars_stay_all_the_time(stage)


def _redrawn_from_the_same_yhat_the_bars_stay_all_the_time(stage):
    stage.speak("en")
    stage.page.keyboard.press("Home")
    stage.wait_for(0)
    stage.page.get_by_role("combobox", name="When <UNK> is drawn").click()
    stage.page.get_by_role("option", name="Redraw from the same ŷ").click()
    stage.page.wait_for_function("location.search.includes('unk=redraw')")
    for t in (1, 2, 3):
        stage.press("Step")
        stage.wait_for(t)
    for name in ("feed", "predict"):
        stage.page.keyboard.press("ArrowDown")
        stage.page.wait_for_function("p => document.querySelector('.status')?.dataset.phase === p", arg=name)
    stage.wait_for(4)
    before = bars(stage)
    for draws in (1, 2):
        phase(stage, "draw", draws)
        assert bars(stage) == before
        assert "ŷ⟨4⟩ = softmax over 6,000 tokens" in heading(stage)
    assert "in the long run" in below(stage)


def test_temperature_0_is_called_greedy_and_an_eos_chosen_by_hand_is_called_so_wherever_the_end_is_told(visit):
    stage = visit(f"{REJECTED}&t=2&temperature=0&unk=allow")
    for language, name in (("en", "greedy"), ("zh", "贪心")):
        stage.speak(language)
        stage.wait_for(2)
        assert name in stage.narration
        assert name in stage.page.get_by_test_id("stSidebar").inner_text()
        stage.page.wait_for_function(
            "name => document.querySelector('.js-plotly-plot')?.layout.annotations.some(a => a.text.includes(name))",
            arg=name,
        )
    click_row(stage, tokens(stage).index(0))
    _an_eos_chosen_by_hand_is_called_so(stage, 2)


def _an_eos_chosen_by_hand_is_called_so(stage, t):
    for language in ("zh", "en"):
        stage.speak(language)
        stage.wait_for(t, finish="eos")
        assert BY_HAND[language] in stage.page.locator(".status .flag").inner_text()
        assert BY_HAND[language] in stage.narration
        assert BY_HAND[language] in stage.page.locator(".stage.draw").inner_text()
        flag = stage.page.locator(".stage.run g.end text").text_content()
        assert flag == {"en": "the end, by hand", "zh": "结束（手动选定）"}[language]
        assert {"en": "drawn", "zh": "抽到"}[language] not in stage.page.locator(".status .flag").inner_text()
