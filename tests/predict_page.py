"""What the stage shows of a prediction, as its tests look at it."""

from conftest import records_of, session_of

from engine.ui.stage.predict import Predicting


def run_of(app):
    return session_of(app).run


def draft(app):
    return session_of(app).record(Predicting).draft


def bars_are_shown(app):
    return "bars" in records_of(app)
