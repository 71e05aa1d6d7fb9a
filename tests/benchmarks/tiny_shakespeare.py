"""Our training on a text with published losses: tiny Shakespeare by character, its last tenth held out.

    python -m tests.benchmarks.tiny_shakespeare PATH

PATH is `tinyshakespeare.txt` of the public repository karpathy/char-rnn. Published losses, in nats per character: 1.85
(plain RNN, 512 units), 1.6 (torch-rnn), 1.47 (nanoGPT's model for a GPU). An interrupted run begins anew.
"""

import argparse
from pathlib import Path

import numpy as np

from engine.training.loop import train
from engine.training.plans import Plan, TrainingText
from engine.vocabulary import Vocabulary

PLAN = Plan(
    "shakespeare", "char", "lstm", 512, 5000, 32, 0.004,
    embedding=64, chunk=64, dropout=0.35, evaluate_every=500,
)  # fmt: skip


def tiny_shakespeare(text: str) -> TrainingText:
    """The text in token ids, split as the published losses have it."""
    vocabulary = Vocabulary.from_texts([text], "char")
    ids = np.array(vocabulary.encode(text))
    cut = len(ids) * 9 // 10
    return TrainingText(vocabulary, [ids[:cut]], [ids[cut:]], len(ids) - cut, stream=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    text = tiny_shakespeare(parser.parse_args().path.read_text())
    print(f"{PLAN}\n{len(text.training[0]):,} characters to train on, {len(text.held_out[0]):,} held out")
    for step in train(PLAN, text):
        print(
            f"{step.update:6,} updates   {step.seconds:5.0f} s   training {step.training_loss:.4f}   "
            f"held out {step.held_out_loss:.4f}{' *' if step.best else ''}",
            flush=True,
        )


if __name__ == "__main__":
    main()
