"""Every word can be read: axe-core finds nothing serious on the four pages; the pictures, which it skips, are measured.

The contrast of a text with what is behind it is at least 4.5 (WCAG 2.2, level AA), light and dark.
"""

import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

AXE = "axe-core@4.14.1"
CONTRAST = 4.5
FIELD = ".st-key-setting_score_text_0 textarea"  # of the page Score
IN_PICTURES = Path(__file__).with_name("contrast.js").read_text()
RUN_AXE = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .filter((rule) => ["serious", "critical"].includes(rule.impact))
  .filter((rule) => rule.id !== "label-content-name-mismatch") // the names of chips and cards have tests of their own
  .flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? rule.help}`))"""


@pytest.fixture(scope="session")
def axe(tmp_path_factory):
    """The source of axe-core, from npm, wherever that has been told to look for packages."""
    npm = shutil.which("npm")
    if npm is None:
        reason = "npm is not installed (apt-get install npm): it brings axe-core"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run([npm, "pack", "--silent", AXE], cwd=folder, check=True, capture_output=True, text=True, timeout=120)
    with tarfile.open(next(folder.glob("*.tgz"))) as package:
        return package.extractfile("package/axe.min.js").read().decode()


@pytest.fixture
def faults(axe):
    """`faults(page)`: what cannot be read on it, or not used by everybody, as it stands now."""

    def faults(page):
        page.mouse.move(0, 0)  # nothing is hovered
        page.wait_for_timeout(300)  # until colours have stopped fading
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(axe)
        return page.evaluate(RUN_AXE) + page.evaluate(IN_PICTURES, CONTRAST)

    return faults


def in_theme(page, dark):
    """The page in this theme; Plotly's charts take it at the next press."""
    page.emulate_media(color_scheme="dark" if dark else "light")
    scheme = "dark => getComputedStyle(document.querySelector('.stApp')).colorScheme === (dark ? 'dark' : 'light')"
    page.wait_for_function(scheme, arg=dark)


def choose(page, name):
    """One of a row; a press on the one that is chosen would take it back."""
    one = page.get_by_role("radio", name=name)
    if not one.is_checked():
        one.click()


def test_every_word_of_the_stage_can_be_read_light_and_dark_and_on_a_phone(visit, faults):
    stage = visit("model=speeches-word&seed=1158&t=4", width=390, height=844)  # <UNK> has been rejected
    stage.wait_for(4)
    assert faults(stage.page) == []
    stage.page.set_viewport_size({"width": 1280, "height": 720})
    for dark in (False, True):
        in_theme(stage.page, dark)
        stage.page.locator(".chip[data-show='3']").click()
        stage.wait_for(3)
        stage.press("Step")
        stage.wait_for(4)
        stage.page.locator(".st-key-panel button").nth(0).click()  # the other temperatures
        stage.page.locator(".retakes .struck").first.wait_for()
        assert faults(stage.page) == []
        stage.press("Phase")
        stage.press("To the end")
        stage.wait_for(6, finish="eos")
        assert faults(stage.page) == []
        stage.press("Back")  # <EOS> is the future now
        stage.wait_for(5)
        stage.page.locator(".st-key-panel button").nth(2).click()
        stage.page.locator(".one-hot").wait_for()
        assert faults(stage.page) == []
        stage.page.locator(".switch button").nth(1).click()  # the network in training
        stage.page.locator(".net.teacher_forced").wait_for()
        assert faults(stage.page) == []
        stage.page.locator(".switch button").nth(0).click()
        stage.page.locator(".net.teacher_forced").wait_for(state="detached")


def test_a_limit_without_an_end_can_be_read_in_chinese_light_and_dark(visit, faults):
    stage = visit("model=shakespeare-char&t=100&lang=zh")  # nothing can be chosen for <UNK>, which it lacks
    stage.wait_for(100, finish="length")
    assert faults(stage.page) == []
    in_theme(stage.page, dark=True)
    stage.press("后退")
    stage.wait_for(99)
    stage.press("单步")
    stage.wait_for(100, finish="length")
    assert faults(stage.page) == []


def test_every_word_of_the_other_pages_can_be_read_light_and_dark(visit, faults):
    page = visit("model=speeches-word&seed=1158&t=4", path="draws")
    for dark in (False, True):
        in_theme(page, dark)
        _score(page, faults)
        _word_and_character(page, faults)
        _many_draws(page, faults)


def _score(page, faults):
    page.get_by_role("link", name="Score").click()
    field = page.locator(FIELD)
    field.fill("America has Mau")
    field.press("Control+Enter")
    page.locator(".text .card").filter(has_text="Mau").wait_for()
    assert faults(page) == []
    page.get_by_text("Compare two texts").click()
    page.locator(".text").nth(1).wait_for()
    assert faults(page) == []
    page.get_by_text("Compare two texts").click()
    page.locator(".text").nth(1).wait_for(state="detached")


def _word_and_character(page, faults):
    page.get_by_role("link", name="Word vs character").click()
    page.locator(".claims").wait_for()
    for view, sign in (
        ("Side by side", ".track"),
        ("“Mau”", ".track table"),
        ("The past", ".js-plotly-plot .main-svg"),
        ("The cost", "table.compared"),
    ):
        choose(page, view)
        page.locator(sign).last.wait_for(state="attached")
        if view == "Side by side":
            page.get_by_role("button", name="Step", exact=True).click()
            page.locator(".track .chips span").first.wait_for()
        assert faults(page) == []


def _many_draws(page, faults):
    page.get_by_role("link", name="Many draws").click()
    choose(page, "One step, many draws")
    page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
    assert faults(page) == []
    choose(page, "Many whole runs")
    choose(page, re.compile("^100$"))
    page.get_by_role("button", name="Run", exact=True).click()
    page.locator("table.endings").wait_for()
    assert faults(page) == []
