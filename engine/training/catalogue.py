"""pretrained/README.md, written from the cards and what the models write: `python -m engine.training.catalogue`."""

from pathlib import Path

from engine.generation import generate
from engine.model import LanguageModel
from engine.recipe import FIRST_LIMITS, Recipe
from engine.sampling import SamplingSettings
from engine.training.plans import PLANS

FOLDER = Path(__file__).parents[2] / "pretrained"
SEEDS = range(5)
TEMPERATURE = 0.8
LIMITS = {"word": 60, "char": 240}  # steps, so that what has an end comes to it

_INTRODUCTION = """\
# The trained models

Each file is one model: weights under PyTorch's names, its vocabulary, hashes of its training text and a card that says
where it comes from (`LanguageModel.load(path).card`). `python -m engine.training.catalogue` writes this page from them.

Losses are those of the held-out part: 5 % of the text, chosen by a hash of each piece and never trained on; but it did
choose the best of a training's evaluations. Bits per character count the end of a sequence as a character and can be
compared between models of the same text: a word model only has to say `<UNK>`, so the bits that spell these words,
letter by letter, are added (in brackets: without them). Multiply-adds are those of one sentence of average length,
seconds those of one core.
"""
_COLUMNS = (
    "file", "level", "cell", "vocabulary", "parameters", "nats per token", "bits per character", "`<UNK>` rate",
    "multiply-adds a sentence", "updates", "seconds",
)  # fmt: skip


def catalogue(models: dict[str, LanguageModel]) -> str:
    """The page, as Markdown. `models`: by file name without its ending."""
    rows = [_row(name, model) for name, model in models.items()]
    lines = [f"| {' | '.join(row)} |" for row in (_COLUMNS, ["---"] * len(_COLUMNS), *rows)]
    parts = [_INTRODUCTION, "\n".join(lines) + "\n", *(_section(name, model) for name, model in models.items())]
    return "\n".join(parts)


def samples(model: LanguageModel) -> list[tuple[str, str | None]]:
    """What the model writes with each of SEEDS, as it comes, and why it stopped."""
    found = []
    for seed in SEEDS:
        recipe = Recipe(seed, SamplingSettings(TEMPERATURE), limit=LIMITS[model.vocabulary.level])
        steps = list(generate(model, recipe))
        found.append((model.vocabulary.decode([step.token_id for step in steps]), steps[-1].finish_reason))
    return found


def opening(model: LanguageModel) -> str:
    """What a first visit to this model sees: the run of its opening seed, all settings as they are at first."""
    recipe = Recipe(model.opening_seed, limit=FIRST_LIMITS[model.vocabulary.level])
    steps = list(generate(model, recipe))
    text = model.vocabulary.decode([step.token_id for step in steps]).strip()
    shown = [f"`{model.vocabulary.unk_token}` is rejected at t = {step.t}" for step in steps if len(step.draws) > 1]
    if steps[-1].finish_reason == "eos":
        shown.append(f"`{model.vocabulary.eos_token}` ends it at t = {steps[-1].t}")
    else:
        shown.append(f"the limit stops it at t = {steps[-1].t}")
    return f"It opens with seed {recipe.seed} ({', '.join(shown)}):\n\n```\n{text}\n```\n"


def _row(name: str, model: LanguageModel) -> list[str]:
    card, vocabulary = model.card, model.vocabulary
    special = [token for token in (vocabulary.eos_token, vocabulary.unk_token) if token]
    spelled, bare = card["held_out_bits_per_character_spelled"], card["held_out_bits_per_character"]
    per_sentence = card["multiply_adds_per_sequence"]
    return [
        f"`{name}`",
        ", ".join([{"word": "words", "char": "characters"}[vocabulary.level], *(f"`{token}`" for token in special)]),
        f"{model.cell.upper()} {model.hidden_size}",
        f"{len(vocabulary):,}",
        f"{card['parameters']:,}",
        f"{card['held_out_nats_per_token']:.3f}",
        f"{spelled:.3f}" + (f" ({bare:.3f})" if bare != spelled else ""),
        f"{card['held_out_unk_rate']:.1%}" if vocabulary.unk_token else "–",
        f"{per_sentence / 1e6:,.1f} million" if per_sentence else "–",
        f"{card['updates']:,}",
        f"{card['cpu_seconds']:,}",
    ]


def _section(name: str, model: LanguageModel) -> str:
    card = model.card
    unit = "token" if model.vocabulary.level == "word" else "character"
    context = ", ".join(f"{seen}: {nats:.2f}" for seen, nats in card["loss_by_context"])
    limit = LIMITS[model.vocabulary.level]
    written = "\n".join(f"{text}{'' if reason == 'eos' else ' …'}" for text, reason in samples(model))
    return f"""\
## {name}

{card["text"]}, from {card["origin"]} ({card["licence"]}): {card["training_tokens"]:,} {unit}s to train on,
{card["held_out_tokens"]:,} held out ({card["split"]}). Loss in nats when only the last k {unit}s are seen: {context}.

{opening(model)}
Seeds {SEEDS[0]} to {SEEDS[-1]}, temperature {TEMPERATURE}, unedited; "…" where the limit of {limit} steps came first:

```
{written}
```
"""


def main() -> None:
    paths = sorted(path for path in FOLDER.glob("*.npz") if path.stem in PLANS)  # a model of one's own is not shipped
    models = {path.stem: LanguageModel.load(path) for path in paths}
    (FOLDER / "README.md").write_text(catalogue(models), encoding="utf-8")


if __name__ == "__main__":
    main()
