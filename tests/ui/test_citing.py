"""The text of a citation check: where it comes from, and that names are told apart."""

from datetime import date

import pytest

from kb.errors import InputError, UnreadableFile
from kb.references.verdict import State
from ui.citing import examine, read_letter
from ui.services import Services

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("text", ["依据劳动合同法第九十二条", "依据《中华人民共和国劳动合同法》第九十二条"])
def test_a_law_that_the_library_lacks_is_not_taken_for_one_inside_its_name(
    services: Services, text: str
) -> None:
    (found,) = examine(services, text, TODAY, TODAY).found
    assert (found.mention.reference.law, found.state) == ("劳动合同法", State.OUTSIDE)


@pytest.mark.parametrize("text", ["物业条例第十二条", "国务院物业管理条例第十二条"])
def test_popular_names_are_known(services: Services, text: str) -> None:
    (found,) = examine(services, text, TODAY, TODAY).found
    assert found.mention.reference.law == "物业管理条例"


def test_what_needs_mending(services: Services) -> None:
    assert not examine(services, "民法典第二百七十八条，某某办法第三条", TODAY, TODAY).needs_mending
    assert examine(services, "民法典第九千条", TODAY, TODAY).needs_mending
    assert examine(services, "《物权法》", TODAY, TODAY).needs_mending


def test_a_letter_is_read_by_its_suffix() -> None:
    letter = read_letter("通知.html", "<p>根据民法典第三条</p>".encode())
    assert letter.text.strip() == "根据民法典第三条"


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [("包.ZIP", b"PK", "压缩包"), ("空.txt", b" \n", "文件是空的"), ("图.png", b"\x89PNG", "不支持 .png")],
)
def test_what_is_no_letter_is_refused(name: str, data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableFile, match=problem):
        read_letter(name, data)


def test_too_long_a_letter_is_refused(services: Services) -> None:
    with pytest.raises(InputError, match="请分成几段"):
        examine(services, "字" * 200_001, TODAY, TODAY)
