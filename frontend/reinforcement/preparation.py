"""How the guru model prepares her lesson: part A of the talk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from frontend.http import Request, refusals_shown_on
from frontend.reinforcement.finding import PersonField, session_for
from frontend.widgets import DateInput
from reinforcement import queries, rules, services
from reinforcement.models import Preparation
from sessions.models import ModelSession


class PreparationForm(forms.ModelForm):
    partner = PersonField(
        User.objects.none(),
        label=_("Sudah dibicarakan dengan"),
        empty_label=_("Belum"),
        required=False,
        help_text=_("Yang dipilih ikut membaca persiapan ini."),
    )

    class Meta:
        model = Preparation
        fields = ["target", "plan", "request", "partner", "talked_on"]
        widgets = {
            "target": forms.Textarea({"rows": 3}),
            "plan": forms.Textarea({"rows": 3}),
            "request": forms.Textarea({"rows": 3}),
            "talked_on": DateInput,
        }
        help_texts = {
            "target": _("Satu hal pada cara mengajar, atau pada belajar murid."),
            "plan": _("Langkah, alat, atau pertanyaan yang disiapkan untuk itu."),
            "request": _("Apa yang dilihat pengamat, kapan, di meja mana?"),
        }

    def __init__(self, *args: Any, session: ModelSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["partner"]
        field.queryset = queries.possible_partners(session)  # type: ignore[attr-defined]
        self.fields["talked_on"].widget.attrs["max"] = timezone.localdate().isoformat()


@require_http_methods(["GET", "POST"])
def prepare(request: Request, pk: int) -> HttpResponse:
    """The guru model writes; who may read it finds it here too, and she after the lesson."""
    session = session_for(request, pk)
    written = preparation_of(request.user, session)
    may = rules.may_prepare(request.user, session)
    context: dict[str, Any] = {"session": session, "preparation": written}
    if request.method == "GET" and written and not may:
        return render(request, "reinforcement/prepare.html", context)
    rules.may_prepare.require(request.user, session)
    form = PreparationForm(request.POST or None, instance=written, session=session)
    if form.is_valid():
        with refusals_shown_on(form):
            services.prepare_session(session, by=request.user, **form.cleaned_data)
            messages.success(request, _("Persiapan tersimpan. Pengamat dapat membacanya."))
            return redirect(session)
    status = 422 if form.errors else 200
    return render(request, "reinforcement/prepare.html", context | {"form": form}, status=status)


def preparation_of(user: User, session: ModelSession) -> Preparation | None:
    """What the guru model prepared, for whoever may read it. One query."""
    visible = Preparation.objects.visible_to(user).filter(session=session)
    return visible.select_related("partner").first()
