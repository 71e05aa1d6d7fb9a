"""What a lecturer would say about the moment on show, with its real numbers: a sentence or two."""

import numpy as np

from engine.figures.labels import joined
from engine.figures.translator import Translator
from engine.generation import Distributions, GenerationStep, from_rest
from engine.run import Run
from engine.ui.sentences import as_html, quoted
from engine.unk_policy import DRAWS_PER_STEP


def narration(run: Run, distributions: Distributions | None, tr: Translator) -> str:
    """The sentences for the moment on show, as HTML, tokens escaped. `distributions`: None before the first step."""
    step = run.shown
    if step is None or distributions is None:
        return as_html([tr("narration.opening")], tr)
    sentences = _step(run, step, distributions, tr)
    if run.finish_reason is not None:
        sentences += _ending(run, step, tr)
    return as_html(sentences, tr)


def numpy_lines(run: Run) -> list[str]:
    """Two lines of numpy that give the outcome of the step on show again, from its distribution."""
    step = run.shown
    if step is None or not step.draws:
        return []
    source = "rest" if from_rest(step, run.rules) else "probs"
    return [
        f"u = np.random.default_rng({run.recipe.seed}).random(({step.t}, {DRAWS_PER_STEP}))"
        f"[{step.t - 1}, {len(step.draws) - 1}]",
        f'token = np.searchsorted(np.cumsum({source}), u, side="right")',
    ]


def _step(run: Run, step: GenerationStep, distributions: Distributions, tr: Translator) -> list[str]:
    moment = run.moment
    if moment.phase == "feed":
        return [_fed(run, step, tr)]
    if moment.phase == "predict":
        return [_predicted(run, step, distributions, tr)]
    if moment.phase == "draw":
        return _drawn(run, step, distributions, moment.draws, tr)
    return [_fed(run, step, tr), *_drawn(run, step, distributions, len(step.draws), tr), *_fed_back(run, tr)]


def _fed(run: Run, step: GenerationStep, tr: Translator) -> str:
    if step.input_id is None:
        return tr("narration.fed_zero")
    key = "narration.fed" if run.moment.phase == "" else "narration.feeding"
    return tr(key, token=_token(run, step.input_id), t=step.t, before=step.t - 1)


def _predicted(run: Run, step: GenerationStep, distributions: Distributions, tr: Translator) -> str:
    best = int(distributions.model.argmax())
    drawn = step.origin == "drawn"
    return tr(
        "narration.predicted" if drawn and run.rules.settings.temperature else "narration.predicted.no_draw",
        t=run.moment.t,
        count=len(distributions.model),
        token=_token(run, best),
        prob=float(distributions.model[best]),
    )


def _drawn(run: Run, step: GenerationStep, distributions: Distributions, shown: int, tr: Translator) -> list[str]:
    """The draws that have fallen so far."""
    token = _token(run, step.token_id)
    if step.origin == "given":
        return [tr("narration.given", token=token, prob=run.facts[step.t - 1].prob)]
    if step.origin == "forced":
        return [tr("narration.forced", token=token, prob=run.facts[step.t - 1].prob)]
    sentences = []
    rejected = min(shown, len(step.draws) - 1)
    if rejected == 1:
        sentences.append(tr("narration.rejected", t=step.t))
    elif rejected > 1:
        sentences.append(tr("narration.rejected_times", t=step.t, times=rejected))
    if shown < len(step.draws):
        return sentences
    if not run.rules.settings.temperature and not rejected:
        return [tr("narration.greedy", token=token)]
    if not from_rest(step, run.rules):
        again = "narration.drawn_again" if rejected else "narration.drawn"
        sentences.append(tr(again, draw=step.draws[-1], token=token, prob=float(distributions.probs[step.token_id])))
        return sentences
    if rejected > 1:
        sentences.append(tr("narration.gave_up", times=rejected))
    others = int(np.count_nonzero(distributions.source(from_rest=True)))
    if distributions.nothing_left:
        alone = "narration.nothing_left.one" if run.rules.settings.temperature else "narration.nothing_left.greedy"
        sentences.append(tr(alone if others == 1 else "narration.nothing_left", count=others, token=token))
    else:
        unk_prob = float(distributions.probs[run.model.vocabulary.unk_id])
        sentences.append(tr("narration.drawn_rest", count=others, unk=unk_prob, token=token))
    return sentences


def _fed_back(run: Run, tr: Translator) -> list[str]:
    if run.finish_reason is not None:
        return []
    return [tr("narration.fed_back", t=run.moment.t + 1)]


def _ending(run: Run, step: GenerationStep, tr: Translator) -> list[str]:
    vocabulary = run.model.vocabulary
    if run.finish_reason == "eos":
        key = "ending.eos_forced" if step.origin == "forced" else "ending.eos"
        return [tr(key, t=step.t, prob=run.facts[step.t - 1].prob), tr("ending.next")]
    if vocabulary.eos_id is None:
        return [tr("ending.length_no_eos", limit=run.recipe.limit), tr("ending.next_limit")]
    passed = [one.t for one in run.steps[: step.t] if one.token_id == vocabulary.eos_id]
    if passed:
        times = joined(map(str, passed[:5]), tr) + (tr("list.more") if len(passed) > 5 else "")
        return [tr("ending.length_passed", limit=run.recipe.limit, times=times), tr("ending.next_limit")]
    chances = [facts.eos_prob or 0.0 for facts in run.facts[: step.t]]
    best = int(np.argmax(chances))
    return [
        tr("ending.length_never", limit=run.recipe.limit, t=best + 1, prob=chances[best]),
        tr("ending.next_limit"),
    ]


def _token(run: Run, token_id: int) -> str:
    return quoted(run.model.vocabulary, token_id)
