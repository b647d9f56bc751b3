"""What posts are found by: subject, phase, grade and topics."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schools.models import Phase
from sharing.models import Post


class PhaseField(forms.ModelChoiceField):
    """A phase, with the grades that it has."""

    def __init__(self, **kwargs: Any) -> None:
        usual: dict[str, Any] = {
            "queryset": Phase.objects.all(),
            "label": gettext_lazy("Fase"),
            "required": False,
            "empty_label": gettext_lazy("Semua fase"),
        }
        super().__init__(**usual | kwargs)

    def label_from_instance(self, obj: Phase) -> str:
        if obj.first_grade == obj.last_grade:
            return _("%(phase)s (kelas %(grade)s)") % {"phase": obj, "grade": obj.first_grade}
        words = {"phase": obj, "first": obj.first_grade, "last": obj.last_grade}
        return _("%(phase)s (kelas %(first)s–%(last)s)") % words


class GradeField(forms.TypedChoiceField):
    """A grade from 1 to 12, or none."""

    def __init__(self, **kwargs: Any) -> None:
        usual: dict[str, Any] = {
            "label": gettext_lazy("Kelas"),
            "required": False,
            "coerce": int,
            "empty_value": None,
            "choices": [("", gettext_lazy("Semua kelas")), *((n, str(n)) for n in range(1, 13))],
        }
        super().__init__(**usual | kwargs)


class TopicsField(forms.CharField):
    """Topics by their names, parted by commas. What they may be is said by the service."""

    def __init__(self, **kwargs: Any) -> None:
        usual: dict[str, Any] = {
            "label": gettext_lazy("Topik"),
            "required": False,
            "max_length": 300,
            "help_text": gettext_lazy("Paling banyak 5, dipisahkan koma: pecahan, alat peraga."),
        }
        super().__init__(**usual | kwargs)

    def clean(self, value: Any) -> Any:
        return [word for word in super().clean(value).split(",") if word.strip()]


def tags_of(post: Post) -> dict[str, Any]:
    """What the post's page says of how it is found."""
    return {"topics": post.topics.all()}
