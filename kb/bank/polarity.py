"""Does a clause deny or allow what it speaks of? 书记可以直接任命 is no way to say 不得任命."""

import re

_IDIOM = re.compile(
    r"不得不|不能不|不可不|没有不|不是不|不但|不仅|不过|不管|不论|不同|不服|不行就|不足|差不多|要不要|是不是|能不能"
    r"|可不可以|算不算|没收|没准|无论|无障碍|别人|别的|特别|个别|区别|分别|性别|级别|未来|非机动车|对不起|谈不拢|调解不成"
    r"|不便|走不动|下不来|劝不[听动]|不听|不合格|不停|不断(?!水|电)"
)
"""Words with a sound of denial that deny nothing of what the clause asks for."""
_DENIES = re.compile(
    r"不(?!妨)|没|别|勿|莫|未|无(?:权|效|须|需|法)|禁止|严禁|拒绝|制止|劝住|劝阻|拦住|叫停|停止|作废|撤|避免|防止|杜绝"
)
_ALLOWS = re.compile(
    r"可以|有权|应当|应该|就行|直接|同意就|准许|允许|照样|没有?关系|没有?问题|用不着|支持|必须|合法|有效"
)
_WAIVES = re.compile(r"(?:不用|不必|无需|无须|不需要|用不着|没有?必要|不应|不得|不要|不准|别)[^，。；]{0,3}$")


def denies(clause: str) -> bool:
    """Whether a clause says no to something."""
    return _DENIES.search(_without_idioms(clause)) is not None


def allows(clause: str) -> bool:
    """Whether a clause says yes in so many words, and nowhere no."""
    return not denies(clause) and _ALLOWS.search(clause) is not None


def waives(clause: str, start: int) -> bool:
    """Whether the words right before ``clause[start:]`` say that it need not or must not be done (不用再投票)."""
    return _WAIVES.search(_without_idioms(clause)[:start]) is not None


def _without_idioms(clause: str) -> str:
    """The clause with as many commas in their place, so that positions still fit."""
    return _IDIOM.sub(lambda match: "，" * len(match[0]), clause)
