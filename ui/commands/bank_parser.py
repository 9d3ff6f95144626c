"""What ``andian bank`` can be asked for."""

from argparse import SUPPRESS
from pathlib import Path

from ui.parser import ChineseParser, checked

_TYPES = ("单选", "多选", "判断", "填空", "排序", "简答", "案例分析")
_DEPARTMENTS = ("党建办", "自治办", "司法所", "房办", "律师")
_STATES = ("草稿", "已审核", "已发布", "已停用")


def add_actions(sub: ChineseParser) -> None:
    """Add every action of the bank to its command."""
    actions = sub.add_subparsers(
        dest="action", metavar="动作", required=True, title="动作", parser_class=ChineseParser
    )

    def action(name: str, description: str) -> ChineseParser:
        parser: ChineseParser = actions.add_parser(name, help=description, description=description)
        parser.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")
        parser.add_argument("--home", type=Path, metavar="文件夹", default=SUPPRESS, help=SUPPRESS)
        return parser

    listed = action("list", "列出题目，可按主题、题型、难度、部门、地区、状态和文字筛选")
    _narrow(listed)
    listed.add_argument("--page", type=_COUNT, default=1, metavar="页", help="第几页，默认 1")
    listed.add_argument("--size", type=_COUNT, default=50, metavar="题数", help="每页几题，默认 50")
    show = action("show", "显示一道题的全部内容、状态和使用记录")
    show.add_argument("question_id", metavar="编号", help="见 andian bank list")
    show.add_argument("--version", type=_COUNT, metavar="版次", help="看以前的第几版，默认看现在的")
    _import(action("import", "从 .xlsx 模板、GIFT（.gift、.txt）或 Moodle XML（.xml）导入，存为草稿"))
    export = action("export", "导出为 .xlsx、.gift 或 .xml，按文件名的后缀")
    export.add_argument("file", type=Path, metavar="文件", help="写到哪里，如 试题.xlsx")
    export.add_argument("--template", action="store_true", help="只要空模板（.xlsx），带填写说明和下拉列表")
    _narrow(export)
    _paper(action("paper", "按蓝图从已发布的题里抽一份卷子；缺什么题会逐项说明"))
    for name, description in (
        ("review", "审核通过草稿；写题的人不能审自己的题"),
        ("publish", "发布已审核的题，此后可以抽用"),
        ("retire", "停用题目，不再抽用；内容和历史都保留"),
        ("reopen", "把题目退回草稿，重新审核"),
    ):
        move = action(name, description)
        move.add_argument("question_ids", nargs="+", metavar="编号", help="一题或几题；有一题不行就都不动")
        move.add_argument("--by", required=True, metavar="姓名", help="谁来操作，会记录下来")
    undo = action("undo", "撤销一次导入、审核、发布、停用或使用记录")
    undo.add_argument("number", type=_COUNT, metavar="操作编号", help="做这件事时给出的编号")
    stats = action("stats", "统计题库；或用一次测验的得分算难易度、区分度和信度")
    stats.add_argument(
        "--scores", type=Path, metavar="文件", help="CSV，首行为 答题人,题号,得分,满分；每行一人一题"
    )


def _narrow(parser: ChineseParser) -> None:
    parser.add_argument("--topic", metavar="主题", help="只看这个主题")
    parser.add_argument("--type", choices=_TYPES, help="只看这种题型")
    parser.add_argument("--difficulty", type=int, choices=range(1, 6), help="只看这个难度，1 最易")
    parser.add_argument("--department", choices=_DEPARTMENTS, help="只看这个部门供的题")
    parser.add_argument("--region", metavar="地区", help="只看这个地区的题")
    parser.add_argument("--state", choices=_STATES, help="只看这个状态的题")
    parser.add_argument("--text", metavar="文字", help="题干、选项、解析或编号里有这些词的题")


def _import(parser: ChineseParser) -> None:
    parser.add_argument("file", type=Path, metavar="文件", help=".xlsx、.gift、.txt 或 .xml")
    parser.add_argument("--by", required=True, metavar="姓名", help="作者；题目要由另一人审核")
    parser.add_argument("--skip-bad", action="store_true", help="有错的题跳过，其余照收；默认有错就都不收")
    parser.add_argument("--update", action="store_true", help="编号已有、内容不同的题，作为新版保存")
    parser.add_argument("--dry-run", action="store_true", help="只检查，不保存")
    parser.add_argument("--topic", metavar="主题", help="文件里没写主题时用这个")
    parser.add_argument("--difficulty", type=int, choices=range(1, 6), help="文件里没写难度时用这个")
    parser.add_argument("--department", choices=_DEPARTMENTS, help="文件里没写供题部门时用这个")
    parser.add_argument("--region", metavar="地区", help="文件里没写地区时用这个，默认 全国")


def _paper(parser: ChineseParser) -> None:
    parser.add_argument(
        "--part", action="append", required=True, metavar="要求",
        help="如 “单选 5”、“换届 多选 3 难度2-4”、“律师 案例分析 1”；可重复",
    )  # fmt: skip
    parser.add_argument("--region", metavar="地区", help="用全国和这个地区的题，默认不限")
    parser.add_argument("--series", metavar="系列", help="这个系列用过的题不再抽")
    parser.add_argument("--allow-used", action="store_true", help="用过的题也可以抽")
    parser.add_argument("--seed", metavar="种子", help="一行短文字；相同则抽出的题相同，不写就随机产生并显示")
    parser.add_argument("--use", action="store_true", help="记为这个系列用过；要写 --series 和 --by")
    parser.add_argument("--by", metavar="姓名", help="谁来操作，会记录下来")
    parser.add_argument("--out", type=Path, metavar="文件", help="把卷子写成 .xlsx、.gift 或 .xml")


def _positive(number: int) -> int:
    if number < 1:
        raise ValueError
    return number


_COUNT = checked(lambda text: _positive(int(text)), "应是大于 0 的整数")
