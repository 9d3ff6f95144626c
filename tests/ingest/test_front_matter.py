from datetime import date

import pytest

from ingest.front_matter import LONGEST, split_front_matter
from kb.documents import Kind, Level, Origin
from kb.errors import InvalidFrontMatter


def split(block: str, body: str = "正文"):
    return split_front_matter(f"---\n{block}\n---\n{body}", "甲.md")


def test_text_without_a_block_is_all_body():
    parts = split_front_matter("# 标题\n---\n正文")
    assert parts.body == "# 标题\n---\n正文"
    assert parts.line == 1
    assert parts.front.kind is None


def test_every_documented_key_is_read():
    front = split(
        "id: 甲-1\nkind: regulation\ntitle: 某条例要点\norigin: digest\nregion: 上海\ntopics: [物业, 业委会]\n"
        "issuer: 某机关\npublished: 2021-03\nfacts_date: 2007\nplace: 某街道\nsource: 自编\nnotes: 一条说明\n"
        "law: 某某条例\nlevel: 地方性法规\nversion_date: 2020-02-01\neffective_from: 2020-05-01\n"
        "effective_to: 2024-01-01"
    ).front
    assert (front.kind, front.origin, front.level) == (
        Kind.REGULATION,
        Origin.DIGEST,
        Level.LOCAL_REGULATION,
    )
    assert front.topics == ("物业", "业委会")
    assert front.notes == ("一条说明",)
    assert front.published == date(2021, 3, 1)
    assert front.facts_date == date(2007, 1, 1)
    assert front.effective_to == date(2024, 1, 1)


def test_body_keeps_its_line_number():
    parts = split("title: 甲\nregion: 上海")
    assert parts.body == "正文"
    assert parts.line == 5


@pytest.mark.parametrize(
    ("block", "line", "words"),
    [
        ("title: 甲\nauthor: 乙", 3, "没有名为“author”的键"),
        ("title: 甲\nkind: novel", 3, "“kind”不能是“novel”"),
        ("published: 2021-13-01", 2, "YYYY"),
        ("published: 明年", 2, "YYYY-MM-DD"),
        ("title: [", 2, "YAML"),
        ("- 甲\n- 乙", 2, "键: 值"),
        ("title: 12", 2, "引号"),
        ("id: a/b", 2, "斜杠"),
        ("topics: &x [甲]\nnotes: *x", 3, "YAML"),
        ("topics: " + "[" * 5000, 2, "YAML"),
    ],
)
def test_breaking_the_schema_names_file_line_and_remedy(block, line, words):
    with pytest.raises(InvalidFrontMatter, match="甲.md") as caught:
        split(block)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.line is not None
    if "[" not in block:
        assert caught.value.line == line


def test_an_unclosed_or_oversized_block_is_refused():
    for text in ("---\ntitle: 甲\n正文", "---\ntitle: " + "甲" * LONGEST + "\n---\n正文"):
        with pytest.raises(InvalidFrontMatter, match="没有结束"):
            split_front_matter(text)


def test_yaml_cannot_build_objects():
    with pytest.raises(InvalidFrontMatter):
        split("title: !!python/object/apply:os.getcwd []")
