"""Training, in reading order; nothing of it is needed to serve the app.

corpora           where the training texts come from and how they are split; fetching: from a registry
cleaning          raw text to clean pieces
plans             what each model of pretrained/ is trained with, and a text in token ids
batches           the order in which a text is read
backpropagation   loss and gradients of the whole network over a batch
optimizer         Adam and gradient clipping
schedule          by updates or by the clock: the rate, when to evaluate, when to end
threads           a large batch in parts on all cores
loop              update after update, with checkpoints
ngram             the model of 1999 that a network is to beat
model_card        what a model file says of its model: origin, cost, quality, how far back it looks
opening           with which seed a model is shown first
output            where a model is written, and what it never replaces
catalogue         pretrained/README.md, written from the cards

text_file         a file as anyone has it -> clean text
pieces            lines, sentences or a stream: how a text is cut
own_text          a text of one's own made ready, and the report on it
own_model         its network, what that is held against, its finished file
look              what a visitor's text is good for, before it is trained on; examples: texts to begin with
worker            a visitor's training, a process of its own; places: whose turn it is; bench_training: what it does
live              update after update, told and moved meanwhile; rows: what it writes; copying: what of that is copied
__main__          the command line: `python -m engine.training NAME`, or `--text my.txt --name mine`
"""

from engine.training.loop import TrainingStep, sequence_gradients, train

__all__ = ["TrainingStep", "sequence_gradients", "train"]
