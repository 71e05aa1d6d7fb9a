"""Find a run: try seed after seed under one recipe until a run is as searched for, or say how close any came."""

from collections.abc import Iterable
from dataclasses import replace
from math import inf
from time import perf_counter
from typing import NamedTuple

from engine.generation import BATCH, GenerationStep, SampledRun, generate, sample_many
from engine.model import LanguageModel
from engine.recipe import MAX_SEED, Recipe
from engine.search_criteria import Match, Obstacle, SearchCriterion, find_obstacle, followed, match_run
from engine.typed_text import encode_typed

MOST_RUNS = 20_000  # tried in one search ...
MOST_STEPS = 2_000_000  # ... unless runs are so long that all of them have more time steps than this
SLICE = 0.35  # seconds of one `advanced`
_ONE_GO = 200  # steps of one run that are taken without a look at the clock
_FIRST_STEPS = 500  # time steps of the first batch; how long they take tells how many runs fit into a slice


class Part(NamedTuple):
    """A run that is too long for a slice, as far as it has come: its last step, its tokens and rejections by step."""

    last: GenerationStep | None = None
    token_ids: tuple[int, ...] = ()
    rejections: tuple[int, ...] = ()


class Search(NamedTuple):
    """A search on its way. `recipe`: the seeds after its own are tried (0 follows the last one), `most` of them.

    `closest`: what came closest among the `tried`; a hit if nothing is missing. `obstacle`: then nothing is tried.
    `part`: the run of the next seed, where that is under way.
    """

    model: LanguageModel
    recipe: Recipe
    criterion: SearchCriterion
    most: int
    tried: int = 0
    seconds: float = 0.0
    closest: Match | None = None
    obstacle: Obstacle | None = None
    part: Part | None = None

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
    """With about `seconds` more work done, or ended; one batch of runs at least, or _ONE_GO steps of a run that is too
    long for a slice, which goes on in the next one.

    A run that comes closer than any before is computed again by `generate`, for `sample_many` may round differently;
    only what still holds counts.
    """
    model, criterion, recipe = search.model, search.criterion, followed(search.criterion, search.recipe)
    wanted = encode_typed(criterion.text, model.vocabulary)
    given = len(encode_typed(recipe.prompt, model.vocabulary))
    start = perf_counter()
    tried, closest, part, spent = search.tried, search.closest, search.part, 0.0
    while tried < search.most and spent < seconds / 2:
        fitting = tried / (search.seconds + spent) * seconds if tried else _FIRST_STEPS / recipe.limit
        single = part is not None or fitting < 1
        if single:
            part = _further(model, _from(recipe, 1 + tried), part or Part(), start + seconds)
            if part.last is None or part.last.finish_reason is None:
                spent = perf_counter() - start
                continue
            runs: Iterable[SampledRun] = [_whole(_from(recipe, 1 + tried), part)]
            part = None
        else:
            size = min(search.most - tried, BATCH, int(fitting))
            runs = sample_many(model, _from(recipe, 1 + tried), size)
        for run in runs:
            tried += 1
            match = match_run(run, criterion, wanted, recipe, given)
            if not single and _closer(match, closest):
                match = match_run(whole_run(model, _from(recipe, tried)), criterion, wanted, recipe, given)
            if _closer(match, closest):
                closest = match
            if closest is not None and closest.missing == 0:
                return search._replace(tried=tried, closest=closest, part=None)
        spent = perf_counter() - start
    return search._replace(tried=tried, seconds=search.seconds + spent, closest=closest, part=part)


def whole_run(model: LanguageModel, recipe: Recipe) -> SampledRun:
    """The run of `recipe` by `generate`, as `sample_many` tells of one."""
    return _whole(recipe, _further(model, recipe, Part(), inf))


def _further(model: LanguageModel, recipe: Recipe, part: Part, until: float) -> Part:
    """The run with more of its steps: to its end, or until that time of `perf_counter`."""
    last, token_ids, rejections = part.last, list(part.token_ids), list(part.rejections)
    for count, step in enumerate(generate(model, recipe, after=part.last), start=1):
        last = step
        token_ids.append(step.token_id)
        rejections.append(max(0, len(step.draws) - 1))
        if count >= _ONE_GO and perf_counter() > until:
            break
    return Part(last, tuple(token_ids), tuple(rejections))


def _whole(recipe: Recipe, part: Part) -> SampledRun:
    """A part that has come to the end of the run."""
    reason = part.last.finish_reason if part.last is not None else None
    return SampledRun(recipe.seed, part.token_ids, reason or "", part.rejections)


def _from(recipe: Recipe, ahead: int) -> Recipe:
    """The recipe with the seed so many places after its own."""
    return replace(recipe, seed=(recipe.seed + ahead) % (MAX_SEED + 1))


def _closer(match: Match | None, closest: Match | None) -> bool:
    return match is not None and (closest is None or match.missing < closest.missing)
