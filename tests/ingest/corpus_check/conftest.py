"""A small world of laws and a folder written line by line."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.corpus_check.context import Context
from ingest.corpus_check.finding import Finding
from ingest.corpus_check.folder import read_folder
from ingest.corpus_check.statutes import Statutes
from kb.documents import NATIONWIDE, Document, Kind, Origin, Passage, Role
from kb.references.canonical import article_label, provision_ref
from kb.references.law_names import law_names

TODAY = date(2026, 11, 22)
TOPICS = "topics:\n  - {name: 换届, slug: huanjie}\n  - {name: 养犬, slug: yangquan}\n"

Check = Callable[[Context], Iterator[Finding]]
Checker = Callable[..., list[tuple[str, int, str]]]


def make_law(
    name: str,
    *articles: str,
    region: str = NATIONWIDE,
    since: date = date(2020, 1, 1),
    version: date = date(2020, 1, 1),
    digest: bool = False,
    repeals: tuple[str, ...] = (),
) -> Document:
    """:returns: A law with its articles numbered from 1."""
    passages = tuple(
        Passage(article_label(n), text, role=Role.PROVISION, ref=provision_ref(name, n))
        for n, text in enumerate(articles, start=1)
    )
    return Document(
        f"{name}@{version}{digest}", Kind.REGULATION, name, passages, name, region=region, version_date=version,
        effective_from=since, origin=Origin.DIGEST if digest else Origin.OFFICIAL, repeals=repeals,
    )  # fmt: skip


LAWS = (
    make_law("测试法", "三十日内由街道组建。\n应当公告十五日。\n（一）名单；\n（二）职责。", "罚款五百元以上一千元以下；三分之二以上参与。"),
    make_law("新法", "本法施行。", repeals=("旧法律",), version=date(2026, 1, 1), since=date(2026, 8, 15)),
    make_law("旧法律", "老规定。", version=date(2010, 1, 1), since=date(2010, 1, 1)),
    make_law("未来法", "以后再说。", since=date(2027, 1, 1)),
    make_law("上海市养狗条例", "一户一只。", region="上海"),
    make_law("北京市养狗条例", "一户一只。", region="北京"),
    make_law("要点条例", "只有要点。", digest=True),
)  # fmt: skip


@pytest.fixture
def checked(tmp_path: Path) -> Checker:
    """
    Write files into a folder, run one check over it, and give (file, line, message) of each finding.

    ``shipped`` and ``texts`` hold the files of the shipped corpus and of other people's texts.
    """

    def run(
        check: Check,
        files: dict[str, str],
        *,
        shipped: dict[str, str] | None = None,
        texts: dict[str, str] | None = None,
        laws: tuple[Document, ...] = LAWS,
    ) -> list[tuple[str, int, str]]:
        roots = {}
        for name, content in (("ours", files), ("shipped", shipped), ("texts", texts)):
            roots[name] = tmp_path / name
            for path, text in (
                {"topics.yaml": TOPICS} | content if name == "ours" and content else content or {}
            ).items():
                target = roots[name] / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        folder = read_folder(roots["ours"])
        background = folder if shipped is None else read_folder(roots["shipped"])
        their = () if texts is None else (roots["texts"],)
        statutes = Statutes(laws, their)
        names = law_names([("俗名法典", ("俗法",)), *((title, ()) for title in statutes.titles())])
        context = Context(folder, background, statutes, names, TODAY, their)
        return [(f.path, f.line, f.message) for f in check(context)]

    return run
