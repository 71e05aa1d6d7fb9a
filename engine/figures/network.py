"""The unrolled network, a column a step: x<t> goes up into a<t>, on to yhat<t>, out as a token, round to x<t+1>.

Sampled, x<t+1> is the model's own draw; trained, it is the true token of a text, and yhat<t> is compared with it.
"""

from collections.abc import Sequence

from engine.figures.labels import chance, in_quotes, paragraph, token_kind, token_label
from engine.figures.records import Column, End, Input, Names, Network, TeacherForcedColumn, TeacherForcedNetwork
from engine.figures.translator import Translator
from engine.generation import GenerationStep
from engine.phases import Moment, drawn_so_far, is_out
from engine.scoring import TokenScore, log_prob
from engine.vocabulary import Vocabulary

COLUMNS = 9  # at most so many; a narrow screen leaves out the first ones


def network(
    steps: Sequence[GenerationStep], moment: Moment, num_layers: int, cell: str, vocabulary: Vocabulary, tr: Translator
) -> Network:
    """The last columns up to the step on show and the faded one after it, in the lecture's notation."""
    shown = moment.t
    step = steps[shown - 1] if shown else None
    ended = step is not None and step.finish_reason is not None and moment.phase in ("", "back")
    columns = [_column(one, moment, vocabulary, tr) for one in steps[max(0, shown - COLUMNS) : shown]]
    if not ended:
        columns = [*columns[-COLUMNS + 1 :], _next(step, moment, vocabulary, tr)]
    end: End | None = None
    if ended and step is not None:
        end = {"kind": "eos" if step.finish_reason == "eos" else "length", "text": _end(step, tr)}
    return {
        "label": _alternative(step, moment, vocabulary, ended, tr),
        "cell": _cell(cell, num_layers, tr),
        "columns": columns,
        "teacher_forced": False,
        "end": end,
    }


def teacher_forcing_network(
    scores: Sequence[TokenScore], moment: Moment, num_layers: int, cell: str, vocabulary: Vocabulary, tr: Translator
) -> TeacherForcedNetwork:
    """The same boxes in training: x<1> = 0, then the true tokens y<1>, y<2>, ... of a text, whatever yhat<t> says.

    `scores`: of all tokens of the text, in order. The columns around the step on show, those after it faded and without
    figures; the losses -log P in nats. `totals`: the loss J of the whole text, and its mean.
    """
    if not scores:
        return {
            "label": tr("teacher_forcing.empty"),
            "cell": "",
            "columns": [],
            "teacher_forced": True,
            "empty": tr("teacher_forcing.empty"),
            "totals": [],
        }
    shown = min(moment.t, len(scores))
    here = moment if moment.t <= len(scores) else Moment(shown)
    first = max(1, min(shown - COLUMNS + 2, len(scores) - COLUMNS + 1))  # the one after it stays in sight
    columns = [
        _teacher_forced_column(i, scores, here, vocabulary, tr)
        for i in range(first, min(first + COLUMNS, len(scores) + 1))
    ]
    total = -log_prob(scores)
    return {
        "label": _teacher_forced_alternative(scores, here, vocabulary, tr),
        "cell": _cell(cell, num_layers, tr),
        "columns": columns,
        "teacher_forced": True,
        "empty": "",
        "totals": [
            tr("teacher_forcing.total", total=total),
            tr("teacher_forcing.mean", mean=total / len(scores)),
        ],
    }


def _cell(cell: str, num_layers: int, tr: Translator) -> str:
    return tr("network.cell", cell=cell.upper(), layers=num_layers) if num_layers > 1 else cell.upper()


def _column(step: GenerationStep, moment: Moment, vocabulary: Vocabulary, tr: Translator) -> Column:
    now, out = step.t == moment.t, is_out(step, moment)
    struck = now and not out and drawn_so_far(step, moment) > 0
    return {
        **_names(step.t),
        **_input(step.input_id, vocabulary),
        "token": token_label(vocabulary, step.token_id) if out else (vocabulary.unk_token or "") if struck else "",
        "kind": token_kind(vocabulary, step.token_id) if out else "token",
        "origin": step.origin,
        "struck": struck,
        "when": "now" if now else "past",
        "lit": moment.phase if now else "",
    }


def _next(step: GenerationStep | None, moment: Moment, vocabulary: Vocabulary, tr: Translator) -> Column:
    """The column that the next step will fill: its input is known once the token on show has come out."""
    known = step is None or is_out(step, moment)
    fed: Input = _input(None if step is None else step.token_id, vocabulary) if known else {"input": "", "hot": None}
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


def _names(t: int) -> Names:
    return {"t": t, "x": f"x⟨{t}⟩", "a": f"a⟨{t}⟩", "y": f"ŷ⟨{t}⟩", "before": f"a⟨{t - 1}⟩"}


def _input(token_id: int | None, vocabulary: Vocabulary) -> Input:
    hot = None if token_id is None else round(token_id / max(1, len(vocabulary) - 1), 4)
    return {"input": "0" if token_id is None else token_label(vocabulary, token_id), "hot": hot}


def _alternative(
    step: GenerationStep | None, moment: Moment, vocabulary: Vocabulary, ended: bool, tr: Translator
) -> str:
    if step is None:
        return tr("network.alt.start")
    fed = "0" if step.input_id is None else in_quotes(vocabulary, step.input_id)
    token = in_quotes(vocabulary, step.token_id) if is_out(step, moment) else "?"
    text = tr("network.alt", t=step.t, before=step.t - 1, input=fed, token=token)
    return paragraph([text, _end(step, tr)], tr) if ended else text


def _end(step: GenerationStep, tr: Translator) -> str:
    """How the run stopped, on the flag or wall at its end."""
    by_hand = step.finish_reason == "eos" and step.origin == "forced"
    return tr("network.end.eos_forced") if by_hand else tr(f"network.end.{step.finish_reason}")


def _teacher_forced_column(
    i: int, scores: Sequence[TokenScore], moment: Moment, vocabulary: Vocabulary, tr: Translator
) -> TeacherForcedColumn:
    score, before = scores[i - 1], None if i == 1 else scores[i - 2].token_id
    now = i == moment.t
    predicted = i < moment.t or (now and moment.phase != "feed")
    compared = predicted and not (now and moment.phase == "predict")
    return {
        **_names(i),
        "input": "0" if before is None else token_label(vocabulary, before),
        "input_kind": "zero" if before is None else token_kind(vocabulary, before),
        "source": f"x⟨{i}⟩" if before is None else f"x⟨{i}⟩ = y⟨{i - 1}⟩",
        "token": token_label(vocabulary, score.token_id),
        "kind": token_kind(vocabulary, score.token_id),
        "best": token_label(vocabulary, score.likeliest) if predicted else "",
        "hit": predicted and score.rank == 1,
        "prob": chance(score.prob) if compared else "",
        "loss": tr("teacher_forcing.loss_label", loss=-log_prob([score])) if compared else "",
        "when": "now" if now else "past" if i < moment.t else "next",
        "lit": moment.phase if now else "",
    }


def _teacher_forced_alternative(
    scores: Sequence[TokenScore], moment: Moment, vocabulary: Vocabulary, tr: Translator
) -> str:
    if moment.t == 0:
        return tr("teacher_forcing.alt.start", count=len(scores))
    fed = "0" if moment.t == 1 else in_quotes(vocabulary, scores[moment.t - 2].token_id)
    score = scores[moment.t - 1]
    if moment.phase in ("feed", "predict"):
        return tr("teacher_forcing.alt.waiting", t=moment.t, input=fed)
    token = in_quotes(vocabulary, score.token_id)
    return tr(
        "teacher_forcing.alt",
        t=moment.t,
        input=fed,
        token=token,
        prob=score.prob,
        loss=-log_prob([score]),
    )
