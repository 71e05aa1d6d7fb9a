"""The words: every call has its entry, every entry its call, and both languages take the same placeholders.

A key that is put together stands for all the keys that it can become (key_families).
"""

import ast
import re
import string
from pathlib import Path

import pytest
from key_families import FAMILIES, members

from engine.ui.i18n import LANGUAGES, SPECS, SPECS_IN_WORDS, WORDS, join_tables, translator

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "engine" / "ui" / "words"
FOLDERS = (ROOT / "engine" / "ui", ROOT / "engine" / "figures")
FILES = [ROOT / "app.py", *(path for folder in FOLDERS for path in folder.rglob("*.py") if path.parent != TABLES)]
CODE = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in FILES}


def pattern(node):
    """The family of a key that is put together: "level.{}" for the node of f"level.{level}"."""
    return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)


def nodes(code):
    return [(file, node) for file, text in code.items() for node in ast.walk(ast.parse(text))]


def families(code, words):
    """What is put together in the code and begins as keys do."""
    rooms = {key.split(".")[0] for key in words}
    found = {pattern(node) for _, node in nodes(code) if isinstance(node, ast.JoinedStr)}
    return {one for one in found if re.fullmatch(r"[a-z_]+(\.([a-z_]|{})+)+", one) and one.split(".")[0] in rooms}


def literals(code):
    """All texts that stand in the code as they are, but for the parts of those that are put together."""
    all_nodes = [node for _, node in nodes(code)]
    parts = {id(part) for node in all_nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = [node for node in all_nodes if isinstance(node, ast.Constant) and id(node) not in parts]
    return {node.value for node in texts if isinstance(node.value, str)}


TRANSLATOR = r"(^|\.)(tr|tr\(\)|translator\(.*\))$"  # tr, session.tr(), translator("en")


def calls(code):
    """(file, keys, call) of each call of a translator; no keys where they come by a name."""
    for file, node in nodes(code):
        if isinstance(node, ast.Call) and node.args and re.search(TRANSLATOR, ast.unparse(node.func)):
            yield file, keys_of(node.args[0]), node


def keys_of(node):
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return keys_of(node.body) + keys_of(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return members(pattern(node)) if pattern(node) in FAMILIES else []
    return []


def missing_keys(code, words):
    """Keys that a translator is asked for by name, or by their family, without an entry."""
    asked = {key for _, keys, _ in calls(code) for key in keys}
    rooms = {key.split(".")[0] for key in words}
    like_keys = {one for one in literals(code) if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", one)}
    files = (".css", ".js", ".json", ".toml")
    by_name = {one for one in like_keys if one.split(".")[0] in rooms and not one.endswith(files)}
    return (asked | by_name) - words.keys()


def dead_keys(code, words):
    """Entries that the code neither names nor puts together."""
    alive = literals(code) | {key for family in families(code, words) & FAMILIES.keys() for key in members(family)}
    return words.keys() - alive


def placeholders(text, plurals=False):
    """(name, spec) of each placeholder; those that only choose between one and more only if `plurals` are wanted."""
    found = set()
    for _, name, spec, _ in string.Formatter().parse(text):
        if name and ("|" not in spec or plurals):
            found.add((name, spec))
        if name and "|" in spec:
            found |= placeholders(spec, plurals)
    return found


def test_every_key_that_is_asked_for_is_in_the_table():
    assert missing_keys(CODE, WORDS) == set()


def test_no_entry_is_dead():
    assert dead_keys(CODE, WORDS) == set()


def test_it_is_known_what_each_key_that_is_put_together_can_become():
    assert families(CODE, WORDS) == FAMILIES.keys()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_of_keys_is_complete(family):
    assert [key for key in members(family) if key not in WORDS] == []


def test_a_missing_key_and_a_dead_one_are_seen():
    words = {"level.word": ("Word", "词"), "level.char": ("Character", "字符"), "level.word.long": ("A", "词")}
    code = {"page.py": 'tr("level.syllable") + tr(f"level.{level}") + session.tr()("level.a" if b else "level.c")'}
    assert missing_keys(code, words) == {"level.syllable", "level.a", "level.c"}
    assert dead_keys(code, words) == {"level.word.long"}
    assert missing_keys({"page.py": 'heading("level.syllable", tr)'}, words) == {"level.syllable"}
    assert missing_keys({"page.py": 'tr(f"level.{level}")'}, {"level.word": ("Word", "词")}) == {"level.char"}
    assert families({"page.py": 'tr(f"level.{level}.{size}")'}, words) - FAMILIES.keys() == {"level.{}.{}"}


def test_every_file_of_the_pages_and_pictures_is_looked_at():
    assert {"app.py", "engine/ui/stage/bars.py", "engine/ui/i18n.py", "engine/figures/labels.py"} <= CODE.keys()


def test_every_call_gives_what_its_text_has_a_place_for():
    lacking = [
        (file, key, name)
        for file, keys, call in calls(CODE)
        if not any(keyword.arg is None for keyword in call.keywords)
        for key in keys
        for text in WORDS[key]
        for name, _ in placeholders(text, plurals=True)
        if name not in {keyword.arg for keyword in call.keywords}
    ]
    assert lacking == []


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_the_same_placeholders(key):
    english, chinese = map(placeholders, WORDS[key])
    assert english == chinese


@pytest.mark.parametrize("key", WORDS)
def test_every_placeholder_can_be_written(key):
    for text in WORDS[key]:
        for _, spec in placeholders(text, plurals=True):
            if "|" in spec:
                assert spec.count("|") == 1
            elif spec not in SPECS and spec not in SPECS_IN_WORDS:
                format(1.5, spec)  # raises ValueError for what is no spec of a number


def test_no_sentence_is_missing_in_one_language():
    between = "list.sentences"  # Chinese puts nothing between sentences
    assert [key for key, texts in WORDS.items() if not all(texts) and key != between] == []


def test_a_key_in_two_tables_is_an_error():
    with pytest.raises(ValueError, match=r"in two: level\.word"):
        join_tables([{"level.word": ("Word", "词")}, {"level.char": ("C", "字")}, {"level.word": ("W", "词")}])


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        translator(LANGUAGES[0])("no.such.key")


def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(KeyError):
        translator(LANGUAGES[0])("bars.others")
