"""The thread or the pair that an address names."""

from django.shortcuts import get_object_or_404

from frontend.http import Request
from thinkpair.models import Pair, Thread


def thread_for(request: Request, pk: int) -> Thread:
    visible = Thread.objects.visible_to(request.user).select_related("group", "author__school")
    return get_object_or_404(visible, pk=pk)


def pair_for(request: Request, pk: int) -> Pair:
    found = Pair.objects.visible_to(request.user).with_thoughts().prefetch_related("seats__person")
    return get_object_or_404(found.select_related("card__edited_by"), pk=pk)
