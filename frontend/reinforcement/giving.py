"""Writing feedback: a draft first, then given."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from frontend.http import Request, refusals_shown_on
from frontend.reinforcement.finding import session_for
from frontend.reinforcement.talk import asked_of_observer
from observations.models import Indicator
from reinforcement import queries, rules, services
from reinforcement.models import Feedback, PrivateNote


class FeedbackForm(forms.ModelForm):
    """The parts of a feedback. A draft may lack some; to give it, the main ones are needed."""

    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label=_("Tentang indikator"),
        empty_label=_("Pelajaran seluruhnya"),
        required=False,
    )

    private_note = forms.CharField(
        label=_("Hanya untuk guru model"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Bagian ini tidak ikut terbaca bila umpan balik dibagikan kepada orang lain."),
    )

    class Meta:
        model = Feedback
        fields = ["indicator", "appreciation", "seen", "question", "suggestion", "support"]
        help_texts = {
            "appreciation": _("Apa yang berhasil, dan dari mana Bapak/Ibu tahu?"),
            "seen": _("Fakta: siapa melakukan apa, di menit berapa. Murid cukup nomor meja."),
            "question": _("Satu pertanyaan yang menolong guru model berpikir."),
            "suggestion": _("Satu saja, yang dapat dicoba pada pelajaran berikutnya."),
            "support": _("Apa yang dapat Bapak/Ibu bantu?"),
        }

    def __init__(self, *args: Any, among: QuerySet[Indicator], giving: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = among  # type: ignore[attr-defined]
        if not giving:
            for field in self.fields.values():
                field.required = False


@require_http_methods(["GET", "POST"])
def give_feedback(request: Request, pk: int) -> HttpResponse:
    session = session_for(request, pk)
    own = Feedback.objects.visible_to(request.user).filter(session=session, author=request.user)
    draft = own.first()
    if draft and draft.given_at and request.method == "GET":
        return redirect(draft)
    rules.may_give_feedback.require(request.user, session)
    giving = request.method == "GET" or request.POST.get("act") == "give"
    evidence = queries.own_evidence(request.user, session)
    note = PrivateNote.objects.visible_to(request.user).filter(feedback=draft).first()
    initial = {"private_note": note.text if note else ""}
    if draft is None and (focus := getattr(session, "focus", None)):
        initial["indicator"] = focus.indicator_id
    form = FeedbackForm(
        _with_inserted(request.POST, evidence) or None,
        instance=draft,
        initial=initial,
        giving=giving,
        among=queries.indicators_of(session),
    )
    if form.is_valid():
        act = services.give_feedback if giving else services.save_feedback
        with refusals_shown_on(form):
            feedback = act(session, by=request.user, **form.cleaned_data)
            if giving:
                messages.success(request, _("Umpan balik terkirim. Terima kasih, Bapak/Ibu."))
                return redirect(feedback)
            messages.success(request, _("Draf tersimpan. Hanya Bapak/Ibu yang membacanya."))
            place = "#id_seen" if "insert" in request.POST else ""
            return redirect(reverse("give-feedback", args=[pk]) + place)
    context = {"session": session, "form": form, "draft": draft, "evidence": evidence}
    context |= asked_of_observer(request.user, session)
    status = 422 if form.errors else 200
    return render(request, "reinforcement/give_feedback.html", context, status=status)


def _with_inserted(sent: QueryDict, evidence: list[queries.Evidence]) -> QueryDict:
    """What was sent, with the note that was tapped put beneath what was seen."""
    tapped = next((one for one in evidence if one.key == sent.get("insert")), None)
    if tapped is None:
        return sent
    grown = sent.copy()
    grown["seen"] = f"{sent.get('seen', '')}\n{tapped.words}".strip()
    return grown
