"""Texts to begin with: what models of pretrained/ write, so that nothing is to be fetched. Made once a machine."""

from pathlib import Path

from engine import bench
from engine.generation import sample_many
from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.sampling import SamplingSettings

FOLDER = Path(__file__).parents[2] / "pretrained"
# By name: the model, how many sequences of it, steps at most.
EXAMPLES = {
    "names": ("dinosaurs-gru", 1500, 30),
    "sentences": ("basic-english-word", 1200, 25),
    "poems": ("tang-char", 500, 70),
}
TEMPERATURE = 0.8


def example(name: str) -> str:
    """The text of that name, a sequence a line; a poem is one line. Raises KeyError, or OSError without the model."""
    path = bench.root() / "examples" / f"{name}.txt"
    if path.exists():
        return path.read_text(encoding="utf-8")
    source, count, limit = EXAMPLES[name]
    model = LanguageModel.load(FOLDER / f"{source}.npz")
    runs = sample_many(model, Recipe(0, SamplingSettings(TEMPERATURE), limit=limit), count)
    texts = [model.vocabulary.decode(run.token_ids) for run in runs if run.finish_reason == "eos"]
    text = "\n".join(text.replace("\n", "") for text in texts)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
    return text
