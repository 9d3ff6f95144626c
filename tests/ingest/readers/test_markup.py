from ingest.readers import markup


def test_a_break_inside_chinese_leaves_no_space() -> None:
    assert markup.one_line("业主\n  大会 ，and\nowners") == "业主大会 ，and owners"


def test_heading_levels_stay_between_one_and_six() -> None:
    assert markup.heading(0, "总则") == "# 总则"
    assert markup.heading(8, "总\n则") == "###### 总则"
    assert markup.heading(2, " \n") == ""


def test_row_keeps_empty_cells_in_place_and_cannot_be_forged_by_a_bar() -> None:
    assert markup.row(["甲", "", "a|b"]) == "甲 |  | a｜b"
    assert markup.row(["", " "]) == ""
