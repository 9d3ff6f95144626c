import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from kb.errors import ModelUnavailable
from retrieval.model.encoder import CHUNK, OnnxEncoder, SentenceTransformerEncoder

ALPHABET = "业主共同决定维修资金楼道堆物居委会怎么处理邻居噪音"
DIMENSION = 32
MANY = [ALPHABET[i % 20 : i % 20 + 1 + i % 7] * (1 + i % 5) for i in range(3 * CHUNK + 5)]


@pytest.fixture(scope="module")
def encoder(tiny_folder: Path) -> OnnxEncoder:
    return OnnxEncoder(tiny_folder, threads=2)


@pytest.fixture(scope="module")
def slow_encoder(tiny_source: Path) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(str(tiny_source), local_only=True)


def test_importing_loads_no_heavy_library() -> None:
    heavy = "{'torch', 'transformers', 'sentence_transformers', 'onnxruntime', 'onnx', 'haystack'}"
    code = f"import sys, retrieval.model.resolve; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_opening_a_folder_loads_nothing_until_needed(tiny_folder: Path) -> None:
    encoder = OnnxEncoder(tiny_folder)
    assert (encoder.name, encoder.dimension, encoder.max_tokens) == ("tiny", DIMENSION, 64)
    assert encoder._session is None
    encoder.warm_up()
    session = encoder._session
    encoder.warm_up()
    assert encoder._session is session is not None


@pytest.mark.parametrize("kind", ["encoder", "slow_encoder"])
def test_rows_are_unit_vectors_in_the_order_given(kind: str, request: pytest.FixtureRequest) -> None:
    encoder = request.getfixturevalue(kind)
    seen: list[tuple[int, str]] = []
    vectors = encoder.encode(MANY, lambda n: seen.append((n, threading.current_thread().name)))
    assert vectors.shape == (len(MANY), DIMENSION)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    backwards = encoder.encode(MANY[::-1])[::-1]
    np.testing.assert_allclose(vectors, backwards, atol=1e-5)
    assert sum(n for n, _ in seen) == len(MANY)
    assert {name for _, name in seen} == {threading.current_thread().name}


@pytest.mark.parametrize("kind", ["encoder", "slow_encoder"])
def test_nothing_in_nothing_out(kind: str, request: pytest.FixtureRequest) -> None:
    calls: list[int] = []
    vectors = request.getfixturevalue(kind).encode([], calls.append)
    assert vectors.shape == (0, DIMENSION)
    assert vectors.dtype == np.float32
    assert calls == []


def test_a_text_has_the_same_vector_in_any_company(encoder: OnnxEncoder) -> None:
    together = encoder.encode(MANY)
    alone = np.concatenate([encoder.encode([text]) for text in MANY])
    np.testing.assert_array_equal(together, alone)


def test_many_users_at_once_get_their_own_answers(tiny_folder: Path, encoder: OnnxEncoder) -> None:
    cold = OnnxEncoder(tiny_folder)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: cold.encode([text])[0], MANY))
    np.testing.assert_array_equal(np.stack(answers), encoder.encode(MANY))


def test_long_texts_are_cut_and_odd_ones_survive(encoder: OnnxEncoder) -> None:
    long = "业主" * 100
    np.testing.assert_array_equal(encoder.encode([long])[0], encoder.encode([long * 1000])[0])
    odd = encoder.encode(["", "\ud800", " \n\t\x00", "[SEP][CLS]", "😀"])
    assert np.isfinite(odd).all()


def test_an_error_in_one_text_reaches_the_caller(encoder: OnnxEncoder) -> None:
    with pytest.raises((TypeError, AttributeError)):
        encoder.encode([*MANY, None])  # type: ignore[list-item]


def test_a_folder_without_a_card_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="缺损；请删除"):
        OnnxEncoder(tmp_path)


@pytest.mark.parametrize("name", ["model.int8.onnx", "tokenizer.json"])
@pytest.mark.parametrize("harm", ["cut", "missing"])
def test_damaged_files_are_never_run(tiny_folder: Path, tmp_path: Path, name: str, harm: str) -> None:
    folder = Path(shutil.copytree(tiny_folder, tmp_path / "model"))
    target = folder / name
    if harm == "cut":
        target.write_bytes(target.read_bytes()[:-1])
    else:
        target.unlink()
    encoder = OnnxEncoder(folder)
    with pytest.raises(ModelUnavailable, match="缺损；请删除"):
        encoder.encode(["业主"])


def test_fingerprint_follows_the_weights(slow_encoder: SentenceTransformerEncoder, tiny_source: Path) -> None:
    same = SentenceTransformerEncoder(str(tiny_source), local_only=True)
    assert same.fingerprint == slow_encoder.fingerprint
    model = same.warm_up()
    next(iter(model.parameters())).data[0, 0] += 1
    changed = SentenceTransformerEncoder(str(tiny_source), local_only=True)
    changed._load = lambda: model  # type: ignore[method-assign]
    assert changed.fingerprint != slow_encoder.fingerprint


def test_an_unknown_model_is_named_with_a_remedy(tmp_path: Path) -> None:
    encoder = SentenceTransformerEncoder(str(tmp_path / "no-such-model"), local_only=True)
    with pytest.raises(ModelUnavailable, match="no-such-model.*embedding_model"):
        encoder.encode(["业主"])


@pytest.mark.model
def test_the_real_encoder_ranks_by_meaning(model_folder: Path) -> None:
    encoder = OnnxEncoder(model_folder)
    assert encoder.dimension == 512
    question, *passages = encoder.encode(["物业费太高能不能不交", "物业服务收费标准", "居民委员会选举办法"])
    assert question @ passages[0] > question @ passages[1]
