"""An error for people to read, whose sentence can be put into another language: its pattern, and what stands in it."""


class ReasonedError(ValueError):
    """`reason`: the English sentence with {placeholders}; `values`: what they stand for; `str()` fills them in."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason.format(**values) if values else reason)
        self.reason, self.values = reason, values
