"""What each key that is put together, as tr(f"level.{level}"), can become."""

import ast
import re
from pathlib import Path

from engine.cell_variants import VARIANTS
from engine.cells import CELLS
from engine.phases import PHASES
from engine.prediction import QUESTIONS
from engine.sampling import SETTINGS
from engine.search_criteria import CRITERIA
from engine.ui.compare.page import VIEWS
from engine.ui.many_draws.page import SHOWS, WAYS
from engine.ui.parameters import CUTS, EXAMPLES, SIZES
from engine.ui.stage import presenter
from engine.ui.stage.actions import key_list
from engine.ui.stage.panels import PANELS
from engine.ui.stage.pictures import PICTURES
from engine.ui.stage.take_away import KINDS
from engine.unk_policy import POLICIES
from engine.vocabulary import LEVELS

ROOT = Path(__file__).parents[1]


def obstacles():
    """The names of all obstacles to a search, as they are made."""
    made = re.findall(r'Obstacle\(\s*f?"([a-z_{}.]+)"', (ROOT / "engine" / "search_criteria.py").read_text())
    made += [policy.once for policy in POLICIES.values()]
    return {name.replace("{vocabulary.level}", level) for name in made for level in LEVELS}


def refusals():
    """The reasons for which a text is refused, as they are given where it is."""
    training = ROOT / "engine" / "training"
    files = (training / name for name in ("own_text.py", "text_file.py", "look.py"))
    calls = [node for file in files for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    reasons = [ast.unparse(call.args[1]).removeprefix("f").strip("'") for call in calls
               if ast.unparse(call.func) == "TextError" and len(call.args) > 1]  # fmt: skip
    return dict.fromkeys(reason.replace("{level}", level) for reason in reasons for level in LEVELS)


REFUSALS = (*refusals(), "slow", "large", "left", "model", "weights", "room", "overflow", "disk")


def reasons():
    """All patterns of what can be said of a file that is no model."""
    engine = ROOT / "engine"
    for path in (*(engine / f"{name}.py" for name in ("archive", "card", "model_file", "vocabulary", "weights")),
                 engine / "ui" / "models.py"):  # fmt: skip
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("ModelError", "VocabularyError"):
                yield from (first.value for first in node.args[:1] if isinstance(first, ast.Constant))


UNDRAWN = ("given", "forced", "teacher_forced")
ORIGINS = ("drawn", *UNDRAWN)
MODELS = [path.stem for path in (ROOT / "pretrained").glob("*.npz")]
CONTROLS = ("back", "step", "phase", "play", "pause", "end", "reset", "undo")
INSIDE = {"a", *(name for cell in CELLS.values() for name in cell.gate_names), "c"}
CLAIMS = ("longer", "unknown", "grip", "cost")
FAMILIES = {
    "bars.sign.{}": (*ORIGINS, "greedy", "rejected"),
    "compare.claim.{}": CLAIMS,
    "compare.claim.{}.{}": [
        *(f"{claim}.{verdict}" for claim in CLAIMS for verdict in ("yes", "no", "open")),
        "cost.mixed",
        "unknown.mixed",
    ],
    "compare.column.{}": ("tokens", "unknown", "bits", "per_character"),
    "compare.cost.{}": ("seconds", "cpu_seconds"),
    "compare.foreign.{}": LEVELS,
    "compare.model.{}": LEVELS,
    "compare.name.{}": (*LEVELS, *(f"unk.{level}" for level in LEVELS)),
    "compare.past.mean.{}": LEVELS,
    "compare.past.reach.{}": LEVELS,
    "compare.past.stops.{}": LEVELS,
    "compare.run.{}": ("before", "going", "eos", "length", "length_no_eos"),
    "compare.view.{}": VIEWS,
    "control.{}": CONTROLS,
    "control.{}.help": CONTROLS,
    "draw.{}": UNDRAWN,
    "draws.ending.{}": ("eos", "limit", "no_eos"),
    "draws.explain.{}": ("law", "others", "runs"),
    "draws.novel.short.{}": LEVELS,
    "draws.novel.stream.{}": LEVELS,
    "draws.short.{}": ("eos", "limit"),
    "draws.show.{}": SHOWS,
    "draws.step.{}": ("given", "forced"),
    "draws.way.{}": WAYS,
    "draws.unk.draws.{}": [policy.name for policy in POLICIES.values() if policy.rejects],
    "draws.unk.factor.{}": {policy.factor for policy in POLICIES.values()},
    "draws.unk.kept.{}": [policy.name for policy in POLICIES.values() if not policy.rejects],
    "draws.unk.step.{}": {policy.outcome for policy in POLICIES.values()},
    "draws.unk.whole.{}": {policy.whole for policy in POLICIES.values()},
    "ending.flag.{}": ("eos", "length", "no_eos"),
    "find.{}": CRITERIA[:-1],
    "find.ahead.{}": CRITERIA,
    "find.cannot.{}": obstacles(),
    "find.closest.{}": CRITERIA,
    "find.contains.{}": LEVELS,
    "find.found.{}": CRITERIA,
    "keys.{}": [action for _, action in key_list()],
    "lecture.{}": presenter.BUTTONS,
    "lecture.{}.help": presenter.BUTTONS,
    "level.{}": LEVELS,
    "model.{}": MODELS,
    "model.{}.try": MODELS,
    "model.variant.{}": tuple(VARIANTS),
    "network.end.{}": ("eos", "length"),
    "novel.short.{}": LEVELS,
    "novel.stretch.none.{}": LEVELS,
    "panel.eos.end.{}": ORIGINS,
    "panel.inside.title.{}": INSIDE,
    "panel.inside.what.{}": INSIDE,
    "panel.name.{}": PANELS,
    "panel.temperatures.{}": UNDRAWN,
    "phase.{}": PHASES,
    "picture.{}": PICTURES,
    "picture.save.{}": ("png", "svg"),
    "picture.network.{}": ("sampled", "trained"),
    "predict.question.{}": QUESTIONS,
    "predict.short.{}": QUESTIONS,
    "reason.{}": list(reasons()),
    "score.example.{}": ("own", "order", "mau", *(f"pair.{level}" for level in LEVELS)),
    "score.explain.{}": ("surprisal", "perplexity", "characters", "own"),
    "score.more_probable.{}": ("first", "second"),
    "score.name.{}": ("bits", "token", "prob", "rank", "rather"),
    "score.refused.{}": LEVELS,
    "score.total.{}": ("log_prob", "perplexity", "bits", "end", "tokens"),
    "setting.{}": SETTINGS,
    "setting.prompt.unknown_{}": LEVELS,
    "strip.{}": UNDRAWN,
    "strip.changed.{}": (*POLICIES, "stop", "pass"),
    "strip.title.{}": ORIGINS,
    "take_away.{}": KINDS,
    "take_away.{}.help": KINDS,
    "tour.{}": ("previous", "answer", "next", "over"),
    "tour.{}.help": ("previous", "next"),
    "train.cut.{}": CUTS,
    "train.{}": ("learning_rate", "dropout", "chunk", "pause", "continue"),
    "train.failed.{}": ("died", "full", "memory", "exploded"),
    "train.ended.{}": ("updates", "time", "no_better", "stopped"),
    "train.example.{}": EXAMPLES,
    "train.explain.{}": ("loss", "held_out", "copied"),
    "train.fact.{}": ("update", "training", "held_out", "perplexity", "speed"),
    "train.phase.{}": ("starting", "preparing", "waiting", "training", "paused", "finishing"),
    "train.refused.{}": REFUSALS,
    "train.report.{}": CUTS,
    "train.report.vocabulary.{}": LEVELS,
    "train.size.{}": SIZES,
    "unk.{}": POLICIES,
}


def members(family):
    """All keys of a family.

    >>> members("level.{}")
    ['level.word', 'level.char']
    """
    before, _, after = family.replace("{}.{}", "{}").partition("{}")
    return [f"{before}{value}{after}" for value in FAMILIES[family]]
