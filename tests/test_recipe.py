"""The recipe: what is in force when, changes that drop the future, and its form in a link."""

import string
from dataclasses import replace

import numpy as np
import pytest

from engine.recipe import CHANGEABLE, MAX_LIMIT, MAX_LISTED, MAX_PROMPT, MAX_SEED, Change, Recipe
from engine.sampling import SamplingSettings
from engine.unk_policy import POLICIES

# --- round trip through a link, as a property


def some(rng, *choices):
    return choices[int(rng.integers(len(choices)))]


def random_number(rng, high):
    """Of every magnitude, numpy's numbers among them."""
    value = some(rng, rng.uniform(0, high), high * 10.0 ** -rng.integers(0, 20), round(rng.uniform(0, high), 2), high)
    return some(rng, float, np.float64)(value)


def random_value(rng, name):
    if name == "eos":
        return bool(rng.integers(2))
    if name == "unk":
        return some(rng, *POLICIES)
    if name == "temperature":
        return some(rng, 0, 0.0, 1, random_number(rng, 3), random_number(rng, 1e300))
    if rng.random() < 0.3:
        return None
    if name == "top_k":
        return some(rng, int, np.int64)(some(rng, 1, 2, 40, 6000, MAX_SEED))
    return max(random_number(rng, 1), 1e-30)


def random_recipe(rng):
    letters = string.printable + "äß中文😀&=#%+,:;‘’\u200d"
    prompt = "".join(rng.choice(list(letters), int(rng.integers(0, MAX_PROMPT + 1))))
    names = [some(rng, *CHANGEABLE) for _ in range(rng.integers(0, 6))]
    return Recipe(
        seed=int(some(rng, 0, MAX_SEED, rng.integers(0, MAX_SEED))),
        settings=SamplingSettings(*(random_value(rng, name) for name in ("temperature", "top_k", "top_p", "min_p"))),
        unk=random_value(rng, "unk"),
        stop_at_eos=random_value(rng, "eos"),
        limit=int(some(rng, 1, 20, 100, MAX_LIMIT, rng.integers(1, MAX_LIMIT))),
        prompt=some(rng, "", prompt),
        changes=tuple(Change(int(rng.integers(1, 300)), name, random_value(rng, name)) for name in names),
        forced={int(rng.integers(1, MAX_LIMIT)): int(rng.integers(0, MAX_SEED)) for _ in range(rng.integers(0, 6))},
    )


def test_every_recipe_comes_back_from_its_link_exactly():
    rng = np.random.default_rng(0)
    for _ in range(1500):
        recipe = random_recipe(rng)
        query = recipe.to_query()
        assert all(type(key) is str and type(value) is str for key, value in query.items())
        assert Recipe.from_query(query) == (recipe, [])
        assert Recipe.from_query(query)[0].to_query() == query


def test_a_link_by_hand():
    recipe = Recipe(
        seed=7,
        settings=SamplingSettings(0.5, 40, 0.9),
        unk="redraw",
        stop_at_eos=False,
        limit=100,
        prompt="Cats & dogs",
        changes=(Change(8, "top_k", None), Change(5, "temperature", 1.5)),
        forced={7: 55, 3: 812},
    )
    assert recipe.to_query() == {
        "seed": "7",
        "temperature": "0.5",
        "top_k": "40",
        "top_p": "0.9",
        "unk": "redraw",
        "eos": "0",
        "limit": "100",
        "prompt": "Cats & dogs",
        "force": "3:812,7:55",
        "changes": "5:temperature:1.5,8:top_k:off",
    }


def test_an_empty_link_is_the_default_recipe():
    assert Recipe.from_query({}) == (Recipe(), [])


def test_keys_of_the_view_are_left_alone():
    assert Recipe.from_query({"lang": "zh", "t": "5", "model": "x", "phase": "draw"}) == (Recipe(), [])


# --- links that make no sense

NONSENSE = {
    "seed": ["-1", "4294967296", "1.0", "x", "", "٣", "1e3", "9" * 5000, " 1", "1\n", "0x10"],
    "temperature": ["-1", "nan", "inf", "1e999", "", "off", "1.2.3", "1e", "½", "9" * 5000],
    "top_k": ["0", "-3", "2.5", "1e2", "4294967296"],
    "top_p": ["0", "1.1", "-0.5", "nan", "."],
    "min_p": ["1.1", "-1", "x"],
    "unk": ["never", "", "Rest", "off"],
    "eos": ["2", "yes", "", "True"],
    "limit": ["0", "10001", "-5", "2.0"],
    "prompt": ["x" * (MAX_PROMPT + 1)],
    "force": ["3", "3:", ":4", "0:1", "-1:5", "3:4:5", "x:y", "3:-4", "3:1.5", "99999:1"],
    "changes": ["5", "5:temperature", "0:top_k:3", "5:seed:3", "5:temperature:-1", "5:unk:x", "5:eos:2", "5:top_p:0"],
}


@pytest.mark.parametrize(("key", "text"), [(key, text) for key, texts in NONSENSE.items() for text in texts])
def test_nonsense_in_a_link_is_ignored_and_named(key, text):
    recipe, ignored = Recipe.from_query({key: text, "limit": "33"} if key != "limit" else {key: text})
    assert recipe == (Recipe(limit=33) if key != "limit" else Recipe())
    assert ignored == [f"{key}={text}"]


def test_good_parts_of_a_bad_list_are_kept():
    recipe, ignored = Recipe.from_query({"force": "3:4,bad,7:5", "changes": "2:top_k:5,2:top_k,4:unk:allow"})
    assert recipe.forced == ((3, 4), (7, 5))
    assert recipe.changes == (Change(2, "top_k", 5), Change(4, "unk", "allow"))
    assert ignored == ["force=bad", "changes=2:top_k"]


def test_random_texts_never_raise():
    rng = np.random.default_rng(1)
    letters = list("0123456789.,:-+eE" * 3 + "offtemperaturetopkunk\x00\n\ud800٣½😀")
    for _ in range(3000):
        query = {key: "".join(rng.choice(letters, int(rng.integers(0, 25)))) for key in NONSENSE if rng.random() < 0.5}
        recipe, ignored = Recipe.from_query(query)
        assert Recipe.from_query(recipe.to_query()) == (recipe, [])
        assert all(isinstance(text, str) for text in ignored)


def test_values_that_are_no_texts_are_ignored_too():
    for value in (None, 5, 2.5, [], ["1"], {}):
        recipe, _ = Recipe.from_query(dict.fromkeys(NONSENSE, value))
        assert isinstance(recipe, Recipe)


# --- what is in force


def test_a_change_is_in_force_from_its_step_on():
    recipe = Recipe(changes=(Change(3, "temperature", 0.5), Change(5, "temperature", 2.0), Change(4, "eos", False)))
    assert [recipe.at(t).settings.temperature for t in range(1, 7)] == [1.0, 1.0, 0.5, 0.5, 2.0, 2.0]
    assert [recipe.at(t).stop_at_eos for t in range(1, 7)] == [True] * 3 + [False] * 3


def test_the_rules_of_any_step_are_those_of_all_changes_up_to_it():
    rng = np.random.default_rng(4)
    values = {
        "temperature": [0.0, 0.5, 2.0],
        "top_k": [None, 3],
        "min_p": [None, 0.1],
        "unk": ["allow", "redraw"],
        "eos": [True, False],
    }
    for _ in range(50):
        names = [str(rng.choice(list(values))) for _ in range(rng.integers(0, 30))]
        changes = [(int(rng.integers(1, 20)), name, values[name][rng.integers(len(values[name]))]) for name in names]
        recipe = Recipe(changes=changes)
        for t in range(25):
            expected = Recipe().at(1).values()
            for at, name, value in sorted(changes, key=lambda change: change[0]):
                expected |= {name: value} if at <= t else {}
            assert recipe.at(t).values() == expected


def test_ten_thousand_changes_cost_a_step_no_more_than_none():
    many = Recipe(limit=10_000, changes=[(t, "temperature", 1 + t / 1e5) for t in range(1, 10_001)])
    assert many.at(7777).settings.temperature == 1 + 7777 / 1e5
    assert many.at(5).settings is many.at(5).settings  # looked up, not put together again
    assert hash(many) == hash(replace(many))
    assert many == replace(many)


@pytest.mark.parametrize(("key", "part"), [("changes", "{t}:temperature:0.5"), ("force", "{t}:1")])
def test_a_link_lists_a_thousand_at_most_and_the_others_are_named(key, part):
    parts = [part.format(t=t) for t in range(1, 1303)]
    recipe, ignored = Recipe.from_query({key: ",".join(parts)})
    assert len(recipe.changes) + len(recipe.forced) == MAX_LISTED == 1000
    assert ignored == [f"{key}={one}" for one in parts[1000:]]
    assert recipe.at(1000).settings.temperature == (0.5 if key == "changes" else 1)


def test_of_two_changes_at_one_step_the_later_one_counts():
    assert Recipe(changes=(Change(3, "top_k", 5), Change(3, "top_k", 9))).changes == (Change(3, "top_k", 9),)


def test_a_changed_setting_drops_the_later_plans_and_keeps_the_step_itself():
    recipe = Recipe(forced={2: 1, 4: 3, 6: 2}, changes=(Change(3, "top_k", 5), Change(5, "unk", "allow")))
    changed = recipe.changed(4, "temperature", 0.5)
    assert changed.changes == (Change(3, "top_k", 5), Change(4, "temperature", 0.5))
    assert changed.forced == ((2, 1), (4, 3))


@pytest.mark.parametrize("t", [0, 1])
def test_a_change_at_the_first_step_is_the_first_setting(t):
    changed = Recipe(changes=(Change(1, "top_k", 5),)).changed(t, "unk", "allow")
    assert changed == Recipe(settings=SamplingSettings(top_k=5), unk="allow")


def test_a_change_back_to_what_was_leaves_nothing():
    assert Recipe().changed(4, "top_k", 5).changed(4, "top_k", None) == Recipe()


def test_a_changed_recipe_has_that_value_in_force_whatever_was_before():
    rng = np.random.default_rng(2)
    for _ in range(400):
        recipe, t, name = random_recipe(rng), int(rng.integers(1, 300)), some(rng, *CHANGEABLE)
        value = random_value(rng, name)
        changed = recipe.changed(t, name, value)
        assert changed.at(t).values() == {**recipe.at(t).values(), name: value}
        assert changed.at(MAX_LIMIT) == changed.at(t)
        if t > 1:
            assert changed.at(t - 1) == recipe.at(t - 1)


def test_forcing_and_setting_free_again():
    recipe = Recipe(forced={2: 1, 8: 2}).with_forced(5, 3)
    assert recipe.forced == ((2, 1), (5, 3))
    assert recipe.with_forced(5, 4).forced == ((2, 1), (5, 4))
    assert recipe.with_forced(5, None).forced == ((2, 1),)


def test_recipes_are_equal_hashable_and_frozen():
    one, other = Recipe(forced={3: 4}), Recipe(forced=((3, 4),))
    assert one == other
    assert hash(one) == hash(other)
    with pytest.raises(AttributeError):
        one.seed = 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"seed": -1}, "seed must be a whole number from 0 to 4294967295, but is -1"),
        ({"seed": 2**32}, "seed must be"),
        ({"seed": 1.0}, "seed must be"),
        ({"seed": True}, "seed must be"),
        ({"limit": 0}, "limit must be a whole number from 1 to 10000, but is 0"),
        ({"settings": None}, "settings must be SamplingSettings"),
        ({"unk": "no"}, "unk must be one of allow, redraw, rest, but is 'no'"),
        ({"stop_at_eos": 1}, "stop_at_eos must be True or False"),
        ({"prompt": "x" * 301}, "at most 300 characters"),
        ({"prompt": None}, "prompt must be a text"),
        ({"changes": ((0, "top_k", 5),)}, "time step of a change must be"),
        ({"changes": ((3, "limit", 5),)}, "a change must be about one of"),
        ({"changes": ((3, "top_p", 0),)}, "top_p must be"),
        ({"forced": {0: 5}}, "time step of a forced token must be"),
        ({"forced": {3: -5}}, "id of a forced token must be"),
    ],
)
def test_a_bad_argument_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        Recipe(**arguments)
