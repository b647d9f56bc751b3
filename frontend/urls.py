"""Every address of the platform's pages. Paths are plural and in kebab-case, names are verbs."""

from django.urls import URLPattern, path

# One module a line, so that two areas never change the same line.
from frontend import (
    gallery,
    home,
    notices,
)

urlpatterns: list[URLPattern] = [
    # --- Beranda and notices
    path("", home.home, name="home"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_notices, name="read-notices"),
    path("notices/<int:pk>/", notices.open_notice, name="open-notice"),
    #
    # --- accounts, schools: people, profile, language, about
    #
    # --- groups, memberships, invitations, cycles
    #
    # --- S: posts, comments, attachments
    #
    # --- M: sessions
    #
    # --- A: observations
    #
    # --- R: reflections, feedback, follow-ups
    #
    # --- T: threads, pairs
    #
    # --- KESRAKU: gardens, harvests
    #
    # --- the house: gallery of components
    path("gallery/", gallery.gallery, name="gallery"),
]
