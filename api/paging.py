from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

# Digits that surely fit a 64-bit column.
LONGEST_NUMBER = 18


class Newest(CursorPagination):
    """Keyset pages, newest first: a page costs the same however far back it is."""

    ordering: str | tuple[str, ...] = "-pk"
    page_size = 20
    page_size_query_param = "size"
    max_page_size = 100

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Read the address's place in the list; 404 when no row can stand there."""
        cursor: Cursor | None = super().decode_cursor(request)
        if cursor and cursor.position is not None and not self._is_place(str(cursor.position)):
            raise NotFound(_("Halaman ini tidak dikenali. Mulai lagi dari halaman pertama."))
        return cursor

    def _is_place(self, position: str) -> bool:
        if "-pk" in self.ordering:
            return position.isdecimal() and len(position) <= LONGEST_NUMBER
        return "\0" not in position
