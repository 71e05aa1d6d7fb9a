"""Sampling settings at random, each filter off in four of ten cases."""

from engine.sampling import SamplingSettings


def random_settings(rng):
    return SamplingSettings(
        float(rng.choice([0.3, 1.0, 1.7])),
        None if rng.random() < 0.4 else int(rng.integers(1, 40)),
        None if rng.random() < 0.4 else float(rng.uniform(0.05, 1)),
        None if rng.random() < 0.4 else float(rng.uniform(0, 0.6)),
    )
