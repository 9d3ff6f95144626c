import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.pipeline import Outcome
from kb.errors import StoreError
from kb.store.library import Library
from tests.ingest.samples import FILES, content, outcomes, run, statute

PROJECT = Path(__file__).resolve().parent.parent.parent

KILLED = """
import os, signal, sys
from pathlib import Path
import sqlalchemy as sa
from ingest.pipeline import Ingester
from kb.progress import SilentProgress
from kb.store.library import Library

address, folder, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
library = Library(address)
done = 0

def count(*_):
    global done
    done += 1
    if done == last:
        os.kill(os.getpid(), signal.SIGKILL)

sa.event.listen(sa.Engine, "after_cursor_execute", count)
for report in Ingester(library).ingest([Path(folder)], SilentProgress()):
    pass
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_run_is_started_again_and_nothing_is_doubled_or_lost(library, address, folder, tmp_path):
    """Killed three times, each time after more statements, amid a file's transaction or between two."""
    saved = []
    for statements in (7, 41, 118):
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, address, str(folder), str(statements)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(PROJECT), *sys.path])},
            timeout=60,
        )
        assert killed.returncode == -signal.SIGKILL
        assert library.check() == []
        saved.append(len(library.documents()))
        assert all(stored.passages >= 5 for stored in library.documents()), (
            "a file is saved whole or not at all"
        )
    assert 0 < saved[1] < saved[2] < FILES
    reports = run(library, folder)
    assert outcomes(reports) == {Outcome.UNCHANGED: saved[-1], Outcome.NEW: FILES - saved[-1]}

    unbroken = Library(f"sqlite:///{tmp_path / 'other' / 'andian.db'}")
    run(unbroken, folder)
    assert content(library) == content(unbroken)
    unbroken.close()


def test_a_full_disk_stops_the_run_and_keeps_whole_files(address, folder):
    def limit(connection, _record):
        connection.execute("PRAGMA max_page_count=60")

    for number in range(FILES):
        text = statute(number, extra=f"第六条 {'长' * 3000}。")
        (folder / f"rule{number:02}.md").write_text(text, encoding="utf-8")
    sa.event.listen(sa.Engine, "connect", limit)
    library = Library(address)
    with pytest.raises(StoreError, match="磁盘已满"):
        run(library, folder)
    sa.event.remove(sa.Engine, "connect", limit)
    library.close()
    library = Library(address)
    kept = len(library.documents())
    assert 0 < kept < FILES
    assert {stored.passages for stored in library.documents()} == {6}
    assert outcomes(run(library, folder)) == {Outcome.UNCHANGED: kept, Outcome.NEW: FILES - kept}
    library.close()
