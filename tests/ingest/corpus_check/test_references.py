"""References that lead nowhere, to former law, or to another place."""

import pytest

from ingest.corpus_check.references import check_references
from tests.ingest.corpus_check.conftest import TODAY, Checker, make_law
from tests.ingest.corpus_check.samples import bank, case, digest, queries, question


def messages(found: list[tuple[str, int, str]]) -> list[str]:
    return [message for _, _, message in found]


@pytest.mark.parametrize(
    "text",
    ["按测试法第一条第二款第（二）项办", "见上海市养狗条例第一条", "测试法第一条至第二条", "规约第三条"],
)
def test_what_stands_in_the_law_is_right(checked: Checker, text: str) -> None:
    assert checked(check_references, {"a.md": case(text)}) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("按测试法第三条办", "测试法第三条：这部法没有这一条"),
        ("按测试法第一条、第九条办", "测试法第九条：这部法没有这一条"),
        ("测试法第一条至第九条", "测试法第九条：这部法没有这一条"),
        ("按测试法第一条第三款办", "测试法第一条第三款：这一条只有 2 款"),
        ("按测试法第一条第二款第（五）项办", "这一条只有 2 项"),
        ("按旧法律第一条办", "旧法律第一条：2026-11-22 已废止，可改引新法"),
        ("按未来法第一条办", "未来法第一条：2026-11-22 尚未施行"),
        ("按《无名办法》第一条办", "无名办法第一条：无法核对"),
        ("按要点条例第二条办", "要点条例第二条：无法核对"),
        ("按北京市养狗条例第一条办", "北京市养狗条例第一条：只在北京适用，而这里写的是上海"),
    ],
)
def test_what_does_not_is_named_at_its_line(checked: Checker, text: str, message: str) -> None:
    found = checked(check_references, {"a.md": case(f"第一行。\n{text}\n")})
    assert [(path, line) for path, line, _ in found] == [("a.md", 10)]
    assert message in found[0][2]


def test_the_lines_of_refs_fields_and_of_points_are_found(checked: Checker) -> None:
    points = "[{text: 甲, weight: 50, dimension: L, accept: [甲], refs: [测试法第八条]}, {text: 乙, weight: 50, dimension: L, accept: [乙]}]"
    text = bank(
        question(refs="\n      - 测试法第一条\n      - 测试法第九条"),
        question(2, type="short", options=None, answer="写明", points=points),
    )
    assert [(line, message[:6]) for _, line, message in checked(check_references, {"q.yaml": text})] == [
        (15, "测试法第九条"), (26, "测试法第八条"),
    ]  # fmt: skip


def test_refs_fields_must_use_the_official_name(checked: Checker) -> None:
    found = checked(check_references, {"u.yaml": queries("过期", refs="俗法第一条")})
    assert messages(found) == ["“俗法第一条”用了俗称；请写成 俗名法典第……条"]


def test_options_and_lay_words_may_be_wrong_on_purpose(checked: Checker) -> None:
    files = {
        "q.yaml": bank(question(options="[测试法第九条, 二, 三, 四]")),
        "u.yaml": queries("测试法第九条是啥"),
    }
    assert checked(check_references, files) == []


def test_headings_of_a_digest_are_checked_against_its_law(checked: Checker) -> None:
    found = checked(
        check_references, {"a.md": digest("### 第一条\n\n组建。\n\n### 第七条\n\n本法第八条另说。\n")}
    )
    assert messages(found) == [
        "测试法第七条：这部法没有这一条；请核对条号",
        "测试法第八条：这部法没有这一条；请核对条号",
    ]


def test_a_question_needs_law_that_applies_where_it_is_asked(checked: Checker) -> None:
    mixed = question(refs="[北京市养狗条例第一条, 测试法第一条]")
    foreign = question(2, refs="[北京市养狗条例第一条]")
    found = [
        m for m in messages(checked(check_references, {"q.yaml": bank(mixed, foreign)})) if "依据只在" in m
    ]
    assert found == ["q-a-002 的依据只在北京适用，而地区写的是上海；请改地区或补依据"]


def test_laws_are_looked_up_in_folders_of_official_texts(checked: Checker) -> None:
    law = "# 地方办法\n\n2020年5月1日 施行\n\n<!-- INFO END -->\n\n第一条 为了试验。\n\n第二条 不准堆放。\n"
    texts = {"规章/地方办法(2020-05-01).md": law}
    found = checked(check_references, {"a.md": case("地方办法第二条，地方办法第三条。")}, texts=texts)
    assert messages(found) == ["地方办法第三条：这部法没有这一条；请核对条号"]


def test_an_edition_of_a_former_law_is_history_not_a_mistake(checked: Checker) -> None:
    laws = (
        make_law("改过法", "老。", version=TODAY.replace(year=2012)),
        make_law("改过法", "新。", "新二。", version=TODAY.replace(year=2025)),
    )
    found = checked(
        check_references, {"a.md": case("改过法（2012年）第一条，改过法（2012年）第二条。")}, laws=laws
    )
    assert messages(found) == ["改过法第二条：这部法没有这一条；请核对条号"]
