"""A page whose server was replaced goes on where it stood, whatever it was opened with, and takes newer code."""

import re
import shutil
from urllib.parse import parse_qs, urlsplit

import pytest

from .app_server import serving
from .conftest import ROOT, tabs_of

WORD = "speeches-word"
STEPS = {"stage": 6, "plain": 2}  # when the server is replaced
KEPT = "[history.length, document.documentElement.lang, document.title]"
MOST = 10_000  # milliseconds until it goes on
OPENED = {  # page -> the link it is opened with
    "stage": f"?lang=en&model={WORD}&seed=11&eos=0&t=4&embed=true",
    "plain": "",
    "score": "score?text=We+are+here.",
    "compare": "compare?view=cost&name=Bob",
    "draws": "draws?show=runs&t=3",
}


def step(page, until):
    while int(page.locator(".status").get_attribute("data-step")) < until:
        now = int(page.locator(".status").get_attribute("data-step"))
        page.keyboard.press("ArrowRight")
        page.wait_for_selector(f".status[data-step='{now + 1}']")


def act(name, page):
    """Something that the address at load does not say."""
    if name in ("stage", "plain"):
        page.wait_for_selector(".stage.run .chip")
        step(page, STEPS[name])
    elif name == "score":
        text = page.locator(".st-key-setting_score_text_0 textarea")
        text.fill("We are free.")
        text.press("Control+Enter")
        page.wait_for_function("location.search.includes('free')")
    elif name == "compare":
        page.get_by_text("Side by side", exact=True).click()
        page.wait_for_function("!location.search.includes('cost')")
        page.get_by_role("button", name="Step").click()
        page.locator(".status[data-step='1']").wait_for()
        page.get_by_text("中文", exact=True).click()
        page.wait_for_function("document.documentElement.lang.startsWith('zh')")
    else:
        page.get_by_text("100", exact=True).click()
        page.wait_for_function("location.search.includes('runs=100')")


@pytest.fixture
def folder(tmp_path):
    """A copy of the project, whose code may become newer."""
    for name in ("app.py", "engine", "pretrained", ".streamlit"):
        source = ROOT / name
        shutil.copytree(source, tmp_path / name) if source.is_dir() else shutil.copy(source, tmp_path / name)
    return tmp_path


def test_the_address_stays_the_first_press_acts_and_newer_code_is_taken(browser, folder):
    script, log = folder / "app.py", folder / "server.log"
    context = browser.new_context(locale="en-US")
    context.set_default_timeout(60_000)
    pages = {}
    with serving(script, log) as url:
        new_tab = tabs_of(context, url)
        for name, link in OPENED.items():
            pages[name] = new_tab()
            pages[name].goto(url + link)
            act(name, pages[name])
        pages["stage"].wait_for_timeout(500)  # an address is written at most every 400 ms
    before = {name: (page.url, page.evaluate(KEPT)) for name, page in pages.items()}
    port = int(urlsplit(url).port)
    with serving(script, log, port):
        for page in pages.values():
            page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]", timeout=30_000)
        page.wait_for_timeout(1500)  # what would write another address has had the time to
        for name, page in pages.items():
            page.bring_to_front()
            address, kept = before[name]
            assert parse_qs(urlsplit(page.url).query) == parse_qs(urlsplit(address).query), name
            assert page.evaluate(KEPT) == kept, name
            _the_first_press_acts(name, page)
    for name in pages.keys() - {"plain"}:
        pages[name].close()
    _newer_code_is_taken(pages["plain"], script, log, port)
    context.close()


def _the_first_press_acts(name, page):
    if name in ("stage", "plain"):
        assert page.locator(".status").get_attribute("data-step") == str(STEPS[name])
        page.locator(".st-key-control_step button:visible").click()
        page.wait_for_selector(f".status[data-step='{STEPS[name] + 1}']", timeout=MOST)
    elif name == "score":
        assert page.locator(".st-key-setting_score_text_0 textarea").input_value() == "We are free."
        page.locator(".cards button").nth(2).click()
        page.wait_for_selector(".status[data-step='3']", timeout=MOST)
    elif name == "compare":
        page.get_by_role("button", name="单步").click()
        page.locator(".status[data-step='1']").wait_for(timeout=MOST)
    else:
        page.locator(".st-key-draws_start button:visible").click()
        page.get_by_text(re.compile("of 100 runs|100 runs, seeds")).first.wait_for(timeout=MOST)


def _newer_code_is_taken(page, script, log, port):
    """By a page that stays open."""
    versions = "() => [window.sequenceStage.version, window.sequenceFrame.version]"
    old = page.evaluate(versions)
    for file in ("stage/front/stage.js", "front/frame.js"):
        changed = script.parent / "engine" / "ui" / file
        changed.write_text(changed.read_text(encoding="utf-8") + "\n// newer\n", encoding="utf-8")
    with serving(script, log, port):
        page.wait_for_timeout(1000)  # until it has found the new server
        page.keyboard.press("ArrowRight")  # whose session does not know the stage yet
        page.wait_for_function(f"old => ({versions})().every((one, i) => one !== old[i])", arg=old, timeout=60_000)
        page.locator(".stage.run .chip").first.wait_for()
        assert page.locator(".stage.run").count() == page.locator(".stage.draw").count() == 1
        step = int(page.locator(".stage.run").get_attribute("data-step"))
        page.keyboard.press("ArrowRight")  # heard once, by the newer code alone
        page.locator(f".stage.run[data-step='{step + 1}']").wait_for()
        page.wait_for_timeout(500)
        assert page.locator(".status").get_attribute("data-step") == str(step + 1)
