"""Things told twice."""

from ingest.corpus_check.near_duplicates import check_near_duplicates
from tests.ingest.corpus_check.conftest import Checker
from tests.ingest.corpus_check.samples import bank, case, queries, question

STORY = "三号楼的水泵房又被淹了，值班的师傅说是阀门老化，居民排队到活动室接水，书记当晚请来了维修队，先抽水再换阀，第二天早上恢复了供水。"
OTHER = "五楼把阳台改成了洗衣房，楼下的墙一直发霉，两家在走廊里吵过三回，调解员上门量了湿度，劝他把地漏改回原处，并补做了一层防水。"


def test_independent_texts_are_left_alone(checked: Checker) -> None:
    files = {
        "a.md": case(STORY),
        "b.md": case(OTHER, id="case-b"),
        "u.yaml": queries("物业费太贵了", "楼上漏水怎么办"),
    }
    assert checked(check_near_duplicates, files) == []


def test_a_retold_case_is_found_and_both_are_named(checked: Checker) -> None:
    files = {"a.md": case(STORY), "b.md": case(STORY.replace("三号楼", "四号楼") + OTHER[:20], id="case-b")}
    ((path, line, message),) = checked(check_near_duplicates, files)
    assert (path, line) == ("b.md", 1)
    assert message.startswith("case-b 与 case-a（a.md）有 ")


def test_the_same_basis_does_not_make_cases_alike(checked: Checker) -> None:
    basis = (
        "\n\n## 依据\n\n"
        + "- 测试法第一条：街道在三十日里把小组建起来，名单贴出去十五天，谁有意见都可以提。\n" * 4
    )
    files = {
        "a.md": case(f"## 情景\n\n{STORY}{basis}"),
        "b.md": case(f"## 情景\n\n{OTHER}{basis}", id="case-b"),
    }
    assert checked(check_near_duplicates, files) == []


def test_questions_and_queries_are_compared_with_their_like(checked: Checker) -> None:
    stem = "小区业委会任期届满前多久应当书面报告街道办事处"
    files = {
        "q.yaml": bank(question(stem=stem), question(2, stem=stem + "呢"), question(3, stem=stem, options="[先请居委会把全体楼组长召集起来, 再托物业公司挨家挨户塞通知单, 由律师起草一份告知函寄给主任, 等区里统一部署以后再作打算]")),
        "u.yaml": queries("我们业委会都过期大半年了", "业委会都过期大半年了呀", "狗叫得睡不着"),
    }  # fmt: skip
    found = [message.split("有")[0] for _, _, message in checked(check_near_duplicates, files)]
    assert found == ["q-a-002 与 q-a-001", "u-a-002 与 u-a-001"]


def test_a_department_text_is_compared_with_the_shipped_ones(checked: Checker) -> None:
    found = checked(check_near_duplicates, {"my.md": case(STORY, id="my")}, shipped={"a.md": case(STORY)})
    assert [(path, "case-a" in message) for path, _, message in found] == [("my.md", True)]
