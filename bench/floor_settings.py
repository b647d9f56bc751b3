"""The platform's settings with nothing left but the session sign-in, for the floor."""

from mgmp.settings import *  # noqa: F403 -- all of it, then what differs

ROOT_URLCONF = "bench.floor"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # allauth, which the sign-in is built on, does not start without it; it hardly costs a thing.
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
