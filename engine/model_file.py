"""A model on disk: one .npz that `numpy.load(allow_pickle=False)` reads.

Entries: the weights under PyTorch's names (float16 where that loses nothing); `tokens`, an array of texts in softmax
order; `level`, "word" or "char" (absent: "char" if every token is one character, but for those that mark something);
`eos_token` and `unk_token`, "" for none (absent: <EOS>, <UNK> or the only token that is written like one, </s>,
[UNK] and so on: see engine/special_tokens.py); `card`, a JSON object on where the model comes from; `training_hashes`,
uint64, of the sequences it was trained on; `variant`, of the cell (absent: PyTorch's own, see
engine/cell_variants.py). Only weights and tokens are required, so `numpy.savez("mine.npz", **state_dict, tokens=[...])`
of a PyTorch model is a model file.

numpy cannot tell an empty text from the character U+0000; no token is empty, so in `tokens` it means that character.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine import special_tokens
from engine.archive import MAX_BYTES, Archive, Header, ModelError, StrPath, opened
from engine.card import MAX_CARD, read_card
from engine.vocabulary import Vocabulary, VocabularyError

__all__ = ["MAX_BYTES", "Contents", "Facts", "Header", "ModelError", "StrPath", "read", "read_facts", "write"]

Arrays: TypeAlias = dict[str, NDArray[Any]]

MAX_TOKENS = 300_000
MAX_TOKEN = 200  # characters
_TEXT_BYTES = {"tokens": 64 * 2**20, "card": 4 * MAX_CARD}  # as numpy has them, four bytes a character
_TEXTS = {"tokens", "level", "eos_token", "unk_token", "card", "variant"}


class Contents(NamedTuple):
    """All that a file says of a model. `weights`: the arrays by name as they are stored, not yet checked;
    `training_hashes`: uint64, or None; `variant`: of the cell, or None."""

    vocabulary: Vocabulary
    weights: Arrays
    card: dict[str, Any]
    training_hashes: NDArray[np.uint64] | None
    variant: str | None = None


class Facts(NamedTuple):
    """What a file says of a model before its numbers. `weights`: their headers by name, not yet checked."""

    vocabulary: Vocabulary
    card: dict[str, Any]
    weights: dict[str, Header]
    variant: str | None


def read(path: StrPath) -> Contents:
    """What is in the file. Raises ModelError, which names the file and the reason, or OSError (file not found)."""
    try:
        with opened(path) as archive:
            facts = _facts(archive)
            hashes = archive.read("training_hashes") if "training_hashes" in archive.headers else None
            weights = {name: archive.read(name) for name in facts.weights}
    except (ModelError, VocabularyError) as error:
        raise ModelError(error.reason, **error.values).of_file(path) from error
    if hashes is not None:
        hashes.flags.writeable = False
    return Contents(facts.vocabulary, weights, facts.card, hashes, facts.variant)


def read_facts(path: StrPath) -> Facts:
    """All but the numbers: what a list of files needs. Raises as `read` does."""
    try:
        with opened(path) as archive:
            return _facts(archive)
    except (ModelError, VocabularyError) as error:
        raise ModelError(error.reason, **error.values).of_file(path) from error


def write(contents: Contents, path: StrPath) -> None:
    """Write a model to `path`. float32 weights that float16 holds exactly are stored as float16.

    Raises ModelError for a token or a card that could not be read again.
    """
    arrays = {name: _smallest(array) for name, array in contents.weights.items()}
    vocabulary = contents.vocabulary
    card = json.dumps(contents.card, ensure_ascii=False)
    read_card(card)
    _check_tokens(vocabulary.tokens)
    for token in vocabulary.tokens:
        if token.endswith("\0") and token != "\0":
            raise ModelError(
                "the token {token} cannot be saved: numpy drops a U+0000 at the end of a text", token=repr(token)
            )
    arrays["tokens"] = np.array(vocabulary.tokens)
    arrays["level"] = np.array(vocabulary.level)
    arrays["eos_token"] = np.array(vocabulary.eos_token or "")
    arrays["unk_token"] = np.array(vocabulary.unk_token or "")
    arrays["card"] = np.array(card)
    if contents.training_hashes is not None:
        arrays["training_hashes"] = contents.training_hashes
    if contents.variant is not None:
        arrays["variant"] = np.array(contents.variant)
    with open(path, "wb") as file:  # an open file: numpy would add .npz to a name without it
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # its stub takes the names for an argument


def _smallest(array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype != np.float32:
        return array
    with np.errstate(over="ignore"):
        half = array.astype(np.float16)
    return half if np.array_equal(half.astype(np.float32), array) else array


def _facts(archive: Archive) -> Facts:
    headers = dict(archive.headers)
    texts = {name: _text(archive, name) for name in _TEXTS & headers.keys()}
    for name in texts:
        headers.pop(name)
    hashes = headers.pop("training_hashes", None)
    if hashes is not None and (hashes.dtype != np.uint64 or len(hashes.shape) != 1):
        raise ModelError(
            "training_hashes must be a list of uint64, but is {count}-d {dtype}",
            count=len(hashes.shape),
            dtype=hashes.dtype,
        )
    card = read_card(str(texts["card"])) if "card" in texts else {}
    variant = str(texts["variant"]) if "variant" in texts else None
    return Facts(_vocabulary(texts), card, headers, variant or None)


def _text(archive: Archive, name: str) -> NDArray[np.str_]:
    shape, dtype = archive.headers[name]
    if dtype.kind != "U" and not dtype.hasobject:  # of which the archive itself speaks
        raise ModelError("{name} must be text, but has dtype {dtype}", name=name, dtype=dtype)
    if name == "tokens" and len(shape) != 1:
        raise ModelError("it needs an entry 'tokens', the list of its vocabulary in the order of the output layer")
    if name == "tokens" and shape[0] > MAX_TOKENS:
        raise ModelError("it has {count:,} tokens; {max_tokens:,} are allowed", count=shape[0], max_tokens=MAX_TOKENS)
    if archive.headers[name].bytes_in_memory > _TEXT_BYTES.get(name, 4 * MAX_TOKEN):
        kilobytes = archive.headers[name].bytes_in_memory // 1024
        if name == "tokens":
            raise ModelError(
                "tokens takes {kilobytes:,} KB, which is too much; its longest text is too long", kilobytes=kilobytes
            )
        raise ModelError("{name} takes {kilobytes:,} KB, which is too much", name=name, kilobytes=kilobytes)
    texts = archive.read(name)
    codes = np.ascontiguousarray(texts).reshape(-1).view(np.uint32)  # Python cannot even hold wrong ones
    wrong_codes = codes[(codes > 0x10FFFF) | ((codes >= 0xD800) & (codes < 0xE000))]
    if len(wrong_codes):
        raise ModelError(
            "{name} is not valid text: it has the character code {code}",
            name=name,
            code=hex(wrong_codes[0]),
        )
    return texts


def _vocabulary(texts: dict[str, NDArray[np.str_]]) -> Vocabulary:
    if "tokens" not in texts:
        raise ModelError("it needs an entry 'tokens', the list of its vocabulary in the order of the output layer")
    tokens = [token or "\0" for token in texts["tokens"].tolist()]
    _check_tokens(tokens)

    def special(role: str) -> str | None:
        name = f"{role}_token"
        return str(texts[name]) or None if name in texts else special_tokens.find(tokens, role)

    eos_token, unk_token = special("eos"), special("unk")
    level = str(texts["level"]) if "level" in texts else level_of(tokens)
    return Vocabulary(tokens, level, eos_token, unk_token)


def _check_tokens(tokens: Sequence[str]) -> None:
    """Every token travels to every visitor."""
    if len(tokens) > MAX_TOKENS:
        raise ModelError(
            "it has {count:,} tokens; {max_tokens:,} are allowed", count=len(tokens), max_tokens=MAX_TOKENS
        )
    for token in tokens:
        if len(token) > MAX_TOKEN:
            raise ModelError(
                "a token may have {max_token} characters, but {token}… has {count:,}",
                max_token=MAX_TOKEN,
                token=repr(token[:40]),
                count=len(token),
            )


def level_of(tokens: list[str]) -> str:
    """ "char" if every token is one character, but for those that mark something; else "word"."""
    return "char" if all(len(token) == 1 or special_tokens.role(token) for token in tokens) else "word"
