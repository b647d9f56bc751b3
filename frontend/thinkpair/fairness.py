"""Whether everybody gets a turn in a group's discussions, for its board."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frontend.http import Request
from groups.models import Group
from groups.rules import may_read_turnout
from thinkpair.queries.fairness import fairness_of

# A page must stay light; the API has all names.
MOST_NAMES = 30


@require_safe
def fairness(request: Request, pk: int) -> HttpResponse:
    """Show in how many of the latest rounds each member took part, and whom nobody met yet."""
    group = get_object_or_404(Group.objects.visible_to(request.user), pk=pk)
    may_read_turnout.require(request.user, group)
    found = fairness_of(group)
    shares = [
        {"share": share, "unmet": share.unmet[:MOST_NAMES], "more": len(share.unmet[MOST_NAMES:])}
        for share in found.shares
    ]
    context = {"group": group, "rounds": found.rounds, "shares": shares}
    return render(request, "thinkpair/fairness.html", context)
