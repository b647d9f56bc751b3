"""The follow-up that a guru model commits to."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.http import Request, refusals_shown_on
from frontend.reinforcement.finding import session_for
from frontend.widgets import DateInput
from reinforcement import rules, services
from reinforcement.models import Feedback, FollowUp, Reflection
from sessions.models import ModelSession


class PromiseForm(forms.ModelForm):
    class Meta:
        model = FollowUp
        fields = ["commitment", "due_on"]
        widgets = {"due_on": DateInput}
        labels = {"due_on": _("Paling lambat dicoba")}


class ResultForm(forms.ModelForm):
    result = forms.CharField(label=_("Hasilnya"), max_length=1000, widget=forms.Textarea)

    class Meta:
        model = FollowUp
        fields = ["result"]


@require_http_methods(["GET", "POST"])
def promise(request: Request, pk: int) -> HttpResponse:
    session = session_for(request, pk)
    follow_ups = FollowUp.objects.visible_to(request.user).filter(session=session)
    if request.method == "GET" and (follow_up := follow_ups.with_session().first()):
        return _show_follow_up(request, follow_up)
    rules.may_promise.require(request.user, session)
    in_two_weeks = timezone.localdate() + timedelta(days=14)
    form = PromiseForm(request.POST or None, initial={"due_on": in_two_weeks})
    form.fields["due_on"].widget.attrs["min"] = timezone.localdate().isoformat()
    if form.is_valid():
        with refusals_shown_on(form):
            services.promise_follow_up(session, by=request.user, **form.cleaned_data)
            messages.success(request, _("Tindak lanjut tersimpan. Selamat mencoba!"))
            return redirect("promise", pk)
    context = {"session": session, "form": form, **_what_colleagues_say(request, session)}
    status = 422 if form.errors else 200
    return render(request, "reinforcement/promise.html", context, status=status)


@require_POST
def complete_follow_up(request: Request, pk: int) -> HttpResponse:
    visible = FollowUp.objects.visible_to(request.user).with_session()
    follow_up = get_object_or_404(visible, pk=pk)
    form = ResultForm(request.POST, instance=follow_up)
    if form.is_valid():
        with refusals_shown_on(form):
            result = form.cleaned_data["result"]
            services.complete_follow_up(follow_up, by=request.user, result=result)
            messages.success(request, _("Tindak lanjut selesai. Hasilnya tersimpan."))
            return redirect("promise", follow_up.session_id)
    return _show_follow_up(request, follow_up, form)


def _show_follow_up(
    request: Request, follow_up: FollowUp, form: ResultForm | None = None
) -> HttpResponse:
    session = follow_up.session
    context: dict[str, Any] = {"session": session, "follow_up": follow_up}
    if session.teacher_id == request.user.pk:
        context |= _what_colleagues_say(request, session)
        if follow_up.is_open:
            context["result_form"] = form or ResultForm(instance=follow_up)
    return render(request, "reinforcement/promise.html", context, status=422 if form else 200)


def _what_colleagues_say(request: Request, session: ModelSession) -> dict[str, Any]:
    """All that the guru model may read of a session's feedback, beside her own reflection."""
    given = Feedback.objects.visible_to(request.user).given().filter(session=session)
    return {
        "given": list(given.select_related("author").order_by("given_at")),
        "reflection": Reflection.objects.visible_to(request.user).filter(session=session).first(),
    }
