"""What a process counts of itself: requests, how long they took, database errors."""

import time
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Histogram

REQUESTS = Counter("northstar_requests", "Requests answered.", ["method", "status"])
SECONDS = Histogram(
    "northstar_request_seconds",
    "Time until the answer was made, in seconds.",
    buckets=[0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
)
DATABASE_ERRORS = Counter("northstar_database_errors", "Requests that a database error ended.")

METHODS = {"GET", "HEAD", "POST"}  # whatever else somebody sends is one line, not a line each


class Counted:
    """Count each request by its method and the first figure of its status: never by who or what."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        SECONDS.observe(time.perf_counter() - began)
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method, f"{response.status_code // 100}xx").inc()
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, DatabaseError):
            DATABASE_ERRORS.inc()
