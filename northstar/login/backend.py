"""Who is logged in: read by one statement, written once, for every page waits for it."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from partners.models import User

_COLUMNS = [field.attname for field in User._meta.concrete_fields]
_FIND = "SELECT {} FROM partners_user WHERE id = %s".format(", ".join(_COLUMNS))  # noqa: S608 (our own)


class Backend(AuthenticationBackend):
    """Logins as allauth knows them."""

    def get_user(self, user_id: int) -> User | None:
        """The person *user_id*, unless they may not log in any more. One query."""
        with connection.cursor() as cursor:
            cursor.execute(_FIND, [user_id])
            found = cursor.fetchone()
        if found is None:
            return None
        person = User.from_db(connection.alias, _COLUMNS, found)
        return person if self.user_can_authenticate(person) else None
