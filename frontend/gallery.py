"""Every component in its states on one page, for who builds pages. Data here is made up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend import charts
from frontend.http import Submitted
from frontend.paging import Page

SCALE = ("Belum dilakukan", "Dilakukan tapi belum efektif", "Dilakukan dan efektif")


class SampleForm(Submitted):
    """One field of each kind."""

    title = forms.CharField(
        label="Judul sesi", help_text="Seperti yang akan tertulis di undangan.", max_length=120
    )
    nip = forms.RegexField(
        r"^\d{18}$",
        label="NIP",
        error_messages={"invalid": "NIP berisi 18 angka. Yang tertulis baru 14."},
    )
    school = forms.ChoiceField(
        label="Sekolah",
        choices=[("1", "SMPN Satap 2 Seko (NPSN 40399999)"), ("2", "SMPN 5 Masamba")],
    )
    starts_on = forms.DateField(label="Tanggal", initial=date(2026, 11, 26))
    starts_at = forms.TimeField(label="Jam mulai", required=False)
    goal = forms.CharField(label="Tujuan", widget=forms.Textarea, required=False)
    plan = forms.FileField(label="Modul ajar", required=False, help_text="PDF, paling besar 10 MB.")
    way = forms.ChoiceField(
        label="Cara hadir",
        choices=[("luring", "Luring, di sekolah"), ("daring", "Daring")],
        widget=forms.RadioSelect,
        initial="luring",
    )
    answer = forms.ChoiceField(
        label="Konfirmasi hadir",
        choices=[("yes", "Hadir"), ("online", "Daring"), ("no", "Izin")],
        widget=forms.RadioSelect,
        initial="yes",
    )
    observers = forms.MultipleChoiceField(
        label="Pengamat",
        choices=[("1", "Besse Rosmiati, S.Pd."), ("2", "Rante Allo Palulun, S.Pd.")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=["1"],
    )
    consent = forms.BooleanField(label="Orang tua murid di foto sudah setuju")
    scale = forms.ChoiceField(
        label="Guru memberi peran pada semua murid",
        choices=list(enumerate(SCALE)),
        widget=forms.RadioSelect,
        initial=1,
    )


@dataclass(frozen=True)
class Refusal:
    """A verdict against."""

    reasons: tuple[str, ...] = ("Umpan balik terbuka setelah Ibu menulis refleksi.",)

    def __bool__(self) -> bool:
        return False


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components to staff; on a developer's machine to anyone."""
    if not (settings.DEBUG or (request.user.is_authenticated and request.user.is_staff)):
        raise Http404
    page = "gallery_focus.html" if "focus" in request.GET else "gallery.html"
    return render(request, page, _samples())


def _samples() -> dict[str, Any]:
    now = timezone.now()
    start = timezone.make_aware(datetime(2026, 11, 26, 9, 0))  # noqa: DTZ001 -- made aware here
    wrong = SampleForm(
        {
            "submission": uuid4(),
            "title": "Gaya gesek di jalan tanah",
            "nip": "19870412201101",
            "school": "1",
            "starts_on": "2026-11-26",
            "way": "luring",
            "answer": "yes",
            "scale": "1",
        }
    )
    return {
        "form": SampleForm(auto_id="open_%s"),
        "wrong": wrong,
        "short": ShortForm(),
        "now": now,
        "start": start,
        "end": start + timedelta(minutes=80),
        "refusal": Refusal(),
        "page": Page([], "?after=WzFd", is_first=True),
        "names": ["Besse Rosmiati", "Rante Allo Palulun", "Hajrah Tandipau"],
        "rows": [
            {
                "glyph": "skala-tumbuh",
                "label": SCALE[1],
                "names": ["Besse Rosmiati", "Rante Palulun"],
                "words": "2 pengamat",
            },
            {
                "glyph": "skala-efektif",
                "label": SCALE[2],
                "names": ["Hajrah Tandipau"],
                "words": "1 pengamat",
            },
        ],
        "growths": [
            charts.growth(title, list(zip(("Feb", "Mei", "Agu", "Nov"), seen, strict=True)), SCALE)
            for title, seen in (
                ("Pertanyaan yang memancing diskusi", (0, 1, 1, 2)),
                ("Memberi peran pada semua murid", (0, 0, 1, 1)),
            )
        ],
        "funnel": charts.funnel({"s": 26, "m": 4, "a": 10, "r": 11, "t": 9}, whole=28),
        "strip": charts.strip(["present"] * 22 + ["late", "excused", "excused", "sick", "absent"]),
        "harvest": charts.harvest(
            [("Jul", 4.5), ("Agu", 7), ("Sep", 6), ("Okt", 11.5), ("Nov", 9)],
        ),
        "text": "Sesi Kamis, 26 November 2026\n09.00–10.20 WITA\nKebun SDN 118 Baebunta",
    }


class ShortForm(Submitted):
    """A form that c-form lays out by itself."""

    plan = forms.CharField(
        label="Rencana tindak lanjut (RTL)", widget=forms.Textarea(attrs={"rows": 4})
    )
    due_on = forms.DateField(label="Paling lambat dicoba")
