"""The strip of tokens: a chip for every step known, as plain data that front/token_strip.js draws."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from engine.figures.labels import chance, in_quotes, token_kind, token_label
from engine.figures.records import Chip, Jump, TokenStrip
from engine.figures.translator import Translator
from engine.generation import GenerationStep, StepFacts
from engine.phases import Moment, drawn_so_far, is_out
from engine.vocabulary import Vocabulary

WINDOW = {"word": 40, "char": 120}  # chips on the strip at once, so that a long run costs no more than a short one
SHADES = (1, 3, 6, 10)  # bits of surprisal at which the next darker of five shades begins


def token_strip(
    steps: Sequence[GenerationStep], facts: Sequence[StepFacts], moment: Moment, vocabulary: Vocabulary, tr: Translator
) -> TokenStrip:
    """The chips around the step on show, and how many steps there are before and after them.

    `steps` and `facts`: the run as far as it is known; steps after `moment.t` are the future that Back left behind.
    """
    shown = moment.t
    first, last = _window(shown, len(steps), WINDOW[vocabulary.level])
    return {
        "label": tr("strip.label", count=shown),
        "empty": "" if steps else tr("strip.empty"),
        "scale": (tr("strip.likely"), tr("strip.surprising")),
        "earlier": _jump("strip.earlier", first - 1, first - 1, tr),
        "later": _jump("strip.later", len(steps) - last, last + 1, tr),
        "chips": [_chip(steps[i - 1], facts[i - 1], moment, vocabulary, tr) for i in range(first, last + 1)],
    }


def _window(shown: int, count: int, size: int) -> tuple[int, int]:
    """First and last step on the strip: `size` of them, the one on show two thirds of the way along."""
    first = max(1, min(shown - 2 * size // 3, count - size + 1))
    return first, min(count, first + size - 1)


def _jump(key: str, count: int, to: int, tr: Translator) -> Jump | None:
    return {"text": tr(key, count=count), "t": to} if count else None


def _chip(step: GenerationStep, facts: StepFacts, moment: Moment, vocabulary: Vocabulary, tr: Translator) -> Chip:
    out = is_out(step, moment)
    fallen = drawn_so_far(step, moment)
    times = fallen - 1 if out and fallen else fallen
    surprisal = facts.surprisal
    chip: Chip = {
        "t": step.t,
        "text": token_label(vocabulary, step.token_id) if out else "?",
        "prob": chance(facts.prob) if out else "",
        "shade": bisect_right(SHADES, surprisal) if out else None,
        "kind": token_kind(vocabulary, step.token_id) if out else "open",
        "origin": step.origin,
        "sign": tr(f"strip.{step.origin}") if step.origin != "drawn" and out else "",
        "rejected": _rejected(times, vocabulary, tr),
        "when": "now" if step.t == moment.t else "past" if step.t < moment.t else "future",
        "title": tr("strip.waiting", t=step.t),
    }
    if out:
        token = in_quotes(vocabulary, step.token_id)
        chip["title"] = _title(step.origin, step.t, token, facts.prob, facts.prob_after, surprisal, tr)
    if chip["rejected"]:
        chip["title"] = tr("strip.title.rejected", title=chip["title"], rejected=chip["rejected"])
    return chip


@lru_cache(maxsize=2**14)  # a chip that stays is told again at every step
def _title(origin: str, t: int, token: str, prob: float, after: float, bits: float, tr: Translator) -> str:
    return tr(f"strip.title.{origin}", t=t, token=token, prob=prob, after=after, bits=bits)


def _rejected(times: int, vocabulary: Vocabulary, tr: Translator) -> str:
    if times == 0:
        return ""
    unk = vocabulary.unk_token or ""  # which it has, or nothing would have been rejected
    return unk if times == 1 else tr("strip.rejected", token=unk, times=times)
