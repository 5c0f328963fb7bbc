import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0003_what_searches_look_into"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CityEmission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "tonnes",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="tonnes CO₂e a year",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "published_on",
                    models.DateField(blank=True, null=True, verbose_name="published on"),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "emissions of a year",
                "verbose_name_plural": "emissions by year",
                "ordering": ["year"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("year",), name="cityemission_one_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1900), ("year__lte", 2100)),
                        name="cityemission_year_can_be_meant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tonnes__gte", 0)), name="cityemission_is_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CityTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "tonnes",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="tonnes CO₂e a year",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "wording",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="the target in words"
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ["year"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("year",), name="citytarget_one_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1900), ("year__lte", 2100)),
                        name="citytarget_year_can_be_meant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tonnes__gte", 0)), name="citytarget_is_not_negative"
                    ),
                ],
            },
        ),
    ]
