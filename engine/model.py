"""LanguageModel: input (one-hot or embedding), recurrent layers, output layer. A step is a pure function."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine import model_file
from engine.cells import CELLS, Array, Parts, linear
from engine.model_file import Contents, ModelError, StrPath
from engine.recipe import MAX_SEED
from engine.vocabulary import Vocabulary

StateDict: TypeAlias = Mapping[str, ArrayLike]
Card: TypeAlias = Mapping[str, Any] | None
Hashes: TypeAlias = NDArray[np.uint64] | None
TokenId: TypeAlias = int | NDArray[np.integer[Any]] | None  # None: the zero vector, as for x<1>; (B,) for a batch
__all__ = ["LanguageModel", "Layer", "ModelError", "State", "TokenId", "multiply_adds"]


class State(NamedTuple):
    """What the network carries from step to step. `h` is a<t>, `c` the LSTM's cell state (None for RNN and GRU).

    Shapes: (num_layers, H) for one sequence, (num_layers, B, H) for a batch.
    """

    h: Array
    c: Array | None = None


class Layer(NamedTuple):
    """One recurrent layer's weights: w_ih (G * H, input size), w_hh (G * H, H), biases (G * H,) or None."""

    w_ih: Array
    w_hh: Array
    b_ih: Array | None
    b_hh: Array | None


def recurrent_layers(weights: Mapping[str, Array]) -> tuple[Layer, ...]:
    """The recurrent layers of a table of weights, the one next to the input first."""
    depth = sum(name.startswith("rnn.weight_hh_l") for name in weights)
    return tuple(
        Layer(
            weights[f"rnn.weight_ih_l{k}"],
            weights[f"rnn.weight_hh_l{k}"],
            weights.get(f"rnn.bias_ih_l{k}"),
            weights.get(f"rnn.bias_hh_l{k}"),
        )
        for k in range(depth)
    )


class LanguageModel:
    """P(next token | tokens so far), one time step at a time. Its arrays are never written to.

    Built by `from_state_dict` or `load`. `.vocabulary`, `.cell` ("rnn" | "gru" | "lstm"), `.hidden_size`,
    `.num_layers`, `.dtype`; `.card` says where the model comes from, `.training_hashes` which sequences it has seen.
    """

    def __init__(
        self, vocabulary: Vocabulary, weights: dict[str, Array], card: Card = None, training_hashes: Hashes = None
    ) -> None:
        self.vocabulary = vocabulary
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
        gates = len(self.layers[0].w_hh) // self.hidden_size
        self.cell = next(name for name, cell in CELLS.items() if cell.gates == gates)
        self.equations = CELLS[self.cell]
        self._input_table, self._zero_input = self._tabulate_inputs()

    @classmethod
    def from_state_dict(
        cls,
        vocabulary: Vocabulary,
        state_dict: StateDict,
        card: Card = None,
        training_hashes: Hashes = None,
    ) -> "LanguageModel":
        """A model from weights under PyTorch's names and in PyTorch's gate order (see engine/cells.py).

        `embedding.weight` (V, E), absent for one-hot input; `rnn.weight_ih_l0` (G * H, E or V), `rnn.weight_hh_l0`
        (G * H, H), `rnn.bias_ih_l0`, `rnn.bias_hh_l0` (G * H,), the biases all present or all absent, `_l1` and so on
        for deeper layers; `output.weight` (V, H), `output.bias` (V,) or absent. float64 stays float64, float32 and
        float16 become float32. Raises ModelError, naming the weight.
        """
        return cls(vocabulary, _checked_weights(vocabulary, state_dict), card, training_hashes)

    @classmethod
    def load(cls, path: StrPath) -> "LanguageModel":
        """The model in an .npz file; see engine/model_file.py for its format. Raises ModelError or OSError."""
        contents = model_file.read(path)
        try:
            return cls.from_state_dict(*contents)
        except ModelError as error:
            raise error.of_file(path) from error

    def save(self, path: StrPath) -> None:
        """Write the model as an .npz file that `load` gives back bit for bit."""
        model_file.write(Contents(self.vocabulary, self._weights, self.card, self.training_hashes), path)

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
        differently from a product with one vector, so the two agree to about 1e-6, not bit for bit.
        """
        state = self.advance(token_id, state)
        return self.logits(state), state

    def advance(self, token_id: TokenId, state: State) -> State:
        """The recurrent part of `step` alone: a<t> without its logits."""
        return self._advance(token_id, state)[0]

    def logits(self, state: State) -> Array:
        """The output part of `step` alone: the scores of all tokens from a<t>, (V,), or (B, V) for a batch."""
        return linear(state.h[-1], self.output_weight, self.output_bias)

    def gates(self, token_id: TokenId, state: State) -> list[dict[str, Array]]:
        """For each layer the gates of `step` by name, (H,) each, between 0 and 1; the plain RNN has none."""
        opened = self._advance(token_id, state)[1]
        return [dict(zip(self.equations.gate_names, gates, strict=True)) for gates in opened]

    def _advance(self, token_id: TokenId, state: State) -> tuple[State, list[Parts]]:
        if isinstance(token_id, (int, np.integer)) and not 0 <= token_id < len(self.vocabulary):
            raise IndexError(f"token_id must be from 0 to {len(self.vocabulary) - 1}, but is {token_id}")
        x_part = self._zero_input if token_id is None else self._input_table[token_id]
        parts = len(self.equations.state_names)
        new_states, opened = list[Parts](), list[Parts]()
        for k, layer in enumerate(self.layers):
            if k > 0:
                x_part = linear(new_states[-1][0], layer.w_ih, layer.b_ih)
            before = [part[k] for part in state[:parts] if part is not None]
            new_state, gates = self.equations.step(x_part, before, layer.w_hh, layer.b_hh)
            new_states.append(new_state)
            opened.append(gates)
        return State(*map(np.array, zip(*new_states, strict=True))), opened

    def _tabulate_inputs(self) -> tuple[Array, Array]:
        """W_ih x + b_ih of the first layer for every token, (V, G * H), and for x = 0, (G * H,).

        A one-hot x picks a column of W_ih, and an embedding is picked by one: so this product is known in advance.
        """
        w_ih, _, b_ih, _ = self.layers[0]
        table = w_ih.T if self.embedding is None else self.embedding @ w_ih.T
        zero_input = np.zeros(len(w_ih), self.dtype) if b_ih is None else b_ih
        return np.ascontiguousarray(table + zero_input), zero_input


def _checked_weights(vocabulary: Vocabulary, state_dict: StateDict) -> dict[str, Array]:
    arrays: dict[str, Array] = {}
    for name, value in state_dict.items():
        array = np.asarray(value)
        if array.dtype.kind != "f":
            raise ModelError(f"{name} must hold floating-point numbers, but has dtype {array.dtype}")
        if array.dtype.itemsize > 8:
            raise ModelError(f"{name} must be float64, float32 or float16, but is {array.dtype}")
        if not np.isfinite(array).all():
            raise ModelError(f"{name} must be finite, but holds NaN or infinity")
        arrays[name] = array
    for name in ("rnn.weight_ih_l0", "rnn.weight_hh_l0", "output.weight"):
        if name not in arrays:
            raise ModelError(f"the weight {name} is missing")
        if arrays[name].ndim != 2 or 0 in arrays[name].shape:
            raise ModelError(f"{name} must be a matrix, but has shape {arrays[name].shape}")

    size = arrays["rnn.weight_hh_l0"].shape[1]
    gates, left_over = divmod(len(arrays["rnn.weight_hh_l0"]), size)
    if left_over or gates not in (cell.gates for cell in CELLS.values()):
        raise ModelError(
            f"rnn.weight_hh_l0 must have 1 (RNN), 3 (GRU) or 4 (LSTM) times as many rows as columns, "
            f"but has shape {arrays['rnn.weight_hh_l0'].shape}"
        )
    expected = _expected_shapes(len(vocabulary), size, gates, arrays)
    for name in expected:
        if name not in arrays:
            raise ModelError(f"the weight {name} is missing")
    for name, array in arrays.items():
        if name not in expected:
            raise ModelError(f"the weight {name} is unknown; expected are {', '.join(expected)}")
        if array.shape != expected[name]:
            raise ModelError(f"{name} must have shape {expected[name]}, but has {array.shape}")

    dtype = np.float64 if any(array.dtype == np.float64 for array in arrays.values()) else np.float32
    weights = {}
    for name in expected:
        weights[name] = np.array(arrays[name], dtype=dtype, order="C")  # a copy: later changes outside do not show
        weights[name].flags.writeable = False
    return weights


def _expected_shapes(words: int, size: int, gates: int, arrays: Mapping[str, Array]) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {}
    width = words
    if "embedding.weight" in arrays:
        width = arrays["embedding.weight"].shape[-1] if arrays["embedding.weight"].ndim else 0
        shapes["embedding.weight"] = (words, width)
    layers = sum(name.startswith("rnn.weight_hh_l") for name in arrays)
    with_bias = any(name.startswith("rnn.bias_") for name in arrays)
    for k in range(layers):
        shapes[f"rnn.weight_ih_l{k}"] = (gates * size, width if k == 0 else size)
        shapes[f"rnn.weight_hh_l{k}"] = (gates * size, size)
        if with_bias:
            shapes[f"rnn.bias_ih_l{k}"] = shapes[f"rnn.bias_hh_l{k}"] = (gates * size,)
    shapes["output.weight"] = (words, size)
    if "output.bias" in arrays:
        shapes["output.bias"] = (words,)
    return shapes


def multiply_adds(weights: dict[str, Array]) -> int:
    """Multiply-adds of one time step: every number of a matrix once; a one-hot or embedded token is looked up."""
    matrices = {name: weight.size for name, weight in weights.items() if weight.ndim == 2}
    looked_up = "embedding.weight" if "embedding.weight" in weights else "rnn.weight_ih_l0"
    return sum(size for name, size in matrices.items() if name != looked_up)
