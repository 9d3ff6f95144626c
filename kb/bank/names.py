"""What types, dimensions and difficulties of questions are called in Chinese, for files, commands and pages."""

from kb.bank.question import Question

TYPES = {
    "single": "单选", "multiple": "多选", "truefalse": "判断", "fill": "填空", "ordering": "排序",
    "short": "简答", "case": "案例分析",
}  # fmt: skip
TYPE_OF = {name: kind for kind, name in TYPES.items()}
DEPARTMENTS = ("党建办", "自治办", "司法所", "房办", "律师")
DIMENSIONS = {"P": "党建引领", "L": "依法按程序", "C": "群众工作", "D": "跟进留痕"}
DIFFICULTIES = (1, 2, 3, 4, 5)
NATIONWIDE = "全国"


def type_name(question: Question) -> str:
    """:returns: The question's type as people call it: ``单选``."""
    return TYPES[question.type]
