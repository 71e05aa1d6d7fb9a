"""Opening seeds: with which luck a model is shown first. `python -m engine.training.opening NAME` lists candidates,
`python -m engine.training.opening NAME SEED` writes one into the model's card.

Who opens a model for the first time and only presses Step should see, within a few presses, all that can happen with
its vocabulary: an early <UNK> that is rejected, <EOS> as the end, a sequence that is novel. Whether it also reads well
only people can say, so a list is read and the choice written down.
"""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.generation import SampledRun, sample_many
from engine.model import LanguageModel
from engine.novelty import novelty
from engine.recipe import FIRST_LIMITS, Recipe
from engine.run_search import whole_run
from engine.training.output import replacing

FOLDER = Path(__file__).parents[2] / "pretrained"
SHORTEST = 6  # steps to <EOS>
LONGEST = {"word": 8, "char": 30}  # steps to <EOS>: a short sentence, a name, the shortest form of a poem
REJECTED = (2, 5)  # the steps at one of which <UNK> is drawn and rejected for the first time
SEEDS = 10_000  # tried
_SHOWN = 40  # candidates of a list


def opens_well(model: LanguageModel, seed: int) -> bool:
    """Whether the run of `seed`, all settings as they are at first, shows what this vocabulary can do, and soon."""
    return _is_good(model, whole_run(model, _recipe(model, seed)))


def candidates(model: LanguageModel, seeds: Iterable[int] = range(SEEDS)) -> Iterator[tuple[int, str]]:
    """(seed, text) of the runs that open well, in the order of `seeds`, which follow one another."""
    seeds = list(seeds)
    for run in sample_many(model, _recipe(model, seeds[0]), len(seeds)):
        # computed once more, for many runs at once round differently
        if _is_good(model, run) and opens_well(model, run.seed):
            yield run.seed, model.vocabulary.decode(run.token_ids)


def with_opening_seed(model: LanguageModel, seed: int | None = None) -> LanguageModel:
    """The same model whose card names `seed` (None: the first candidate, or none where there is no candidate)."""
    if seed is None:
        seed = next((seed for seed, _ in candidates(model)), None)
    card = model.card if seed is None else model.card | {"opening_seed": seed}
    return LanguageModel(model.vocabulary, model.state_dict(), card, model.training_hashes)


def _recipe(model: LanguageModel, seed: int) -> Recipe:
    return Recipe(seed, limit=FIRST_LIMITS[model.vocabulary.level])


def _is_good(model: LanguageModel, run: SampledRun) -> bool:
    vocabulary, length = model.vocabulary, len(run.token_ids)
    if vocabulary.decode(run.token_ids)[:1].islower():
        return False
    ends = run.finish_reason == "eos" and SHORTEST <= length <= LONGEST[vocabulary.level]
    if vocabulary.eos_id is not None and not ends:
        return False
    if vocabulary.unk_id is not None:
        first = next((t for t, count in enumerate(run.rejections, 1) if count), 0)
        if not REJECTED[0] <= first <= REJECTED[1]:
            return False
    if model.training_hashes is None:
        return True
    found = novelty(run.token_ids, model.training_hashes, vocabulary.level, vocabulary.eos_id)
    return not found.known and not found.stretch[1]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m engine.training.opening", description="How a model is shown first."
    )
    parser.add_argument("name", help="a model of pretrained/, without .npz")
    parser.add_argument("seed", nargs="?", type=int, help="to be written into its card; left out: list candidates")
    asked = parser.parse_args()
    path = FOLDER / f"{asked.name}.npz"
    model = LanguageModel.load(path)
    if asked.seed is not None:
        if not opens_well(model, asked.seed):
            parser.error(f"the run of seed {asked.seed} does not show what it should; list the candidates")
        with replacing(path) as unfinished:
            with_opening_seed(model, asked.seed).save(unfinished)
        return
    for _, (seed, text) in zip(range(_SHOWN), candidates(model), strict=False):
        print(f"{seed:6} {text!r}", flush=True)


if __name__ == "__main__":
    main()
