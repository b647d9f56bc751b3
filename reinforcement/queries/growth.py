"""The address of a growth page."""

from __future__ import annotations

from reinforcement.models import GrowthLink


def growth_link(token: str) -> GrowthLink | None:
    """The link with that address, open or not; whoever holds the address may ask."""
    return GrowthLink.objects.select_related("teacher__school").filter(token=token).first()
