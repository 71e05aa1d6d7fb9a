"""The translator: numbers, percentages and plurals are written as the table says, from plain values."""

import pytest

from engine.sampling import Draw
from engine.ui.i18n import LANGUAGES, translator

EN, ZH = map(translator, LANGUAGES)


@pytest.mark.parametrize(("count", "text"), [(0, "0 others"), (1, "1 other"), (2, "2 others"), (5998, "5,998 others")])
def test_one_and_more_have_words_of_their_own(count, text):
    assert EN("bars.others", count=count) == text


def test_a_plural_may_hold_the_number():
    one, three = (EN("teacher_forcing.whole", count=count, total=4.5, mean=1.5) for count in (1, 3))
    assert one.startswith("The one loss is J = 4.5 nats, 1.50 a token:")
    assert three.startswith("All 3 losses together are J = 4.5 nats, 1.50 a token:")


def test_a_negative_number_has_a_minus_and_a_text_keeps_its_hyphen():
    assert EN("stage.log_prob", log_prob=-12.34, perplexity=2416.3) == "log P = −12.3 · perplexity 2,416"
    assert EN("app.bad_model", problem="mine-char.npz, -1") == "A model was left out: mine-char.npz, -1"


def test_a_loss_of_nothing_has_no_sign():
    assert EN("teacher_forcing.loss_label", loss=-0.0) == "−log P = 0.00"


def test_a_probability_has_one_relation():
    assert EN("stage.eos_prob", prob=0.99999) == "P(<EOS>) > 99.9%"
    assert EN("panel.eos.hover", t=2, prob=1e-7) == "t = 2: P(<EOS>) < 0.001%"
    assert ZH("panel.eos.hover", t=2, prob=0.042) == "t = 2：P(<EOS>) = 4.2%"


def test_u_is_told_apart_from_its_segment():
    said = EN("draw.accepted", t=1, j=1, draw=Draw(0.99997, 0, 0.5, 1.0), token="“a”")
    assert said == "u(1, 1) = 0.99997 → “a” ✓"


@pytest.mark.parametrize(("seconds", "english", "chinese"), [(89.6, "90 s", "90 秒"), (91, "2 min", "2 分钟")])
def test_a_time_that_is_left_is_in_seconds_or_minutes(seconds, english, chinese):
    values = {"done": 1, "most": 2000, "left": seconds}
    assert EN("draws.progress.left", **values) == f"1 of 2,000 runs, about {english} left"
    assert ZH("draws.progress.left", **values) == f"已完成 1 / 2,000 次，大约还需 {chinese}"


def test_a_value_with_braces_stays_as_it_is():
    assert EN("bars.find.none", typed="{count} {0}") == "“{count} {0}” is not in this vocabulary."
