from datetime import datetime

from partners.models.moments import STOCKHOLM

NIGHT = datetime(2027, 4, 8, 20, 0, tzinfo=STOCKHOLM)  # of held_today
