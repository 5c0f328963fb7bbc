"""Every table that points at people or holds an address, once: a new one is decided on here.

`tests/northstar/own_data/test_holdings.py` walks all tables and fails for one that is missing.
"""

from northstar.own_data.holding import Holding
from northstar.own_data.of_doings import CONTACTS, MEASURES, MEETINGS, PROMISES
from northstar.own_data.of_partners import PEOPLE, WORDS

HOLDINGS: list[Holding] = [*PEOPLE, *MEETINGS, *MEASURES, *PROMISES, *CONTACTS, *WORDS]

BY_KEY = {one.key: one for one in HOLDINGS}
