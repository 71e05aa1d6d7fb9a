"""Novel? What the hashes of the training text say of a run that has ended, in words."""

from engine.figures.translator import Translator
from engine.novelty import SURE, novelty
from engine.run import Run


def novel(run: Run, tr: Translator) -> str:
    """A sentence or two on whether the sequence stands in the training text; not escaped."""
    vocabulary, hashes = run.model.vocabulary, run.model.training_hashes
    if hashes is None:
        return tr("novel.unknown")
    token_ids = [step.token_id for step in run.steps[: run.moment.t]]
    found = novelty(token_ids, hashes, vocabulary.level, vocabulary.eos_id)
    if vocabulary.eos_id is None:
        start, length = found.stretch
        if not length:
            least = SURE[vocabulary.level]
            if len(token_ids) < least:
                return tr(f"novel.short.{vocabulary.level}", least=least, count=len(token_ids))
            return tr(f"novel.stretch.none.{vocabulary.level}", least=least)
        stretch = vocabulary.decode(token_ids[start : start + length])
        return tr("novel.stretch", length=length, first=start + 1, last=start + length, text=stretch)
    if not found.sequences:
        return tr("novel.unfinished")
    if found.sequences > 1:
        return tr("novel.several", known=found.known, count=found.sequences)
    return tr("novel.known" if found.known else "novel.new", count=len(hashes))
