from django.db.models import Model, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from api.http import Request


def only[Row: Model](rows: QuerySet[Row], request: Request, *names: str) -> QuerySet[Row]:
    """Only the rows that belong to what the address names by its id, e.g. `?post=7`.

    What is not a number is passed over; of a number that nothing has there are no rows.
    """
    asked = {name: request.query_params.get(name, "") for name in names}
    # Asked through `pk`, a number that is too large for the database finds nothing; else it fails.
    # Of thousands of digits Python makes no number at all; thirty are too large already.
    given = {f"{name}__pk": int(pk[:30]) for name, pk in asked.items() if pk.isdecimal()}
    return rows.filter(**given)


def of(name: str) -> OpenApiParameter:
    """Describe one of the names that `only` takes."""
    return OpenApiParameter(name, OpenApiTypes.INT, description=f"Only this {name}'s.")
