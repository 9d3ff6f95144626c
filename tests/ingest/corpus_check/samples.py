"""Files of a corpus in one line."""


def case(body: str, id: str = "case-a", **front: str) -> str:
    """:returns: A case whose body begins on line 9."""
    facts = {
        "id": id,
        "kind": "case",
        "title": "某案",
        "origin": "teaching",
        "region": "上海",
        "topics": "[换届]",
        **front,
    }
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in facts.items()) + "---\n" + body


def digest(body: str, law: str = "测试法", **front: str) -> str:
    """:returns: A digest whose body begins on line 10."""
    return case(
        body,
        **{"id": "reg-a", "kind": "regulation", "origin": "digest", "region": "全国", "law": law, **front},
    )


def question(number: int = 1, **values: object) -> str:
    """:returns: One entry of a bank file; eleven lines, the ``refs`` on the last."""
    entry: dict[str, object] = {
        "type": "single", "difficulty": 2, "region": "上海", "department": "房办", "status": "active",
        "stem": f"第{number}题，业委会几日内组建", "options": "[三十日, 十五日, 六十日, 九十日]", "answer": "A",
        "explanation": "三十日是组建的期限，十五日是公告的期限，两个数字一前一后，先组建再公告，记住三十在前、十五在后就不会混。",
        "refs": "[测试法第一条]",
    } | values  # fmt: skip
    return f"  - id: q-a-{number:03}\n" + "".join(
        f"    {key}: {value}\n" for key, value in entry.items() if value is not None
    )


def bank(*questions: str, topic: str = "换届") -> str:
    """:returns: A bank file; its first entry begins on line 3."""
    return f"topic: {topic}\nquestions:\n" + "".join(questions or (question(),))


def queries(*texts: str, refs: str = "测试法第一条", cases: str = "") -> str:
    """:returns: A file of lay queries, one a line from line 3."""
    lines = [
        f"  - {{id: u-a-{n:03}, style: complaint, text: {text}, refs: [{refs}], cases: [{cases}]}}\n"
        for n, text in enumerate(texts, start=1)
    ]
    return "topic: 换届\nqueries:\n" + "".join(lines)
