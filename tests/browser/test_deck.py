"""A deck of reveal.js with two stages in its slides, walked by PageDown alone."""

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
from html import escape
from pathlib import Path

import pytest

FRONT = Path(__file__).parents[1] / "front"
STAGES = (
    "model=dinosaurs-gru&seed=3&limit=2&eos=0&embed=true&embed_options=dark_theme",
    "model=dinosaurs-gru&seed=4&tour=10&embed=true&embed_options=light_theme",
)
STEP = "() => Number(document.querySelector('.status')?.dataset.step)"


@pytest.fixture(scope="module")
def reveal():
    """The folder of reveal.js, as tests/front/package.json names it."""
    filelock = pytest.importorskip("filelock")
    folder = FRONT / "node_modules" / "reveal.js" / "dist"
    if shutil.which("npm") is None and not folder.exists():
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("npm not installed (apt-get install npm)")
        pytest.skip("npm not installed (apt-get install npm)")
    with filelock.FileLock(FRONT / ".lock", timeout=300):
        if not folder.exists():
            install = ["npm", "install", "--prefix", str(FRONT), "--no-package-lock", "--no-audit", "--no-fund"]
            subprocess.run(install, check=True, capture_output=True, text=True, timeout=300)
    return folder


@pytest.fixture
def deck(reveal, server, tmp_path):
    """The address of a deck: words, a stage, words, a stage on the tour's last stop, words; on an origin of its own."""
    frames = [f'<iframe src="{escape(f"{server}?{one}")}" width="900" height="620"></iframe>' for one in STAGES]
    slides = ["<h2>one</h2>", frames[0], "<h2>three</h2>", frames[1], "<h2>five</h2>"]
    shutil.copytree(reveal, tmp_path / "dist")
    slides = "".join(f"<section>{one}</section>" for one in slides)
    whole = (
        '<!doctype html><link rel="icon" href="data:,"><link rel="stylesheet" href="dist/reveal.css">'
        f'<div class="reveal"><div class="slides">{slides}</div></div>'
        '<script src="dist/reveal.js"></script>'
        '<script>Reveal.initialize({viewDistance: 2, transition: "none"})</script>'
    )
    (tmp_path / "index.html").write_text(whole, encoding="utf-8")
    lazy = whole.replace("<iframe src=", "<iframe data-src=")  # reveal loads it when its slide is near
    (tmp_path / "lazy.html").write_text(lazy, encoding="utf-8")
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as files:
        threading.Thread(target=files.serve_forever, daemon=True).start()
        yield f"http://localhost:{files.server_address[1]}/"
        files.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Nothing."""


def test_a_deck_with_two_stages_is_walked_by_page_down_alone(deck, server, new_tab):
    page = new_tab()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(deck)
    at = "() => Reveal.getIndices().h"
    page.wait_for_function("() => window.Reveal?.isReady()")

    def frame(stage):
        return next(one for one in page.frames if one.url.startswith(server) and f"seed={3 + stage}" in one.url)

    page.wait_for_timeout(500)
    first = frame(0)
    first.wait_for_selector(".stage.run", state="attached", timeout=30_000)
    assert page.evaluate("document.activeElement.tagName") == "BODY"  # a slide that is not on takes nothing
    page.keyboard.press("PageDown")
    page.wait_for_function("() => Reveal.getIndices().h === 1")
    assert first.evaluate("() => getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
    for step in (1, 2):
        page.wait_for_function("() => document.activeElement.tagName === 'IFRAME'")
        page.keyboard.press("PageDown")
        first.wait_for_function(f"() => ({STEP})() === {step}")
        assert page.evaluate(at) == 1
    first.wait_for_function("() => document.querySelector('.status')?.dataset.finish === 'length'")
    first.wait_for_timeout(300)
    for slide in (2, 3):
        page.keyboard.press("PageDown")
        page.wait_for_function(f"() => Reveal.getIndices().h === {slide}")
    second = frame(1)
    second.wait_for_selector(".stop .question", timeout=30_000)
    page.wait_for_function("() => document.activeElement.tagName === 'IFRAME'")
    page.keyboard.press("PageDown")
    second.wait_for_selector(".stop .answer")
    second.wait_for_timeout(500)
    page.keyboard.press("PageDown")
    page.wait_for_function("() => Reveal.getIndices().h === 4")
    page.close()


@pytest.mark.parametrize("name", ["index", "lazy"])
def test_a_stage_whose_slide_is_on_before_it_has_loaded_gets_the_keys(deck, new_tab, name):
    page = new_tab()
    page.goto(f"{deck}{name}.html#/1")
    page.wait_for_function("() => document.activeElement.tagName === 'IFRAME'", timeout=30_000)
    page.keyboard.press("PageDown")
    page.frame_locator("iframe >> nth=0").locator(".status[data-step='1']").wait_for()
    assert page.evaluate("() => Reveal.getIndices().h") == 1
    page.close()


def test_a_stage_in_a_page_that_says_nothing_takes_no_focus_and_hands_on_what_reveal_understands(server, new_tab):
    """In any other page the keys are its own once it was clicked."""
    page = new_tab()
    page.goto(f"{server}_stcore/health")
    page.set_content(
        '<input autofocus><iframe id="stage" width="1200" height="700"></iframe><script>window.told = [];'
        'addEventListener("message", (event) => told.push(event.data))</script>'
    )
    page.locator("input").focus()
    page.locator("#stage").evaluate("(one, src) => (one.src = src)", f"{server}?{STAGES[0]}")
    stage = page.frame_locator("#stage")
    stage.locator(".status[data-step='0']").wait_for(timeout=30_000)
    stage.locator(".js-plotly-plot").first.wait_for(timeout=30_000)
    page.wait_for_timeout(700)
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    page.keyboard.press("PageDown")
    stage.locator(".stage.run").click(position={"x": 500, "y": 5})
    for step in (1, 2):
        page.keyboard.press("ArrowRight")
        stage.locator(f".status[data-step='{step}']").wait_for()
    stage.locator(".status[data-finish='length']").wait_for()
    page.wait_for_timeout(300)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => told.some((one) => typeof one === 'string' && one.includes('next'))")
    said = page.evaluate("told.filter((one) => typeof one === 'string')")
    methods = [json.loads(one) for one in said if "method" in one]
    assert methods == [{"method": "startEmbeddedContent", "args": []}, {"method": "next", "args": []}]
    page.close()
