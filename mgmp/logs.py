"""What the log says of requests."""

import logging
from typing import override

# What an address has that is as good as a password, as the URL patterns name it.
SECRET = ("token", "key")


class HideSecrets(logging.Filter):
    """Leaves personal links, calendar addresses and invitations out of lines about a request."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        for name in SECRET:
            if match and (secret := match.kwargs.get(name)):
                record.msg, record.args = record.getMessage().replace(str(secret), "…"), None
        return True
