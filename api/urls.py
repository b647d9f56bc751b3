"""Every address of the JSON API, under /api/v1/. Each area registers its own viewsets."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import DefaultRouter

# One module a line, so that two areas never change the same line.
from api import (
    docs,
    notices,
    signing_in,
)

router = DefaultRouter()
router.include_format_suffixes = False
# --- accounts, schools
#
# --- groups
#
# --- S: sharing
#
# --- M: sessions
#
# --- A: observations
#
# --- R: reinforcement
#
# --- T: thinkpair
#
# --- KESRAKU
#
# --- notices
router.register("notices", notices.NoticeViewSet, basename="notice")

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", docs.schema, name="api-schema"),
    path("docs/", docs.docs, name="api-docs"),
    path("token/", signing_in.TokenView.as_view(), name="api-token"),
    *router.urls,
]
