"""The visitor on the tour: on, back, leave; a link to a stop; a stop that cannot be opened."""

import pytest
from conftest import checked, narration_of, session_of
from streamlit.runtime.scriptrunner import RerunData, RerunException

from engine.phases import Moment
from engine.ui.i18n import WORDS
from engine.ui.tour import guide, stops
from engine.ui.tour.stops import tour

BROKEN = """
[[stop]]
name = "gone"
open = "model=no-such-model&t=1"
en = {title = "T", words = "W", question = "Q?", answer = "A"}
[[stop]]
name = "nonsense"
open = "model=dinosaurs-gru&t=1&temperature=hot"
en = {title = "T", words = "W", question = "Q?", answer = "A"}
[[stop]]
name = "misspelt"
open = "model=dinosaurs-gru&t=1"
en = {title = "T", words = "{prob:percnt} {tokn}", question = "Q?", answer = "A"}
[[stop]]
name = "good"
open = "model=dinosaurs-gru&seed=3&t=1"
then = "t=2"
en = {title = "T <b>", words = "{token}", question = "Q?", answer = "from {was_t} to {t}"}
"""


@pytest.fixture
def own_tour(tmp_path, monkeypatch):
    """A function that puts another file in the tour's place."""
    monkeypatch.setattr(stops, "FILE", tmp_path / "tour.toml")
    return lambda text: stops.FILE.write_text(text)


def html(app):
    return " ".join([*(one.body for one in app.get("html")), narration_of(app)])


def view(app):
    return session_of(app).view


def on(app, key="tour_next"):
    return checked(app.button(key=key).click().run())


def test_the_tour_is_offered_on_the_first_screen_and_its_button_begins_it(open_app):
    app = open_app()
    assert WORDS["tour.offer"][0].split("{")[0] in html(app)
    checked(app.button(key="lecture_tour").click().run())
    assert (view(app).stop, view(app).answered) == (1, False)
    assert tour().stops[0].said["en"].words in html(app)
    assert 'class="offer"' not in html(app)
    assert not app.sidebar.children  # the stop has its place
    assert app.button(key="tour_previous").disabled


def test_a_step_taken_the_offer_is_gone(open_app):
    assert 'class="offer"' not in html(open_app(t="1"))


def test_the_answer_is_there_only_after_going_on_and_with_it_its_own_moment(open_app):
    app = open_app(tour="3")
    assert session_of(app).run.moment == Moment(1, "predict")
    assert 'class="answer"' not in html(app)
    on(app)
    assert view(app).answered
    assert session_of(app).run.moment == Moment(1)
    assert 'class="answer"' in html(app)
    on(app)
    assert (view(app).stop, view(app).answered) == (4, False)


@pytest.mark.parametrize("place", range(1, 11))
def test_until_the_answer_is_shown_nothing_on_the_stage_tells_it_and_who_steps_on_is_told_as_always(open_app, place):
    app = open_app(tour=str(place))
    assert WORDS["tour.asked"][0] in narration_of(app)
    if not session_of(app).run.finish_reason:
        checked(app.button(key="control_step").click().run())
        assert WORDS["tour.asked"][0] not in narration_of(app)
        checked(app.button(key="control_back").click().run())
    app = on(open_app(tour=str(place)))
    assert WORDS["tour.asked"][0] not in narration_of(app)


def test_back_leads_over_the_question_to_the_stop_before(open_app):
    app = on(open_app(tour="3"))
    on(app, "tour_previous")
    assert (view(app).stop, view(app).answered) == (3, False)
    assert session_of(app).run.moment == Moment(1, "predict")
    on(app, "tour_previous")
    assert (view(app).stop, view(app).answered) == (2, False)


def test_the_whole_tour_by_going_on_alone_in_chinese(open_app):
    app = open_app(tour="1", lang="zh")
    for place in range(1, 11):
        assert (view(app).stop, view(app).answered) == (place, False)
        assert f"第 {place} 站" in html(app)
        on(app)
        assert view(app).answered
        run = session_of(app).run
        on(app)
    assert view(app).stop == 0
    assert session_of(app).run == run  # it stays
    assert WORDS["tour.over"][1] in html(app)
    assert session_of(app).language == "zh"


def test_a_visitor_who_steps_on_at_a_stop_keeps_its_words_and_the_link_holds_both(open_app):
    app = open_app(tour="4")
    before = html(app).split('class="stop"')[1].split("</section>")[0]
    checked(app.button(key="control_step").click().run())
    assert html(app).split('class="stop"')[1].split("</section>")[0] == before
    assert session_of(app).run.moment.t == 2
    again = open_app(tour="4", model="speeches-word", seed="1158", t="2")
    assert session_of(again).run.moment.t == 2
    assert view(again).stop == 4


def test_leaving_keeps_the_run_for_whoever_explores_from_here(open_app):
    app = open_app(tour="7")
    run = session_of(app).run
    on(app, "tour_leave")
    assert view(app).stop == 0
    assert session_of(app).run == run
    assert app.sidebar.children


def test_stops_that_cannot_be_opened_are_named_and_passed_over(open_app, own_tour):
    own_tour(BROKEN)
    app = open_app(tour="1")
    assert view(app).stop == 4
    passed = WORDS["tour.passed"][0].split("{")[0]
    assert all(f"{passed}{name}" in html(app) for name in ("gone", "nonsense", "misspelt"))
    assert "<h2>T &lt;b&gt;</h2>" in html(app)
    on(app)
    assert "from 1 to 2" in html(app)
    on(app, "tour_previous")
    on(app, "tour_previous")  # nothing before it can be opened: it stays
    assert view(app).stop == 4


def test_a_stop_behind_the_end_of_its_run_is_passed_over(open_app, own_tour):
    own_tour(BROKEN.replace("model=dinosaurs-gru&t=1&temperature=hot", "model=speeches-word&seed=1158&t=50"))
    assert "nonsense" in html(open_app(tour="1"))


def test_a_file_that_cannot_be_read_is_named_where_the_tour_was_offered(open_app, own_tour):
    own_tour("[[stop]\nname =")
    app = open_app()
    assert "tour.toml" in html(app)
    assert 'class="offer"' not in html(app)


def test_a_file_saved_with_a_byte_order_mark_is_the_same_tour(own_tour):
    own_tour("\ufeff" + BROKEN)
    assert [stop.name for stop in tour().stops][-1] == "good"
    assert tour().problems == ()


def test_a_tour_without_a_stop_that_opens_is_over_at_once_and_no_file_is_no_offer(open_app, own_tour):
    own_tour(BROKEN.split('[[stop]]\nname = "good"')[0])
    app = open_app(tour="1")
    assert view(app).stop == 0
    stops.FILE.unlink()
    app = open_app(tour="2")
    assert "tour=2" in html(app)  # named among what was ignored
    assert "lecture_tour" not in {button.key for button in app.button}
    assert 'class="offer"' not in html(app)


def test_a_link_to_a_stop_that_is_not_there_opens_the_run(open_app):
    app = open_app(tour="77", model="dinosaurs-gru", t="2")
    assert view(app).stop == 0
    assert session_of(app).run.moment.t == 2
    assert "tour=77" in html(app)


def test_a_run_of_the_script_that_is_cut_short_on_its_way_to_a_stop_has_not_arrived_and_the_next_one_does(
    open_app, monkeypatch
):
    """As by a message of the browser that comes meanwhile: Streamlit raises wherever the session is looked into."""
    prepare, cuts = guide.prepare, []

    def cut_short(stop, language):
        if not cuts:
            cuts.append(stop)
            raise RerunException(RerunData())
        return prepare(stop, language)

    monkeypatch.setattr(guide, "prepare", cut_short)
    app = open_app(tour="6")
    assert cuts
    assert 'class="stop"' in html(app)
    assert session_of(app).run.recipe == prepare(tour().stops[5], "en").asked.recipe
