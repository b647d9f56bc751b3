"""What readers, guides, authors and boards do with a post beside reading it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.fields import ReadableField
from api.http import Request
from groups.models import Cycle
from sharing import services
from sharing.models import Post, Reaction
from sharing.queries import OwnPart, own_part


class WithdrawnSerializer(serializers.Serializer[None]):
    withdrawn_because = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )


class AudienceSerializer(serializers.Serializer[None]):
    audience = serializers.ChoiceField(Post.Audience.choices)
    because = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class CycleOfPostSerializer(serializers.ModelSerializer[Post]):
    cycle = ReadableField(Cycle, allow_null=True)

    class Meta:
        model = Post
        fields = ["cycle"]


class ReactionSerializer(serializers.Serializer[None]):
    kind = serializers.ChoiceField(Reaction.Kind.choices)


class NewestSerializer(serializers.Serializer[None]):
    newest = serializers.IntegerField(min_value=1, max_value=2**62)


class OwnPartSerializer(serializers.Serializer[OwnPart]):
    used = serializers.BooleanField()
    thanked = serializers.BooleanField()
    follows = serializers.BooleanField()
    is_unread = serializers.BooleanField()


class PostActions(viewsets.GenericViewSet[Post]):
    """The acts on a post; each answers with the post as it is then."""

    request: Request

    @extend_schema(request=WithdrawnSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Let nobody but its author and the board read the post; `restore` undoes it.

        Whoever is not its author says why: the author is told.
        """
        because = _sent(WithdrawnSerializer, request)["withdrawn_because"]
        return self._show(
            services.withdraw_post(self.get_object(), by=request.user, because=because)
        )

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        """Let the post be read again."""
        return self._show(services.restore_post(self.get_object(), by=request.user))

    @extend_schema(request=AudienceSerializer)
    @action(detail=True, methods=["post"])
    def audience(self, request: Request, pk: str) -> Response:
        """Say anew who may read your post, no wider than the board left it (`narrowed_to`).

        A board makes the circle smaller and says why, as `because`; it may undo that up to
        `narrowed_from`, unless you made the circle smaller still.
        """
        sent = _sent(AudienceSerializer, request)
        return self._show(services.change_audience(self.get_object(), by=request.user, **sent))

    @extend_schema(request=CycleOfPostSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Count your post in another cycle of its group, or with null in none."""
        post = self.get_object()
        sent = CycleOfPostSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        return self._show(services.move_post(post, sent.validated_data["cycle"], by=request.user))

    @extend_schema(request=ReactionSerializer)
    @action(detail=True, methods=["post"])
    def react(self, request: Request, pk: str) -> Response:
        """Say that you used the post in class, or thank for it. Twice is as once."""
        kind = Reaction.Kind(_sent(ReactionSerializer, request)["kind"])
        return self._show(services.react(self.get_object(), kind, by=request.user))

    @extend_schema(request=ReactionSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str) -> Response:
        """Take back what you said with `react`."""
        kind = Reaction.Kind(_sent(ReactionSerializer, request)["kind"])
        return self._show(services.take_back_reaction(self.get_object(), kind, by=request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def follow(self, request: Request, pk: str) -> Response:
        """Be told of new answers to the post."""
        return self._show(services.follow_post(self.get_object(), by=request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def mute(self, request: Request, pk: str) -> Response:
        """Be told of no more answers to the post, but of those that name you."""
        return self._show(services.mute_post(self.get_object(), by=request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def endorse(self, request: Request, pk: str) -> Response:
        """Recommend the post as it is now, as guru inti or instruktur of its group.

        Once its words or files change, `endorsed_before` is the change in its history before which
        it was recommended.
        """
        return self._show(services.endorse_post(self.get_object(), by=request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"], url_path="take-back-endorsement")
    def take_back_endorsement(self, request: Request, pk: str) -> Response:
        """Recommend the post no longer."""
        return self._show(services.take_back_endorsement(self.get_object(), by=request.user))

    @extend_schema(responses=OwnPartSerializer)
    @action(detail=True)
    def mine(self, request: Request, pk: str) -> Response:
        """What you have to do with the post. Of others there are only numbers."""
        part = own_part(request.user, self.get_object())
        return Response(OwnPartSerializer(part).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: str) -> Response:
        """Keep that you read the post. Nobody else is told."""
        services.read_post(self.get_object(), by=request.user)
        return Response(status=204)

    @extend_schema(request=NewestSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def seen(self, request: Request) -> Response:
        """Keep that you looked at the list up to the post `newest`: what is newer is new to you."""
        services.see_feed(_sent(NewestSerializer, request)["newest"], by=request.user)
        return Response(status=204)

    @extend_schema(request=NewestSerializer, responses={204: None})
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request: Request) -> Response:
        """Count every post up to `newest` as read."""
        services.read_feed(_sent(NewestSerializer, request)["newest"], by=request.user)
        return Response(status=204)

    def _show(self, post: Post) -> Response:
        return Response(self.get_serializer(post).data)


def _sent(serializer: type[serializers.Serializer[None]], request: Request) -> dict[str, Any]:
    sent = serializer(data=request.data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)
