from typing import Any

from django.db.models import Model, QuerySet
from rest_framework import serializers

from activity.files import CheckedFile, check_upload


class ReadableField(serializers.PrimaryKeyRelatedField[Any]):
    """The id of a row that the person may read; any other row does not exist."""

    def __init__(self, model: type[Model] | None = None, **kwargs: Any) -> None:
        self.model = model
        super().__init__(**kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        model: Any = self.model
        found: QuerySet[Any] = model.objects.visible_to(self.context["request"].user)
        return found


class CheckedFileField(serializers.FileField):
    """One file that we take; whatever is wrong with it is said of the field."""

    def to_internal_value(self, data: Any) -> CheckedFile:  # type: ignore[override]
        return check_upload(super().to_internal_value(data))
