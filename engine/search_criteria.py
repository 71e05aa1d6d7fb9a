"""What a run can be searched for, how close one comes to it, and why none can."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, TypeAlias

from engine.generation import SampledRun, generate
from engine.model import LanguageModel
from engine.recipe import Recipe, Rules
from engine.typed_text import encode_typed, typed_text
from engine.vocabulary import UnknownTokenError, Vocabulary

CRITERIA = ("unk", "eos", "limit", "twice", "contains")
WITHIN = 5  # "unk": <UNK> is rejected at one of so many first steps after the prompt
AFTER = (6, 12)  # "eos": <EOS> is drawn at one of these steps after the prompt
OpenSteps: TypeAlias = dict[int, Rules]  # by time step, those whose token is drawn
_LOOKED_AT = 500  # steps, for whether luck has any part in a run
_FOLLOWED = {"unk": 4 * WITHIN, "eos": 2 * AFTER[1]}  # steps: a little beyond the criterion, to see what comes close


class SearchCriterion(NamedTuple):
    """What a run should have. `name`: one of CRITERIA; `text`: what "contains" looks for after the prompt.

    "limit": the run is stopped by the step limit. "twice": two rejections in one step.
    """

    name: str
    text: str = ""


class Match(NamedTuple):
    """How close a run comes. `missing`: steps, rejections or tokens from the criterion, 0 where it comes true.

    `t`: the time step at which it comes true or comes closest. `amount`: what was reached: steps after the prompt until
    then; for "twice" the rejections in that step, for "contains" the tokens of the text that were found in a row.
    """

    seed: int
    t: int
    amount: int
    missing: int


class Obstacle(NamedTuple):
    """Why no seed can bring the criterion: `name`, and the numbers or words that a sentence about it needs.

    "no_unk", "no_eos": not in the vocabulary. "allow": <UNK> is never rejected. "once": never twice in a step.
    "eos_off": no stop at <EOS>. "short": the limit comes before. "by_hand": forced tokens leave no step for it. "same":
    every draw is certain. Of a text: "empty", "unknown_word", "unknown_char", "long" (for the limit), "rejected" (it
    has <UNK>).
    """

    name: str
    values: dict[str, int | tuple[str, ...]]


def followed(criterion: SearchCriterion, recipe: Recipe) -> Recipe:
    """The recipe with no more steps than the criterion needs."""
    return replace(recipe, limit=min(recipe.limit, _FOLLOWED.get(criterion.name, recipe.limit)))


def match_run(
    run: SampledRun, criterion: SearchCriterion, wanted: list[int], recipe: Recipe, given: int
) -> Match | None:
    """How close `run`, one of `recipe`, comes to `criterion`; None where nothing in it comes close.

    `wanted`: the token ids of the criterion's text. `given`: how many tokens the prompt has.
    """
    last, steps = len(run.token_ids), len(run.token_ids) - given
    if criterion.name == "unk":
        t = next((t for t, count in enumerate(run.rejections, 1) if count), None)
        return None if t is None else Match(run.seed, t, t - given, max(0, t - given - WITHIN))
    if criterion.name == "eos":
        if run.finish_reason != "eos" or last in dict(recipe.forced):
            return None
        return Match(run.seed, last, steps, max(0, AFTER[0] - steps, steps - AFTER[1]))
    if criterion.name == "limit":
        return Match(run.seed, last, steps, recipe.limit + 1 - steps if run.finish_reason == "eos" else 0)
    if criterion.name == "twice":
        least = min(2, max(run.rejections))
        t = next((t for t, count in enumerate(run.rejections, 1) if count >= least > 0), None)
        return None if t is None else Match(run.seed, t, run.rejections[t - 1], 2 - least)
    length, end = _longest_beginning(wanted, run.token_ids[given:])
    return Match(run.seed, given + end, length, len(wanted) - length) if length else None


def find_obstacle(model: LanguageModel, recipe: Recipe, criterion: SearchCriterion) -> Obstacle | None:
    """Why no seed can bring the criterion under this model and recipe; None where one may."""
    vocabulary = model.vocabulary
    given = len(encode_typed(recipe.prompt, vocabulary))
    open_steps, cut_short = _open_steps(vocabulary, recipe, given)
    if criterion.name in ("unk", "twice"):
        obstacle = _obstacle_to_rejection(criterion.name, vocabulary, open_steps, given)
    elif criterion.name == "eos":
        obstacle = _obstacle_to_eos(vocabulary, recipe, open_steps, given)
    elif criterion.name == "limit":
        obstacle = Obstacle("by_hand", {}) if cut_short else None
    else:
        obstacle = _obstacle_to_text(vocabulary, recipe, criterion.text, open_steps)
    same = obstacle is None and _without_luck(model, followed(criterion, recipe), open_steps)
    return Obstacle("same", {}) if same else obstacle


def _obstacle_to_rejection(name: str, vocabulary: Vocabulary, open_steps: OpenSteps, given: int) -> Obstacle | None:
    if vocabulary.unk_id is None:
        return Obstacle("no_unk", {})
    policies = {rules.policy for t, rules in open_steps.items() if name == "twice" or t <= given + WITHIN}
    if not policies:
        return Obstacle("by_hand", {})
    once = [policy.once for policy in policies if policy.rejects]
    if not once:
        return Obstacle("allow", {})
    return None if name != "twice" or any(policy.most_draws > 2 for policy in policies) else Obstacle(once[0], {})


def _obstacle_to_eos(vocabulary: Vocabulary, recipe: Recipe, open_steps: OpenSteps, given: int) -> Obstacle | None:
    first, last = AFTER
    if vocabulary.eos_id is None:
        return Obstacle("no_eos", {})
    if recipe.limit < first:
        return Obstacle("short", {"limit": recipe.limit, "first": first, "last": last})
    stops = [rules.stop_at_eos for t, rules in open_steps.items() if first <= t - given <= last]
    if not stops:
        return Obstacle("by_hand", {})
    return None if any(stops) else Obstacle("eos_off", {})


def _obstacle_to_text(vocabulary: Vocabulary, recipe: Recipe, text: str, open_steps: OpenSteps) -> Obstacle | None:
    text = typed_text(text, vocabulary).text
    try:
        wanted = vocabulary.encode(text)
    except UnknownTokenError as error:
        return Obstacle(f"unknown_{vocabulary.level}", {"words": (error.token,)})
    unknown = [piece for piece in vocabulary.split(text) if piece not in vocabulary]
    if unknown:
        return Obstacle(f"unknown_{vocabulary.level}", {"words": tuple(dict.fromkeys(unknown))})
    if not text.strip():
        return Obstacle("empty", {})
    if len(wanted) > recipe.limit:
        return Obstacle("long", {"count": len(wanted), "limit": recipe.limit})
    if vocabulary.unk_id in wanted and all(rules.policy.ends_in_rest for rules in open_steps.values()):
        return Obstacle("rejected", {})
    return None


def _open_steps(vocabulary: Vocabulary, recipe: Recipe, given: int) -> tuple[OpenSteps, bool]:
    """The time steps whose token is drawn, if a run gets there, with their rules; and whether an <EOS> chosen by hand
    ends every run before the limit."""
    forced, steps = dict(recipe.forced), dict[int, Rules]()
    for t in range(given + 1, given + recipe.limit + 1):
        rules = recipe.at(t)
        if t not in forced:
            steps[t] = rules
        elif rules.stop_at_eos and forced[t] == vocabulary.eos_id:
            return steps, True
    return steps, False


def _without_luck(model: LanguageModel, recipe: Recipe, open_steps: OpenSteps) -> bool:
    """Whether no draw depends on u: at every step one token has all of the strip, as with temperature 0.

    Where the settings do not say so, the run does, if it ends within the steps that are looked at.
    """
    if all(rules.settings.temperature == 0 or rules.settings.top_k == 1 for rules in open_steps.values()):
        return True
    ended = False
    for step in islice(generate(model, recipe), _LOOKED_AT):
        if any((draw.low, draw.high) != (0, 1) for draw in step.draws):
            return False
        ended = step.finish_reason is not None
    return ended


def _longest_beginning(wanted: Sequence[int], token_ids: Sequence[int]) -> tuple[int, int]:
    """How many of the first of `wanted` stand in a row somewhere in `token_ids`, and how many tokens end with them."""
    text, pattern = ("".join(map(chr, ids)) for ids in (token_ids, wanted))  # a character each: the fastest search
    length = 0
    while length < len(pattern) and pattern[: length + 1] in text:
        length += 1
    return length, text.find(pattern[:length]) + length
