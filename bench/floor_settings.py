"""The platform's settings with nothing left but the session sign-in, for the floor."""

from mgmp.settings import *  # noqa: F403 -- all of it, then what differs

ROOT_URLCONF = "bench.floor"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
# allauth insists on its own middleware, and the admin reads allauth's tables; neither is needed.
INSTALLED_APPS = [
    app
    for app in INSTALLED_APPS  # noqa: F405 -- from the settings above
    if not app.startswith(("allauth", "django.contrib.admin"))
]
