"""The follow-up that a guru model commits to, and how it ends."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.http import Request, refusals_shown_on
from frontend.reinforcement.finding import session_for
from frontend.reinforcement.voices import parts_for
from frontend.thinkpair.becoming import card_asked, words_for_promise
from frontend.widgets import DateInput
from reinforcement import rules, services
from reinforcement.models import Feedback, FollowUp, Reflection
from sessions.models import ModelSession
from thinkpair.services import carry_to_follow_up


class PromiseForm(forms.ModelForm):
    """One change: what, by when, with whose help, and how she will see that it worked."""

    class Meta:
        model = FollowUp
        fields = ["commitment", "due_on", "evidence", "support"]
        widgets = {
            "commitment": forms.Textarea({"rows": 4}),
            "due_on": DateInput,
            "evidence": forms.Textarea({"rows": 2}),
            "support": forms.Textarea({"rows": 2}),
        }
        labels = {
            "due_on": _("Paling lambat dicoba"),
            "evidence": _("Bagaimana saya tahu bahwa berhasil?"),
            "support": _("Dukungan yang saya perlukan"),
        }
        help_texts = {
            "commitment": _("Satu saja, yang kecil dan dapat dilihat."),
            "evidence": _("Yang akan terlihat atau terdengar pada murid."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        in_two_weeks = timezone.localdate() + timedelta(days=14)
        kwargs["initial"] = {"due_on": in_two_weeks, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["due_on"].widget.attrs["min"] = timezone.localdate().isoformat()


class FirstPromiseForm(PromiseForm):
    """With a tick for each help that colleagues offered in their feedback."""

    offers = forms.MultipleChoiceField(
        label=_("Tawaran rekan yang saya terima"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, given: list[Feedback], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(one.pk): one for one in given if one.support}
        if not self.offered:
            del self.fields["offers"]
            return
        field = self.fields["offers"]
        field.choices = [  # type: ignore[attr-defined]
            (key, f"{one.author}: “{one.support}”") for key, one in self.offered.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Add the accepted offers to the support, by the names of those who help."""
        cleaned = super().clean() or self.cleaned_data
        taken = [self.offered[key] for key in cleaned.pop("offers", [])]
        accepted = [_("Dibantu %(author)s.") % {"author": one.author} for one in taken]
        support = " ".join([cleaned.get("support", ""), *accepted]).strip()
        longest = FollowUp._meta.get_field("support").max_length or 0
        if len(support) > longest:
            raise ValidationError({"support": _("Tulis lebih singkat.")})
        return {**cleaned, "support": support}


class DoneForm(forms.ModelForm):
    """Parts D and E of the talk: what she tried, and what came of it."""

    class Meta:
        model = FollowUp
        fields = ["effort", "result"]
        widgets = {name: forms.Textarea({"rows": 3}) for name in ("effort", "result")}
        help_texts = {
            "effort": _("Kapan, di kelas mana, dengan cara apa?"),
            "result": _("Apa yang berubah pada murid? Apa yang akan Bapak/Ibu teruskan?"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Apa yang membuatnya belum cocok? Ini bukan kegagalan, ini bahan belajar."),
    )


class ChangeForm(PromiseForm):
    """Why the one does not fit, and another in its place."""

    reason = forms.CharField(
        label=_("Mengapa yang lama diganti?"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
    field_order = ["reason"]


@require_http_methods(["GET", "POST"])
def promise(request: Request, pk: int) -> HttpResponse:
    """The follow-up of a session, with what came before it; or the form for a first one."""
    session = session_for(request, pk)
    visible = FollowUp.objects.visible_to(request.user).filter(session=session)
    trail = list(visible.with_session().order_by("-pk"))
    if request.method == "GET" and trail and "another" not in request.GET:
        return _show_trail(request, session, trail)
    rules.may_promise.require(request.user, session)
    said = _what_colleagues_say(request, session)
    given = [feedback for part in said["parts"] for feedback in part.about.feedback]
    card = card_asked(request)
    initial = words_for_promise(card) if card else {}
    form = FirstPromiseForm(request.POST or None, given=given, initial=initial)
    if form.is_valid():
        with refusals_shown_on(form), transaction.atomic():
            promised = services.promise_follow_up(session, by=request.user, **form.cleaned_data)
            if card:
                carry_to_follow_up(card, by=request.user, follow_up=promised)
            messages.success(request, _("Tindak lanjut tersimpan. Selamat mencoba!"))
            return redirect("promise", pk)
    context = {"session": session, "form": form, "trail": trail, **said}
    status = 422 if form.errors else 200
    return render(request, "reinforcement/promise.html", context, status=status)


@require_POST
def complete_follow_up(request: Request, pk: int) -> HttpResponse:
    follow_up = _follow_up(request, pk)
    form = DoneForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.complete_follow_up(follow_up, by=request.user, **form.cleaned_data)
            messages.success(request, _("Tindak lanjut selesai. Hasilnya tersimpan."))
            return redirect("promise", follow_up.session_id)
    visible = FollowUp.objects.visible_to(request.user).filter(session=follow_up.session)
    trail = list(visible.with_session().order_by("-pk"))
    return _show_trail(request, follow_up.session, trail, form)


@require_http_methods(["GET", "POST"])
def change_follow_up(request: Request, pk: int) -> HttpResponse:
    follow_up = _follow_up(request, pk)
    rules.may_end_follow_up.require(request.user, follow_up)
    kept = {"evidence": follow_up.evidence, "support": follow_up.support}
    form = ChangeForm(request.POST or None, initial=kept)
    if form.is_valid():
        with refusals_shown_on(form):
            services.change_follow_up(follow_up, by=request.user, **form.cleaned_data)
            messages.success(request, _("Tindak lanjut diganti. Yang lama tetap terbaca."))
            return redirect("promise", follow_up.session_id)
    context = {"session": follow_up.session, "follow_up": follow_up, "form": form}
    status = 422 if form.errors else 200
    return render(request, "reinforcement/change_follow_up.html", context, status=status)


@require_http_methods(["GET", "POST"])
def drop_follow_up(request: Request, pk: int) -> HttpResponse:
    follow_up = _follow_up(request, pk)
    rules.may_end_follow_up.require(request.user, follow_up)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            services.drop_follow_up(follow_up, by=request.user, **form.cleaned_data)
            messages.success(request, _("Tindak lanjut dihentikan. Alasannya tersimpan."))
            return redirect("promise", follow_up.session_id)
    context = {"session": follow_up.session, "follow_up": follow_up, "form": form}
    status = 422 if form.errors else 200
    return render(request, "reinforcement/drop_follow_up.html", context, status=status)


def _follow_up(request: Request, pk: int) -> FollowUp:
    visible = FollowUp.objects.visible_to(request.user).with_session()
    return get_object_or_404(visible, pk=pk)


def _show_trail(
    request: Request, session: ModelSession, trail: list[FollowUp], form: DoneForm | None = None
) -> HttpResponse:
    """Show the newest follow-up and those before it; with a refused form, what is wrong."""
    context: dict[str, Any] = {"session": session, "current": trail[0], "trail": trail[1:]}
    if session.teacher_id == request.user.pk:
        context |= _what_colleagues_say(request, session)
        context["may_promise"] = rules.may_promise(request.user, session)
        if trail[0].is_open:
            context["done_form"] = form or DoneForm()
    return render(request, "reinforcement/promise.html", context, status=422 if form else 200)


def _what_colleagues_say(request: Request, session: ModelSession) -> dict[str, Any]:
    """All that the guru model may read of a session, beside her own reflection."""
    return {
        "parts": parts_for(request.user, session),
        "reflection": Reflection.objects.visible_to(request.user).filter(session=session).first(),
    }
