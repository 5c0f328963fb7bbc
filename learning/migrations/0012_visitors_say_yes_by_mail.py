import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0011_leaving_may_be_undone")]

    operations = [
        migrations.AlterField(
            model_name="learningsession",
            name="audience",
            field=models.CharField(
                choices=[("partners", "the partners"), ("public", "everybody")],
                default="partners",
                max_length=8,
                verbose_name="open to",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="typed_organisation",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=200,
                verbose_name="organisation as typed",
            ),
        ),
        migrations.CreateModel(
            name="VisitorRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=200, verbose_name="organisation"),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[("sv", "Svenska"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "registration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="learning.registration",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visitor_requests",
                        to="learning.learningsession",
                    ),
                ),
            ],
            options={
                "verbose_name": "visitor’s request",
                "verbose_name_plural": "visitors’ requests",
                "indexes": [
                    models.Index(
                        fields=["session", "email"], name="visitorrequest_of_an_address"
                    ),
                    models.Index(fields=["created_at"], name="visitorrequest_created_at"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["sv", "en"])),
                        name="visitorrequest_language_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True), ("registration__isnull", True)
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False), ("registration__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="visitorrequest_confirmed_has_a_registration",
                    ),
                ],
            },
        ),
    ]
