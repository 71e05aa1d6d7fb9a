"""The words: every call has its entry, every entry its call, and both languages take the same placeholders.

A key that is put together, as tr(f"level.{level}"), stands for all the keys it can become: FAMILIES says which.
"""

import ast
import re
import string
from pathlib import Path

import pytest

from engine.cells import CELLS
from engine.phases import PHASES
from engine.recipe import SETTINGS, UNK_POLICIES
from engine.search_criteria import CRITERIA
from engine.ui.compare.page import VIEWS
from engine.ui.i18n import LANGUAGES, SPECS, SPECS_IN_WORDS, WORDS, join_tables, translator
from engine.ui.many_draws.page import SHOWS, WAYS
from engine.ui.stage.page import _KEYS
from engine.ui.stage.panels import PANELS
from engine.vocabulary import LEVELS

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "engine" / "ui" / "words"
FOLDERS = (ROOT / "engine" / "ui", ROOT / "engine" / "figures")
FILES = [ROOT / "app.py", *(path for folder in FOLDERS for path in folder.rglob("*.py") if path.parent != TABLES)]
CODE = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in FILES}


def obstacles():
    """The names of all obstacles to a search, as they are made."""
    made = re.findall(r'Obstacle\(\s*f?"([a-z_{}.]+)"', (ROOT / "engine" / "search_criteria.py").read_text())
    return {name.replace("{vocabulary.level}", level) for name in made for level in LEVELS}


UNDRAWN = ("given", "forced", "teacher_forced")
ORIGINS = ("drawn", *UNDRAWN)
MODELS = [path.stem for path in (ROOT / "pretrained").glob("*.npz")]
CONTROLS = ("back", "step", "phase", "play", "pause", "end", "reset", "undo")
INSIDE = {"a", *(name for cell in CELLS.values() for name in cell.gate_names), "c"}
VERDICTS = {"longer": "yes no open", "unknown": "yes no open", "grip": "yes no open", "cost": "yes no mixed open"}
FAMILIES = {
    "bars.sign.{}": (*ORIGINS, "greedy", "rejected"),
    "compare.claim.{}": VERDICTS,
    "compare.claim.{}.{}": [
        f"{claim}.{verdict}" for claim, verdicts in VERDICTS.items() for verdict in verdicts.split()
    ],
    "compare.column.{}": ("tokens", "unknown", "bits", "per_character"),
    "compare.cost.{}": ("seconds", "cpu_seconds"),
    "compare.foreign.{}": LEVELS,
    "compare.model.{}": LEVELS,
    "compare.name.{}": (*LEVELS, "unk"),
    "compare.past.mean.{}": LEVELS,
    "compare.past.reach.{}": LEVELS,
    "compare.past.stops.{}": LEVELS,
    "compare.run.{}": ("before", "going", "eos", "length", "length_no_eos"),
    "compare.view.{}": VIEWS,
    "control.{}": CONTROLS,
    "control.{}.help": CONTROLS,
    "draw.{}": UNDRAWN,
    "draws.ending.{}": ("eos", "limit", "no_eos"),
    "draws.explain.{}": ("law", "others", "runs"),
    "draws.novel.short.{}": LEVELS,
    "draws.novel.stream.{}": LEVELS,
    "draws.short.{}": ("eos", "limit"),
    "draws.show.{}": SHOWS,
    "draws.step.{}": ("given", "forced"),
    "draws.way.{}": WAYS,
    "ending.flag.{}": ("eos", "length", "no_eos"),
    "find.{}": CRITERIA[:-1],
    "find.ahead.{}": CRITERIA,
    "find.cannot.{}": obstacles(),
    "find.closest.{}": CRITERIA,
    "find.contains.{}": LEVELS,
    "find.found.{}": CRITERIA,
    "keys.{}": [action for _, action in _KEYS],
    "level.{}": LEVELS,
    "model.{}": MODELS,
    "model.{}.try": MODELS,
    "network.end.{}": ("eos", "length"),
    "novel.short.{}": LEVELS,
    "novel.stretch.none.{}": LEVELS,
    "panel.eos.end.{}": ORIGINS,
    "panel.inside.title.{}": INSIDE,
    "panel.inside.what.{}": INSIDE,
    "panel.name.{}": PANELS,
    "panel.temperatures.{}": UNDRAWN,
    "phase.{}": PHASES,
    "score.example.{}": ("own", "order", "mau", *(f"pair.{level}" for level in LEVELS)),
    "score.explain.{}": ("surprisal", "perplexity", "characters", "own"),
    "score.more_probable.{}": ("first", "second"),
    "score.name.{}": ("bits", "token", "prob", "rank", "rather"),
    "score.refused.{}": LEVELS,
    "score.total.{}": ("log_prob", "perplexity", "bits", "end", "tokens"),
    "setting.{}": SETTINGS[1:],
    "setting.prompt.unknown_{}": LEVELS,
    "strip.{}": UNDRAWN,
    "strip.title.{}": ORIGINS,
    "unk.{}": UNK_POLICIES,
}


def members(family):
    """All keys of a family.

    >>> members("level.{}")
    ['level.word', 'level.char']
    """
    before, _, after = family.replace("{}.{}", "{}").partition("{}")
    return [f"{before}{value}{after}" for value in FAMILIES[family]]


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
    """All texts that stand in the code as they are."""
    return {node.value for _, node in nodes(code) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def calls(code):
    """(file, keys, call) of each call of a translator; no keys where they come by a name."""
    for file, node in nodes(code):
        if (
            isinstance(node, ast.Call)
            and node.args
            and re.search(r"(^|\.)(tr|tr\(\)|translator\(.*\))$", ast.unparse(node.func))
        ):
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
    by_name = {
        one for one in literals(code) if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", one) and one.split(".")[0] in rooms
    }
    return {key for key in asked | by_name if key not in words and not key.endswith((".css", ".js"))}


def dead_keys(code, words):
    """Entries that the code neither names nor puts together."""
    alive = literals(code) | {key for family in families(code, words) & FAMILIES.keys() for key in members(family)}
    return words.keys() - alive


def placeholders(text, plurals=False):
    """(name, spec) of each placeholder. Those that only choose between one and more count where `plurals` are wanted."""
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
