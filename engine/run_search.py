"""Find a run: try seed after seed under one recipe until a run is as searched for, or say how close any came."""

from dataclasses import replace
from time import perf_counter
from typing import NamedTuple

from engine.generation import BATCH, SampledRun, generate, sample_many
from engine.model import LanguageModel
from engine.recipe import MAX_SEED, Recipe
from engine.search_criteria import Match, Obstacle, SearchCriterion, find_obstacle, followed, match_run
from engine.typed_text import encode_typed

MOST_RUNS = 20_000  # tried in one search ...
MOST_STEPS = 2_000_000  # ... unless runs are so long that all of them have more time steps than this
SLICE = 0.35  # seconds of one `advanced`
_FIRST_STEPS = 500  # time steps of the first batch; how long they take tells how many runs fit into a slice


class Search(NamedTuple):
    """A search on its way. `recipe`: the seeds after its own are tried (0 follows the last one), `most` of them.

    `closest`: what came closest among the `tried`; a hit if nothing is missing. `obstacle`: then nothing is tried.
    """

    model: LanguageModel
    recipe: Recipe
    criterion: SearchCriterion
    most: int
    tried: int = 0
    seconds: float = 0.0
    closest: Match | None = None
    obstacle: Obstacle | None = None

    @property
    def found(self) -> bool:
        return self.closest is not None and self.closest.missing == 0

    @property
    def ended(self) -> bool:
        return self.found or self.tried >= self.most

    @property
    def seconds_left(self) -> float | None:
        """Until `most` runs are tried, at the speed so far."""
        return self.seconds / self.tried * (self.most - self.tried) if self.tried else None

    @property
    def bound(self) -> float:
        """Of P(such a run) where none of n was: 3 / n, at 95 % confidence, for (1 - 3 / n)**n = exp(-3) = 5 % (the rule
        of three; Hanley and Lippman-Hand 1983, JAMA 249)."""
        return min(1.0, 3 / self.tried)

    def stopped(self) -> "Search":
        """Given up."""
        return self._replace(most=self.tried)

    def going_on(self) -> "Search":
        """To be gone on with, from the seeds after those tried so far."""
        return self._replace(most=self.tried + most_runs(self.criterion, self.recipe))


def search(model: LanguageModel, recipe: Recipe, criterion: SearchCriterion) -> Search:
    """A search before its first run; one with an obstacle has ended. Raises as `generate` does."""
    obstacle = find_obstacle(model, recipe, criterion)
    return Search(model, recipe, criterion, 0 if obstacle else most_runs(criterion, recipe), obstacle=obstacle)


def most_runs(criterion: SearchCriterion, recipe: Recipe) -> int:
    """How many runs one search tries at most."""
    return max(1, min(MOST_RUNS, MOST_STEPS // followed(criterion, recipe).limit))


def advanced(search: Search, seconds: float = SLICE) -> Search:
    """With about `seconds` more work done, or ended; one batch at least, so runs of thousands of steps take longer.

    A run that comes closer than any before is computed again by `generate`, for `sample_many` may round differently;
    only what still holds counts.
    """
    model, criterion, recipe = search.model, search.criterion, followed(search.criterion, search.recipe)
    wanted = encode_typed(criterion.text, model.vocabulary)
    given = len(encode_typed(recipe.prompt, model.vocabulary))
    start = perf_counter()
    tried, closest, spent = search.tried, search.closest, 0.0
    while tried < search.most and spent < seconds / 2:
        fitting = tried / (search.seconds + spent) * seconds if tried else _FIRST_STEPS / recipe.limit
        size = min(search.most - tried, BATCH, max(1, int(fitting)))
        for run in sample_many(model, _from(recipe, 1 + tried), size):
            tried += 1
            match = match_run(run, criterion, wanted, recipe, given)
            if _closer(match, closest):
                match = match_run(whole_run(model, _from(recipe, tried)), criterion, wanted, recipe, given)
            if _closer(match, closest):
                closest = match
            if closest is not None and closest.missing == 0:
                return search._replace(tried=tried, closest=closest)
        spent = perf_counter() - start
    return search._replace(tried=tried, seconds=search.seconds + spent, closest=closest)


def whole_run(model: LanguageModel, recipe: Recipe) -> SampledRun:
    """The run of `recipe` by `generate`, as `sample_many` tells of one."""
    steps = list(generate(model, recipe))
    rejections = tuple(max(0, len(step.draws) - 1) for step in steps)
    return SampledRun(recipe.seed, tuple(step.token_id for step in steps), steps[-1].finish_reason or "", rejections)


def _from(recipe: Recipe, ahead: int) -> Recipe:
    """The recipe with the seed so many places after its own."""
    return replace(recipe, seed=(recipe.seed + ahead) % (MAX_SEED + 1))


def _closer(match: Match | None, closest: Match | None) -> bool:
    return match is not None and (closest is None or match.missing < closest.missing)
