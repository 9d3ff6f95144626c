import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.references.canonical import article_label, comparable, provision_ref, short_title

INTERPRETATION = "最高人民法院关于适用《中华人民共和国民法典》有关担保制度的解释（一）"
PIECES = [
    *(
        "《",
        "》",
        "〈",
        "〉",
        " ",
        "\u3000",
        "中华人民共和国",
        "最高人民法院",
        "关于适用",
        "的解释（一）",
        "的解释(二)",
    ),
    *(
        "民法典",
        "刑法",
        "规定",
        "第",
        "条",
        "之",
        "款",
        "项",
        "（",
        "）",
        "(",
        ")",
        "一",
        "十",
        "百",
        "万",
        "两",
        "〇",
    ),
    *("0", "1", "278", "９", "第三条", "第120条", "之一", "第二款", "第（三）项", "x", "-", "@2020-01-01"),
]
ANYTHING = st.lists(st.sampled_from(PIECES), max_size=10).map("".join) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("中华人民共和国民法典", "民法典"),
        ("《中华人民共和国民法典》", "民法典"),
        ("中华人民共和国 宪法", "宪法"),
        ("上海市住宅物业管理规定", "上海市住宅物业管理规定"),
        (INTERPRETATION, "最高人民法院关于适用民法典有关担保制度的解释（一）"),
        ("某办法(试行)", "某办法（试行）"),
        ("", ""),
    ],
)
def test_short_title_is_what_references_use(title, short):
    assert short_title(title) == short


@pytest.mark.parametrize(
    "spelling",
    [
        "民法典第二百七十八条",
        "《民法典》第二百七十八条",
        "〈民法典〉第二百七十八条",
        "中华人民共和国民法典第二百七十八条",
        "《中华人民共和国民法典》 第二百七十八条",
        "民法典\u3000第 278 条",
        "民法典第２７８条",
        "民法典278条",
        "民法典二百七十八条",
        "民法典第二七八条",
        "民法典第二百七十八条第二款",
        "民法典第二百七十八条第二款第（五）项",
        "民法典第278条第1款第(5)项",
        "民法典第二百七十八条第五项",
        "民法典第二百七十八条（五）项",
    ],
)
def test_spellings_of_one_provision_compare_equal(spelling):
    assert comparable(spelling) == "民法典第二百七十八条"


@pytest.mark.parametrize(
    "spelling",
    ["刑法第一百二十条之一", "刑法第120条之1", "《刑法》第一百二十条之一第二款", "刑法第１２０条之一"],
)
def test_inserted_provisions_keep_their_number(spelling):
    assert comparable(spelling) == "刑法第一百二十条之一"
    assert comparable(spelling) != comparable("刑法第一百二十条")


@pytest.mark.parametrize("number", ["三", "3", "３"])
@pytest.mark.parametrize("one", ["（一）", "(一)"])
def test_a_name_that_holds_another_law_and_a_number_is_kept_whole(number, one):
    spelling = f"最高人民法院关于适用《中华人民共和国民法典》有关担保制度的解释{one}第{number}条"
    assert comparable(spelling) == "最高人民法院关于适用民法典有关担保制度的解释（一）第三条"


def test_a_name_that_holds_a_provision_is_kept_whole():
    name = "全国人民代表大会常务委员会关于《中华人民共和国刑法》第三十条的解释"
    assert comparable(name) == "全国人民代表大会常务委员会关于刑法第三十条的解释"
    assert comparable(f"{name}第二条").endswith("第三十条的解释第二条")


@pytest.mark.parametrize(
    "text", ["", "民法典", "chewei-zhimai", "物业管理条例@2018-03-19", "第几条", "条", "民法典第条"]
)
def test_what_is_no_provision_stays_as_it_is(text):
    assert comparable(text) == text


@pytest.mark.parametrize(
    "text", ["民法典第0条", "民法典第999999条", "民法典第1百条", "民法典第万条", f"民法典第{'9' * 5000}条"]
)
def test_an_impossible_number_is_no_error(text):
    assert comparable(text) == text


@given(ANYTHING)
def test_comparable_is_idempotent(text):
    once = comparable(text)
    assert comparable(once) == once


@given(
    st.sampled_from(["民法典", INTERPRETATION, "二〇二〇规定"]), st.integers(1, 99_999), st.integers(0, 99)
)
def test_a_written_reference_is_its_own_comparable_form(law, article, suffix):
    ref = provision_ref(law, article, suffix or None)
    assert comparable(ref) == ref
    assert comparable(f"《{law}》第{article}条" + (f"之{suffix}" if suffix else "")) == ref


def test_label_is_the_end_of_the_reference():
    assert article_label(278) == "第二百七十八条"
    assert article_label(120, 1) == "第一百二十条之一"
    assert provision_ref("中华人民共和国刑法", 120, 1) == "刑法第一百二十条之一"
