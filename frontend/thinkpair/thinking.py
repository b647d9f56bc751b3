"""Thinking alone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from frontend.http import Request, number_in, refusals_shown_on
from frontend.thinkpair.finding import thread_for
from frontend.thinkpair.room import wants_json_of
from frontend.thinkpair.thread import ThoughtForm, show_thread
from frontend.times import clock
from thinkpair import services
from thinkpair.models import Thought, Thread


@require_POST
def think(request: Request, pk: int) -> HttpResponse:
    """Keep an answer: by its button, or by the page's script while one writes."""
    thread, form = thread_for(request, pk), ThoughtForm(request.POST)
    if wants_json_of(request):
        answer = _answer_script(request, thread, form)
        answer["Cache-Control"] = "private, no-store"
        return answer
    if _keep(request, thread, form):
        messages.success(request, _("Jawaban tersimpan. Baru Bapak/Ibu yang membacanya."))
        return redirect(thread)
    return show_thread(request, thread, thought_form=form)


def _keep(
    request: Request, thread: Thread, form: ThoughtForm, *, is_whole: bool = True
) -> Thought | None:
    """The answer as it is now; None where the form says what is against it."""
    if form.is_valid():
        words = {**form.cleaned_data, "seen": request.POST.get("seen"), "is_whole": is_whole}
        with refusals_shown_on(form):
            return services.think(thread, by=request.user, **words)
    return None


def _answer_script(request: Request, thread: Thread, form: ThoughtForm) -> HttpResponse:
    """Say what is kept here now, so that the phone knows what it need not keep any more.

    A page that was opened after thinking is sent by its button alone, and says so: `late`.
    401 where another account signed in on the phone meanwhile: these are not its words. 409 with
    what was written elsewhere; 403 and 422 with the reason.
    """
    if number_in(request.POST, "person") != request.user.pk:
        return JsonResponse({}, status=401)
    try:
        if thought := _keep(request, thread, form, is_whole="late" in request.POST):
            return JsonResponse(_told(thought) | {"at": clock(thought.written_at)})
    except PermissionDenied as refusal:
        own = _own(request, thread)
        # It came before thinking ended; the answer was lost.
        if own and (own.text, own.standing) == _said(form):
            return JsonResponse(_told(own) | {"at": clock(own.written_at)})
        return JsonResponse({"reason": str(refusal)}, status=403)
    own = _own(request, thread)
    if own and form.has_error("text", "conflict"):
        return JsonResponse(_told(own), status=409)
    reason = " ".join(str(errors[0]) for errors in form.errors.values())
    return JsonResponse({"reason": reason}, status=422)


def _own(request: Request, thread: Thread) -> Thought | None:
    own = Thought.objects.visible_to(request.user).filter(thread=thread, author=request.user)
    return own.first()


def _told(thought: Thought) -> dict[str, Any]:
    return {"text": thought.text, "standing": thought.standing, "seen": thought.version}


def _said(form: ThoughtForm) -> tuple[str, str]:
    return form.cleaned_data["text"], form.cleaned_data["standing"]
