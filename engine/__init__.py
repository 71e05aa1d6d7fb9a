"""The engine of the playground, in reading order:

reasons          an error whose sentence can be put into another language
words            a text cut into words and signs, and these written as a text again; forms: those without blanks
vocabulary       text <-> token ids, by character or by word; <EOS>, <UNK>; special_tokens: how people write these
typed_text       what people type -> what a vocabulary knows: quotes, dashes, blanks, accents in another form
cells            RNN, GRU and LSTM: forward and backward, one step and whole sequences; cell_variants: two more to step
model            LanguageModel: one-hot or embedded input, cells, output layer; weights: names and shapes that make one
model_file       a model on disk: an archive that anyone may have made, read within bounds, with its card;
                 overflow: whether its logits may be no numbers
sampling         logits -> temperature -> top_k -> top_p -> min_p -> probs -> draw(u); filters: these three; strips: for
                 a whole batch
unk_policy       what is done when <UNK> is drawn: every question about it is answered here
rules            what is in force at one time step
recipe           all that decides a run, and its form in a link
time_step        one time step: its distributions, its draws with their luck, <UNK> rejection
generation       a run: recipe -> time steps, stopping; batches: many runs at once
influence        how much each earlier input has to do with a prediction: the network run again without it
phases           the moments of a time step; prediction: what a viewer commits to before a draw, and its score;
                 run: a run on show, with time travel and changes; thinned_steps: a long one in little memory
export           a run to take away, as JSON and CSV; numpy_script: as a script of plain numpy that gives it again,
                 from what script_needs finds in it
run_search       seed after seed until a run is as searched for; search_criteria: what that can be, and why none can
scoring          surprisal, perplexity, bits per character of a given text
novelty          does a sequence stand in the training text? by the hashes that a model file keeps
statistics       do counts fit a law? chi-square, bands, the geometric law
repeated_draws   N draws of one step; many_runs: N whole runs, a slice of them at a time
comparison       one text under a word and a character model; claims: what the lecture says of them, against the numbers
sample           the command line that prints sequences: python -m engine.sample NAME
convert/         other people's models: python -m engine.convert FILE
bench            a visitor's text and what is trained on it, a folder that two processes share; locks: who holds a file
training/        how the models were made
figures/         records in, pictures out; no Streamlit
ui/              what speaks to the audience: pages, words in both languages, narration

Imports run one way, from the top of this list to its end; what serves the app imports nothing of training.

As a library, where `engine` is on the path:

>>> from engine import LanguageModel, Recipe, generate
>>> model = LanguageModel.load("pretrained/dinosaurs-lstm.npz")
>>> steps = list(generate(model, Recipe(seed=3, temperature=0.7)))
>>> steps[0].t, steps[0].origin, steps[-1].finish_reason
(1, 'drawn', 'eos')
"""

import os
import sys

# Before numpy is loaded: one thread for a product. Those of a time step are too small for several, and a training
# shares out its batches instead (training/threads.py). A numpy that is there already keeps its threads.
if "numpy" not in sys.modules:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from engine.generation import (
    Distributions,
    GenerationStep,
    SampledRun,
    generate,
    sample_many,
    step_distributions,
)
from engine.model import LanguageModel, ModelError, State
from engine.recipe import Change, Recipe, Rules
from engine.sampling import Draw, SamplingSettings, draw, next_token_probs, softmax
from engine.scoring import TokenScore, score
from engine.vocabulary import UnknownTokenError, Vocabulary, VocabularyError

__all__ = [
    "Change",
    "Distributions",
    "Draw",
    "GenerationStep",
    "LanguageModel",
    "ModelError",
    "Recipe",
    "Rules",
    "SampledRun",
    "SamplingSettings",
    "State",
    "TokenScore",
    "UnknownTokenError",
    "Vocabulary",
    "VocabularyError",
    "draw",
    "generate",
    "next_token_probs",
    "sample_many",
    "score",
    "softmax",
    "step_distributions",
]
