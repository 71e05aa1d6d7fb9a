"""What a screen reader gets: one voice that says what happened, names that are the words, headings in order."""

from itertools import pairwise

QUERY = "model=speeches-word&seed=1158"
NAMES = """() => [...document.querySelectorAll("[aria-label]")].map(one => one.getAttribute("aria-label"))"""


def spoken(stage, part):
    stage.page.wait_for_function("part => document.querySelector('#voice')?.innerText.includes(part)", arg=part)


def test_the_narration_is_said_once_a_step_by_a_region_that_stays(visit):
    stage = visit(f"{QUERY}&t=3")
    page = stage.page
    stage.wait_for(3)
    spoken(stage, "x⟨4⟩")
    page.evaluate("""() => {
      window.voice = document.querySelector("#voice");
      window.heard = [];
      new MutationObserver(() => heard.push(voice.textContent)).observe(voice, { childList: true });
    }""")
    page.keyboard.press("ArrowRight")
    stage.wait_for(4)
    spoken(stage, "The draw fell on <UNK>: rejected")
    page.keyboard.press("ArrowRight")
    stage.wait_for(5)
    spoken(stage, "x⟨6⟩")
    heard = page.evaluate("heard")
    assert len(heard) == 2
    assert heard[1] == stage.narration.strip()
    assert "np.random" not in "".join(heard)
    assert page.evaluate("voice.isConnected && voice.getAttribute('role')") == "status"
    live = page.locator("main :is([role=status], [aria-live=polite], [aria-live=assertive])").all_inner_texts()
    assert not any(live), live


def test_on_compare_it_says_what_happened(visit):
    page = visit(QUERY).page
    page.get_by_role("link", name="Word vs character").click()
    page.locator(".st-key-compare_step button").click()
    page.wait_for_function("() => document.querySelector('#voice')?.innerText.includes('Character, t = 1: “')")
    assert "seed" not in page.locator("#voice").inner_text()


def test_language_and_title_of_the_page_follow_the_switch(visit):
    stage = visit(QUERY)
    html = stage.page.locator("html")
    assert (html.get_attribute("lang"), stage.page.title()) == ("en", "Sampling novel sequences")
    stage.page.get_by_role("radio", name="中文").click()
    stage.page.get_by_role("button", name="单步").wait_for()
    stage.page.wait_for_function("() => document.documentElement.lang === 'zh-CN'")
    heading = stage.page.locator("h1.title").inner_text()
    stage.page.wait_for_function("title => document.title === title", arg=heading)


def test_accessible_names_are_the_words_on_the_screen(visit):
    stage = visit(f"{QUERY}&t=4")
    page = stage.page
    stage.wait_for(4)
    assert page.get_by_role("button", name="Another seed").count() == 1
    assert page.get_by_role("checkbox", name="Stop at <EOS>", exact=True).count() == 1
    assert not any("\\" in name for name in page.evaluate(NAMES))
    chip = page.locator(".chip[data-show='4']").get_attribute("aria-label")
    assert all(word in chip for word in ("“responsibility”", "<UNK>", "rejected", "2.6%"))
    alt = page.get_by_role("figure").first.get_attribute("aria-label")
    assert all(
        word in alt for word in ("“own” 4.5%", "“responsibility” 3.0% (drawn)", "“<UNK>” 0% (rejected)", "“<EOS>” ")
    )
    page.get_by_role("button", name="Look for a run").click()
    page.get_by_role("button", name="rejects <UNK> within").wait_for()


def test_headings_come_in_order_and_no_head_of_a_table_is_empty(visit):
    page = visit(QUERY).page
    for path, sign in (("Sample", ".status"), ("Score", ".text"), ("Word vs", ".claims"), ("Many draws", ".fit")):
        page.get_by_role("link", name=path).click()
        page.wait_for_selector(sign)
        if "draws" in path:
            page.get_by_role("radio", name="Many whole runs").click()
            page.get_by_role("button", name="Run", exact=True).click()
            page.wait_for_selector("h2.part")
        levels = [
            int(tag[1])
            for tag in page.evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(e => e.tagName)")
        ]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
        assert "" not in page.locator("th").all_inner_texts()


def test_a_token_or_a_name_is_never_markdown(visit):
    stage = visit("model=mine-char--lstm&seed=1&eos=0&t=1")
    page = stage.page
    stage.wait_for(1)
    assert page.locator(".st-key-models button").inner_text().startswith("mine-char--lstm")
    page.get_by_role("button", name="Find a token").click()
    typed = page.get_by_role("textbox", name="Find a token of this vocabulary")
    for token in ("--", "->", ":cat:", "(c)", "a_b_c", "<b>", "_a_", "www.a.com", "a`b", "*"):
        typed.fill(token)
        page.get_by_role("dialog").locator("label", has_text=token).first.wait_for()
    typed.fill("--")
    page.get_by_role("dialog").locator("label", has_text="--").first.wait_for()
    page.get_by_role("button", name="Pin as a bar").click()
    page.get_by_role("button", name="-- ✕").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Score").click()
    page.locator(".st-key-setting_score_model_0").wait_for()
    assert page.locator(".st-key-setting_score_model_0 input").input_value() == "mine-char--lstm"
