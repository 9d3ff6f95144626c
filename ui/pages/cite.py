"""核引用 `/cite`: paste or drop a text, see how each of its references stands."""

from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr

from ingest.readers.dispatch import MAX_BYTES, SUFFIXES
from kb.errors import UnreadableFile
from ui.citing import Examination, examine, read_letter
from ui.pages.jobs import QUIET, shown_errors
from ui.presenters.citation_report import csv_report, word_report
from ui.presenters.citations import result_html, welcome_html
from ui.services import Services
from ui.uploads import safe_name

_SCRIPT = Path(__file__).parent.parent / "static" / "components" / "cite.js"
_HERO = '<div class="hero ct-hero" lang="zh-CN"><h1>核引用</h1></div>'
_TYPES = sorted(SUFFIXES - {".zip"})
_EXAMPLE = """关于清理楼道堆物的通知

各位居民：
根据《中华人民共和国消防法》第二十八条，任何人不得占用、堵塞疏散通道；违反的，按该法第六十条第一款第（三）项处罚。
需要动用维修资金的，按《民法典》第278条第二款表决，不再适用《物权法》第七十六条。
夜间装修扰民的，原先依据《噪声污染防治法》第六十五条处理。
另请对照民法典第一千三百条和《某市住宅装修管理办法》第八条。"""
# Gradio hands the server a shortened file name; the sender's own is the one to show.
_NAME = "(file, name, day) => [file, file ? file.orig_name || '' : '', day]"
_DOWNLOAD = """(file) => {
  if (!file) return;
  const [name, type, content] = file.split('|');
  const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}"""
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CHECKING: dict[str, Any] = {"concurrency_limit": 2, "api_visibility": "private"}


class Handlers:
    """What happens to a text; nothing of it is kept on the server."""

    def __init__(self, services: Services):
        """:param services: The parts of Andian."""
        self._services = services

    def check(self, text: str | None, day: str | None) -> str:
        """Draw the result of checking what stands in the box."""
        if not (text or "").strip():
            return welcome_html()
        return result_html(self._examine(text, day))

    def read(self, path: str | None, name: str, day: str | None) -> tuple[str, None, str]:
        """Take the text out of a file, whose upload is deleted; returns text, emptied field, result."""
        with shown_errors():
            letter = read_letter(*_uploaded(Path(path or ""), name))
        return letter.text, None, result_html(self._examine(letter.text, day), letter.notes)

    def example(self, day: str | None) -> tuple[str, str]:
        """Check a text of ours."""
        return _EXAMPLE, self.check(_EXAMPLE, day)

    def word(self, text: str | None, day: str | None) -> str:
        """Write the report as a Word document, for `_DOWNLOAD`."""
        return _file("引用核对结果.docx", _WORD_TYPE, word_report(self._examine(text, day)))

    def csv(self, text: str | None, day: str | None) -> str:
        """Write the report as a table, for `_DOWNLOAD`."""
        return _file(
            "引用核对结果.csv", "text/csv;charset=utf-8", csv_report(self._examine(text, day)).encode()
        )

    def _examine(self, text: str | None, day: str | None) -> Examination:
        today = date.today()
        with shown_errors():
            return examine(self._services, text or "", _day(day) or today, today)


def build(services: Services) -> None:
    """Lay out the page and wire its handlers, inside the route that the app has opened."""
    gr.HTML(_HERO, apply_default_css=False)
    with gr.Row(elem_id="ct-ask"):
        text = gr.Textbox(
            label="要核的文字", lines=8, max_lines=14, scale=3, min_width=280, elem_id="letter", autofocus=True,
            placeholder="把通知、答复、案例的全文贴在这里", html_attributes=gr.InputHTMLAttributes(spellcheck=False),
        )  # fmt: skip
        with gr.Column(scale=1, min_width=220, elem_id="ct-options"):
            file = gr.File(
                label=f"或把文件拖到这里（{' '.join(t for t in _TYPES if t not in ('.htm', '.markdown'))}）",
                file_types=_TYPES, height=112, elem_id="letter-file",
            )  # fmt: skip
            day = gr.DateTime(
                include_time=False, type="string", label="按哪天的规定", min_width=0, elem_id="as-of"
            )
    with gr.Row(elem_id="ct-actions"):
        start = gr.Button("核对", variant="primary", scale=0, min_width=120, elem_id="cite-check")
        example = gr.Button("看个例子", scale=0, min_width=120, elem_id="cite-example")
        clear = gr.Button("清空", scale=0, min_width=96, elem_id="cite-clear")
    result = gr.HTML(
        welcome_html(), apply_default_css=False, elem_id="citations", min_height=120,
        js_on_load=_SCRIPT.read_text(encoding="utf-8"),
    )  # fmt: skip
    name, report = gr.Textbox(visible=False), gr.Textbox(visible=False)
    _wire(Handlers(services), {"text": text, "file": file, "day": day, "result": result, "name": name},
          [start, example, clear], report)  # fmt: skip


def _wire(
    handlers: Handlers, parts: dict[str, Any], buttons: Sequence[gr.Button], report: gr.Textbox
) -> None:
    text, file, day, result = parts["text"], parts["file"], parts["day"], parts["result"]
    start, example, clear = buttons
    asked = [text, day]
    gr.on([start.click, day.change], handlers.check, asked, result, show_progress_on=result, **_CHECKING)
    file.upload(
        handlers.read, [file, parts["name"], day], [text, file, result],
        js=_NAME, show_progress_on=result, **_CHECKING,
    )  # fmt: skip
    example.click(handlers.example, day, [text, result], **QUIET)
    clear.click(lambda: ("", welcome_html()), None, [text, result], **QUIET)
    for event, handler in ((result.word, handlers.word), (result.csv, handlers.csv)):
        event(handler, asked, report, show_progress="hidden", **_CHECKING).success(
            None, report, None, js=_DOWNLOAD
        )


def _uploaded(path: Path, name: str) -> tuple[str, bytes]:
    """
    Take an uploaded file away from the server's disk.

    :raises UnreadableFile: If it did not arrive.
    """
    shown = safe_name(name or path.name)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFile("上传没有完成", remedy="请重新上传", path=shown) from error
    with suppress(OSError):  # a temporary file that somebody else has removed is removed
        path.unlink()
    return shown, data


def _file(name: str, media_type: str, content: bytes) -> str:
    return "|".join((name, media_type, b64encode(content).decode()))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
