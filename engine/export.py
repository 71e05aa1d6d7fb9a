"""A run to take away: as JSON with everything, and as CSV with a row a draw. Both hold the steps whose token is out.

The JSON is one object. A later VERSION may add keys; one that changes what a key means gets another number.

format, version   FORMAT and VERSION
model             name: what the app calls it; sha256: see `fingerprint`; cell ("rnn", "gru" or "lstm"), variant (null:
                  PyTorch's own cell), num_layers, hidden_size, dtype; level ("word" or "char"), vocabulary_size,
                  eos_token and unk_token (null: the vocabulary has none)
recipe            all that decides the run of this model, as a link has it: `Recipe.from_query(recipe)` and
                  `generate(model, recipe)` give the same steps again, and those that were still to come
text              the tokens as running text
finish_reason     "eos" or "length"; null: the run can go on
steps             one object a time step:
  t                     from 1; the tokens of the prompt count
  input, input_id       x<t>: the token that was fed, by its text and its place in the softmax; null: the zero vector
  token, token_id       what came out
  origin                "drawn", "given" (by the prompt), "forced" (chosen by hand), or "teacher_forced" (in training)
  prob, surprisal       P(token) by the model itself, before temperature and filters, and -log2 of it in bits
  prob_after            P(token) in the distribution that decided the step: after temperature and filters, and without
                        <UNK> where that was taken out
  entropy               of the model's own distribution, in bits
  eos_prob, unk_prob    the model's own P(<EOS>) and P(<UNK>); null where the vocabulary lacks the token
  draws                 in their order, none for a token that was not drawn: u, the token and token_id whose segment
                        low <= u < high of the 0-1 strip it fell into, and accepted, true for the last one alone
  prediction            what was predicted of the step before its draw (engine/prediction.py); null: nothing. An object:
    hidden                  whether the bars were hidden then
    bars                    ids of the tokens that had a bar of their own; all others together are one outcome more
    chips                   token_id (null: the others) and count, of each outcome that chips were laid on
    score                   how they did on the first draw: token_id that came (null: one of the others), the chips on
                            it, share and bits; prob and best_bits of the distribution of the draw, and expected_bits,
                            its entropy over the same outcomes; null: no chips
    answers                 question ("eos", "unk", "cooler"), said, and truth (null: later steps decide)

Version 1 had no predictions.

Of the CSV the first row has the names of COLUMNS, and every draw is a row. `draw` counts within a step; `outcome` is
"accepted" or "rejected". A token that was not drawn has a row too, with its origin as the outcome, draw 0, and no u,
low and high. `prob` and `surprisal`, as above, stand in the row of the token that came out, what is from a prediction's
score in that of the first draw, which it was about. Numbers have all of their
digits, tokens are as they are (a line end too, in quotes).
"""

import csv
import io
import json
from functools import lru_cache
from hashlib import sha256
from typing import Any

from engine.generation import GenerationStep, StepFacts
from engine.model import LanguageModel
from engine.prediction import Prediction, Score, truth_of
from engine.run import Run
from engine.vocabulary import Vocabulary

FORMAT, VERSION = "sequence-sampling-run", 2
_PREDICTED = ("chips", "share", "bits", "best_bits", "expected_bits")
COLUMNS = ("t", "draw", "outcome", "u", "low", "high", "token", "token_id", "prob", "surprisal", *_PREDICTED)


def run_json(run: Run, model_name: str) -> str:
    """The run as JSON; see above."""
    model, vocabulary, out = run.model, run.model.vocabulary, run.out
    predicted = {one.t: one for one in run.predictions}
    record = {
        "format": FORMAT,
        "version": VERSION,
        "model": {
            "name": model_name,
            "sha256": fingerprint(model),
            "cell": model.cell,
            "variant": model.variant,
            "num_layers": model.num_layers,
            "hidden_size": model.hidden_size,
            "dtype": str(model.dtype),
            "level": vocabulary.level,
            "vocabulary_size": len(vocabulary),
            "eos_token": vocabulary.eos_token,
            "unk_token": vocabulary.unk_token,
        },
        "recipe": run.recipe.to_query(),
        "text": run.text,
        "finish_reason": run.finish_reason,
        "steps": [
            {**_step(step, facts, vocabulary), "prediction": _prediction(predicted.get(step.t), run)}
            for step, facts in zip(out, run.facts, strict=False)
        ],
    }
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def run_csv(run: Run) -> str:
    """The run as CSV, a row a draw; see above."""
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    tokens = run.model.vocabulary.tokens
    scores = {one.t: _score(one.score) for one in run.predictions if one.score is not None}
    nothing = [""] * len(_PREDICTED)
    for step, facts in zip(run.out, run.facts, strict=False):
        if not step.draws:
            own = (tokens[step.token_id], step.token_id, facts.prob, facts.surprisal)
            rows.writerow((step.t, 0, step.origin, "", "", "", *own, *nothing))
        for j, draw in enumerate(step.draws, 1):
            accepted = j == len(step.draws)
            about = (facts.prob, facts.surprisal) if accepted else ("", "")
            strip = (draw.u, draw.low, draw.high, tokens[draw.token_id], draw.token_id)
            score = [scores[step.t][name] for name in _PREDICTED] if j == 1 and step.t in scores else nothing
            rows.writerow((step.t, j, "accepted" if accepted else "rejected", *strip, *about, *score))
    return file.getvalue()


@lru_cache(maxsize=8)  # models never change
def fingerprint(model: LanguageModel) -> str:
    """SHA-256 of vocabulary and weights, in hex: two models of the same one give the same runs.

    Hashed are, one after another, the UTF-8 of the JSON list [level, <EOS>, <UNK>, variant, tokens], and for each
    weight in the order of the names that of [name, dtype, shape] and its numbers, little-endian, as they are computed
    with (float16 of a file is float32).
    """
    vocabulary = model.vocabulary
    head = [vocabulary.level, vocabulary.eos_token, vocabulary.unk_token, model.variant, vocabulary.tokens]
    digest = sha256(json.dumps(head, ensure_ascii=False).encode())
    for name, weight in sorted(model.state_dict().items()):
        digest.update(json.dumps([name, str(weight.dtype), weight.shape]).encode())
        digest.update(weight.astype(weight.dtype.newbyteorder("<"), order="C", copy=False).data)
    return digest.hexdigest()


def _prediction(one: Prediction | None, run: Run) -> dict[str, Any] | None:
    if one is None:
        return None
    ended, unk_id = run.finish_reason is not None, run.model.vocabulary.unk_id
    truths = [truth_of(answer, one.t, run.out, ended, unk_id) for answer in one.answers]
    return {
        "hidden": one.hidden,
        "bars": list(one.bars),
        "chips": [{"token_id": token_id, "count": count} for token_id, count in one.chips],
        "score": None if one.score is None else _score(one.score),
        "answers": [
            {"question": answer.question, "said": answer.said, "truth": truth}
            for answer, truth in zip(one.answers, truths, strict=True)
        ],
    }


def _score(score: Score) -> dict[str, Any]:
    came, chips, share, bits, prob, best, expected = score
    about = {"token_id": came, "chips": chips, "share": share, "bits": bits}
    return about | {"prob": prob, "best_bits": best, "expected_bits": expected}


def _step(step: GenerationStep, facts: StepFacts, vocabulary: Vocabulary) -> dict[str, Any]:
    tokens = vocabulary.tokens
    return {
        "t": step.t,
        "input": None if step.input_id is None else tokens[step.input_id],
        "input_id": step.input_id,
        "token": tokens[step.token_id],
        "token_id": step.token_id,
        "origin": step.origin,
        **facts._asdict(),
        "draws": [
            {"u": u, "token": tokens[i], "token_id": i, "low": low, "high": high, "accepted": j == len(step.draws)}
            for j, (u, i, low, high) in enumerate(step.draws, 1)
        ],
    }
