import hashlib
from contextlib import suppress

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tryggve import vault
from tryggve.accounts import password_marks


def mark_anew_what_was_marked(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """A register that waits to be unlocked is upgraded all the same; its passwords then count as unmarked."""
    with suppress(vault.Locked):
        for user in apps.get_model("accounts", "User").objects.all():
            if user.password_mark == hashlib.sha256(user.password.encode()).hexdigest():
                user.password_mark = password_marks.of(user.password, user.pk)
                user.save(update_fields=["password_mark"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_password_marks")]

    operations = [
        migrations.AlterField(
            "user", "password_mark", models.CharField(default="", editable=False, max_length=160)
        ),
        migrations.RunPython(mark_anew_what_was_marked, migrations.RunPython.noop),
    ]
