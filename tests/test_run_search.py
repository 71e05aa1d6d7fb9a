"""Claims about the search for a run: it finds the first seed that `generate` agrees to, and knows what cannot be."""

from dataclasses import replace
from time import perf_counter

import pytest

from engine import run_search as module
from engine.recipe import MAX_SEED, Recipe
from engine.run_search import MOST_RUNS, MOST_STEPS, advanced, search, whole_run
from engine.sampling import SamplingSettings
from engine.search_criteria import AFTER, CRITERIA, WITHIN, SearchCriterion
from engine.vocabulary import Vocabulary

SETTLED = 10_000  # seconds: a search that takes all its runs in one go
RECIPES = [
    Recipe(limit=20, unk="redraw"),
    Recipe(seed=MAX_SEED - 3, limit=30, unk="redraw", prompt="Cats sleep"),
    Recipe(limit=20, unk="allow", changes=((3, "unk", "redraw"), (6, "temperature", 2.0)), forced=((2, 3),)),
]


def comes_true(run, criterion, given, limit):
    """Whether a whole run has the criterion, word by word as the criterion is written."""
    rejections, drawn = run.rejections[given:], run.token_ids[given:]
    return {
        "unk": any(rejections[:WITHIN]),
        "eos": run.finish_reason == "eos" and AFTER[0] <= len(drawn) <= AFTER[1],
        "limit": run.finish_reason == "length" and len(drawn) == limit,
        "twice": max(rejections) >= 2,
        "contains": any(drawn[i : i + 2] == (2, 4) for i in range(len(drawn))),
    }[criterion.name]


def seeds(recipe, count):
    return [replace(recipe, seed=(recipe.seed + i) % (MAX_SEED + 1)) for i in range(1, count + 1)]


@pytest.fixture
def model(bigram_model):
    """Each criterion comes true in some runs and not in others."""
    return bigram_model([0.02, 0.05, 0.5, 0.33, 0.1], [[0.08, 0.1, 0.42, 0.3, 0.1]] * 5)


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("name", CRITERIA)
def test_it_finds_the_first_seed_after_the_present_one(model, name, recipe):
    criterion = SearchCriterion(name, "Cats." if name == "contains" else "")
    given = len(model.vocabulary.encode(recipe.prompt))
    fits = (run for run in seeds(recipe, 400) if comes_true(whole_run(model, run), criterion, given, recipe.limit))
    expected = next(fits)
    found = advanced(search(model, recipe, criterion), SETTLED)
    assert found.found
    assert found.closest.seed == expected.seed
    assert found.tried == (expected.seed - recipe.seed) % (MAX_SEED + 1)
    again = advanced(search(model, expected, criterion), SETTLED)
    assert again.closest.seed == next(fits).seed


def test_an_end_chosen_by_hand_is_not_what_was_wished_for(model):
    recipe = Recipe(limit=20, forced=((8, 0),))
    hit = advanced(search(model, recipe, SearchCriterion("eos")), SETTLED).closest
    assert hit.t in (6, 7)


def test_the_step_shown_is_the_one_where_the_wish_comes_true(model):
    for name in CRITERIA:
        recipe = Recipe(limit=20, unk="redraw", prompt="Cats")
        hit = advanced(search(model, recipe, SearchCriterion(name, "Cats.")), SETTLED).closest
        run = whole_run(model, replace(recipe, seed=hit.seed))
        if name == "unk":
            assert run.rejections[hit.t - 1] > 0 == sum(run.rejections[: hit.t - 1])
        elif name == "twice":
            assert run.rejections[hit.t - 1] == hit.amount >= 2 > max(run.rejections[: hit.t - 1])
        elif name == "contains":
            assert run.token_ids[hit.t - 2 : hit.t] == (2, 4)
        else:
            assert (hit.t, hit.amount) == (len(run.token_ids), len(run.token_ids) - 1)


def test_slices_of_any_length_find_the_same(model):
    whole = advanced(search(model, RECIPES[0], SearchCriterion("limit")), SETTLED)
    sliced = search(model, RECIPES[0], SearchCriterion("limit"))
    while not sliced.ended:
        before = sliced.tried
        sliced = advanced(sliced, 0.0001)
        assert sliced.tried > before
    assert (sliced.tried, sliced.closest) == (whole.tried, whole.closest)


@pytest.mark.parametrize("name", ["limit", "twice"])
def test_a_run_too_long_for_a_slice_goes_on_in_the_next_one_and_the_same_is_found(bigram_model, monkeypatch, name):
    monkeypatch.setattr(module, "MOST_RUNS", 4)
    model = bigram_model([0, 0.02, 0.88, 0.1, 0], [[0.001, 0.02, 0.879, 0.1, 0]] * 5)
    recipe, criterion = Recipe(seed=1, limit=900, unk="redraw"), SearchCriterion(name)
    now, slices = search(model, recipe, criterion), 0
    while not now.ended:
        before = done(now)
        now, slices = advanced(now, 1e-9), slices + 1
        assert before < done(now)
        assert now.tried - before[0] <= 1
        assert done(now)[1] - before[1] <= module._ONE_GO
    fitting = (one.seed for one in seeds(recipe, 4) if comes_true(whole_run(model, one), criterion, 0, recipe.limit))
    assert (now.closest.seed if now.found else None) == next(fitting, None)
    assert slices > now.tried


def done(now):
    """Runs, and steps of the next one."""
    return now.tried, len(now.part.token_ids) if now.part else 0


def test_a_whole_run_taken_in_parts_is_the_whole_run(model):
    recipe = Recipe(seed=9, limit=1000, stop_at_eos=False, unk="redraw")
    part, parts = module.Part(), 0
    while part.last is None or part.last.finish_reason is None:
        part, parts = module._further(model, recipe, part, 0), parts + 1
    assert parts == 5
    assert module._whole(recipe, part) == whole_run(model, recipe)


def test_whether_luck_has_a_part_is_known_at_once_also_of_ten_thousand_steps(model):
    greedy = Recipe(temperature=0, limit=10_000, stop_at_eos=False)
    begin = perf_counter()
    assert search(model, greedy, SearchCriterion("contains", "sleep.")).obstacle.name == "same"
    nearly = search(model, replace(greedy, settings=SamplingSettings(1e-9)), SearchCriterion("contains", "sleep."))
    assert nearly.obstacle is None  # it may depend on luck later
    assert perf_counter() - begin < 5


@pytest.mark.parametrize("name", ["unk", "eos", "limit", "twice", "contains"])
def test_where_none_is_found_the_closest_is_kept(bigram_model, monkeypatch, name):
    monkeypatch.setattr(module, "MOST_RUNS", 300)
    never = [0.0, 0.0, 0.5, 0.5, 0.0]
    rows = {  # <UNK> late (after a full stop), <EOS> early, and no two full stops
        "unk": ([0, 0, 0.5, 0.5, 0], [never, never, [0, 0, 0, 1, 0], [0, 0, 0.9, 0.1, 0], never]),
        "eos": ([0, 0, 0.5, 0.5, 0], [never, never, [0.5, 0, 0.2, 0.3, 0], [1, 0, 0, 0, 0], never]),
        "limit": ([0, 0, 0.5, 0.5, 0], [never, never, [0.5, 0, 0.2, 0.3, 0], [1, 0, 0, 0, 0], never]),
        "twice": ([0, 0.001, 0.5, 0.499, 0], [[0, 0.001, 0.5, 0.499, 0]] * 5),
        "contains": (never, [never] * 5),
    }
    model, criterion = (
        bigram_model(*rows[name]),
        SearchCriterion(name, "Cats Cats. sleep" if name == "contains" else ""),
    )
    recipe = Recipe(limit=20, unk="redraw", stop_at_eos=True)
    ended = advanced(search(model, recipe, criterion), SETTLED)
    assert (ended.ended, ended.found, ended.tried) == (True, False, 300)
    assert ended.bound == 3 / 300
    runs = [whole_run(model, one) for one in seeds(recipe, 300)]
    if name == "unk":
        assert ended.closest is None
        assert not any(map(any, (run.rejections for run in runs)))
    elif name == "twice":
        assert max(max(run.rejections) for run in runs) == ended.closest.amount == ended.closest.missing == 1
    elif name == "contains":
        assert (ended.closest.amount, ended.closest.missing) == (2, 2)
    else:
        longest = max(len(run.token_ids) for run in runs)
        assert ended.closest.amount == longest
        assert ended.closest.missing == (AFTER[0] - longest if name == "eos" else 21 - longest)
        assert ended.closest.seed == next(run.seed for run in runs if len(run.token_ids) == longest)


def test_a_rejection_that_comes_too_late_is_the_closest(bigram_model, monkeypatch):
    monkeypatch.setattr(module, "MOST_RUNS", 50)
    ring = [[0, 1, 0, 0, 0], [0] * 5, [0, 0, 0, 1, 0], [0, 0, 0.2, 0, 0.8], [0, 0.5, 0.5, 0, 0]]
    ring[1] = [0, 0, 1, 0, 0]
    model = bigram_model([0, 0, 1, 0, 0], ring)
    late = Recipe(limit=20, changes=((9, "unk", "rest"),), unk="redraw", forced=tuple((t, 3) for t in range(1, 6)))
    assert search(model, late, SearchCriterion("unk")).obstacle.name == "by_hand"
    late = replace(late, forced=tuple((t, 3) for t in range(1, 5)))
    ended = advanced(search(model, late, SearchCriterion("unk")), SETTLED)
    first = min(
        next((t for t, count in enumerate(run.rejections, 1) if count), 99)
        for run in (whole_run(model, one) for one in seeds(late, 50))
    )
    assert (ended.closest.t, ended.closest.missing) == (first, first - WITHIN)


def test_a_hit_that_generate_does_not_confirm_is_passed_over(model, monkeypatch):
    honest = module.sample_many

    def rounded(model, recipe, n):
        for run in honest(model, recipe, n):
            yield run._replace(rejections=(1, *run.rejections[1:])) if run.seed < 10 else run

    recipe, criterion = Recipe(limit=20), SearchCriterion("unk")
    expected = next(run for run in seeds(recipe, 100) if any(whole_run(model, run).rejections[:WITHIN]))
    monkeypatch.setattr(module, "sample_many", rounded)
    assert advanced(search(model, recipe, criterion), SETTLED).closest.seed == expected.seed


def test_a_search_is_bounded_in_runs_and_steps(model):
    assert search(model, Recipe(limit=20), SearchCriterion("limit")).most == MOST_RUNS
    assert search(model, Recipe(limit=1000), SearchCriterion("limit")).most == MOST_STEPS // 1000
    assert (
        search(model, Recipe(limit=1000), SearchCriterion("unk")).most == MOST_RUNS
    )  # only the first steps are looked at


def test_a_stopped_search_says_what_it_saw_and_goes_on_with_the_next_seeds(bigram_model):
    model = bigram_model([0.5, 0, 0.5, 0, 0])
    stopped = advanced(search(model, Recipe(limit=20), SearchCriterion("limit")), 0.0001).stopped()
    assert stopped.ended
    assert stopped.seconds_left == 0
    assert stopped.bound == min(1, 3 / stopped.tried)
    assert not advanced(stopped).found
    further = advanced(stopped.going_on(), 0.0001)
    assert further.tried > stopped.tried
    assert further.most == stopped.tried + MOST_RUNS


@pytest.mark.parametrize(
    ("criterion", "recipe", "name"),
    [
        (SearchCriterion("unk"), Recipe(unk="allow"), "allow"),
        (SearchCriterion("unk"), Recipe(unk="allow", changes=((6, "unk", "rest"),)), "allow"),
        (SearchCriterion("unk"), Recipe(unk="allow", changes=((5, "unk", "rest"),)), None),
        (SearchCriterion("unk"), Recipe(unk="allow", changes=((6, "unk", "rest"),), prompt="Cats"), None),
        (SearchCriterion("unk"), Recipe(limit=3, forced=((1, 2), (2, 2), (3, 2))), "by_hand"),
        (SearchCriterion("twice"), Recipe(unk="rest"), "once"),
        (SearchCriterion("twice"), Recipe(unk="allow"), "allow"),
        (SearchCriterion("twice"), Recipe(changes=((9, "unk", "redraw"),)), None),
        (SearchCriterion("eos"), Recipe(stop_at_eos=False), "eos_off"),
        (SearchCriterion("eos"), Recipe(stop_at_eos=False, changes=((12, "eos", True),)), None),
        (SearchCriterion("eos"), Recipe(limit=5), "short"),
        (SearchCriterion("eos"), Recipe(limit=6), None),
        (SearchCriterion("eos"), Recipe(forced=((4, 0),)), "by_hand"),
        (SearchCriterion("limit"), Recipe(forced=((20, 0),)), "by_hand"),
        (SearchCriterion("limit"), Recipe(forced=((20, 0),), stop_at_eos=False), None),
        (SearchCriterion("limit"), Recipe(settings=SamplingSettings(temperature=0)), "same"),
        (SearchCriterion("limit"), Recipe(settings=SamplingSettings(top_k=1)), "same"),
        (
            SearchCriterion("limit"),
            Recipe(settings=SamplingSettings(temperature=0), changes=((9, "temperature", 1.0),)),
            None,
        ),
        (SearchCriterion("contains", " "), Recipe(), "empty"),
        (SearchCriterion("contains", "Cats snore and snore."), Recipe(), "unknown_word"),
        (SearchCriterion("contains", "<EOS>"), Recipe(), "unknown_word"),
        (SearchCriterion("contains", "Cats sleep. Cats"), Recipe(limit=3), "long"),
        (SearchCriterion("contains", "Cats <UNK>"), Recipe(), "rejected"),
        (SearchCriterion("contains", "Cats <UNK>"), Recipe(unk="allow"), None),
    ],
)
def test_what_no_seed_can_bring_is_known_beforehand(model, criterion, recipe, name):
    begun = search(model, recipe, criterion)
    assert (begun.obstacle and begun.obstacle.name) == name
    assert begun.ended == (name is not None)
    assert advanced(begun, 0.0001).tried == 0 or name is None


def test_what_the_vocabulary_lacks_is_named(bigram_model, char_model):
    for criterion, name in (("unk", "no_unk"), ("twice", "no_unk"), ("eos", "no_eos"), ("limit", None)):
        obstacle = search(char_model, Recipe(), SearchCriterion(criterion)).obstacle
        assert (obstacle and obstacle.name) == name
    obstacle = search(char_model, Recipe(), SearchCriterion("contains", "ab東")).obstacle
    assert (obstacle.name, obstacle.values) == ("unknown_char", {"words": ("東",)})
    plain = bigram_model([0.5, 0.5], vocabulary=Vocabulary(["a", "b"], "word"))
    assert search(plain, Recipe(), SearchCriterion("contains", "a c")).obstacle.values == {"words": ("c",)}


def test_greedy_on_unk_does_not_depend_on_luck_but_a_filter_that_only_unk_passes_does(bigram_model):
    model = bigram_model([0, 0.6, 0.2, 0.2, 0])  # the likeliest is <UNK>: without it two are
    criterion = SearchCriterion("contains", "sleep sleep Cats")
    assert search(model, Recipe(temperature=0, limit=3), criterion).obstacle.name == "same"
    begun = search(model, Recipe(top_p=0.5, limit=3), criterion)
    assert begun.obstacle.name == "same"  # anew: one of two equals is half of them
    begun = search(model, Recipe(top_p=0.55, limit=3), criterion)
    assert begun.obstacle is None
    assert advanced(begun, SETTLED).found


def test_a_text_is_found_among_characters(char_model):
    hit = advanced(
        search(char_model, Recipe(limit=50, prompt="ab"), SearchCriterion("contains", "b a")), SETTLED
    ).closest
    run = whole_run(char_model, Recipe(seed=hit.seed, limit=50, prompt="ab"))
    assert char_model.vocabulary.decode(run.token_ids[hit.t - 3 : hit.t]) == "b a"
    assert "b a" not in char_model.vocabulary.decode(run.token_ids[2 : hit.t - 1])
