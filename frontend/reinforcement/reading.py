"""Reading one feedback, thanking for it and sharing it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from frontend.http import Request, refusals_shown_on
from frontend.reinforcement.finding import PersonField, feedback_for
from reinforcement import queries, rules, services
from reinforcement.models import Feedback, PrivateNote


class ThanksForm(forms.ModelForm):
    class Meta:
        model = Feedback
        fields = ["thanks"]
        labels = {"thanks": _("Ucapan terima kasih")}


class ShareForm(forms.Form):
    reader = PersonField(
        User.objects.none(), label=_("Bagikan kepada"), empty_label=_("Pilih seorang")
    )

    def __init__(self, *args: Any, feedback: Feedback, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reader"]
        field.queryset = queries.possible_readers(feedback)  # type: ignore[attr-defined]


@require_safe
def feedback(request: Request, pk: int) -> HttpResponse:
    feedback = feedback_for(request, pk)
    if not feedback.given_at:
        return redirect("give-feedback", feedback.session_id)
    return _show_feedback(request, feedback)


@require_POST
def thank(request: Request, pk: int) -> HttpResponse:
    feedback = feedback_for(request, pk)
    form = ThanksForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            text = form.cleaned_data["thanks"]
            services.thank_for_feedback(feedback, by=request.user, text=text)
            messages.success(request, _("Terima kasih Bapak/Ibu sudah disampaikan."))
            return redirect(feedback)
    return _show_feedback(request, feedback, thanks_form=form)


@require_POST
def share_feedback(request: Request, pk: int) -> HttpResponse:
    feedback = feedback_for(request, pk)
    rules.may_share_feedback.require(request.user, feedback)
    form = ShareForm(request.POST, feedback=feedback)
    if form.is_valid():
        with refusals_shown_on(form):
            reader = form.cleaned_data["reader"]
            services.share_feedback(feedback, by=request.user, reader=reader)
            words = _("%(reader)s kini dapat membaca umpan balik ini.") % {"reader": reader}
            messages.success(request, words)
            return redirect(feedback)
    return _show_feedback(request, feedback, share_form=form)


@require_POST
def unshare_feedback(request: Request, pk: int, reader: int) -> HttpResponse:
    feedback = feedback_for(request, pk)
    shared = feedback.shares.filter(reader=reader).values("reader")
    person = get_object_or_404(User.objects.visible_to(request.user), pk__in=shared)
    services.unshare_feedback(feedback, by=request.user, reader=person)
    words = _("%(reader)s tidak lagi membaca umpan balik ini.") % {"reader": person}
    messages.success(request, words)
    return redirect(feedback)


def _show_feedback(
    request: Request,
    feedback: Feedback,
    *,
    thanks_form: ThanksForm | None = None,
    share_form: ShareForm | None = None,
) -> HttpResponse:
    """Show a feedback; with a form of the guru model that was refused, show what is wrong."""
    is_teacher = feedback.session.teacher_id == request.user.pk
    notes = PrivateNote.objects.visible_to(request.user).filter(feedback=feedback)
    context: dict[str, Any] = {
        "feedback": feedback,
        "session": feedback.session,
        "note": notes.first(),
        "is_teacher": is_teacher,
        "is_author": feedback.author_id == request.user.pk,
        "is_open": feedback.session.is_open_to_teacher(timezone.now()),
    }
    if is_teacher:
        context["thanks_form"] = thanks_form or ThanksForm()
        context["share_form"] = share_form or ShareForm(feedback=feedback)
        context["shares"] = feedback.shares.select_related("reader").order_by("pk")
    status = 422 if thanks_form or share_form else 200
    return render(request, "reinforcement/feedback.html", context, status=status)
