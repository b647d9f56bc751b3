"""Who cannot take part after all, and the talk of a pair that one left."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from frontend.http import Request, number_in, show
from frontend.paging import page_of
from frontend.thinkpair.finding import thread_for
from groups.rules import may_run_group
from thinkpair import rules, services
from thinkpair.models import Card, Message, PastSeat, Thread

MESSAGES_AT_ONCE = 50


class PersonForm(forms.Form):
    """One of the thread's group, by name."""

    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Anggota"), empty_label=_("Pilih nama")
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people


def absences(request: Request, thread: Thread) -> dict[str, Any]:
    """What a thread's page says of absences: one's own, and to the board everybody's."""
    user = request.user
    context: dict[str, Any] = {"past_seats": _past_seats(user, thread)}
    if thread.phase in (Thread.Phase.SHARE, Thread.Phase.CLOSED):
        return context
    context["is_absent"] = thread.absences.filter(person=user).exists()
    context["may_be_absent"] = rules.may_mark_absent(user, thread, user)
    if may_run_group(user, thread.group):
        absent = thread.absences.select_related("person").order_by("person__name", "pk")
        context["absent"] = [absence.person for absence in absent]
        context["absent_form"] = PersonForm(people=_members(user, thread))
    return context


@require_POST
def mark_absent(request: Request, pk: int) -> HttpResponse:
    thread = thread_for(request, pk)
    person = _person(request, thread)
    services.mark_absent(thread, by=request.user, person=person)
    messages.success(request, _("Dicatat berhalangan. Pasangannya dicarikan teman bicara lain."))
    return redirect(thread)


@require_POST
def end_absence(request: Request, pk: int) -> HttpResponse:
    thread = thread_for(request, pk)
    person = _person(request, thread)
    services.end_absence(thread, by=request.user, person=person)
    messages.success(request, _("Ikut lagi dalam diskusi ini."))
    return redirect(thread)


@require_safe
def past_talk(request: Request, pk: int) -> HttpResponse:
    """Read what was said in a pair until one left it."""
    own = PastSeat.objects.visible_to(request.user).select_related("pair__thread")
    seat = get_object_or_404(own, pair=pk)
    said = Message.objects.visible_to(request.user).filter(pair=pk).select_related("author")
    said = said.prefetch_related("files")
    card = Card.objects.visible_to(request.user).filter(pair=pk).first()
    page = page_of(said, request, by=("pk",), size=MESSAGES_AT_ONCE)
    context = {"thread": seat.pair.thread, "seat": seat, "page": page, "card": card}
    return show(request, "thinkpair/past_talk.html", context, part="rows")


def _person(request: Request, thread: Thread) -> User:
    """The one that the form names, else who sends it."""
    if not request.POST.get("person"):
        return request.user
    return get_object_or_404(_members(request.user, thread), pk=number_in(request.POST, "person"))


def _members(user: User, thread: Thread) -> QuerySet[User]:
    """Those who take part, and who sits in a pair although she does not any more."""
    people = Q(pk__in=thread.takes_part().values("pk")) | Q(pk__in=thread.seated())
    return User.objects.visible_to(user).filter(people).order_by("name", "pk")


def _past_seats(user: User, thread: Thread) -> list[PastSeat]:
    return list(PastSeat.objects.visible_to(user).filter(pair__thread=thread).order_by("pk"))
