"""An archive from anyone: what it may ask of the machine is known before it gets it."""

import os
import tracemalloc
import zipfile

import numpy as np
import pytest

from engine import archive
from engine.archive import MAX_ENTRIES, ModelError, open_regular, opened


def refused(path, message):
    """How much memory was taken until the file was refused."""
    tracemalloc.start()
    with pytest.raises(ModelError, match=message), opened(path):
        pytest.fail("it was opened")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_a_small_file_that_unfolds_to_much_is_refused_before_it_does(tmp_path):
    np.savez_compressed(tmp_path / "zeros.npz", weight=np.zeros((100, 2**18), np.float32))
    assert os.path.getsize(tmp_path / "zeros.npz") < 200_000
    peak = refused(tmp_path / "zeros.npz", "it unfolds to 100 MB, more than 50 times its own size")
    assert peak < 2e6


def test_float16_counts_as_what_it_takes_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 2**20)
    np.savez(tmp_path / "half.npz", weight=np.ones(2**18 + 2**17, np.float16))
    peak = refused(tmp_path / "half.npz", "its arrays take more than 1 MB")
    assert peak < 5e5


def test_very_many_arrays_are_refused_before_their_list_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "many.npz", "w") as packed:
        for i in range(MAX_ENTRIES + 1):
            packed.writestr(f"{i}.npy", b"")
    refused(tmp_path / "many.npz", "it has 1,001 arrays")
    with zipfile.ZipFile(tmp_path / "more.npz", "w") as packed:
        for i in range(30_000):
            packed.writestr(f"{i:040}.npy", b"")
    peak = refused(tmp_path / "more.npz", "more than 1,000 arrays")
    assert peak < 1e6
    with zipfile.ZipFile(tmp_path / "most.npz", "w") as packed:
        for i in range(70_000):  # beyond 65,535 the archive has a second form of directory
            packed.writestr(f"{i}.npy", b"")
    refused(tmp_path / "most.npz", "more than 1,000 arrays")


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_python_would_unfold_without_bounds_is_refused(tmp_path, compression):
    with zipfile.ZipFile(tmp_path / "odd.npz", "w", compression) as packed:
        packed.writestr("weight.npy", bytes(10**7))
    peak = refused(tmp_path / "odd.npz", "'weight' is compressed in a way that numpy never does")
    assert peak < 1e6


def test_a_pipe_is_no_file_and_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero"):
        with pytest.raises(ModelError, match="a pipe or a device"):
            open_regular(path)


def test_long_names_are_cut_in_messages(tmp_path):
    np.savez(tmp_path / "long.npz", **{"n" * 5000: np.array([object()])})
    with opened(tmp_path / "long.npz") as found, pytest.raises(ModelError) as caught:
        found.read("n" * 5000)
    assert len(str(caught.value)) < 200


def test_what_is_read_is_ones_own_in_c_order(tmp_path):
    given = np.asfortranarray(np.arange(12.0).reshape(3, 4).astype(">f8"))
    np.savez(tmp_path / "a.npz", a=given, b=np.array(3.5), c=np.array(["x"]))
    with opened(tmp_path / "a.npz") as found:
        array = found.read("a")
        assert found.read("b") == 3.5
        assert found.read("c").tolist() == ["x"]
    assert np.array_equal(array, given)
    assert array.flags.c_contiguous
    assert array.flags.writeable
    assert array.dtype.isnative
