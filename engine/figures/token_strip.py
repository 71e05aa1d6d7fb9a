"""The strip of tokens: a chip for every step known, as plain data that front/token_strip.js draws."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from engine.figures.labels import chance, in_quotes, token_kind, token_label
from engine.figures.records import Chip, Jump, TokenStrip
from engine.figures.translator import Translator
from engine.generation import GenerationStep, StepFacts
from engine.phases import Moment, drawn_so_far, is_out
from engine.rules import Change
from engine.sampling import SETTINGS
from engine.vocabulary import Vocabulary

WINDOW = {"word": 40, "char": 120}  # chips on the strip at once, so that a long run costs no more than a short one
SHADES = (1, 3, 6, 10)  # bits of surprisal at which the next darker of five shades begins
CHANGES = (0.01, 0.05, 0.15, 0.4)  # and changes of yhat<t>, where the chips are shaded by these


def token_strip(
    steps: Sequence[GenerationStep],
    facts: Sequence[StepFacts],
    moment: Moment,
    vocabulary: Vocabulary,
    tr: Translator,
    changes: Sequence[Change] = (),
) -> TokenStrip:
    """The chips around the step on show, and how many steps there are before and after them.

    `steps` and `facts`: the run as far as it is known; steps after `moment.t` are the future that Back left behind.
    `changes`: of settings on the way; the chip of the step from which one is in force says so.
    """
    shown = moment.t
    first, last = _window(shown, len(steps), WINDOW[vocabulary.level])
    chips = [_chip(steps[i - 1], facts[i - 1], moment, vocabulary, tr) for i in range(first, last + 1)]
    for change in changes:
        if first <= change.t <= last:
            _mark(chips[change.t - first], change, tr)
    return {
        "label": tr("strip.label", count=shown),
        "empty": "" if steps else tr("strip.empty"),
        "scale": (tr("strip.likely"), tr("strip.surprising")),
        "earlier": _jump("strip.earlier", first - 1, first - 1, tr),
        "later": _jump("strip.later", len(steps) - last, last + 1, tr),
        "chips": chips,
    }


def shaded_by_influence(strip: TokenStrip, t: int, influence: Mapping[int, float], tr: Translator) -> TokenStrip:
    """`strip` with its chips shaded by how much yhat<t> changes without them as an input: that of x<k> is the token of
    step k - 1. The share that moves stands in place of the probability; chips of which nothing is known have no shade.
    """

    def chip(one: Chip) -> Chip:
        change = influence.get(one["t"] + 1)
        if change is None:
            return {**one, "shade": None, "prob": ""}
        title = tr("strip.title.influence", title=one["title"], t=t, change=change)
        shade = sum(change >= edge for edge in CHANGES)
        return {**one, "shade": shade, "prob": tr("strip.influence", change=change), "title": title}

    scale = (tr("strip.no_influence"), tr("strip.much_influence"))
    return {**strip, "scale": scale, "chips": [chip(one) for one in strip["chips"]]}


def _mark(chip: Chip, change: Change, tr: Translator) -> None:
    """Above the chip, as "T 1.5 →"."""
    t, name, value = change
    if name in SETTINGS:
        what = f"{'T' if name == 'temperature' else name} {tr('setting.off') if value is None else f'{value:g}'}"
    else:
        what = tr(f"strip.changed.{value if name == 'unk' else 'stop' if value else 'pass'}")
    chip["changed"] = " · ".join(filter(None, [chip.get("changed"), what]))
    chip["title"] = tr("strip.title.changed", title=chip["title"], t=t, what=what)


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


@lru_cache(maxsize=2**13)  # a chip that stays is told again at every step, and 150 visitors have 40 each
def _title(origin: str, t: int, token: str, prob: float, after: float, bits: float, tr: Translator) -> str:
    return tr(f"strip.title.{origin}", t=t, token=token, prob=prob, after=after, bits=bits)


def _rejected(times: int, vocabulary: Vocabulary, tr: Translator) -> str:
    if times == 0:
        return ""
    unk = vocabulary.unk_token or ""  # which it has, or nothing would have been rejected
    return unk if times == 1 else tr("strip.rejected", token=unk, times=times)
