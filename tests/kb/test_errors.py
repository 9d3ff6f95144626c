import inspect
from pathlib import Path

import pytest

from kb import errors
from kb.errors import AndianError, InputError, InvalidFrontMatter, UnreadableFile


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "日期不对"),
        ({"remedy": "请改正"}, "日期不对；请改正"),
        ({"path": Path("法规/a.md")}, "法规/a.md：日期不对"),
        ({"path": "a.md", "line": 3}, "a.md:3：日期不对"),
        ({"path": "a.md", "line": 3, "remedy": "请改正"}, "a.md:3：日期不对；请改正"),
        ({"line": 3}, "日期不对"),
    ],
)
def test_message_names_what_is_known(given, message):
    error = InputError("日期不对", **given)
    assert str(error) == message
    assert error.problem == "日期不对"
    assert error.remedy == given.get("remedy", "")


def test_parts_stay_readable_for_pages_that_lay_them_out_themselves():
    error = InvalidFrontMatter("没有这个键", remedy="请删去", path="a.md", line=2)
    assert (error.problem, error.remedy, error.path, error.line) == ("没有这个键", "请删去", "a.md", 2)


def test_every_error_is_drawn_in_the_tree():
    classes = {name for name, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, AndianError)}
    assert {name for name in classes if name not in (errors.__doc__ or "")} == set()
    assert issubclass(UnreadableFile, InputError)
    assert issubclass(InvalidFrontMatter, InputError)
