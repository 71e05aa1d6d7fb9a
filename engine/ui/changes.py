"""What a visitor changes: the run and the moment on show, its settings, seed, prompt and model; and undo."""

from dataclasses import replace
from typing import NoReturn

import streamlit as st

from engine.model import LanguageModel, ModelError
from engine.recipe import FIRST_LIMITS as LIMITS
from engine.rules import Value
from engine.run import Goal, Run
from engine.typed_text import encode_typed
from engine.ui import session
from engine.ui.models import load_model, problem_of, shelf
from engine.ui.session import Before
from engine.vocabulary import UnknownTokenError

MOST_UNDO = 100  # changes remembered


def hold() -> None:
    """Stop playing, or going to a step far off."""
    session.current().playing, session.current().goal = False, None


def go(run: Run, goal: Goal) -> None:
    """On show: the run at its goal, or for now on its way there."""
    run, on_the_way = goal.approached(run, [])
    show(run)
    session.current().goal = on_the_way


def show(new: Run, model_name: str | None = None, can_undo: bool = True) -> None:
    """Another moment of the run, or a changed run, on show from now on; undo leads back from a changed one."""
    now = session.current()
    old = now.run
    changed = (new.model, new.recipe) != (old.model, old.recipe) or len(new.steps) < len(old.steps)
    if can_undo and changed:
        before = Before(now.model_name, old.recipe, old.moment, len(old.steps), old.predictions)
        now.before = [*now.before[1 - MOST_UNDO :], before]
    now.run, now.model_name, now.goal = new, model_name or now.model_name, None
    if new.finish_reason is not None:
        now.playing = False


def change_setting(name: str, value: Value) -> None:
    """A setting, "unk" or "eos" from the step on show on."""
    run = session.run()
    if value != run.rules.values()[name]:
        show(run.with_setting(name, value))


def change_limit(limit: int) -> None:
    """Another step limit."""
    show(session.run().with_limit(limit))


def change_seed(seed: int) -> None:
    """Other luck, from t = 0."""
    show(session.run().with_seed(seed))


def force(token_id: int | None) -> None:
    """Choose `token_id` by hand at the step on show, or before the first at step 1 (None: draw it after all)."""
    hold()
    run = session.run()
    t_forced = max(run.moment.t, 1)
    if t_forced <= run.given:
        session.notice(session.tr()("bars.given", t=t_forced))
        return
    show(run.with_forced(token_id))


# --- the prompt


def change_prompt(prompt: str) -> None:
    """Another prompt, from t = 0; one that cannot be fed stays in its field with the reason, and the run as it is."""
    now = session.current()
    try:
        new = now.run.with_prompt(prompt)
    except UnknownTokenError:
        now.refused_prompt = prompt
        return
    show(new)
    now.refused_prompt = None
    session.say_reading(new.model, prompt)


def prompt_typed() -> str:
    """What stands in the field of the prompt: what is fed, or a text that cannot be."""
    refused = session.current().refused_prompt
    return session.run().recipe.prompt if refused is None else refused


def prompt_problem() -> UnknownTokenError | None:
    """Why what stands in the field of the prompt is not fed; None where it is."""
    try:
        encode_typed(prompt_typed(), session.run().model.vocabulary)
    except UnknownTokenError as error:
        return error
    return None


# --- another run


def change_model(name: str) -> None:
    """Another model of the shelf, from t = 0; one that cannot be read is named and the run stays.

    The prompt, or the one that was refused, is fed where the new vocabulary spells it, and else stays in its field.
    """
    new = _with_model(name)
    if new is None:
        return
    refused, wanted = None, prompt_typed()
    try:
        new = new.with_prompt(wanted)
    except UnknownTokenError:
        refused = wanted
    show(new, name)
    session.current().refused_prompt = refused
    if refused is None:
        session.say_reading(new.model, new.recipe.prompt)


def change_level(level: str) -> None:
    """The model of that level with the same text, or else the one that was used last, or the level's default."""
    now, shelf_now = session.current(), shelf()
    if shelf_now.names[level] and level != now.run.model.vocabulary.level:
        change_model(shelf_now.of_level(level, now.model_name, now.last_model.get(level)))


def open_seed(seed: int, t: int, phase: int | None = None) -> None:
    """The run of another seed at time step `t`, whole or at one of its phases, by its place among them; all else stays
    as it is, what was changed or forced on the way too.
    """
    hold()
    now = session.current()
    now.trained = False
    new = Run(now.run.model, replace(now.run.recipe, seed=seed))
    go(new, Goal(t, lambda run, _: run if phase is None else replace(run, moment=run.phases[phase])))


def open_prompt(name: str, prompt: str) -> bool:
    """On the stage, what the model `name` predicts after `prompt`, nothing drawn yet. False: it cannot be read.

    Raises UnknownTokenError or ValueError for a prompt that cannot be.
    """
    now = session.current()
    new = now.run if name == now.model_name else _with_model(name)
    if new is None:
        return False
    new = new.with_prompt(prompt)
    hold()
    now.trained = False
    now.refused_prompt = None
    show(new.at(new.given).phased().phased(), name)
    return True


def open_stage() -> NoReturn:
    """Go to the main page."""
    stage_page = session.current().stage_page
    if stage_page is None:
        raise RuntimeError("the pages have not been named to Streamlit yet (app.py)")
    st.switch_page(stage_page)


def undo() -> None:
    """Take back the last change of the run: a setting, a token chosen by hand, a reset, another seed, prompt or model.

    Its steps are computed again from what decides the run.
    """
    now = session.current()
    if not now.before:
        return
    before = now.before.pop()
    model = _loaded(before.model_name)
    if model is None:
        return
    goal = Goal(before.known, lambda run, _: replace(run, moment=before.moment))
    known, on_the_way = goal.approached(Run(model, before.recipe, predictions=before.predictions), [])
    show(known, before.model_name, can_undo=False)
    now.goal, now.refused_prompt = on_the_way, None


# --- how


def _loaded(name: str) -> LanguageModel | None:
    try:
        return load_model(name)
    except ModelError as error:
        tr = session.tr()
        session.notice(tr("app.bad_model", problem=problem_of(error, tr)))
        return None


def _with_model(name: str) -> Run | None:
    model, old = _loaded(name), session.run()
    if model is None:
        return None
    new = old.with_model(model)
    old_level, level = old.model.vocabulary.level, model.vocabulary.level
    if old_level != level and new.recipe.limit == LIMITS[old_level]:
        new = new.with_limit(LIMITS[level])
    session.current().last_model[old_level] = session.current().model_name
    return new
