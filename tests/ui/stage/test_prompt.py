"""The prompt on the page by AppTest: whatever becomes of it is said, and Undo brings it back."""

import pytest
from conftest import checked, session_of

WORD, CHAR = "speeches-word", "shakespeare-char"


def set_prompt(app, text):
    return checked(app.text_area(key="setting_prompt").set_value(text).run())


def noticed(app):
    """The notices on the page."""
    return "".join(element.body for element in app.get("html") if 'class="notices"' in element.body)


def test_an_unknown_word_is_fed_as_unk_with_a_notice(open_app):
    app = set_prompt(open_app(model=WORD), "Mau is zzyzx, Mau")
    assert "fed as &lt;UNK&gt;: “Mau”, “zzyzx”" in noticed(app)
    assert session_of(app).run.recipe.prompt == "Mau is zzyzx, Mau"


def test_a_link_with_an_unknown_word_says_so_too(open_app):
    assert "fed as &lt;UNK&gt;: “zzyzx”" in noticed(open_app(model=WORD, prompt="zzyzx"))


def reason(app):
    """Why the prompt in the field is not fed; "" where it is."""
    return "".join(element.body for element in app.sidebar.get("html") if 'role="alert"' in element.body)


@pytest.mark.parametrize(("letter", "name"), [("中", "“中”"), ("\u200d", "ZERO WIDTH JOINER (U+200D)")])
def test_an_unknown_character_is_refused_by_name_and_stays_in_the_field(open_app, letter, name):
    app = set_prompt(set_prompt(open_app(model=CHAR), "To be"), f"To {letter}")
    assert f"{name} is not a character" in reason(app)
    assert session_of(app).run.recipe.prompt == "To be"
    assert app.text_area(key="setting_prompt").value == f"To {letter}"
    checked(app.button(key="control_step").click().run())
    assert f"{name} is not a character" in reason(app)
    set_prompt(app, "To b")
    assert reason(app) == ""
    assert session_of(app).run.recipe.prompt == "To b"


def test_a_prompt_that_another_model_cannot_spell_stays_in_the_field_until_one_can(open_app):
    app = set_prompt(open_app(model=WORD), "中 a")
    checked(app.segmented_control(key="level").set_value("char").run())
    assert session_of(app).run.recipe.prompt == ""
    assert "“中” is not a character" in reason(app)
    assert app.text_area(key="setting_prompt").value == "中 a"
    checked(app.segmented_control(key="level").set_value("word").run())
    assert session_of(app).run.recipe.prompt == "中 a"
    assert reason(app) == ""


def test_undo_shows_the_prompt_that_is_in_force_again(open_app):
    app = set_prompt(set_prompt(open_app(model=CHAR), "To be"), "中")
    checked(app.button(key="control_undo").click().run())
    assert reason(app) == ""
    assert app.text_area(key="setting_prompt").value == session_of(app).run.recipe.prompt == ""


@pytest.mark.parametrize("texts", [("To be",), ("To be", "or not")])
def test_undo_restores_the_prompt_and_its_field(open_app, texts):
    app = open_app(model=CHAR)
    for text in texts:
        set_prompt(app, text)
    checked(app.button(key="control_undo").click().run())
    before = ["", *texts][-2]
    assert session_of(app).run.recipe.prompt == before
    assert app.text_area(key="setting_prompt").value == before


@pytest.mark.parametrize(("name", "letters"), [(CHAR, "↵ ␣ !"), ("tang-char", "↵ 。 一")])
def test_a_character_model_shows_its_alphabet(open_app, name, letters):
    app = open_app(model=name)
    alphabet = next(element.body for element in app.get("html") if 'class="alphabet"' in element.body)
    assert letters in alphabet
    assert any("The alphabet: " in expander.label for expander in app.expander)
    assert len(alphabet) < 2_000


def test_a_word_model_has_no_alphabet(open_app):
    assert not any("The alphabet" in expander.label for expander in open_app(model=WORD).expander)


PHONE = "We don’t know — it’s “true”"


@pytest.mark.parametrize("name", [WORD, CHAR])
@pytest.mark.parametrize("by_link", [False, True], ids=["typed", "in a link"])
def test_a_prompt_typed_on_a_phone_is_fed_as_the_vocabulary_writes_it_and_kept_as_typed(open_app, name, by_link):
    app = open_app(model=name, prompt=PHONE) if by_link else set_prompt(open_app(model=name), PHONE)
    assert "read as: ’\xa0→\xa0&#x27; · —\xa0→\xa0-- · “\xa0→\xa0&quot; · ”\xa0→\xa0&quot;" in noticed(app)
    assert "&lt;UNK&gt;" not in noticed(app)
    run = session_of(app).run
    assert run.recipe.prompt == app.text_area(key="setting_prompt").value == PHONE
    assert run.at(run.given).text == "We don't know -- it's \"true\""


def test_a_link_with_typographic_signs_says_so_too_in_chinese(open_app):
    assert "改读为：’\xa0→\xa0&#x27;" in noticed(open_app(model=WORD, lang="zh", prompt="It’s"))


def test_a_letter_of_another_script_that_looks_like_a_known_one_is_named(open_app):
    assert "“pаper” [CYRILLIC SMALL LETTER A (U+0430)]" in noticed(set_prompt(open_app(model=WORD), "the pаper"))
    app = set_prompt(open_app(model=CHAR), "pаper")
    assert "“а” [CYRILLIC SMALL LETTER A (U+0430)] is not a character" in reason(app)
