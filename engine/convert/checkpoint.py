"""What a file of another project holds: arrays by name, and the facts beside them; among these the lists of tokens."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from engine.cells import Array

TOKEN_LISTS = (
    "tokens", "chars", "characters", "all_characters", "itos", "stoi", "idx2char", "char2idx", "idx2word", "word2idx",
    "int2char", "char2int", "idx_to_char", "char_to_idx", "ix_to_char", "char_to_ix", "idx_to_token", "token_to_idx",
    "idx_to_word", "word_to_idx", "ix_to_word", "word_to_ix", "id2token", "token2id", "id_to_token", "token_to_id",
    "id2word", "word2id", "vocab", "vocabulary", "word_index", "index_word", "dictionary",
)  # fmt: skip


class ConversionError(ValueError):
    """A file that cannot become a model of this engine; the message says what it has, and what to do."""


class Checkpoint(NamedTuple):
    """`arrays`: all that may be weights, by dotted name; `facts`: what stands beside them, by dotted name too;
    `variant`: of the cell, where the file tells (see engine/cell_variants.py)."""

    arrays: dict[str, Array]
    facts: dict[str, Any]
    variant: str | None = None


def is_token_list(name: str) -> bool:
    return name.rpartition(".")[2].lower() in TOKEN_LISTS


def token_lists(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Whatever among the facts may list the tokens, by name, at any depth."""
    found: dict[str, Any] = {}

    def walk(value: Any, name: str) -> None:
        if name and is_token_list(name):
            found[name] = parsed(value) if isinstance(value, str) and value.startswith(("{", "[")) else value
        if isinstance(value, Mapping):
            for key, part in value.items():
                if isinstance(part, Mapping | list | tuple | str):
                    walk(part, f"{name}.{key}" if name else str(key))

    walk(facts, "")
    return found


def parsed(value: Any) -> Any:
    """A text as what it is JSON of, if it is: some keep lists and dicts of tokens so."""
    try:
        return json.loads(value)
    except (ValueError, TypeError, RecursionError):
        return value
