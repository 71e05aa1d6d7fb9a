"""On every model of pretrained/: many runs at once are the runs of `generate`, up to rounding."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.generation import generate, sample_many, step_distributions
from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.sampling import SamplingSettings

PRETRAINED = sorted((Path(__file__).parents[1] / "pretrained").glob("*.npz"))
NEAR = 1e-5  # how near to an edge rounding may decide, as `sample_many` says


@pytest.mark.parametrize("unk", ["rest", "redraw", "allow"])
@pytest.mark.parametrize("path", PRETRAINED, ids=lambda path: path.stem)
def test_many_runs_agree_with_single_steps(path, unk):
    model = LanguageModel.load(path)
    for settings in (SamplingSettings(), SamplingSettings(temperature=0.7, top_p=0.95)):
        recipe = Recipe(seed=100, limit=8, unk=unk, settings=settings)
        together = list(sample_many(model, recipe, 4))
        assert [run.seed for run in together] == list(range(100, 104))
        for run in together:
            steps = list(generate(model, replace(recipe, seed=run.seed)))
            t = first_difference(run, steps)
            if t is not None:
                assert rounding_decides(model, steps[t - 1], recipe.at(t)), f"seed {run.seed} differs at t = {t}"
            else:
                assert run.finish_reason == steps[-1].finish_reason


def first_difference(run, steps):
    """The first time step at which the two runs do not have the same token after the same rejections."""
    pairs = list(zip(run.token_ids, run.rejections, steps, strict=False))
    for t, (token_id, rejections, step) in enumerate(pairs, 1):
        if (token_id, rejections) != (step.token_id, len(step.draws) - 1):
            return t
    return None if len(run.token_ids) == len(steps) else len(pairs)


def rounding_decides(model, step, rules):
    """Whether any u of this step is near an edge of a segment, or a filter's edge is near the share it asks for."""
    near_edge = any(abs(edge - draw.u) < NEAR for draw in step.draws for edge in (draw.low, draw.high))
    top_p, unfiltered = rules.settings.top_p, SamplingSettings(rules.settings.temperature)
    probs = step_distributions(model, step.state, rules._replace(settings=unfiltered)).probs
    shares = np.cumsum(np.sort(probs)[::-1])
    return near_edge or (top_p is not None and np.abs(shares - top_p).min() < NEAR)
