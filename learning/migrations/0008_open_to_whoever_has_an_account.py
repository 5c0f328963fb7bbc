from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0007_what_people_were_told")]

    operations = [
        migrations.AlterField(
            model_name="learningsession",
            name="audience",
            field=models.CharField(
                choices=[("partners", "the partners"), ("public", "everybody who has an account")],
                default="partners",
                max_length=8,
                verbose_name="open to",
            ),
        ),
    ]
