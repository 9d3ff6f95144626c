"""Which characters a source text may hold, whatever file it came from."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\xad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
    "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks, which can disguise text
    "\ud800-\udfff]"  # halves of surrogate pairs, which no database accepts
)

# PDF fonts and text copied from PDFs often hold radicals that look like the character and match
# nothing: "⺠法典" for "民法典". Unicode maps the Kangxi block; the supplement it mostly leaves out.
_KANGXI = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
_SUPPLEMENT = dict(
    zip(
        "⺁⺎⺒⺓⺟⺠⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂兀巳幺母民示虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
_RADICALS = _KANGXI | _SUPPLEMENT
_RADICAL = re.compile(f"[{''.join(_RADICALS)}]")


def normalise(text: str) -> str:
    """
    Clean the characters of a text and leave its words and lines alone.

    Line ends become ``\\n``; control and invisible characters go (tab stays); radicals become the
    characters they stand for; the rest is NFC, so full-width brackets and digits stay full-width.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _RADICAL.sub(lambda match: _RADICALS[match[0]], text)
    return unicodedata.normalize("NFC", text)
