"""What a visitor's text is good for: `python -m engine.training.look BENCH` reads its source and writes look.json.

A text is refused before it is trained on, with what to change; the seconds beside the sizes are measured here.
"""

import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from engine import bench
from engine.bench import Request
from engine.training import own_model, own_text, text_file
from engine.training.examples import example
from engine.training.loop import Progress
from engine.training.own_text import OwnText
from engine.training.plans import Plan
from engine.training.text_file import TextError

MOST_HELD_OUT = 30_000  # characters: an evaluation must not hold up a class
SIZES = (500, 1000, 2000, 4000, 6000)  # of a vocabulary of words
MEASURED = 0.5  # seconds, of all sizes together
_HEAD = 400  # characters of the text that are shown


def prepared(text: str, asked: dict[str, Any]) -> OwnText:
    """The text made ready as a visitor has asked for it: "level", "sequences" and "vocabulary_size", each or None."""
    return own_text.prepare(
        text, asked.get("level"), asked.get("sequences"), asked.get("vocabulary_size"), MOST_HELD_OUT
    )


def plan_of(own: OwnText, request: Request) -> Plan:
    """How it is to be trained: as for any text of one's own, but for what the visitor has set."""
    plan = own_model.plan_for(own.text, request["size"], request["seconds"] / 60, request["cell"])
    fields = {name: request[name] for name in ("learning_rate", "dropout", "chunk")}
    given = {name: value for name, value in fields.items() if value is not None}
    if own.text.stream and "chunk" in given:
        tokens = len(own.text.training[0])
        if tokens < 2 * given["chunk"]:
            raise TextError("the text is shorter than two windows of BPTT", "window", count=tokens, most=tokens // 2)
        fewer = max(1, min(plan.batch, (tokens - given["chunk"]) // (2 * given["chunk"])))
        given["batch"] = fewer
    return Plan(**(plan.__dict__ | given))


def look(place: Path) -> dict[str, Any]:
    """The record of the text in this bench. Raises TextError."""
    asked = bench.read(place / "asked.json") or {}
    text = _text(place, asked)
    own = prepared(text, asked)
    report = own.report._asdict()
    rates = _unk_rates(own) if own.report.level == "word" else []
    return {
        "report": report,
        "changed": (place / "changed").exists(),
        "head": text[:_HEAD],
        "unk_rates": rates,
        "per_pass": _seconds_per_pass(own, asked.get("cell", "gru")),
    }


def _text(place: Path, asked: dict[str, Any]) -> str:
    """Clean; kept beside its source, which is read once."""
    path = place / "text.txt"
    if not path.exists():
        if asked.get("example"):
            text = example(asked["example"])
        else:
            source = (place / "source").read_bytes()
            text, notes = text_file.clean(text_file.decode(source, asked["file"]))
            if notes:
                (place / "changed").touch()
        path.write_text(text, encoding="utf-8", newline="\n")
    return path.read_text(encoding="utf-8")


def _unk_rates(own: OwnText) -> list[tuple[int, float]]:
    """(tokens in the vocabulary, share of the words to train on that are <UNK> then), as `own_text.prepare` has it."""
    vocabulary, special = own.text.vocabulary, 1 + (own.text.vocabulary.eos_id is not None)
    known = np.bincount(np.concatenate(own.text.training), minlength=len(vocabulary))[special:]
    counts = sorted([*known.tolist(), *Counter(own.text.unknown_words[0]).values()], reverse=True)
    often = max(20, sum(count > 1 for count in counts))
    sizes = [size for size in SIZES if size < often + special] + [min(own_text.MAX_WORDS, often + special)]
    return [(size, 1 - sum(counts[: size - special]) / sum(counts)) for size in dict.fromkeys(sizes)]


def _seconds_per_pass(own: OwnText, cell: str) -> dict[str, float]:
    """By size: how long the network would take here to read the whole text once."""
    found = {}
    tokens = sum(map(len, own.text.training))
    for size in own_model.SIZES:
        progress = Progress(own_model.plan_for(own.text, size, 1.0, cell), own.text, 0)
        batches = progress.batches()
        progress.update(next(batches))  # the first one also makes room
        begun, read = time.perf_counter(), 0
        while not read or time.perf_counter() - begun < MEASURED / len(own_model.SIZES):
            batch = next(batches)
            progress.update(batch)
            read += int(batch.mask.sum())
        found[size] = tokens * (time.perf_counter() - begun) / read
    return found


def main(place: Path) -> None:
    try:
        record = look(place)
    except TextError as error:
        record = {"refused": error.reason or "few", "values": error.values}
    bench.write(place / "look.json", record)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
