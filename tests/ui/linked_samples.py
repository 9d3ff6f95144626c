"""A law in two versions, a case and a procedure that rest on it, and a question that tests it."""

from dataclasses import replace
from datetime import date

from kb.bank.question import TrueFalse
from kb.documents import Document, Kind, Level, Origin, Passage, Role
from kb.progress import SilentProgress
from tests.ui.library_samples import HOSTILE
from ui.services import Services

LAW = "某市物业条例"


def _provision(label: str, text: str, law: str = LAW) -> Passage:
    return Passage(label, text, ("第一章 总则",), Role.PROVISION, law + label)


OLD = Document(
    id="wuye-2010", kind=Kind.REGULATION, title=LAW, short_title=LAW, level=Level.LOCAL_REGULATION, region="上海",
    version_date=date(2010, 5, 1), effective_from=date(2010, 10, 1), source="测试资料",
    passages=(
        _provision("第一条", "业主大会会议应当公示五日。"),
        _provision("第二条", "违反本条例第一条的，责令改正。"),
        _provision("第三条", "依照民法典第二百七十八条办理。"),
    ),
)  # fmt: skip
NEW = replace(
    OLD, id="wuye-2020", version_date=date(2020, 5, 1), effective_from=date(2020, 10, 1),
    passages=(_provision("第一条", "业主大会会议应当公示七日。"), *OLD.passages[1:]),
)  # fmt: skip
GIST = replace(
    NEW, id="wuye-gist", title=f"{LAW}（要点）", origin=Origin.DIGEST,
    passages=(_provision("第二条", "违反第一条要改正。"),),
)  # fmt: skip
CASE = Document(
    id="case-gongshi", kind=Kind.CASE, title="公示不够天数", origin=Origin.REAL, facts_date=date(2016, 3, 1),
    passages=(
        Passage("情景", "业主大会会议只公示了三天，业主说程序不对。"),
        Passage("依据", f"- {LAW}第一条：公示。\n- 民法典第二百七十八条第二款\n- 某省办法第九条", ("依据",)),
        Passage("启示", f"{LAW}第一条记牢。"),
    ),
)  # fmt: skip
HOSTILE_CASE = replace(
    CASE, id="case-hostile-basis", title=f"坏{HOSTILE}", facts_date=None,
    passages=(Passage(f"依据{HOSTILE}", f"《坏{HOSTILE[:30]}条例》第三条；{LAW}第一条"),),
)  # fmt: skip
PROCEDURE = Document(
    id="procedure-gongshi", kind=Kind.PROCEDURE, title="开业主大会", origin=Origin.DIGEST,
    passages=(Passage("步骤一", f"公示。依据：{LAW}第一条至第三条"),),
)  # fmt: skip
COMPARISON = Document(
    id="reg-duizhao", kind=Kind.REGULATION, title="新旧对照：公示", short_title="新旧对照：公示", origin=Origin.DIGEST,
    passages=(Passage("要点", f"{LAW}第一条改过。"),),
)  # fmt: skip
QUESTION = TrueFalse(
    id="q-gongshi-1", type="truefalse", topic="换届", difficulty=1, region="全国", department="自治办",
    status="active", stem="公示要<b>七日</b>。", explanation="见条例。", refs=[f"{LAW}第一条"], answer=True,
)  # fmt: skip


def add_linked(services: Services) -> None:
    """Save everything above, read its references, and put the question into the bank; the index stays."""
    for document in (OLD, NEW, GIST, CASE, HOSTILE_CASE, PROCEDURE, COMPARISON):
        services.library.save_file([document], origin_path=document.id, origin_hash="")
    services.links = type(services.links)(services.library, lambda: {f"{LAW}第一条": [QUESTION]})
    services.refresh_citations(SilentProgress())
