"""The page "Many draws": N tokens from the ŷ<t> on the stage, counted, or N whole runs of its recipe."""

from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl

import streamlit as st

from engine.figures.draw_counts import CountRow, count_rows, draw_counts
from engine.figures.labels import equal, joined, percent, token_label
from engine.recipe import MAX_SEED
from engine.repeated_draws import Draws, draw_many, outcome_probs, pick_best, pick_evenly
from engine.run import Run
from engine.sampling import FILTERS, SamplingSettings
from engine.statistics import ChiSquare, chi_square
from engine.ui import address, session
from engine.ui.chart import chart
from engine.ui.many_draws import runs
from engine.ui.notices import show_notices
from engine.ui.sentences import as_html
from engine.ui.widgets import language, model_title, unless_empty, widget

SHOWS = ("step", "runs")
NUMBERS = {"n": (10, 100, 1_000, 10_000, 100_000), "runs": (100, 1_000, 3_000, 10_000)}
WAYS = ("drawn", "even", "best")
_FIRST = 8  # tokens of each way that are listed
_TEXT = 60  # characters of the text before


class Setup(NamedTuple):
    """What is on show; the names of the fields are those in the page's address. `luck`: the seed of the N draws."""

    show: str = SHOWS[0]
    n: int = 1_000
    luck: int = 0
    runs: int = 1_000


def page() -> None:
    """The page "Many draws"."""
    tr = session.tr()
    st.html(Path(__file__).with_suffix(".css"))
    first_look = "setting_draws_show" not in st.session_state  # or back from another page: leaving has cancelled
    setup = _setup()
    _sidebar(tr)
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
    show_notices()


# --- what is on show


def _setup() -> Setup:
    """That of the session; at first what the address says, nonsense left out with a notice."""
    if "draws" not in st.session_state:
        allowed = {
            "show": SHOWS,
            **{name: [str(n) for n in numbers] for name, numbers in NUMBERS.items()},
        }
        asked = {name: st.query_params[name] for name in Setup._fields if name in st.query_params}
        taken = {name: value for name, value in asked.items() if name != "luck" and value in allowed[name]}
        luck = asked.get("luck", "")
        if luck.isascii() and luck.isdigit() and len(luck) <= 10 and int(luck) <= MAX_SEED:
            taken["luck"] = luck
        ignored = [f"{name}={value}" for name, value in asked.items() if name not in taken]
        st.session_state.draws = Setup(
            **{name: value if name == "show" else int(value) for name, value in taken.items()}
        )
        session.say_ignored(ignored)
    return st.session_state.draws


def _held(kind, field, /, *args, **kwargs):
    """A widget for a field of the setup."""
    shown = getattr(st.session_state.draws, field)
    change = unless_empty(lambda value: _change(field, value))  # a second press on the same one empties it
    return widget(kind, f"draws_{field}", shown, change, *args, label_visibility="collapsed", **kwargs)


def _number(field: str, label: str) -> None:
    _held(st.segmented_control, field, label, NUMBERS[field], format_func=lambda n: f"{n:,}")


def _change(field: str, value) -> None:
    st.session_state.draws = st.session_state.draws._replace(**{field: value})


def _again() -> None:
    _change("luck", (st.session_state.draws.luck + 1) % (MAX_SEED + 1))


def _write_address() -> None:
    """The page's address: the run on the stage, and what differs from a first visit."""
    setup = st.session_state.draws._asdict()
    wanted = dict(parse_qsl(session.query(), keep_blank_values=True))
    wanted |= {name: str(value) for name, value in setup.items() if value != getattr(Setup(), name)}
    address.write("draws", wanted)


def _sidebar(tr) -> None:
    run = session.run()
    recipe, vocabulary = run.recipe, run.model.vocabulary
    facts = [model_title(st.session_state.model_name, tr), settings_text(recipe.settings, tr)]
    if vocabulary.unk_id is not None:
        facts.append(tr("draws.recipe.unk", policy=tr(f"unk.{recipe.unk}")))
    facts.append(tr("draws.recipe.limit", limit=f"{recipe.limit:,}"))
    if recipe.prompt:
        facts.append(tr("draws.recipe.prompt", prompt=_shortened(recipe.prompt)))
    if recipe.changes or recipe.forced:
        facts.append(tr("draws.recipe.changes", count=len(recipe.changes), forced=len(recipe.forced)))
    lines = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    where = tr("draws.recipe.where", page=tr("app.stage"))
    with st.sidebar:
        language(tr)
        st.html(f'<div class="recipe"><b>{escape(tr("draws.recipe"))}</b><ul>{lines}</ul>{escape(where)}</div>')
        for what in ("law", "others") if st.session_state.draws.show == "step" else ("runs",):
            st.html(f'<p class="explanation">{escape(tr(f"draws.explain.{what}"))}</p>')


def settings_text(settings: SamplingSettings, tr) -> str:
    """Temperature and the filters that are on, as "T = 0.7, top_k 40"; temperature 0 by its name."""
    on = [f"{name} {value:g}" for name in FILTERS if (value := getattr(settings, name)) is not None]
    return joined([f"T = {settings.temperature:g}" if settings.temperature else tr("draws.greedy"), *on], tr)


# --- one step


def _step(setup: Setup, tr) -> None:
    """N draws from the distribution of the step on show (before the first: of step 1), beside the two other ways."""
    shown = session.run()
    run = shown if shown.shown else shown.at(1)
    distributions, rules, vocabulary = run.distributions, run.rules, run.model.vocabulary
    probs = outcome_probs(distributions, rules, vocabulary.unk_id)
    ways = (
        draw_many(distributions, rules, vocabulary.unk_id, setup.n, setup.luck, _FIRST),
        pick_evenly(distributions, rules, vocabulary.unk_id, setup.n, setup.luck, _FIRST),
        pick_best(distributions, rules, vocabulary.unk_id, setup.n, _FIRST),
    )
    rows = count_rows(probs, [way.counts for way in ways], vocabulary, tr)
    tests = [chi_square(way.counts, probs) for way in ways]
    said = [*_what_is_drawn(run, ways[0], setup.n, tr)]
    st.html(f'<div class="narration">{as_html(said, tr)}</div>')
    columns = st.columns(len(WAYS), gap="small")
    for i, (name, way) in enumerate(zip(WAYS, ways, strict=True)):
        with columns[i]:
            _way(i, name, way, tests[i], rows, run, setup.n, tr)
    st.html(f'<div class="caption">{escape(tr("draws.legend"))}</div>')
    st.html(f'<div class="narration fit" data-said>{as_html(_fit(tests[0], rows, setup.n, tr), tr)}</div>')


def _what_is_drawn(run: Run, drawn: Draws, n: int, tr) -> list[str]:
    step, distributions, rules, vocabulary = run.shown, run.distributions, run.rules, run.model.vocabulary
    said = [tr("draws.step.first", n=f"{n:,}")]
    if step.t > 1:
        text = vocabulary.decode([one.token_id for one in run.steps[: step.t - 1]])
        said = [tr("draws.step.after", n=f"{n:,}", t=step.t, text=_shortened(text))]
    if step.origin != "drawn":
        said.append(tr(f"draws.step.{step.origin}"))
    if rules.settings != SamplingSettings():
        said.append(tr("draws.step.filtered", settings=settings_text(rules.settings, tr)))
    if vocabulary.unk_id is None:
        said.append(tr("draws.step.no_unk"))
    elif rules.policy.ends_in_rest and distributions.nothing_left:
        said.append(tr("draws.step.nothing_left", count=f"{drawn.rejected:,}"))
    else:
        prob = equal(float(distributions.probs[vocabulary.unk_id]))
        said.append(tr(f"draws.step.{rules.policy.outcome}", count=f"{drawn.rejected:,}", prob=prob))
    return said


def _way(i: int, name: str, way: Draws, test: ChiSquare | None, rows: list[CountRow], run: Run, n: int, tr) -> None:
    """One way to choose: its first tokens, its chart, whether it fits ŷ."""
    vocabulary = run.model.vocabulary
    possible = len(vocabulary) - (vocabulary.unk_id is not None and run.rules.policy.ends_in_rest)
    heading = tr(f"draws.way.{name}", count=f"{possible:,}")
    different = int((way.counts > 0).sum())
    count = tr("draws.different.one") if name == "best" else tr("draws.different", count=f"{different:,}")
    tokens = "".join(f"<span>{escape(token_label(vocabulary, token_id))}</span>" for token_id in way.first)
    st.html(
        f'<div class="way"><h2>{escape(heading)}</h2><div class="first" dir="auto"><div>{tokens}</div>…</div>'
        f"<p>{escape(count)}{_verdict(name, test, n, tr)}</p></div>"
    )
    said = [
        tr("draws.alt.bar", token=row.label, count=f"{row.counts[i]:,}", expected=f"{n * row.prob:,.1f}")
        for row in rows[:5]
    ]
    chart(
        draw_counts(rows, i, tr, dark=st.context.theme.type == "dark"),
        key=f"draws_chart_{name}",
        alt=tr("draws.alt", way=heading, bars=joined(said, tr)),
    )


def _verdict(name: str, test: ChiSquare | None, n: int, tr) -> str:
    """Of the two ways that are not drawing: whether so many draws tell them from ŷ."""
    if name == "drawn":
        return ""
    if test is None:
        said = tr("draws.fit.untested")
    elif test.p_value < 0.05:
        said = tr("draws.fit.other", p=p_text(test.p_value, tr))
    else:
        said = tr("draws.fit.open", p=p_text(test.p_value, tr), n=f"{n:,}")
    return f" · {escape(said)}"


def _fit(test: ChiSquare | None, rows: list[CountRow], n: int, tr) -> list[str]:
    """The test of the honest draws, in words, and why bars may lie outside their bands all the same."""
    if test is None:
        return [tr("draws.fit.none", n=f"{n:,}")]
    share = percent(test.p_value)
    values = {"statistic": f"{test.statistic:,.1f}", "freedom": f"{test.freedom:,}", "p": p_text(test.p_value, tr)}
    said = [tr("draws.fit.fits" if test.p_value >= 0.05 else "draws.fit.unlucky", share=share, **values)]
    outside = sum(not row.inside(0) for row in rows)
    if outside:
        key = "draws.fit.outside.one" if outside == 1 else "draws.fit.outside"
        said.append(tr(key, outside=outside, bars=len(rows)))
    if test.merged > 1:
        said.append(tr("draws.fit.merged", count=f"{test.merged:,}", expected=f"{test.merged_expected:,.1f}"))
    return said


def p_text(p: float, tr) -> str:
    """A p-value as it is written."""
    return tr("draws.p.tiny") if p < 0.001 else tr("draws.p", p=f"{p:.3f}")


def _shortened(text: str) -> str:
    return text if len(text) <= _TEXT else "…" + text[1 - _TEXT :]
