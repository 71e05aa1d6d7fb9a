"""A sentence to begin with for each model, where a page asks for a text."""

from collections.abc import Mapping
from typing import Any

from engine.typed_text import encode_typed
from engine.vocabulary import UnknownTokenError, Vocabulary

# Sentences that fit the text a model was trained on but do not stand in it, by the model's name; else by its level.
PRESETS = {
    "speeches-word": "Cats average 15 hours of sleep a day.",
    "speeches-char": "Cats average 15 hours of sleep a day.",
    "basic-english-word": "And the woman gave water to the king's horse.",
    "shakespeare-char": "The cat hath slept the night away, my lord.",
    "shakespeare-word": "The cat hath slept the night away, my lord.",
    "dinosaurs-rnn": "Felinosaurus",
    "dinosaurs-gru": "Felinosaurus",
    "dinosaurs-lstm": "Felinosaurus",
    "tang-char": "山月照人归，清风入我衣。",
}
FALLBACKS = {"word": "The people of this country want peace.", "char": "Cats average 15 hours of sleep a day."}


def preset(name: str, vocabulary: Vocabulary, card: Mapping[str, Any] | None = None) -> str:
    """A text for the model `name`: the example on its card, which the page Train writes there, or a fallback, of which
    only what a visitor's own vocabulary can spell."""
    example = (card or {}).get("example")
    text = example if isinstance(example, str) and example else PRESETS.get(name, FALLBACKS[vocabulary.level])
    try:
        encode_typed(text, vocabulary)
    except UnknownTokenError:
        known = [piece for piece in vocabulary.split(text) if piece in vocabulary and piece != vocabulary.eos_token]
        return ("" if vocabulary.level == "char" else " ").join(known)
    return text
