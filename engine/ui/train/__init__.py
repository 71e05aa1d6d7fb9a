"""The page "Train": page, text and model files to begin with, settings, the training as it goes on, its result."""
