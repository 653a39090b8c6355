from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _count_from_reading(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for row in apps.get_model("exposure", "SiteReading").objects.filter(days_left__gt=0):
        row.ends_at = row.read_at + timedelta(days=row.days_left)
        row.save(update_fields=["ends_at"])


class Migration(migrations.Migration):
    dependencies = [("exposure", "0003_receiver_reports")]

    operations = [
        migrations.AddField("sitereading", "ends_at", models.DateTimeField(null=True)),
        migrations.RunPython(_count_from_reading, migrations.RunPython.noop),
        migrations.RemoveField("sitereading", "days_left"),
    ]
