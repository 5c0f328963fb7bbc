"""Letters are handed in by whoever writes them, as in every process that shows pages."""

import northstar.urls  # noqa: F401 (hands in the letters of sessions and of the login)
