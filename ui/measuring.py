"""One evaluation over the saved judgements, kept among the library's runs."""

from kb.errors import InputError
from kb.progress import Progress
from retrieval.evaluate import Evaluation, Outcome, summary
from retrieval.gold import gold_set, run_gold
from retrieval.guard import figures, setup_label, usual_filter
from retrieval.index.serving import Serving
from retrieval.query import Leg
from ui.services import Services


def evaluate_gold(services: Services, progress: Progress) -> tuple[Evaluation, list[Outcome]]:
    """
    Measure the index in use, and keep the figures.

    :returns: The means, and what every question found.
    :raises InputError: If no hit was judged right yet.
    :raises IndexDamaged: If there is no usable index.
    """
    gold = gold_set(services.library)
    if not gold.queries:
        raise InputError("还没有标注", remedy="请先到“命中测试”页给结果标对、标错")
    found = run_gold(services.searcher, gold, usual_filter(services.library, services.settings), progress)
    means = summary(found, services.library.references(), list(Leg))
    served = Serving(services.keeper.generation(), services.keeper.serving_settings())
    services.library.evaluations.add(gold.fingerprint, gold.queries, setup_label(served), figures(means))
    return means, found
