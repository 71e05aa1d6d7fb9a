"""The guided tour: a run prepared for each stop, a few sentences, and a question to predict before going on.

stops    the stops, read from pretrained/tour.toml
facts    the numbers of the run on show that the words of a stop may name
guide    where the visitor is on it: begin, on, back, leave

What a stop says is drawn on the stage (stage/tour_card.py).
"""
