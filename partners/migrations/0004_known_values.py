from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_who_decided")]

    operations = [
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(language__in=["sv", "en"]), name="message_language_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(colour_scheme__in=["auto", "light", "dark"]),
                name="user_colour_scheme_is_known",
            ),
        ),
    ]
