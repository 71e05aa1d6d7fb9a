"""Text to token ids and back, by character or by word, with the optional tokens <EOS> and <UNK>."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine import special_tokens
from engine.reasons import ReasonedError
from engine.words import is_unspaced, join_words, split_words

TokenIds: TypeAlias = Sequence[int] | NDArray[np.integer[Any]]

LEVELS = ("word", "char")


class VocabularyError(ReasonedError):
    """A list of tokens that cannot be a vocabulary."""


class UnknownTokenError(ValueError):
    """A text with a character or word that a vocabulary without <UNK> lacks. `.token` is that piece of text."""

    def __init__(self, token: str, level: str):
        self.token, self.level = token, level
        kind = "character" if level == "char" else "word"
        super().__init__(f"the {kind} {token!r} is not in this vocabulary; leave it out or write it in another way")


class Vocabulary:
    """The tokens a model knows, in the order of its softmax; read-only.

    >>> vocabulary = Vocabulary(["<EOS>", "<UNK>", "Cats", "sleep", "."], "word", "<EOS>", "<UNK>")
    >>> vocabulary.encode("Cats snore.")
    [2, 1, 4]
    >>> vocabulary.decode([2, 1, 4])
    'Cats <UNK>.'
    """

    def __init__(self, tokens: Iterable[str], level: str, eos_token: str | None = None, unk_token: str | None = None):
        """`tokens`: each token once; at level "char" all are single characters but the special tokens and
        those that are written like one (<PAD>; see engine/special_tokens.py).

        Raises VocabularyError, with the token and the reason.
        """
        tokens = tuple(tokens)
        if level not in LEVELS:
            raise VocabularyError(
                "level must be one of {levels}, but is {level}", levels=", ".join(LEVELS), level=repr(level)
            )
        if not all(isinstance(token, str) and token for token in tokens):
            raise VocabularyError("every token must be a text of at least one character")
        if len(set(tokens)) < len(tokens):
            repeated = Counter(tokens).most_common(1)[0][0]
            raise VocabularyError("every token must occur once, but {token} occurs again", token=repr(repeated))
        if eos_token is not None and eos_token == unk_token:
            raise VocabularyError("eos_token and unk_token must differ, but both are {token}", token=repr(eos_token))
        special = [token for token in (eos_token, unk_token) if token is not None]
        for token in special:
            if token not in tokens:
                raise VocabularyError("the special token {token} must be among the tokens", token=repr(token))
        if len(tokens) == len(special):
            raise VocabularyError("a vocabulary needs at least one token besides the special ones")
        if level == "char":
            for token in tokens:
                if len(token) != 1 and token not in special and special_tokens.role(token) is None:
                    raise VocabularyError(
                        "at level 'char' a token is one character, but {token} has {count}",
                        token=repr(token),
                        count=len(token),
                    )
        self.tokens, self.level = tokens, level
        self.eos_token, self.unk_token = eos_token, unk_token
        self._ids = {token: i for i, token in enumerate(tokens)}
        self.eos_id = None if eos_token is None else self._ids[eos_token]
        self.unk_id = None if unk_token is None else self._ids[unk_token]

    @classmethod
    def from_texts(
        cls,
        texts: Iterable[str],
        level: str,
        size: int | None = None,
        eos_token: str | None = None,
        unk_token: str | None = None,
    ) -> "Vocabulary":
        """The vocabulary of a training text: the `size` most frequent tokens (special ones included), in sorted order.

        Special tokens come first. Ties of frequency go to the token that sorts first, so the same text always gives
        the same vocabulary.
        """
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(text if level == "char" else split_words(text))
        special = [token for token in (eos_token, unk_token) if token is not None]
        for token in special:
            counts.pop(token, None)
        kept = sorted(counts, key=lambda token: (-counts[token], token))
        if size is not None:
            kept = kept[: max(0, size - len(special))]
        return cls(special + sorted(kept), level, eos_token, unk_token)

    def __len__(self) -> int:
        return len(self.tokens)

    def __contains__(self, token: str) -> bool:
        return token in self._ids

    @property
    def ordinary(self) -> list[str]:
        """The tokens but <EOS> and <UNK>."""
        return [token for token in self.tokens if token not in (self.eos_token, self.unk_token)]

    @cached_property
    def alphabet(self) -> frozenset[str]:
        """All characters of the tokens but <EOS> and <UNK>."""
        return frozenset("".join(self.ordinary))

    @cached_property
    def _unspaced(self) -> tuple[frozenset[str], int]:
        """The words of scripts without blanks, and the length of the longest."""
        words = frozenset(filter(is_unspaced, self.ordinary))
        return words, max(map(len, words), default=1)

    def split(self, text: str) -> list[str]:
        """The pieces of `text` that `encode` gives one id each, as written (unknown words included)."""
        if self.level == "char":
            parts = [text] if self.unk_token is None else text.split(self.unk_token)
            return [piece for i, part in enumerate(parts) for piece in [*[self.unk_token or ""] * (i > 0), *part]]
        pieces = split_words(text, self.unk_token, *self._unspaced)
        return pieces if "\n" in self._ids else [piece for piece in pieces if piece != "\n"]

    def unknown(self, text: str) -> list[str]:
        """The pieces of `text` that are not in the vocabulary, each once, in the order of the text."""
        return [piece for piece in dict.fromkeys(self.split(text)) if piece not in self]

    def encode(self, text: str) -> list[int]:
        """The token ids of `text`; <EOS> is never among them.

        What is not in the vocabulary becomes <UNK>. Raises UnknownTokenError where there is no <UNK> to become.

        >>> Vocabulary("abc ", "char").encode("a cab")
        [0, 3, 2, 0, 1]
        """
        ids = []
        for piece in self.split(text):
            token_id = self._ids.get(piece) if piece != self.eos_token else None
            if token_id is None:
                if self.unk_id is None:
                    raise UnknownTokenError(piece, self.level)
                token_id = self.unk_id
            ids.append(token_id)
        return ids

    def decode(self, ids: TokenIds) -> str:
        """The text of token ids, spaced as it is written; <EOS> is a mark and leaves no trace, <UNK> is shown.

        >>> Vocabulary(["<EOS>", "Cats", "sleep", "."], "word", "<EOS>").decode([1, 2, 3, 0])
        'Cats sleep.'
        """
        pieces = [self.tokens[i] for i in ids if i != self.eos_id]
        return "".join(pieces) if self.level == "char" else join_words(pieces)
