"""Both models at work under one Step button, with the same seed; tokens, characters and milliseconds as they come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

import streamlit as st

from engine.comparison import Track, begun
from engine.figures.labels import named, paragraph
from engine.figures.translator import Translator
from engine.figures.two_cuts import track_chips
from engine.model import LanguageModel
from engine.phases import Moment
from engine.run import Run
from engine.ui import clock, link, session
from engine.ui.widgets import model_title

TICK = 0.25  # seconds between two steps that it takes by itself


@dataclass
class Pair:
    """Both runs, by level, and what they are `of`: a seed and the two models."""

    playing: bool = False
    of: tuple[object, ...] = ()
    tracks: dict[str, Track] = field(default_factory=dict)


def runs(seed: int, names: dict[str, str], models: dict[str, LanguageModel], tr: Translator) -> None:
    """Both runs of that seed, by level; they go on by themselves while they play."""
    _begin(seed, models)

    def draw() -> None:
        _runs(seed, names, tr)

    clock.going_on(draw, lambda: _advance(1), _pace)


def _pace() -> float | None:
    return TICK if session.record(Pair).playing else None


def _runs(seed: int, names: dict[str, str], tr: Translator) -> None:
    """Both runs under one Step button."""
    tracks, playing = session.record(Pair).tracks, session.record(Pair).playing
    ended = _have_ended(tracks)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        _button("step", lambda: _advance(1), tr, disabled=ended or playing)
        if playing:
            _button("pause", hold, tr)
        else:
            _button("play", _play, tr, disabled=ended)
        _button("end", lambda: _advance(None), tr, disabled=ended)
        _button("reset", _reset, tr, disabled=not tracks["char"].steps)
        steps = max(len(track.steps) for track in tracks.values())
        slowed = clock.slowed()
        said = tr("compare.run.same_seed", seed=seed) + (f" · {tr('app.slowed', seconds=slowed)}" if slowed else "")
        happened = escape(" ".join(_happened(level, track, names[level], tr) for level, track in tracks.items()))
        st.html(f'<div class="status" data-step="{steps}" data-said="{happened}">{escape(said)}</div>')
    for column, (level, track) in zip(st.columns(2, gap="medium"), tracks.items(), strict=True):
        column.html(_track_html(level, track, names[level], tr))


def _button(action: str, on_click: Callable[[], None], tr: Translator, disabled: bool = False) -> None:
    st.button(
        tr(f"control.{action}"),
        key=f"compare_{action}",
        on_click=on_click,
        type="primary" if action == "step" else "secondary",
        disabled=disabled,
    )


def hold() -> None:
    """Stop playing."""
    session.record(Pair).playing = False


def _play() -> None:
    session.record(Pair).playing = True
    _advance(1)


def _begin(seed: int, models: dict[str, LanguageModel]) -> None:
    """Both runs anew where the seed or a model is another one."""
    pair, of = session.record(Pair), (seed, *models.values())
    if pair.of != of:
        pair.of, pair.tracks = of, {level: begun(model, seed) for level, model in models.items()}


def _reset() -> None:
    pair = session.record(Pair)
    pair.tracks = {level: begun(track.model, track.recipe.seed) for level, track in pair.tracks.items()}


def _advance(count: int | None) -> None:
    """So many steps more of each (None: all of them); the end of both stops the clock."""
    pair = session.record(Pair)
    pair.tracks = {
        level: track.advanced(track.recipe.limit if count is None else count) for level, track in pair.tracks.items()
    }
    if _have_ended(pair.tracks):
        pair.playing = False


def _have_ended(tracks: dict[str, Track]) -> bool:
    return all(track.has_ended for track in tracks.values())


def _track_html(level: str, track: Track, name: str, tr: Translator) -> str:
    figures = [
        (f"{len(track.steps):,}", tr("compare.run.tokens", count=len(track.steps))),
        (f"{len(track.text):,}", tr("compare.run.characters", count=len(track.text))),
        (f"{1000 * track.seconds:.1f}", tr("compare.run.milliseconds")),
    ]
    cells = "".join(f"<div><b>{escape(value)}</b> {escape(label)}</div>" for value, label in figures)
    chips = track_chips(track, tr)
    said = _ending(track, name, tr)
    here = Run(track.model, track.recipe, Moment(len(track.steps)))
    query = link.query_of(session.language(), name, here)
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


def _happened(level: str, track: Track, name: str, tr: Translator) -> str:
    """What is read out of a run after a step: how far it is, its latest token, how it ended."""
    if not track.steps:
        return ""
    latest = named(track_chips(track, tr)["chips"][-1][0])
    said = tr("compare.run.said", level=tr(f"level.{level}"), t=len(track.steps), token=latest)
    return f"{said} {_ending(track, name, tr)}" if track.has_ended else said


def _ending(track: Track, name: str, tr: Translator) -> str:
    if track.overflowed:
        return tr("app.overflow.later", problem=name)
    ending = track.finish_reason or ("going" if track.steps else "before")
    if ending == "length" and track.model.vocabulary.eos_id is None:
        ending = "length_no_eos"
    return tr(f"compare.run.{ending}", limit=track.recipe.limit)


def _chip(label: str, kind: str) -> str:
    return f'<span class="{kind}">{escape(label)}</span>'
