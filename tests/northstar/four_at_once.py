"""What four clicks at once come to, at every address that takes a POST: see four.py."""

from tests.northstar.four_of_doings import FOUR_OF_DOINGS
from tests.northstar.four_of_joining import FOUR_OF_JOINING
from tests.northstar.four_of_logins import FOUR_OF_LOGINS
from tests.northstar.four_of_people import FOUR_OF_PEOPLE
from tests.northstar.four_of_promises import FOUR_OF_PROMISES

FOUR = FOUR_OF_PEOPLE | FOUR_OF_JOINING | FOUR_OF_LOGINS | FOUR_OF_DOINGS | FOUR_OF_PROMISES
