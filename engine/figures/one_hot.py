"""x<t> as a one-hot vector: where its 1 stands, and what that picks of the weights."""

from html import escape

from engine.figures.labels import in_quotes
from engine.figures.translator import Translator
from engine.generation import GenerationStep
from engine.model import LanguageModel


def one_hot(model: LanguageModel, step: GenerationStep, tr: Translator) -> str:
    """x<t> as HTML (ui/panels.css): all of it as a band with its 1 where it stands, and in words what it picks."""
    size = len(model.vocabulary)
    if step.input_id is None:
        mark, words = "", tr("panel.inside.zero", t=step.t, size=size)
    else:
        k, token = step.input_id, in_quotes(model.vocabulary, step.input_id)
        mark = f'<u style="left:{100 * (k + 0.5) / size:.3f}%"></u>'
        words = tr("panel.inside.hot", t=step.t, k=k, token=token, others=size - 1)
        if model.embedding is None:
            words += tr("panel.inside.column", t=step.t, k=k)
        else:
            words += tr("panel.inside.row", k=k, width=model.embedding.shape[1])
    return (
        f'<div class="one-hot" data-step="{step.t}"><div class="band" aria-hidden="true"><span>0</span>'
        f"<div>{mark}</div><span>{size - 1:,}</span></div><p>{escape(words)}</p></div>"
    )
