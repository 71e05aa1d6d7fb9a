"""How good the trained models are: their held-out loss beside an n-gram model's and PyTorch's, in nats per token.

    python -m tests.benchmarks.yardsticks [NAME ...] [--pytorch] [--text PATH]

All are measured on the same tokens. Ours is what the card of pretrained/NAME.npz says; the n-gram models are those of
engine/training/ngram.py, order 5, with two smoothings. With --pytorch, which takes as long as training the model, the
same network is trained by PyTorch from the same first weights on the same batches (so both differ by rounding and
dropout's luck alone) and its best evaluation counts, as ours does. Ratios below 1 mean that ours is better. Run by
hand, for --pytorch in an environment with numpy and torch.
"""

import argparse
import math
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from engine.model import LanguageModel
from engine.training import corpora, ngram
from engine.training.backpropagation import NOTHING
from engine.training.batches import held_out_batches, sequence_batches, stream_batches
from engine.training.loop import MAX_GRAD_NORM, learning_rate
from engine.training.plans import PLANS, Plan, TrainingText, initial_weights, prepare

ROOT = Path(__file__).parents[2]
WIDTHS = (20, 8, 12, 13, 9, 14, 15, 11)  # of the table's columns


def pytorch_losses(plan: Plan, text: TrainingText, seed: int = 0) -> Iterator[tuple[int, float]]:
    """(updates done, held-out loss in nats per token) at every evaluation of a training as planned, by PyTorch."""
    import torch

    torch.manual_seed(seed)
    network = _network(torch, plan, len(text.vocabulary), np.random.default_rng(seed))
    adam = torch.optim.Adam(network.parameters())
    batches = stream_batches if text.stream else sequence_batches
    state = None
    for done, batch in enumerate(batches(plan, text, seed, 0), start=1):
        if not text.stream or (batch.inputs[0] == NOTHING).all():
            state = None
        adam.param_groups[0]["lr"] = learning_rate(plan, done - 1)
        adam.zero_grad()
        loss, state = _loss(torch, network, plan.dropout, batch, state)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), MAX_GRAD_NORM)
        adam.step()
        if done % plan.evaluate_every == 0 or done == plan.updates:
            yield done, _held_out_loss(torch, network, text)
        if done == plan.updates:
            return


def _network(torch, plan, vocabulary_size, rng):
    """The network of the plan with its first weights, under the names that the engine uses too."""
    kind = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[plan.cell]
    between = plan.dropout if plan.layers > 1 else 0.0
    parts = {
        "rnn": kind(plan.embedding or vocabulary_size, plan.hidden, plan.layers, dropout=between),
        "output": torch.nn.Linear(plan.hidden, vocabulary_size),
    }
    if plan.embedding:
        parts["embedding"] = torch.nn.Embedding(vocabulary_size, plan.embedding)
    network = torch.nn.ModuleDict(parts)
    weights = initial_weights(plan, vocabulary_size, rng)
    network.load_state_dict({name: torch.from_numpy(weight) for name, weight in weights.items()})
    return network


def _loss(torch, network, dropout, batch, state):
    """(mean loss over the tokens that count, the state after the last step, cut off from its gradients)."""
    functional = torch.nn.functional
    inputs, targets, mask = (torch.from_numpy(array) for array in batch)
    fed = (inputs != NOTHING)[..., None]
    if "embedding" in network:
        x = functional.dropout(network["embedding"](inputs.clamp(min=0)) * fed, dropout, network.training)
    else:
        x = (functional.one_hot(inputs.clamp(min=0), network["rnn"].input_size) * fed).float()
    out, state = network["rnn"](x, state)
    logits = network["output"](functional.dropout(out, dropout, network.training)[mask])
    state = tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()
    return functional.cross_entropy(logits, targets[mask]), state


def _held_out_loss(torch, network, text):
    network.eval()
    total, count, state = 0.0, 0, None
    with torch.no_grad():
        for batch in held_out_batches(text):
            loss, state = _loss(torch, network, 0.0, batch, state if text.stream else None)
            tokens = int(batch.mask.sum())
            total, count = total + loss.item() * tokens, count + tokens
    network.train()
    return total / count


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status: 1 if a text cannot be had."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.yardsticks",
        description="The held-out loss of the trained models beside that of an n-gram model and of PyTorch.",
        epilog="Models: " + ", ".join(PLANS) + ".",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which models (default: all); the names stand below")
    parser.add_argument("--pytorch", action="store_true", help="train the same networks with PyTorch, too: slow")
    parser.add_argument("--text", type=Path, metavar="PATH", help="the text's file or archive, of one text only")
    options = parser.parse_args(arguments)
    names = options.names or list(PLANS)
    if unknown := [name for name in names if name not in PLANS]:
        parser.error(f"no plan is called {unknown[0]}; there are {', '.join(PLANS)}")
    if options.text and len({PLANS[name].corpus for name in names}) > 1:
        parser.error("--text is for models of one and the same text; name these models")
    status = 0
    print(_row("", "ours", "Kneser-Ney", "Witten-Bell", "PyTorch", "/ Kneser-Ney", "/ Witten-Bell", "/ PyTorch"))
    for name in names:
        plan = PLANS[name]
        try:
            text = prepare(corpora.read(plan.corpus, options.text), plan, corpora.CORPORA[plan.corpus].stream)
        except corpora.CorpusError as error:
            print(f"{name}: {error}", file=sys.stderr)
            status = 1
            continue
        ours, theirs = (
            _card_loss(name, plan, text),
            [ngram.held_out_loss(text, smoothing=smoothing) for smoothing in ("kneser-ney", "witten-bell")],
        )
        theirs.append(_best(name, plan, pytorch_losses(plan, text)) if options.pytorch else None)
        print(_row(name, ours, *theirs, *(ours / loss if ours and loss else None for loss in theirs)), flush=True)
    return status


def _card_loss(name, plan, text) -> float | None:
    """What the card of the model's file says, None without a file; tells what else the plan would make of it now."""
    path = ROOT / "pretrained" / f"{name}.npz"
    if not path.exists():
        return None
    card = LanguageModel.load(path).card
    now = {key: getattr(plan, key) for key in ("cell", "hidden", "layers", "embedding", "dropout", "batch")}
    now["held_out_tokens"] = sum(map(len, text.held_out))
    for key, value in now.items():
        if card.get(key) != value:
            print(f"{path.name}: {key} was {card.get(key)} and is {value} now", file=sys.stderr)
    return card["held_out_nats_per_token"]


def _best(name, plan, evaluations) -> float:
    """The lowest of the losses; tells the progress meanwhile."""
    best, began = math.inf, time.perf_counter()
    for done, loss in evaluations:
        best = min(loss, best)
        seconds = time.perf_counter() - began
        print(f"{name}: PyTorch {done:,} / {plan.updates:,}, {seconds:.0f} s, {loss:.4f}", file=sys.stderr, flush=True)
    return best


def _row(name, *cells) -> str:
    texts = ["-" if cell is None else cell if isinstance(cell, str) else f"{cell:.3f}" for cell in cells]
    return f"{name:{WIDTHS[0]}}" + "".join(f"{text:>{width}}" for text, width in zip(texts, WIDTHS[1:], strict=True))


if __name__ == "__main__":
    sys.exit(main())
