"""Texts too thin or too long."""

from ingest.corpus_check.length import check_length
from tests.ingest.corpus_check.conftest import Checker
from tests.ingest.corpus_check.samples import bank, case, question


def test_cases_are_measured_without_blanks_and_signs(checked: Checker) -> None:
    body = "## 情景\n\n- " + "字" * 597 + " \n"
    assert checked(check_length, {"a.md": case(body)}) == [
        ("a.md", 9, "案例正文 599 字；请写到 600 至 1500 字")
    ]
    assert checked(check_length, {"a.md": case(body + "字")}) == []
    assert checked(check_length, {"a.md": case("字" * 1501)}) == [
        ("a.md", 9, "案例正文 1501 字；请写到 600 至 1500 字")
    ]


def test_explanations_and_options_are_measured(checked: Checker) -> None:
    text = bank(
        question(), question(2, explanation="太短。"), question(3, options=f"[短, 也短, 还短, {'长' * 61}]")
    )
    assert [(line, message.split("；")[0]) for _, line, message in checked(check_length, {"q.yaml": text})] == [
        (23, "q-a-002 解析 3 字"), (32, "q-a-003 有选项 61 字"), (32, "q-a-003 选项长短悬殊（1 至 61 字）"),
    ]  # fmt: skip
