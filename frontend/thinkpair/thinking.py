"""Thinking alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from frontend.http import Request, refusals_shown_on
from frontend.thinkpair.finding import thread_for
from frontend.thinkpair.thread import ThoughtForm, show_thread
from thinkpair import services


@require_POST
def think(request: Request, pk: int) -> HttpResponse:
    thread = thread_for(request, pk)
    form = ThoughtForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.think(thread, by=request.user, text=form.cleaned_data["text"])
            messages.success(request, _("Jawaban tersimpan. Baru Bapak/Ibu yang membacanya."))
            return redirect(thread)
    return show_thread(request, thread, thought_form=form)
