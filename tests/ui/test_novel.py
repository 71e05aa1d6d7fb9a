"""Novel?, in words: a copied sequence is called so, a new one too, and what cannot be judged is not."""

from dataclasses import replace

import numpy as np
import pytest

from engine.model import LanguageModel
from engine.novelty import SURE, WINDOW, novelty, sequence_hashes, window_hashes
from engine.recipe import Recipe
from engine.run import Run
from engine.ui.i18n import LANGUAGES, translator
from engine.ui.novel import novel


def with_text(model, sequences=None, stream=None):
    """`model` as if it had been trained on these token ids."""
    hashes = sequence_hashes(sequences) if stream is None else window_hashes(stream, model.vocabulary.level)
    return LanguageModel(model.vocabulary, model.state_dict(), None, hashes)


def ended_run(model, **recipe):
    return Run(model, Recipe(seed=3, limit=40, **recipe)).at_end()


def tokens(run):
    return [step.token_id for step in run.steps]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sequence_of_the_training_text_is_called_known_and_another_new(word_model, language):
    t = translator(language)
    run = ended_run(word_model)
    assert run.finish_reason == "eos"
    known = replace(run, model=with_text(word_model, [tokens(run), [2, 0]]))
    assert novel(known, t) == t("novel.known", count=2)
    new = replace(run, model=with_text(word_model, [tokens(run)[1:], [2, 0]]))
    assert novel(new, t) == t("novel.new", count=2)


def test_a_sequence_cut_by_the_step_limit_is_not_judged(word_model):
    t = translator("en")
    run = Run(with_text(word_model, [[2, 0]]), Recipe(limit=1, forced=((1, 3),))).at_end()
    assert novel(run, t) == t("novel.unfinished")


def test_a_run_past_eos_is_judged_sequence_by_sequence(word_model):
    t = translator("en")
    run = ended_run(word_model, stop_at_eos=False)
    ids = tokens(run)
    ends = [place + 1 for place, token_id in enumerate(ids) if token_id == word_model.vocabulary.eos_id]
    assert len(ends) > 1
    run = replace(run, model=with_text(word_model, [ids[: ends[0]]]))
    same = sum(ids[first:end] == ids[: ends[0]] for first, end in zip([0, *ends], ends, strict=False))
    assert novel(run, t) == t("novel.several", known=same, count=len(ends))


def test_of_a_text_without_ends_the_longest_copied_stretch_is_named(char_model):
    t = translator("en")
    run = ended_run(char_model)
    ids = tokens(run)
    copied = replace(run, model=with_text(char_model, stream=np.array(ids[2:34])))
    text = char_model.vocabulary.decode(ids[2:34])
    assert novel(copied, t) == t("novel.stretch", length=32, first=3, last=34, text=text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("tokens", "key"), [(31, "short"), (32, "short"), (62, "short"), (63, "stretch.none")])
def test_a_run_that_could_hold_a_copy_unseen_is_too_short_to_say(char_model, tokens, key, language):
    t = translator(language)
    run = Run(char_model, Recipe(seed=3, limit=tokens)).at_end()
    run = replace(run, model=with_text(char_model, stream=np.full(64, 4)))
    assert novel(run, t) == t(f"novel.{key}.char", least=63, count=tokens)
    assert ("short" in novel(run, translator("en"))) == (tokens < 63)


def test_nothing_shorter_than_sure_is_always_found_and_nothing_as_long_is_missed():
    text = np.arange(640)
    for level, size in WINDOW.items():
        hashes = window_hashes(text, level)

        def found(length, hashes=hashes, level=level):
            starts = range(len(text) - length)
            return [novelty(text[i : i + length].tolist(), hashes, level, None).stretch[1] > 0 for i in starts]

        assert all(found(SURE[level]))
        assert not all(found(SURE[level] - 1))
        assert SURE[level] == 2 * size - 1


def test_a_model_without_hashes_says_so(word_model):
    t = translator("en")
    assert word_model.training_hashes is None
    assert novel(ended_run(word_model), t) == t("novel.unknown")
