"""A discussion, in each of its phases."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from frontend.http import Request, refusals_shown_on
from frontend.thinkpair.absences import absences
from frontend.thinkpair.clock import clock_of
from frontend.thinkpair.finding import thread_for
from frontend.thinkpair.proposals import SwapForm, arranging
from frontend.thinkpair.wall import wall_context
from groups.rules import may_run_group
from reinforcement.models import FollowUp
from sharing.models import Post
from thinkpair import queries, rules, services
from thinkpair.models import Card, Pair, Thought, Thread

# While pairs still talk; later the wall shows all of them.
MOST_CARDS = 30


class ThoughtForm(forms.ModelForm):
    class Meta:
        model = Thought
        fields = ["text", "standing"]
        widgets = {"standing": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.fields["standing"]
        assert isinstance(standing, forms.ChoiceField)  # noqa: S101 -- for the type checker
        standing.choices = Thought.Standing.choices

    def clean_text(self) -> str:
        """As it is shown: browsers send other line ends."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n")


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
    return _conclude(request, pk, services.close_thread)


@require_POST
def conclude_thread(request: Request, pk: int) -> HttpResponse:
    return _conclude(request, pk, services.conclude_thread)


def _conclude(request: Request, pk: int, change: Callable[..., Thread]) -> HttpResponse:
    thread = thread_for(request, pk)
    form = ConclusionForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            change(thread, by=request.user, conclusion=form.cleaned_data["conclusion"])
            messages.success(request, _("Diskusi selesai. Terima kasih sudah berpikir bersama."))
            return redirect(thread)
    return show_thread(request, thread, conclusion_form=form)


def _newest_cards(thread: Thread) -> list[Card]:
    return list(queries.shared_cards(thread)[:MOST_CARDS])


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
        "clock": clock_of(thread),
        "own_pair": Pair.objects.visible_to(user).filter(thread=thread).first(),
        "address": request.build_absolute_uri(thread.get_absolute_url()),
        # Later they hang on the wall.
        "cards": _newest_cards(thread) if thread.phase == Thread.Phase.PAIR else [],
        "most_cards": MOST_CARDS,
    }
    if rules.may_think(user, thread):
        context["thought_form"] = thought_form or ThoughtForm(instance=thought)
    if runs:
        context |= _for_the_board(user, thread, conclusion_form)
    context |= _where_from(user, thread)
    context |= arranging(request, thread, swap_form) | absences(request, thread)
    if thread.phase in {Thread.Phase.SHARE, Thread.Phase.CLOSED}:
        context["wall"] = wall_context(request, thread)
    status = 422 if thought_form or conclusion_form or swap_form else 200
    answer = render(request, "thinkpair/thread.html", context, status=status)
    # What one thinks alone is not to be found in a browser that another uses.
    answer["Cache-Control"] = "private, no-store"
    return answer


def _where_from(user: User, thread: Thread) -> dict[str, Any]:
    """What the problem was picked from, as far as this person may read it, and its topics."""
    found: dict[str, Any] = {"topics": thread.topics.all()}
    if thread.source_post_id:
        posts = Post.objects.visible_to(user).shared()
        found["source_post"] = posts.filter(pk=thread.source_post_id).first()
    if thread.source_follow_up_id:
        promises = FollowUp.objects.visible_to(user)
        found["source_follow_up"] = promises.filter(pk=thread.source_follow_up_id).first()
    return found


def _for_the_board(user: User, thread: Thread, form: ConclusionForm | None) -> dict[str, Any]:
    """What the board needs to move the thread on. It holds no count of who thought."""
    context: dict[str, Any] = {
        "runs": True,
        "may_end_thinking": rules.may_end_thinking(user, thread),
        "may_begin_sharing": rules.may_begin_sharing(user, thread),
        "may_add_time": rules.may_add_time(user, thread),
    }
    if thread.paired_at and thread.phase != Thread.Phase.CLOSED:
        context["progress"] = queries.progress_of(thread)
    if rules.may_close_thread(user, thread) or rules.may_conclude_thread(user, thread):
        context["conclusion_form"] = form or ConclusionForm()
    return context
