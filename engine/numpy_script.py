"""A run as a script of plain numpy: beside the model's file it prints the very same tokens, and the text of them.

It is put together from what the run needs: the equations of its cell, its settings, its rules. Its products are those
of engine/cells.py and engine/model.py in the same order, so that the numbers are the same to the last bit; its filters
are those of engine/filters.py, its draws those of engine/time_step.py, each for one row. Where a setting is changed on
the way, what is off at times is asked for at every step.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.model import LanguageModel
from engine.run import Run
from engine.sampling import FILTERS
from engine.script_needs import ScriptNeeds

# By cell or variant; {a}, {c}: a<t> and c<t> of the layer. In a model without biases " + b_aa" goes.
_CELLS = {
    "rnn": ["{a} = np.tanh(W_aa @ {a} + b_aa + x)"],
    "relu": ["{a} = np.maximum(W_aa @ {a} + b_aa + x, 0)"],
    "gru": [
        "x, h = x.reshape(3, -1), (W_aa @ {a} + b_aa).reshape(3, -1)",
        "r, z = sigmoid(x[:2] + h[:2])  # the lecture's Γr and 1 - Γu",
        "n = np.tanh(x[2] + r * h[2])  # the candidate",
        "{a} = n + z * ({a} - n)",
    ],
    "reset-before": [
        "edge = 2 * len({a})",
        "r, z = np.split(sigmoid(W_aa[:edge] @ {a} + b_aa[:edge] + x[:edge]), 2)  # the lecture's Γr and 1 - Γu",
        "n = np.tanh(W_aa[edge:] @ (r * {a}) + b_aa[edge:] + x[edge:])  # the candidate",
        "{a} = n + z * ({a} - n)",
    ],
    "lstm": [
        "i, f, g, o = np.split(W_aa @ {a} + b_aa + x, 4)  # the lecture's Γu, Γf, candidate, Γo",
        "{c} = sigmoid(f) * {c} + sigmoid(i) * np.tanh(g)",
        "{a} = sigmoid(o) * np.tanh({c})",
    ],
}
_FILTERS = {
    "top_k": ["p[order[top_k:]] = 0"],
    "top_p": [
        "ranked = p[order]",
        "left = np.append(ranked[:0:-1].cumsum()[::-1], 0)  # the share of all that are less likely",
        "few = ranked.cumsum() * (1 - top_p) < left * top_p * (1 - ROUNDING)  # not yet the share top_p",
        "p[order[few.sum() + 1:]] = 0",
    ],
    "min_p": ["p[p < (min_p * (1 - ROUNDING) if min_p < 1 else 1) * p.max()] = 0"],
}


def numpy_script(run: Run, model_name: str) -> str:
    """The script of the steps of `run` that are out; it reads `model_name`.npz of the folder that it is run in.

    At most 60 lines, however long the run: a table of it (its prompt, its changes, its blanks) is one line each.
    """
    script = _Script(ScriptNeeds(run))
    opening = (*script.model_lines(model_name), *script.recipe_lines())
    sections = (opening, script.softmax_lines(), script.step_lines())
    return "\n".join("".join(f"{line}\n" for line in section) for section in sections)


@dataclass(frozen=True)
class _Script:
    """The sections of the script."""

    needs: ScriptNeeds

    @property
    def model(self) -> LanguageModel:
        return self.needs.model

    def model_lines(self, model_name: str) -> Iterator[str]:
        """The model: its tokens, its weights with the lecture's letters."""
        model = self.model
        yield '"""A sequence again, with numpy alone: a<t-1> and x<t> make a<t>, that ŷ<t>, a draw from it x<t+1>."""'
        wide = not "".join(model.vocabulary.tokens).isascii()
        yield 'import os; os.environ["OPENBLAS_NUM_THREADS"] = "1"  # sums in the order in which the page makes them'
        yield from ['import sys; sys.stdout.reconfigure(encoding="utf-8")'] * wide
        yield "import numpy as np"
        yield f"file = np.load({model_name + '.npz'!r})"
        yield 'tokens = [token or "\\0" for token in file["tokens"].tolist()]'
        yield f"weight = lambda name: np.ascontiguousarray(file[name], np.{model.dtype})"
        names = "('weight_ih', 'weight_hh', 'bias_ih', 'bias_hh')"
        if model.num_layers == 1:
            yield self.needs.biased(f"W_ax, W_aa, b_ax, b_aa = [weight(f'rnn.{{name}}_l0') for name in {names}]")
        else:
            one = f"[weight(f'rnn.{{name}}_l{{k}}') for name in {names}]"
            yield self.needs.biased(f"layers = [{one} for k in range({model.num_layers})]")
            yield self.needs.biased("W_ax, W_aa, b_ax, b_aa = layers[0]")
        if model.embedding is not None and model.input_table is None:
            yield "E = weight('embedding.weight')"
        elif model.embedding is not None:
            yield self.needs.biased(
                "inputs = weight('embedding.weight') @ W_ax.T + b_ax  # what each token brings into a<t>"
            )
        yield "W_ya = weight('output.weight')" + "; b_y = weight('output.bias')" * (model.output_bias is not None)
        if model.cell != "rnn":
            yield "sigmoid = lambda x: 0.5 * np.tanh(0.5 * x) + 0.5"

    def recipe_lines(self) -> Iterator[str]:
        """All that decides the run of the model."""
        run, vocabulary = self.needs.run, self.model.vocabulary
        yield f"SEED, STEPS = {run.recipe.seed}, {len(run.out)}  # of at most {run.last} steps"
        special = {"EOS": vocabulary.eos_token} if any(self.needs.values("stop")) else {}
        special |= {"UNK": vocabulary.unk_token} if self.needs.rejects else {}
        if special:
            yield "; ".join(f"{name} = tokens.index({token!r})" for name, token in special.items())
        if {"top_p", "min_p"} & set(self.needs.filters):
            eps = f"float(np.finfo(np.{self.model.dtype}).eps)"
            yield f"ROUNDING = 2 * {eps} + len(tokens) * 2.0**-52  # by which sums and ratios may be off"
        if any(step.origin != "drawn" for step in run.out):
            yield f"FIXED = {self.needs.fixed()}  # the prompt, and tokens chosen by hand"
        if vocabulary.level == "word":
            yield f"JOINED = {self.needs.joined() or '{}'}  # the steps whose token has no blank before it"
        if self.needs.named:
            values = ", ".join(repr(self.needs.rules[1][name]) for name in self.needs.named)
            yield (
                f"{', '.join(self.needs.named)} = {values}"
                + "  # draws: so many at most in a step" * self.needs.rejects
            )
        if self.needs.changing:
            table = {t: [rules[name] for name in self.needs.changing] for t, rules in self.needs.rules.items() if t > 1}
            yield f"CHANGES = {table}  # of {', '.join(self.needs.changing)}, from these steps on"

    def softmax_lines(self) -> Iterator[str]:
        """From logits to the distribution of the draw."""
        temperatures, greedy = self.needs.values("T"), "(np.arange(len(logits)) == logits.argmax()) * 1.0  # greedy"
        yield "def softmax(logits):" + "  # with temperature and filters" * any(
            n in self.needs.named for n in ("T", *FILTERS)
        )
        if temperatures == [0]:
            yield f"    return {greedy}"
            return
        if 0 in temperatures:
            yield f"    if T == 0: return {greedy}"
        scores = "logits.astype(float) - logits.max()"
        yield f"    p = np.exp(({scores}) / T)" if "T" in self.needs.named else f"    p = np.exp({scores})"
        if not self.needs.filters:
            yield "    return p / p.sum()"
            return
        yield "    p /= p.sum()"
        if {"top_k", "top_p"} & set(self.needs.filters):
            yield '    order = np.argsort(-p, kind="stable")  # the likeliest first'
        for name in self.needs.filters:
            yield from self._filter(name)
        on = " or ".join(f"{name} is not None" for name in self.needs.filters)
        always = any(None not in self.needs.values(name) for name in self.needs.filters)
        yield "    return p / p.sum()" if always else f"    return p / p.sum() if {on} else p"

    def _filter(self, name: str) -> Iterator[str]:
        lines = _FILTERS[name]
        if None not in self.needs.values(name):
            yield from (f"    {line}" for line in lines)
        elif len(lines) == 1:
            yield f"    if {name} is not None: {lines[0]}"
        else:
            yield f"    if {name} is not None:"
            yield from (f"        {line}" for line in lines)

    def step_lines(self) -> Iterator[str]:
        """Step after step."""
        model, vocabulary = self.model, self.model.vocabulary
        one = f"np.zeros({model.hidden_size}, np.{model.dtype})"
        zeros = one if model.num_layers == 1 else f"[{one}] * {model.num_layers}"
        yield "u = np.random.default_rng(SEED).random((STEPS, 100))  # the luck: u(t, j) is its row t, column j"
        yield f"text, a = '', {zeros}" + f"; c = {zeros}" * (model.cell == "lstm")
        yield "for t in range(1, STEPS + 1):"
        if self.needs.changing:
            names = ", ".join(self.needs.changing)
            yield f"    {names}{',' * (len(self.needs.changing) == 1)} = CHANGES.get(t, [{names}])"
        yield from (f"    {self.needs.biased(line)}" for line in self._network())
        yield from (f"    {line}" for line in self._token())
        yield '    print(f"{t:5} {tokens[token]!r}")'
        piece = "tokens[token]" if vocabulary.level == "char" else "' ' * (t not in JOINED) + tokens[token]"
        unless = "" if vocabulary.eos_token is None else f"if tokens[token] != {vocabulary.eos_token!r}: "
        yield f"    {unless}text += {piece}"
        if any(self.needs.values("stop")):
            yield "    if stop and token == EOS: break" if "stop" in self.needs.named else "    if token == EOS: break"
        yield "print(text)"

    def _network(self) -> Iterator[str]:
        model = self.model
        zero = "b_ax" if model.layers[0].b_ih is not None else "np.zeros(len(W_ax), W_ax.dtype)"
        if model.embedding is None:
            fed = "W_ax[:, token] + b_ax"
        else:
            fed = "inputs[token]" if model.input_table is not None else "W_ax @ E[token] + b_ax"
        yield f"x = {fed} if t > 1 else {zero}  # x<1> is the zero vector"
        equations = _CELLS[model.variant or model.cell]
        if model.num_layers == 1:
            yield from (line.format(a="a", c="c") for line in equations)
            yield "logits = W_ya @ a" + " + b_y" * (model.output_bias is not None)
            return
        yield "for k, (W_in, W_aa, b_in, b_aa) in enumerate(layers):"
        yield "    if k > 0: x = W_in @ a[k - 1] + b_in"
        yield from (f"    {line.format(a='a[k]', c='c[k]')}" for line in equations)
        yield "logits = W_ya @ a[-1]" + " + b_y" * (model.output_bias is not None)

    def _token(self) -> Iterator[str]:
        fixed = any(step.origin != "drawn" for step in self.needs.run.out)
        if fixed:
            yield "if t in FIXED: token = tokens.index(FIXED[t])"
            yield "else:"
        indent = "    " * fixed
        yield f"{indent}p = softmax(logits)"
        if not self.needs.rejects:
            yield f"{indent}edges = p.cumsum()  # of the 0-1 strip"
            yield f'{indent}token = (edges / edges[-1]).searchsorted(u[t - 1, 0], side="right")'
            return
        yield f"{indent}for j in range(draws):  # <UNK> is rejected: another draw, a<t> stays"
        at_times = "0 < " * (1 in self.needs.values("draws"))
        yield f"{indent}    if {at_times}j == draws - 1:  # the last one is without <UNK>"
        yield f"{indent}        logits[UNK], p[UNK] = -np.inf, 0"
        yield f"{indent}        p = p / p.sum() if p.any() else softmax(logits)"
        yield f"{indent}    edges = p.cumsum()  # of the 0-1 strip"
        yield f'{indent}    token = (edges / edges[-1]).searchsorted(u[t - 1, j], side="right")'
        yield f"{indent}    if token != UNK: break"
