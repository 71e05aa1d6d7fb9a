"""Character mode: spaces and line ends can be seen, the text looks as written, and the alphabet is at hand."""

from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.run import Run

from .test_stage import CHAR, PRETRAINED

LIMIT, PROMPT = 60, "\nO\n"


def test_spaces_and_line_ends_are_seen_and_found_and_the_text_looks_as_written_up_to_its_own_ends(visit):
    model = LanguageModel.load(PRETRAINED / f"{CHAR}.npz")
    run = next(run for seed in range(20) if " " in (run := _whole_run(model, seed)).text.strip())
    stage = visit(f"model={CHAR}&prompt=%0AO%0A&t=3&limit={LIMIT}&seed={run.recipe.seed}")
    stage.wait_for(3)
    assert stage.running_text == PROMPT
    stage.page.keyboard.press("End")
    stage.wait_for(len(run.steps), finish="length")
    tokens = stage.page.locator(".stage.run .chip .token").all_text_contents()
    assert tokens == [{" ": "␣", "\n": "↵"}.get(letter, letter) for letter in run.text]
    assert {"␣", "↵"} <= set(tokens)
    assert stage.running_text == run.text
    stage.press("Find a token")
    stage.page.get_by_role("radio", name="␣").wait_for()
    stage.page.get_by_role("radio", name="↵").wait_for()
    stage.page.keyboard.press("Escape")
    _the_alphabet_unfolds_and_find_stays_above_the_fold(stage.page)


def _whole_run(model, seed):
    return Run(model, Recipe(seed=seed, limit=LIMIT, prompt=PROMPT)).at_end()


def _the_alphabet_unfolds_and_find_stays_above_the_fold(page):
    find = page.locator(".st-key-find").bounding_box()
    assert find["y"] + find["height"] <= 720
    page.get_by_text("The alphabet: ").click()
    assert page.locator(".alphabet").inner_text().startswith("↵ ␣ !")
