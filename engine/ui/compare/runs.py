"""Both models at work under one Step button, with the same seed; tokens, characters and milliseconds as they come."""

from html import escape

import streamlit as st

from engine.comparison import Track, begun
from engine.figures.labels import named, paragraph
from engine.figures.translator import Translator
from engine.figures.two_cuts import track_chips
from engine.model import LanguageModel
from engine.phases import Moment
from engine.run import Run
from engine.ui import link
from engine.ui.widgets import model_title

TICK = 0.25  # seconds between two steps that it takes by itself


def runs(setup, models: dict[str, LanguageModel], tr: Translator) -> None:
    """Both runs, at the pace of the session: "play" and "end" go on by themselves."""
    pace = st.session_state.compare_pace
    st.fragment(_runs, run_every=TICK if pace else None)(setup, models, pace, tr)


def _runs(setup, models: dict[str, LanguageModel], pace: str, tr: Translator) -> None:
    """Both runs under one Step button. `pace`: that for which the clock has been set."""
    if pace != st.session_state.compare_pace:
        st.rerun()  # the clock belongs to the whole page
    tracks = _tracks(setup, models)
    if pace:
        tracks = _advance(tracks, 1 if pace == "play" else None)
    ended = all(track.finish_reason for track in tracks.values())
    if pace and ended:
        _set_pace("")
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        _button("step", lambda: _advance(st.session_state.compare_tracks[1], 1), tr, disabled=ended or bool(pace))
        if pace:
            _button("pause", lambda: _set_pace(""), tr)
        else:
            _button("play", lambda: _set_pace("play"), tr, disabled=ended)
        _button("end", lambda: _set_pace("end"), tr, disabled=ended)
        _button("reset", lambda: st.session_state.pop("compare_tracks"), tr, disabled=not tracks["char"].steps)
        steps = max(len(track.steps) for track in tracks.values())
        same = escape(tr("compare.run.same_seed", seed=setup.seed))
        happened = escape(" ".join(_happened(level, track, tr) for level, track in tracks.items()))
        st.html(f'<div class="status" data-step="{steps}" data-said="{happened}">{same}</div>')
    for column, (level, track) in zip(st.columns(2, gap="medium"), tracks.items(), strict=True):
        column.html(_track_html(level, track, getattr(setup, level), tr))


def _button(action: str, on_click, tr: Translator, disabled: bool = False) -> None:
    kind = "primary" if action == "step" else "secondary"
    st.button(tr(f"control.{action}"), key=f"compare_{action}", on_click=on_click, type=kind, disabled=disabled)


def _set_pace(pace: str) -> None:
    st.session_state.compare_pace = pace


def _tracks(setup, models: dict[str, LanguageModel]) -> dict[str, Track]:
    """Those of the session; begun anew with other models or another seed."""
    of = (setup.seed, *models.values())
    if "compare_tracks" not in st.session_state or st.session_state.compare_tracks[0] != of:
        st.session_state.compare_tracks = of, {level: begun(model, setup.seed) for level, model in models.items()}
    return st.session_state.compare_tracks[1]


def _advance(tracks: dict[str, Track], count: int | None) -> dict[str, Track]:
    tracks = {level: track.advanced(track.recipe.limit if count is None else count) for level, track in tracks.items()}
    st.session_state.compare_tracks = st.session_state.compare_tracks[0], tracks
    return tracks


def _track_html(level: str, track: Track, name: str, tr: Translator) -> str:
    figures = [
        (f"{len(track.steps):,}", tr("compare.run.tokens", count=len(track.steps))),
        (f"{len(track.text):,}", tr("compare.run.characters", count=len(track.text))),
        (f"{1000 * track.seconds:.1f}", tr("compare.run.milliseconds")),
    ]
    cells = "".join(f"<div><b>{escape(value)}</b> {escape(label)}</div>" for value, label in figures)
    chips = track_chips(track, tr)
    said = _ending(track, tr)
    here = Run(track.model, track.recipe, Moment(len(track.steps)))
    query = link.query_of(st.session_state.language, name, here)
    way = f'<a href="./?{escape(query)}">{escape(tr("compare.run.open"))}</a>'
    if track.rejections:
        said = paragraph([said, tr("compare.run.rejected", count=track.rejections)], tr)
    return (
        f'<section class="track {level}" data-finish="{track.finish_reason or ""}">'
        f"<h2>{escape(tr(f'level.{level}'))} <small>{escape(model_title(name, tr))}</small></h2>"
        f'<div class="figures">{cells}</div>'
        f'<p class="chips">{escape(chips["earlier"])}{"".join(_chip(*chip) for chip in chips["chips"])}</p>'
        f"<p>{paragraph([escape(said), way], tr)}</p></section>"
    )


def _happened(level: str, track: Track, tr: Translator) -> str:
    """What is read out of a run after a step: how far it is, its latest token, how it ended."""
    if not track.steps:
        return ""
    latest = named(track_chips(track, tr)["chips"][-1][0])
    said = tr("compare.run.said", level=tr(f"level.{level}"), t=len(track.steps), token=latest)
    return f"{said} {_ending(track, tr)}" if track.finish_reason else said


def _ending(track: Track, tr: Translator) -> str:
    ending = track.finish_reason or ("going" if track.steps else "before")
    if ending == "length" and track.model.vocabulary.eos_id is None:
        ending = "length_no_eos"
    return tr(f"compare.run.{ending}", limit=track.recipe.limit)


def _chip(label: str, kind: str) -> str:
    return f'<span class="{kind}">{escape(label)}</span>'
