"""Opening the database: connection settings, damage check, numbered migrations."""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

import kb.store.migrations as migrations
from kb.errors import StoreError

BUSY_TIMEOUT_S = 30


def open_database(url: str) -> sa.Engine:
    """
    Connect, check and bring the schema up to date.

    SQLite runs in WAL mode, so that readers never wait for the writer.

    :param url: SQLAlchemy address. The folder of an SQLite file is made if it is missing.
    :raises StoreError: If the database is damaged, newer than this program, or cannot be reached.
    """
    engine = _engine(url)
    if engine.dialect.name == "sqlite" and engine.url.database:
        _make_folder(Path(engine.url.database).parent)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _configure_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    with store_errors(engine):
        _check(engine)
        migrate(engine)
    return engine


@contextmanager
def store_errors(engine: sa.Engine) -> Iterator[None]:
    """Translate the driver's errors into a `StoreError` that says what to do."""
    try:
        yield
    except DatabaseError as error:
        reason = " ".join(str(error.orig).split())
        place = engine.url.database if engine.dialect.name == "sqlite" else engine.url
        if "full" in reason:
            raise StoreError("磁盘已满，刚才的内容没有保存；请腾出空间后重试，已保存的不受影响") from error
        if "readonly" in reason or "unable to open" in reason:
            raise StoreError(f"打不开或不能写资料库 {place}；请检查文件夹的权限") from error
        if "locked" in reason:
            raise StoreError("资料库正被另一个程序写入；请等它结束后重试") from error
        if "malformed" in reason or "not a database" in reason or "corrupt" in reason:
            raise StoreError(
                f"资料库文件已损坏：{place}；请用备份替换它，或把它移走后重新运行 andian ingest"
            ) from error
        if isinstance(error, OperationalError):
            raise StoreError(f"资料库出错（{reason}）；请运行 andian doctor 查看") from error
        raise


def migrate(engine: sa.Engine) -> int:
    """
    Apply the migrations that this database has not seen, each in a transaction of its own.

    :returns: Number of the last migration.
    :raises StoreError: If the database was written by a newer version of this program.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(migrations.__path__))
    last = int(names[-1][1:4])
    with engine.connect() as connection:
        done = _version(connection)
    if done > last:
        raise StoreError(f"资料库由更新版本的案典写成（结构 {done}，本程序只到 {last}）；请升级案典")
    for name in names[done:]:
        with engine.execution_options(writes=True).begin() as connection:
            _apply(connection, name)
    return last


def _apply(connection: sa.Connection, name: str) -> None:
    """Apply one migration, unless another process that opened the database just did."""
    number = int(name[1:4])
    if _version(connection) >= number:
        return
    importlib.import_module(f"{migrations.__name__}.{name}").upgrade(
        Operations(MigrationContext.configure(connection))
    )
    connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER NOT NULL)")
    connection.exec_driver_sql("DELETE FROM schema_version")
    connection.execute(sa.text("INSERT INTO schema_version VALUES (:n)"), {"n": number})


def _version(connection: sa.Connection) -> int:
    if not sa.inspect(connection).has_table("schema_version"):
        return 0
    return int(connection.execute(sa.text("SELECT max(number) FROM schema_version")).scalar() or 0)


def _engine(url: str) -> sa.Engine:
    try:
        return sa.create_engine(url)
    except (ArgumentError, ImportError) as error:
        raise StoreError(
            "设置 database_url 不能用；请检查写法和数据库驱动，或删去它以使用自带的 SQLite"
        ) from error


def _check(engine: sa.Engine) -> None:
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()


def _configure_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions on its own, or DDL would commit half a migration.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_S * 1000}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer that starts as a reader can fail at its first write; taking the lock at once cannot.
    mode = "IMMEDIATE" if connection.get_execution_options().get("writes") else ""
    connection.exec_driver_sql(f"BEGIN {mode}")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"不能建立数据文件夹 {folder}（{error.strerror}）；请换一个 --home") from error
