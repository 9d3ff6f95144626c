"""The columns of our spreadsheet of questions, one row a question."""

from dataclasses import dataclass

from kb.bank.question import LETTERS

SHEET = "试题"
GUIDE = "填写说明"
MOST_POINTS = 6


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet."""

    heading: str
    width: int
    needed: bool = False
    """Every question fills it."""


COLUMNS: tuple[Column, ...] = (
    Column("编号", 20),
    Column("题型", 10, needed=True),
    Column("主题", 18, needed=True),
    Column("难度", 6, needed=True),
    Column("地区", 8, needed=True),
    Column("供题部门", 10, needed=True),
    Column("题干", 50, needed=True),
    *(Column(f"选项{letter}", 20) for letter in LETTERS),
    Column("答案", 24, needed=True),
    Column("解析", 40, needed=True),
    Column("依据", 36, needed=True),
    *(Column(f"得分点{n}", 36) for n in range(1, MOST_POINTS + 1)),
)
PLACE = {column.heading: number for number, column in enumerate(COLUMNS)}

GUIDE_LINES = (
    "每行一道题，填在“试题”表里；表头不要改名，顺序可以变，空行会跳过。",
    "编号：小写拼音、数字和连字符，如 q-huanjie-001；留空由系统编号。编号已有的题，导入时加 --update 才作为修改保存。",
    "题型、难度、供题部门：从下拉列表里选。难度 1 最容易，5 最难。地区写 全国 或地名（如 上海）。",
    "单选：选项A 到 选项D 都填，答案写一个字母。多选：4 到 6 个选项，答案写几个字母，如 ACD。",
    "判断：不填选项，答案写 对 或 错。",
    "填空：题干里每个空写四个下划线 ____；答案一行对应一个空，几种都算对的写法用分号隔开，如 60日；六十日。",
    "排序：选项按打乱的次序填，答案写正确的次序，如 CABD。",
    "简答（2 到 4 个得分点）、案例分析（4 到 6 个）：答案写参考答案，每个得分点一格，权重合计 100。",
    "得分点一格写五行：第一行 得分点：要点内容；第二行 权重：25；第三行 维度：L；第四行 依据：法条，可不写；第五行 认可：算得分的说法，用分号隔开。",
    "维度：P 党建引领，L 依法按程序，C 群众工作，D 跟进留痕。",
    "依据：写到条，如 民法典第二百七十八条；几条用分号隔开。",
    "文字里本来就有的分号，前面加一个反斜杠（\\；）；反斜杠写两个。",
    "导入：andian bank import 文件.xlsx --by 姓名。有一行不对就一行也不收，并逐行说明；加 --skip-bad 则只收对的。",
)
