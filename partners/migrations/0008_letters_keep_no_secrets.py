from django.db import migrations

# What a mailed link looks like. A letter that has left keeps no such text; one that waits does.
TOKEN = "/[A-Za-z0-9_-]{43}/"


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_urgent_letters")]

    operations = [
        migrations.RunSQL(
            [
                ("UPDATE partners_message SET secret = true WHERE text ~ %s", [TOKEN]),
                (
                    "UPDATE partners_message SET text = regexp_replace(text, %s, '/•••/', 'g'),"
                    " html = regexp_replace(html, %s, '/•••/', 'g')"
                    " WHERE secret AND state IN ('sent', 'skipped')",
                    [TOKEN, TOKEN],
                ),
            ],
            migrations.RunSQL.noop,
        )
    ]
