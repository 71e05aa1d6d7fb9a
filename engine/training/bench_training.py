"""A training at a visitor's bench, once it has its turn: told to state.json, its models kept in the bench."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np

from engine import bench
from engine.bench import Control, Request, State
from engine.model import LanguageModel
from engine.training import ngram, own_model
from engine.training.copying import Meter
from engine.training.live import Moment, live
from engine.training.look import plan_of, prepared
from engine.training.loop import Evaluation
from engine.training.model_card import with_loss_by_context
from engine.training.opening import candidates, with_opening_seed
from engine.training.own_text import OwnText
from engine.training.plans import Plan
from engine.training.rows import Rows, thinned
from engine.training.text_file import TextError

MOST_POINTS = 300  # of the curve of the training loss
_TELLS = 0.4  # seconds
_POSITIONS = {"word": 200, "char": 100}  # at which the loss by context is measured: a visitor waits for it
_SEEDS = 300  # tried for one that the model is shown with first
_EXAMPLE = {"word": 12, "char": 60}  # tokens of a text without ends that are shown as its example


def train_at(place: Path, controls: Iterator[Control]) -> None:
    """Train as the request in the bench says. Raises what `controls` and `live` raise, MemoryError too."""
    request = cast(Request, bench.read(place / "request.json"))
    _tell(place, State(phase="preparing"))
    try:
        own = prepared((place / "text.txt").read_text(encoding="utf-8"), cast(dict[str, Any], request))
        plan = plan_of(own, request)
    except TextError as error:
        _tell(place, State(phase="failed", problem=f"refused.{error.reason}", values=error.values))
        return
    told = State(uniform=float(np.log(len(own.text.vocabulary))), ngram=None, losses=[], held_out=[])
    first = bench.control(place)["temperature"]
    rows = Rows(Meter(own.text), own.text.vocabulary, request["seed"], first)
    kept, last_told, moment = None, 0.0, None
    for moment in live(plan, own.text, request["seed"], controls):
        if not moment.update and not told.get("rows"):
            rows.add(_untrained(plan, own, request["seed"]), 0, None)
        told = _with_moment(told, moment)
        if moment.step is not None:
            rows.add(moment.step.model, moment.update, moment.step.held_out_loss)
            told["held_out"] = [*told["held_out"], (moment.update, moment.step.held_out_loss)]
            kept = moment.kept or kept
        warmed = rows.warm(moment.control["temperature"])
        if moment.step or warmed or not moment.update or time.monotonic() - last_told >= _TELLS:
            last_told = time.monotonic()
            _tell(place, {**told, "rows": rows.rows})
        if moment.step is not None and told["ngram"] is None:  # once the first sample is there to be read
            told["ngram"] = ngram.held_out_loss(own.text)
    if moment is None or kept is None:
        raise RuntimeError("a training ends with an evaluation")
    told = {**told, "rows": rows.rows, "kept": kept.update, "ended": moment.ended or ""}
    _tell(place, {**told, "phase": "finishing"})
    model = _finished(kept, plan, own, request, told)
    path = place / "models" / f"{request['name']}.npz"
    model.save(path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)
    _tell(place, {**told, "phase": "ended", "model": request["name"]})


def _untrained(plan: Plan, own: OwnText, seed: int) -> LanguageModel:
    """The network with which the training begins."""
    from engine.training.loop import Progress

    return LanguageModel.from_state_dict(own.text.vocabulary, Progress(plan, own.text, seed).weights)


def _with_moment(told: State, moment: Moment) -> State:
    losses = told["losses"]
    if moment.loss is not None:
        losses = thinned([*losses, (moment.update, moment.loss)], MOST_POINTS)
    best = moment.kept.update if moment.kept is not None else told.get("best", 0)
    now = State(
        phase="paused" if moment.control["paused"] else "training",
        update=moment.update,
        updates=moment.updates,
        seconds=moment.seconds,
        left=moment.left,
        losses=losses,
        best=best,
    )
    if moment.loss is not None:
        now["speed"] = moment.speed
    return cast(State, {**told, **now})


def _finished(kept: Evaluation, plan: Plan, own: OwnText, request: Request, told: State) -> LanguageModel:
    """The model with all that its card can say, an example of the text too, by which the stage shows the training."""
    measured = None if told["ngram"] is None else own_model.Yardsticks(told["uniform"], told["ngram"])
    facts = own_model.about(request["name"], request["name"], own.report, measured) | {"example": _example(own)}
    model = own_model.model_so_far(kept, plan, own, facts)
    model = with_loss_by_context(model, own.text, _POSITIONS[request["level"]])
    seed = next((seed for seed, _ in candidates(model, range(_SEEDS))), None)
    return model if seed is None else with_opening_seed(model, seed)


def _example(own: OwnText) -> str:
    """A sequence of the held-out part, the first of a length that fits a screen."""
    vocabulary, most = own.text.vocabulary, _EXAMPLE[own.report.level]
    if own.text.stream:
        return vocabulary.decode(own.text.held_out[0][:most]).strip()
    fitting = [one for one in own.text.held_out if 3 <= len(one) <= most + 1]
    return vocabulary.decode((fitting or own.text.held_out)[0][: most + 1])


def _tell(place: Path, state: State) -> None:
    bench.write(place / "state.json", {**state, "at": time.time()})
