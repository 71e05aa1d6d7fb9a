"""What many whole runs have in common, in words and tables, with the numbers at hand."""

from html import escape

import numpy as np

from engine.figures.translator import Translator
from engine.many_runs import FinishedRun, Survey, rejection
from engine.novelty import SURE
from engine.statistics import share_band

LONGEST = 70  # characters of a sequence in a sentence


def endings(now: Survey) -> dict[str, int]:
    """How many runs came to each of the three endings."""
    counts = {"eos": 0, "limit": 0, "no_eos": 0}
    for run in now.runs:
        counts[run.ending] += 1
    return counts


def endings_table(now: Survey, tr: Translator) -> str:
    """The three endings, never to be confused; one that cannot be with this vocabulary says so."""
    n, with_eos = len(now.runs), now.model.vocabulary.eos_id is not None
    rows = ""
    for name, count in endings(now).items():
        least, most = share_band(count, n)
        share = tr("draws.ending.share", share=count / n, least=least, most=most)
        if (name == "no_eos") == with_eos:
            share = tr("draws.ending.cannot")
        label = escape(tr(f"draws.ending.{name}"))
        rows += f'<tr class="{name}"><th>{label}</th><td>{count:,}</td><td>{escape(share)}</td></tr>'
    return f'<table class="endings">{rows}</table><div class="caption">{escape(tr("draws.band"))}</div>'


def draws_per_step(now: Survey, tr: Translator) -> str:
    """By what law a step takes its draws."""
    steps = int(now.draws.sum())
    if not steps:
        if now.model.vocabulary.unk_id is None:
            return tr("draws.draws.no_unk")
        kept = [policy for policy in now.steps_of if not policy.rejects]
        return tr(f"draws.unk.kept.{kept[0].name}") if kept else tr("draws.draws.none")
    values = {"steps": steps, "mean": 1 - float(now.expected[0]) / steps}
    if len(now.steps_of) > 1:
        return tr("draws.draws.mixed", **values)
    return tr(f"draws.unk.draws.{now.policy.name}", redraw=tr("unk.redraw"), **values)


def novel(now: Survey, tr: Translator) -> str:
    """How many sequences do not stand in the training text."""
    vocabulary = now.model.vocabulary
    if now.model.training_hashes is None:
        return tr("draws.novel.unknown")
    count, known = sum(run.looked_up for run in now.runs), sum(run.known for run in now.runs)
    if not count and vocabulary.eos_id is None:
        return tr(f"draws.novel.short.{vocabulary.level}", least=SURE[vocabulary.level])
    if not count:
        return tr("draws.novel.unfinished")
    least, most = share_band(count - known, count)
    values = {
        "new": count - known,
        "count": count,
        "share": (count - known) / count,
        "least": least,
        "most": most,
    }
    if vocabulary.eos_id is not None:
        return tr("draws.novel.sequences", **values)
    return tr(f"draws.novel.stream.{vocabulary.level}", least_copied=SURE[vocabulary.level], **values)


def whole(now: Survey, tr: Translator) -> list[str]:
    """Step-wise rejection against keeping only whole sequences without <UNK>, by the numbers of these runs."""
    if now.model.vocabulary.unk_id is None:
        return [tr("draws.whole.no_unk")]
    n, found = len(now.runs), rejection(now)
    values = {"n": n, "met": n - found.clean, "clean": found.clean}
    share = found.clean / n
    said = [tr(f"draws.unk.whole.{now.policy.whole}", share=1 - share, left=share, **values)]
    kept = np.array([run.kept for run in now.runs])
    shown = next((run for run in now.runs if 0 < run.kept < 1), None)
    if found.mean_steps_clean is None:
        said.append(tr("draws.whole.nobody"))
    elif shown is not None:
        said.append(
            tr(
                f"draws.unk.factor.{now.policy.factor}",
                text=text_of(now, shown, LONGEST),
                seed=shown.seed,
                kept=shown.kept,
                times=_times(shown.kept),
                times_whole=_times(share),
                smallest=kept.min(),
                largest=kept.max(),
            )
        )
        if round(found.mean_steps, 1) == round(found.mean_steps_clean, 1):
            key = "draws.whole.length.same" if now.rejects else "draws.whole.length.allowed.same"
        else:
            key = "draws.whole.length" if now.rejects else "draws.whole.length.allowed"
        said.append(tr(key, mean=found.mean_steps, mean_clean=found.mean_steps_clean))
    return said


def text_of(now: Survey, run: FinishedRun, most: int) -> str:
    """The sequence as running text, of a long one the first characters."""
    text = now.model.vocabulary.decode(run.token_ids.tolist())
    return text if len(text) <= most else text[: most - 1] + "…"


def _times(share: float) -> float:
    """How many times as large dividing by `share` makes a probability: computed from `share` as it is written."""
    return 1 / float(f"{share:.4g}")
