"""Every address of the platform's pages. Paths are plural and in kebab-case, names are verbs."""

from django.urls import URLPattern, path

# One module a line, so that two areas never change the same line.
from frontend import (
    gallery,
    home,
    notices,
    reinforcement,
    thinkpair,
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
    path("sessions/<int:pk>/reflection/", reinforcement.reflect, name="reflect"),
    path("sessions/<int:pk>/feedback/", reinforcement.give_feedback, name="give-feedback"),
    path("feedback/<int:pk>/", reinforcement.feedback, name="feedback"),
    path("feedback/<int:pk>/thanks/", reinforcement.thank, name="thank"),
    path("feedback/<int:pk>/shares/", reinforcement.share_feedback, name="share-feedback"),
    path("sessions/<int:pk>/follow-up/", reinforcement.promise, name="promise"),
    path("follow-ups/<int:pk>/done/", reinforcement.complete_follow_up, name="complete-follow-up"),
    #
    # --- T: threads, pairs
    path("threads/", thinkpair.threads, name="threads"),
    path("threads/new/", thinkpair.open_thread, name="open-thread"),
    path("threads/<int:pk>/", thinkpair.thread, name="thread"),
    path("threads/<int:pk>/thoughts/", thinkpair.think, name="think"),
    path("threads/<int:pk>/pairs/", thinkpair.make_pairs, name="make-pairs"),
    path("threads/<int:pk>/close/", thinkpair.close_thread, name="close-thread"),
    path("pairs/<int:pk>/", thinkpair.pair, name="pair"),
    path("pairs/<int:pk>/messages/", thinkpair.say, name="say"),
    path("pairs/<int:pk>/answer/", thinkpair.share_answer, name="share-answer"),
    #
    # --- KESRAKU: gardens, harvests
    #
    # --- the house: gallery of components
    path("gallery/", gallery.gallery, name="gallery"),
]
