"""Training: a tiny network learns a tiny text; the same seed gives the same weights, in one go or not."""

from dataclasses import replace

import numpy as np
import pytest

from engine.model import LanguageModel
from engine.training import __main__ as command_line
from engine.training import corpora, loop
from engine.training.loop import train
from engine.training.optimizer import Adam, clip_by_norm
from engine.training.plans import PLANS, Plan, TrainingText, initial_weights, prepare, unigram_bias
from engine.vocabulary import Vocabulary

NAMES = [
    f"{first}{middle}{last}" for first in "ABCDEFGH" for middle in ("ana", "oro", "ile") for last in ("x", "saurus")
]
PLAN = Plan("dinosaurs", "char", "gru", 16, updates=60, batch=16, learning_rate=0.02, evaluate_every=20)
STREAM = Plan("shakespeare", "char", "lstm", 12, updates=40, batch=4, learning_rate=0.02, chunk=10, evaluate_every=20)


@pytest.fixture(scope="module")
def text():
    return prepare(NAMES, PLAN)


@pytest.fixture(scope="module")
def stream():
    return prepare([f"To be, or not to be {k}.\n" for k in range(60)], STREAM, stream=True)


def weights_of(steps):
    return list(steps)[-1].model.state_dict()


def test_it_learns_and_every_evaluation_is_told(text):
    steps = list(train(PLAN, text))
    assert [step.update for step in steps] == [20, 40, 60]
    assert steps[-1].held_out_loss < 0.6 * np.log(len(text.vocabulary))
    assert steps[-1].held_out_loss < steps[0].held_out_loss
    assert [step.best for step in steps] == [
        step.held_out_loss < min([one.held_out_loss for one in steps[:k]], default=np.inf)
        for k, step in enumerate(steps)
    ]


def test_one_sequence_is_learned_by_heart():
    vocabulary = Vocabulary(["<EOS>", "a", "b"], "char", "<EOS>")
    sequences = [np.array([1, 2, 2, 1, 0])]
    text = TrainingText(vocabulary, sequences, sequences, 5, False)
    plan = Plan("dinosaurs", "char", "lstm", 8, updates=150, batch=1, learning_rate=0.05, evaluate_every=150)
    assert list(train(plan, text))[-1].held_out_loss < 0.01


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(text):
    first, again, other = (weights_of(train(PLAN, text, seed)) for seed in (3, 3, 4))
    for name, weight in first.items():
        np.testing.assert_array_equal(weight, again[name])
    assert any((weight != other[name]).any() for name, weight in first.items())


@pytest.mark.parametrize("kind", ["text", "stream"])
def test_a_training_that_goes_on_from_its_checkpoint_ends_where_one_in_one_go_does(request, tmp_path, kind):
    text, plan = request.getfixturevalue(kind), {"text": PLAN, "stream": STREAM}[kind]
    whole = weights_of(train(plan, text))
    checkpoint = tmp_path / "checkpoint.npz"
    next(train(plan, text, checkpoint=checkpoint))  # killed after its first evaluation
    resumed = list(train(plan, text, checkpoint=checkpoint))
    assert resumed[0].update == 40
    for name, weight in resumed[-1].model.state_dict().items():
        np.testing.assert_array_equal(weight, whole[name])


def test_the_checkpoint_of_another_training_is_refused(text, tmp_path):
    checkpoint = tmp_path / "checkpoint.npz"
    next(train(PLAN, text, checkpoint=checkpoint))
    with pytest.raises(ValueError, match="another plan, text or seed"):
        next(train(PLAN, text, seed=1, checkpoint=checkpoint))


def test_the_held_out_loss_is_that_of_the_rounded_weights(text):
    step = next(train(PLAN, text))
    for weight in step.model.state_dict().values():
        np.testing.assert_array_equal(weight, weight.astype(np.float16).astype(np.float32))
    assert loop.held_out_loss(step.model.state_dict(), text) == step.held_out_loss


def test_the_text_is_split_without_overlap_and_sequences_end_in_eos(text):
    training_part = {tuple(sequence) for sequence in text.training}
    assert training_part.isdisjoint(tuple(sequence) for sequence in text.held_out)
    assert all(sequence[-1] == text.vocabulary.eos_id for sequence in text.training + text.held_out)


def test_a_stream_has_no_eos(stream):
    assert stream.vocabulary.eos_id is None
    assert len(stream.training) == 1


def test_a_text_that_is_too_short_is_refused():
    with pytest.raises(ValueError, match="too short"):
        prepare(["ab"], PLAN)


def test_every_plan_has_a_corpus_and_spreads_its_weights_as_pytorch_does():
    for plan in PLANS.values():
        assert plan.corpus in corpora.CORPORA
        for name, weight in initial_weights(plan, 50, np.random.default_rng(0)).items():
            if name == "embedding.weight":
                assert weight.std() == pytest.approx(plan.embedding_std, rel=0.1)
            elif "bias_ih" not in name:
                assert np.abs(weight).max() <= plan.hidden**-0.5


def test_a_training_can_begin_with_how_often_each_token_occurs(text):
    """By hand: of `counts` tokens each share is (count + 1) / (all + V); the network's own part is small at first."""
    shares = np.exp(unigram_bias(text))
    tokens = np.concatenate(text.training)
    assert shares.sum() == pytest.approx(1)
    at = text.vocabulary.tokens.index("a")
    assert shares[at] == pytest.approx(((tokens == at).sum() + 1) / (len(tokens) + len(text.vocabulary)))
    first = {
        start: next(train(replace(PLAN, updates=1, evaluate_every=1, learning_rate=1e-9, unigram_start=start), text))
        for start in (False, True)
    }
    entropy = -np.log(shares[np.concatenate(text.held_out)]).mean()
    assert first[True].held_out_loss == pytest.approx(entropy, abs=0.1)
    assert first[False].held_out_loss > entropy + 0.3


def test_adam_goes_down_a_bowl():
    weights = {"w": np.array([3.0, -2.0])}
    adam = Adam(weights)
    for _ in range(2000):
        adam.update(weights, {"w": 2 * weights["w"]}, 0.01)
    np.testing.assert_allclose(weights["w"], 0, atol=1e-3)


def test_the_first_update_of_adam_is_the_rate_in_every_direction():
    weights = {"w": np.array([1.0, 1.0])}
    Adam(weights).update(weights, {"w": np.array([1e-3, -50.0])}, 0.1)
    np.testing.assert_allclose(weights["w"], [0.9, 1.1], rtol=1e-4)


def test_clipping_keeps_the_direction_and_bounds_the_norm_of_all_together():
    gradients = {"a": np.array([3.0]), "b": np.array([4.0])}
    assert clip_by_norm(gradients, 1.0) == 5.0
    assert (gradients["a"][0], gradients["b"][0]) == pytest.approx((0.6, 0.8))
    assert clip_by_norm({"a": np.array([0.5])}, 1.0) == 0.5


def test_gradients_that_are_no_numbers_stop_the_training():
    with pytest.raises(FloatingPointError, match="lower rate"):
        clip_by_norm({"a": np.array([np.nan])}, 1.0)


# --- the command line


@pytest.fixture
def command(monkeypatch, tmp_path):
    """`command(name, *options)`: the exit status and the path it writes to, with the tiny plan and text."""
    monkeypatch.setattr(command_line, "CHECKPOINTS", tmp_path / "checkpoints")
    monkeypatch.setattr(command_line, "PLANS", {"dinosaurs-gru": PLAN})
    monkeypatch.setattr(corpora, "read", lambda name, path: NAMES)
    output = tmp_path / "model.npz"
    return lambda *options: (command_line.main(["dinosaurs-gru", "--output", str(output), *options]), output)


def test_the_command_writes_a_model_with_its_card_and_shows_the_time_left(command, capsys):
    status, output = command()
    printed = capsys.readouterr().out
    assert status == 0
    assert "left" in printed
    assert "held out" in printed
    card = LanguageModel.load(output).card
    assert card["licence"] == "CC0"
    assert card["held_out_nats_per_token"] > 0
    assert not list((output.parent / "checkpoints").glob("*"))


def test_ctrl_c_keeps_the_best_so_far_and_the_same_command_goes_on(command, monkeypatch, capsys):
    whole = loop.train

    def interrupted(*arguments):
        yield next(whole(*arguments))
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "train", interrupted)
    status, output = command()
    assert status == 130
    assert "goes on" in capsys.readouterr().out
    assert LanguageModel.load(output).card["updates"] == 20
    monkeypatch.setattr(command_line, "train", whole)
    assert command()[0] == 0
    assert "     20 /" not in capsys.readouterr().out


def test_a_text_out_of_reach_is_answered_in_a_sentence(command, monkeypatch, capsys):
    def unreachable(name, path):
        raise corpora.CorpusError("the package could not be fetched; pass the file with --text PATH")

    monkeypatch.setattr(corpora, "read", unreachable)
    assert command()[0] == 1
    assert "--text PATH" in capsys.readouterr().err
