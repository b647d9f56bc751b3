"""Choosing a school in a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.models import School
from schools.queries import find_school, school_names


class SchoolInput(forms.TextInput):
    """A line that proposes the names of schools while one types; the browser does it alone."""

    template_name = "schools/school_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {"list": f"{name}-names", **(attrs or {})})
        return {**context, "schools": school_names()}

    def format_value(self, value: Any) -> str | None:
        return value.name if isinstance(value, School) else value


class SchoolField(forms.CharField):
    """A school by its name or NPSN; the value is a School, or None when it may stay empty."""

    widget = SchoolInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Sekolah"))
        options.setdefault("help_text", _("Ketik nama sekolah lalu pilih, atau tulis NPSN-nya."))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        return find_school(words) if words else None

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, School) else value

    def run_validators(self, value: Any) -> None:
        """Leave it: `find_school` has said what is to say."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))
