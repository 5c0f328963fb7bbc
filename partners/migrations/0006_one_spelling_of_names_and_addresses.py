import logging
import unicodedata

from django.db import migrations

from partners.reading.addresses import canonical_address
from partners.reading.telephones import read_phone
from partners.reading.text import Unclear

logger = logging.getLogger(__name__)


def respell(apps, schema_editor):
    """Names composed, addresses as login looks them up, telephones as they are dialled.

    An address that another person has is left, and so is a number that no reader knows.
    """
    User = apps.get_model("partners", "User")
    for person in User.objects.exclude(email=None).only("email").iterator(chunk_size=1000):
        kept = canonical_address(person.email)
        if kept == person.email:
            continue
        others = User.objects.exclude(pk=person.pk)
        if taken := others.filter(email__iexact=kept).values_list("pk", flat=True).first():
            logger.warning(
                "Person %s has the mailbox of person %s in another spelling. It is left as it is: "
                "decide whose it is.", person.pk, taken,
            )
            continue
        User.objects.filter(pk=person.pk).update(email=kept)
    for person in User.objects.exclude(phone="").only("phone").iterator(chunk_size=1000):
        try:
            User.objects.filter(pk=person.pk).update(phone=read_phone(person.phone)[:40])
        except Unclear:
            pass  # asked about when the person next saves the profile
    for model in (User, apps.get_model("partners", "Organisation")):
        for row in model.objects.only("name").iterator(chunk_size=1000):
            composed = unicodedata.normalize("NFC", row.name)
            if composed != row.name:
                model.objects.filter(pk=row.pk).update(name=composed)


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_what_searches_look_into")]

    operations = [migrations.RunPython(respell, migrations.RunPython.noop)]
