import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0010_what_a_session_page_tells"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="leaves_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ends at"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("leaves_at__isnull", False)),
                fields=["leaves_at"],
                name="registration_leaving",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("leaves_at__isnull", True), ("withdrawn_by__isnull", False), _connector="OR"
                ),
                name="registration_leaving_has_somebody_who_gave_it_back",
            ),
        ),
        migrations.CreateModel(
            name="PlaceLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="learning.registration",
                    ),
                ),
            ],
            options={"verbose_name": "link of a place", "verbose_name_plural": "links of places"},
        ),
    ]
