"""The board moves a discussion on."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from frontend.http import Request
from frontend.thinkpair.finding import thread_for
from frontend.times import moment
from thinkpair import services
from thinkpair.models import Thread

type Move = Callable[[Thread, User], Thread]


@require_POST
def end_thinking(request: Request, pk: int) -> HttpResponse:
    return _move(request, pk, lambda thread, by: services.end_thinking(thread, by=by))


@require_POST
def begin_sharing(request: Request, pk: int) -> HttpResponse:
    return _move(request, pk, lambda thread, by: services.begin_sharing(thread, by=by))


@require_POST
def add_time(request: Request, pk: int) -> HttpResponse:
    thread = services.add_time(thread_for(request, pk), by=request.user)
    messages.success(request, _("Waktunya ditambah."))
    return redirect(thread)


def _move(request: Request, pk: int, move: Move) -> HttpResponse:
    thread = move(thread_for(request, pk), request.user)
    messages.success(request, said_of_move(thread))
    return redirect(thread)


def said_of_move(thread: Thread) -> str:
    """What became of a thread that was moved on."""
    until = _("Jawaban belum cukup untuk dipasangkan. Waktu berpikir berlanjut sampai %(until)s.")
    return {
        Thread.Phase.THINK: until % {"until": moment(thread.think_ends_at)},
        Thread.Phase.CLOSED: _("Jawaban tidak cukup untuk dipasangkan, jadi diskusi ini ditutup."),
        Thread.Phase.ARRANGE: _("Pasangan sudah disusun. Periksa, lalu buka ruangnya."),
        Thread.Phase.PAIR: _("Ruang pasangan terbuka. Setiap pasangan diberi tahu."),
    }.get(Thread.Phase(thread.phase), _("Sekarang hasil dibagikan ke kelompok."))
