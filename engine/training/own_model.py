"""A model of a text of one's own: which network for which size, what it is held against, and its finished file.

In order: `text_file.read`, `own_text.prepare`, `plan_for`, `yardsticks`, `loop.train`, `finished`.
"""

import math
from typing import Any, NamedTuple

from engine.model import LanguageModel
from engine.training import ngram
from engine.training.loop import Evaluation
from engine.training.model_card import finished_model, with_loss_by_context
from engine.training.opening import candidates, with_opening_seed
from engine.training.own_text import OwnText, Report
from engine.training.plans import Plan, TrainingText
from engine.training.text_file import TextError

SIZES = {"small": 128, "medium": 256, "large": 384}  # hidden units: the one dial
MINUTES = (0.05, 600.0)  # the least and the most that can be asked for

_EPOCHS = 60  # at most: a network of this kind has long learned by heart what it sees more often
_FEWEST_UPDATES = 400
_BATCH = {"word": 16, "char": 32}
_CHUNK = {"word": 40, "char": 64}  # steps of a stream that the gradient goes back
_DROPOUT = {  # from how many tokens on which share is enough
    "word": ((1_000_000, 0.2), (200_000, 0.4), (0, 0.5)),
    "char": ((2_000_000, 0.05), (400_000, 0.1), (100_000, 0.15), (20_000, 0.3), (0, 0.4)),
}
_PATIENCE = 8  # evaluations, of about 24 in the whole time
_SEEDS = 2000  # tried for one that a model is shown with first
_POSITIONS = 600  # at which the loss by context is measured


class Yardsticks(NamedTuple):
    """What the held-out loss of a network is to be below, in nats per token.

    `uniform`: log V, of a network that knows nothing; `ngram`: of a 5-gram model with Kneser-Ney smoothing, trained on
    the same part and measured on the same tokens.
    """

    uniform: float
    ngram: float


def plan_for(text: TrainingText, size: str = "medium", minutes: float = 5.0, cell: str = "gru") -> Plan:
    """How a network of this size is trained on this text within so many minutes on the clock.

    Raises TextError for a size, a time or a cell that cannot be.
    """
    if size not in SIZES:
        raise TextError(f"the size must be one of {', '.join(SIZES)}, but is {size!r}")
    if not MINUTES[0] <= minutes <= MINUTES[1]:
        raise TextError(f"the minutes must be from {MINUTES[0]:g} to {MINUTES[1]:g}, but are {minutes:g}")
    level, tokens = text.vocabulary.level, sum(map(len, text.training))
    chunk = _CHUNK[level]
    if text.stream:  # a short text is read by fewer readers side by side, so that each has some chunks to read
        batch = max(1, min(_BATCH[level], (tokens - chunk) // (4 * chunk)))
        per_epoch = max(1, (tokens - chunk) // batch // chunk)
    else:
        batch = max(1, min(_BATCH[level], len(text.training) // 4))
        per_epoch = -(-len(text.training) // batch)
    few_kinds = len(text.vocabulary) <= 256
    return Plan(
        "own",
        level,
        cell,
        SIZES[size],
        updates=max(_FEWEST_UPDATES, _EPOCHS * per_epoch),
        batch=batch,
        learning_rate=0.004 if few_kinds else 0.003,
        embedding=64 if few_kinds else min(256, SIZES[size]),
        embedding_std=1.0 if few_kinds else 0.1,
        vocabulary_size=len(text.vocabulary),
        unk=text.vocabulary.unk_id is not None,
        chunk=chunk,
        dropout=next(share for least, share in _DROPOUT[level] if tokens >= least),
        seconds=60.0 * minutes,
        patience=_PATIENCE,
        unigram_start=True,
    )


def yardsticks(text: TrainingText) -> Yardsticks:
    """Takes some seconds for a text of a few million characters."""
    return Yardsticks(math.log(len(text.vocabulary)), ngram.held_out_loss(text))


def about(name: str, file: str, report: Report, measured: Yardsticks | None = None) -> dict[str, Any]:
    """What the card of the model `name` says of its text, the file `file`."""
    facts: dict[str, Any] = {
        "name": name,
        "text": file,
        "origin": f"a file of one's own, {file}, of {report.characters:,} characters",
        "licence": "as the owner of the text says",
        "split": f"{report.held_out:,} of {report.kept:,} pieces held out by a hash of the piece",
        "sequences": report.sequences,
        "left_out": report.dropped,
        "training_unk_rate": round(report.unk_rate, 4),
    }
    if measured is not None:
        facts["held_out_ngram_nats_per_token"] = round(measured.ngram, 4)
    return facts


def model_so_far(kept: Evaluation, plan: Plan, own: OwnText, facts: dict[str, Any]) -> LanguageModel:
    """The best network of a training with its card and the hashes of its text: enough to be used."""
    cost = {"updates": kept.update, "seconds": round(kept.seconds), "cpu_seconds": round(kept.cpu_seconds)}
    return finished_model(kept.model.state_dict(), cost, kept.held_out_loss, plan, own.text, facts)


def finished(kept: Evaluation, plan: Plan, own: OwnText, facts: dict[str, Any]) -> LanguageModel:
    """The same, and its card also says how far back the network looks and with which seed it is shown first."""
    model = with_loss_by_context(model_so_far(kept, plan, own, facts), own.text, _POSITIONS)
    seed = next((seed for seed, _ in candidates(model, range(_SEEDS))), None)
    return model if seed is None else with_opening_seed(model, seed)
