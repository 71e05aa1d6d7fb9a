"""A run: recipe -> time steps. x<1> = 0, then every token drawn (given, forced) becomes the next input."""

from collections.abc import Iterator

from engine.batches import BATCH, SampledRun, check_forced, sample_in_turns
from engine.filters import Floats
from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.sampling import Draw
from engine.time_step import (
    Distributions,
    GenerationStep,
    StepFacts,
    draw_token,
    from_rest,
    luck,
    step_distributions,
    step_facts,
)
from engine.typed_text import encode_typed
from engine.unk_policy import DRAWS_PER_STEP

__all__ = [
    "BATCH", "DRAWS_PER_STEP", "Distributions", "GenerationStep", "SampledRun", "StepFacts", "draw_token", "from_rest",
    "generate", "luck", "sample_many", "step_distributions", "step_facts",
]  # fmt: skip


def generate(model: LanguageModel, recipe: Recipe, after: GenerationStep | None = None) -> Iterator[GenerationStep]:
    """The time steps of a run, one by one, each computed when it is asked for.

    `after`: a step of this very run to go on from (its successors follow); None begins at t = 1. The state advances
    once a step, however many draws. Ends after <EOS> (finish_reason "eos"), if the vocabulary has it and the recipe
    stops there, or `limit` tokens after the prompt ("length"). Raises UnknownTokenError for a prompt the vocabulary
    cannot spell and ValueError for a forced token id outside it.
    """
    for step, _ in generate_with_logits(model, recipe, after):
        yield step


def generate_with_logits(
    model: LanguageModel, recipe: Recipe, after: GenerationStep | None = None
) -> Iterator[tuple[GenerationStep, Floats]]:
    """The same, each step with its logits, (V,): for who shows them, not to compute them once more."""
    vocabulary = model.vocabulary
    prompt = encode_typed(recipe.prompt, vocabulary)
    last_t = len(prompt) + recipe.limit
    forced = check_forced(recipe, vocabulary)
    t, token_id, state = (0, None, model.initial_state()) if after is None else (after.t, after.token_id, after.state)
    if after is not None and after.finish_reason == "eos":
        return
    while t < last_t:
        t += 1
        rules = recipe.at(t)
        input_id = token_id
        logits, state = model.step(input_id, state)
        draws: tuple[Draw, ...] = ()
        if t <= len(prompt):
            token_id, origin = prompt[t - 1], "given"
        elif t in forced:
            token_id, origin = forced[t], "forced"
        else:
            draws = draw_token(logits, rules, vocabulary.unk_id, luck(recipe.seed, t))
            token_id, origin = draws[-1].token_id, "drawn"
        finish_reason = "length" if t == last_t else None
        if rules.stop_at_eos and token_id == vocabulary.eos_id:
            finish_reason = "eos"
        yield GenerationStep(t, input_id, state, token_id, origin, draws, finish_reason), logits
        if finish_reason is not None:
            return


def sample_many(model: LanguageModel, recipe: Recipe, n: int) -> Iterator[SampledRun]:
    """The runs of `recipe` with the seeds recipe.seed, recipe.seed + 1, ... (0 follows the last one), `n` in all.

    Each has the tokens that `generate` gives for its seed, except where two outcomes lie so close that rounding decides
    (a product of matrices rounds differently from a product with a vector): where u is within 1e-5 of a segment's edge,
    or where logits that differ by less than 1e-5 meet at the edge of a filter or of the greedy choice. From there on
    the two runs differ. Computed in batches, each yielded when its last run has ended. Raises as `generate` does.
    """
    for runs in sample_in_turns(model, recipe, n):
        yield from runs
