"""Spellings of laws' names."""

from kb.references.law_names import law_names


def test_titles_and_popular_names_lead_to_the_short_title() -> None:
    names = law_names([("中华人民共和国消防法", ("消防",)), ("上海市实施《中华人民共和国消防法》办法", ())])
    assert names == {"消防法": "消防法", "消防": "消防法", "上海市实施消防法办法": "上海市实施消防法办法"}


def test_a_title_wins_over_a_popular_name_and_one_character_is_no_name() -> None:
    names = law_names([("物业管理条例", ("物业条例", "条")), ("物业条例", ("物业管理条例",))])
    assert names == {"物业管理条例": "物业管理条例", "物业条例": "物业条例"}
