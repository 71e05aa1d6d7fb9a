"""The card of a model: where it comes from, what it cost, how good it is, and how far back it looks."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import novelty
from engine.cells import Array
from engine.model import LanguageModel, multiply_adds
from engine.scoring import spelling_bits
from engine.training import corpora
from engine.training.backpropagation import Batch, mean_loss
from engine.training.plans import Plan, TrainingText

POSITIONS = 3000  # at which the loss against context is measured
LONGEST_CONTEXT = {"word": 64, "char": 512}  # tokens; of a text without ends, sequences are shorter
_ROWS = 250  # contexts computed side by side


def finished_model(
    weights: dict[str, np.ndarray],
    cost: dict[str, int],
    held_out_loss: float,
    plan: Plan,
    text: TrainingText,
    about: dict[str, Any] | None = None,
) -> LanguageModel:
    """The model of trained `weights` with its card and the hashes of its text.

    `cost`: what the training took ("updates", "seconds" on the clock, "cpu_seconds" of all cores). `held_out_loss`:
    nats per token. `about`: what the card says of the text, "text" (its title), "origin", "licence", "split" and more;
    None: what is known of the plan's corpus.

    Bits per character count the end of a sequence as a character. A word model only has to say <UNK>, not to spell the
    word, so `held_out_bits_per_character` flatters it; `..._spelled` adds for each <UNK> the bits of its letters (see
    `spelling_bits`) and can be compared with that of a character model of the same text.
    """
    if about is None:
        corpus = corpora.CORPORA[plan.corpus]
        about = {
            "text": corpus.title,
            "origin": corpus.origin,
            "licence": corpus.licence,
            "split": "5 % held out by a hash of the piece",
        }
    vocabulary = text.vocabulary
    tokens, held_out_tokens = (sum(map(len, part)) for part in (text.training, text.held_out))
    bits = held_out_loss * held_out_tokens / math.log(2)
    spelled = bits + spelling_bits(*text.unknown_words)
    per_token = multiply_adds(weights)
    card = {
        **about,
        "training_sequences": len(text.training),
        "training_tokens": tokens,
        "held_out_sequences": len(text.held_out),
        "held_out_tokens": held_out_tokens,
        "held_out_characters": text.held_out_characters,
        "cell": plan.cell,
        "hidden": plan.hidden,
        "layers": plan.layers,
        "embedding": plan.embedding,
        "dropout": plan.dropout,
        "batch": plan.batch,
        **cost,
        "parameters": sum(weight.size for weight in weights.values()),
        "multiply_adds_per_token": per_token,
        "multiply_adds_per_sequence": None if text.stream else round(per_token * tokens / len(text.training)),
        "held_out_nats_per_token": round(held_out_loss, 4),
        "held_out_bits_per_character": round(bits / text.held_out_characters, 4),
        "held_out_bits_per_character_spelled": round(spelled / text.held_out_characters, 4),
        "held_out_unk_rate": round(len(text.unknown_words[1]) / held_out_tokens, 4),
        "held_out_fingerprint": text.fingerprint(),
    }
    if text.stream:
        hashes = novelty.window_hashes(text.training[0], vocabulary.level)
    else:
        hashes = novelty.sequence_hashes(text.training)
    return LanguageModel(vocabulary, weights, card, hashes)


def with_loss_by_context(model: LanguageModel, text: TrainingText, positions: int = POSITIONS) -> LanguageModel:
    """The same model whose card also has `loss_by_context`, [[k, nats per token], ...]: how far back it looks.

    At `positions` places of the held-out part, evenly spread, the model sees only the last k = 1, 2, 4, ... tokens: it
    begins with x<1> = 0 and a<0> = 0 just before them (earlier, where the sequence has fewer). The places are the same
    for all k; the last k is as long as the longest sequence, for a text without ends 512 characters or 64 words.
    """
    pieces, ends = text.held_out, np.cumsum([len(piece) for piece in text.held_out])
    places = np.linspace(0, ends[-1] - 1, min(positions, ends[-1])).astype(int)
    at = [(np.searchsorted(ends, place, side="right"), place) for place in places]
    whole = [pieces[k][: place - ends[k] + len(pieces[k]) + 1] for k, place in at]  # up to the token to be predicted
    longest = LONGEST_CONTEXT[text.vocabulary.level] if text.stream else max(map(len, whole)) - 1
    weights = model.state_dict()
    seen = [2**k for k in range(max(1, longest - 1).bit_length() + 1)]
    curve = [[k, round(_loss_after(weights, [tokens[-k - 1 :] for tokens in whole]), 4)] for k in seen]
    characters = round(text.held_out_characters / int(ends[-1]), 4)
    card = model.card | {"loss_by_context": curve, "characters_per_token": characters}
    return LanguageModel(model.vocabulary, weights, card, model.training_hashes)


def _loss_after(weights: dict[str, Array], sequences: list[NDArray[np.intp]]) -> float:
    """The mean loss, in nats, of the last token of each sequence."""
    sequences = sorted(sequences, key=len)
    total = 0.0
    for first in range(0, len(sequences), _ROWS):
        part = sequences[first : first + _ROWS]
        batch = Batch.of_sequences(part)
        last = np.arange(len(batch.mask))[:, None] == [len(sequence) - 1 for sequence in part]
        total += len(part) * mean_loss(weights, batch._replace(mask=last))[0]
    return total / len(sequences)
