"""The playground's entry point: page, language, link and navigation. Run it with `streamlit run app.py`."""

import os
from html import escape

# Before numpy is imported: one thread for a product. The sessions share the cores already, and OpenBLAS's threads would
# wait for one another (100 sessions on 2 cores got a quarter of the steps).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Before any session draws: Streamlit imports pandas when a table is first shown, and plotly, which looks whether pandas
# is there, then found half of it while it drew the chart of somebody else.
import pandas  # noqa: F401
import streamlit as st

from engine.ui import front_end, own_models, reconnection, session
from engine.ui.compare import page as compare
from engine.ui.frame import frame
from engine.ui.many_draws import page as many_draws
from engine.ui.markdown import plain
from engine.ui.models import shelf
from engine.ui.overflowed import said_in_a_notice, said_in_its_place
from engine.ui.score import page as score_page
from engine.ui.stage import page as stage
from engine.ui.train import page as train
from engine.ui.upkeep import settle

models = shelf()
try:
    if not any(models.names.values()):
        raise LookupError
    session.begin(models)
    session.take_over(models, reconnection.told(session.current().name))
    readable = True
except LookupError:  # no model is there, or none can be read
    readable = False
tr = session.tr()
st.set_page_config(page_title=tr("app.title"), page_icon="🎲", layout="wide", initial_sidebar_state=264)
st.html(front_end.PAGE_STYLE)
if not readable:
    said = [tr("app.no_models"), *(problem.said(tr) for problem in models.problems)]
    st.error("\n\n".join(map(plain, said)))
    st.stop()
frame(session.language())
st.html(f'<h1 class="title">{escape(tr("app.title"))}</h1>')
first = st.Page(stage.page, title=tr("app.stage"), default=True)
session.current().stage_page = first
pages = [
    first,
    st.Page(stage.page, title=tr("app.stage"), url_path="sample", visibility="hidden"),  # a default page has no path
    st.Page(score_page.page, title=tr("app.score"), url_path="score"),
    st.Page(compare.page, title=tr("app.compare"), url_path="compare"),
    st.Page(many_draws.page, title=tr("app.draws"), url_path="draws"),
    st.Page(train.page, title=tr("app.train"), url_path="train"),
]
page = st.navigation(pages, position="hidden" if "pages" in session.current().view.hide else "top")
if page.url_path != "train":
    own_models.keep_alive()
goal = session.current().goal
if goal is None or page.url_path in ("", "sample"):  # the stage shows the run on its way
    said_in_its_place(page.run)()
else:
    st.html(f'<p class="said">{escape(tr("stage.goal", t=goal.t))}</p>')
    said_in_a_notice(session.travel)()
    st.rerun()
settle()
