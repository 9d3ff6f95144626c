from kb.references.spellings import Spellings


def test_the_fingerprint_follows_the_names_and_nothing_else():
    names = {"甲": "甲法", "乙": "乙法"}
    one = Spellings(names).fingerprint
    assert len(one) == 64
    assert Spellings(dict(reversed(names.items()))).fingerprint == one
    assert Spellings({**names, "甲": "乙法"}).fingerprint != one
    assert Spellings({**names, "丙": "丙法"}).fingerprint != one
    assert Spellings({}).fingerprint != one


def test_names_do_not_run_into_each_other():
    assert Spellings({"甲乙": "丙"}).fingerprint != Spellings({"甲": "乙丙"}).fingerprint
