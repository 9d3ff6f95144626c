from kb.lexicon import load_lexicon
from ui.synonyms import other_names

NAMES = load_lexicon().names


def test_other_names_of_what_was_asked_for() -> None:
    assert "业主委员会" in other_names("业委会不换届", ["业委会", "换届"], NAMES)


def test_nothing_for_an_unknown_thing() -> None:
    assert other_names("qzxv", ["qzxv"], NAMES) == []
