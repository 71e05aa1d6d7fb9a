"""The command line: `python -m engine.convert FILE` writes pretrained/NAME.npz and says what was taken for what."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Never

from engine.archive import ModelError
from engine.cell_variants import VARIANTS
from engine.convert import ConversionError, convert, read_list
from engine.vocabulary import LEVELS

FOLDER = Path(__file__).parents[2] / "pretrained"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Never:
        """One sentence, without the usage that argparse puts before it."""
        self.exit(2, f"{self.prog}: {message}; --help lists what there is\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0, 1 for a file that cannot be read or converted, 2 for an option that cannot be."""
    parser = _parser()
    options = parser.parse_args(arguments)
    source: Path = options.file
    output: Path = options.output or FOLDER / f"{source.name.split('.')[0] or 'converted'}.npz"
    try:
        if output.suffix != ".npz":
            raise ConversionError(f"--output must end in .npz, but is {output.name}")
        if output.exists() and not options.force:
            raise ConversionError(f"{output} is there already; name another with --output, or add --force")
        model, notes = convert(
            source, vocab=None if options.vocab is None else read_list(options.vocab), level=options.level,
            eos=_token(options.eos), unk=_token(options.unk), start=_token(options.start), variant=options.variant,
            only=options.only,
        )  # fmt: skip
        partial = output.with_name(f".{output.name}.partial")  # what breaks off leaves no half a model
        model.save(partial)
        partial.replace(output)
    except (ConversionError, ModelError) as error:
        print(f"{parser.prog}: {source.name}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{parser.prog}: {error.filename or source}: {error.strerror or error}", file=sys.stderr)
        return 1
    for note in notes:
        print(f"  {note}")
    print(f"{model}\nwritten to {output} ({output.stat().st_size / 1e6:.1f} MB)")
    return 0


def _token(given: str | None) -> str | None:
    """A line end, which no shell lets one type easily, may be given as \\n."""
    return "\n" if given == r"\n" else given


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m engine.convert",
        description="Turn a language model of another project (PyTorch, Keras, .safetensors, .npz) into a model file.",
        epilog="PyTorch checkpoints need torch, Keras files need h5py; nothing in a file is executed.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the checkpoint or the weights")
    parser.add_argument("--output", type=Path, metavar="PATH", help="default: pretrained/ and the file's own name")
    parser.add_argument("--force", action="store_true", help="overwrite what is there")
    parser.add_argument("--vocab", type=Path, metavar="FILE", help="its tokens, where the file has none: JSON (a "
                        "list, a dict from tokens to numbers or the reverse) or a text, one a line")  # fmt: skip
    parser.add_argument("--level", choices=LEVELS, help="default: char if every token is one character")
    for name, meaning in (("eos", "the end of a sequence"), ("unk", "an unknown word")):
        parser.add_argument(f"--{name}", metavar="TOKEN", help=f"the token for {meaning}; '' for none, \\n for a line "
                            "end (default: by its spelling, as </s> or <unk>)")  # fmt: skip
    parser.add_argument("--start", metavar="TOKEN", help="the token that training began every sequence with")
    parser.add_argument("--variant", choices=VARIANTS, help="of the cell, where the file does not tell: nn.RNN with "
                        'nonlinearity="relu", a GRU with the reset gate before the product')  # fmt: skip
    parser.add_argument("--only", metavar="PREFIX", default="", help="take the arrays whose names begin so")
    return parser


if __name__ == "__main__":
    sys.exit(main())
