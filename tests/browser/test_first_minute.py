"""The first minute: who opens the playground and only presses Step sees, in six presses, all that can happen; and what
Find looks for happens at a press that is named.
"""

NOVEL = {"en": "Novel: token for token", "zh": "新序列：逐个词元比对"}
REJECTED = {"en": "rejected", "zh": "拒绝"}


def test_six_presses_show_a_draw_a_rejection_the_end_and_a_novel_sequence(visit):
    stage = visit("")
    stage.wait_for(0)
    assert "x⟨1⟩ = 0" in stage.narration
    assert stage.page.get_by_role("button", name="Step").is_enabled()
    assert stage.page.get_by_role("button", name="Back", exact=True).is_disabled()
    assert "hostile" not in stage.page.locator(".st-key-models").inner_text()
    for language in ("en", "zh"):
        stage.speak(language)
        stage.page.keyboard.press("Home")
        stage.wait_for(0)
        for t in range(1, 7):
            stage.page.keyboard.press("ArrowRight")
            stage.wait_for(t)
            picture = stage.page.locator(".stage.draw").inner_text()
            assert f"u({t}, 1) = " in picture
            assert ("✗" in picture) == (t == 4)  # <UNK> is rejected, and another token drawn
            if t == 4:
                assert REJECTED[language] in stage.narration
                assert "u(4, 2) = " in picture
                assert "<UNK>" in stage.page.locator(".stage.run").inner_text()
                assert "<UNK>" not in stage.running_text
            assert f"x⟨{t + 1}⟩" in stage.narration or t == 6  # it is fed back
        stage.wait_for(6, finish="eos")
        assert stage.running_text == "America has its responsibility."
        assert "<EOS>" in stage.page.locator(".status .flag").inner_text()
        assert NOVEL[language] in stage.narration
        assert "seed=1158" in stage.page.url


def test_another_model_opens_with_its_own_seed_and_the_level_switches_there_and_back(visit):
    stage = visit("model=dinosaurs-gru")
    stage.wait_for(0)
    stage.page.keyboard.press("End")
    stage.wait_for(12, finish="eos")
    assert stage.running_text == "Hiparsaurus"
    switch = stage.page.locator(".st-key-controls")
    switch.get_by_text("Word", exact=True).click()
    stage.wait_for(0)
    stage.page.wait_for_function("new URLSearchParams(location.search).get('seed') === '1158'")
    stage.press("Step")
    stage.wait_for(1)
    switch.get_by_text("Character", exact=True).click()
    stage.wait_for(0)
    stage.page.keyboard.press("ArrowRight")  # a switch that was clicked leaves the keys to the stage
    stage.wait_for(1)
    heading = stage.page.locator(".heading").first.inner_text()
    assert "softmax over" in heading
    assert "6,000" not in heading  # those are the words
    switch.get_by_text("Word", exact=True).click()
    stage.wait_for(0)
    assert "softmax" not in stage.page.locator(".heading").first.inner_text()  # nothing is predicted before a step


def in_sight(stage, said):
    """Until what Find has said stands in the sidebar, to be read without scrolling, and the choice for <UNK> too."""
    answer = stage.page.locator(".stSidebar .found").get_by_text(said)
    answer.wait_for()
    box = answer.bounding_box()
    assert box["y"] + box["height"] <= 720
    assert stage.page.evaluate("document.querySelector('[data-testid=stSidebarContent]').scrollTop") == 0
    assert stage.page.locator(".st-key-setting_unk input").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_what_find_has_found_is_in_sight_and_happens_at_the_press_that_the_stage_names(visit):
    stage = visit("model=speeches-word&seed=3")
    for language, panel, wish, foretold, said in (
        (
            "en",
            "Look for a run that",
            "rejects <UNK> within 5 steps",
            "and <UNK> is drawn and rejected",
            "is rejected at t",
        ),
        ("zh", "查找这样的序列", "前 5 步内拒绝过 <UNK>", "就会抽到 <UNK> 并拒绝", "拒绝 <UNK>"),
    ):
        stage.speak(language)
        if language == "zh":
            in_sight(stage, said)  # what was found before, in the other language
        stage.page.keyboard.press("Home")
        stage.wait_for(0)
        stage.press(panel)
        stage.press(wish)
        line = stage.page.locator(".narration").get_by_text(foretold)
        line.wait_for(timeout=30_000)
        in_sight(stage, said)
        t = stage.step
        stage.wait_for(t)
        assert stage.phase == "predict"
        assert f"u({t}, 1)" not in stage.page.locator(".stage.draw").inner_text()
        stage.page.keyboard.press("ArrowDown")
        stage.page.locator(".stage.draw").get_by_text(f"u({t}, 1)").wait_for()
        assert "<UNK> ✗" in stage.page.locator(".stage.draw").inner_text()
        assert line.count() == 0
