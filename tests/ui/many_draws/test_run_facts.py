"""What is said of many runs: its numbers agree with one another, and nothing is said that the runs do not show."""

import re

import numpy as np
import pytest

from engine.figures.draw_counts import count_rows
from engine.many_runs import advanced, survey
from engine.model import LanguageModel
from engine.novelty import window_hashes
from engine.recipe import Recipe
from engine.statistics import chi_square
from engine.ui.i18n import LANGUAGES, translator
from engine.ui.many_draws.page import _fit
from engine.ui.many_draws.run_facts import novel, whole

EN = translator("en")
FIRST = [0.1, 0.2, 0.3, 0.2, 0.2]


def runs(model, recipe, n=200):
    now = survey(model, recipe, n)
    while not now.ended:
        now = advanced(now)
    return now


def test_divisor_and_factor_have_digits_that_agree_and_neither_is_called_exact(bigram_model):
    for limit in range(2, 9):
        said = " ".join(whole(runs(bigram_model(FIRST), Recipe(limit=limit)), EN))
        kept, times = re.search(r"it is ([\d.]+), so its P becomes ([\d.]+) times", said).groups()
        assert f"{1 / float(kept):.3g}" == times
        assert "exactly" not in said
        left, instead = re.search(r"the share left, ([\d.]+)\.", said), re.search(r"instead of ([\d.]+) times", said)
        assert f"{1 / float(left[1]):.3g}" == instead[1]
        smallest, largest = re.search(r"goes from ([\d.]+) to ([\d.]+)\.", said).groups()
        assert float(smallest) <= float(kept) <= float(largest)


@pytest.mark.parametrize("unk", ["rest", "allow"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_means_that_print_alike_are_not_set_against_each_other(bigram_model, unk, language):
    endless = bigram_model([0, 0.2, 0.4, 0.2, 0.2])  # <EOS> never comes: all runs are as long as the limit
    said = whole(runs(endless, Recipe(limit=4, unk=unk)), translator(language))
    assert said[-1].count("4.0") == 1
    ending = whole(runs(bigram_model(FIRST), Recipe(limit=12, unk=unk)), translator(language))
    assert len(set(re.findall(r"\d+\.\d", ending[-1]))) == 2


@pytest.mark.parametrize("limit", [62, 63])
def test_runs_of_a_stream_that_are_too_short_are_not_called_novel(char_model, limit):
    hashes = window_hashes(np.full(64, 4), "char")
    model = LanguageModel(char_model.vocabulary, char_model.state_dict(), None, hashes)
    said = novel(runs(model, Recipe(limit=limit), 20), EN)
    assert said.startswith("Too short to say" if limit < 63 else "20 of 20 runs")


@pytest.mark.parametrize("language", LANGUAGES)
def test_hatched_bars_beside_a_law_that_fits_have_their_reason(vocabulary, language):
    t = translator(language)
    law = np.array([0.1, 0.1, 0.3, 0.3, 0.2])
    for counts, outside in (
        ([100, 100, 300, 300, 200], 0),
        ([121, 95, 291, 297, 196], 1),
        ([122, 78, 300, 300, 200], 2),
    ):
        counts = np.array(counts)
        rows = count_rows(law, [counts], vocabulary, t)
        assert sum(not row.inside(0) for row in rows) == outside
        said = _fit(chi_square(counts, law), rows, 1000, t)
        assert any("≠" in one for one in said) == (outside > 0)
        assert outside == 0 or any(str(outside) in one and "≠" in one and "5" in one for one in said)
