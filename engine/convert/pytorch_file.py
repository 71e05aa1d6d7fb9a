"""A PyTorch file as a Checkpoint: a state dict, or a checkpoint that keeps one somewhere inside.

PyTorch is asked for only here; it loads numbers and plain containers, no objects (weights_only).
"""

import argparse
import pickle
import re
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.cells import Array
from engine.convert.checkpoint import Checkpoint, ConversionError, is_token_list

_BESIDE = re.compile(r"(optim|lr_sched|sched|callbacks|loops|scaler)")  # what training keeps beside the weights


def read_pytorch(path: Path) -> Checkpoint:
    try:
        import torch
    except ImportError as error:
        raise ConversionError("it is a PyTorch file, and PyTorch is not installed here: pip install torch") from error
    try:
        with torch.serialization.safe_globals([argparse.Namespace]), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # remarks on old ways to pickle; what fails raises
            loaded = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        found = re.search(r"GLOBAL ([\w.]+)", str(error))
        what = f"a Python object ({found[1]})" if found else "Python objects"
        raise ConversionError(
            f"it holds {what} beside numbers, which could do anything when loaded, so it is not; where it was made, "
            "save the weights alone: torch.save(model.state_dict(), 'weights.pt')"
        ) from error
    except (RuntimeError, EOFError, ValueError, KeyError, AttributeError) as error:
        raise ConversionError(f"PyTorch cannot read it ({str(error).splitlines()[0][:200]})") from error
    arrays: dict[str, Array] = {}
    facts: dict[str, Any] = {}

    def holds_tensors(value: object) -> bool:
        if isinstance(value, Mapping):
            return any(map(holds_tensors, value.values()))
        return isinstance(value, torch.Tensor) or (isinstance(value, list | tuple) and any(map(holds_tensors, value)))

    def walk(value: Any, name: str) -> None:
        if isinstance(value, torch.Tensor):
            if value.is_floating_point() and value.ndim:  # a single number is a loss, not a weight
                dtype = value.dtype if value.dtype in (torch.float64, torch.float32, torch.float16) else torch.float32
                arrays[name] = value.detach().to_dense().to(dtype).numpy()
        elif isinstance(value, argparse.Namespace):
            walk(vars(value), name)
        elif isinstance(value, Mapping) and value.keys() >= {"state", "param_groups"}:
            pass  # an optimizer's
        elif isinstance(value, Mapping) and (holds_tensors(value) or not is_token_list(name)):
            for key, part in value.items():
                if isinstance(part, torch.Tensor) or not _BESIDE.match(str(key).lower()):
                    walk(part, f"{name}.{key}" if name else str(key))
        elif isinstance(value, Sequence) and not isinstance(value, str | bytes) and holds_tensors(value):
            for i, part in enumerate(value):
                walk(part, f"{name}.{i}" if name else str(i))
        else:
            facts[name] = value

    walk(loaded, "")
    return Checkpoint(arrays, facts, _told_variant(facts))


def _told_variant(facts: Mapping[str, Any]) -> str | None:
    """Settings that lie beside the weights may say "relu": nonlinearity="relu", or RNN_RELU as the type of the cell."""
    settings = {name.rpartition(".")[2].lower(): value for name, value in facts.items() if isinstance(value, str)}
    relu = settings.get("nonlinearity", "").lower() == "relu"
    return "relu" if relu or "RNN_RELU" in settings.values() else None
