"""The forms in which posts are written."""

from collections.abc import Callable, Container, Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity.files import ACCEPTED, CheckedFile
from frontend.http import Submitted
from frontend.sharing.links import cycle_label, garden_label, session_label
from frontend.sharing.moderation import audiences_for
from frontend.sharing.tags import GradeField, PhaseField, TopicsField
from groups.models import Cycle, Group
from kesraku.models import Garden
from sessions.models import ModelSession
from sharing import services
from sharing.models import Attachment, Post


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, checked."""

    widget = ManyFilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        return services.check_files(
            [super(FilesField, self).clean(file, initial) for file in given if file]
        )


class PostForm(forms.ModelForm):
    phase = PhaseField()
    grade = GradeField()
    topics = TopicsField()
    attachments = FilesField(
        label=gettext_lazy("Berkas"),
        required=False,
        help_text=gettext_lazy(
            "PDF, gambar, atau dokumen kantor. Paling banyak 5 berkas, masing-masing 10 MB."
        ),
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "Pada foto tidak ada murid yang dapat dikenali, atau orang tuanya sudah mengizinkan."
        ),
        required=False,
    )

    class Meta:
        model = Post
        fields = [
            "kind",
            "title",
            *Post.PARTS,
            "body",
            "link",
            "subject",
            "phase",
            "grade",
            "audience",
        ]
        widgets = {
            "kind": forms.RadioSelect,
            **{name: forms.Textarea(attrs={"rows": 4}) for name in Post.PARTS},
            "body": forms.Textarea(attrs={"rows": 8}),
            "audience": forms.RadioSelect,
        }
        help_texts = {
            "body": gettext_lazy(
                "Baris yang diawali “- ” menjadi daftar, “## ” menjadi judul."
                " Sebut rekan dengan @nama-pengguna."
            ),
            "link": gettext_lazy("Misalnya video atau dokumen daring."),
            "situation": gettext_lazy("Kelas, pelajaran, dan masalah yang dihadapi."),
            "action": gettext_lazy("Langkahnya, supaya rekan dapat menirunya."),
            "change": gettext_lazy("Apa yang berbeda pada murid sesudahnya."),
            "evidence": gettext_lazy("Angka, hasil kerja, atau ucapan murid, tanpa nama."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(
            "kind",
            [
                (Post.Kind.INFORMATION, _("Informasi: kabar untuk rekan")),
                (Post.Kind.MATERIAL, _("Perangkat ajar: modul, lembar kerja, media")),
                (Post.Kind.PRACTICE, _("Praktik baik: yang berhasil di kelas")),
                (Post.Kind.QUESTION, _("Pertanyaan: yang ingin ditanyakan ke rekan")),
            ],
        )
        self.offer_audiences(list(Post.Audience))

    def offer_audiences(self, offered: Container[str]) -> None:
        explained = [
            (Post.Audience.GROUP, _("Kelompok: hanya anggotanya")),
            (Post.Audience.DISTRICT, _("Semua guru yang masuk ke Smart MGMP")),
            (Post.Audience.PUBLIC, _("Umum: siapa pun yang punya tautannya, juga tanpa akun")),
        ]
        self._offer("audience", [one for one in explained if one[0] in offered])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Pass over the parts of a good practice in another kind, where the page hides them."""
        words: dict[str, Any] = super().clean() or self.cleaned_data
        if words.get("kind") != Post.Kind.PRACTICE:
            words |= dict.fromkeys(Post.PARTS, "")
        return words


class RowField[Row](forms.TypedChoiceField):
    """One of a few rows by their keys, or none."""

    def __init__(
        self, rows: Mapping[str, Row], label_of: Callable[[Row], str], *, none: str, **kwargs: Any
    ) -> None:
        choices = [("", none), *((pk, label_of(row)) for pk, row in rows.items())]
        super().__init__(
            choices=choices, coerce=rows.get, empty_value=None, required=False, **kwargs
        )


class SharePostForm(Submitted, PostForm):
    # The mark of the draft that these words were begun as, where a device had kept them.
    begun_as = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        groups: list[Group],
        cycles: dict[str, Cycle],
        sessions: dict[str, ModelSession],
        gardens: dict[str, Garden],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        of_pk = {str(group.pk): group for group in groups}
        self.fields["group"] = forms.TypedChoiceField(
            label=_("Kelompok"),
            choices=[(pk, group.name) for pk, group in of_pk.items()],
            coerce=of_pk.get,
            initial=next(iter(of_pk), None),
            widget=forms.HiddenInput if len(groups) == 1 else forms.Select,
        )
        self.fields["cycle"] = RowField(
            cycles,
            cycle_label if len(groups) > 1 else str,
            label=_("Siklus"),
            none=_("Yang sedang berjalan"),
        )
        self.fields["session"] = RowField(
            sessions, session_label, label=_("Untuk sesi"), none=_("Tidak untuk sesi tertentu")
        )
        self.fields["garden"] = RowField(
            gardens, garden_label, label=_("Untuk kebun"), none=_("Tidak untuk kebun tertentu")
        )
        subject = self.fields["subject"]
        assert isinstance(subject, forms.ModelChoiceField)  # noqa: S101 -- for the type checker
        subject.empty_label = _("Seperti kelompoknya")

    def clean(self) -> dict[str, Any]:
        """Leave the subject to the group when none is chosen."""
        words = super().clean()
        if not words.get("subject"):
            words.pop("subject", None)
        return words


class DroppedField(forms.ModelMultipleChoiceField):
    """Files to take away; one that only an older version has says so."""

    def label_from_instance(self, obj: Attachment) -> str:
        if obj.last_version is None:
            return obj.name
        return _("%(file)s (versi %(version)s)") % {"file": obj.name, "version": obj.last_version}


class EditPostForm(PostForm):
    new_version = forms.BooleanField(
        label=gettext_lazy("Ini versi baru"),
        required=False,
        help_text=gettext_lazy(
            "Berkas yang dihapus tetap dapat dibuka pembaca pada versi sebelumnya."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Apa yang berubah pada versi baru"), required=False, max_length=200
    )

    def __init__(
        self,
        *args: Any,
        by: User,
        attachments: models.QuerySet[Attachment],
        cycles: dict[str, Cycle],
        sessions: dict[str, ModelSession],
        gardens: dict[str, Garden],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"] = RowField(
            cycles, str, label=_("Siklus"), none=_("Tidak dalam siklus")
        )
        self.initial["cycle"] = self.instance.cycle_id
        self.fields["session"] = RowField(
            sessions, session_label, label=_("Hubungkan dengan sesi"), none=_("Tidak menambah sesi")
        )
        self.fields["garden"] = RowField(
            gardens, garden_label, label=_("Hubungkan dengan kebun"), none=_("Tidak menambah kebun")
        )
        self.offer_audiences(dict(audiences_for(by, self.instance)))
        if self.instance.narrowed_to == self.instance.audience:
            words = _("Dipersempit pengurus; hanya pengurus yang dapat melebarkannya.")
            self.fields["audience"].help_text = words
        self.initial["topics"] = ", ".join(topic.name for topic in self.instance.topics.all())
        if self.instance.file_count or self.instance.version > 1:
            self.fields["drop"] = DroppedField(
                attachments.order_by("pk"),
                label=_("Hapus berkas"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        """Pass over the new version of another kind than material, where the page hides it."""
        words = super().clean()
        if words.get("kind") != Post.Kind.MATERIAL:
            words |= {"new_version": False}
        return words
