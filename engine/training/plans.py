"""The plans of the models in pretrained/: which text, which network, how long; and a text made ready for training."""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.cells import CELLS, Array
from engine.training import corpora
from engine.vocabulary import Vocabulary
from engine.words import split_words

EOS, UNK = "<EOS>", "<UNK>"


@dataclass(frozen=True)
class Plan:
    """All that decides a training besides the text and the seed.

    corpus: a name of corpora.CORPORA, or that of a text of one's own. level: "word" or "char". cell: "rnn", "gru"
    or "lstm". updates: how many. batch: sequences (in a stream: places) side by side. learning_rate: of Adam at its
    highest; it rises shortly, then falls along a cosine. embedding: its width, None for one-hot. embedding_std: of
    its first numbers; with a wide one tokens differ from the start, with a narrow one rare tokens begin alike and
    not as noise. vocabulary_size: the most frequent tokens are kept (None: all). unk: whether <UNK> stands for the
    others. max_words: longer sequences are left out. chunk: how many steps the gradient goes back in a stream.
    dropout: see engine/backpropagation.py. evaluate_every: updates. seconds: on the clock, at most, instead (see
    engine/training/schedule.py). patience: so many evaluations after the best one the training ends early; None:
    never. unigram_start: whether the first prediction is how often each token occurs (`unigram_bias`), and not evenly
    spread over all: a short training then need not spend its first hundreds of updates on learning that.
    """

    corpus: str
    level: str
    cell: str
    hidden: int
    updates: int
    batch: int
    learning_rate: float
    embedding: int | None = None
    embedding_std: float = 1.0
    layers: int = 1
    vocabulary_size: int | None = None
    unk: bool = False
    max_words: int = 30
    chunk: int = 100
    dropout: float = 0.0
    evaluate_every: int = 100
    seconds: float | None = None
    patience: int | None = None
    unigram_start: bool = False


PLANS = {
    # The three cells on equal terms.
    "dinosaurs-rnn": Plan(
        "dinosaurs", "char", "rnn", 256, 1200, 64, 0.002, embedding=64, dropout=0.4, evaluate_every=50
    ),
    "dinosaurs-gru": Plan(
        "dinosaurs", "char", "gru", 256, 1200, 64, 0.003, embedding=64, dropout=0.4, evaluate_every=50
    ),
    "dinosaurs-lstm": Plan(
        "dinosaurs", "char", "lstm", 256, 1200, 64, 0.003, embedding=64, dropout=0.4, evaluate_every=50
    ),
    "speeches-word": Plan(
        "speeches", "word", "lstm", 320, 9000, 32, 0.003,
        embedding=256, embedding_std=0.1, vocabulary_size=6000, unk=True, dropout=0.5, evaluate_every=500,
    ),
    "speeches-char": Plan(
        "speeches", "char", "lstm", 384, 6000, 32, 0.004, embedding=64, dropout=0.2, evaluate_every=500
    ),
    "basic-english-word": Plan(
        "basic-english", "word", "lstm", 256, 8000, 64, 0.004,
        embedding=192, vocabulary_size=1500, unk=True, dropout=0.2, evaluate_every=500,
    ),
    "shakespeare-char": Plan(
        "shakespeare", "char", "lstm", 384, 23_000, 32, 0.004,
        embedding=64, chunk=64, dropout=0.05, evaluate_every=1000,
    ),
    "shakespeare-word": Plan(
        "shakespeare", "word", "gru", 320, 3500, 32, 0.003,
        embedding=256, embedding_std=0.1, vocabulary_size=6000, unk=True, chunk=40, dropout=0.4, evaluate_every=500,
    ),
    "tang-char": Plan(
        "tang", "char", "lstm", 384, 3000, 64, 0.003,
        embedding=256, embedding_std=0.1, dropout=0.4, evaluate_every=250,
    ),
}  # fmt: skip


class TrainingText(NamedTuple):
    """A text in token ids, cut for training: sequences that end in <EOS>, or, for a `stream`, one long array a part.

    `held_out_characters`: how many characters the held-out part has, the ends of sequences counted as one each.
    `unknown_words`: those of the training part and of the held-out part for which <UNK> stands, as often as it does.
    """

    vocabulary: Vocabulary
    training: list[NDArray[np.intp]]
    held_out: list[NDArray[np.intp]]
    held_out_characters: int
    stream: bool
    unknown_words: tuple[list[str], list[str]] = ([], [])

    def fingerprint(self) -> str:
        """Of the vocabulary and the held-out part: two models' held-out losses can be compared where it is the same."""
        digest = hashlib.blake2b("\0".join(self.vocabulary.tokens).encode(), digest_size=8)
        for sequence in self.held_out:
            digest.update(sequence.astype("<u4").tobytes())
        return digest.hexdigest()


def prepare(pieces: list[str], plan: Plan, stream: bool = False) -> TrainingText:
    """Clean pieces of text -> token ids, split in two. The vocabulary is that of the training part.

    A held-out piece with a character that the training part lacks is left out. Raises ValueError if a part is empty.
    """
    if not stream:
        pieces = [piece for piece in pieces if len(split_words(piece)) <= plan.max_words]
    training, held_out = corpora.split(pieces)
    if not training or not held_out:
        raise ValueError("the text is too short to hold a part of it out; give one with at least a few dozen sequences")
    vocabulary = vocabulary_of(training, plan.level, plan.vocabulary_size, stream, plan.unk)
    if plan.level == "char":
        held_out = [piece for piece in held_out if all(character in vocabulary for character in piece)]
    return in_token_ids(training, held_out, vocabulary, stream)


def vocabulary_of(training: list[str], level: str, size: int | None, stream: bool, unk: bool) -> Vocabulary:
    """The `size` most frequent tokens of the training part; with <EOS> unless it is a stream, with <UNK> if asked."""
    return Vocabulary.from_texts(training, level, size, None if stream else EOS, UNK if unk else None)


def in_token_ids(training: list[str], held_out: list[str], vocabulary: Vocabulary, stream: bool) -> TrainingText:
    """Both parts of a text in token ids. Raises UnknownTokenError for a token beyond the vocabulary, without <UNK>."""
    end = [] if vocabulary.eos_id is None else [vocabulary.eos_id]

    def in_ids(part: list[str]) -> list[NDArray[np.intp]]:
        sequences = [np.array(vocabulary.encode(piece) + end) for piece in part]
        return [np.concatenate(sequences)] if stream else sequences

    def unknown_words(part: list[str]) -> list[str]:
        return [word for piece in part for word in vocabulary.split(piece) if word not in vocabulary]

    return TrainingText(
        vocabulary,
        in_ids(training),
        in_ids(held_out),
        sum(len(piece) + len(end) for piece in held_out),
        stream,
        (unknown_words(training), unknown_words(held_out)),
    )


def unigram_bias(text: TrainingText) -> Array:
    """log of each token's share of the training part, counted once more than it occurs, (V,) float32."""
    counts = np.bincount(np.concatenate(text.training), minlength=len(text.vocabulary)) + 1.0
    shares: Array = np.log(counts / counts.sum()).astype(np.float32)
    return shares


def initial_weights(plan: Plan, vocabulary_size: int, rng: np.random.Generator) -> dict[str, Array]:
    """Random float32 weights by PyTorch's names, spread as PyTorch spreads them.

    Evenly within 1 / sqrt(hidden); those of the embedding as normal numbers times `plan.embedding_std`. The LSTM's
    forget gates begin open (bias 1, Jozefowicz et al. 2015), so that it remembers until it learns not to.
    """
    gates, hidden = CELLS[plan.cell].gates, plan.hidden
    shapes: dict[str, tuple[int, ...]] = {}
    if plan.embedding is not None:
        shapes["embedding.weight"] = (vocabulary_size, plan.embedding)
    for k in range(plan.layers):
        width = hidden if k else plan.embedding or vocabulary_size
        shapes[f"rnn.weight_ih_l{k}"] = (gates * hidden, width)
        shapes[f"rnn.weight_hh_l{k}"] = (gates * hidden, hidden)
        shapes[f"rnn.bias_ih_l{k}"] = shapes[f"rnn.bias_hh_l{k}"] = (gates * hidden,)
    shapes |= {"output.weight": (vocabulary_size, hidden), "output.bias": (vocabulary_size,)}
    weights = {name: rng.uniform(-1, 1, shape).astype(np.float32) / hidden**0.5 for name, shape in shapes.items()}
    if plan.embedding is not None:
        numbers = rng.standard_normal(shapes["embedding.weight"], dtype=np.float32)
        weights["embedding.weight"] = numbers * np.float32(plan.embedding_std)
    if plan.cell == "lstm":
        for k in range(plan.layers):
            weights[f"rnn.bias_ih_l{k}"][hidden : 2 * hidden] = 1.0
    return weights
