from rest_framework.pagination import CursorPagination


class Newest(CursorPagination):
    """Keyset pages, newest first: a page costs the same however far back it is."""

    ordering: str | tuple[str, ...] = "-pk"
    page_size = 20
    page_size_query_param = "size"
    max_page_size = 100
