"""What must be true after every fault: each rule in SQL finds the rows that break it.

The rules bear the numbers of the matrix; those that a constraint of the database keeps are left
out, and so are those about files and figures, which no fault here can reach.
"""

from django.db import connection

from partners.post import claims, kinds

_UNASKED = ", ".join(f"'{name}'" for name in kinds.UNASKED)  # one that came back had left, too
_DAY = "({}.sent_at AT TIME ZONE 'Europe/Stockholm')::date"

RULES = {
    "V1 seats are sold once": """
        SELECT s.id, count(*) FROM learning_learningsession s
        JOIN learning_registration r ON r.session_id = s.id AND r.state = 'confirmed'
        WHERE s.capacity IS NOT NULL GROUP BY s.id HAVING count(*) > s.capacity
    """,
    "V1 no seat is empty while somebody waits": """
        SELECT s.id FROM learning_learningsession s
        WHERE s.published_at IS NOT NULL AND s.cancelled_at IS NULL AND s.starts_at > now()
          AND EXISTS (SELECT FROM learning_registration r
                      WHERE r.session_id = s.id AND r.state = 'queued' AND r.leaves_at IS NULL
                        -- the seat of somebody who is leaving is taken, and so is their turn
                        AND (s.capacity IS NULL OR s.capacity >= (
                              SELECT count(*) FROM learning_registration before
                              WHERE before.session_id = s.id
                                AND (before.state = 'confirmed'
                                     OR (before.state = 'queued' AND before.id <= r.id)))))
    """,
    "V3 first come, first served": """
        SELECT q.id, r.id FROM learning_registration q
        JOIN learning_registration r ON r.session_id = q.session_id AND r.id > q.id
        WHERE q.state = 'queued' AND r.state = 'confirmed'
    """,
    "V4 no seat is given after the start, and none in a cancelled session": """
        SELECT r.id FROM learning_registration r
        JOIN learning_learningsession s ON s.id = r.session_id
        WHERE r.source <> 'import' AND (r.seated_at >= s.starts_at OR r.seated_at > s.cancelled_at)
    """,
    "V1 nobody is leaving for longer than there is to think again": """
        SELECT id FROM learning_registration
        WHERE leaves_at > now() + interval '15 minutes'
           OR (leaves_at IS NOT NULL AND (state = 'withdrawn' OR withdrawn_by_id IS NULL))
    """,
    "V4 nobody says yes to what is over": """
        SELECT id FROM partners_invitation
        WHERE role <> '' AND (
            accepted_at >= expires_at
            OR num_nonnulls(accepted_at, declined_at, withdrawn_at) > 1)
    """,
    "V5 whoever has a place is told so, once": """
        SELECT r.id, r.state, count(m.id) FROM learning_registration r
        LEFT JOIN partners_message m
          ON m.key LIKE format('learning.place:%s:%s:%%%%', r.session_id, r.id)
         AND (m.letter = 'learning/place_in_queue') = (r.state = 'queued')
         -- What had not left when the session was moved or cancelled is known from that letter,
         -- which was put in its place in the same moment.
         AND (m.state <> 'skipped' OR (m.last_error = 'overtaken by events' AND EXISTS (
               SELECT FROM partners_message later
               WHERE later.key LIKE format('learning.session:%s:%s:%%%%', r.session_id, r.id)
                 AND later.id > m.id
                 AND (later.state <> 'skipped' OR EXISTS (
                       SELECT FROM partners_message last
                       WHERE last.key LIKE format('learning.session:%s:%s:%%%%',
                                                  r.session_id, r.id)
                         AND last.id > later.id AND last.state <> 'skipped')))))
        WHERE r.state <> 'withdrawn' AND r.source <> 'import'
        GROUP BY r.id HAVING count(m.id) <> 1
    """,
    "V6 no letter is held longer than its lease": """
        SELECT id FROM partners_message
        WHERE (claim IS NULL) <> (claimed_until IS NULL)
           OR (state IN ('sent', 'bounced', 'failed') AND claim IS NOT NULL)
           OR (state = 'waiting' AND claimed_until < now())
    """,
    "V6 what is held has its hour, and is of use then": """
        SELECT m.id FROM partners_message m
        LEFT JOIN partners_message digest ON digest.id = m.gathered_in_id
        WHERE m.held AND (
            m.state <> 'waiting' OR m.attempts > 0 OR m.claim IS NOT NULL OR m.useless_after IS NULL
            OR (digest.id IS NULL AND m.next_try_at >= m.useless_after)
            OR digest.sent_at < now() - interval '1 day')
    """,
    "V6 what is stopped stays, and says by whom": """
        SELECT id FROM partners_message
        WHERE state = 'stopped' AND (decided_at IS NULL OR sent_at > decided_at)
    """,
    "V7 what went along in another letter never leaves by itself": """
        SELECT id FROM partners_message
        WHERE gathered_in_id IS NOT NULL
          AND (attempts > 0 OR sent_at IS NOT NULL OR NOT (held OR state = 'skipped'))
    """,
    "V7 nobody gets more that they did not ask for than one a day and two a week": f"""
        SELECT m.recipient_id, m.sent_at FROM partners_message m
        JOIN partners_message other
          ON other.recipient_id = m.recipient_id AND other.id <> m.id
         AND other.state IN ('sent', 'bounced') AND other.letter IN ({_UNASKED})
         AND {_DAY.format("other")} BETWEEN {_DAY.format("m")} - 6 AND {_DAY.format("m")}
         -- of the same moment, and of what came before, none is counted twice
         AND (other.sent_at, other.id) < (m.sent_at, m.id)
        WHERE m.state IN ('sent', 'bounced') AND m.letter IN ({_UNASKED})
        GROUP BY m.id
        HAVING count(*) > 1 OR bool_or({_DAY.format("other")} = {_DAY.format("m")})
    """,
    "V11 nobody holds or waits too long": """
        SELECT pid, state, query FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND (
            (state LIKE 'idle in transaction%' AND now() - state_change > interval '15 s')
            OR (wait_event_type = 'Lock' AND now() - query_start > interval '3.5 s'))
    """,
}


# A letter that became needless while a sender had it keeps the claim until that one lets go of it:
# so only one that was killed leaves any, and only of the one batch it had.
LEFT = "V6 only a sender that was killed leaves a claim on what is needless"
_LEFT = """
    SELECT claim, count(*) FROM partners_message
    WHERE state IN ('skipped', 'stopped') AND claimed_until < now()
    GROUP BY claim
"""


def broken(kills=0):
    """Rule -> the rows that break it, where no more than *kills* senders were killed."""
    found = {}
    with connection.cursor() as cursor:
        for rule, sql in RULES.items():
            cursor.execute(sql)
            if rows := cursor.fetchall():
                found[rule] = rows
        cursor.execute(_LEFT)
        left = cursor.fetchall()
        if len(left) > kills or any(number > claims.BATCH for _claim, number in left):
            found[LEFT] = left
    return found
