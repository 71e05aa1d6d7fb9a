"""The stage on a projector: everything in sight, and everything in its place from step to step."""

import time
from operator import truediv

from .test_address import NAMES

WORD = "model=speeches-word"
REJECTION = f"{WORD}&seed=1158&t=3"  # step 4: <UNK>, a redraw, and a lens
BARS = ".js-plotly-plot"

# Tops and heights of what stands on the stage, and what is cut or lies below the window.
PLACES = """() => {
  const deep = (selector) => document.querySelector(selector) ??
    [...document.querySelectorAll('*')].map((e) => e.shadowRoot?.querySelector(selector)).find(Boolean);
  const names = ['.running', '.network', '.js-plotly-plot', '.stage.draw', '.narration', '.st-key-panel'];
  return Object.fromEntries(names.map((name) => {
    const { top, height } = deep(name).getBoundingClientRect();
    return [name, [Math.round(top), Math.round(height)]];
  }));
}"""
CUT = """() => {
  const roots = [document, ...[...document.querySelectorAll('.stMain *')].map((e) => e.shadowRoot).filter(Boolean)];
  const texts = '.narration, .heading, .below, .caption, .notes, .status';
  const parts = roots.flatMap((root) => [...root.querySelectorAll(texts)]);
  const main = document.querySelector('.stMain');
  return [
    ...parts.filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 3),
    ...parts.filter((e) => e.getBoundingClientRect().bottom > innerHeight),
    ...(main.scrollHeight > main.clientHeight ? [main] : []),
  ].map((e) => e.className);
}"""


def look(stage):
    """The places, once nothing is cut."""
    settled = f"() => {{ try {{ return !({CUT})().length && ({PLACES})() }} catch {{ return null }} }}"  # being drawn
    return stage.page.wait_for_function(settled, timeout=10_000).json_value()


def test_everything_keeps_its_place_over_a_whole_run_and_the_numpy_lines_stay_open_from_step_to_step(visit):
    stage = visit(f"{WORD}&seed=8&t=2")
    stage.wait_for(2)
    _others_are_torn_off_and_the_likeliest_token_takes_the_width(stage.page)
    _the_numpy_lines_are_folded_and_stay_open(stage)
    stage.page.locator(".numpy summary").click()
    stage.page.keyboard.press("Home")
    stage.wait_for(0)
    empty = stage.page.locator(BARS).bounding_box()
    stage.press("Step")
    stage.wait_for(1)
    places = look(stage)
    assert places[BARS] == [int(empty["y"] + 0.5), int(empty["height"] + 0.5)]
    assert sum(places[BARS]) <= 720
    while not stage.finish:
        before = stage.step
        stage.page.keyboard.press("ArrowRight")
        stage.wait_for(before + 1)
        assert look(stage) == places, stage.step
    assert stage.finish == "eos"
    assert stage.step == 16


def _others_are_torn_off_and_the_likeliest_token_takes_the_width(page):
    area = page.locator(".nsewdrag").bounding_box()["width"]
    widths = page.locator(".bars .point path").evaluate_all("all => all.map(e => e.getBoundingClientRect().width)")
    assert max(widths[:-1]) > 0.9 * area
    assert max(widths) <= area + 1


def _the_numpy_lines_are_folded_and_stay_open(stage):
    lines = stage.page.locator(".numpy code")
    assert not lines.first.is_visible()
    stage.page.locator(".numpy summary").click()
    lines.first.wait_for()
    assert "default_rng(8).random((2, 100))[1, 0]" in lines.first.inner_text()
    stage.press("Step")
    stage.wait_for(3)
    assert "random((3, 100))[2, 0]" in lines.first.inner_text()
    assert lines.first.is_visible()


def test_everything_keeps_its_place_through_the_phases_of_a_rejection_and_grows_on_a_large_screen(visit):
    stage = visit(REJECTION)
    shown = "document.querySelector('.status').outerHTML + document.querySelector('.narration').outerHTML"
    for language in ("en", "zh"):
        stage.speak(language)
        stage.page.locator(".stage.run .chip").nth(2).click()
        stage.wait_for(3)
        places, seen = look(stage), set()
        for _ in range(7):  # feed, predict, two draws, feed back; feed, predict
            before = stage.page.evaluate(shown)
            stage.page.keyboard.press("ArrowDown")
            stage.page.wait_for_function(f"(before) => before !== {shown}", arg=before)
            stage.wait_for(stage.step)
            assert look(stage) == places, stage.phase
            seen.add(stage.phase)
        assert seen == {"feed", "predict", "draw", "back"}
    stage.speak("en")
    stage.page.locator(".stage.run .chip").nth(3).click()
    stage.wait_for(4)
    _on_a_large_screen_type_pictures_and_bars_grow_and_buttons_have_words(stage)
    _the_label_of_a_chosen_segment_stays_inside_it(stage.page)
    # a bar answers to the mouse where it stands
    row, area = stage.page.locator(".ytick text").nth(3).bounding_box(), stage.page.locator(".nsewdrag").bounding_box()
    stage.page.mouse.click(area["x"] + area["width"] / 2, row["y"] + row["height"] / 2)
    stage.page.wait_for_function("() => document.querySelector('.below')?.textContent.includes('by hand')")
    assert "duty" in stage.page.locator(".below").inner_text()


def _on_a_large_screen_type_pictures_and_bars_grow_and_buttons_have_words(stage):
    def sizes():
        font = "e => parseFloat(getComputedStyle(e).fontSize)"
        texts = [stage.page.locator(name).first.evaluate(font) for name in (".ytick text", ".narration")]
        return [*texts, stage.page.locator(".network").bounding_box()["height"]]

    stage.page.set_viewport_size({"width": 1280, "height": 720})
    small = sizes()
    stage.page.set_viewport_size({"width": 1920, "height": 1080})
    end, large = time.monotonic() + 20, small  # the browser tells the server; pictures and bars come once more
    while min(map(truediv, large, small)) <= 1.25:
        assert time.monotonic() < end, (small, large)
        stage.page.wait_for_timeout(50)
        large = sizes()
    for words in ("Play", "To the end", "Reset", "Undo"):
        label = stage.page.get_by_role("button", name=words).get_by_test_id("stMarkdownContainer")
        assert label.bounding_box()["width"] > 20
    assert stage.page.evaluate(f"({CUT})()") == []


def _the_label_of_a_chosen_segment_stays_inside_it(page):
    seen = 0
    for strip in page.locator("svg[data-strip]").all():
        label, segment = strip.locator("text.chosen"), strip.locator("path.chosen")
        if label.count() and segment.count():
            inner, outer = label.bounding_box(), segment.bounding_box()
            assert outer["x"] - 4 <= inner["x"]
            assert inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 4
            seen += 1
    assert seen


def ends_in_its_place(stage, last):
    """From t = 12 to the end, which is at `last`."""
    for _ in range(12 - stage.step):
        stage.page.keyboard.press("ArrowRight")
    stage.wait_for(12)
    places = look(stage)
    stage.page.keyboard.press("End")
    stage.page.wait_for_selector(".status:not([data-finish=''])")
    stage.wait_for(stage.step)
    assert look(stage) == places
    assert stage.step == last


def test_at_its_end_everything_is_where_it_was_and_a_long_text_is_whole_in_sight_and_copied(visit):
    stage = visit(f"{WORD}&seed=0&t=12")
    stage.wait_for(12)
    ends_in_its_place(stage, 20)  # the limit, where <EOS> was possible: the longest ending
    stage.choose_model("Tang poems")
    stage.wait_for(0)
    stage.set("seed", 3)
    stage.page.wait_for_function(NAMES, arg=["seed", "3"])
    ends_in_its_place(stage, 26)
    stage.choose_model("Shakespeare · characters")
    stage.wait_for(0)
    stage.set("limit", 60)
    stage.page.wait_for_function(NAMES, arg=["limit", "60"])
    stage.speak("zh")
    ends_in_its_place(stage, 60)
    stage.speak("en")
    stage.set("limit", 91)
    stage.wait_for(60, finish="")
    stage.press("To the end")
    stage.wait_for(91, finish="length")
    stage.press("Back")
    stage.wait_for(90)
    _the_text_so_far_is_whole_in_sight_and_its_end_when_it_is_long(stage)
    _the_text_is_copied_as_it_is_with_and_without_https(stage)


def _the_text_so_far_is_whole_in_sight_and_its_end_when_it_is_long(stage):
    text = stage.page.locator(".running .text")
    box = text.bounding_box()
    end = text.evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().bottom; }"
    )
    assert "\n" in stage.running_text
    assert end <= box["y"] + box["height"] + 1
    chips = stage.page.locator(".chips").bounding_box()
    assert 0 <= box["y"] - chips["y"] - chips["height"] < 20


def _the_text_is_copied_as_it_is_with_and_without_https(stage):
    copy = stage.page.get_by_role("button", name="Copy the text so far")
    for clipboard in ("", "Object.defineProperty(navigator, 'clipboard', {get: () => undefined, configurable: true})"):
        stage.page.evaluate("navigator.clipboard.writeText('before')")
        stage.page.evaluate(clipboard or "0")
        copy.click()
        stage.page.get_by_text("Copied", exact=True).wait_for()
        stage.page.evaluate("delete navigator.clipboard")
        assert stage.page.evaluate("navigator.clipboard.readText()") == stage.running_text
        stage.page.get_by_text("Copied", exact=True).wait_for(state="detached")
