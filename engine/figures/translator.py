"""What a picture asks for its words: a translator, which the user interface hands in."""

from typing import Protocol


class Translator(Protocol):
    """`tr(key, **values)` is the text of that key in one language, with the plain values written as it says."""

    def __call__(self, key: str, /, **values: object) -> str: ...

    def __hash__(self) -> int: ...
