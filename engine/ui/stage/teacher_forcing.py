"""The network as it is trained: the true tokens of a text are fed, whatever the model would draw; and their losses.

While it is on show, every picture of the stage is of the text: one yhat<t> on the screen. The sampled run only says how
far the viewer has stepped.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape
from typing import NamedTuple

import streamlit as st

from engine.figures.labels import named
from engine.figures.network import network, teacher_forcing_network
from engine.figures.records import Network, Switch, TeacherForcedNetwork
from engine.figures.translator import Translator
from engine.model import LanguageModel
from engine.phases import Moment
from engine.recipe import Recipe
from engine.run import Run
from engine.sampling import LogitsError
from engine.scoring import TokenScore, log_prob, score
from engine.typed_text import typed_text
from engine.ui import session
from engine.ui.models import problem_of
from engine.ui.overflowed import said_in_a_notice
from engine.ui.presets import preset
from engine.ui.sentences import as_html, quoted
from engine.vocabulary import UnknownTokenError

LONGEST = 300  # characters of a text


class TeacherForced(NamedTuple):
    """A text as training feeds it. `pieces`: its tokens as they are written, <EOS> last where the vocabulary has it.

    `run`: the same as a run of which no token is drawn; all its steps, of origin "teacher_forced".
    """

    text: str
    pieces: tuple[str, ...]
    scores: list[TokenScore]
    run: Run


@dataclass
class TrueTexts:
    """Those of the session's models, each with its losses."""

    of: dict[LanguageModel, TeacherForced] = field(default_factory=dict)


def teacher_forced(model: LanguageModel, text: str) -> TeacherForced:
    """The losses of `text` under `model`. Raises UnknownTokenError for a text that the vocabulary cannot spell."""
    vocabulary = model.vocabulary
    read = typed_text(text, vocabulary).text
    pieces, token_ids = vocabulary.split(read), vocabulary.encode(read)
    if token_ids and vocabulary.eos_id is not None and vocabulary.eos_token is not None:
        pieces, token_ids = [*pieces, vocabulary.eos_token], [*token_ids, vocabulary.eos_id]
    forced = tuple(enumerate(token_ids, 1))
    run = Run(model, Recipe(limit=max(1, len(token_ids)), forced=forced)).at(len(token_ids))
    run = replace(run, steps=tuple(step._replace(origin="teacher_forced") for step in run.steps))
    return TeacherForced(text, tuple(pieces), score(model, token_ids), run)


def on_stage() -> Run:
    """What the pictures of the stage show: the run, or in training the true text at the same moment, no further than
    its end; of its later tokens as many as the run knows steps.
    """
    run = session.run()
    if session.current().trained:
        said_in_a_notice(_read_text, _leave)()
    if not session.current().trained:
        return run
    text = _teacher_forced().run
    count = len(text.steps)
    at = Moment(run.moment.t, run.moment.phase) if run.moment.t <= count else Moment(count)
    known, recipe = max(at.t, len(run.steps)), replace(text.recipe, seed=run.recipe.seed)
    return replace(text, recipe=recipe, moment=at, steps=text.steps[:known], facts=text.facts[:known], latest=None)


def picture(run: Run, tr: Translator) -> Network | TeacherForcedNetwork:
    """The network's record: sampled, as the run has it, or trained, on this model's text."""
    model, trained = run.model, session.current().trained
    if trained:
        return teacher_forcing_network(
            _teacher_forced().scores, run.moment, model.num_layers, model.cell, model.vocabulary, tr
        )
    return network(run.steps, run.moment, model.num_layers, model.cell, model.vocabulary, tr)


def switch(tr: Translator) -> Switch:
    """Sampled or trained."""
    trained = session.current().trained
    return {
        "label": tr("network.switch"),
        "choices": [(tr("network.sampled"), 0, not trained), (tr("network.trained"), 1, trained)],
        "edit": tr("teacher_forcing.edit") if trained else "",
    }


def narration(tr: Translator) -> str:
    """What a lecturer would say about training at the moment on show, as HTML, tokens escaped."""
    return as_html(sentences(session.run(), _teacher_forced(), tr), tr)


def sentences(run: Run, teacher_forced: TeacherForced, tr: Translator) -> list[str]:
    """The same as plain sentences. `run`: the sampled one."""
    moment, scores, vocabulary = run.moment, teacher_forced.scores, run.model.vocabulary
    if not scores:
        return [tr("teacher_forcing.empty")]
    if moment.t == 0:
        return [tr("teacher_forcing.opening")]
    if moment.t > len(scores):
        return [tr("teacher_forcing.over", last=len(scores)), _total(scores, tr)]
    here = scores[moment.t - 1]
    if moment.phase == "predict":
        return [tr("teacher_forcing.predicted", t=moment.t, token=quoted(vocabulary, here.likeliest))]
    said = [] if moment.phase == "back" else [_fed(run, scores, tr)]
    if moment.phase != "feed":
        said.append(_loss(run, teacher_forced, tr))
    if moment.phase == "back" and moment.t < len(scores):
        said.append(tr("teacher_forcing.fed_back", token=quoted(vocabulary, here.token_id), t=moment.t + 1))
    if moment.phase in ("", "back") and moment.t == len(scores):
        said.append(_total(scores, tr))
    return said


def edit(close: Callable[[], None], tr: Translator) -> None:
    """Where the viewer types the text: a dialog, so that the stage keeps its height. `close`: what ends it."""
    st.dialog(tr("teacher_forcing.title"), on_dismiss=close)(_form)(close, tr)


def set_text(text: str) -> None:
    """This model's text from now on. Raises UnknownTokenError, and the text before stays."""
    model, text = session.run().model, text[:LONGEST]  # the field takes no more; a browser can be made to send it
    session.record(TrueTexts).of[model] = teacher_forced(model, text)
    session.say_reading(model, text)


def _form(close: Callable[[], None], tr: Translator) -> None:
    with st.form("teacher_forced", border=False):
        text = st.text_input(
            tr("teacher_forcing.text"),
            value=_teacher_forced().text,
            max_chars=LONGEST,
            help=tr("teacher_forcing.text.help"),
        )
        if st.form_submit_button(tr("teacher_forcing.use"), type="primary"):
            try:
                set_text(text)
            except (UnknownTokenError, LogitsError) as error:
                st.html(f'<div class="notice" role="alert">{escape(_problem(error, tr))}</div>')
            else:
                close()
                st.rerun()


def _teacher_forced() -> TeacherForced:
    """That of the model on show; the losses are computed once a text."""
    model, known = session.run().model, session.record(TrueTexts).of
    if model not in known:
        known[model] = teacher_forced(model, preset(session.current().model_name, model.vocabulary, model.card))
    return known[model]


def _problem(error: UnknownTokenError | LogitsError, tr: Translator) -> str:
    """Why a text cannot be fed."""
    if isinstance(error, LogitsError):
        return problem_of(error, tr)
    return tr("teacher_forcing.unknown", token=named(error.token))


def _read_text() -> None:
    _teacher_forced()


def _leave() -> None:
    session.current().trained = False


def _fed(run: Run, scores: list[TokenScore], tr: Translator) -> str:
    at = run.moment.t
    if at == 1:
        return tr("teacher_forcing.fed_zero")
    vocabulary = run.model.vocabulary
    true, own = scores[at - 2].token_id, run.steps[at - 2].token_id
    key = "teacher_forcing.fed" if own == true else "teacher_forcing.fed_unlike"
    return tr(key, t=at, token=quoted(vocabulary, true), own=quoted(vocabulary, own))


def _loss(run: Run, teacher_forced: TeacherForced, tr: Translator) -> str:
    at, vocabulary = run.moment.t, run.model.vocabulary
    here, piece = teacher_forced.scores[at - 1], teacher_forced.pieces[at - 1]
    token = quoted(vocabulary, here.token_id)
    if here.token_id == vocabulary.unk_id and piece != vocabulary.unk_token:
        token = tr("teacher_forcing.unknown_piece", piece=piece, token=token)
    key = "teacher_forcing.loss_best" if here.rank == 1 else "teacher_forcing.loss"
    return tr(key, t=at, token=token, prob=here.prob, loss=-log_prob([here]), rank=here.rank)


def _total(scores: list[TokenScore], tr: Translator) -> str:
    total = -log_prob(scores)
    return tr("teacher_forcing.whole", count=len(scores), total=total, mean=total / len(scores))
