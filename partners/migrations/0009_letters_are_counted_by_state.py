from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0008_letters_keep_no_secrets")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["state"], name="message_state"),
        ),
    ]
