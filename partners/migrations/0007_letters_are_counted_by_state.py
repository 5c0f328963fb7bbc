from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0006_one_spelling_of_names_and_addresses")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["state"], name="message_state"),
        ),
    ]
