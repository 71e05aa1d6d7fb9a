"""The unrolled network, a column a step: x<t> goes up into a<t>, on to yhat<t>, out as a token, round to x<t+1>."""

from collections.abc import Sequence

from engine.figures.labels import token_kind, token_label
from engine.figures.moment import Moment
from engine.figures.token_strip import drawn_so_far, is_out
from engine.generation import GenerationStep
from engine.vocabulary import Vocabulary

COLUMNS = 9  # at most so many; a narrow screen leaves out the first ones


def network(
    steps: Sequence[GenerationStep], moment: Moment, num_layers: int, cell: str, vocabulary: Vocabulary, t
) -> dict:
    """The last columns up to the step on show and the faded one after it, in the lecture's notation.

    Every column: `t`, the names `x`, `a`, `y` and `before` (a<t-1>), `input` ("0" or the token fed), `hot` (where the 1
    of its one-hot vector stands, 0 to 1; None for the zero vector), `token` ("" while none has come out), its `kind`
    and `origin`, `struck` (a rejected <UNK> just drawn), `when` ("past", "now", "next") and `lit`, the phase it is in
    ("feed", "predict", "draw", "back", "" for the whole). `end`: None, or how the run stopped.
    """
    shown = moment.t
    step = steps[shown - 1] if shown else None
    ended = step is not None and step.finish_reason is not None and moment.phase in ("", "back")
    columns = [_column(one, moment, vocabulary, t) for one in steps[max(0, shown - COLUMNS) : shown]]
    if not ended:
        columns = [*columns[-COLUMNS + 1 :], _next(step, moment, vocabulary, t)]
    end = {"kind": step.finish_reason, "text": t(f"network.end.{step.finish_reason}")} if ended else None
    return {
        "label": _alternative(step, moment, vocabulary, ended, t),
        "cell": t("network.cell", cell=cell.upper(), layers=num_layers) if num_layers > 1 else cell.upper(),
        "columns": columns,
        "end": end,
    }


def _column(step: GenerationStep, moment: Moment, vocabulary: Vocabulary, t) -> dict:
    now, out = step.t == moment.t, is_out(step, moment)
    struck = now and not out and drawn_so_far(step, moment) > 0
    return {
        **_names(step.t),
        **_input(step.input_id, vocabulary),
        "token": token_label(vocabulary, step.token_id) if out else vocabulary.unk_token if struck else "",
        "kind": token_kind(vocabulary, step.token_id) if out else "token",
        "origin": step.origin,
        "struck": struck,
        "when": "now" if now else "past",
        "lit": moment.phase if now else "",
    }


def _next(step: GenerationStep | None, moment: Moment, vocabulary: Vocabulary, t) -> dict:
    """The column that the next step will fill: its input is known once the token on show has come out."""
    known = step is None or is_out(step, moment)
    fed = _input(None if step is None else step.token_id, vocabulary) if known else {"input": "", "hot": None}
    return {
        **_names(moment.t + 1),
        **fed,
        "token": "",
        "kind": "token",
        "origin": "",
        "struck": False,
        "when": "next",
        "lit": "",
    }


def _names(t: int) -> dict:
    return {"t": t, "x": f"x⟨{t}⟩", "a": f"a⟨{t}⟩", "y": f"ŷ⟨{t}⟩", "before": f"a⟨{t - 1}⟩"}


def _input(token_id: int | None, vocabulary: Vocabulary) -> dict:
    hot = None if token_id is None else round(token_id / max(1, len(vocabulary) - 1), 4)
    return {"input": "0" if token_id is None else token_label(vocabulary, token_id), "hot": hot}


def _alternative(step: GenerationStep | None, moment: Moment, vocabulary: Vocabulary, ended: bool, t) -> str:
    if step is None:
        return t("network.alt.start")
    fed = "0" if step.input_id is None else token_label(vocabulary, step.input_id)
    token = token_label(vocabulary, step.token_id) if is_out(step, moment) else "?"
    text = t("network.alt", t=step.t, before=step.t - 1, input=fed, token=token)
    return f"{text} {t(f'network.end.{step.finish_reason}')}" if ended else text
