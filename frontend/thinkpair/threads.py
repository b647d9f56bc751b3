"""The list of discussions."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from frontend.http import Request, number_in, show
from frontend.paging import page_of
from frontend.sharing.finding import asked_group
from frontend.shell import shell_of
from groups.models import Group
from groups.rules import board_groups_of
from thinkpair.models import Thread


@require_safe
def threads(request: Request) -> HttpResponse:
    found = Thread.objects.visible_to(request.user).with_own_part(request.user)
    found = found.select_related("group")
    phase, cycle = request.GET.get("phase", ""), number_in(request.GET, "cycle")
    groups = shell_of(request).groups
    group = asked_group(request, groups)
    if group:
        found = found.filter(group=group)
    if phase in Thread.Phase:
        found = found.filter(phase=phase)
    if cycle is not None:
        found = found.filter(cycle=cycle)
    context = {
        "page": page_of(found, request, by=("-pk",)),
        "phases": Thread.Phase.choices,
        "phase": phase,
        "groups": groups,
        "group": group,
    }
    board = Group.objects.visible_to(request.user).filter(pk__in=board_groups_of(request.user))
    context["board_groups"] = board
    return show(request, "thinkpair/threads.html", context, part="rows")
