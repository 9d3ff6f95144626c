"""A library small enough to know by heart: what the pages are tried on."""

from datetime import date

from kb.documents import Document, Kind, Level, Origin, Passage, Role

HOSTILE = '<script>window.hacked=1</script> **粗体** ${window.hacked=2} {{value}} <img src=x onerror="hacked=3">\u202e反向'


def _provision(law: str, label: str, text: str, *path: str) -> Passage:
    return Passage(label, text, path, Role.PROVISION, law + label)


def _section(label: str, text: str) -> Passage:
    return Passage(label, text, (label,))


CIVIL_CODE = Document(
    id="law-minfadian", kind=Kind.REGULATION, title="中华人民共和国民法典", short_title="民法典",
    level=Level.LAW, issuer="全国人民代表大会", version_date=date(2020, 5, 28), topics=("维修资金", "物业费"),
    effective_from=date(2021, 1, 1), source="测试资料",
    passages=(
        _provision("民法典", "第二百七十八条", "下列事项由业主共同决定：\n（五）使用建筑物及其附属设施的维修资金；\n"
                   "决定前款规定的事项，应当由专有部分面积占比三分之二以上的业主参与表决。",
                   "第二编 物权", "第六章 业主的建筑物区分所有权"),
        _provision("民法典", "第二百九十六条", "不动产权利人因用水、排水利用相邻不动产的，应当尽量避免造成损害。",
                   "第二编 物权", "第七章 相邻关系"),
        _provision("民法典", "第九百四十六条", "业主共同决定解聘物业服务人的，应当提前六十日书面通知物业服务人。",
                   "第三编 合同", "第二十四章 物业服务合同"),
        _provision("民法典", "第九百四十七条", "物业服务人不同意续聘的，应当提前九十日书面通知业主或者业主委员会。",
                   "第三编 合同", "第二十四章 物业服务合同"),
    ),
)  # fmt: skip
DIGEST = Document(
    id="reg-minfadian", kind=Kind.REGULATION, title="民法典（要点）", short_title="民法典", level=Level.LAW,
    origin=Origin.DIGEST, version_date=date(2020, 5, 28), effective_from=date(2021, 1, 1),
    topics=("维修资金",), source="自编",
    passages=(_provision("民法典", "第二百七十八条", "动维修资金要业主投票，三分之二参加、过半同意。"),),
)  # fmt: skip
OLD_LAW = Document(
    id="law-wuquan", kind=Kind.REGULATION, title="中华人民共和国物权法", short_title="物权法", level=Level.LAW,
    version_date=date(2007, 3, 16), effective_from=date(2007, 10, 1), effective_to=date(2021, 1, 1),
    source="测试资料",
    passages=(_provision("物权法", "第七十六条", "下列事项由业主共同决定：筹集和使用维修资金。"),),
)  # fmt: skip
LOCAL_RULE = Document(
    id="reg-shanghai", kind=Kind.REGULATION, title="上海市住宅物业管理规定", short_title="上海市住宅物业管理规定",
    level=Level.LOCAL_REGULATION, region="上海", version_date=date(2022, 10, 28), topics=("维修资金",),
    effective_from=date(2023, 1, 1), source="测试资料",
    passages=(_provision("上海市住宅物业管理规定", "第六十条", "维修资金归集、使用应当公开，接受业主监督。"),),
)  # fmt: skip
OTHER_PLACE = Document(
    id="reg-zhejiang", kind=Kind.REGULATION, title="浙江省物业管理条例", short_title="浙江省物业管理条例",
    level=Level.LOCAL_REGULATION, region="浙江", version_date=date(2022, 3, 1), effective_from=date(2022, 3, 1),
    passages=(_provision("浙江省物业管理条例", "第三十条", "维修资金使用由业主大会决定。"),),
)  # fmt: skip
CASES = tuple(
    Document(
        id=f"case-{number:02}", kind=Kind.CASE, title=f"楼道堆物第{number}案", origin=Origin.TEACHING,
        topics=("楼道堆物",), place=f"第{number}小区", source="自编",
        passages=(
            _section("情景", f"第{number}小区楼道堆物屡清屡堆，消防通道被占，书记上门三次。"),
            _section("处置步骤", "先约谈，再联合物业清理，张贴公告，回访。" * number),
        ),
    )
    for number in range(1, 14)
)  # fmt: skip
HOSTILE_CASE = Document(
    id="case-hostile", kind=Kind.CASE, title=f"注入案{HOSTILE}", origin=Origin.TEACHING, source=HOSTILE,
    passages=(_section(f"情景{HOSTILE}", f"注入测试。{HOSTILE}"),),
)  # fmt: skip
BULLETIN = Document(
    id="bulletin-dongshan", kind=Kind.BULLETIN, title="清理楼道的一次协商", origin=Origin.REAL, region="湖南",
    published=date(2021, 11, 29), place="湖南长沙", source="媒体报道", topics=("楼道堆物",),
    passages=(_section("怎么办", "楼道堆物靠协商，居民代表、物业和社区坐在一起定规矩。"),),
)  # fmt: skip
PROCEDURE = Document(
    id="procedure-weixiu", kind=Kind.PROCEDURE, title="动用维修资金", origin=Origin.DIGEST, region="上海",
    topics=("维修资金",),
    passages=(_section("步骤一 提出方案", "物业提出维修方案和预算，业委会公示。维修资金使用先公示。"),),
)  # fmt: skip

LIBRARY = (
    CIVIL_CODE, DIGEST, OLD_LAW, LOCAL_RULE, OTHER_PLACE, *CASES, HOSTILE_CASE, BULLETIN, PROCEDURE
)  # fmt: skip
