"""A Chinese run taken away in a browser: the files come without a request to the server; the letters have a font."""

import json
from pathlib import Path
from xml.etree import ElementTree

from engine.export import run_json
from engine.model import LanguageModel
from engine.numpy_script import numpy_script
from engine.recipe import FIRST_LIMITS, Recipe
from engine.run import Run

NAME = "tang-char"
PRETRAINED = Path(__file__).parents[2] / "pretrained"


def decided(step):
    """What of a step is the same wherever it is computed."""
    return step["t"], step["token"], [(draw["u"], draw["token"], draw["accepted"]) for draw in step["draws"]]


def test_the_files_are_saved_as_they_are_by_mouse_or_keyboard_and_nothing_is_asked_of_the_server(visit, tmp_path):
    run = Run(LanguageModel.load(PRETRAINED / f"{NAME}.npz"), Recipe(5, limit=FIRST_LIMITS["char"])).at(4)
    stage = visit(f"model={NAME}&seed=5&t=4")
    stage.wait_for(4)
    name = stage.page.locator(".st-key-panel button").last
    buttons = stage.page.locator(".files button")
    for language in ("en", "zh"):
        stage.speak(language)
        if language == "zh":
            name.click()  # it folds
            buttons.last.wait_for(state="detached")
        box = name.bounding_box()
        assert box["x"] + box["width"] < stage.page.locator(".narration").bounding_box()["x"]  # down beside it
        name.click()
        buttons.last.wait_for()
        _saves(stage.page, buttons, run, tmp_path / language)
    stage.page.set_viewport_size({"width": 390, "height": 844})
    buttons.first.focus()
    with stage.page.expect_download() as download:
        stage.page.keyboard.press("Enter")
    assert download.value.suggested_filename == "run.json"
    assert stage.step == 4  # the keys stay with the button
    _chinese_characters_have_a_font_that_has_them(stage.page)


def test_pictures_are_saved_light_with_their_caption_in_the_dark_theme_and_in_chinese(visit, tmp_path):
    stage = visit(f"model={NAME}&seed=5&t=4&lang=zh", dark=True)
    stage.wait_for(4)
    page = stage.page
    page.locator(".st-key-panel button").last.click()
    asked, sizes = [], {}
    for name, kept in (
        ("ŷ⟨t⟩ 的条形图", "softmax"),
        ("展开的网络", "按时间展开"),
        ("抽取", "u 落在"),
        ("词元条", "概率"),
    ):
        page.locator(".files button").last.wait_for()
        stage.wait_for(4)  # a run of the script that is under way folds the list again
        choice = page.locator(".st-key-take_away_picture input")
        choice.scroll_into_view_if_needed()
        page.wait_for_timeout(500)  # a list closes where the page is scrolled
        choice.click()
        page.get_by_role("option", name=name, exact=True).click()
        page.locator(f'.picture img[alt*="{kept}"]').wait_for()
        page.on("request", lambda request: asked.append(request.url))
        files = {}
        for kind in ("png", "svg"):
            with page.expect_download() as download:
                page.locator(f".picture [data-kind={kind}]").click()
            path = tmp_path / download.value.suggested_filename
            download.value.save_as(path)
            files[kind] = path.read_bytes()
        assert files["png"].startswith(b"\x89PNG")
        drawing = ElementTree.fromstring(files["svg"])
        texts = ["".join(one.itertext()) for one in drawing.iter() if one.tag.endswith("}text")]
        assert "种子 5" in "".join(texts)  # a line ends anywhere
        assert kept in drawing[0].text  # its title is the caption
        grounds = [one for one in drawing if one.tag.endswith("}rect")]
        assert grounds[0].get("fill") == "#fff"
        assert b'class="column' not in files["svg"]  # no style sheet is needed
        width = int.from_bytes(files["png"][16:20], "big")
        sizes[name] = width
    assert set(sizes.values()) == {3 * 788}
    assert [url for url in asked if not url.startswith(("blob:", "data:"))] == []


def test_the_bars_can_be_saved_also_where_the_stage_leaves_them_out(visit):
    page = visit(f"model={NAME}&seed=5&t=4&hide=bars", path="./")  # a page as it is: no bars are waited for
    page.locator(".st-key-panel button").last.click()
    page.locator(".files button").last.wait_for()
    choice = page.locator(".st-key-take_away_picture input")
    choice.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # a list closes where the page is scrolled
    choice.click()
    page.get_by_role("option", name="bars").first.click()
    page.locator('.picture img[alt*="softmax"]').wait_for()


def _saves(page, buttons, run, folder):
    asked, saved = [], {}

    def ask(request):
        asked.append(request.url)

    page.on("request", ask)
    for button in buttons.all():
        with page.expect_download() as download:
            button.click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        saved[path.name] = path.read_bytes().decode("utf-8")
    page.remove_listener("request", ask)
    assert list(saved) == ["run.json", "run.csv", "run.py"]
    assert saved["run.py"] == numpy_script(run, NAME)
    assert saved["run.csv"].startswith("\ufefft,draw,")
    # the server may add up its products in another order: what it drew is the same, P(token) to about 1e-7
    wanted, record = json.loads(run_json(run, NAME)), json.loads(saved["run.json"])
    assert [record[key] for key in ("model", "recipe", "text")] == [wanted[key] for key in ("model", "recipe", "text")]
    assert [decided(step) for step in record["steps"]] == [decided(step) for step in wanted["steps"]]
    assert [url for url in asked if not url.startswith("blob:")] == []


def _chinese_characters_have_a_font_that_has_them(page):
    token = page.locator(".stage.run .chip .token").first
    letter = token.inner_text()
    assert "一" <= letter <= "鿿"
    widths = token.evaluate(
        """(token, letters) => { const pen = document.createElement('canvas').getContext('2d');
           pen.font = getComputedStyle(token).font; return letters.map(letter => pen.measureText(letter).width); }""",
        [letter, "一", "\U0010fffd"],
    )
    size = float(token.evaluate("token => parseFloat(getComputedStyle(token).fontSize)"))
    assert widths[0] == widths[1]  # as wide as high; the box of a missing letter is not
    assert abs(widths[0] - size) < 0.1 < abs(widths[2] - size)
