"""The guru model's own look back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from frontend.http import Request, refusals_shown_on
from frontend.reinforcement.finding import session_for
from reinforcement import rules, services
from reinforcement.models import Reflection


class ReflectionForm(forms.ModelForm):
    class Meta:
        model = Reflection
        fields = ["target", "went_well", "not_yet", "learned"]


@require_http_methods(["GET", "POST"])
def reflect(request: Request, pk: int) -> HttpResponse:
    session = session_for(request, pk)
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
