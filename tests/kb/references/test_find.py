"""References in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.references.find import find_references
from kb.references.law_names import law_names
from kb.references.reference import Reference, parse_reference

NAMES = law_names(
    [
        ("中华人民共和国民法典", ("物权编", "民法")),
        ("物业管理条例", ("物业条例",)),
        ("上海市住宅物业管理规定", ("沪物业规定",)),
        ("中华人民共和国消防法", ()),
        ("上海市实施《中华人民共和国消防法》办法", ()),
        ("最高人民法院关于适用《中华人民共和国民法典》侵权责任编的解释（一）", ("高空抛物解释",)),
        ("中华人民共和国刑法", ()),
        ("中华人民共和国治安管理处罚法", ()),
    ]
)


def found(text: str, own: str = "") -> list[str]:
    return [str(mention.reference) for mention in find_references(text, NAMES, own)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按民法典第二百七十八条办", ["民法典第二百七十八条"]),
        ("《中华人民共和国民法典》第278条第2款", ["民法典第二百七十八条第二款"]),
        ("民法典278条", ["民法典第二百七十八条"]),
        ("物权编第二百七十八条", ["民法典第二百七十八条"]),
        ("刑法第一百二十条之一", ["刑法第一百二十条之一"]),
        ("民法典第二百七十八条第一款第（五）项", ["民法典第二百七十八条第一款第（五）项"]),
        ("民法典第二百七十八条第一款第五项、第七项", ["民法典第二百七十八条第一款第（五）项", "民法典第二百七十八条第一款第（七）项"]),
        ("民法典第二百七十八条、第二百八十条和第二百八十一条", ["民法典第二百七十八条", "民法典第二百八十条", "民法典第二百八十一条"]),
        ("消防法第二十八条第一款、第二款", ["消防法第二十八条第一款", "消防法第二十八条第二款"]),
        ("消防法第三条至第五条", ["消防法第三条至第五条"]),
        ("物业管理条例第十二条、民法典第二百七十八条", ["物业管理条例第十二条", "民法典第二百七十八条"]),
        ("消防法第五条：该法第六条", ["消防法第五条", "消防法第六条"]),
    ],
)  # fmt: skip
def test_reads_names_lists_and_ranges(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_the_longest_name_wins() -> None:
    assert found("上海市实施《中华人民共和国消防法》办法第三条") == ["上海市实施消防法办法第三条"]
    title = "最高人民法院关于适用民法典侵权责任编的解释（一）"
    assert found(f"{title}第三条") == [f"{title}第三条"]


def test_a_place_before_a_name_makes_it_another_law() -> None:
    mentions = list(find_references("依据北京市物业管理条例第三条", NAMES))
    assert [(m.known, m.reference.article) for m in mentions] == [(False, 3)]
    assert "北京市物业管理条例" in mentions[0].reference.law


def test_an_unknown_law_in_quotation_marks_keeps_its_wording() -> None:
    (mention,) = find_references("见《住宅专项维修资金管理办法》第九条", NAMES)
    assert not mention.known
    assert mention.reference == Reference("住宅专项维修资金管理办法", 9)


def test_an_edition_in_brackets_is_read() -> None:
    (mention,) = find_references("治安管理处罚法（2012年修正）第五十八条", NAMES)
    assert mention.reference == Reference("治安管理处罚法", 58, edition=2012)


def test_own_law_is_meant_by_ben_and_by_bare_articles() -> None:
    assert found("按本条例第三条和第五条处理，见第九条", "物业管理条例") == [
        "物业管理条例第三条", "物业管理条例第五条", "物业管理条例第九条",
    ]  # fmt: skip
    assert found("本条例第三条，见第九条，规约里有三条") == []


def test_spans_cover_the_name_and_lists_do_not_overlap() -> None:
    text = "请看《民法典》第二百七十八条、第二百八十条。"
    assert [text[m.start : m.end] for m in find_references(text, NAMES)] == [
        "《民法典》第二百七十八条", "第二百八十条",
    ]  # fmt: skip


@given(
    st.lists(
        st.builds(
            Reference,
            st.sampled_from(sorted(set(NAMES.values()))),
            st.integers(1, 1300),
            st.none() | st.integers(1, 9),
            st.none() | st.integers(1, 9),
            st.none() | st.integers(1, 20),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_is_found_again(references: list[Reference]) -> None:
    text = "；".join(map(str, references))
    assert [m.reference for m in find_references(text, NAMES)] == references
    assert [parse_reference(str(reference)) for reference in references] == references


@given(st.text(alphabet="民法典物业管理条例第一二十百〇0条款项（）《》、至和之本该 ", max_size=60))
def test_any_text_is_read_without_error_and_in_order(text: str) -> None:
    mentions = list(find_references(text, NAMES, "物业管理条例"))
    spans = [(m.start, m.end) for m in mentions]
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    "text", ["", "民法典", "第三条", "民法典第〇条", "民法典第三条的规定", "见民法典第三条、第四条"]
)
def test_parse_reference_refuses_anything_else(text: str) -> None:
    with pytest.raises(ValueError, match=r"reference|number"):
        parse_reference(text)
