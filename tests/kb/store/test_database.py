import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa

from kb.errors import StoreError
from kb.progress import SilentProgress
from kb.references.spellings import Spellings
from kb.store import database
from kb.store.database import migrate, open_database, store_errors
from kb.store.library import Library
from kb.store.tables import metadata
from tests.kb.store.samples import rule


@pytest.fixture
def path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def refusal(url: str) -> str:
    with pytest.raises(StoreError) as caught:
        open_database(url)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_new_database_has_the_tables_that_queries_use(url, path):
    engine = open_database(url)
    inspector = sa.inspect(engine)
    for name, table in metadata.tables.items():
        assert [c["name"] for c in inspector.get_columns(name)] == [c.name for c in table.columns], name
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()
    assert path.is_file()


def test_opening_again_changes_nothing(url, path):
    open_database(url).dispose()
    before = path.read_bytes()
    engine = open_database(url)
    assert migrate(engine) >= 1
    engine.dispose()
    assert path.read_bytes() == before


def test_a_failing_migration_leaves_no_half_of_it(url, monkeypatch):
    """DDL is part of the transaction."""
    module = __import__("kb.store.migrations.m001_create_library", fromlist=["upgrade"])
    whole = module.upgrade

    def broken(operations):
        whole(operations)
        raise sa.exc.OperationalError("", None, sqlite3.OperationalError("database or disk is full"))

    with monkeypatch.context() as patched:
        patched.setattr(module, "upgrade", broken)
        assert "磁盘已满" in refusal(url)
    engine = open_database(url)
    assert sa.inspect(engine).has_table("documents")
    engine.dispose()


def test_several_programs_may_open_a_new_database_at_once(url):
    barrier = Barrier(6)

    def open_one(_: int) -> int:
        barrier.wait()
        library = Library(url)
        library.close()
        return library.revision

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(open_one, range(6))) == [0] * 6


def test_a_newer_schema_is_refused(url, path):
    open_database(url).dispose()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE schema_version SET number = 99")
    message = refusal(url)
    assert "结构 99" in message
    assert message.endswith("请升级案典")


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_file_is_refused_and_left_alone(url, path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    message = refusal(url)
    assert message.startswith(f"资料库文件已损坏：{path}；")
    assert "备份" in message
    assert path.read_bytes() == content


def test_a_torn_page_is_found_by_the_check(url, path):
    library = Library(url)
    library.save_file([rule(str(n), 2020, "字" * 900) for n in range(20)], origin_path="a", origin_hash="a")
    library.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\xff" * (len(content) - len(content) // 2)
    path.write_bytes(content)
    try:
        library = Library(url)
        problems = library.check()
        library.close()
    except StoreError as error:
        problems = [str(error)]
    assert problems
    assert all("损坏" in line and "\n" not in line for line in problems)


def test_a_sound_database_passes_the_check(library):
    assert library.check() == []


def test_a_folder_that_cannot_be_made_is_an_error_with_a_remedy(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    message = refusal(f"sqlite:///{tmp_path / 'file' / 'home' / 'andian.db'}")
    assert message.startswith(f"不能建立数据文件夹 {tmp_path / 'file' / 'home'}")
    assert "--home" in message


def test_a_folder_in_place_of_the_file_is_an_error_with_a_remedy(url, path):
    path.mkdir(parents=True)
    assert refusal(url) == f"打不开或不能写资料库 {path}；请检查文件夹的权限"


@pytest.mark.parametrize(
    "address", ["andian.db", "", "nosuchdatabase://host/name", "sqlite+nosuchdriver:///x.db"]
)
def test_an_impossible_address_is_an_error_that_names_the_setting(address):
    message = refusal(address)
    assert "database_url" in message
    assert "；请" in message


def test_a_read_only_database_is_an_error_with_a_remedy(url):
    engine = open_database(url)
    connection = engine.connect()
    connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StoreError, match="不能写资料库 .*权限"), store_errors(engine):
        connection.exec_driver_sql("INSERT INTO library VALUES ('a', 'b')")
    connection.close()
    engine.dispose()


def test_a_driver_message_of_several_lines_becomes_one(url):
    engine = open_database(url)
    with pytest.raises(StoreError) as caught, store_errors(engine):
        raise sa.exc.OperationalError(
            "", None, sqlite3.OperationalError("connection failed\n\tIs it running?")
        )
    assert str(caught.value) == "资料库出错（connection failed Is it running?）；请运行 andian doctor 查看"
    engine.dispose()


def test_a_programming_mistake_is_not_taken_for_a_broken_database(url):
    engine = open_database(url)
    with pytest.raises(sa.exc.IntegrityError), store_errors(engine):
        raise sa.exc.IntegrityError("", None, sqlite3.IntegrityError("UNIQUE constraint failed"))
    engine.dispose()


def test_a_full_disk_keeps_what_was_saved_and_nothing_half(url):
    with limited_pages(80):
        library = Library(url)
        saved: list[str] = []
        with pytest.raises(StoreError, match="磁盘已满，.*请腾出空间后重试"):
            fill(library, saved)
        assert library.revision == len(saved)
        library.close()
    assert saved
    library = Library(url)
    assert {d.document.id for d in library.documents()} == set(saved)
    assert sum(1 for _ in library.all_passages()) == 5 * len(saved)
    assert library.check() == []
    library.save_file([rule("later")], origin_path="later.md", origin_hash="x")
    library.close()


def fill(library: Library, saved: list[str]) -> None:
    """Save rules, and note their ids in `saved`, until there is no more room."""
    for number in range(1000):
        document = rule(f"r{number}", 2020, *["条文" * 300] * 5, title=f"规定{number}")
        library.save_file([document], origin_path=f"{number}.md", origin_hash="x")
        saved.append(document.id)


@contextmanager
def limited_pages(pages: int) -> Iterator[None]:
    """Every new connection behaves as if the disk held no more than `pages` pages of 4 KB."""

    def limit(connection, _record):
        connection.execute(f"PRAGMA max_page_count={pages}")

    sa.event.listen(sa.Engine, "connect", limit)
    yield
    sa.event.remove(sa.Engine, "connect", limit)


def test_another_writer_is_waited_for_and_then_named(url, path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0)
    library = Library(url)
    library.save_file([rule()], origin_path="a.md", origin_hash="x")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="正被另一个程序写入；请等它结束后重试"):
            library.set_value("a", "b")
        assert [d.document.id for d in library.documents()] == ["规定"]
        Library(url).close()
        other.execute("ROLLBACK")
    library.set_value("a", "b")
    library.close()


def test_texts_read_before_ranges_kept_their_end_are_read_again(url, path):
    library = Library(url)
    names = Spellings({"某规定": "某规定"})
    text = "见某规定第三条之一至第三条之六。"
    library.save_file([rule("乙", 2020, text)], origin_path="a", origin_hash="a", spellings=names)
    library.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE citations DROP COLUMN last_suffix")
        for name in ("bank_uses", "bank_changes", "bank_versions", "bank_questions"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("UPDATE schema_version SET number = 3")
    library = Library(url)
    assert library.citations.refresh(names, SilentProgress()) == 1
    assert [c.reference.last_suffix for c in library.citations.cited_by("乙")] == [6]
    library.close()
