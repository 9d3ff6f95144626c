"""Words that say the same."""

from kb.bank.wordings import Spotted, Wording, Wordings, load_wordings, shipped_wordings
from kb.marked_yaml import read_yaml


def test_the_longest_wording_wins_and_keeps_its_place() -> None:
    wordings = Wordings([Wording(term="公布", others=["贴", "贴出来"]), Wording(term="撤下", others=["贴"])])
    assert list(wordings.find("把结果贴出来，再贴")) == [Spotted("公布", 3, 6), Spotted("公布", 8, 9)]


def test_without_entries_nothing_is_found() -> None:
    assert list(Wordings().find("公布")) == []


def test_mistakes_are_named_with_their_line() -> None:
    loaded = load_wordings(read_yaml("wordings:\n  - {term: 公布}\n", "w.yaml"), "w.yaml")
    assert [str(p) for p in loaded.problems] == ["w.yaml:2：公布 缺少“others”；请补上"]


def test_the_shipped_wordings_are_read() -> None:
    assert [s.term for s in shipped_wordings().find("张榜并打110")] == ["公布", "报警"]
