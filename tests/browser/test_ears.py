"""What a screen reader gets: one voice that says what happened, names that are the words, headings in order."""

from itertools import pairwise

QUERY = "model=speeches-word&seed=1158"
NAMES = """() => [...document.querySelectorAll("[aria-label]")].map(one => one.getAttribute("aria-label"))"""
PAGES = (("Sample", ".status"), ("Score", ".text"), ("Word vs", ".claims"), ("Many draws", ".fit"))


def spoken(page, part):
    page.wait_for_function("part => document.querySelector('#voice')?.innerText.includes(part)", arg=part)


def test_the_narration_is_said_once_a_step_by_a_region_that_stays_and_names_are_the_words_on_the_screen(visit):
    stage = visit(f"{QUERY}&t=3")
    page = stage.page
    stage.wait_for(3)
    spoken(page, "x⟨4⟩")
    page.evaluate("""() => {
      window.voice = document.querySelector("#voice");
      window.heard = [];
      new MutationObserver(() => heard.push(voice.textContent)).observe(voice, { childList: true });
    }""")
    page.keyboard.press("ArrowRight")
    stage.wait_for(4)
    spoken(page, "The draw fell on <UNK>: rejected")
    _names_are_the_words_on_the_screen(page)
    page.keyboard.press("ArrowRight")
    stage.wait_for(5)
    spoken(page, "x⟨6⟩")
    heard = page.evaluate("heard")
    assert len(heard) == 2
    assert heard[1] == stage.narration.strip()
    assert "np.random" not in "".join(heard)
    assert page.evaluate("voice.isConnected && voice.getAttribute('role')") == "status"
    live = page.locator("main :is([role=status], [aria-live=polite], [aria-live=assertive])").all_inner_texts()
    assert not any(live), live
    page.get_by_role("button", name="Look for a run").click()
    page.get_by_role("button", name="rejects <UNK> within").wait_for()


def _names_are_the_words_on_the_screen(page):
    """At t = 4."""
    assert page.get_by_role("button", name="Another seed").count() == 1
    assert page.get_by_role("checkbox", name="Stop at <EOS>", exact=True).count() == 1
    assert not any("\\" in name for name in page.evaluate(NAMES))
    chip = page.locator(".chip[data-show='4']").get_attribute("aria-label")
    assert all(word in chip for word in ("“responsibility”", "<UNK>", "rejected", "2.6%"))
    alt = page.get_by_role("figure").first.get_attribute("aria-label")
    assert all(
        word in alt for word in ("“own” 4.5%", "“responsibility” 3.0% (drawn)", "“<UNK>” 0% (rejected)", "“<EOS>” ")
    )


def test_on_every_page_headings_come_in_order_and_no_head_of_a_table_is_empty_and_compare_has_a_voice(visit):
    page = visit(QUERY).page
    for path, sign in PAGES:
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
        if path == "Word vs":
            page.locator(".st-key-compare_step button").click()
            spoken(page, "Character, t = 1: “")
            assert "seed" not in page.locator("#voice").inner_text()
