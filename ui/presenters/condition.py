"""How the index stands to the library, in one line."""

from html import escape

from retrieval.index.keeper import Condition, State

_NAMES = {
    State.READY: "索引正常",
    State.MISSING: "还没有索引",
    State.STALE: "索引需要更新",
    State.DAMAGED: "索引已损坏",
    State.REFUSED: "新索引等待确认",
}


def condition_html(condition: Condition, message: str = "") -> str:
    """
    Draw the condition of the index.

    :param message: What the last job did, shown after it if nothing is left to do.
    """
    parts = [f"<b>{_NAMES[condition.state]}</b>"]
    if condition.meta is not None:
        legs = f"关键词＋语义（{escape(condition.meta.model)}）" if condition.meta.model else "只有关键词检索"
        parts += [f"{condition.meta.passages:,} 条（段）", legs]
    if condition.state is State.REFUSED:
        parts.append(escape(condition.reason))
    elif condition.state is not State.READY:
        parts.append(escape(condition.reason) + "；请点“更新索引”")
    elif message:
        parts.append(escape(message))
    line = " · ".join(parts)
    return f'<p class="lb lb-condition lb-{condition.state.value}" id="condition" role="status">{line}</p>'
