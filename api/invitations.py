"""Answering invitations, guests without an account, and personal links."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.attendance import ParticipationSerializer
from api.http import Request
from sessions import rules, services
from sessions.links import good_until
from sessions.models import ModelSession, Participation
from sessions.queries import turn_of

ANSWER = OpenApiExample(
    "Unable to come", value={"answer": "not_coming", "reason": "Ada rapat dinas."}
)
GUEST = OpenApiExample(
    "A narasumber without an account",
    value={
        "name": "Dr. Sitti Rahma, M.Pd.",
        "institution": "BPMP Sulawesi Selatan",
        "phone": "0812 3456 7890",
        "role": "resource_person",
    },
)
LINK = OpenApiExample(
    "A personal link",
    value={"url": "https://mgmp.example.id/r/1a.Q.0.kq3vJ0mF/", "expires_at": "2026-12-03T10:20Z"},
    response_only=True,
)


class InvitationAnswerSerializer(serializers.Serializer[Any]):
    """What makes sense depends on the session: `online` only where there is a room."""

    answer = serializers.ChoiceField(
        [choice for choice in Participation.Answer.choices if choice[0]]
    )
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class AnsweredSerializer(ParticipationSerializer):
    """With `turn`, the place in the waiting list; null for who has a place or asks for none."""

    turn = serializers.SerializerMethodField()

    class Meta(ParticipationSerializer.Meta):
        fields = [*ParticipationSerializer.Meta.fields, "turn"]
        read_only_fields = fields

    def get_turn(self, part: Participation) -> int | None:
        return turn_of(part)


class GuestSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    institution = serializers.CharField(max_length=120)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    role = serializers.ChoiceField(
        Participation.Role.choices, default=Participation.Role.RESOURCE_PERSON
    )


class LinkSerializer(serializers.Serializer[Any]):
    """Whoever has the address answers for this person, until it ends or is revoked."""

    url = serializers.URLField(read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)


class GuestActions(viewsets.GenericViewSet[ModelSession]):
    """Who is invited to a session without an account, and the links of all."""

    request: Request

    @extend_schema(
        request=GuestSerializer, responses={201: ParticipationSerializer}, examples=[GUEST]
    )
    @action(detail=True, methods=["post"])
    def guests(self, request: Request, pk: str) -> Response:
        """Invite somebody who has no account; a personal link is how they answer."""
        session = self.get_object()
        sent = GuestSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        part = services.invite_guest(session, by=request.user, **sent.validated_data)
        shown = ParticipationSerializer(part, context=self.get_serializer_context())
        return Response(shown.data, status=201)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="revoke-links")
    def revoke_links(self, request: Request, pk: str) -> Response:
        """Have every personal link of the session stop working."""
        services.revoke_all_links(self.get_object(), by=request.user)
        return Response(status=204)


class InvitationActions(viewsets.GenericViewSet[Participation]):
    """What one does about a single invitation: answer it, hand out its link, take it back."""

    request: Request

    @extend_schema(
        request=InvitationAnswerSerializer, responses=AnsweredSerializer, examples=[ANSWER]
    )
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Answer your own invitation; you may change the answer until the session is held.

        Where all places are taken, who is `coming` waits for one: `turn` says how long.
        """
        part = self.get_object()
        sent = InvitationAnswerSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        answered = services.answer_invitation(part, by=request.user, **sent.validated_data)
        return Response(AnsweredSerializer(answered, context=self.get_serializer_context()).data)

    @extend_schema(request=None, responses=LinkSerializer, examples=[LINK])
    @action(detail=True, methods=["post"])
    def link(self, request: Request, pk: str) -> Response:
        """Make the personal link of this person, for the board and the guru model to send."""
        part = self.get_object()
        rules.may_hand_out_links.require(request.user, part.session)
        path = reverse("rsvp", args=[services.personal_token(part)])
        found = {"url": request.build_absolute_uri(path), "expires_at": good_until(part)}
        return Response(LinkSerializer(found).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="revoke-link")
    def revoke_link(self, request: Request, pk: str) -> Response:
        """Have every personal link of this person to the session stop working."""
        services.revoke_link(self.get_object(), by=request.user)
        return Response(status=204)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def uninvite(self, request: Request, pk: str) -> Response:
        """Take the invitation back, before the session begins. Who waits for the place gets it."""
        services.uninvite(self.get_object(), by=request.user)
        return Response(status=204)
