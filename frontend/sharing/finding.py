"""The post and the group that an address names."""

from django.shortcuts import get_object_or_404

from frontend.http import Request
from groups.models import Group
from sharing.models import Post


def post_for(request: Request, pk: int) -> Post:
    return get_object_or_404(Post.objects.visible_to(request.user).for_page(), pk=pk)


def asked_group(request: Request, groups: list[Group]) -> Group | None:
    asked = request.GET.get("group", "")
    return next((group for group in groups if str(group.pk) == asked), None)
