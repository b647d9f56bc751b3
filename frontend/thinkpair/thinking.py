"""Thinking alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from frontend.http import Request, refusals_shown_on
from frontend.thinkpair.finding import thread_for
from frontend.thinkpair.thread import ThoughtForm, show_thread
from frontend.times import clock
from thinkpair import services


@require_POST
def think(request: Request, pk: int) -> HttpResponse:
    """Keep an answer: by its button, or by itself while one writes, when a sentence is enough."""
    thread = thread_for(request, pk)
    form = ThoughtForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            thought = services.think(thread, by=request.user, **form.cleaned_data)
            if request.htmx:
                return HttpResponse(_("Tersimpan %(at)s") % {"at": clock(thought.written_at)})
            messages.success(request, _("Jawaban tersimpan. Baru Bapak/Ibu yang membacanya."))
            return redirect(thread)
    if request.htmx:
        # An answer that is begun or emptied needs no sentence while one still writes.
        return HttpResponse(status=422)
    return show_thread(request, thread, thought_form=form)
