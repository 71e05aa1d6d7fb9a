"""The words: every call has its entry, every entry its call, and both languages take the same placeholders."""

import ast
import string
from pathlib import Path

import pytest

from engine.ui.words import LANGUAGES, WORDS, translator

ROOT = Path(__file__).parents[2]


def used_keys():
    """The literal keys in the code, and the literal beginnings of those put together, as tr(f"level.{one}")."""
    whole, beginnings = set(), set()
    for path in [ROOT / "app.py", *ROOT.glob("engine/figures/*.py"), *ROOT.glob("engine/ui/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(node.values[0].value)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and path.name != "words.py":
                whole.add(node.value)
    return whole, tuple(beginning for beginning in beginnings if beginning.endswith(".") and len(beginning) > 3)


def called_keys():
    """The literal keys that a translator is called with: tr("key", ...)."""
    for path in [ROOT / "app.py", *ROOT.glob("engine/figures/*.py"), *ROOT.glob("engine/ui/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tr" and node.args:
                put_together = {id(part) for one in ast.walk(node.args[0]) for part in getattr(one, "values", ())}
                for key in ast.walk(node.args[0]):
                    if isinstance(key, ast.Constant) and isinstance(key.value, str) and id(key) not in put_together:
                        yield path.name, key.value


def test_every_key_that_is_asked_for_is_in_the_table():
    missing = [(file, key) for file, key in called_keys() if key not in WORDS]
    assert missing == []


def test_no_entry_is_dead():
    whole, beginnings = used_keys()
    assert [key for key in WORDS if key not in whole and not key.startswith(beginnings)] == []


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_the_same_placeholders(key):
    english, chinese = ({field for _, field, _, _ in string.Formatter().parse(text) if field} for text in WORDS[key])
    assert english == chinese


def test_no_sentence_is_missing_in_one_language():
    between = "narration.between_sentences"  # Chinese puts nothing between sentences
    assert [key for key, texts in WORDS.items() if not all(texts) and key != between] == []


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        translator(LANGUAGES[0])("no.such.key")
