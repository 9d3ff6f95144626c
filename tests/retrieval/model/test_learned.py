import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.model.learned import Learned

REFS = (("民法典第一条",), ("民法典第二条", "民法典第三条"))


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_bytes_keep_the_direction() -> None:
    vectors = unit(np.random.default_rng(1).standard_normal((2, 512)))
    again = Learned.of(vectors, REFS).unit_vectors()
    assert (again * vectors).sum(axis=1) == pytest.approx(1.0, abs=1e-3)
    assert np.linalg.norm(again, axis=1) == pytest.approx(1.0)


def test_packed_and_unpacked() -> None:
    learned = Learned.of(unit(np.eye(2, 8)), REFS)
    again = Learned.unpack(**learned.arrays())
    assert np.array_equal(again.vectors, learned.vectors)
    assert again.refs == REFS


def test_vectors_and_answers_must_belong_together() -> None:
    with pytest.raises(ValueError, match="one byte vector and one list of answers"):
        Learned(np.zeros((2, 8), np.int8), REFS[:1])
    with pytest.raises(ValueError, match="one byte vector"):
        Learned(np.zeros((2, 8), np.float32), REFS)  # type: ignore[arg-type]


@given(arrays(np.float32, (3, 4), elements=st.floats(-1, 1, width=32)))
def test_any_vectors_can_be_kept(vectors: np.ndarray) -> None:
    learned = Learned.of(vectors, [("民法典第一条",)] * 3)
    assert np.isfinite(learned.unit_vectors()).all()
