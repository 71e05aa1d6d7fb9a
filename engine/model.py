"""LanguageModel: input (one-hot or embedding), recurrent layers, output layer. A step is a pure function."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine import model_file
from engine.cells import Array, Parts, linear
from engine.model_file import Contents, ModelError, StrPath
from engine.recipe import MAX_SEED
from engine.sampling import LogitsError
from engine.vocabulary import Vocabulary
from engine.weights import Layer, cell_of, check_headers, checked, may_overflow, multiply_adds, recurrent_layers

StateDict: TypeAlias = Mapping[str, ArrayLike]
Card: TypeAlias = Mapping[str, Any] | None
Hashes: TypeAlias = NDArray[np.uint64] | None
TokenId: TypeAlias = int | NDArray[np.integer[Any]] | None  # None: the zero vector, as for x<1>; (B,) for a batch
__all__ = [
    "LanguageModel", "Layer", "ModelError", "OverflowedError", "State", "TokenId", "multiply_adds", "recurrent_layers",
]  # fmt: skip

MAX_TABLE = 64 * 2**20  # bytes: a larger table of inputs is not made; WikiText's 33,278 words would need 346 MB


class State(NamedTuple):
    """What the network carries from step to step. `h` is a<t>, `c` the LSTM's cell state (None for RNN and GRU).

    Shapes: (num_layers, H) for one sequence, (num_layers, B, H) for a batch.
    """

    h: Array
    c: Array | None = None


class OverflowedError(LogitsError):
    """The logits of `model` are no numbers at some step: it was taken further than its weights carry."""

    def __init__(self, largest: object, model: "LanguageModel") -> None:
        super().__init__(largest)
        self.model = model


class LanguageModel:
    """P(next token | tokens so far), one time step at a time. Its arrays are never written to.

    Built by `from_state_dict` or `load`. `.vocabulary`, `.cell` ("rnn" | "gru" | "lstm"), `.hidden_size`,
    `.num_layers`, `.dtype`; `.card` says where the model comes from, `.training_hashes` which sequences it has seen;
    `.variant`: None for PyTorch's own cell, else its name in engine/cell_variants.py.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        weights: dict[str, Array],
        card: Card = None,
        training_hashes: Hashes = None,
        variant: str | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.variant = variant
        self.card = dict(card or {})
        self.training_hashes = training_hashes
        self._weights = weights
        self.embedding = weights.get("embedding.weight")
        self.output_weight = weights["output.weight"]
        self.output_bias = weights.get("output.bias")
        self.layers = recurrent_layers(weights)
        self.num_layers = len(self.layers)
        self.hidden_size = self.output_weight.shape[1]
        self.dtype = self.output_weight.dtype
        self.cell, self.equations = cell_of(len(self.layers[0].w_hh), self.hidden_size, variant)
        w_ih, _, b_ih, _ = self.layers[0]
        self._zero_input = np.zeros(len(w_ih), self.dtype) if b_ih is None else b_ih
        self._zero_input.flags.writeable = False
        self.input_table = self._tabulate_inputs()
        self.sums_may_overflow = may_overflow(self.embedding, self.layers, self.output_weight, self.output_bias)

    @classmethod
    def from_state_dict(
        cls,
        vocabulary: Vocabulary,
        state_dict: StateDict,
        card: Card = None,
        training_hashes: Hashes = None,
        variant: str | None = None,
    ) -> "LanguageModel":
        """A model from weights under PyTorch's names and in PyTorch's gate order (see engine/weights.py).

        float64 stays float64, float32 and float16 become float32; the arrays are copied, so that later changes outside
        do not show. `variant`: see engine/cell_variants.py. Raises ModelError, naming the weight.
        """
        arrays = {name: np.array(value) for name, value in state_dict.items()}
        return cls(vocabulary, checked(len(vocabulary), arrays, variant), card, training_hashes, variant)

    @classmethod
    def load(cls, path: StrPath) -> "LanguageModel":
        """The model in an .npz file; see engine/model_file.py for its format. Raises ModelError or OSError."""
        vocabulary, arrays, card, training_hashes, variant = model_file.read(path)
        try:
            return cls(vocabulary, checked(len(vocabulary), arrays, variant), card, training_hashes, variant)
        except ModelError as error:
            raise error.of_file(path) from error

    @classmethod
    def look_into(cls, path: StrPath) -> tuple[Vocabulary, dict[str, Any]]:
        """(vocabulary, card) of a file, once the names, shapes and dtypes of its weights are those of a model.

        The numbers are not read where the file has a card: then it was written by `save`, from weights that were
        checked, and reading takes a hundred times as long. Raises ModelError or OSError.
        """
        facts = model_file.read_facts(path)
        try:
            check_headers(len(facts.vocabulary), facts.weights, facts.variant)
        except ModelError as error:
            raise error.of_file(path) from error
        if not facts.card:
            cls.load(path)
        return facts.vocabulary, facts.card

    def save(self, path: StrPath) -> None:
        """Write the model as an .npz file that `load` gives back bit for bit."""
        model_file.write(Contents(self.vocabulary, self._weights, self.card, self.training_hashes, self.variant), path)

    @property
    def opening_seed(self) -> int:
        """The seed that this model is shown with first, as its card names it; 0 where that names none.

        A card may come from anyone, so what is no seed counts as none.
        """
        seed = self.card.get("opening_seed")
        return seed if type(seed) is int and 0 <= seed <= MAX_SEED else 0

    def __repr__(self) -> str:
        """One line, as `<LanguageModel: LSTM of 320 units, 6,000 tokens (word), US presidents' speeches>`."""
        layers = "" if self.num_layers == 1 else f"{self.num_layers} layers of "
        name = self.card.get("name", self.card.get("text"))
        known = f", {name}" if isinstance(name, str) and name else ""
        tokens = f"{len(self.vocabulary):,} tokens ({self.vocabulary.level})"
        return f"<LanguageModel: {self.cell.upper()}, {layers}{self.hidden_size} units, {tokens}{known}>"

    def state_dict(self) -> dict[str, Array]:
        """The weights by PyTorch's names; read-only arrays."""
        return dict(self._weights)

    def initial_state(self, batch: int | None = None) -> State:
        """a<0> = 0 (and c<0> = 0): shape (num_layers, H), or (num_layers, batch, H)."""
        shape = (self.num_layers, self.hidden_size) if batch is None else (self.num_layers, batch, self.hidden_size)
        return State(*(np.zeros(shape, self.dtype) for _ in self.equations.state_names))

    def step(self, token_id: TokenId, state: State) -> tuple[Array, State]:
        """One time step: (x<t>, a<t-1>) -> (logits of yhat<t>, shape (V,); a<t>). None feeds the zero vector, as x<1>.

        For a batch: token ids (B,) and a state of `initial_state(B)` give logits (B, V). A matrix product rounds
        differently from a product with one vector, so the two agree to about 1e-6, not bit for bit. Raises as `logits`.
        """
        state = self.advance(token_id, state)
        return self.logits(state), state

    def advance(self, token_id: TokenId, state: State) -> State:
        """The recurrent part of `step` alone: a<t> without its logits."""
        return self._advance(token_id, state)[0]

    def logits(self, state: State) -> Array:
        """The output part of `step` alone: the scores of all tokens from a<t>, (V,), or (B, V) for a batch.

        Raises OverflowedError, a LogitsError, where they are no numbers, as when units without a bound have exploded.
        It looks for that where it can be: not after a step of bounded units whose sums never overflow.
        """
        if self.variant is None and not self.sums_may_overflow:  # nearly always, and a look is a twentieth of a step
            return linear(state.h[-1], self.output_weight, self.output_bias)
        with np.errstate(over="ignore", invalid="ignore"):  # said by the error
            logits = linear(state.h[-1], self.output_weight, self.output_bias)
        largest = logits.max()  # of a batch too: a NaN anywhere is the maximum
        if not isfinite(largest):
            raise OverflowedError(largest, self)
        return logits

    def gates(self, token_id: TokenId, state: State) -> list[dict[str, Array]]:
        """For each layer the gates of `step` by name, (H,) each, between 0 and 1; the plain RNN has none."""
        opened = self._advance(token_id, state)[1]
        return [dict(zip(self.equations.gate_names, gates, strict=True)) for gates in opened]

    def _advance(self, token_id: TokenId, state: State) -> tuple[State, list[Parts]]:
        if isinstance(token_id, (int, np.integer)) and not 0 <= token_id < len(self.vocabulary):
            raise IndexError(f"token_id must be from 0 to {len(self.vocabulary) - 1}, but is {token_id}")
        if token_id is None:
            x_part = self._zero_input
        elif self.input_table is not None:
            x_part = self.input_table[token_id]
        else:
            x_part = self._input_part(token_id)
        new_states, opened = list[Parts](), list[Parts]()
        before = [part for part in state[: len(self.equations.state_names)] if part is not None]
        for i, layer in enumerate(self.layers):
            if i:
                x_part = linear(new_states[-1][0], layer.w_ih, layer.b_ih)
            new_state, gates = self.equations.step(x_part, [part[i] for part in before], layer.w_hh, layer.b_hh)
            new_states.append(new_state)
            opened.append(gates)
        if len(new_states) == 1:  # needs no copy
            return State(*[part[np.newaxis] for part in new_states[0]]), opened
        return State(*map(np.array, zip(*new_states, strict=True))), opened

    def _input_part(self, token_id: int | NDArray[np.integer[Any]] | slice) -> Array:
        """W_ih x + b_ih of the first layer, (G * H,), or (B, G * H) for several tokens.

        A one-hot x picks a column of W_ih, and an embedding is picked by one.
        """
        w_ih, _, b_ih, _ = self.layers[0]
        if self.embedding is None:
            part: Array = w_ih.T[token_id] + self._zero_input
            return part
        return linear(self.embedding[token_id], w_ih, b_ih)

    def _tabulate_inputs(self) -> Array | None:
        """`_input_part` of every token, (V, G * H), known in advance; None where it would be larger than MAX_TABLE."""
        if len(self.vocabulary) * len(self.layers[0].w_ih) * self.dtype.itemsize > MAX_TABLE:
            return None
        table = np.ascontiguousarray(self._input_part(slice(None)))
        table.flags.writeable = False
        return table
