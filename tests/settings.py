"""The settings under test: the real ones, without what only slows a test down."""

import os
import re

os.environ.setdefault("SECRET_KEY", "only-for-tests")

# Parallel runs of the suite share one Redis: each has a database of its own in it.
if redis_url := os.environ.get("REDIS_URL"):
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["REDIS_URL"] = re.sub(r"/\d+$", "", redis_url.rstrip("/")) + f"/{number}"

from mgmp.settings import *  # noqa: F403 -- all of it, then what differs

# Argon2 is slow on purpose; no test is about that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The hashed names exist only after collectstatic, which a test must not need.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
