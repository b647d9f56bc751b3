"""“Salin dari semester lalu”: last semester's sessions as a form, planned together."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from frontend.http import Request, go, refusals_shown_on
from frontend.programme import chosen_semester, readable_group
from sessions import rules, services
from sessions.conflicts import Caution, cautions_of_time
from sessions.programme import Proposal, proposals
from sessions.queries import members_of
from sessions.services import ProgrammeRefused, Row


class RowForm(forms.Form):
    """One session of last semester. Only what is ticked is looked at."""

    take = forms.BooleanField(label=_("Rencanakan"), required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Judul"), max_length=150)
    starts_at = forms.DateTimeField(label=_("Mulai"))
    teacher = forms.TypedChoiceField(label=_("Guru model"), coerce=int, empty_value=None)

    def __init__(
        self, data: QueryDict | None, proposal: Proposal, people: Mapping[int, User]
    ) -> None:
        super().__init__(
            data,
            prefix=f"of-{proposal.source.pk}",
            initial={
                "take": proposal.chosen,
                "submission": uuid4(),
                "title": proposal.source.title,
                "starts_at": proposal.starts_at,
            },
        )
        self.proposal, self.people = proposal, people
        # Who teaches is asked only where nobody does any more.
        if proposal.source.is_lesson and proposal.teacher is None:
            choices = [("", _("Pilih seorang")), *((pk, str(who)) for pk, who in people.items())]
            self.fields["teacher"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["teacher"]
        # What `seen` of the next sending says: who leaves the tick under a warning knows it.
        self.cautions: Sequence[Caution] = proposal.cautions
        self.is_asked = False

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.is_chosen:
            self._errors = ErrorDict()
        start = self.cleaned_data.get("starts_at") if self.is_bound else None
        if start:
            source = self.proposal.source
            end = start + (source.ends_at - source.starts_at)
            self.cautions = cautions_of_time(start, end, source.group)

    @property
    def is_chosen(self) -> bool:
        return bool(self.cleaned_data.get("take"))

    @property
    def seen(self) -> list[str]:
        """The keys of the warnings that stood on this row when it was sent."""
        words: str = self.data.get(self.add_prefix("seen"), "")
        return words.split()

    @property
    def keys(self) -> str:
        return " ".join(each.key for each in self.cautions)

    @property
    def row(self) -> Row:
        """What the service takes."""
        chosen = self.cleaned_data
        return Row(
            self.proposal.source,
            chosen["title"],
            chosen["starts_at"],
            chosen["submission"],
            self.people.get(chosen.get("teacher") or 0),
        )

    def show(self, refused: ProgrammeRefused, submission: UUID) -> None:
        """Say on the row what the service has against it."""
        for words in refused.refusals.get(submission, ()):
            self.add_error(None, words)
        if asked := refused.cautions.get(submission):
            known = {each.key for each in self.cautions}
            self.cautions = [*self.cautions, *(each for each in asked if each.key not in known)]
            self.is_asked = True


class CopyForm(forms.Form):
    """Where what is said of the whole stands."""


@require_http_methods(["GET", "POST"])
def copy_programme(request: Request, pk: int) -> HttpResponse:
    """Propose last semester's sessions for ?semester=2026-2, and plan those that are ticked."""
    group = readable_group(request.user, pk)
    rules.may_plan_session.require(request.user, group)
    semester = chosen_semester(request)
    people = {member.pk: member for member in members_of(group)}
    data = request.POST if request.method == "POST" else None
    rows = [RowForm(data, one, people) for one in proposals(request.user, group, semester)]
    form = CopyForm(data)
    url = f"{reverse('programme', args=[group.pk])}?semester={semester}"
    if form.is_valid() and _are_valid(rows, form):
        chosen = [row for row in rows if row.is_chosen]
        with _refusals_shown(form, chosen):
            made = services.copy_programme(
                group,
                by=request.user,
                rows=[row.row for row in chosen],
                despite={key for row in chosen for key in row.seen},
            )
            words = ngettext(
                "%(count)s sesi direncanakan. Semua yang diundang diberi tahu sekali.",
                "%(count)s sesi direncanakan. Semua yang diundang diberi tahu sekali.",
                len(made),
            )
            messages.success(request, words % {"count": len(made)})
            return go(request, url)
    context: dict[str, Any] = {"group": group, "semester": semester, "url": url}
    context |= {"form": form, "rows": rows}
    status = 422 if form.errors else 200
    return render(request, "sessions/copy_programme.html", context, status=status)


def _are_valid(rows: Sequence[RowForm], form: forms.Form) -> bool:
    wrong = [row for row in rows if not row.is_valid()]
    if not wrong:
        return True
    form.add_error(None, _("Belum ada yang direncanakan: perbaiki yang ditandai."))
    return False


@contextmanager
def _refusals_shown(form: forms.Form, rows: Sequence[RowForm]) -> Iterator[None]:
    """Show what the service has against the programme, each on the row that it is about."""
    with refusals_shown_on(form):
        try:
            yield
        except ProgrammeRefused as refused:
            for row in rows:
                row.show(refused, row.row.submission)
            words = _("Belum ada yang direncanakan: perbaiki yang ditandai.")
            if not refused.refusals:
                words = _(
                    "Belum ada yang direncanakan: periksa yang ditandai. "
                    "Kirim lagi bila tetap begitu."
                )
            raise forms.ValidationError(words) from refused
