"""Pages of the stage R: reflection, feedback and the follow-up that a guru model commits to."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from frontend.http import Request, refusals_shown_on
from frontend.widgets import DateInput
from groups.rules import may_run_group
from reinforcement import queries, rules, services
from reinforcement.models import Feedback, FollowUp, PrivateNote, Reflection
from sessions.models import ModelSession


class ReflectionForm(forms.ModelForm):
    class Meta:
        model = Reflection
        fields = ["target", "went_well", "not_yet", "learned"]


class FeedbackForm(forms.ModelForm):
    """The parts of a feedback. A draft may lack some; to give it, the main ones are needed."""

    private_note = forms.CharField(
        label=_("Hanya untuk guru model"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Bagian ini tidak ikut terbaca bila umpan balik dibagikan kepada orang lain."),
    )

    class Meta:
        model = Feedback
        fields = ["appreciation", "seen", "question", "suggestion", "support"]
        help_texts = {
            "appreciation": _("Apa yang berhasil, dan dari mana Bapak/Ibu tahu?"),
            "seen": _("Fakta saja, tanpa menilai. Murid cukup inisial atau nomor meja."),
            "question": _("Satu pertanyaan yang menolong guru model berpikir."),
            "suggestion": _("Satu saja, yang dapat dicoba pada pelajaran berikutnya."),
            "support": _("Apa yang dapat Bapak/Ibu bantu?"),
        }

    def __init__(self, *args: Any, giving: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not giving:
            for field in self.fields.values():
                field.required = False


class ThanksForm(forms.ModelForm):
    class Meta:
        model = Feedback
        fields = ["thanks"]
        labels = {"thanks": _("Ucapan terima kasih")}


class ReaderField(forms.ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return f"{person} · {person.school}" if person.school else str(person)


class ShareForm(forms.Form):
    reader = ReaderField(
        User.objects.none(), label=_("Bagikan kepada"), empty_label=_("Pilih seorang")
    )

    def __init__(self, *args: Any, feedback: Feedback, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reader"]
        field.queryset = queries.possible_readers(feedback)  # type: ignore[attr-defined]


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
def reflect(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    written = Reflection.objects.visible_to(request.user).filter(session=session).first()
    context: dict[str, Any] = {"session": session, "reflection": written}
    if written and request.method == "GET":
        looked = ReflectionForm(instance=written)
        context["parts"] = [(field.label, field.value()) for field in looked]
        return render(request, "reinforcement/reflect.html", context)
    rules.may_reflect.require(request.user, session)
    form = ReflectionForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            services.write_reflection(session, by=request.user, **form.cleaned_data)
            words = _("Refleksi tersimpan. Catatan dan umpan balik rekan kini terbuka.")
            messages.success(request, words)
            return redirect("reflect", pk)
    status = 422 if form.errors else 200
    return render(request, "reinforcement/reflect.html", context | {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def give_feedback(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    own = Feedback.objects.visible_to(request.user).filter(session=session, author=request.user)
    draft = own.first()
    if draft and draft.given_at and request.method == "GET":
        return redirect(draft)
    rules.may_give_feedback.require(request.user, session)
    giving = request.POST.get("act") != "save"
    note = PrivateNote.objects.visible_to(request.user).filter(feedback=draft).first()
    initial = {"private_note": note.text if note else ""}
    form = FeedbackForm(request.POST or None, instance=draft, initial=initial, giving=giving)
    if form.is_valid():
        act = services.give_feedback if giving else services.save_feedback
        with refusals_shown_on(form):
            feedback = act(session, by=request.user, **form.cleaned_data)
            if giving:
                messages.success(request, _("Umpan balik terkirim. Terima kasih, Bapak/Ibu."))
                return redirect(feedback)
            messages.success(request, _("Draf tersimpan. Hanya Bapak/Ibu yang membacanya."))
            return redirect("give-feedback", pk)
    context = {"session": session, "form": form, "draft": draft}
    status = 422 if form.errors else 200
    return render(request, "reinforcement/give_feedback.html", context, status=status)


@require_safe
def feedback(request: Request, pk: int) -> HttpResponse:
    feedback = _feedback(request, pk)
    if not feedback.given_at:
        return redirect("give-feedback", feedback.session_id)
    return _show_feedback(request, feedback)


@require_POST
def thank(request: Request, pk: int) -> HttpResponse:
    feedback = _feedback(request, pk)
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
    feedback = _feedback(request, pk)
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


@require_http_methods(["GET", "POST"])
def promise(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
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


def session_context(user: User, session: ModelSession) -> dict[str, Any]:
    """What `reinforcement/_session.html` shows on a session's page: at most four queries.

    Nothing for a lesson that was not held, nor for a meeting. The template takes `session` and
    `reinforcement`.
    """
    if not session.was_held or not session.is_lesson:
        return {"reinforcement": None}
    if session.teacher_id == user.pk:
        return {"reinforcement": _for_teacher(user, session)}
    return {"reinforcement": _for_colleague(user, session)}


def _for_teacher(user: User, session: ModelSession) -> dict[str, Any]:
    found = Feedback.objects.visible_to(user).given().filter(session=session)
    is_open = session.is_open_to_teacher(timezone.now())
    return {
        "is_teacher": True,
        "is_open": is_open,
        "reflection": Reflection.objects.visible_to(user).filter(session=session).first(),
        "feedback": list(found.select_related("author").order_by("given_at")) if is_open else [],
        "waiting": 0 if is_open else session.feedback_given,
        "follow_up": (
            FollowUp.objects.visible_to(user).filter(session=session).first() if is_open else None
        ),
    }


def _for_colleague(user: User, session: ModelSession) -> dict[str, Any]:
    """A colleague's own feedback, then what it opened: the follow-up. The board sees a number."""
    visible = Feedback.objects.visible_to(user).filter(session=session)
    found = list(visible.select_related("author").order_by("pk"))
    own = next((feedback for feedback in found if feedback.author_id == user.pk), None)
    on_board = bool(may_run_group(user, session.group))
    may_give = own is None and bool(rules.may_give_feedback(user, session))
    return {
        "own": own,
        "shared": [feedback for feedback in found if feedback is not own],
        "may_give": may_give,
        "follow_up": FollowUp.objects.visible_to(user).filter(session=session).first(),
        "count": session.feedback_given if on_board else None,
    }


def _session(request: Request, pk: int) -> ModelSession:
    return get_object_or_404(ModelSession.objects.visible_to(request.user).with_people(), pk=pk)


def _feedback(request: Request, pk: int) -> Feedback:
    return get_object_or_404(Feedback.objects.visible_to(request.user).with_people(), pk=pk)


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
