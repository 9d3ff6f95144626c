"""The command line: what can be asked for. Each command's work is in `ui.commands`."""

import os
import sys
from argparse import SUPPRESS, Namespace
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from ui.commands.bank_parser import add_actions as add_bank_actions
from ui.parser import ChineseParser, checked

KINDS = ("regulation", "case", "bulletin", "procedure")
LEGS = ("keyword", "dense", "fused")
_DAY = checked(date.fromisoformat, "不是日期，应写成 2024-01-01")
_COUNT = checked(lambda text: _positive(int(text)), "应是大于 0 的整数")
_PORT = checked(lambda text: _port(int(text)), "应是 0 到 65535 的整数")


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run one command.

    :param argv: Arguments; the process's own when omitted.
    :returns: 0 if all is well, 1 if the user has something to mend (one Chinese line says what).
    """
    arguments = _parser().parse_args(argv)
    from kb.errors import AndianError

    try:
        return int(_run(arguments))
    except AndianError as error:
        print(" ".join(str(error).split("\n")), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断；已保存的内容不受影响，再运行一次即可继续", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of a pipe went away; what follows must not fail at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: Namespace) -> int:
    from kb.settings import load_settings
    from ui.services import open_services

    services = open_services(load_settings(home=arguments.home), notice=_to_stderr)
    result: int = import_module(f"ui.commands.{arguments.command.replace('-', '_')}").run(arguments, services)
    return result


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> ChineseParser:
    parser = ChineseParser(
        prog="andian",
        description="案典：居民区书记的法规、案例、通报知识库。先运行 andian serve，在浏览器里用。",
    )
    commands = parser.add_subparsers(
        dest="command", metavar="命令", required=True, title="命令", parser_class=ChineseParser
    )

    def command(name: str, description: str, *, json: bool = True) -> ChineseParser:
        sub: ChineseParser = commands.add_parser(name, help=description, description=description)
        sub.add_argument(
            "--home", type=Path, metavar="文件夹", help="数据文件夹；也可用环境变量 ANDIAN_HOME 指定"
        )
        if json:
            sub.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")
        return sub

    _serve(command("serve", "准备好知识库并打开网页", json=False))
    _search(command("search", "检索法规、案例、通报和办事流程"))
    _show(command("show", "显示一条法规条文或一份资料"))
    _compare(command("compare", "逐条对照一部法规的新旧文本，标出改了哪些字"))
    _ingest(command("ingest", "收录文件、文件夹或国家法律"))
    _list(command("list", "列出资料库里的全部资料"))
    _remove(command("remove", "从资料库移除一份资料"))
    _index(command("index", "建立或更新检索索引"))
    command("region", "显示或更换默认检索哪个地区的法规").add_argument(
        "region", nargs="?", metavar="地区", help="以后默认看全国和这个地区的，如 上海"
    )
    command("status", "显示资料库和索引的现状")
    command("doctor", "检查安装、资料库、索引和模型，并说明怎样修复")
    _eval(command("eval", "用标注好的问题评测检索效果"))
    _train(command("train-adapter", "用问题和依据训练查询适配器，让大白话更容易找到法条", json=False))
    command("gaps", "列出没有查到、查得不好的问题，等管理员处理")
    _corpus(command("corpus", "检查或统计一个资料文件夹", json=False))
    _grade(command("grade", "给一份简答题或案例题的作答逐点提出评分建议"))
    _cite(command("cite", "核对一份文字里引用的法条是否有效", json=False))
    _group(command("group", "把名单随机分组：单位分开、年限搭配，种子相同可以重抽出同样结果"))
    add_bank_actions(command("bank", "题库：列出、导入导出、审核发布、组卷、统计", json=False))
    return parser


def _serve(sub: ChineseParser) -> None:
    sub.add_argument("--host", metavar="地址", help="监听地址，默认 127.0.0.1（只限本机）")
    sub.add_argument("--port", type=_PORT, metavar="端口", help="监听端口，默认 7860")


def _search(sub: ChineseParser) -> None:
    sub.add_argument("query", metavar="问题", help="用自己的话写发生了什么")
    _filters(sub)
    sub.add_argument("--topic", action="append", default=[], metavar="主题", help="只看这个主题，可重复")
    sub.add_argument("--as-of", type=_DAY, metavar="日期", help="按这一天有效的法规检索，如 2024-01-01")
    sub.add_argument("--all-status", action="store_true", help="连同已修改、已废止、尚未施行的一起检索")
    sub.add_argument("--top-k", type=_COUNT, default=10, metavar="条数", help="最多给出多少条，默认 10")


def _filters(sub: ChineseParser) -> None:
    sub.add_argument("--kind", action="append", default=[], choices=KINDS, help="只看这一类，可重复")
    sub.add_argument(
        "--region",
        action="append",
        default=[],
        metavar="地区",
        help="只看全国和这个地区的，可重复；写“全部”则不限地区",
    )


def _show(sub: ChineseParser) -> None:
    sub.add_argument("ref", metavar="编号", help="条文（如 民法典第二百七十八条）或资料编号")
    sub.add_argument("--as-of", type=_DAY, metavar="日期", help="只看这一天有效的文本，如 2024-01-01")


def _compare(sub: ChineseParser) -> None:
    sub.add_argument("old", metavar="旧文本", help="资料编号；只写一份时，与它前后的文本对照")
    sub.add_argument("new", nargs="?", metavar="新文本", help="资料编号，见 andian list")
    sub.add_argument("--all", action="store_true", help="没有变化的条文也列出来")


def _ingest(sub: ChineseParser) -> None:
    sub.add_argument("paths", nargs="*", type=Path, metavar="路径", help="文件或文件夹，可以有多个")
    sub.add_argument("--kind", default="auto", choices=("auto", *KINDS), help="资料种类，默认自动判断")
    sub.add_argument("--region", metavar="地区", help="资料所属地区，如 上海；默认从标题判断")
    sub.add_argument("--dry-run", action="store_true", help="只看会怎样，不保存")
    sub.add_argument(
        "--package-laws",
        choices=("selected", "all"),
        help="收录随程序安装的国家法律：selected 为常用的，all 为全部",
    )


def _list(sub: ChineseParser) -> None:
    sub.add_argument("--kind", choices=KINDS, help="只列这一类")
    sub.add_argument("--removed", action="store_true", help="列出已移除、可以恢复的资料")


def _remove(sub: ChineseParser) -> None:
    sub.add_argument("document_id", metavar="资料编号", help="见 andian list")
    sub.add_argument("--undo", action="store_true", help="恢复这份移除了的资料")


def _index(sub: ChineseParser) -> None:
    sub.add_argument("--rebuild", action="store_true", help="全部重新计算，不用旧的分词和向量")
    sub.add_argument("--accept-worse", action="store_true", help="新索引在标注过的问题上变差也采用")


def _eval(sub: ChineseParser) -> None:
    sub.add_argument("file", nargs="?", type=Path, metavar="文件", help="JSONL，每行一个问题和它的正确依据")
    sub.add_argument("--gold", action="store_true", help="不用文件，用“命中测试”页上保存的标注")
    _filters(sub)
    sub.add_argument("--top-k", type=_COUNT, default=100, metavar="条数", help="取前多少条计算，默认 100")
    sub.add_argument(
        "--legs", type=_legs, default=LEGS, metavar="路", help="keyword、dense、fused 中的几路，用逗号隔开"
    )


def _train(sub: ChineseParser) -> None:
    sub.add_argument(
        "--data", action="append", type=Path, default=[], metavar="文件",
        help="另外学习的问题：JSONL，格式同 andian eval，可重复",
    )  # fmt: skip
    sub.add_argument(
        "--times", type=_COUNT, default=3, metavar="次数",
        help="另外学习的问题和本行的问法各算几次，默认 3：旁及其他法律的问法比它们多得多",
    )  # fmt: skip
    sub.add_argument(
        "--runs", type=_COUNT, default=3, metavar="次数", help="训练几遍取平均，默认 3；越多越稳，也越久"
    )
    sub.add_argument("--seed", type=int, default=0, metavar="整数", help="随机种子，默认 0；相同则结果相同")
    sub.add_argument("--out", type=Path, metavar="文件", help="写到哪里，默认数据文件夹，只对本机生效")


def _corpus(sub: ChineseParser) -> None:
    actions = sub.add_subparsers(
        dest="action", metavar="动作", required=True, title="动作", parser_class=ChineseParser
    )
    check, stats = (
        actions.add_parser(name, help=description, description=description)
        for name, description in (
            ("check", "检查格式、依据、数字、雷同和照抄，指出文件和行"),
            ("stats", "按主题、题型、难度统计，输出 Markdown 表格"),
        )
    )
    for action in (check, stats):
        action.add_argument(
            "folder", nargs="?", type=Path, metavar="文件夹", help="要看的文件夹，默认是自带资料"
        )
        action.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")
        action.add_argument("--home", type=Path, metavar="文件夹", default=SUPPRESS, help=SUPPRESS)
    check.add_argument("--date", type=_DAY, metavar="日期", help="按这一天有效的法规检查，默认今天")
    check.add_argument(
        "--texts",
        action="append",
        type=Path,
        metavar="文件夹",
        help="他人文本所在的文件夹（法规原文、素材），用来核对条文和查照抄，可重复",
    )


def _grade(sub: ChineseParser) -> None:
    sub.add_argument("question", metavar="题号", help="题库里的编号，如 q-huanjie-027")
    sub.add_argument("file", metavar="文件", help="作答：.txt、.md、.docx、.pdf 或 .html；写 - 则读标准输入")


def _cite(sub: ChineseParser) -> None:
    actions = sub.add_subparsers(
        dest="action", metavar="动作", required=True, title="动作", parser_class=ChineseParser
    )
    description = "找出全部引用，逐条说明现行、已修改、已废止还是查无此条；有要改的退出码为 1"
    check = actions.add_parser("check", help=description, description=description)
    check.add_argument("file", metavar="文件", help=".txt、.md、.docx、.pdf 或 .html；写 - 则读标准输入")
    check.add_argument("--as-of", type=_DAY, metavar="日期", help="按这一天有效的法规核对，默认今天")
    check.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")
    check.add_argument("--home", type=Path, metavar="文件夹", default=SUPPRESS, help=SUPPRESS)


def _group(sub: ChineseParser) -> None:
    sub.add_argument(
        "file", metavar="名单", help=".xlsx、.csv 或 .txt；有姓名、单位、街道、任职年限、角色等列"
    )
    how = sub.add_mutually_exclusive_group()
    how.add_argument("--groups", type=_COUNT, metavar="组数", help="分成几组")
    how.add_argument("--size", type=_COUNT, metavar="人数", help="每组最多几人，默认 5")
    sub.add_argument("--seed", metavar="种子", help="随机种子，一行短文字，如 第五期；不写就随机产生并显示")
    sub.add_argument("--out", type=Path, metavar="文件", help="写成 .xlsx 或 .csv")


def _legs(text: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    if not set(chosen) <= set(LEGS):
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"“{text}”应是 {'、'.join(LEGS)} 中的几个")
    return chosen


def _positive(number: int) -> int:
    if number < 1:
        raise ValueError
    return number


def _port(number: Any) -> int:
    if not 0 <= number <= 65535:
        raise ValueError
    return int(number)


if __name__ == "__main__":
    sys.exit(main())
