from django.db import migrations, models

import tryggve.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_passwords_and_standby"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tryggve.lib.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("by_ref", models.UUIDField(null=True)),
                ("done_at", models.DateTimeField(db_index=True)),
                ("people", models.PositiveIntegerField()),
                ("changed", models.PositiveIntegerField()),
                ("closed", models.PositiveIntegerField()),
            ],
        ),
    ]
