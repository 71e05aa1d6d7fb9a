"""The course of a training: by updates as planned, by the clock within its time however fast the machine is."""

from itertools import pairwise

import numpy as np
import pytest

from engine.training.plans import Plan
from engine.training.schedule import LAST_LEARNING_RATE, Schedule, learning_rate

BY_UPDATES = Plan("own", "char", "gru", 8, updates=100, batch=4, learning_rate=0.01, evaluate_every=30)
BY_CLOCK = Plan("own", "char", "gru", 8, updates=10**6, batch=4, learning_rate=0.01, seconds=60.0)


def course(plan, update_takes, evaluation_takes):
    """[(updates, seconds) of each evaluation], rates of all updates; as the loop goes through it."""
    schedule, done, seconds, evaluations, rates = Schedule(plan), 0, 0.0, [], []
    while True:
        rates.append(schedule.learning_rate(done, seconds))
        done, seconds = done + 1, seconds + update_takes
        if schedule.is_due(done, seconds):
            over = schedule.is_over(done, seconds)
            schedule.evaluated(done, seconds, seconds + evaluation_takes)
            seconds += evaluation_takes
            evaluations.append((done, seconds))
            if over:
                return evaluations, rates


def test_a_plan_by_updates_is_evaluated_as_often_as_it_says_and_at_its_end():
    evaluations, rates = course(BY_UPDATES, 1.0, 1.0)
    assert [done for done, _ in evaluations] == [30, 60, 90, 100]
    assert rates == [learning_rate(BY_UPDATES, done) for done in range(100)]


@pytest.mark.parametrize("update_takes", [0.001, 0.1, 3.0])
@pytest.mark.parametrize("evaluation_takes", [0.001, 0.5])
def test_a_plan_by_the_clock_ends_in_time_with_its_rate_gone_down(update_takes, evaluation_takes):
    evaluations, rates = course(BY_CLOCK, update_takes, evaluation_takes)
    assert 60 - evaluation_takes - update_takes <= evaluations[-1][1] <= 60 + 2 * update_takes + evaluation_takes
    assert rates[-1] < (LAST_LEARNING_RATE + 0.1) * BY_CLOCK.learning_rate
    assert max(rates) <= BY_CLOCK.learning_rate
    spent = evaluation_takes * len(evaluations)
    assert spent <= 60 / 5 + 2 * evaluation_takes  # most of the time goes to learning


def test_what_is_soon_learned_is_soon_evaluated():
    evaluations, _ = course(BY_CLOCK, 0.001, 0.001)
    assert evaluations[0][0] <= 20
    updates = [done for done, _ in evaluations]
    assert all(after <= 1.3 * before + 1 for before, after in pairwise(updates))


def test_the_estimate_of_all_updates_follows_the_speed():
    schedule = Schedule(BY_CLOCK)
    assert schedule.updates(100, 6.0) == 1000
    assert schedule.updates(100, 12.0) == 500
    assert Schedule(BY_UPDATES).updates(7, 99.0) == 100


def test_updates_that_are_done_before_the_time_end_it():
    plan = Plan("own", "char", "gru", 8, updates=50, batch=4, learning_rate=0.01, seconds=60.0)
    evaluations, rates = course(plan, 0.001, 0.001)
    assert evaluations[-1][0] == 50
    assert np.argmax(rates) < 5
    assert rates[-1] < 0.1 * plan.learning_rate
