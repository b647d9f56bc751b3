"""The settings under test: the real ones, without what only slows a test down."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")

from mgmp.settings import *  # noqa: F403 -- all of it, then what differs

# Argon2 is slow on purpose; no test is about that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The hashed names exist only after collectstatic, which a test must not need.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
