"""The form that opens a discussion: what it is about, who takes part, and until when."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from frontend.http import Request, Submitted, number_in, refusals_shown_on
from frontend.sharing.links import session_label
from frontend.sharing.tags import TopicsField
from frontend.thinkpair.becoming import card_asked, source_words, words_for_thread
from frontend.widgets import DateTimeInput
from groups.models import Group
from groups.rules import groups_of
from reinforcement.models import FollowUp
from sessions.models import ModelSession
from sharing.models import Post
from thinkpair import services
from thinkpair.models import Thread

ENDS = ("think_ends_at", "pair_ends_at", "share_ends_at")
# Sessions whose people may take part are offered that long after their day.
RECENT = timedelta(days=21)
MOST_SESSIONS = 20
DAYS, MEETING = "days", "meeting"


class ThreadForm(Submitted, forms.ModelForm):
    # Which moments or minutes must be given follows from the pace; a browser does not know.
    use_required_attribute = False
    pace = forms.ChoiceField(
        label=gettext_lazy("Kapan"),
        choices=[
            (DAYS, gettext_lazy("Beberapa hari, setiap orang pada waktunya")),
            (MEETING, gettext_lazy("Sekarang, dalam pertemuan")),
        ],
        initial=DAYS,
        widget=forms.RadioSelect,
    )
    topics = TopicsField()

    class Meta:
        model = Thread
        fields = [
            *("group", "title", "problem", "prompt", "session"),
            *(*ENDS, *Thread.MINUTES),
            *("matching", "is_arranged", "subject"),
        ]
        widgets = {**dict.fromkeys(ENDS, DateTimeInput), "matching": forms.RadioSelect}
        labels = {"group": gettext_lazy("Kelompok"), "session": gettext_lazy("Siapa yang ikut")}
        help_texts = {
            "title": gettext_lazy(
                "Misalnya: Murid diam saat ditanya “mengapa”. Apa yang bisa kita ubah?"
            ),
            "prompt": gettext_lazy("Satu pertanyaan yang dijawab setiap orang lebih dulu sendiri."),
            "is_arranged": gettext_lazy(
                "Pengurus melihat, mengunci, dan menukar pasangan sebelum ruangnya dibuka."
            ),
        }

    def __init__(
        self, *args: Any, groups: QuerySet[Group], sessions: list[ModelSession], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Group]", self.fields["group"])
        field.queryset = groups
        first = groups.first()
        self.initial["group"] = self.initial.get("group") or first
        if first and not groups.exclude(pk=first.pk).exists():
            field.widget = forms.HiddenInput()
        of_pk = {str(session.pk): session for session in sessions}
        self.fields["session"] = forms.TypedChoiceField(
            label=_("Siapa yang ikut"),
            choices=[("", _("Semua anggota kelompok"))]
            + [
                (pk, _("Yang hadir di %(session)s") % {"session": session_label(session)})
                for pk, session in of_pk.items()
            ],
            coerce=of_pk.get,
            empty_value=None,
            required=False,
        )
        subject = cast("forms.ModelChoiceField[Any]", self.fields["subject"])
        subject.empty_label = _("Seperti kelompoknya")
        asked = Thread.MINUTES if self.data.get("pace") == MEETING else ENDS
        for name in (*ENDS, *Thread.MINUTES):
            self.fields[name].required = not self.is_bound or name in asked
        for name in Thread.MINUTES:
            self.fields[name].widget.attrs |= {"min": 1, "max": 120, "inputmode": "numeric"}

    def clean(self) -> dict[str, Any]:
        """Leave out what belongs to the other pace."""
        words: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ENDS if words.pop("pace", DAYS) == MEETING else Thread.MINUTES:
            words.pop(name, None)
        return words


@require_http_methods(["GET", "POST"])
def open_thread(request: Request) -> HttpResponse:
    user = request.user
    groups = Group.objects.visible_to(user).filter(pk__in=groups_of(user))
    card, sources = card_asked(request), _sources(request)
    form = ThreadForm(
        request.POST or None,
        initial=_initial(request) | source_words(**sources),
        groups=groups,
        sessions=_recent_sessions(user),
    )
    if card and not form.is_bound:
        form.initial.update(words_for_thread(card), group=card.pair.thread.group_id)
    if form.is_valid():
        words = dict(form.cleaned_data)
        with refusals_shown_on(form), transaction.atomic():
            thread = services.open_thread(words.pop("group"), by=user, **sources, **words)
            if card:
                services.carry_to_thread(card, by=user, thread=thread)
            messages.success(request, _("Diskusi terbuka. Yang ikut diberi tahu."))
            return redirect(thread)
    status = 422 if form.errors else 200
    context = {"form": form, "has_group": bool(groups_of(user))}
    return render(request, "thinkpair/open_thread.html", context, status=status)


def _initial(request: Request) -> dict[str, Any]:
    asked = request.GET
    evening = timezone.localtime().replace(hour=20, minute=0, second=0, microsecond=0)
    ends = (evening + timedelta(days=days) for days in (3, 7, 10))
    return {
        "group": asked.get("group"),
        "session": asked.get("session"),
        "pace": MEETING if asked.get("session") else DAYS,
        "prompt": _("Apa yang terjadi di kelas saya, dan apa yang akan saya coba?"),
        **dict(zip(ENDS, ends, strict=True)),
        **dict(zip(Thread.MINUTES, (3, 7, 10), strict=True)),
    }


def _sources(request: Request) -> dict[str, Any]:
    """The post and the own promise that the address names, each None when it names none."""
    post, promise = number_in(request.GET, "post"), number_in(request.GET, "follow_up")
    posts = Post.objects.visible_to(request.user).shared()
    promises = FollowUp.objects.visible_to(request.user).filter(session__teacher=request.user)
    return {
        "source_post": posts.filter(pk=post).first() if post else None,
        "source_follow_up": (
            promises.select_related("session").filter(pk=promise).first() if promise else None
        ),
    }


def _recent_sessions(user: User) -> list[ModelSession]:
    now = timezone.now()
    found = ModelSession.objects.visible_to(user).filter(
        group__in=groups_of(user), starts_at__gte=now - RECENT, starts_at__lte=now
    )
    held = found.exclude(status=ModelSession.Status.CANCELLED)
    return list(held.order_by("-starts_at", "-pk")[:MOST_SESSIONS])
