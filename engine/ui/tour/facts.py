"""The numbers that the words of a stop may name: those of the moment on show, as the engine has them."""

from typing import Any

from engine.figures.translator import Translator
from engine.run import Run
from engine.ui.novel import novel
from engine.ui.sentences import quoted


def facts(run: Run, tr: Translator) -> dict[str, Any]:
    """By the name that stands in curly brackets; what a moment has not is left out. Tokens are for `as_html`.

    t, last, limit, given: time step on show, last possible one, step limit, tokens of the prompt. count: tokens of the
    vocabulary. temperature: at this step. text: what is out so far.
    input, token, prob, model_prob: what is fed (0: the zero vector); what comes out, its probability after and before
    temperature and filters. best, best_prob: the likeliest under the model. eos_prob, unk_prob, entropy: of yhat<t>.
    u, u_last: the first and the last draw of the step. rejected: how many. struck: the first that was.
    novel: whether a run that has ended stands in the training text.
    """
    vocabulary, step, t = run.model.vocabulary, run.shown, run.moment.t
    known: dict[str, Any] = {
        "t": t,
        "next": t + 1,
        "last": run.last,
        "limit": run.recipe.limit,
        "given": run.given,
        "count": len(vocabulary),
        "temperature": run.rules.settings.temperature,
        "text": run.text.strip(),
    }
    if step is None:
        return known
    figures, distributions = run.facts[t - 1], run.distributions
    known |= {
        "input": "0" if step.input_id is None else quoted(vocabulary, step.input_id),
        "token": quoted(vocabulary, step.token_id),
        "prob": figures.prob_after,
        "model_prob": figures.prob,
        "entropy": figures.entropy,
        "rejected": max(0, len(step.draws) - 1),
    }
    if distributions is not None:
        best = int(distributions.model.argmax())
        known |= {"best": quoted(vocabulary, best), "best_prob": float(distributions.model[best])}
    if figures.eos_prob is not None:
        known["eos_prob"] = figures.eos_prob
    if figures.unk_prob is not None:
        known["unk_prob"] = figures.unk_prob
    if step.draws:
        known |= {"u": step.draws[0], "u_last": step.draws[-1]}
    if len(step.draws) > 1:
        known["struck"] = quoted(vocabulary, step.draws[0].token_id)
    if run.finish_reason is not None:
        known["novel"] = novel(run, tr)
    return known
