"""What those who step pay for the trainings of others: python -m tests.benchmarks.training_load [SECONDS] [SESSIONS]

A crowd presses Step; then the same crowd while two trainings run, each of 30,000 made-up words; then once more without.
Told are the times from a press to its last message, and their ratio. At most a minute each time: nobody asks for the
trainings meanwhile.
"""

import os
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from engine import bench
from engine.bench import Request
from tests.benchmarks.crowd import crowd
from tests.browser.app_server import serving

ROOT = Path(__file__).parents[2]
TRAININGS = 2
PACE, WARM_UP = 3.0, 5.0


@contextmanager
def trainings(count):
    """So many under way, as the page Train starts them; their updates at the end, printed."""
    from engine.ui.train import processes

    places = []
    for k in range(count):
        place = bench.new()
        (place / "text.txt").write_text(_text(k))
        request = Request(
            name=f"own-{k}",
            level="char",
            sequences="lines",
            vocabulary_size=None,
            cell="gru",
            size="medium",
            seconds=600.0,
            learning_rate=None,
            dropout=None,
            chunk=None,
            seed=k,
        )
        processes.start(place, request, bench.CONTROL)
        places.append(place)
    while not all(state and state["phase"] == "training" for state in map(bench.state, places)):
        time.sleep(0.2)
    before = [bench.state(place)["update"] for place in places]
    begun = time.perf_counter()
    yield
    rate = [
        (bench.state(place)["update"] - old) / (time.perf_counter() - begun)
        for place, old in zip(places, before, strict=True)
    ]
    print("updates a second of each training:", ", ".join(f"{one:.1f}" for one in rate))
    for place in places:
        bench.write(place / "control.json", {**bench.CONTROL, "stop": True})
        bench.seen(place)
    while any(map(bench.is_going_on, places)):
        time.sleep(0.2)
    for place in places:
        bench.remove(place)


def _text(seed):
    rng = np.random.default_rng(seed)
    syllables = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
    return "\n".join("".join(rng.choice(syllables, rng.integers(2, 5))) for _ in range(30_000))


def main(seconds=25.0, sessions=12):
    os.environ["TRAININGS_FOLDER"] = tempfile.mkdtemp(prefix="trainings-")
    with tempfile.TemporaryDirectory() as folder, serving(ROOT / "app.py", Path(folder) / "log") as url:

        def measured(label):
            seen = crowd([url], sessions, seconds, PACE, WARM_UP, 3.0, "control_step")
            print(f"{label:18} median {seen.percentile(0.5):6.0f} ms, 95 % {seen.percentile(0.95):6.0f} ms, "
                  f"{len(seen.steps)} steps, {seen.lost} lost, {len(seen.errors)} errors", flush=True)  # fmt: skip
            return seen

        alone = measured("nobody trains")
        with trainings(TRAININGS):
            meanwhile = measured(f"{TRAININGS} trainings")
        again = measured("nobody trains")
        for share in (0.5, 0.95):
            usual = (alone.percentile(share) + again.percentile(share)) / 2
            print(f"{share:.0%}: {meanwhile.percentile(share) / usual:.2f} times")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]), *map(int, sys.argv[2:3]))
