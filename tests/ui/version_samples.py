"""A rule in three versions, numbered anew in the last one: what time and comparison are tried on."""

from dataclasses import replace
from datetime import date

from kb.documents import Document, Kind, Level, Origin, Passage, Role
from tests.ui.library_samples import HOSTILE

NOISE = "制造噪声干扰他人正常生活的，处警告；警告后不改正的，处二百元以上五百元以下罚款。"
DOGS = "饲养动物，干扰他人正常生活的，处警告；放任动物恐吓他人的，处二百元以上五百元以下罚款。"
RENT = "房屋出租人不按规定登记承租人身份证件的，处二百元以上五百元以下罚款。"
GONE = "屡教不改的，可以按照国家规定采取强制性教育措施。"
DRONES = "违反飞行空域管理规定，飞行民用无人驾驶航空器的，处五日以上十日以下拘留。"


def _law(id: str, passed: date, starts: date, *texts: str) -> Document:
    passages = tuple(
        Passage(f"第{'一二三四五六'[n]}条", text, ("第一章 行为和处罚",), Role.PROVISION, f"安宁法第{'一二三四五六'[n]}条")
        for n, text in enumerate(texts)
    )  # fmt: skip
    return Document(
        id=id, kind=Kind.REGULATION, title="中华人民共和国安宁法", short_title="安宁法", level=Level.LAW,
        version_date=passed, effective_from=starts, passages=passages,
    )  # fmt: skip


OLD = _law("安宁法@2006", date(2006, 1, 1), date(2006, 3, 1), RENT, NOISE, DOGS, GONE)
MIDDLE = _law("安宁法@2012", date(2012, 10, 26), date(2013, 1, 1), RENT, NOISE, DOGS, GONE)
NEW = _law(
    "安宁法", date(2025, 6, 27), date(2026, 1, 1),
    DRONES, RENT, NOISE.replace("五百元", "一千元"), DOGS.replace("二百元以上五百元", "一千元"),
)  # fmt: skip
DIGEST = replace(
    NEW, id="安宁法要点", title="安宁法（要点）", origin=Origin.DIGEST,
    passages=(replace(NEW.passages[3], text="狗吓人最高罚一千元。"),),
)  # fmt: skip
VERSIONS = (OLD, MIDDLE, NEW, DIGEST)
HOSTILE_OLD = replace(
    OLD, id='敌"><b>旧', title=HOSTILE, short_title=HOSTILE, part="", version_date=date(2001, 1, 1),
    passages=(Passage(HOSTILE, HOSTILE, (HOSTILE,), Role.PROVISION), Passage("", f"{HOSTILE}甲。")),
)  # fmt: skip
HOSTILE_NEW = replace(
    HOSTILE_OLD, id='敌"><b>新', version_date=date(2020, 1, 1),
    passages=(Passage(HOSTILE, f"{HOSTILE}又{HOSTILE}", (HOSTILE,), Role.PROVISION),),
)  # fmt: skip
