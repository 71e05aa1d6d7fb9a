"""The draw strips in a browser: what is under the mouse has a name, and only a phase moves."""

from engine.figures.draw_strip import draw_strip
from engine.generation import step_distributions
from engine.model import LanguageModel
from engine.phases import Moment
from engine.recipe import Recipe
from engine.run import Run
from engine.ui.i18n import translator

from .test_stage import PRETRAINED, WORD

BOTTOM_OF_TEXT = """(element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().bottom;
}"""
MOVING = "(root) => root.getAnimations({ subtree: true }).length"


def test_nothing_moves_at_a_step_but_u_in_its_phase_and_the_segment_under_the_mouse_is_named(visit):
    stage = visit(f"model={WORD}&seed=0&t=1&eos=0")
    stage.page.emulate_media(reduced_motion="no-preference")  # here it is tested what moves
    stage.wait_for(1)
    _nothing_fades_while_a_step_is_computed(stage)
    root = stage.page.locator(".stage.draw")
    stage.press("Step")
    stage.wait_for(5)
    assert root.evaluate(MOVING) == 0  # a whole step is there at once
    assert stage.page.locator(".stage.run").evaluate(MOVING) == 0
    _the_segments_are_named(stage, 5)
    for _ in range(2):
        stage.press("Phase")
    stage.page.wait_for_selector(".status[data-phase=predict]")
    root.evaluate("root => root.addEventListener('animationstart', event => { root.fallen = event.animationName })")
    stage.press("Phase")
    stage.page.wait_for_function("root => root.fallen === 'fall'", arg=root.element_handle())


def _nothing_fades_while_a_step_is_computed(stage):
    """Streamlit fades what it will replace, with an animation for every element."""
    stage.page.evaluate("""() => {
        window.fading = 0;
        const fades = () => document.getAnimations().filter(one => one.transitionProperty === "opacity").length;
        const look = () => { window.fading += fades(); window.looking = requestAnimationFrame(look); };
        look();
    }""")
    for step in (2, 3, 4):
        stage.press("Step")
        stage.wait_for(step)
    assert stage.page.evaluate("window.fading") == 0
    stage.page.evaluate("cancelAnimationFrame(window.looking)")


def _the_segments_are_named(stage, t):
    run = Run(LanguageModel.load(PRETRAINED / f"{WORD}.npz"), Recipe(seed=0, stop_at_eos=False)).at(t)
    step = run.shown
    ahead = step_distributions(run.model, step.state, run.rules)
    record = draw_strip(ahead, step, run.rules, Moment(t), run.model.vocabulary, translator("en"))
    for name, strip in (("0", record["strips"][0]), ("lens", record["lens"])):
        picture = stage.page.locator(f"[data-strip='{name}']")
        box = picture.bounding_box()
        low, high = strip.get("low", 0.0), strip.get("high", 1.0)
        begin = low
        for end, label, _ in strip["segments"]:
            if (end - begin) / (high - low) > 12 / box["width"]:
                x = ((begin + end) / 2 - low) / (high - low) * box["width"]
                picture.hover(position={"x": x, "y": box["height"] - 12}, force=True)
                assert picture.locator("title").text_content() == label
            begin = end


def test_three_strips_a_lens_and_what_is_said_of_them_stay_on_one_screen(visit):
    stage = visit("model=basic-english-word&seed=35&t=9&unk=redraw")
    stage.wait_for(9)
    assert stage.page.locator("[data-strip]").count() == 4
    assert stage.page.locator(".narration").evaluate(BOTTOM_OF_TEXT) <= stage.page.viewport_size["height"]
