"""The command line: `python -m engine.training NAME` trains a model of pretrained/ from its text."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.model import LanguageModel
from engine.training import corpora
from engine.training.loop import TrainingStep, train
from engine.training.model_card import finished_model, with_loss_by_context
from engine.training.opening import with_opening_seed
from engine.training.plans import PLANS, Plan, TrainingText, prepare

ROOT = Path(__file__).parents[2]
CHECKPOINTS = ROOT / ".checkpoints"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m engine.training",
        description="Train a model of pretrained/ from its text. Ctrl-C keeps the best; the same command goes on.",
        epilog="Models: " + ", ".join(PLANS) + ".",
    )
    parser.add_argument("name", choices=PLANS, metavar="NAME", help="which model; the names stand below")
    parser.add_argument(
        "--text", type=Path, metavar="PATH", help="the text's file or archive, if it is at hand already"
    )
    parser.add_argument("--seed", type=int, default=0, help="another seed, another model (default 0)")
    parser.add_argument("--output", type=Path, metavar="PATH", help="the model file (default pretrained/NAME.npz)")
    options = parser.parse_args(arguments)
    plan = PLANS[options.name]
    output = options.output or ROOT / "pretrained" / f"{options.name}.npz"
    checkpoint = CHECKPOINTS / f"{options.name}-{options.seed}.npz"
    try:
        text = prepare(corpora.read(plan.corpus, options.text), plan, corpora.CORPORA[plan.corpus].stream)
        _announce(options.name, text)
        _run(train(plan, text, options.seed, checkpoint), plan, text, output)
    except KeyboardInterrupt:
        print("\nstopped; the same command goes on from the last evaluation")
        return 130
    except (corpora.CorpusError, ValueError, OSError, FloatingPointError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    checkpoint.unlink()
    return 0


def _announce(name: str, text: TrainingText) -> None:
    tokens, held_out = (sum(map(len, part)) for part in (text.training, text.held_out))
    print(f"{name}: {tokens:,} tokens to train on, {held_out:,} held out, {len(text.vocabulary):,} in the vocabulary")


def _run(steps: Iterator[TrainingStep], plan: Plan, text: TrainingText, output: Path) -> None:
    """Print a line an evaluation; write the model whenever it is the best so far, and complete its card at the end."""
    for step in steps:
        if step.best:
            cost = {"updates": step.update, "seconds": round(step.seconds), "cpu_seconds": round(step.cpu_seconds)}
            _save(finished_model(step.model.state_dict(), cost, step.held_out_loss, plan, text), output)
        left = step.seconds / step.update * (step.updates - step.update)
        print(
            f"{step.update:7,} / {step.updates:,}   {_clock(step.seconds)}, {_clock(left)} left   "
            f"training {step.training_loss:.4f}   held out {step.held_out_loss:.4f}{' *' if step.best else ''}",
            flush=True,
        )
    _save(with_opening_seed(with_loss_by_context(LanguageModel.load(output), text)), output)
    print(f"the best (*) is in {output}")


def _save(model: LanguageModel, output: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    unfinished = output.with_suffix(".tmp")
    model.save(unfinished)
    os.replace(unfinished, output)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


if __name__ == "__main__":
    sys.exit(main())
