"""The page Train in a browser: a text is pasted, trained on, paused, found again, stopped; its model is stepped with,
taken away, brought back, and steps the same."""

from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.run import Run

from .conftest import Stage

NAMES = "\n".join(  # so many that a training does not end by itself
    f"{first}{middle}{second}{last}"
    for first in ("al", "bo", "ca", "de", "el", "fa", "gi", "ha")
    for middle in ("ra", "no", "li", "mi", "sa")
    for second in ("", "ve", "do", "pi", "su", "la", "ro", "ne", "ti", "mu")
    for last in ("na", "ko", "x", "tin")
)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def updates(page):
    return int(page.locator(".totals").get_attribute("data-update"))


def text_at(page, model_name, run, steps):
    """That of the first steps of this model on the stage, which are the engine's own."""
    query = f"?model={model_name}&limit=100&seed={run.recipe.seed}"
    page.goto(f"{page.url.split('/train')[0].split('/?')[0]}/{query}")
    stage = Stage(page)
    stage.wait_for(0)
    for step in range(1, steps + 1):
        stage.press("Step")
        stage.wait_for(step)
    assert stage.running_text == run.at(steps).text
    return stage.running_text


def test_from_a_text_to_a_model_and_back(visit, tmp_path):
    page = visit(path="train", query="net=rnn")
    page.get_by_label("Your own text").fill(NAMES)
    press(page, "Use this text")
    page.get_by_text("to train on").wait_for(timeout=60_000)
    press(page, "Train")
    page.locator(".totals[data-phase=training]").wait_for(timeout=60_000)
    press(page, "Pause")
    page.locator(".totals[data-phase=paused]").wait_for(timeout=30_000)
    held = updates(page)
    page.reload()
    page.locator(".totals[data-phase=paused]").wait_for(timeout=30_000)
    assert updates(page) == held > 0
    assert page.locator("ol.rows li").count() >= 2  # the untrained network's, and the first evaluation's
    press(page, "Continue")
    page.wait_for_function("held => Number(document.querySelector('.totals')?.dataset.update) > held", arg=held)
    press(page, "Stop")
    page.get_by_role("button", name="Sample from it").wait_for(timeout=60_000)
    for kind in ("png", "svg"):  # the curve, once it is whole
        with page.expect_download() as downloaded:
            page.locator(f".st-key-train_curve_save [data-kind={kind}]").click()
        assert downloaded.value.suggested_filename == f"train_curve.{kind}"
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Download").click()
    file = tmp_path / downloaded.value.suggested_filename
    downloaded.value.save_as(file)
    assert file.name == "own-my-text.npz"

    model = LanguageModel.load(file)
    run = Run(model, Recipe(model.opening_seed, limit=100)).at_end()
    steps = min(4, len(run.steps) - 1)
    before = text_at(page, "own-my-text", run, steps)
    page.get_by_role("link", name="Train", exact=True).click()
    press(page, "Another text")
    file = file.rename(tmp_path / "again.npz")
    page.locator("input[type=file]").nth(1).set_input_files(file)
    page.get_by_text("is on the stage").wait_for(timeout=30_000)
    assert text_at(page, "own-again", run, steps) == before
