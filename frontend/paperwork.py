"""What the papers of a session say beside its plan: the board's form, and photos and materials."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.http import Request, Submitted, go, refusals_shown_on
from frontend.uploads import CheckedFileField
from sessions import rules, services
from sessions.models import ModelSession, Paperwork, SessionFile

Kind = SessionFile.Kind
SECTIONS = [
    (
        _("Surat undangan"),
        [
            *("letter_subject", "letter_to", "letter_enclosures", "letter_copies"),
            *("letter_city", "letter_on", "dress", "bring"),
        ],
    ),
    (
        _("Notula dan berita acara"),
        ["began_at", "ended_at", "acknowledged_by"],
    ),
    (
        _("Laporan kegiatan"),
        [
            *("foreword", "background", "legal_basis", "purpose", "audience", "funding"),
            *("results", "problems", "conclusion", "recommendation"),
        ],
    ),
]


class PaperworkForm(forms.ModelForm):
    """Everything is optional; what the plan says already is not asked again."""

    class Meta:
        model = Paperwork
        fields = [name for _heading, names in SECTIONS for name in names]
        help_texts = {
            "letter_subject": _("Misalnya Undangan pertemuan MGMP."),
            "letter_to": _("Satu baris tiap penerima, misalnya Bapak/Ibu Kepala SMPN 1 Masamba."),
            "letter_enclosures": _("Misalnya 1 lembar jadwal."),
            "letter_copies": _("Satu baris tiap penerima tembusan."),
            "letter_city": _("Misalnya Masamba."),
            "bring": _("Misalnya laptop dan buku siswa."),
            "began_at": _("Kosongkan bila sesuai rencana."),
            "acknowledged_by": _("Jabatan, nama, NIP yang ikut menandatangani, satu per baris."),
            "legal_basis": _("Misalnya nomor SK kelompok dan program kerjanya."),
            "audience": _("Siapa yang dituju dan berapa orang."),
            "funding": _("Dari mana dan berapa."),
        }
        widgets = {
            name: forms.Textarea({"rows": rows})
            for name, rows in {
                **dict.fromkeys(("letter_to", "letter_copies", "bring", "audience"), 2),
                **dict.fromkeys(("acknowledged_by", "legal_basis", "purpose", "funding"), 3),
                **dict.fromkeys(("conclusion", "recommendation", "foreword"), 3),
                **dict.fromkeys(("background", "results", "problems"), 5),
            }.items()
        }

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(heading, [self[name] for name in names]) for heading, names in SECTIONS]

    @property
    def seen(self) -> dict[str, str]:
        """The marks of the fields as they stood on the page that was sent."""
        pairs = (word.partition(":") for word in self.data.get("seen", "").split())
        return {name: mark for name, _colon, mark in pairs}


class FileForm(Submitted):
    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=[(kind.value, kind.label) for kind in (Kind.PHOTO, Kind.MATERIAL)],
        initial=Kind.PHOTO,
        widget=forms.RadioSelect,
    )
    file = CheckedFileField(
        label=_("Berkas"),
        help_text=_("PDF, gambar, atau dokumen kantor, paling besar 10 MB."),
    )
    has_consent = forms.BooleanField(
        label=_("Orang di foto ini setuju; murid dengan izin orang tuanya."), required=False
    )


@require_http_methods(["GET", "POST"])
def paperwork(request: Request, pk: int) -> HttpResponse:
    """Fill in what the invitation, the minutes and the report say beside the plan."""
    session = _session(request, pk)
    rules.may_fill_paperwork.require(request.user, session)
    paper = _paper(request, session)
    marks = _marks(paper)
    form = PaperworkForm(request.POST if request.method == "POST" else None, instance=paper)
    if form.is_valid():
        with refusals_shown_on(form):
            services.fill_paperwork(session, by=request.user, seen=form.seen, **form.cleaned_data)
            messages.success(request, _("Isian tersimpan."))
            return go(request, "paperwork", pk)
    context = {"session": session, "form": form, "seen": marks}
    status = 422 if form.errors else 200
    return render(request, "sessions/paperwork.html", context, status=status)


def _paper(request: Request, session: ModelSession) -> Paperwork:
    found = Paperwork.objects.visible_to(request.user).filter(session=session).first()
    return found or Paperwork(session=session)


def _marks(paper: Paperwork) -> str:
    """What is on the page now, field by field, for the next sending to tell what changed."""
    names = PaperworkForm.Meta.fields
    return " ".join(f"{name}:{services.mark_of(getattr(paper, name))}" for name in names)


@require_http_methods(["GET", "POST"])
def session_files(request: Request, pk: int) -> HttpResponse:
    """Photos and materials, for all who read the session; a POST of the board adds one."""
    session = _session(request, pk)
    may_keep = rules.may_keep_file(request.user, session)
    form = FileForm()
    if request.method == "POST":
        rules.may_keep_file.require(request.user, session)
        form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_shown_on(form):
            services.keep_file(session, by=request.user, **form.cleaned_data)
            messages.success(request, _("Berkas tersimpan."))
            return go(request, "session-files", pk)
    found = SessionFile.objects.visible_to(request.user).filter(session=session)
    files = list(found.select_related("by").order_by("kind", "-pk"))
    context = {
        "session": session,
        "photos": [file for file in files if file.kind == Kind.PHOTO],
        "materials": [file for file in files if file.kind == Kind.MATERIAL],
        "sheets": [file for file in files if file.kind == Kind.SHEET],
        "may_keep": may_keep,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "sessions/files.html", context, status=status)


@require_POST
def remove_session_file(request: Request, pk: int) -> HttpResponse:
    found = SessionFile.objects.visible_to(request.user).select_related("session")
    file = get_object_or_404(found, pk=pk)
    services.remove_file(file, by=request.user)
    messages.success(request, _("%(name)s dihapus.") % {"name": file.name})
    return go(request, "session-files", file.session_id)


def _session(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user).select_related("group")
    return get_object_or_404(found, pk=pk)
