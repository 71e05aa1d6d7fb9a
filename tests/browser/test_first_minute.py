"""The first minute: who opens the playground and only presses Step sees, in six presses, all that can happen; and what
Find looks for happens at a press that is named.
"""

NOVEL = {"en": "Novel: token for token", "zh": "新序列：逐个词元比对"}


def test_six_presses_show_a_draw_a_rejection_the_end_and_a_novel_sequence(visit):
    stage = visit("")
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
            assert f"x⟨{t + 1}⟩" in stage.narration or t == 6  # it is fed back
        stage.wait_for(6, finish="eos")
        assert stage.running_text == "America has its responsibility."
        assert "<EOS>" in stage.page.locator(".status .flag").inner_text()
        assert NOVEL[language] in stage.narration
        assert "seed=1158" in stage.page.url


def test_another_model_opens_with_its_own_seed_and_a_chosen_seed_stays(visit):
    stage = visit("model=dinosaurs-gru")
    stage.wait_for(0)
    stage.page.keyboard.press("End")
    stage.wait_for(12, finish="eos")
    assert stage.running_text == "Hiparsaurus"
    stage.page.locator(".st-key-controls").get_by_text("Word", exact=True).click()
    stage.wait_for(0)
    stage.page.wait_for_function("new URLSearchParams(location.search).get('seed') === '1158'")
    stage = visit("model=speeches-word&seed=5")
    stage.wait_for(0)
    stage.page.locator(".st-key-controls").get_by_text("Character", exact=True).click()
    stage.page.wait_for_function("new URLSearchParams(location.search).get('level') === 'char'")
    assert "seed=5" in stage.page.url


def test_what_find_has_found_happens_at_the_press_that_the_stage_names(visit):
    stage = visit("model=speeches-word&seed=3")
    for language, panel, wish, foretold in (
        ("en", "Look for a run that", "rejects <UNK> within 5 steps", "and <UNK> is drawn and rejected"),
        ("zh", "查找这样的序列", "前 5 步内拒绝过 <UNK>", "就会抽到 <UNK> 并拒绝"),
    ):
        stage.speak(language)
        stage.page.keyboard.press("Home")
        stage.wait_for(0)
        stage.press(panel)
        stage.press(wish)
        line = stage.page.locator(".narration").get_by_text(foretold)
        line.wait_for(timeout=30_000)
        t = stage.step
        stage.wait_for(t)
        assert stage.phase == "predict"
        assert f"u({t}, 1)" not in stage.page.locator(".stage.draw").inner_text()
        stage.page.keyboard.press("ArrowDown")
        stage.page.locator(".stage.draw").get_by_text(f"u({t}, 1)").wait_for()
        assert "<UNK> ✗" in stage.page.locator(".stage.draw").inner_text()
        assert line.count() == 0
