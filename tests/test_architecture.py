import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = ("kb", "ingest", "retrieval", "ui")
SOURCES = [path for room in ROOMS for path in sorted((PROJECT / room).rglob("*.py"))]

MAY_IMPORT = {
    "kb": {"kb"},
    "ingest": {"ingest", "kb"},
    "retrieval": {"retrieval", "kb"},
    "ui": {"ui", "ingest", "retrieval", "kb"},
}
BELONGS_TO = {
    "gradio": {"ui"},
    "fastapi": {"ui"},
    "haystack": {"retrieval", "ingest"},
    **dict.fromkeys(("faiss", "tantivy", "onnxruntime", "torch", "sentence_transformers"), {"retrieval"}),
}

GUARDED_IMPORTS = """
import importlib, os, socket, sys

def forbidden(what):
    def refuse(*args, **kwargs):
        raise AssertionError(f"importing {name} touched the {what}")
    return refuse

class Guarded(dict):
    def _check(self, key):
        assert not str(key).startswith("ANDIAN_"), f"importing {name} read {key}"
    def __getitem__(self, key):
        self._check(key)
        return super().__getitem__(key)
    def get(self, key, default=None):
        self._check(key)
        return super().get(key, default)

socket.socket.connect = forbidden("network")
os.environ = Guarded(os.environ)
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def room_of(path: Path) -> str:
    return path.relative_to(PROJECT).parts[0]


def imported_packages(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            name = (node.module or "").split(".")[0]
            yield (room_of(path) if node.level else name), node.lineno


def violations(allowed: dict[str, set[str]], *, by_room: bool) -> list[str]:
    """Lines that import what their room must not; `allowed` maps rooms to packages or packages to rooms."""
    found = []
    for path in SOURCES:
        room = room_of(path)
        for package, line in imported_packages(path):
            fine = (
                package not in ROOMS or package in allowed[room]
                if by_room
                else package not in allowed or room in allowed[package]
            )
            if not fine:
                found.append(f"{path.relative_to(PROJECT)}:{line} imports {package}")
    return found


def test_there_is_something_to_check():
    assert {room_of(path) for path in SOURCES} == set(ROOMS)


def test_rooms_depend_in_one_direction():
    assert violations(MAY_IMPORT, by_room=True) == []


def test_heavy_packages_stay_in_their_rooms():
    assert violations(BELONGS_TO, by_room=False) == []


def test_nothing_imports_the_tests_or_the_corpus():
    found = {(path, name) for path in SOURCES for name, _ in imported_packages(path)}
    assert {str(path) for path, name in found if name in ("tests", "corpus")} == set()


def test_the_corpus_is_data_only():
    assert list((PROJECT / "corpus").rglob("*.py")) == []


@pytest.mark.parametrize("room", ROOMS)
def test_files_stay_short_enough_to_read_at_once(room):
    lengths = {
        module_name(path): path.read_text(encoding="utf-8").count("\n")
        for path in SOURCES
        if room_of(path) == room
    }
    assert {name: lines for name, lines in lengths.items() if lines > 350} == {}


def test_importing_kb_and_ingest_touches_nothing(tmp_path):
    """No file is made, no setting of ours read, no network opened."""
    home = tmp_path / "empty"
    home.mkdir()
    names = [module_name(path) for path in SOURCES if room_of(path) in ("kb", "ingest")]
    folders = dict.fromkeys(("HOME", "TMPDIR", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(home))
    done = subprocess.run(
        [sys.executable, "-B", "-c", GUARDED_IMPORTS, *names],
        cwd=home,
        env={"PYTHONPATH": str(PROJECT), "ANDIAN_HOME": str(home / "made"), **folders},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert list(home.iterdir()) == []
