"""A discussion, in each of its phases."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from frontend.http import Request, refusals_shown_on
from frontend.thinkpair.absences import absences
from frontend.thinkpair.finding import thread_for
from frontend.thinkpair.proposals import SwapForm, arranging
from frontend.thinkpair.wall import wall_context
from groups.rules import may_run_group
from thinkpair import queries, rules, services
from thinkpair.models import Thought, Thread


class ThoughtForm(forms.ModelForm):
    class Meta:
        model = Thought
        fields = ["text"]


class ConclusionForm(forms.ModelForm):
    conclusion = forms.CharField(
        label=_("Yang kita simpulkan"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("Apa yang kelompok bawa ke sesi atau siklus berikutnya?"),
    )

    class Meta:
        model = Thread
        fields = ["conclusion"]


@require_safe
def thread(request: Request, pk: int) -> HttpResponse:
    return show_thread(request, thread_for(request, pk))


@require_POST
def close_thread(request: Request, pk: int) -> HttpResponse:
    thread = thread_for(request, pk)
    form = ConclusionForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            words = form.cleaned_data["conclusion"]
            services.close_thread(thread, by=request.user, conclusion=words)
            messages.success(request, _("Diskusi selesai. Terima kasih sudah berpikir bersama."))
            return redirect(thread)
    return show_thread(request, thread, conclusion_form=form)


def show_thread(
    request: Request,
    thread: Thread,
    *,
    thought_form: ThoughtForm | None = None,
    conclusion_form: ConclusionForm | None = None,
    swap_form: SwapForm | None = None,
) -> HttpResponse:
    """Show a thread; with a form that was refused, show what is wrong."""
    user = request.user
    thought = Thought.objects.visible_to(user).filter(thread=thread, author=user).first()
    runs = bool(may_run_group(user, thread.group))
    context: dict[str, Any] = {
        "thread": thread,
        "thought": thought,
        "address": request.build_absolute_uri(thread.get_absolute_url()),
        "cards": queries.shared_cards(thread) if thread.phase != Thread.Phase.THINK else [],
    }
    if thread.phase == Thread.Phase.THINK:
        context["thought_form"] = thought_form or ThoughtForm(instance=thought)
    if runs and thread.phase != Thread.Phase.CLOSED:
        context["progress"] = queries.progress_of(thread)
        context["may_make_pairs"] = rules.may_make_pairs(user, thread)
        context["conclusion_form"] = conclusion_form or ConclusionForm()
    context |= arranging(request, thread, swap_form) | absences(request, thread)
    if thread.phase in {Thread.Phase.SHARE, Thread.Phase.CLOSED}:
        context["wall"] = wall_context(request, thread)
    status = 422 if thought_form or conclusion_form or swap_form else 200
    return render(request, "thinkpair/thread.html", context, status=status)
