"""The board's pages of attendance: ticks, guests, the printed sheet and the history."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.http import Request, Submitted, go, refusals_shown_on
from frontend.sharing.files import handed_out
from frontend.uploads import CheckedFileField
from sessions import queries, rules, services
from sessions.models import CheckIn, ModelSession, Participation, SessionFile


class TickForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan mengubah yang sudah tercatat"), max_length=200, required=False
    )
    paper = forms.BooleanField(label=_("Disalin dari lembar cetak"), required=False)


class GuestForm(Submitted):
    name = forms.CharField(label=_("Nama tamu"), max_length=120)
    institution = forms.CharField(label=_("Instansi"), max_length=120)


class SheetForm(Submitted):
    file = CheckedFileField(
        label=_("Foto lembar bertanda tangan"),
    )


@require_http_methods(["GET", "POST"])
def attendance(request: Request, pk: int) -> HttpResponse:
    """Tick who came. Only rows that were changed are written."""
    session = _session(request, pk)
    rules.may_tick_attendance.require(request.user, session)
    form = TickForm(request.POST or None, initial={"paper": request.GET.get("from") == "paper"})
    chosen = _chosen(request)
    if form.is_valid():
        with refusals_shown_on(form):
            seen, method = _seen(request), Participation.Method
            left = services.tick_attendance(
                session,
                by=request.user,
                attendance={who: word for who, word in chosen.items() if word != seen.get(who, "")},
                seen=seen,
                reason=form.cleaned_data["reason"],
                method=method.PAPER if form.cleaned_data["paper"] else method.TICK,
            )
            _tell(request, left)
            return go(request, "attendance", pk)
    return _page(request, session, form=form, chosen=chosen)


def _page(request: Request, session: ModelSession, **changes: Any) -> HttpResponse:
    """The page of ticks, with the forms as they were sent."""
    sought = request.GET.get("q", "").strip()
    people = _people(request, session)
    chosen: dict[int, str] = changes.get("chosen", {})
    rows = [
        (part, chosen.get(part.user_id, part.attendance))
        for part in people
        if sought.lower() in f"{part.user.full_name} {part.user.school or ''}".lower()
    ]
    context: dict[str, Any] = {
        "session": session,
        "rows": rows,
        "sought": sought,
        "marks": marks(),
        "present": sum(part.was_present for part in people),
        "invited": len(people),
        "to_check": sum(part.was_sent_later for part in people),
        "form": TickForm(),
        "guest_form": GuestForm(prefix="guest"),
        "sheet_form": SheetForm(prefix="sheet"),
        "sheets": SessionFile.objects.visible_to(request.user).filter(
            session=session, kind="sheet"
        ),
    } | changes
    forms_of_it = (context["form"], context["guest_form"], context["sheet_form"])
    status = 422 if any(form.errors for form in forms_of_it) else 200
    return render(request, "attendance/attendance.html", context, status=status)


def marks() -> list[tuple[str, str, str]]:
    """Each word of attendance with the letter that school registers use for it."""
    letters = {"present": "H", "late": "T", "excused": "I", "sick": "S", "absent": "A"}
    return [
        (word.value, letters[word.value], str(word.label))
        for word in Participation.Attendance
        if word.value
    ]


def _chosen(request: Request) -> dict[int, str]:
    """What was chosen for each person; “all present” fills in those without a choice."""
    chosen = _numbered(request, "person-")
    if "all" in request.POST:
        rest = {who: "present" for who, word in _seen(request).items() if not word}
        chosen = rest | chosen
    return {person: word for person, word in chosen.items() if word}


def _seen(request: Request) -> dict[int, str]:
    return _numbered(request, "was-")


def _numbered(request: Request, prefix: str) -> dict[int, str]:
    return {
        int(name.removeprefix(prefix)[:18]): str(word)
        for name, word in request.POST.items()
        if name.startswith(prefix) and name.removeprefix(prefix).isdecimal()
    }


def _tell(request: Request, left: list[Participation]) -> None:
    """Say that it is saved, and of whom somebody else wrote something else meanwhile."""
    messages.success(request, _("Kehadiran tersimpan."))
    words = _("%(name)s tidak diubah: sementara itu dicatat “%(word)s” oleh %(by)s.")
    for part in left:
        values = {"name": part.user, "word": part.get_attendance_display(), "by": part.ticked_by}
        messages.warning(request, words % values)


@require_POST
def add_guest(request: Request, pk: int) -> HttpResponse:
    """Write down somebody without an account."""
    session = _session(request, pk)
    rules.may_tick_attendance.require(request.user, session)
    form = GuestForm(request.POST, prefix="guest")
    if form.is_valid():
        with refusals_shown_on(form):
            services.add_guest(session, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s tercatat hadir.") % form.cleaned_data)
            return go(request, "attendance", pk)
    return _page(request, session, guest_form=form)


@require_POST
def keep_sheet(request: Request, pk: int) -> HttpResponse:
    """Keep a photo of the signed sheet."""
    session = _session(request, pk)
    rules.may_print_sheet.require(request.user, session)
    form = SheetForm(request.POST, request.FILES, prefix="sheet")
    if form.is_valid():
        with refusals_shown_on(form):
            services.keep_sheet(session, by=request.user, **form.cleaned_data)
            messages.success(request, _("Lembar tersimpan."))
            return go(request, "attendance", pk)
    return _page(request, session, sheet_form=form)


@require_safe
def attendance_sheet(request: Request, pk: int) -> HttpResponse:
    """The sheet to print and sign, the narasumber apart."""
    session = _session(request, pk)
    rules.may_print_sheet.require(request.user, session)
    people = _people(request, session)
    speakers = [part for part in people if part.role == Participation.Role.RESOURCE_PERSON]
    others = [part for part in people if part.role != Participation.Role.RESOURCE_PERSON]
    context = {"session": session, "lists": [others, speakers] if speakers else [others]}
    return render(request, "attendance/sheet.html", context)


@require_safe
def session_file(request: Request, pk: int) -> HttpResponseBase:
    """A file of a session; pictures are shown, the rest is handed out to be saved."""
    kept = get_object_or_404(SessionFile.objects.visible_to(request.user), pk=pk)
    return handed_out(request, kept.file, name=kept.name, content_type=kept.content_type)


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """How one person's attendance came to be, the latest first."""
    found = Participation.objects.visible_to(request.user).select_related("session", "user")
    lines = CheckIn.objects.visible_to(request.user).select_related("by").order_by("-pk")
    part = get_object_or_404(found.prefetch_related(Prefetch("check_ins", lines)), pk=pk)
    return render(request, "attendance/history.html", {"part": part, "session": part.session})


def _people(request: Request, session: ModelSession) -> list[Participation]:
    """Everyone with a part, and after them the members who have none, each by name."""
    found = Participation.objects.visible_to(request.user).filter(session=session)
    people = list(found.select_related("user__school", "ticked_by").order_by("user__name", "pk"))
    known = {part.user_id for part in people}
    return people + [
        Participation(session=session, user=member)
        for member in queries.members_of(session.group)
        if member.pk not in known
    ]


def _session(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user).select_related(
        "group__regency", "teacher", "school"
    )
    return get_object_or_404(found, pk=pk)
