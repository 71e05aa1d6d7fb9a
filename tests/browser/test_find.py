"""Find a run, in a browser: by mouse and by keyboard, on a projector and on a phone, with progress and Cancel."""

WORD, CHAR, SLOW = "speeches-word", "dinosaurs-gru", "shakespeare-char"


def open_panel(stage, label="Look for a run that"):
    stage.page.get_by_role("button", name=label).click()


def answer(stage, text, timeout=30_000):
    line = stage.page.locator(".found").get_by_text(text)
    line.wait_for(timeout=timeout)
    return line.inner_text()


def test_all_of_it_works_from_the_keyboard_and_once_more_finds_another(visit):
    stage = visit(f"model={CHAR}&seed=3")
    stage.wait_for(0)
    keys, said = stage.page.keyboard, [""]
    for _ in range(2):
        stage.page.get_by_role("button", name="Look for a run that").focus()
        keys.press("Enter")
        stage.page.get_by_role("dialog").get_by_role("button", name="ends with <EOS>").wait_for()
        for _ in range(5):
            keys.press("Tab")
            if stage.page.evaluate("document.activeElement.innerText").startswith("ends with"):
                break
        keys.press("Enter")
        stage.page.get_by_role("dialog").wait_for(state="detached")
        stage.page.wait_for_function("last => document.querySelector('.found')?.innerText !== last", arg=said[-1])
        said.append(answer(stage, "<EOS> is drawn"))
        stage.wait_for(int(said[-1].split("t = ")[1].split(".")[0]))
        assert stage.phase == "predict"  # <EOS> is still to be drawn
    keys.press("Home")
    stage.wait_for(0)
    keys.press("Control+z")
    stage.page.locator(".found").wait_for(state="detached")


def begin_a_long_search(stage):
    open_panel(stage)
    field = stage.page.get_by_label("contains the text")
    field.fill("zebrazebra")
    field.press("Enter")
    bar = stage.page.get_by_test_id("stProgress")
    bar.get_by_text("of 20,000 seeds tried, about").wait_for()
    return bar


def test_a_long_search_shows_progress_and_is_ended_by_button_by_closing_and_by_leaving_the_page(visit):
    stage = visit(f"model={SLOW}&seed=3&limit=100")
    stage.wait_for(0)
    bar = begin_a_long_search(stage)
    first = bar.inner_text()
    stage.page.wait_for_function("first => document.querySelector('.stProgress').innerText !== first", arg=first)
    stage.press("Cancel")
    assert "so P is below about" in answer(stage, "None in")
    bar.wait_for(state="detached")
    stage.page.get_by_role("dialog").get_by_role("button", name="Find", exact=True).click()  # on with the next seeds
    bar.wait_for()
    stage.page.keyboard.press("Escape")
    stage.page.get_by_role("dialog").wait_for(state="detached")
    stage.press("Step")
    stage.wait_for(1)
    open_panel(stage)
    answer(stage, "None in")
    assert bar.count() == 0
    stage.page.keyboard.press("Escape")
    stage.page.get_by_role("dialog").wait_for(state="detached")
    _leaving_the_page_ends_it(stage)


def _leaving_the_page_ends_it(stage):
    links = stage.page.get_by_test_id("stTopNavLink")
    links.get_by_text("Score", exact=True).click()
    stage.page.locator(".status").wait_for(state="detached")
    links.get_by_text("Sample", exact=True).click()
    stage.wait_for(1)
    begin_a_long_search(stage)
    stage.page.go_back()
    stage.page.locator(".status").wait_for(state="detached")
    links.get_by_text("Sample", exact=True).click()
    stage.wait_for(1)
    assert stage.page.get_by_role("dialog").count() == 0
    open_panel(stage)
    answer(stage, "The settings stay as they are")
    assert stage.page.get_by_test_id("stProgress").count() == 0


def test_the_button_is_in_sight_and_a_phone_has_room_for_the_dialog(visit):
    stage = visit(f"model={WORD}&seed=3", dark=True)
    stage.wait_for(0)
    button = stage.page.get_by_role("button", name="Look for a run that").bounding_box()
    assert button["y"] + button["height"] <= 720  # without scrolling
    stage.page.set_viewport_size({"width": 390, "height": 844})
    stage.page.get_by_test_id("stExpandSidebarButton").click()
    open_panel(stage)
    stage.press("rejects twice")
    answer(stage, "redraw from the same")
    assert stage.page.evaluate("document.scrollingElement.scrollWidth") <= 390
    for part in stage.page.get_by_role("dialog").get_by_role("button").all():
        box = part.bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
