"""Other people's model files into this engine's: `python -m engine.convert FILE`, and the same as a function.

files         any file as a Checkpoint: arrays by name and the facts beside them; pytorch_file, keras_file,
              safetensors_file
recurrent     which of the arrays are recurrent layers, by the names of PyTorch, makemore, torch-rnn and the lecture
network       the embedding and the output layer; layers of one width; a start that is not zero, folded into the biases
tokens        the vocabulary, from the file or given

What the result computes is what the original computes; where it could not be so, the file is refused and told why.
"""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from engine import special_tokens
from engine.archive import ModelError
from engine.card import read_card
from engine.convert.checkpoint import ConversionError
from engine.convert.files import read
from engine.convert.network import Network, network, padded, started, state_dict
from engine.convert.recurrent import Found, find
from engine.convert.tokens import read_list, read_vocabulary
from engine.model import LanguageModel
from engine.sampling import LogitsError

__all__ = ["ConversionError", "Converted", "convert", "read_list"]


class Converted(NamedTuple):
    """The model, and in sentences what was found and what was taken for what."""

    model: LanguageModel
    notes: list[str]


def convert(
    path: Path,
    *,
    vocab: object = None,
    level: str | None = None,
    eos: str | None = None,
    unk: str | None = None,
    start: str | None = None,
    variant: str | None = None,
    only: str = "",
) -> Converted:
    """The model in a file of another project.

    `vocab`: its tokens, a list or a dict, where the file does not hold them; `level`: "word" or "char"; `eos`, `unk`:
    those tokens, "" for none (these three are found by how tokens are written); `start`: the token that training began
    each sequence with, "" for none; `variant`: of the cell, where the file cannot tell ("relu", "reset-before");
    `only`: arrays whose name does not begin so are left out. Raises ConversionError or OSError.
    """
    checkpoint = read(path)
    arrays = {
        name: array.astype(np.float32) if array.dtype == np.float16 else array  # what is computed from it is no float16
        for name, array in checkpoint.arrays.items()
        if name.startswith(only)
    }
    found = find(arrays)
    variant = variant or checkpoint.variant or found.variant
    original = network(found)
    makemore = found.layout == "makemore"
    facts = checkpoint.facts
    vocabulary, said = read_vocabulary(
        vocab,
        facts,
        len(original.output_weight),
        level=level or _text(facts, "level"),
        eos=_text(facts, "eos_token") if eos is None else eos,
        unk=_text(facts, "unk_token") if unk is None else unk,
        unnamed="<EOS>" if makemore else "<PAD>",
    )
    notes = [*_layers_found(found, original, variant), *said]
    if makemore and start is None:
        start = vocabulary.tokens[0]
        notes.append(f"makemore begins every name with its token 0, {start!r}: it was folded in as the start")
    if start and start not in vocabulary:
        raise ConversionError(f"--start: the token {start!r} is not in its vocabulary")
    start_id = vocabulary.tokens.index(start) if start else None
    net = started(padded(original), start_id, found.first_state, variant)
    notes += _start_said(start, list(vocabulary.tokens))
    try:
        model = LanguageModel.from_state_dict(
            vocabulary, state_dict(net), _card(path, facts), facts.get("training_hashes"), variant
        )
    except ModelError as error:
        raise ConversionError(str(error)) from error
    try:
        with np.errstate(all="ignore"):
            model.step(None, model.initial_state())
    except LogitsError as error:
        raise ConversionError("its first step gives numbers that are not finite: its weights are too large") from error
    return Converted(model, notes)


def _layers_found(found: Found, net: Network, variant: str | None) -> list[str]:
    sizes = [layer.w_hh.shape[1] for layer in net.layers]
    gates = len(net.layers[0].w_hh) // sizes[0]
    cell = {1: "RNN", 3: "GRU", 4: "LSTM"}[gates]
    embedding = "one-hot" if net.embedding is None else f"{net.names[0]} {net.embedding.shape}"
    tied = net.embedding is not None and net.names[0] == net.names[1]
    output = f"output layer: {net.names[1]} {net.output_weight.shape}{', tied to the embedding' if tied else ''}"
    notes = [
        f"input: {embedding}",
        f"recurrent: {cell}, units {', '.join(map(str, sizes))}, as {found.layout} names it",
        output,
    ]
    if len(set(sizes)) > 1:
        notes.append(f"the narrower layers get units that are always 0, up to {max(sizes)}: the numbers stay the same")
    if variant is not None:
        notes.append(f"variant of the cell: {variant} (see engine/cell_variants.py)")
    elif gates == 1 and found.layout == "PyTorch":
        notes.append(
            'taken for tanh, which is nn.RNN\'s own; if it was trained with nonlinearity="relu": --variant relu'
        )
    return notes


def _start_said(start: str | None, tokens: list[str]) -> list[str]:
    if start:
        return [f"it starts as after {start!r}: from x<1> = 0 it now computes what it did from that token"]
    likely = [token for token in tokens if special_tokens.role(token) in ("start", "eos")]
    hint = f", perhaps --start '{likely[0]}'" if likely and start is None else ""
    return [f"it starts from x<1> = 0; if training began each sequence with a token, name it: --start TOKEN{hint}"]


def _card(path: Path, facts: dict[str, Any]) -> dict[str, Any]:
    """Its own card, if it is a model file already, else one that says where the model comes from."""
    card = _text(facts, "card")
    return {"origin": f"converted from {path.name}"[:200]} if card is None else read_card(card)


def _text(facts: dict[str, Any], name: str) -> str | None:
    return facts[name] if isinstance(facts.get(name), str) else None
