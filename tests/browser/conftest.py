"""A real server and a real Chromium. Without one of them these tests skip, with REQUIRE_BROWSER=1 they fail."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.model import LanguageModel
from engine.vocabulary import Vocabulary

from .app_server import serving

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Files whose tests come first of those in a browser: at the end one of them would run alone, and the other cores wait.
LONGEST = ("test_train", "test_replaced_server", "test_contrast", "test_hall")
HOSTILE_TOKENS = [
    "<EOS>",
    "<UNK>",
    "<img src=x onerror=document.title='broken'>",
    "$\\LaTeX$",
    "**md**",
    "&amp;",
    "`x`",
]
MARKDOWN_TOKENS = ["--", "->", ":cat:", "(c)", "a_b_c", "<b>", "_a_", "www.a.com", "a`b", "*"]

# Everything with data-step, in the page and in the components' open shadow roots, and the charts of the stage. It is
# asked for at every frame while a step is timed, so no more of the page is walked through than the components.
MARKS = """() => {
  const hosts = [...document.querySelectorAll('.stBidiComponent *')].filter(e => e.shadowRoot);
  const roots = [document, ...hosts.map(e => e.shadowRoot)];
  return [...roots.flatMap(root => [...root.querySelectorAll('[data-step]')].map(e => Number(e.dataset.step))),
    ...[...document.querySelectorAll('.js-plotly-plot')].map(p => p.layout?.meta?.step).filter(s => s !== undefined)];
}"""


def pytest_collection_modifyitems(items):
    # Those without a browser first: Playwright's event loop stays in the thread in which it was begun.
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents and 2 - (item.path.stem in LONGEST))
    try:
        import playwright  # noqa: F401

        missing = None if CHROMIUM else "Chromium is not installed (apt-get install chromium)"
    except ImportError:
        missing = "playwright is not installed (pip install -r tests/requirements.txt)"
    if missing is None:
        return
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.exit(f"browser tests must run, but {missing}", returncode=1)
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The URL of the app, served from a copy of the project with models more: tokens that are markup or Markdown."""
    folder = tmp_path_factory.mktemp("app")
    for name in ("app.py", "engine", "pretrained", ".streamlit"):
        source = ROOT / name
        shutil.copytree(source, folder / name) if source.is_dir() else shutil.copy(source, folder / name)
    _random_model(HOSTILE_TOKENS).save(folder / "pretrained" / "hostile.npz")
    _random_model(["<EOS>", "<UNK>", *MARKDOWN_TOKENS]).save(folder / "pretrained" / "mine-char--lstm.npz")
    (folder / "pretrained" / "torn.npz").write_bytes(b"PK\x03\x04 half a file")
    with serving(folder / "app.py", folder / "server.log") as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser):
    """One for all visits, each a tab of its own: it compiles Streamlit only once.

    Without motion: each frame is painted by the processor. A test of what moves asks for motion.
    """
    context = browser.new_context(
        locale="en-US", reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"]
    )
    yield context
    context.close()


@pytest.fixture(scope="session")
def new_tab(server, context):
    """`new_tab()` opens a tab."""
    return tabs_of(context, server)


def tabs_of(context, url):
    """A function that opens a tab for a page of the server at `url`. All are windows of one page that stays, and so
    share its process, which has compiled Streamlit and Plotly: a visit costs less than half.
    """
    first = context.new_page()
    first.goto(f"{url}_stcore/health")

    def new_tab():
        with first.expect_popup() as opened:
            first.evaluate("window.open('about:blank')")
        return opened.value

    return new_tab


@pytest.fixture
def visit(server, context, new_tab):
    """`visit(query, ...)` opens a Stage in a tab of its own, with `path` another page, as it is; an error in the
    browser's console fails the test.
    """
    opened, problems = [], []

    def is_problem(message):
        # Streamlit looks for its server below the path of a page first
        return message.type == "error" and "_stcore/" not in message.location["url"]

    def visit(query="", width=1280, height=720, dark=False, path=""):
        page = new_tab()
        opened.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if is_problem(message) else None)
        page.goto(f"{server}{path}?{query}" if query else f"{server}{path}")
        return Stage(page) if path in ("", "sample") else page

    yield visit
    for page in opened:
        page.evaluate("localStorage.clear()")  # Streamlit keeps there whether its sidebar is folded
        page.close()
    context.clear_cookies()
    assert problems == []


# Pictures come before words and charts: all of a step is there when the script has run to its end.
RESTS = """() => document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning" """

# Whether all shows this step, and the run has this end. The whole page is looked through only where its status does.
SHOWS = f"""([step, finish]) => {{
  const status = document.querySelector(".status")?.dataset;
  return Number(status?.step) === step && (finish === null || status.finish === finish) && ({RESTS})() &&
    ({MARKS})().every(mark => mark === step);
}}"""


class Stage:
    """The stage in a browser, as a visitor handles it."""

    def __init__(self, page):
        self.page = page
        page.wait_for_selector(".status[data-step]", timeout=30_000)
        page.wait_for_selector(".js-plotly-plot .main-svg", state="attached", timeout=30_000)
        page.wait_for_selector(".stage.run", state="attached")

    def press(self, label):
        """Press the button with this label, or part of it; not one of the phases, for "Back" is part of "feed back"."""
        self.page.locator("button:not(.pill)").and_(self.page.get_by_role("button", name=label)).click()

    def speak(self, language):
        """Switch to "en" or "zh"."""
        spoken = "short => document.documentElement.lang.startsWith(short)"
        if not self.page.evaluate(spoken, language):  # a press on what is chosen would take it back
            self.page.get_by_text({"en": "EN", "zh": "中文"}[language], exact=True).click()
            self.page.wait_for_function(spoken, arg=language)

    def choose_model(self, title):
        """By the menu of models, as a visitor does."""
        self.page.locator(".st-key-models button").first.click()
        menu = self.page.get_by_test_id("stPopoverBody")
        menu.get_by_text(title).click()
        menu.wait_for(state="detached")

    def set(self, field, value):
        """Type into a field of the sidebar, and take it."""
        entry = self.page.locator(f".st-key-setting_{field} :is(input, textarea)")
        entry.fill(str(value))
        entry.press("Control+Enter" if field == "prompt" else "Enter")

    def wait_for(self, step, finish=None):
        """Until all of the stage shows this time step (and the run this end); fails after twenty seconds."""
        from playwright.sync_api import TimeoutError

        try:
            self.page.wait_for_function(SHOWS, arg=[step, finish], timeout=20_000, polling=30)
        except TimeoutError:
            marks = self.page.evaluate(MARKS)
            raise AssertionError(f"the pictures show steps {marks}, not all {step}; finish {self.finish!r}") from None

    @property
    def step(self):
        return int(self.page.locator(".status").get_attribute("data-step"))

    @property
    def phase(self):
        return self.page.locator(".status").get_attribute("data-phase")

    @property
    def finish(self):
        return self.page.locator(".status").get_attribute("data-finish")

    @property
    def narration(self):
        return self.page.locator(".narration").inner_text()

    @property
    def running_text(self):
        return self.page.locator(".running .text").text_content()


def _random_model(tokens):
    rng = np.random.default_rng(0)
    size, count = 8, len(tokens)
    weights = {
        "rnn.weight_ih_l0": rng.normal(size=(size, count)).astype(np.float32),
        "rnn.weight_hh_l0": rng.normal(size=(size, size)).astype(np.float32),
        "output.weight": rng.normal(size=(count, size)).astype(np.float32),
    }
    return LanguageModel.from_state_dict(Vocabulary(tokens, "word", "<EOS>", "<UNK>"), weights)
