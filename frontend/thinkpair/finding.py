"""The thread or the pair that an address names."""

from django.shortcuts import get_object_or_404

from frontend.http import Request
from thinkpair.models import Pair, Thread


def thread_for(request: Request, pk: int) -> Thread:
    visible = Thread.objects.visible_to(request.user).select_related("group", "author__school")
    return get_object_or_404(visible, pk=pk)


def pair_for(request: Request, pk: int) -> Pair:
    return get_object_or_404(Pair.objects.visible_to(request.user).with_thoughts(), pk=pk)
