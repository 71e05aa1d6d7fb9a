"""The rooms of the project: imports run one way, and nothing stands at the top that is not in the plan."""

import ast
import subprocess
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOP = {"README.md", "requirements.txt", "app.py", "engine", "pretrained", "tests"}
# A module may import from the engine only what stands before it.
ORDER = [
    "reasons", "forms", "words", "special_tokens", "vocabulary", "typed_text", "cells", "cell_variants", "filters",
    "sampling", "strips", "unk_policy", "rules", "recipe", "archive", "card", "model_file", "weights", "model",
    "overflow", "time_step", "thinned_steps", "batches", "generation", "influence", "phases", "prediction", "run",
    "export", "script_needs", "numpy_script", "search_criteria", "run_search", "scoring", "novelty", "statistics",
    "repeated_draws", "many_runs", "comparison", "claims", "sample", "convert", "locks", "bench", "training", "figures",
    "ui",
]  # fmt: skip


def imports(path):
    """The names of the modules that a file imports, inside functions too; `from engine.ui import x` counts as
    engine.ui.x."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if (ROOT / node.module.replace(".", "/")).is_dir():  # a room: what is taken from it is a module of it
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module


def room(path):
    """Which of ORDER a file of the engine belongs to."""
    return path.relative_to(ROOT / "engine").parts[0].removesuffix(".py")


FILES = [path for path in (ROOT / "engine").rglob("*.py") if path.name != "__init__.py"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path):
    for name in imports(path):
        if name.startswith("engine."):
            assert ORDER.index(name.split(".")[1]) <= ORDER.index(room(path)), f"{path.name} imports {name}"


def test_no_import_comes_round_to_where_it_began():
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in FILES}
    graph = {
        module: {known for name in imports(path) for known in (name, name.rpartition(".")[0]) if known in modules}
        for module, path in modules.items()
    }
    assert graph["engine.model"] >= {"engine.model_file", "engine.vocabulary"}  # so the graph is there
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the modules of a circle


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_ui_knows_streamlit_and_only_pictures_know_plotly(path):
    outside = {name.split(".")[0] for name in imports(path)}
    if room(path) != "ui":
        assert "streamlit" not in outside
    if room(path) not in ("figures", "ui"):
        assert "plotly" not in outside
    if room(path) != "convert":
        assert not outside & {"torch", "h5py"}


def test_pages_never_import_each_other():
    """What two pages share stands beside their rooms, in engine/ui/ itself."""
    pages = {path.parent.name for path in (ROOT / "engine" / "ui").glob("*/page.py")}
    assert len(pages) >= 4
    for path in (ROOT / "engine" / "ui").rglob("*.py"):
        others = pages - {path.parent.name}
        for name in imports(path):
            assert not name.startswith(tuple(f"engine.ui.{page}." for page in others)), f"{path} imports {name}"


def test_serving_the_app_imports_nothing_of_training():
    for path in FILES:
        if room(path) != "training":
            assert not any(name.startswith("engine.training") for name in imports(path)), path.name


def test_the_top_level_is_the_plan():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} == TOP
