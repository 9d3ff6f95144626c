"""An argument parser that speaks Chinese."""

import argparse
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

_HEADINGS = {
    "usage: ": "用法：",
    "options:": "选项：",
    "positional arguments:": "参数：",
}
_ERRORS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.*)", r"缺少参数 \1"),
    (r"unrecognized arguments: (.*)", r"不认识参数 \1"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"\1 不能是 \2；可选 \3"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 和 \2 只能写一个"),
    (r"argument (.*?): expected one argument", r"\1 后面要有一个值"),
    (r"argument (.*?): expected at least one argument", r"\1 后面至少要有一个值"),
    (r"argument (.*?): invalid \w+ value: (.*)", r"\1 的值 \2 不对"),
    (r"argument (.*?): (.*)", r"\1：\2"),
)


class ChineseParser(argparse.ArgumentParser):
    """`argparse.ArgumentParser` with Chinese headings and error messages; wrong calls exit with 2."""

    def __init__(self, **options: Any):
        """:param options: As for `argparse.ArgumentParser`."""
        super().__init__(**options, add_help=False, allow_abbrev=False)
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_help(self) -> str:
        """:returns: The help text with Chinese headings."""
        text = super().format_help()
        for english, chinese in _HEADINGS.items():
            text = text.replace(english, chinese)
        return text

    def format_usage(self) -> str:
        """:returns: The usage line with a Chinese heading."""
        return super().format_usage().replace("usage: ", "用法：")

    def error(self, message: str) -> NoReturn:
        """Say in one Chinese line what is wrong with the call, and exit with 2."""
        for pattern, chinese in _ERRORS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, chinese, message)
                break
        print(f"{message}；用法见 {self.prog} --help", file=sys.stderr)
        sys.exit(2)


def checked(convert: Callable[[str], Any], problem: str) -> Callable[[str], Any]:
    """:returns: An argument type that reports `problem` when `convert` refuses the text."""

    def read(text: str) -> Any:
        try:
            return convert(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"“{text}”{problem}") from error

    return read
