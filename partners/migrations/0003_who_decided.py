import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def somebody(**words):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        django.db.models.deletion.PROTECT,
        null=True,
        related_name="+",
        **words,
    )


def has_a_moment(who, when, name):
    condition = models.Q(**{f"{who}__isnull": True}) | models.Q(**{f"{when}__isnull": False})
    return models.CheckConstraint(condition=condition, name=name)


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_focus_areas")]

    operations = [
        migrations.AddField("importbatch", "applied_by", somebody()),
        migrations.AddField(
            "membership",
            "role_changed_at",
            models.DateTimeField("role changed at", null=True, editable=False),
        ),
        migrations.AddField(
            "membership",
            "role_changed_by",
            somebody(verbose_name="role changed by", editable=False),
        ),
        migrations.AddField(
            "membership", "ended_by", somebody(verbose_name="ended by", editable=False)
        ),
        migrations.AddField(
            "organisation",
            "status_changed_at",
            models.DateTimeField("status changed at", null=True, editable=False),
        ),
        migrations.AddField(
            "organisation",
            "status_changed_by",
            somebody(verbose_name="status changed by", editable=False),
        ),
        migrations.AddField(
            "user",
            "access_changed_at",
            models.DateTimeField("login decided at", null=True, editable=False),
        ),
        migrations.AddField(
            "user",
            "access_changed_by",
            somebody(verbose_name="login decided by", editable=False),
        ),
        migrations.AddConstraint(
            "importbatch",
            has_a_moment("applied_by", "applied_at", "importbatch_applied_by_has_a_moment"),
        ),
        migrations.AddConstraint(
            "membership",
            has_a_moment(
                "role_changed_by", "role_changed_at", "membership_role_changed_by_has_a_moment"
            ),
        ),
        migrations.AddConstraint(
            "membership",
            has_a_moment("ended_by", "ended_at", "membership_ended_by_has_a_moment"),
        ),
        migrations.AddConstraint(
            "organisation",
            has_a_moment(
                "status_changed_by",
                "status_changed_at",
                "organisation_status_changed_by_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            "user",
            has_a_moment(
                "access_changed_by", "access_changed_at", "user_access_changed_by_has_a_moment"
            ),
        ),
    ]
