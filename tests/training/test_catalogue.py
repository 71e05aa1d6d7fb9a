"""pretrained/README.md says what the model files say, and their samples are what the models write."""

from engine.model import LanguageModel
from engine.training.catalogue import FOLDER, catalogue, samples


def models():
    return {path.stem: LanguageModel.load(path) for path in sorted(FOLDER.glob("*.npz"))}


def test_the_page_is_written_from_the_files_as_they_are():
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == catalogue(models())


def test_all_models_together_stay_within_40_megabytes_and_every_loss_is_told():
    assert sum(path.stat().st_size for path in FOLDER.glob("*.npz")) <= 40e6
    for model in models().values():
        assert 0 < model.card["held_out_nats_per_token"] < 6
        seen, nats = zip(*model.card["loss_by_context"], strict=True)
        assert list(seen) == [2**k for k in range(len(seen))]
        assert nats[-1] < nats[0]  # the past helps


def test_samples_are_five_and_end_by_themselves_only_where_there_is_an_end():
    for model in models().values():
        written = samples(model)
        assert len(written) == 5
        assert all(text.strip() for text, _ in written)
        if model.vocabulary.eos_id is None:
            assert {reason for _, reason in written} == {"length"}
