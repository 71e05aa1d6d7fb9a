"""A visitor's session: one run, one language. Widgets read from it and change it; they hold nothing of their own."""

import time
from dataclasses import replace
from typing import NoReturn
from urllib.parse import urlsplit

import streamlit as st

from engine.figures.labels import joined, listed
from engine.figures.translator import Translator
from engine.model import LanguageModel, ModelError
from engine.phases import PHASES
from engine.recipe import FIRST_LIMITS as LIMITS
from engine.run import Run
from engine.ui import link, notices
from engine.ui.i18n import LANGUAGES, translator
from engine.ui.models import Shelf, load_model, shelf
from engine.vocabulary import UnknownTokenError

MOST_UNDO = 100  # changes remembered
PLAY_SECONDS = 0.25  # from one step to the next while it plays
_EARLY = 0.05  # seconds that a tick of the browser's clock may come before its time
_MOST_PARTS = 5  # of a link, that a notice names

_ACTIONS = {
    "step": Run.stepped,
    "back": Run.back,
    "phase": Run.phased,
    "end": Run.at_end,
    "start": lambda run: run.at(0),
    "reset": Run.reset,
}


def begin(shelf_now: Shelf) -> None:
    """Take the link that opened this session; once."""
    if "run" in st.session_state:
        return
    query = st.query_params.to_dict()
    opened = link.read(query, shelf_now.names, load_model, LIMITS, _browser_language())
    st.session_state.run = opened.run
    st.session_state.model_name = opened.model_name
    st.session_state.language = opened.language
    st.session_state.last_model = {}
    st.session_state.trained, st.session_state.true_texts = False, {}  # see stage/teacher_forcing.py
    st.session_state.before = []  # what undo brings back: (model name, recipe, moment, steps known), the latest last
    st.session_state.playing = False
    st.session_state.refused_prompt = None  # a text that stays in its field although it cannot be fed
    st.session_state.notices = []
    url = st.context.url  # none where there is no browser
    page = urlsplit(url).path.rpartition("/")[2] if url else ""
    say_ignored([*opened.ignored, *(link.unread(query, page) if url else [])])
    _say_unknown_words(opened.run, tr())


def run() -> Run:
    """The run of this session."""
    return st.session_state.run


def tr():
    """The translator of this session's language."""
    return translator(st.session_state.language)


def query() -> str:
    """The query string of the link to what is on show."""
    return link.query_of(st.session_state.language, st.session_state.model_name, run())


def notice(sentence: str) -> None:
    """Show a sentence to the viewer for some seconds from the next drawing of the page on."""
    st.session_state.notices = notices.with_new(st.session_state.notices, sentence)


def say_ignored(parts: list[str]) -> None:
    """Name the parts of a link that were left out, "name=value" each; those beyond a few are counted."""
    if not parts:
        return
    named_parts = [part if len(part) <= 60 else f"{part[:60]}…" for part in parts[:_MOST_PARTS]]
    if len(parts) > _MOST_PARTS:
        named_parts.append(tr()("app.link_ignored.more", count=len(parts) - _MOST_PARTS))
    notice(tr()("app.link_ignored", parts=joined(named_parts, tr())))


def act(action: str, argument: int = 0) -> None:
    """A press of a button or key on the stage. "show" takes the time step as its argument, "pill" the
    number of a phase, "trained" 0 or 1."""
    if action == "play":
        _set_playing(not st.session_state.playing and run().finish_reason is None)
    elif action not in ("step", "phase"):
        hold()
    if action in ("help", "text"):
        st.session_state[action] = True
    if action == "trained":
        st.session_state.trained = bool(argument)
    if action == "undo":
        undo()
    if action == "show":
        _become(run().at(argument))
    elif action == "pill" and argument < len(PHASES):
        _become(run().in_phase(PHASES[argument]) or run())
    elif action in _ACTIONS:
        _become(_ACTIONS[action](run()))


def hold() -> None:
    """Stop playing."""
    _set_playing(False)


def tick() -> None:
    """While it plays, a step when one is due by the clock, whatever else the script runs for: a press, a menu."""
    now = time.monotonic()
    if st.session_state.playing and now >= st.session_state.step_due - _EARLY:
        _become(run().stepped())
        st.session_state.step_due = max(st.session_state.step_due, now - _EARLY) + PLAY_SECONDS
    if run().finish_reason is not None:
        hold()


def change_setting(name: str, value) -> None:
    """A setting, "unk" or "eos" from the step on show on."""
    if value != run().rules.values()[name]:
        _become(run().with_setting(name, value))


def change_limit(limit: int) -> None:
    """Another step limit."""
    _become(run().with_limit(limit))


def change_seed(seed: int) -> None:
    """Other luck, from t = 0."""
    _become(run().with_seed(seed))


def open_seed(seed: int, t: int, phase: int | None = None) -> None:
    """The run of another seed at time step `t`, whole or at one of its phases, by its place among them; all else stays
    as it is, what was changed or forced on the way too.
    """
    hold()
    st.session_state.trained = False
    new = Run(run().model, replace(run().recipe, seed=seed)).at(t)
    _become(new if phase is None else replace(new, moment=new.phases[phase]))


def change_prompt(prompt: str) -> None:
    """Another prompt, from t = 0; one that cannot be fed stays in its field with the reason, and the run as it is."""
    try:
        new = run().with_prompt(prompt)
    except UnknownTokenError:
        st.session_state.refused_prompt = prompt
        return
    _become(new)
    st.session_state.refused_prompt = None
    _say_unknown_words(new, tr())


def prompt_typed() -> str:
    """What stands in the field of the prompt: what is fed, or a text that cannot be."""
    refused = st.session_state.refused_prompt
    return run().recipe.prompt if refused is None else refused


def prompt_problem() -> UnknownTokenError | None:
    """Why what stands in the field of the prompt is not fed; None where it is."""
    try:
        run().model.vocabulary.encode(prompt_typed())
    except UnknownTokenError as error:
        return error
    return None


def change_model(name: str) -> None:
    """Another model of the shelf, from t = 0; one that cannot be read is named and the run stays.

    The prompt, or the one that was refused, is fed where the new vocabulary spells it, and else stays in its field.
    """
    new = _with_model(name)
    if new is None:
        return
    wanted = prompt_typed()
    try:
        new, refused = new.with_prompt(wanted), None
    except UnknownTokenError:
        refused = wanted
    _become(new, name)
    st.session_state.refused_prompt = refused
    if refused is None:
        _say_unknown_words(new, tr())


def undo() -> None:
    """Take back the last change of the run: a setting, a token chosen by hand, a reset, another seed, prompt or model.

    Only what decides the run is remembered; its steps are computed again from that.
    """
    if not st.session_state.before:
        return
    name, recipe, moment, known = st.session_state.before.pop()
    model = _loaded(name)
    if model is None:
        return
    _become(replace(Run(model, recipe).at(known), moment=moment), name, can_undo=False)
    st.session_state.refused_prompt = None


def change_level(level: str) -> None:
    """The model of that level with the same text, or else the one that was used last, or the level's default."""
    shelf_now = shelf()
    if shelf_now.names[level] and level != run().model.vocabulary.level:
        last = st.session_state.last_model.get(level)
        change_model(shelf_now.of_level(level, st.session_state.model_name, last))


def open_prompt(name: str, prompt: str) -> bool:
    """On the stage, what the model `name` predicts after `prompt`, nothing drawn yet. False: it cannot be read.

    Raises UnknownTokenError or ValueError for a prompt that cannot be.
    """
    new = run() if name == st.session_state.model_name else _with_model(name)
    if new is None:
        return False
    new = new.with_prompt(prompt)
    hold()
    st.session_state.trained = False
    st.session_state.refused_prompt = None
    _become(new.at(new.given).phased().phased(), name)
    return True


def open_stage() -> NoReturn:
    """Go to the main page."""
    st.switch_page(st.session_state.stage_page)


def _loaded(name: str) -> LanguageModel | None:
    try:
        return load_model(name)
    except ModelError as error:
        notice(tr()("app.bad_model", problem=str(error)))
        return None


def _with_model(name: str) -> Run | None:
    model, old = _loaded(name), run()
    if model is None:
        return None
    new = old.with_model(model)
    old_level, level = old.model.vocabulary.level, model.vocabulary.level
    if old_level != level and new.recipe.limit == LIMITS[old_level]:
        new = new.with_limit(LIMITS[level])
    st.session_state.last_model[old_level] = st.session_state.model_name
    return new


def _set_playing(playing: bool) -> None:
    if playing != st.session_state.playing:
        st.session_state.playing = playing
        st.session_state.step_due = time.monotonic() + PLAY_SECONDS
        st.session_state.whole_page = True  # the clock belongs to the whole page


def _become(new: Run, model_name: str | None = None, can_undo: bool = True) -> None:
    """The sidebar shows the settings of the step on show, so it is drawn again when these change."""
    old = run()
    changed = (new.model, new.recipe) != (old.model, old.recipe) or len(new.steps) < len(old.steps)
    if can_undo and changed:
        before = (st.session_state.model_name, old.recipe, old.moment, len(old.steps))
        st.session_state.before = [*st.session_state.before[1 - MOST_UNDO :], before]
    st.session_state.model_name = model_name or st.session_state.model_name
    if _in_sidebar(new) != _in_sidebar(old):
        st.session_state.whole_page = True
    st.session_state.run = new


def _in_sidebar(run: Run) -> tuple:
    return run.rules, run.recipe.limit, run.recipe.seed, run.recipe.prompt, run.model


def _say_unknown_words(run: Run, tr: Translator) -> None:
    unknown = run.model.vocabulary.unknown(run.recipe.prompt)
    if unknown:
        notice(tr("setting.prompt.unknown_words", words=listed(unknown, tr)))


def _browser_language() -> str:
    return "zh" if (st.context.locale or "").startswith("zh") else LANGUAGES[0]


def force(token_id: int | None) -> None:
    """Choose `token_id` by hand at the step on show, or before the first at step 1 (None: draw it after all)."""
    hold()
    t_forced = max(run().moment.t, 1)
    if t_forced <= run().given:
        notice(tr()("bars.given", t=t_forced))
        return
    _become(run().with_forced(token_id))
