"""Every reference of a text, judged against a real library."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.documents import NATIONWIDE, Document, Kind, Level, Origin, Passage, Role
from kb.errors import InputError
from kb.references.canonical import provision_ref
from kb.references.check import LONGEST, MOST, Checked, abolished_laws, check, known_names
from kb.references.verdict import State
from kb.store.library import Library

TODAY = date(2026, 11, 22)
POPULAR = {"物权编": "民法典", "治安法": "治安管理处罚法", "物业条例": "物业管理条例"}
INTERPRETATION = "最高人民法院关于适用民法典侵权责任编的解释（一）"


def law(title: str, passed: date, articles: Mapping[int, str], **values: object) -> Document:
    """An official text, in force from the day it was passed unless `values` say otherwise."""
    passages = tuple(
        Passage(f"第{n}条", text, (), Role.PROVISION, provision_ref(title, n)) for n, text in articles.items()
    )
    given = {"id": f"{title}-{passed.year}", "level": Level.LAW, "effective_from": passed} | values
    return Document(kind=Kind.REGULATION, title=title, short_title=title, passages=passages,
                    version_date=passed, region=NATIONWIDE, **given)  # type: ignore[arg-type]  # fmt: skip


OLD_WORDS = "煽动、策划非法集会的，处十日以上十五日以下拘留。"
NOISE = "违反关于社会生活噪声污染防治的法律规定，制造噪声干扰他人正常生活的，处警告。"
LAWS = (
    law("民法典", date(2020, 5, 28), {
        278: "下列事项由业主共同决定：\n（一）制定议事规则；\n（二）选举业主委员会。\n应当由三分之二以上的业主参与表决。",
        279: "业主不得将住宅改变为经营性用房。", 280: "业主大会的决定对业主有约束力。", 946: "提前六十日书面通知。",
    }, effective_from=date(2021, 1, 1), repeals=("物权法", "合同法")),
    law("物权法", date(2007, 3, 16), {76: "下列事项由业主共同决定：筹集和使用维修资金。"}),
    law("治安管理处罚法", date(2012, 10, 26), {55: OLD_WORDS, 56: "旅馆业不登记的，处罚款。", 58: NOISE}),
    law("治安管理处罚法", date(2025, 6, 27), {55: OLD_WORDS, 56: "出租房屋不登记的，处罚款。", 88: NOISE[:-1] + "或者罚款。"},
        effective_from=date(2026, 1, 1)),
    law("社会救助法", date(2026, 4, 30), {3: "社会救助坚持托底线。"}, effective_from=date(2027, 1, 1)),
    law("物业管理条例", date(2018, 3, 19), {12: "业主大会会议可以书面征求意见。"}, origin=Origin.DIGEST),
    law(INTERPRETATION, date(2024, 9, 25), {25: "具体侵权人难以确定的。"}, origin=Origin.DIGEST),
)  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path / 'andian.db'}")
    for document in LAWS:
        opened.save_file([document], origin_path=document.id, origin_hash=document.id)
    yield opened
    opened.close()


def checked(library: Library, text: str, day: date = TODAY) -> list[Checked]:
    return check(text, library, known_names(library, POPULAR), day, TODAY)


def one(library: Library, text: str, day: date = TODAY) -> Checked:
    (found,) = checked(library, text, day)
    return found


def test_in_force_with_the_words_of_the_paragraph(library: Library) -> None:
    found = one(library, "依据《中华人民共和国民法典》第278条第2款表决")
    assert (found.state, found.note) == (State.IN_FORCE, "")
    cited = found.verdicts[0].cited
    assert cited is not None
    assert cited.text == "应当由三分之二以上的业主参与表决。"
    assert cited.document.document.id == "民法典-2020"


def test_repealed_names_what_replaced_it_even_where_the_library_lacks_the_text(library: Library) -> None:
    for text, held in (("《物权法》第七十六条", True), ("合同法第五十二条", False)):
        found = one(library, text)
        verdict = found.verdicts[0]
        assert found.state is State.REPEALED
        assert found.note.startswith("2021年1月1日起废止，由《民法典》取代")
        assert verdict.replaced_by is not None
        assert verdict.replaced_by.document.id == "民法典-2020"
        assert (verdict.cited is not None) is held


def test_the_day_before_it_was_repealed_it_was_law(library: Library) -> None:
    assert one(library, "物权法第七十六条", date(2021, 1, 1)).state is State.REPEALED
    found = one(library, "物权法第七十六条", date(2020, 12, 31))
    assert found.state is State.IN_FORCE
    assert "2021年1月1日起废止" in found.note
    assert one(library, "合同法第五十二条", date(2020, 12, 31)).state is State.OUTSIDE


def test_amended_since_the_day(library: Library) -> None:
    found = one(library, "治安管理处罚法第五十六条", date(2025, 12, 31))
    verdict = found.verdicts[0]
    assert found.state is State.AMENDED
    assert "2026年1月1日起改用2025年文本" in found.note
    assert verdict.cited is not None
    assert verdict.now is not None
    assert verdict.cited.text == "旅馆业不登记的，处罚款。"
    assert verdict.now.text == "出租房屋不登记的，处罚款。"


def test_a_provision_that_the_new_version_repeats_is_in_force(library: Library) -> None:
    assert one(library, "治安管理处罚法第五十五条", date(2025, 12, 31)).state is State.IN_FORCE
    found = one(library, "治安管理处罚法（2012年修正）第五十五条")
    assert found.state is State.IN_FORCE
    assert "没有改动" in found.note


def test_an_edition_named_is_the_one_that_is_compared(library: Library) -> None:
    assert one(library, "治安管理处罚法（2012年修正）第五十六条").state is State.AMENDED
    assert one(library, "治安管理处罚法（2025年修订）第五十六条").state is State.IN_FORCE
    unknown = one(library, "治安管理处罚法（2005年）第五十六条")
    assert unknown.state is State.OUTSIDE
    assert "没有2005年的文本" in unknown.note


def test_an_article_numbered_anew_is_found_again(library: Library) -> None:
    found = one(library, "治安管理处罚法第五十八条")
    verdict = found.verdicts[0]
    assert found.state is State.AMENDED
    assert "现行的2025年文本没有这一条" in found.note
    assert "内容相近的是现在的第88条" in found.note
    assert verdict.now is not None
    assert verdict.now.passage.passage.ref == "治安管理处罚法第八十八条"
    assert verdict.now.passage.position == 2


def test_not_yet_in_force(library: Library) -> None:
    found = one(library, "社会救助法第三条")
    assert (found.state, found.note) == (State.NOT_YET_IN_FORCE, "2027年1月1日起施行")
    assert one(library, "社会救助法第三条", date(2027, 1, 1)).state is State.IN_FORCE


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("民法典第一千三百条", "共 4 条（第二百七十八条至第九百四十六条），最近的是第九百四十六条"),
        ("民法典第二百七十八条之一", "最近的是第二百七十八条、第二百七十九条"),
        ("民法典第二百七十八条第三款", "这一条只有 2 款"),
        ("民法典第二百七十八条第一款第（三）项", "这一款只有 2 项"),
        ("民法典第二百七十八条第二款第（一）项", "这一款没有分项"),
        ("民法典第二百七十九条第（一）项", "这一条没有分项"),
    ],
)
def test_what_does_not_exist_says_what_does(library: Library, text: str, note: str) -> None:
    found = one(library, text)
    assert found.state is State.NONEXISTENT
    assert note in found.note


def test_a_gap_in_the_text_is_not_called_wrong(library: Library) -> None:
    found = one(library, "民法典第三百条")
    assert found.state is State.OUTSIDE
    assert "可能已经删去，也可能是文本不全" in found.note


@pytest.mark.parametrize(
    "text", ["海商法第一条", "《某市养犬办法》第五条", "北京市物业管理条例第十二条", "物业管理条例第九百条",
             "《最高人民法院关于适用〈中华人民共和国民法典〉物权编的解释（一）》第三条", f"{INTERPRETATION}第三条"]
)  # fmt: skip
def test_nothing_outside_the_library_is_called_wrong(library: Library, text: str) -> None:
    found = one(library, text)
    assert found.state is State.OUTSIDE
    assert "无法核对" in found.note


@pytest.mark.parametrize(
    "title", [INTERPRETATION, "《最高人民法院关于适用〈中华人民共和国民法典〉侵权责任编的解释（一）》",
              "《最高人民法院关于适用《中华人民共和国民法典》侵权责任编的解释（一）》"]
)  # fmt: skip
def test_a_name_inside_a_name_is_not_the_law_meant(library: Library, title: str) -> None:
    found = one(library, f"依照{title}第二十五条")
    assert str(found.mention.reference) == f"{INTERPRETATION}第二十五条"
    assert found.state is State.IN_FORCE


def test_a_longer_name_outside_is_not_the_shorter_one_inside(library: Library) -> None:
    found = one(library, "《中华人民共和国劳动合同法》第九十二条")
    assert (found.mention.reference.law, found.state) == ("劳动合同法", State.OUTSIDE)


def test_a_gist_answers_for_its_article_but_not_for_its_parts(library: Library) -> None:
    found = one(library, "物业条例第十二条第三款")
    assert found.state is State.IN_FORCE
    assert "款和项没有核对" in found.note


def test_a_range_takes_its_gravest_part_and_says_which(library: Library) -> None:
    assert one(library, "民法典第二百七十八条至第二百八十条").state is State.IN_FORCE
    found = one(library, "民法典第九百四十六条至第九百四十七条")
    assert found.state is State.NONEXISTENT
    assert found.note.startswith("第九百四十七条：《民法典》没有这一条")
    assert len(found.verdicts) == 2


def test_lists_and_repeated_references_keep_their_places(library: Library) -> None:
    text = "民法典第二百七十八条、第二百七十九条。\n再看民法典第二百七十八条和该法第三千条。"
    found = checked(library, text)
    assert [text[c.mention.start : c.mention.end] for c in found] == [
        "民法典第二百七十八条", "第二百七十九条", "民法典第二百七十八条", "该法第三千条",
    ]  # fmt: skip
    assert found[0].verdicts == found[2].verdicts
    assert [c.state for c in found] == [State.IN_FORCE] * 3 + [State.NONEXISTENT]


def test_many_references_take_few_queries(library: Library) -> None:
    asked: list[str] = []
    sa.event.listen(library._engine, "before_cursor_execute", lambda *values: asked.append(values[2]))
    text = "".join(f"民法典第{n}条，海商法第{n}条，治安管理处罚法第{n}条。" for n in range(1, 400))
    assert len(checked(library, text)) == 1197
    assert len([query for query in asked if query.startswith("SELECT")]) < 20


def test_a_removed_law_is_outside_and_takes_its_repeals_with_it(library: Library) -> None:
    library.remove("民法典-2020")
    assert one(library, "《民法典》第二百七十八条").state is State.OUTSIDE
    assert one(library, "《合同法》第五十二条").state is State.OUTSIDE


def abolished(library: Library, text: str, day: date = TODAY) -> list[tuple[str, tuple[int, ...], str]]:
    names = known_names(library, POPULAR)
    found = abolished_laws(text, library, names, day, check(text, library, names, day))
    return [(entry.law, entry.places, entry.gone.note) for entry in found]


def test_abolished_laws_that_are_only_named(library: Library) -> None:
    text = "按《合同法》《民法典》《业委会规则》办，《中华人民共和国合同法》和《物权法》第七十六条。"
    assert abolished(library, text) == [("合同法", (1, 20), "2021年1月1日起废止，由《民法典》取代")]
    assert abolished(library, text, date(2020, 12, 31)) == []
    assert abolished(library, "《物权法》") == [("物权法", (0,), "2021年1月1日起废止，由《民法典》取代")]


@pytest.mark.parametrize(
    ("quoted", "wrong"),
    [
        ("规定：“业主不得将住宅改变为经营性用房。”", False),
        ("规定“业主不得将住宅，改变为经营性用房”", False),
        ("规定：“业主可以将住宅改变为经营性用房。”", True),
        ("规定：“业主不得……改变为经营性用房。”", False),
        ("规定：“某某小区的居民都不同意这样做，意见很大。”", False),
        ("。居委会说：“业主可以将住宅改变为经营性用房。”", False),
    ],
)
def test_quoted_words_are_compared_with_the_provision(library: Library, quoted: str, wrong: bool) -> None:
    found = one(library, f"民法典第二百七十九条{quoted}")
    assert found.state is State.IN_FORCE
    assert found.misquoted is wrong
    assert ("不完全一样" in found.note) is wrong


def test_too_long_a_text_is_refused_with_a_remedy(library: Library) -> None:
    with pytest.raises(InputError, match="一次最多核 20 万字；请分成几段"):
        checked(library, "字" * (LONGEST + 1))


def test_too_many_references_are_refused_too(library: Library) -> None:
    with pytest.raises(InputError, match=f"引用超过 {MOST} 处；请分成几段"):
        checked(library, "民法典第二百七十八条。" * (MOST + 1))


@pytest.mark.parametrize(
    "number", ["（国务院令第379号）", "（劳部发〔1994〕489号）", "(2007年国务院令第504号公布)"]
)
def test_the_number_of_a_document_may_stand_behind_its_name(library: Library, number: str) -> None:
    found = one(library, f"根据《物业管理条例》{number}第十二条")
    assert found.mention.reference.law == "物业管理条例"
    assert found.mention.reference.article == 12


def test_no_references_no_results(library: Library) -> None:
    assert checked(library, "今天开居民会议。第一条意见是垃圾分类。") == []


_PIECES = st.one_of(
    st.sampled_from([*"《》〈〉（）第条款项之至、和本该法", "民法典", "第二百七十八条", "第3条", "治安管理处罚法", "（2012年修正）", "第〇条", "\n"]),
    st.text(st.characters(codec="utf-8"), max_size=8), st.just("《\ud800法》"),
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_text_is_answered_and_every_mention_lies_in_it(library: Library, text: str) -> None:
    end = 0
    for found in checked(library, text):
        assert end <= found.mention.start < found.mention.end <= len(text)
        assert found.state in State
        assert found.verdicts
        end = found.mention.end
