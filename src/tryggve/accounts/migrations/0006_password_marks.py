import hashlib

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_what_is_there(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Until now there was no other way to a password than the program's own."""
    for user in apps.get_model("accounts", "User").objects.all():
        user.password_mark = hashlib.sha256(user.password.encode()).hexdigest()
        user.save(update_fields=["password_mark"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_country")]

    operations = [
        migrations.AddField("user", "password_set_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField(
            "user", "password_mark", models.CharField(default="", editable=False, max_length=64)
        ),
        migrations.RunPython(mark_what_is_there, migrations.RunPython.noop),
    ]
