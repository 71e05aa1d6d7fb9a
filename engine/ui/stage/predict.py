"""Predict, then reveal: with the switch on, a step waits before its draw until the viewer has said what they expect.

It waits where nobody has seen the outcome: at the last step known, before its draw; with hidden bars already when x<t>
goes in, so that no picture tells anything of yhat<t>. Whatever lets u fall then commits to what has been laid by then
(Step, Phase, Play, a pill, End); with nothing laid, the step is passed over. Who goes back instead has seen nothing of
the step, and it is forgotten until it comes again.
"""

from dataclasses import dataclass, field

from engine.figures.probability_bars import Bar, probability_bars
from engine.figures.translator import Translator
from engine.phases import PHASES, Moment
from engine.prediction import CHIPS, QUESTIONS, Outcome, askable, commit
from engine.run import Goal, Run
from engine.ui import changes, session
from engine.ui.stage import seen
from engine.ui.stage.pins import pins

Place = tuple[object, ...]


@dataclass
class Draft:
    """What has been laid and answered so far at one place: a model, its luck, and the tokens before the step."""

    place: Place = ()
    chips: dict[Outcome, int] = field(default_factory=dict)
    answers: dict[str, bool] = field(default_factory=dict)


@dataclass
class Predicting:
    """Whether the switch is on, and whether the bars are hidden until u falls."""

    on: bool = False
    hidden: bool = False
    draft: Draft = field(default_factory=Draft)


def waits(run: Run) -> bool:
    """Whether `run` stands where a prediction is awaited."""
    asked, now = session.record(Predicting), session.current()
    if not asked.on or now.trained or now.goal is not None or run.shown is None:
        return False
    return run.moment.phase == _stop(asked) and _is_unseen(run) and bool(run.shown.draws)


def stepped(run: Run) -> Run:
    """What Step leads to: u falls where a prediction was awaited; else the next place where one is, or a whole step."""
    asked = session.record(Predicting)
    if not asked.on or session.current().trained or waits(run):
        return seen.stepped(run)
    there = run if _is_unseen(run) else run.phased()  # its phase "feed", where it is a new step
    if there.shown is None or not there.shown.draws or not _is_unseen(there):
        return seen.stepped(run)
    stops = (there, there.phased()) if there.moment.phase == "feed" else (there,)
    waiting = next((one for one in stops if one.moment.phase == _stop(asked) and one is not run), None)
    return seen.stepped(run) if waiting is None else waiting


def moved(new: Run) -> None:
    """`new`, which is the run on show at another moment, takes its place: with what was predicted, where u falls now,
    or without a step that nobody has seen, where it goes back.
    """
    run, asked = session.run(), session.record(Predicting)
    if asked.on and _is_unseen(run) and new.moment.t < run.moment.t:
        changes.show(new.until(new.moment.t), can_undo=False)
    else:
        changes.show(_with_laid(run, new) if _order(new.moment) > _order(run.moment) else new)


def end() -> None:
    """The run goes on until it stops; no further prediction is awaited on the way."""
    run = session.run()
    changes.go(_with_laid(run, run), Goal(run.last))


def go_on() -> None:
    """A tick of Play: it holds where a prediction is awaited."""
    new = stepped(session.run())
    moved(new)
    if waits(new):
        changes.hold()


# --- presses


def switch(_: int) -> None:
    """On or off; what has been laid stays where it is."""
    asked = session.record(Predicting)
    asked.on = not asked.on
    if asked.on and session.current().trained:
        session.current().trained = False  # nothing is drawn in training
    _stand()


def hide(hidden: int) -> None:
    """Hide the bars until u falls, or show them. A step that is awaited waits at its other phase from now on."""
    session.record(Predicting).hidden = bool(hidden)
    _stand()


def lay(outcome: int) -> None:
    """One more chip on an outcome: the id of a token + 1, 0 for all others."""
    run = session.run()
    token_id = outcome - 1 if outcome else None
    if not waits(run) or token_id not in {bar.token_id for bar in bars_before(run, session.tr())}:
        return
    chips = draft_of(run).chips
    if sum(chips.values()) < CHIPS:
        chips[token_id] = chips.get(token_id, 0) + 1


def take_back(outcome: int) -> None:
    """One chip less."""
    run = session.run()
    token_id = outcome - 1 if outcome else None
    if waits(run) and token_id in (chips := draft_of(run).chips):
        chips[token_id] -= 1
        if not chips[token_id]:
            del chips[token_id]


def answer(place: int) -> None:
    """Answer a question, by twice its place among QUESTIONS, + 1 for yes; the same answer once more takes it back."""
    run, (question, yes) = session.run(), divmod(place, 2)
    if not waits(run) or question not in dict(questions(run)):
        return
    answers, name = draft_of(run).answers, QUESTIONS[question]
    if answers.get(name) is bool(yes):
        del answers[name]
    else:
        answers[name] = bool(yes)


# --- how


def _stop(asked: Predicting) -> str:
    return "feed" if asked.hidden else "predict"


def _is_unseen(run: Run) -> bool:
    """Whether nobody has seen how the step on show is decided, nor said so."""
    t, phase, _ = run.moment
    return t == len(run.steps) and phase in ("feed", "predict") and run.predicted is None


def _order(moment: Moment) -> tuple[int, int]:
    return moment.t, PHASES.index(moment.phase) if moment.phase else len(PHASES)


def _stand() -> None:
    """The run waits from now on, at its phase for that, if nobody has seen the step on show yet."""
    asked, run = session.record(Predicting), session.run()
    if asked.on and run.shown is not None and run.shown.draws and _is_unseen(run):
        fed = run.at(run.moment.t - 1).phased()
        changes.show(fed if asked.hidden else fed.phased())


def _place(run: Run) -> Place:
    tokens = tuple(step.token_id for step in run.steps[: run.moment.t - 1])
    return session.current().model_name, run.recipe.seed, run.moment.t, tokens


def draft_of(run: Run) -> Draft:
    """What has been laid at this step; nothing yet where the latest was another one."""
    asked, place = session.record(Predicting), _place(run)
    if asked.draft.place != place:
        asked.draft = Draft(place)
    return asked.draft


def bars_before(run: Run, tr: Translator) -> list[Bar]:
    """Those of yhat<t> before its draw; what chips lie on is among them."""
    distributions = run.distributions
    if run.shown is None or distributions is None:
        return []
    laid = [token_id for token_id in draft_of(run).chips if token_id is not None]
    before = Moment(run.moment.t, "predict")
    return probability_bars(
        distributions, run.shown, run.rules, before, run.model.vocabulary, tr, dict.fromkeys((*pins(), *laid))
    )


def questions(run: Run) -> list[tuple[int, str]]:
    possible = askable(run.model.vocabulary, run.rules)
    return [(place, name) for place, name in enumerate(QUESTIONS) if name in possible]


def _with_laid(run: Run, new: Run) -> Run:
    """`new` with what has been laid at the moment of `run`, if that waits and anything has."""
    if not waits(run):
        return new
    draft, step, distributions = draft_of(run), run.shown, run.distributions
    if step is None or distributions is None or not (draft.chips or draft.answers):
        return new
    tokens = [bar.token_id for bar in bars_before(run, session.tr()) if bar.token_id is not None]
    answers = {name: draft.answers[name] for _, name in questions(run) if name in draft.answers}
    hidden = session.record(Predicting).hidden
    vocabulary, seed = run.model.vocabulary, run.recipe.seed
    return new.with_prediction(
        commit(step, distributions, run.rules, seed, vocabulary, tokens, draft.chips, answers, hidden)
    )
