"""The physical limit of the rows as a file: PostgreSQL writes the same cells by itself."""

import os
import time

import psycopg

from learning.participation import rows as places

# The cells of the rows file, made and written by PostgreSQL alone.
COPIED = """
    SELECT to_char(s.starts_at AT TIME ZONE 'Europe/Stockholm', 'YYYY-MM-DD'), s.title_sv,
           e.title_sv, u.name, o.name, o.sector, coalesce(p.state, 'none'), p.status,
           CASE WHEN p.is_first THEN 'first time' ELSE '' END,
           CASE WHEN p.status = 'present'
                THEN round(extract(epoch FROM s.ends_at - s.starts_at) / 3600, 2) END
    FROM place p
    JOIN learning_learningsession s ON s.id = p.session_id
    JOIN learning_series e ON e.id = s.series_id
    JOIN partners_user u ON u.id = p.person_id
    LEFT JOIN partners_organisation o ON o.id = p.organisation_id
    ORDER BY s.starts_at, s.id, u.sort_name, u.id
"""


def copied(sessions, url=""):
    """Seconds PostgreSQL needs to write the same rows away, of *sessions* by their keys."""
    values = "ARRAY[{}]".format(",".join(map(str, sessions)))
    query = places._PLACES.replace("%(sessions)s", values) + COPIED
    options = "FORMAT csv, DELIMITER ';', HEADER, FORCE_QUOTE *"
    with psycopg.connect(url or os.environ["DATABASE_URL"]) as raw:
        start = time.perf_counter()
        raw.execute(f"COPY ({query}) TO '/dev/null' WITH ({options})")
        return time.perf_counter() - start
