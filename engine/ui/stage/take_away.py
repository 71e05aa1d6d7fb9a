"""The run as files, to be taken away: as JSON, as a table, as a script of plain numpy."""

from pathlib import Path

import streamlit as st

from engine.export import run_csv, run_json
from engine.figures.translator import Translator
from engine.numpy_script import numpy_script
from engine.run import Run
from engine.ui import front_end, session
from engine.ui.parts import TakeAwayPart, TakenFile
from engine.ui.save_chart import FILES_STYLE
from engine.ui.stage import pictures
from engine.ui.stage.said import say

KINDS = {"json": "application/json", "csv": "text/csv", "py": "text/x-python"}

_FRONT = Path(__file__).with_name("front")
CODE = front_end.code(_FRONT, "dom", "save", "take_away")
_mount = st.components.v2.component("take_away", js=CODE, css=FILES_STYLE)


def take_away(run: Run, tr: Translator) -> None:
    """The buttons. The files are in the page, not behind an address, so none is made while the run goes on."""
    now = session.current()
    if not run.out:
        return say(tr("take_away.waiting"), run.moment.t)
    if now.playing or now.goal is not None:
        return say(tr("take_away.moving"), run.moment.t)
    say(tr("take_away.what", count=len(run.out), file=f"{now.model_name}.npz"), run.moment.t)
    part: TakeAwayPart = {"undrawable": tr("app.undrawable"), "files": files(run, now.model_name, tr)}
    _mount(key="take_away", data=front_end.as_json(part).encode())
    pictures.choose(run, tr)


def files(run: Run, model_name: str, tr: Translator) -> list[TakenFile]:
    """The steps that are out, in every form. The table begins with the mark by which Excel knows UTF-8."""
    texts = {
        "json": run_json(run, model_name),
        "csv": "\ufeff" + run_csv(run),
        "py": numpy_script(run, model_name),
    }
    return [
        {
            "name": f"run.{ending}",
            "kind": kind,
            "label": tr(f"take_away.{ending}"),
            "help": tr(f"take_away.{ending}.help"),
            "text": texts[ending],
        }
        for ending, kind in KINDS.items()
    ]
