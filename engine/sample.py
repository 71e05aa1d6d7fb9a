"""The command line: `python -m engine.sample NAME --seed 3 --n 5` prints sequences that a model writes."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Never

from engine.generation import GenerationStep, generate
from engine.model import LanguageModel
from engine.recipe import FIRST_LIMITS, MAX_SEED, Recipe
from engine.sampling import SETTINGS, LogitsError
from engine.typed_text import typed_text
from engine.unk_policy import DEFAULT, POLICIES

FOLDER = Path(__file__).parents[1] / "pretrained"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Never:
        """One sentence, without the usage that argparse puts before it."""
        self.exit(2, f"{self.prog}: {message}; --help lists what there is\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status: 0, 1 for a model or recipe that cannot be, 2 for an option that cannot."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        model = _model(options.name)
        recipe = Recipe(
            model.opening_seed if options.seed is None else options.seed,
            unk=options.unk,
            stop_at_eos=not options.no_eos,
            limit=FIRST_LIMITS[model.vocabulary.level] if options.limit is None else options.limit,
            prompt=options.prompt,
            **{name: value for name in SETTINGS if (value := getattr(options, name)) is not None},
        )
        for typed, read in typed_text(recipe.prompt, model.vocabulary).changes:
            print(f"{parser.prog}: {typed!r} is read as {read!r}", file=sys.stderr)
        for line in _lines(model, recipe, options):
            print(line, flush=True)
    except BrokenPipeError:  # as of `| head`; what Python would still flush at its end goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"{parser.prog}: {options.name} cannot be read: {error.strerror}; --help lists models", file=sys.stderr)
        return 1
    except LogitsError:
        said = "overflows on the way and gives no probabilities any more: choose another model, or a lower --limit"
        print(f"{parser.prog}: {options.name} {said}", file=sys.stderr)
        return 1
    except ValueError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m engine.sample",
        description="Print sequences that a model writes, one a line; a line end within one is written as \\n.",
        epilog="Models: " + ", ".join(sorted(path.stem for path in FOLDER.glob("*.npz"))) + ".",
    )
    parser.add_argument("name", metavar="NAME", help="a model of pretrained/, or the path of an .npz file")
    parser.add_argument("--seed", type=int, help="of the first sequence; the others have those after it (default: the "
                        "model's opening seed)")  # fmt: skip
    parser.add_argument("--n", type=int, default=1, help="how many sequences (default 1)")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--text", action="store_true", help="each sequence as text, one a line (the default)")
    shown.add_argument("--steps", action="store_true", help="every draw of each sequence, one a line")
    shown.add_argument("--json", action="store_true", help="each sequence with its draws as a JSON object, one a line")
    for name, setting in SETTINGS.items():
        usual = "default 1" if setting.keeps is None else "default off"
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=partial(_value, name),
            metavar="VALUE",
            help=f"{setting.rule} ({usual})",
        )
    parser.add_argument("--unk", choices=POLICIES, default=DEFAULT, help=f"if <UNK> is drawn (default {DEFAULT})")
    usual = ", ".join(f"{steps} by {level}" for level, steps in FIRST_LIMITS.items())
    parser.add_argument("--no-eos", action="store_true", help="go on after <EOS>")
    parser.add_argument("--limit", type=int, help=f"steps after the prompt at most (default {usual})")
    parser.add_argument("--prompt", default="", help="text to begin with")
    return parser


def _value(name: str, text: str) -> Any:
    try:
        return SETTINGS[name].parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _model(name: str) -> LanguageModel:
    """A model of pretrained/ by its name, or else the file. Raises ModelError or OSError."""
    path = FOLDER / f"{name}.npz"
    return LanguageModel.load(path if path.exists() else name)


def _lines(model: LanguageModel, recipe: Recipe, options: argparse.Namespace) -> Iterator[str]:
    """What is printed. Raises ValueError."""
    if options.n < 1:
        raise ValueError(f"--n must be 1 or more, but is {options.n}")
    for i in range(options.n):
        own = replace(recipe, seed=(recipe.seed + i) % (MAX_SEED + 1))
        steps = list(generate(model, own))
        if options.json:
            yield json.dumps(_record(model, own, steps), ensure_ascii=False)
        elif options.steps:
            yield f"seed {own.seed}"
            yield from _step_lines(model, steps)
        else:
            yield model.vocabulary.decode([step.token_id for step in steps]).replace("\n", "\\n")


def _step_lines(model: LanguageModel, steps: Sequence[GenerationStep]) -> Iterator[str]:
    """A line a draw: t, u, the segment of the 0-1 strip that it fell into, the token, and what became of it."""
    tokens = model.vocabulary.tokens
    for step in steps:
        for draw in step.draws:
            fate = "" if draw is step.draws[-1] else "   rejected"
            yield f"{step.t:5}   {draw.low:.6f} <= {draw.u:.6f} < {draw.high:.6f}   {tokens[draw.token_id]!r}{fate}"
        if not step.draws:
            yield f"{step.t:5}   {step.origin:32}   {tokens[step.token_id]!r}"
        if step.finish_reason is not None:
            yield f"        ended by {'<EOS>' if step.finish_reason == 'eos' else 'the limit'}"


def _record(model: LanguageModel, recipe: Recipe, steps: Sequence[GenerationStep]) -> dict[str, Any]:
    """A sequence as JSON has it; `draws`: for each token those that were made, the rejected ones first."""
    vocabulary = model.vocabulary
    return {
        "seed": recipe.seed,
        "text": vocabulary.decode([step.token_id for step in steps]),
        "tokens": [vocabulary.tokens[step.token_id] for step in steps],
        "token_ids": [step.token_id for step in steps],
        "origins": [step.origin for step in steps],
        "finish_reason": steps[-1].finish_reason,
        "draws": [
            [{"u": u, "low": low, "high": high, "token": vocabulary.tokens[i]} for u, i, low, high in step.draws]
            for step in steps
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
