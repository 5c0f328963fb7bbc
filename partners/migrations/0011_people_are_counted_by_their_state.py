from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0010_invitations_are_answered_and_partners_leave"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("role", "contact_person")),
                fields=["organisation"],
                name="membership_contact_persons",
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("last_login", None)), fields=["id"], name="user_never_logged_in"
            ),
        ),
    ]
