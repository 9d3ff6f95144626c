"""Bank files with their lines."""

from kb.bank.load import load_questions
from kb.marked_yaml import read_yaml

TEXT = """topic: 换届
questions:
  - id: q-a-001
    type: truefalse
    difficulty: 1
    region: 上海
    department: 房办
    status: active
    stem: 业委会由街道任命
    answer: false
    explanation: 业主选举
    refs: [民法典第二百七十七条]
  - id: q-a-002
    type: short
    difficulty: 2
    region: 上海
    department: 律师
    status: active
    stem: 怎样通知
    answer: 书面
    points:
      - {text: 书面, weight: 50, dimension: L, accept: [书面]}
      - {text: 提前, weight: 50, dimension: X, accept: [十五日]}
    explanation: 先书面
    refs:
      - 民法典第二百七十八条
      - 不是依据
  - 只有一句话
"""


def test_the_good_are_kept_and_each_mistake_has_its_line() -> None:
    loaded = load_questions(read_yaml(TEXT, "q.yaml"), "q.yaml")
    assert [(q.value.id, q.value.topic, q.line, q.line_of("refs", 0)) for q in loaded.entries] == [
        ("q-a-001", "换届", 3, 12)
    ]
    assert [(error.path, error.line, error.problem) for error in loaded.problems] == [
        ("q.yaml", 23, "q-a-002 “points.1.dimension”的值不对"),
        ("q.yaml", 27, "q-a-002 依据“不是依据”写法不对，应写成 民法典第二百七十八条"),
        ("q.yaml", 28, "这一项应是“键: 值”"),
    ]


def test_a_file_without_a_topic_is_incomplete() -> None:
    text = TEXT.replace("topic: 换届\n", "")
    assert any(
        "topic" in error.problem for error in load_questions(read_yaml(text, "q.yaml"), "q.yaml").problems
    )
