"""Chinese, Arabic and full-width numbers as they occur in statutes."""

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_LARGEST = 99_999
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

NUMERAL = "[零〇○一二三四五六七八九十百千万两0-9０-９]+"
"""Regular expression for one number in any of the accepted scripts."""


def parse_numeral(text: str) -> int:
    """
    Read a number as statutes print it.

    :param text: ``二百七十八``, ``一千二百六十``, ``一二六〇``, ``278`` or ``２７８``.
    :returns: Its value.
    :raises ValueError: If `text` holds anything but a number below 10 万.
    """
    digits = text.translate(_FULL_WIDTH)
    if digits.isascii() and digits.isdigit():
        value = int(digits)
    elif not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        raise ValueError(f"not a numeral: {text!r}")
    elif not any(c in _UNITS for c in text):
        value = int("".join(str(_DIGITS[c]) for c in text))
    else:
        value = _with_units(text)
    if value > _LARGEST:
        raise ValueError(f"too large: {text!r}")
    return value


def _with_units(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "万":
            total, section, digit = (section + digit) * 10000, 0, 0
        else:
            section += (digit or 1) * _UNITS[char]
            digit = 0
    return total + section + digit


def format_numeral(value: int) -> str:
    """
    Write a number as article numbers are printed.

    :param value: 1 to 99,999.
    :returns: ``二百七十八`` for 278, ``十二`` for 12, ``一千零一`` for 1001.
    :raises ValueError: If `value` is out of range.
    """
    if not 0 < value <= _LARGEST:
        raise ValueError(f"article numbers run from 1 to 99999, got {value}")
    if value >= 10_000:
        head, rest = divmod(value, 10_000)
        tail = "" if not rest else ("零" if rest < 1000 else "") + _below_ten_thousand(rest)
        return _below_ten_thousand(head) + "万" + tail.replace("零零", "零")
    text = _below_ten_thousand(value)
    return text[1:] if text.startswith("一十") else text


def _below_ten_thousand(value: int) -> str:
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += "零一二三四五六七八九"[digit] + name
        elif text and value and not text.endswith("零"):
            text += "零"
    return text
