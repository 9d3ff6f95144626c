import io
import zipfile
from datetime import date
from pathlib import Path

from ingest.pipeline import Ingester, Outcome, Understood, find_files
from kb.documents import Document, Kind, Passage
from kb.errors import InputError
from kb.progress import SilentProgress
from kb.references.spellings import Spellings
from tests.ingest.samples import FILES, content, outcomes, run, statute

# -- references ------------------------------------------------------------------------------------


def test_the_references_of_a_text_are_found_as_it_is_saved(library, tmp_path):
    path = tmp_path / "情况.md"
    path.write_text("# 情况\n\n按民法典第二百七十八条办。\n", encoding="utf-8")
    ingester = Ingester(library, spellings=Spellings({"民法典": "民法典"}))
    (report,) = ingester.ingest([path], SilentProgress())
    (citation,) = library.citations.cited_by(report.document_id)
    assert str(citation.reference) == "民法典第二百七十八条"


# -- one run after another -----------------------------------------------------------------------


def test_every_file_has_its_line_in_the_summary(library, folder):
    reports = run(library, folder)
    assert [Path(r.source).name for r in reports] == sorted(path.name for path in folder.iterdir())
    assert outcomes(reports) == {Outcome.NEW: FILES}
    first = reports[0]
    assert (first.kind, first.title, first.document_id, first.passages, first.note) == (
        Kind.REGULATION,
        "第0号管理办法",
        "rule00",
        5,
        "",
    )
    stored = library.document("rule03")
    assert stored.validity.replaced_by == "rule04"
    assert stored.document.effective_from == date(2013, 10, 1)


def test_a_second_run_changes_nothing(library, folder):
    first = run(library, folder)
    before, revision = content(library), library.revision
    second = run(library, folder)
    assert outcomes(second) == {Outcome.UNCHANGED: FILES}
    assert [(r.source, r.title, r.document_id, r.passages) for r in second] == [
        (r.source, r.title, r.document_id, r.passages) for r in first
    ]
    assert (content(library), library.revision) == (before, revision)


def test_only_what_changed_is_saved(library, folder):
    run(library, folder)
    (folder / "rule07.md").write_text(statute(7, 2012, "第六条 新的一项。"), encoding="utf-8")
    (folder / "rule30.md").write_text(statute(30), encoding="utf-8")
    reports = run(library, folder)
    assert outcomes(reports) == {Outcome.UNCHANGED: FILES - 1, Outcome.CHANGED: 1, Outcome.NEW: 1}
    assert len(library.document("rule07").document.passages) == 6


def test_a_file_is_known_by_one_name_from_wherever_it_is_given(library, folder, monkeypatch):
    run(library, folder / "rule00.md")
    monkeypatch.chdir(folder)
    for path in (Path("rule00.md"), Path("../法规/rule00.md"), folder / "x" / ".." / "rule00.md"):
        (report,) = run(library, path)
        assert (report.outcome, report.source) == (Outcome.UNCHANGED, str(folder / "rule00.md"))


def test_a_dry_run_tells_what_would_happen_and_saves_nothing(library, folder):
    assert outcomes(run(library, folder, dry_run=True)) == {Outcome.NEW: FILES}
    assert (library.documents(), library.revision) == ([], 0)
    run(library, folder)
    (folder / "rule07.md").write_text(statute(7, 2012, "第六条 新的一项。"), encoding="utf-8")
    before, revision = content(library), library.revision
    reports = run(library, folder, dry_run=True)
    assert outcomes(reports) == {Outcome.UNCHANGED: FILES - 1, Outcome.CHANGED: 1}
    assert (content(library), library.revision) == (before, revision)


# -- files that cannot be used -------------------------------------------------------------------


def test_a_refused_file_does_not_stop_the_others(library, folder):
    (folder / "rule00.md").write_bytes(b"")
    (folder / "rule05.docx").write_bytes(b"no zip")
    (folder / "rule10.md").write_text("---\ncolour: red\n---\n正文", encoding="utf-8")
    reports = run(library, folder)
    refused = {Path(r.source).name: r.note for r in reports if r.outcome is Outcome.REFUSED}
    assert refused.keys() == {"rule00.md", "rule05.docx", "rule10.md"}
    assert refused["rule10.md"].startswith("第 2 行：信息区没有名为“colour”的键；")
    assert all("；" in note and "\n" not in note for note in refused.values())
    assert outcomes(reports)[Outcome.NEW] == FILES - 2


def test_a_file_that_became_unreadable_keeps_what_was_saved(library, folder):
    run(library, folder / "rule00.md")
    (folder / "rule00.md").write_bytes(b"")
    (report,) = run(library, folder / "rule00.md")
    assert report.outcome is Outcome.REFUSED
    assert [d.document.id for d in library.documents()] == ["rule00"]


def test_a_missing_file_is_refused(library, tmp_path):
    (report,) = run(library, tmp_path / "nothing.md")
    assert (report.outcome, report.note) == (Outcome.REFUSED, "找不到文件；请检查路径")


def test_a_table_of_contents_is_passed_over(library, folder):
    (folder / "_index.md").write_text("# 目录\n- 第0号管理办法", encoding="utf-8")
    (report,) = run(library, folder / "_index.md")
    assert (report.outcome, report.note) == (Outcome.SKIPPED, "目录页，没有正文")


# -- folders and archives ------------------------------------------------------------------------


def test_a_folder_is_searched_to_any_depth_for_files_that_can_be_read(tmp_path):
    kept = ["a.md", "b/c.TXT", "b/d/e.docx"]
    for name in [*kept, ".hidden.md", ".git/x.md", "b/.d/x.md", "~$e.docx", "b/~$e.docx", "x.png", "README"]:
        path = tmp_path / "库" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = list(find_files([tmp_path / "库"]))
    assert [str(path.relative_to(tmp_path / "库")) for path, _ in found] == kept
    assert found[2][1][-3:] == ("库", "b", "d")


def test_a_hidden_folder_that_is_named_is_searched(tmp_path):
    (tmp_path / ".库").mkdir()
    (tmp_path / ".库" / "a.md").write_text("x")
    assert [path.name for path, _ in find_files([tmp_path / ".库"])] == ["a.md"]


def test_a_file_of_unknown_format_is_refused_when_it_is_named(library, tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (report,) = run(library, tmp_path / "a.png")
    assert report.outcome is Outcome.REFUSED
    assert report.note.startswith("不支持 .png 文件；")
    assert run(library, tmp_path) == []


def test_the_files_of_an_archive_are_saved_each_by_itself(library, tmp_path):
    def pack(members: dict[str, str]) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, text in members.items():
                archive.writestr(name, text)
        (tmp_path / "资料.zip").write_bytes(buffer.getvalue())

    (tmp_path / "a.md").write_text(statute(0), encoding="utf-8")
    run(library, tmp_path / "a.md")
    pack({"a.md": statute(1), "深/a.md": statute(2), "坏.docx": "x", "__MACOSX/a.md": "x"})
    reports = run(library, tmp_path / "资料.zip")
    assert {r.source.rpartition("!")[2]: r.outcome for r in reports} == {
        "a.md": Outcome.NEW,
        "深/a.md": Outcome.NEW,
        "坏.docx": Outcome.REFUSED,
    }
    assert {d.document.title for d in library.documents()} == {f"第{n}号管理办法" for n in range(3)}
    pack({"a.md": statute(1), "深/a.md": statute(2, extra="第六条 新。")})
    assert [r.outcome for r in run(library, tmp_path / "资料.zip")] == [Outcome.UNCHANGED, Outcome.CHANGED]
    assert len(library.documents()) == 3


def test_the_same_text_in_two_places_is_kept_once(library, tmp_path):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(statute(0), encoding="utf-8")
    first, second = run(library, tmp_path)
    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.UNCHANGED)
    assert second.note == "与“a”内容相同，没有重复保存"
    assert len(library.documents()) == 1


# -- what the user says of the files -------------------------------------------------------------


def test_kind_and_region_may_be_told(library, tmp_path):
    (tmp_path / "a.md").write_text("# 某地物业办法\n第一条 甲。\n第二条 乙。\n第三条 丙。", encoding="utf-8")
    run(library, tmp_path)
    assert library.document("a").document.kind is Kind.REGULATION
    (report,) = run(library, tmp_path, kind=Kind.BULLETIN, region="浙江")
    assert (report.outcome, report.kind) == (Outcome.CHANGED, Kind.BULLETIN)
    document = library.document("a").document
    assert (document.kind, document.region) == (Kind.BULLETIN, "浙江")


# -- uploads and documents from elsewhere --------------------------------------------------------


def test_an_upload_is_shown_before_it_is_saved(library):
    ingester = Ingester(library)
    (understood,) = ingester.preview("办法.md", statute(0).encode())
    assert isinstance(understood, Understood)
    assert library.documents() == []
    assert [r.outcome for r in ingester.save(understood)] == [Outcome.NEW]
    assert [r.outcome for r in ingester.save(understood)] == [Outcome.UNCHANGED]
    assert library.document("办法").passages == 5


def test_an_upload_that_cannot_be_used_says_why(library):
    unreadable, invalid = (
        Ingester(library).preview(name, data)[0]
        for name, data in (("a.docx", b"no zip"), ("a.md", b"---\ncolour: red\n---\nx"))
    )
    assert isinstance(unreadable, InputError)
    assert isinstance(invalid, InputError)
    assert library.documents() == []


def test_documents_from_elsewhere_are_known_by_title_and_version(library):
    def law(text: str, year: int) -> Document:
        return Document(
            "某法", Kind.REGULATION, "某法", (Passage("第一条", text),), "某法", version_date=date(year, 1, 1)
        )

    def feed(*documents: Document, dry_run: bool = False) -> list[Outcome]:
        ingester = Ingester(library, collection="package")
        return [r.outcome for r in ingester.ingest_documents(documents, "数据包", dry_run=dry_run)]

    assert feed(law("旧", 2010), dry_run=True) == [Outcome.NEW]
    assert feed(law("旧", 2010)) == [Outcome.NEW]
    assert feed(law("旧", 2010)) == feed(law("旧", 2010), dry_run=True) == [Outcome.UNCHANGED]
    assert feed(law("新", 2020)) == [Outcome.NEW]
    old, new = library.versions("某法")
    assert (old.document.id, new.document.id) == ("某法", "某法@2020-01-01")
    assert old.validity.replaced_by == new.document.id
