"""Training, in reading order; nothing of it is needed to serve the app.

corpora           where the training texts come from and how they are split; cleaning: raw text to clean pieces
plans             what each model of pretrained/ is trained with
batches           the order in which a text is read
backpropagation   loss and gradients of the whole network over a batch
optimizer         Adam and gradient clipping
loop              update after update, with checkpoints
model_card        what a model file says of its model: origin, cost, quality, how far back it looks
opening           with which seed a model is shown first
catalogue         pretrained/README.md, written from the cards
__main__          the command line: `python -m engine.training NAME`
"""

from engine.training.loop import TrainingStep, sequence_gradients, train

__all__ = ["TrainingStep", "sequence_gradients", "train"]
