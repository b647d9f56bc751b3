"""What the observers of one session saw, item by item, and how far they agree."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.http import Request
from api.observations import ItemAnswerSerializer, NoteSerializer
from observations import rules
from observations.results import Line, Seen, Sheets, results_of
from sessions.models import ModelSession


class SeenSerializer(serializers.Serializer[Seen]):
    """One observer's answer to the item, with the notes tied to it. Ids of both."""

    observation = serializers.IntegerField(source="observation.pk")
    observer = serializers.IntegerField(source="observation.observer_id")
    answer = ItemAnswerSerializer()
    notes = NoteSerializer(many=True)


class LineSerializer(serializers.Serializer[Line]):
    item = serializers.IntegerField(source="item.pk")
    text = serializers.CharField(source="item.text")
    differs = serializers.BooleanField()
    seen = SeenSerializer(many=True)


class AgreementSerializer(serializers.Serializer[Any]):
    """For guides of observers alone; null where it cannot be reckoned. `percent` is 0 to 100."""

    scale = serializers.CharField(source="scale.code")
    observers = serializers.IntegerField()
    items = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True)
    alpha = serializers.FloatField(allow_null=True)


class SheetsSerializer(serializers.Serializer[Any]):
    """All sheets that were filled with one instrument."""

    instrument = serializers.IntegerField(source="instrument.pk")
    lines = LineSerializer(many=True)
    agreement = serializers.SerializerMethodField()

    @extend_schema_field(AgreementSerializer(many=True))
    def get_agreement(self, sheets: Sheets) -> Any:
        found = sheets.agreement() if self.context["with_agreement"] else []
        return AgreementSerializer(found, many=True).data


class ResultActions(viewsets.GenericViewSet[ModelSession]):
    """What one reads of a session's observation."""

    request: Request

    @extend_schema(responses=SheetsSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def results(self, request: Request, pk: str) -> Response:
        """The submitted sheets that you may read, by instrument, side by side.

        The guru model reads them after her own reflection or 48 hours, observers once they
        submitted their own.
        """
        session = self.get_object()
        context = {"with_agreement": bool(rules.may_read_agreement(request.user, session))}
        found = results_of(session, request.user)
        return Response(SheetsSerializer(found, many=True, context=context).data)
