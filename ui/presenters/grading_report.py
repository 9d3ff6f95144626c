"""A proposal for a written answer, for people and for programs."""

from typing import Any

from kb.bank.citing import Citation, Fit
from kb.bank.clauses import Span
from kb.bank.proposal import PointProposal, Proposal, Standing

STANDINGS = {Standing.HIT: "答到", Standing.PARTLY: "部分答到", Standing.MISSED: "未答到"}
FITS = {Fit.RIGHT: "引用正确", Fit.WRONG: "引用有误", Fit.OUTSIDE: "资料库未收"}
HEADER = ("建议", "分值", "得分点", "作答里的话", "引用")


def rows(proposal: Proposal, answer: str) -> list[tuple[str, str, str, str, str]]:
    """:returns: One row for each point, as `HEADER` says, in plain text on one line."""
    return [
        (
            STANDINGS[p.standing],
            f"{p.earned:g}/{p.point.weight}",
            p.point.text,
            _words(p, answer) or "—",
            "；".join(f"{c.mention.reference}（{_fit(c)}）" for c in p.citations) or "—",
        )
        for p in proposal.points
    ]


def summary(proposal: Proposal) -> str:
    """:returns: The proposed score in one Chinese line."""
    return f"建议得分 {proposal.score * 100:g} 分（满分 100）；这是程序的建议，由评委确认或修改"


def as_json(proposal: Proposal, answer: str) -> dict[str, Any]:
    """:returns: The documented JSON of a proposal; places are characters of the answer."""
    return {
        "score": proposal.score,
        "points": [
            {
                "text": p.point.text,
                "weight": p.point.weight,
                "standing": p.standing.value,
                "earned": p.earned,
                "words": [_span(span, answer) for span in p.words],
                "against": [_span(span, answer) for span in p.against],
                "references": [_citation(c) for c in p.citations],
            }
            for p in proposal.points
        ],
    }


def _words(proposal: PointProposal, answer: str) -> str:
    shown = [_printable(answer[s.start : s.end]) for s in proposal.words]
    shown += [f"说反了：{_printable(answer[s.start : s.end])}" for s in proposal.against]
    return " / ".join(shown)


def _printable(text: str) -> str:
    """Without characters that would steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _fit(citation: Citation) -> str:
    return FITS[citation.fit] + (f"：{citation.note}" if citation.note else "")


def _span(span: Span, answer: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": answer[span.start : span.end]}


def _citation(citation: Citation) -> dict[str, Any]:
    mention = citation.mention
    return {
        "start": mention.start,
        "end": mention.end,
        "ref": str(mention.reference),
        "fit": citation.fit.value,
        "note": citation.note,
    }
