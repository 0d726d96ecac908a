"""What the demonstration needs to look at promoters: invented budgets, and who was answered.

Small organisations ask more often than they are answered; large ones the other way round. The draws
are apart from the others, so that the rest of the demonstration does not move.
"""

from collections import defaultdict
from collections.abc import Sequence
from random import Random

from jonction.governance.models import Organisation
from jonction.support.models import Mandate, Need

# out of ten organisations: the budgets between which theirs is drawn, in thousands; None: not said
BUDGETS = [
    (18, 60), (110, 300), (25, 95), (40, 90), None, (30, 99), (150, 480), (520, 1900), (20, 45),
    (60, 98),
]  # fmt: skip
SMALL, MEDIUM, LARGE, UNSAID = 0, 1, 7, 4  # ranks of these, among ten
# for whom the needs that somebody carries were asked, then those that still wait
ANSWERED = [LARGE, MEDIUM, LARGE, SMALL, MEDIUM, LARGE]
WAITING = [SMALL, SMALL, MEDIUM, SMALL, UNSAID, SMALL, LARGE, None]


def say_budgets(organisations: Sequence[Organisation]) -> None:
    draw = Random(12)  # noqa: S311 - it draws a demonstration, not a secret
    for rank, organisation in enumerate(organisations):
        between = BUDGETS[rank % len(BUDGETS)]
        organisation.annual_budget = between and draw.randrange(*between) * 1000
    Organisation.objects.bulk_update(organisations, ["annual_budget"])


def ask_for_organisations(needs: Sequence[Need], organisations: Sequence[Organisation]) -> None:
    """Have most of the needs asked for an organisation, and let some mandates carry those met."""
    _carry_those_met(needs)
    rows = Need.objects.filter(pk__in=[need.pk for need in needs], organisation=None)
    ranks: defaultdict[bool, int] = defaultdict(int)
    asked = []
    carried = set(Mandate.objects.filter(need__in=rows).values_list("need", flat=True))
    for need in rows.order_by("pk"):
        is_carried = need.pk in carried
        sizes = ANSWERED if is_carried else WAITING
        rank = ranks[is_carried]
        ranks[is_carried] += 1
        size = sizes[rank % len(sizes)]
        if size is not None:
            # a ten of its own: few organisations ask twice
            need.organisation = organisations[10 + (10 * rank) % 100 + size]
            asked.append(need)
    Need.objects.bulk_update(asked, ["organisation"])


def _carry_those_met(needs: Sequence[Need]) -> None:
    free = Mandate.objects.filter(need=None, status=Mandate.Status.ACTIVE).order_by("pk")
    by_process = {mandate.process_id: mandate for mandate in free}
    for need in needs:
        mandate = by_process.pop(need.process_id, None) if need.status == Need.Status.MET else None
        if mandate:
            mandate.need = need
            mandate.save(update_fields=["need"])
