"""The link: language, model, recipe and the moment on show, as a query string and back. One writer, one reader."""

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

from engine.figures.translator import Translator
from engine.model import LanguageModel, ModelError
from engine.phases import Moment
from engine.recipe import QUERY_KEYS, Recipe
from engine.run import Goal, Run
from engine.typed_text import encode_typed
from engine.ui import parameters, view
from engine.ui.i18n import LANGUAGES, translator
from engine.ui.models import problem_of
from engine.ui.view import View
from engine.vocabulary import LEVELS, UnknownTokenError

RUN_KEYS = (
    "lang",
    "level",
    "model",
    "t",
    "phase",
    *view.KEYS,
    *QUERY_KEYS,
)  # what every page takes: the run of the session
OUR_KEYS = (*RUN_KEYS, *(key for keys in parameters.KEYS.values() for key in keys))


class Link(NamedTuple):
    """What a link says. `ignored`: the parts of it that made no sense, as "name=value" texts. `goal`: where `run` is
    still on its way to, if that takes longer than a slice. `unusable`: a sentence for each model that was tried and
    cannot be used.
    """

    language: str
    model_name: str
    run: Run
    ignored: list[str]
    goal: Goal | None = None
    view: View = View()
    unusable: tuple[str, ...] = ()


def query_of(language: str, model_name: str, run: Run) -> str:
    """The query string (without "?") that `read` takes back to the same run at the same moment."""
    return encoded(parts_of(language, model_name, run))


def parts_of(language: str, model_name: str, run: Run, goal: Goal | None = None) -> dict[str, str]:
    """The same by key; of a run on its way to a goal the link names that."""
    moment = run.moment if goal is None else Moment(goal.t)
    view = {"lang": language, "level": run.model.vocabulary.level, "model": model_name, "t": str(moment.t)}
    if moment.phase:
        view["phase"] = _phase_name(moment)
    return view | run.recipe.to_query()


def encoded(query: Mapping[str, str]) -> str:
    """The query string (without "?"). A full stop does not stand bare at its end, where chat programs cut it off.

    >>> encoded({"text": "Cats sleep."})
    'text=Cats+sleep%2E'
    """
    text = urlencode(query)
    return f"{text[:-1]}%2E" if text.endswith(".") else text


def unread(query: Mapping[str, str], page: str) -> list[str]:
    """The parts of a link that the page of that path does not take: those of another page, and misspelt ones.

    What is none of ours at all, as `embed` or what others add to links they pass on, is nobody's mistake.

    >>> unread({"text": "Mau", "temprature": "2", "embed": "true", "seed": "3"}, "compare")
    ['text=Mau', 'temprature=2']
    """
    taken = {*RUN_KEYS, *parameters.KEYS.get(page, ())}
    taken |= {"view"} if page in ("", "sample") and query.get("view") == "speaker" else set()
    others = {key: value for key, value in query.items() if key not in taken}
    return [f"{key}={value}" for key, value in others.items() if difflib.get_close_matches(key, OUR_KEYS, cutoff=0.8)]


def read(
    query: Mapping[str, str],
    names: Mapping[str, list[str]],
    load: Callable[[str], LanguageModel],
    limits: Mapping[str, int],
    language: str,
) -> Link:
    """The run that a link stands for, replayed to its moment, or towards it; whatever is missing or wrong takes its
    default.

    A link without a seed opens with the model's own opening seed.
    `names`: the models of each level, the default first. `limits`: the step limit of a link that names none, by level.
    `language`: that of a link that names none. A model that cannot be read is passed over; LookupError if none can.
    """
    ignored, unusable = list[str](), list[str]()
    language = language_of(query, ignored) or language
    model_name, model = _first_readable(query, names, load, ignored, unusable, translator(language))
    usual = Recipe(model.opening_seed, limit=limits[model.vocabulary.level])
    recipe, not_understood = Recipe.from_query(query, usual)
    ignored += not_understood
    recipe = _fitted(recipe, model, ignored)
    run, t, phase = Run(model, recipe), query.get("t", "0"), query.get("phase", "")
    if not re.fullmatch("[0-9]{1,6}", t):
        ignored.append(f"t={t}")
        t = "0"
    goal = Goal(min(int(t), run.last), lambda there, ignored: replace(there, moment=_moment(there, phase, ignored)))
    run, on_the_way = goal.approached(run, ignored)
    return Link(language, model_name, run, ignored, on_the_way, view.read(query, ignored), tuple(unusable))


def language_of(query: Mapping[str, str], ignored: list[str]) -> str | None:
    """The language asked for, also as browsers name it: zh-CN, en_GB. None: it asks for none, or for one that is not
    there, which is added to `ignored`.
    """
    short = re.split("[-_]", query.get("lang", ""))[0].lower()
    return short if short in LANGUAGES else _one_of(query, "lang", LANGUAGES, ignored)


def _first_readable(
    query: Mapping[str, str],
    names: Mapping[str, list[str]],
    load: Callable[[str], LanguageModel],
    ignored: list[str],
    unusable: list[str],
    tr: Translator,
) -> tuple[str, LanguageModel]:
    """The model asked for, or else the first of the level asked for, or else the first at all, that can be read."""
    all_names = [name for level in LEVELS for name in names[level]]
    asked = _one_of(query, "model", all_names, ignored)
    level = _one_of(query, "level", LEVELS, ignored)
    candidates = [asked, *names.get(level or "", []), *all_names]
    for name in dict.fromkeys(name for name in candidates if name is not None):
        try:
            return name, load(name)
        except ModelError as error:
            unusable.append(problem_of(error, tr))
    raise LookupError("no model can be read")


def _fitted(recipe: Recipe, model: LanguageModel, ignored: list[str]) -> Recipe:
    """The recipe without what this model's vocabulary cannot follow."""
    known = len(model.vocabulary)
    ignored += [f"force={t}:{token_id}" for t, token_id in recipe.forced if token_id >= known]
    recipe = replace(recipe, forced=tuple(pair for pair in recipe.forced if pair[1] < known))
    try:
        encode_typed(recipe.prompt, model.vocabulary)
    except UnknownTokenError:
        ignored.append(f"prompt={recipe.prompt}")
        return replace(recipe, prompt="")
    return recipe


def _phase_name(moment: Moment) -> str:
    return f"draw{moment.draws}" if moment.phase == "draw" else moment.phase


def _moment(run: Run, phase: str, ignored: list[str]) -> Moment:
    """The phase of that name, if the step on show has it; else the whole step."""
    named = {_phase_name(moment): moment for moment in run.phases}
    if phase and phase not in named:
        ignored.append(f"phase={phase}")
    return named.get(phase, Moment(run.moment.t))


def _one_of(query: Mapping[str, str], key: str, values: Collection[str], ignored: list[str]) -> str | None:
    value = query.get(key)
    if value is not None and value not in values:
        ignored.append(f"{key}={value}")
        return None
    return value
