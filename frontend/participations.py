"""Pages about the people of a session: answering, inviting and attendance."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from frontend.http import Request, go, refusals_shown_on
from frontend.sessions import session_page
from sessions import rules, services
from sessions.models import ModelSession, Participation

FOUND_AT_MOST = 12


class AnswerForm(forms.Form):
    answer = forms.CharField(required=False)
    reason = forms.CharField(max_length=200, required=False)


class InviteForm(forms.Form):
    """Each person found is a form of their own: what is against it stands on top of the page."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Orang"), widget=forms.HiddenInput)
    role = forms.ChoiceField(
        label=_("Peran"), choices=Participation.Role.choices, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.visible_to(by)  # type: ignore[attr-defined]


@require_POST
def answer_invitation(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    own = Participation.objects.visible_to(request.user).filter(user=request.user)
    part = get_object_or_404(own, session=session)
    form = AnswerForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.answer_invitation(part, by=request.user, **form.cleaned_data)
            if not request.htmx:
                return go(request, f"{session.get_absolute_url()}#answer")
    context = session_page(request, pk) | {"answer_errors": form.errors.values()}
    status = 422 if form.errors else 200
    return render(request, "sessions/_session.html#answer", context, status=status)


@require_http_methods(["GET", "POST"])
def invite_person(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    rules.may_invite.require(request.user, session)
    form = InviteForm(request.POST or None, by=request.user)
    if form.is_valid():
        with refusals_shown_on(form):
            part = services.invite(session, by=request.user, **form.cleaned_data)
            words = _("%(name)s diundang sebagai %(role)s.")
            role = part.get_role_display().lower()
            messages.success(request, words % {"name": part.user, "role": role})
            return go(request, "invite-person", pk)
    sought = request.GET.get("q", "").strip()
    context = {
        "session": session,
        "form": form,
        "sought": sought,
        "found": _people_named(request.user, sought, session),
        "people": _people(request.user, session),
    }
    status = 422 if form.errors else 200
    return render(request, "sessions/invite.html", context, status=status)


def _people_named(user: User, name: str, session: ModelSession) -> list[User]:
    """People whose name or school has those letters, but for the guru model."""
    if len(name) < 2:  # noqa: PLR2004 -- one letter finds everyone
        return []
    named = Q(name__icontains=name) | Q(school__name__icontains=name)
    found = User.objects.visible_to(user).filter(named)
    if session.teacher_id:
        found = found.exclude(pk=session.teacher_id)
    return list(found.select_related("school").order_by("name", "pk")[:FOUND_AT_MOST])


def _people(user: User, session: ModelSession) -> list[Participation]:
    found = Participation.objects.visible_to(user).filter(session=session)
    return list(found.select_related("user__school").order_by("user__name", "pk"))


def _session(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user).select_related("group", "teacher")
    return get_object_or_404(found, pk=pk)
