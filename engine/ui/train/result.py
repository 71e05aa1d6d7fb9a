"""A training that has ended: what was kept, and what can be done with it."""

from html import escape
from math import exp
from pathlib import Path

import streamlit as st

from engine.bench import State
from engine.figures.translator import Translator
from engine.model import ModelError
from engine.ui import changes, own_models
from engine.ui.own_models import NoRoomError
from engine.ui.train import desk as on
from engine.ui.train.desk import Desk
from engine.ui.train.setup import other_text


def result(now: Desk, state: State, tr: Translator) -> None:
    """What was learned, in a sentence; the stage, a file, the settings again."""
    name, place = state.get("model"), own_models.own().bench
    if name is None or place is None:  # it was stopped before its turn
        st.html(f'<div class="narration">{escape(tr("train.unbegun"))}</div>')
        _again(tr)
        return
    path = place / "models" / f"{name}.npz"
    problem = _kept(path, name, tr)
    if problem:
        st.html(f'<div class="notice" role="alert">{escape(problem)}</div>')
    st.html(f'<div class="narration" data-said>{escape(_said(state, tr))}</div>')
    with st.container(horizontal=True, gap="small", key="train_result"):
        if not problem and st.button(
            tr("train.stage"), key="train_stage", type="primary", icon=":material/open_in_new:"
        ):
            changes.change_model(name)
            changes.open_stage()
        if path.exists():
            st.download_button(
                tr("train.download", size=path.stat().st_size / 1e6),
                path.read_bytes,
                file_name=path.name,
                mime="application/octet-stream",
                key="train_download",
                icon=":material/download:",
                on_click="ignore",
                help=tr("train.download.help"),
            )
        _again(tr)
    st.html(f'<div class="caption">{escape(tr("train.session_only"))}</div>')


def _again(tr: Translator) -> None:
    st.button(tr("train.back"), key="train_back", icon=":material/tune:", on_click=on.set_aside)
    other_text(tr)


def _kept(path: Path, name: str, tr: Translator) -> str:
    """The model among the session's own, from its end on; else why it cannot be."""
    mine = own_models.own()
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    if mine.stamps.get(name) == stamp and name in mine.models:
        return ""
    try:
        own_models.add(path)
    except NoRoomError:
        return tr("train.refused.room")
    except (ModelError, OSError):
        return tr("app.own.elsewhere")
    return ""


def _said(state: State, tr: Translator) -> str:
    kept = dict(state["held_out"]).get(state["kept"], 0.0)
    said = [
        tr(f"train.ended.{state['ended']}".replace(" ", "_")),
        tr("train.kept", update=state["kept"], loss=kept, perplexity=exp(kept), seconds=round(state["seconds"])),
    ]
    if state["ngram"] is not None:
        below = state["ngram"] - kept
        said.append(tr("train.beats" if below > 0 else "train.beaten", ngram=state["ngram"], by=abs(below)))
    return tr("list.sentences").join(said)
