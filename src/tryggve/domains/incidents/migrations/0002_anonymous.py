from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _mark_unnamed(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Until now nothing told those who didn't want to be known from those whose account was erased."""
    apps.get_model("incidents", "Report").objects.filter(by_ref=None).update(is_anonymous=True)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_reports")]

    operations = [
        migrations.AddField("report", "is_anonymous", models.BooleanField(default=False)),
        migrations.RunPython(_mark_unnamed, migrations.RunPython.noop),
    ]
