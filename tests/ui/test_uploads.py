"""Uploaded files: names, previews and what saving does to the library."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pipeline import Outcome, Reading
from kb.documents import Kind
from kb.errors import InputError
from kb.progress import SilentProgress
from ui.services import Services
from ui.uploads import MOST_FILES, Upload, read_uploads, safe_name, save_uploads

RULE = "某小区停车规约\n（2024年5月10日通过）\n第一条 为了规范停车，制定本规约。\n第二条 {text}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


def upload(folder: Path, name: str, text: str, sent_as: str = "") -> Upload:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Upload(path, sent_as or name)


def save(services: Services, *uploads: Upload, reading: Reading | None = None) -> list[tuple[str, str]]:
    ingester = services.ingester(reading)
    found = read_uploads(ingester, uploads, SilentProgress())
    return [(r.outcome.value, r.source) for r in save_uploads(ingester, found, SilentProgress())]


@given(st.text(max_size=300))
def test_a_name_never_leads_anywhere(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe) <= 150
    assert safe not in (".", "..")
    assert not set(safe) & set("/\\\n\r\x00\u202e")


def test_a_long_name_keeps_its_suffix() -> None:
    assert safe_name("../../" + "长" * 400 + ".docx").endswith(".docx")
    assert safe_name(r"C:\资料\规约.txt") == "规约.txt"


def test_a_preview_saves_nothing(own_services: Services, folder: Path) -> None:
    before = own_services.library.revision
    found = read_uploads(
        own_services.ingester(),
        [upload(folder, "规约.txt", RULE.format(text="不得占道。"))],
        SilentProgress(),
    )
    assert not isinstance(found[0], InputError)
    assert found[0].documents[0].title == "某小区停车规约"
    assert own_services.library.revision == before


def test_a_file_of_the_same_name_updates_what_it_gave_before(own_services: Services, folder: Path) -> None:
    first = upload(folder, "规约.txt", RULE.format(text="不得占道。"))
    assert save(own_services, first) == [("new", "规约.txt")]
    assert save(own_services, first) == [("unchanged", "规约.txt")]
    changed = upload(folder, "temporary-name.txt", RULE.format(text="先到先得。"), sent_as="规约.txt")
    assert save(own_services, changed) == [("changed", "规约.txt")]
    stored = own_services.library.from_origin("upload:规约.txt")
    assert len(stored) == 1
    assert "先到先得" in own_services.library.document(stored[0].document.id).document.passages[-1].text


def test_a_choice_of_kind_and_region_is_kept(own_services: Services, folder: Path) -> None:
    given_text = upload(folder, "经过.md", "# 一次调解\n\n## 经过\n\n居民与物业协商停车。\n")
    save(own_services, given_text, reading=Reading(Kind.CASE, "浙江"))
    document = own_services.library.from_origin("upload:经过.md")[0].document
    assert (document.kind, document.region) == (Kind.CASE, "浙江")


def test_what_cannot_be_read_is_refused_and_the_rest_is_saved(own_services: Services, folder: Path) -> None:
    outcomes = save(
        own_services,
        upload(folder, "旧.doc", "x"),
        upload(folder, "规约.txt", RULE.format(text="不得占道。")),
        Upload(folder / "gone.txt", "丢了.txt"),
    )
    assert outcomes == [("refused", "旧.doc"), ("new", "规约.txt"), ("refused", "丢了.txt")]


def test_two_files_of_one_name_do_not_overwrite_each_other(own_services: Services, folder: Path) -> None:
    outcomes = save(
        own_services,
        upload(folder, "a.txt", RULE.format(text="不得占道。"), sent_as="一/规约.txt"),
        upload(folder, "b.txt", RULE.format(text="先到先得。"), sent_as="二/规约.txt"),
    )
    assert outcomes == [("new", "规约.txt"), ("refused", "规约.txt")]


def test_too_many_files_are_refused(services: Services, folder: Path) -> None:
    many = [Upload(folder / "none.txt", f"{n}.txt") for n in range(MOST_FILES + 2)]
    found = read_uploads(services.ingester(), many, SilentProgress())
    assert sum(isinstance(f, InputError) and "一次最多" in f.problem for f in found) == 2
    assert Outcome.REFUSED in {r.outcome for r in save_uploads(services.ingester(), found, SilentProgress())}
