"""manage.py reset_factor ADDRESS: for the last coordinator, whom no other can help."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from northstar.security import keeping
from partners.models import User


class Command(BaseCommand):
    help = (
        "Takes away the second step of the person with that address and ends their logins. They "
        "get an e-mail, and log in with a code to set up a new one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="the person's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.with_address(options["address"]).first()
        if person is None:
            raise CommandError("Nobody has that address.")
        if not keeping.reset(person, by=None):
            raise CommandError(f"{person.name} has no second step.")
        self.stdout.write(f"{person.name} logs in with a code and sets up a new second step.")
