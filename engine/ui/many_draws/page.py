"""The page "Many draws": N tokens from the ŷ<t> on the stage, counted, or N whole runs of its recipe."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from engine.figures.draw_counts import CountRow, count_rows, draw_counts
from engine.figures.labels import joined, token_label
from engine.figures.translator import Translator
from engine.generation import Distributions, GenerationStep
from engine.recipe import MAX_SEED
from engine.repeated_draws import Draws, draw_many, outcome_probs, pick_best, pick_evenly
from engine.run import Run
from engine.sampling import FILTERS, SamplingSettings
from engine.statistics import ChiSquare, chi_square
from engine.ui import address, front_end, parameters, session
from engine.ui.many_draws import runs
from engine.ui.parameters import DRAWS, RUNS, SHOWS
from engine.ui.save_chart import savable_chart
from engine.ui.sentences import as_html
from engine.ui.widgets import language, model_title, unless_empty, widget

NUMBERS = {"n": DRAWS, "runs": RUNS}
WAYS = ("drawn", "even", "best")
_STYLE = front_end.style(Path(__file__).with_suffix(".css"))
_FIRST = 8  # tokens of each way that are listed
_TEXT = 60  # characters of the text before


class Setup(NamedTuple):
    """What is on show; the names of the fields are those in the page's address. `luck`: the seed of the N draws."""

    show: str = SHOWS[0]
    n: int = 1_000
    luck: int = 0
    runs: int = 1_000


@dataclass
class Shown:
    """What is on show; None until the page has been seen."""

    setup: Setup | None = None


def page() -> None:
    """The page "Many draws"."""
    tr = session.tr()
    st.html(_STYLE)
    first_look = "setting_draws_show" not in st.session_state  # or back from another page: leaving has cancelled
    setup = _setup()
    _sidebar(setup, tr)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        _held(st.segmented_control, "show", tr("draws.show"), SHOWS, format_func=lambda show: tr(f"draws.show.{show}"))
        if setup.show == "step":
            _number("n", tr("draws.n"))
            st.button(
                tr("draws.again"),
                key="draws_again",
                icon=":material/casino:",
                on_click=_again,
                help=tr("draws.again.help"),
            )
        else:
            _number("runs", tr("draws.runs"))
            runs.begin_button(setup.runs, tr)
    if setup.show == "step":
        _step(setup, tr)
    runs.runs(setup.runs, first_look, setup.show == "runs", tr)
    _write_address()
    session.show_notices()


# --- what is on show


def _setup() -> Setup:
    """That of the session; at first what the address says, nonsense left out with a notice."""
    shown = session.record(Shown)
    shown.setup = shown.setup or Setup(**address.read("draws"))
    return shown.setup


def _held(kind: Callable[..., Any], field: str, /, *args: Any, **kwargs: Any) -> Any:
    """A widget for a field of the setup."""
    shown = getattr(_setup(), field)
    change = unless_empty(lambda value: _change(field, value))  # a second press on the same one empties it
    return widget(kind, f"draws_{field}", shown, change, *args, label_visibility="collapsed", **kwargs)


def _number(field: str, label: str) -> None:
    _held(st.segmented_control, field, label, NUMBERS[field], format_func=lambda n: f"{n:,}")


def _change(field: str, value: Any) -> None:
    session.record(Shown).setup = _setup()._replace(**{field: value})


def _again() -> None:
    _change("luck", (_setup().luck + 1) % (MAX_SEED + 1))


def _write_address() -> None:
    """The page's address: the run on the stage, and what differs from a first visit."""
    differs = parameters.written("draws", _setup()._asdict(), Setup()._asdict())
    address.write("draws", session.parts() | differs)


def _sidebar(setup: Setup, tr: Translator) -> None:
    run = session.run()
    recipe, vocabulary = run.recipe, run.model.vocabulary
    facts = [model_title(session.current().model_name, tr), settings_text(recipe.settings, tr)]
    if vocabulary.unk_id is not None:
        facts.append(tr("draws.recipe.unk", policy=tr(f"unk.{recipe.unk}")))
    facts.append(tr("draws.recipe.limit", limit=recipe.limit))
    if recipe.prompt:
        facts.append(tr("draws.recipe.prompt", prompt=_shortened(recipe.prompt)))
    if recipe.changes or recipe.forced:
        facts.append(tr("draws.recipe.changes", count=len(recipe.changes), forced=len(recipe.forced)))
    lines = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    with st.sidebar:
        language(tr)
        where = tr("draws.recipe.where", page=tr("app.stage"))
        st.html(f'<div class="recipe"><b>{escape(tr("draws.recipe"))}</b><ul>{lines}</ul>{escape(where)}</div>')
        for what in ("law", "others") if setup.show == "step" else ("runs",):
            st.html(f'<p class="explanation">{escape(tr(f"draws.explain.{what}"))}</p>')


def settings_text(settings: SamplingSettings, tr: Translator) -> str:
    """Temperature and the filters that are on, as "T = 0.7, top_k 40"; temperature 0 by its name."""
    on = [f"{name} {value:g}" for name in FILTERS if (value := getattr(settings, name)) is not None]
    return joined([f"T = {settings.temperature:g}" if settings.temperature else tr("draws.greedy"), *on], tr)


# --- one step


def _step(setup: Setup, tr: Translator) -> None:
    """N draws from the distribution of the step on show (before the first: of step 1), beside the two other ways."""
    shown = session.run()
    run = shown if shown.shown else shown.at(1)
    step, distributions, rules, vocabulary = run.shown, run.distributions, run.rules, run.model.vocabulary
    if step is None or distributions is None:
        raise RuntimeError("every run has a first step")
    probs = outcome_probs(distributions, rules, vocabulary.unk_id)
    ways = (
        draw_many(distributions, rules, vocabulary.unk_id, setup.n, setup.luck, _FIRST),
        pick_evenly(distributions, rules, vocabulary.unk_id, setup.n, setup.luck, _FIRST),
        pick_best(distributions, rules, vocabulary.unk_id, setup.n, _FIRST),
    )
    rows = count_rows(probs, [way.counts for way in ways], vocabulary, tr)
    tests = [chi_square(way.counts, probs) for way in ways]
    drawn = as_html(_what_is_drawn(run, step, distributions, ways[0], setup.n, tr), tr)
    st.html(f'<div class="narration">{drawn}</div>')
    columns = st.columns(len(WAYS), gap="small")
    for i, (name, way) in enumerate(zip(WAYS, ways, strict=True)):
        with columns[i]:
            _way(i, name, way, tests[i], rows, run, setup.n, tr)
    st.html(f'<div class="caption">{escape(tr("draws.legend"))}</div>')
    st.html(f'<div class="narration fit" data-said>{as_html(_fit(tests[0], rows, setup.n, tr), tr)}</div>')


def _what_is_drawn(
    run: Run, step: GenerationStep, distributions: Distributions, drawn: Draws, n: int, tr: Translator
) -> list[str]:
    rules, vocabulary = run.rules, run.model.vocabulary
    said = [tr("draws.step.first", n=n)]
    if step.t > 1:
        text = vocabulary.decode([one.token_id for one in run.steps[: step.t - 1]])
        said = [tr("draws.step.after", n=n, t=step.t, text=_shortened(text))]
    if step.origin != "drawn":
        said.append(tr(f"draws.step.{step.origin}"))
    if rules.settings != SamplingSettings():
        said.append(tr("draws.step.filtered", settings=settings_text(rules.settings, tr)))
    if vocabulary.unk_id is None:
        said.append(tr("draws.step.no_unk"))
    elif rules.policy.ends_in_rest and distributions.nothing_left:
        said.append(tr("draws.step.nothing_left", count=drawn.rejected))
    else:
        prob = float(distributions.probs[vocabulary.unk_id])
        said.append(tr(f"draws.unk.step.{rules.policy.outcome}", count=drawn.rejected, prob=prob))
    return said


def _way(
    i: int, name: str, way: Draws, test: ChiSquare | None, rows: list[CountRow], run: Run, n: int, tr: Translator
) -> None:
    """One way to choose: its first tokens, its chart, whether it fits ŷ."""
    vocabulary = run.model.vocabulary
    possible = len(vocabulary) - (vocabulary.unk_id is not None and run.rules.policy.ends_in_rest)
    heading = tr(f"draws.way.{name}", count=possible)
    different = int((way.counts > 0).sum())
    count = tr("draws.different.one") if name == "best" else tr("draws.different", count=different)
    tokens = "".join(f"<span>{escape(token_label(vocabulary, token_id))}</span>" for token_id in way.first)
    st.html(
        f'<div class="way"><h2>{escape(heading)}</h2><div class="first" dir="auto"><div>{tokens}</div>…</div>'
        f"<p>{escape(count)}{_verdict(name, test, n, tr)}</p></div>"
    )
    said = [tr("draws.alt.bar", token=row.label, count=row.counts[i], expected=n * row.prob) for row in rows[:5]]
    alt = tr("draws.alt", way=heading, bars=joined(said, tr))
    savable_chart(lambda dark: draw_counts(rows, i, tr, dark=dark), f"draws_chart_{name}", alt, heading)


def _verdict(name: str, test: ChiSquare | None, n: int, tr: Translator) -> str:
    """Of the two ways that are not drawing: whether so many draws tell them from ŷ."""
    if name == "drawn":
        return ""
    if test is None:
        said = tr("draws.fit.untested")
    elif test.p_value < 0.05:
        said = tr("draws.fit.other", p=test.p_value)
    else:
        said = tr("draws.fit.open", p=test.p_value, n=n)
    return f" · {escape(said)}"


def _fit(test: ChiSquare | None, rows: list[CountRow], n: int, tr: Translator) -> list[str]:
    """The test of the honest draws, in words, and why bars may lie outside their bands all the same."""
    if test is None:
        return [tr("draws.fit.none", n=n)]
    key = "draws.fit.fits" if test.p_value >= 0.05 else "draws.fit.unlucky"
    said = [tr(key, statistic=test.statistic, freedom=test.freedom, p=test.p_value)]
    outside = sum(not row.inside(0) for row in rows)
    if outside:
        said.append(tr("draws.fit.outside", outside=outside, bars=len(rows)))
    if test.merged > 1:
        said.append(tr("draws.fit.merged", count=test.merged, expected=test.merged_expected))
    return said


def _shortened(text: str) -> str:
    return text if len(text) <= _TEXT else "…" + text[1 - _TEXT :]
