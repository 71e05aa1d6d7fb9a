"""Predictions: what a viewer commits to before a draw falls, and its score in bits beside that of yhat<t> itself.

What is predicted is where u(t, 1) falls, the first draw of the step, among the tokens that have a bar of their own and
"others", all the rest together: the distribution that it is drawn from is the one that the bars show (after temperature
and filters), so nobody can do better than the bars themselves, and even they are surprised by their entropy on average.

Up to CHIPS chips say how sure one is: n_i of the n that are placed lie on outcome i, of which there are R. The share

    s_i = (1 - KEPT) n_i / n + KEPT / R

keeps a hundredth back (a tenth of a chip of ten) and spreads it evenly, so that a miss costs much, but not infinitely
many bits: -log2 s_i is the logarithmic score (Good 1952), which is best on average for whoever says what they believe.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log2
from typing import NamedTuple

import numpy as np

from engine.recipe import Rules
from engine.sampling import Probs
from engine.time_step import Distributions, GenerationStep, draw_token, luck
from engine.vocabulary import Vocabulary

CHIPS = 10
KEPT = 0.01  # of every prediction, spread evenly over all outcomes
COOLER = 0.5  # the temperature of the question "cooler"
AHEAD = 5  # steps that the question "unk" looks ahead, the one predicted among them
# Is the token of this step <EOS>? Is <UNK> drawn (rejected or not) in the next AHEAD steps? Would the same u have given
# another token at T = COOLER?
QUESTIONS = ("eos", "unk", "cooler")

Outcome = int | None  # a token with a bar of its own; None: one of the others


class Score(NamedTuple):
    """How a distribution of chips did. `came`: the outcome; `chips` of them on it; `share`: s_i above; `bits`: -log2 of
    it. `prob` and `best`: what the distribution of the draw has for that outcome, and -log2 of it; `expected`: its
    entropy over the same outcomes, what it scores on average.
    """

    came: Outcome
    chips: int
    share: float
    bits: float
    prob: float
    best: float
    expected: float


class Answer(NamedTuple):
    """`said` to a question of QUESTIONS; `truth`: None where it takes later steps (`truth_of`)."""

    question: str
    said: bool
    truth: bool | None


class Prediction(NamedTuple):
    """What was committed to before the draw of step `t`.

    `bars`: the tokens that had a bar of their own; `chips`: how many lie on which outcome, none where only questions
    were answered, and then `score` is None. `hidden`: whether the bars were.
    """

    t: int
    bars: tuple[int, ...]
    chips: tuple[tuple[Outcome, int], ...]
    hidden: bool
    score: Score | None
    answers: tuple[Answer, ...]


class Tally(NamedTuple):
    """All predictions of a run: how many with chips, and the sums of their bits; how many answers are decided, and how
    many of them are right."""

    scored: int
    bits: float
    best: float
    expected: float
    decided: int
    right: int


def score(chips: Mapping[Outcome, int], bars: Sequence[int], probs: Probs, token_id: int) -> Score:
    """The score of `chips` where `token_id` was drawn from `probs`, (V,). Raises ValueError for chips on what is no
    outcome, none at all, or more than CHIPS.

    >>> one = score({0: 1}, [0, 1], np.array([0.5, 0.25, 0.25]), 0)
    >>> round(one.share, 4), one.best, one.expected
    (0.9933, 1.0, 1.5)
    """
    shares = {token: float(probs[token]) for token in bars}
    outcomes: dict[Outcome, float] = dict(shares.items())
    if len(shares) < len(probs):
        others = np.ones(len(probs), dtype=bool)
        others[list(shares)] = False
        outcomes[None] = float(probs[others].sum())
    placed = sum(chips.values())
    if not (chips.keys() <= outcomes.keys() and 1 <= placed <= CHIPS and min(chips.values()) > 0):
        raise ValueError(f"1 to {CHIPS} chips must lie on {list(outcomes)}, but they are {dict(chips)}")
    came = token_id if token_id in shares else None
    here, prob = chips.get(came, 0), outcomes[came]
    share = (1 - KEPT) * here / placed + KEPT / len(outcomes)
    expected = -sum(one * log2(one) for one in outcomes.values() if one > 0)
    return Score(came, here, share, -log2(share), prob, max(0.0, -log2(prob)), max(0.0, expected))


def askable(vocabulary: Vocabulary, rules: Rules) -> tuple[str, ...]:
    """The questions that make sense under `rules`: no vocabulary without <EOS> draws it."""
    makes_sense = {
        "eos": vocabulary.eos_id is not None,
        "unk": vocabulary.unk_id is not None,
        "cooler": rules.settings.temperature != COOLER,
    }
    return tuple(question for question in QUESTIONS if makes_sense[question])


def commit(
    step: GenerationStep,
    distributions: Distributions,
    rules: Rules,
    seed: int,
    vocabulary: Vocabulary,
    bars: Sequence[int],
    chips: Mapping[Outcome, int],
    answers: Mapping[str, bool],
    hidden: bool = False,
) -> Prediction:
    """The prediction of `step`, whose draws have been made but not shown, scored. `distributions`: the step's own, with
    logits; `rules`: in force at it. ValueError for a step that no draw decided, or chips as in `score`.
    """
    if not step.draws:
        raise ValueError(f"step {step.t} was not drawn but {step.origin}: there is nothing to predict")
    scored = score(chips, bars, distributions.probs, step.draws[0].token_id) if chips else None

    def truth(question: str) -> bool | None:
        if question == "eos":
            return step.token_id == vocabulary.eos_id
        if question == "cooler" and distributions.logits is not None:
            cooler = rules._replace(settings=replace(rules.settings, temperature=COOLER))
            draws = draw_token(distributions.logits, cooler, vocabulary.unk_id, luck(seed, step.t))
            return draws[-1].token_id != step.token_id
        return None

    said = tuple(Answer(one, answers[one], truth(one)) for one in QUESTIONS if one in answers)
    return Prediction(step.t, tuple(bars), tuple(chips.items()), hidden, scored, said)


def truth_of(answer: Answer, t: int, out: Sequence[GenerationStep], ended: bool, unk_id: int | None) -> bool | None:
    """What is true of the question, as far as the steps that are `out` can say; None: not decided yet.

    `t`: the step that was predicted. `ended`: whether no step comes after those.
    """
    if answer.truth is not None or answer.question != "unk":
        return answer.truth
    ahead = out[t - 1 : t - 1 + AHEAD]
    if any(draw.token_id == unk_id for step in ahead for draw in step.draws):
        return True
    return False if ended or len(ahead) == AHEAD else None


def tally(
    predictions: Sequence[Prediction], out: Sequence[GenerationStep], ended: bool, unk_id: int | None
) -> Tally | None:
    """The predictions of the steps that are `out`, summed up; None where there are none."""
    shown = [one for one in predictions if one.t <= len(out)]
    if not shown:
        return None
    scores = [one.score for one in shown if one.score is not None]
    truths = [(answer.said, truth_of(answer, one.t, out, ended, unk_id)) for one in shown for answer in one.answers]
    return Tally(
        len(scores),
        sum(one.bits for one in scores),
        sum(one.best for one in scores),
        sum(one.expected for one in scores),
        sum(truth is not None for _, truth in truths),
        sum(said == truth for said, truth in truths),
    )
