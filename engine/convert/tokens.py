"""The vocabulary of a checkpoint: a list of tokens or a dict, in whatever form projects keep it, in softmax order."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from engine import special_tokens
from engine.convert.checkpoint import ConversionError, token_lists
from engine.model_file import level_of
from engine.vocabulary import Vocabulary, VocabularyError

_SUBWORDS = ("▁", "Ġ", "##", "@@")  # what marks pieces of words: SentencePiece, GPT-2, WordPiece, BPE


class Read(NamedTuple):
    """The vocabulary and, as sentences, what was taken for what."""

    vocabulary: Vocabulary
    notes: list[str]


def read_vocabulary(
    given: object,
    facts: Mapping[str, Any],
    words: int,
    *,
    level: str | None,
    eos: str | None,
    unk: str | None,
    unnamed: str,
) -> Read:
    """The vocabulary of `words` tokens, from `given` (a list, a dict, or None) or else from the checkpoint's own facts.

    `eos`, `unk`: those tokens, "" for none, None to look for them; `unnamed`: what id 0 is called where all others
    have a token. Raises ConversionError, which says what was found.
    """
    sources = token_lists(facts) if given is None else _inside(given) or {"--vocab": given}
    problems = []
    for name, source in sources.items():
        try:
            tokens, notes = _in_order(source, words, unnamed)
        except ConversionError as error:
            problems.append(f"{name}: {error}")
            continue
        found = _vocabulary(tokens, level, eos, unk)
        return Read(
            found.vocabulary, [f"{words:,} tokens from {name}, by {found.vocabulary.level}", *notes, *found.notes]
        )
    if not sources:
        raise ConversionError(
            f"it holds no vocabulary; give its {words:,} tokens in the order of the output layer: --vocab FILE"
        )
    raise ConversionError(f"no vocabulary of {words:,} tokens was found ({'; '.join(problems)})")


def read_list(path: Path) -> object:
    """What `--vocab FILE` gives: JSON, or a text with one token a line. Raises ConversionError or OSError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConversionError(
            f"{path.name} is neither JSON nor a text in UTF-8, one token a line (a pickle could do anything when it "
            "is loaded: write it as JSON)"
        ) from error
    if path.suffix.lower() == ".json" or text.lstrip().startswith(('{"', '["')):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ConversionError(f"{path.name} is not JSON ({error})") from error
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    return [line or "\n" for line in lines]  # an empty line can only be the line end itself


def _inside(given: object) -> dict[str, Any]:
    """The token lists that a given dict holds under their usual names, as a tokenizer does; {} for a plain one."""
    return token_lists(given) if isinstance(given, Mapping) else {}


def _in_order(source: Any, words: int, unnamed: str) -> tuple[list[str], list[str]]:
    """(tokens by id, what was taken for what). Raises ConversionError."""
    if isinstance(source, str):
        source = list(source)
    if isinstance(source, list | tuple):
        if source and all(
            isinstance(part, list | tuple) and len(part) == 2 and isinstance(part[0], str) for part in source
        ):
            source = [part[0] for part in source]  # with a score or a count beside each
        # where the first token has a name of its own, as in makemore, the list may be of the others alone
        first = 1 if unnamed == "<EOS>" and len(source) == words - 1 else 0
        pairs = dict(enumerate(source, start=first))
    elif isinstance(source, Mapping) and source:
        if all(isinstance(value, int) for value in source.values()):
            pairs = {value: key for key, value in source.items()}
            if len(pairs) < len(source):
                raise ConversionError("two tokens have the same number")
        elif all(str(key).isdecimal() for key in source):
            pairs = {int(key): value for key, value in source.items()}
        else:
            raise ConversionError("it is a dict, but neither from tokens to numbers nor from numbers to tokens")
    else:
        raise ConversionError("it is no list and no dict of tokens")
    notes = []
    if pairs and min(pairs) == 1 and max(pairs) == len(pairs) == words:
        pairs = {number - 1: token for number, token in pairs.items()}
        notes.append("numbers from 1 were taken as Lua counts: the first token is the output layer's first row")
    elif pairs and min(pairs) == 1 and max(pairs) == len(pairs) == words - 1:
        pairs[0] = unnamed
        notes.append(f"number 0 has no token in the list; it is called {unnamed}")
    if len(pairs) != words or set(pairs) != set(range(words)):
        missing = next((number for number in range(words) if number not in pairs), None)
        which = f", number {missing} has none" if missing is not None else ""
        raise ConversionError(f"it has {len(pairs):,} tokens for an output layer of {words:,}{which}")
    tokens = [pairs[number] for number in range(words)]
    wrong = next((token for token in tokens if not isinstance(token, str)), None)
    if wrong is not None:
        raise ConversionError(f"a token must be a text, but there is {wrong!r}")
    if "" in tokens and "<PAD>" not in tokens:
        tokens[tokens.index("")] = "<PAD>"
        notes.append("the empty token is called <PAD>")
    return tokens, notes


def _vocabulary(tokens: list[str], level: str | None, eos: str | None, unk: str | None) -> Read:
    notes = []
    roles = {"eos": ("the end", eos), "unk": ("an unknown token", unk)}
    chosen: dict[str, str | None] = {}
    for role, (meaning, given) in roles.items():
        chosen[role] = given or None if given is not None else special_tokens.find(tokens, role)
        if given is None:
            several = [token for token in tokens if special_tokens.role(token) == role]
            found = f"{chosen[role]} was taken for {meaning}" if chosen[role] else f"no token was taken for {meaning}"
            more = f" (there are {', '.join(several)}: choose one with --{role})" if len(several) > 1 else ""
            notes.append(found + more)
    others = [token for token in tokens if special_tokens.role(token) and token not in chosen.values()]
    if others:
        notes.append(f"tokens like any other, though they look like marks: {', '.join(others)}")
    if any(token.startswith(_SUBWORDS[:3]) or token.endswith("@@") for token in tokens if len(token) > 2):
        notes.append("the tokens look like pieces of words; here they are words, so a blank stands between them")
    try:
        vocabulary = Vocabulary(tokens, level or level_of([t for t in tokens if t not in chosen.values()]), **{
            "eos_token": chosen["eos"], "unk_token": chosen["unk"]
        })  # fmt: skip
    except VocabularyError as error:
        raise ConversionError(str(error)) from error
    return Read(vocabulary, notes)
