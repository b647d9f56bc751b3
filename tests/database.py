"""How another process reaches the database of this test."""

from urllib.parse import quote

from django.db import connection


def database_url() -> str:
    of = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{of['NAME']}"
    user, password, host = (quote(of[key], safe="") for key in ("USER", "PASSWORD", "HOST"))
    port = f":{of['PORT']}" if of["PORT"] else ""
    return f"postgres://{user}:{password}@{host}{port}/{of['NAME']}"
