"""Pages of the stage T: think alone, talk in pairs, share the answer with the group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.http import Request, Submitted, number_in, refusals_shown_on, show
from frontend.paging import page_of
from frontend.times import clock
from frontend.widgets import DateInput
from groups.models import Group
from groups.rules import groups_of, may_run_group
from thinkpair import queries, rules, services
from thinkpair.models import Message, Pair, Thought, Thread

MESSAGES_AT_ONCE = 50


class ThreadForm(Submitted, forms.ModelForm):
    class Meta:
        model = Thread
        fields = ["group", "title", "problem", "think_until", "pair_until"]
        widgets = {"think_until": DateInput, "pair_until": DateInput}
        labels = {"group": _("Kelompok")}
        help_texts = {
            "title": _("Misalnya: Murid diam saat ditanya “mengapa”. Apa yang bisa kita ubah?"),
            "think_until": _("Hari terakhir setiap anggota menulis jawabannya sendiri."),
            "pair_until": _("Hari terakhir pasangan membagikan jawabannya."),
        }

    def __init__(self, *args: Any, groups: QuerySet[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Group]", self.fields["group"])
        field.queryset = groups
        first = groups.first()
        self.initial["group"] = self.initial.get("group") or first
        if first and not groups.exclude(pk=first.pk).exists():
            field.widget = forms.HiddenInput()


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


class MessageForm(Submitted, forms.ModelForm):
    class Meta:
        model = Message
        fields = ["text"]
        labels = {"text": _("Tulis pesan")}


class AnswerForm(forms.ModelForm):
    answer = forms.CharField(
        label=_("Jawaban kita untuk kelompok"), max_length=4000, widget=forms.Textarea
    )

    class Meta:
        model = Pair
        fields = ["answer"]


@require_safe
def threads(request: Request) -> HttpResponse:
    found = Thread.objects.visible_to(request.user).with_own_part(request.user)
    found = found.select_related("group")
    phase, cycle = request.GET.get("phase", ""), number_in(request.GET, "cycle")
    if phase in Thread.Phase:
        found = found.filter(phase=phase)
    if cycle is not None:
        found = found.filter(cycle=cycle)
    context = {
        "page": page_of(found, request, by=("-pk",)),
        "phases": Thread.Phase.choices,
        "phase": phase,
    }
    return show(request, "thinkpair/threads.html", context, part="rows")


@require_http_methods(["GET", "POST"])
def open_thread(request: Request) -> HttpResponse:
    groups = Group.objects.visible_to(request.user).filter(pk__in=groups_of(request.user))
    today = timezone.localdate()
    initial = {
        "group": request.GET.get("group"),
        "think_until": today + timedelta(days=7),
        "pair_until": today + timedelta(days=14),
    }
    form = ThreadForm(request.POST or None, initial=initial, groups=groups)
    for name in ("think_until", "pair_until"):
        form.fields[name].widget.attrs["min"] = today.isoformat()
    if form.is_valid():
        words = dict(form.cleaned_data)
        with refusals_shown_on(form):
            thread = services.open_thread(words.pop("group"), by=request.user, **words)
            messages.success(request, _("Diskusi terbuka. Anggota kelompok diberi tahu."))
            return redirect(thread)
    status = 422 if form.errors else 200
    context = {"form": form, "has_group": bool(groups_of(request.user))}
    return render(request, "thinkpair/open_thread.html", context, status=status)


@require_safe
def thread(request: Request, pk: int) -> HttpResponse:
    return _show_thread(request, _thread(request, pk))


@require_POST
def think(request: Request, pk: int) -> HttpResponse:
    thread = _thread(request, pk)
    form = ThoughtForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.think(thread, by=request.user, text=form.cleaned_data["text"])
            messages.success(request, _("Jawaban tersimpan. Baru Bapak/Ibu yang membacanya."))
            return redirect(thread)
    return _show_thread(request, thread, thought_form=form)


@require_POST
def make_pairs(request: Request, pk: int) -> HttpResponse:
    thread = services.make_pairs(_thread(request, pk), by=request.user)
    messages.success(request, _("Pasangan sudah dibagi. Setiap pasangan diberi tahu."))
    return redirect(thread)


@require_POST
def close_thread(request: Request, pk: int) -> HttpResponse:
    thread = _thread(request, pk)
    form = ConclusionForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            words = form.cleaned_data["conclusion"]
            services.close_thread(thread, by=request.user, conclusion=words)
            messages.success(request, _("Diskusi selesai. Terima kasih sudah berpikir bersama."))
            return redirect(thread)
    return _show_thread(request, thread, conclusion_form=form)


@require_safe
def pair(request: Request, pk: int) -> HttpResponse:
    since = number_in(request.GET, "since")
    if request.htmx and since is not None:
        return _say_what_is_new(request, _pair(request, pk), since)
    return _show_pair(request, _pair(request, pk))


@require_POST
def say(request: Request, pk: int) -> HttpResponse:
    pair = _pair(request, pk)
    form = MessageForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.say(pair, by=request.user, **form.cleaned_data)
    if not request.htmx:
        if form.errors:
            return _show_pair(request, pair, message_form=form)
        return redirect(f"{pair.get_absolute_url()}#say")
    if form.errors:
        context = {"pair": pair, "message_form": form}
        answer = render(request, "thinkpair/pair.html#say", context, status=422)
        answer["HX-Retarget"] = "#say"
        return answer
    since = number_in(request.POST, "since") or 0
    return _say_what_is_new(request, pair, since, message_form=MessageForm())


@require_POST
def share_answer(request: Request, pk: int) -> HttpResponse:
    pair = _pair(request, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.share_answer(pair, by=request.user, text=form.cleaned_data["answer"])
            messages.success(request, _("Jawaban dibagikan kepada kelompok."))
            return redirect(pair)
    return _show_pair(request, pair, answer_form=form)


def _thread(request: Request, pk: int) -> Thread:
    visible = Thread.objects.visible_to(request.user).select_related("group", "author__school")
    return get_object_or_404(visible, pk=pk)


def _show_thread(
    request: Request,
    thread: Thread,
    *,
    thought_form: ThoughtForm | None = None,
    conclusion_form: ConclusionForm | None = None,
) -> HttpResponse:
    """Show a thread; with a form that was refused, show what is wrong."""
    user = request.user
    thought = Thought.objects.visible_to(user).filter(thread=thread, author=user).first()
    runs = bool(may_run_group(user, thread.group))
    context: dict[str, Any] = {
        "thread": thread,
        "thought": thought,
        "address": request.build_absolute_uri(thread.get_absolute_url()),
        "answers": queries.shared_answers(thread) if thread.phase != Thread.Phase.THINK else [],
    }
    if thread.phase == Thread.Phase.THINK:
        context["thought_form"] = thought_form or ThoughtForm(instance=thought)
    if runs and thread.phase != Thread.Phase.CLOSED:
        context["progress"] = queries.progress_of(thread)
        context["may_make_pairs"] = rules.may_make_pairs(user, thread)
        context["conclusion_form"] = conclusion_form or ConclusionForm()
    status = 422 if thought_form or conclusion_form else 200
    return render(request, "thinkpair/thread.html", context, status=status)


def _pair(request: Request, pk: int) -> Pair:
    return get_object_or_404(Pair.objects.visible_to(request.user).with_thoughts(), pk=pk)


def _show_pair(
    request: Request,
    pair: Pair,
    *,
    message_form: MessageForm | None = None,
    answer_form: AnswerForm | None = None,
) -> HttpResponse:
    """Show a pair's room, or for htmx the part of the talk before `?after=`."""
    talk = page_of(pair.messages.all(), request, by=("-pk",), size=MESSAGES_AT_ONCE)
    context: dict[str, Any] = {
        "pair": pair,
        "thread": pair.thread,
        "thoughts": sorted(pair.thoughts.all(), key=lambda t: t.author_id != request.user.pk),
        "talk": talk,
        "said": _lines(request, pair, reversed(talk.items)),
        "last": talk.items[0].pk if talk.items else 0,
        "may_talk": rules.may_talk(request.user, pair),
        "message_form": message_form or MessageForm(),
        "answer_form": answer_form or AnswerForm(instance=pair),
    }
    status = 422 if message_form or answer_form else 200
    return show(request, "thinkpair/pair.html", context, part="older", status=status)


def _say_what_is_new(
    request: Request, pair: Pair, since: int, *, message_form: MessageForm | None = None
) -> HttpResponse:
    """Answer htmx with what was said after a message; 204 when there is nothing new."""
    said = list(pair.messages.filter(pk__gt=since).order_by("pk"))
    if not (said or message_form):
        return HttpResponse(status=204)
    context = {
        "pair": pair,
        "thoughts": pair.thoughts.all(),
        "said": _lines(request, pair, said),
        "last": said[-1].pk if said else since,
        "may_talk": rules.may_talk(request.user, pair),
        "message_form": message_form,
    }
    return render(request, "thinkpair/pair.html#new", context)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, as the reader sees it. `by` is empty where nobody can be mistaken."""

    is_own: bool
    by: str
    text: str
    at: datetime
    when: str


def _lines(request: Request, pair: Pair, said: Iterable[Message]) -> list[Line]:
    """Word each message once, here: a talk is long, and a template asks for each part anew."""
    me, people = request.user.pk, pair.thoughts.all()
    names = {one.author_id: one.author.name for one in people} if len(people) > 2 else {}  # noqa: PLR2004 -- in a trio it must be said who
    sent = gettext("Terkirim %(time)s")
    return [
        Line(
            is_own=message.author_id == me,
            by="" if message.author_id == me else names.get(message.author_id, ""),
            text=message.text,
            at=message.at,
            when=sent % {"time": clock(message.at)}
            if message.author_id == me
            else clock(message.at),
        )
        for message in said
    ]
