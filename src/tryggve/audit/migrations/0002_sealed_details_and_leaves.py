import json

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tryggve.audit import canonical, triggers
from tryggve.audit.fields import FactsField

# What 0001 made. This migration alone takes them away: the facts become canonical before any entry is sequenced.
_TRIGGERS = {
    "sqlite": ["audit_entry_no_delete", "audit_entry_no_replace", "audit_entry_no_update"],
    "postgresql": ["audit_entry_no_change", "audit_entry_no_truncate"],
}
_ROWS = 1000


def unguard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    on_table = "" if vendor == "sqlite" else " ON audit_entry"
    for name in _TRIGGERS[vendor]:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def guard_as_before(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(schema_editor.connection, ["audit_entry"])


def make_facts_canonical(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT id, facts FROM audit_entry WHERE id > %s ORDER BY id LIMIT %s", [last, _ROWS]
            )
            rows = cursor.fetchall()
            if not rows:
                return
            last = rows[-1][0]
            cursor.executemany(
                "UPDATE audit_entry SET facts = %s WHERE id = %s",
                [(canonical.encode(json.loads(facts)), id) for id, facts in rows],
            )


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(schema_editor.connection, ["audit_entry", "audit_leaf"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(unguard, guard_as_before),
        migrations.AlterField("entry", "facts", FactsField(default=dict)),
        migrations.AddField("entry", "commitment", models.CharField(max_length=64, null=True)),
        migrations.AddField("entry", "details_id", models.UUIDField(null=True)),
        migrations.AddField("entry", "details_compartment", models.CharField(max_length=16, null=True)),
        migrations.AddField("entry", "details_sealed", models.BinaryField(null=True)),
        migrations.RunPython(make_facts_canonical, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("epoch", models.IntegerField()),
                ("leaf_index", models.BigIntegerField()),
                ("entry", models.BigIntegerField(unique=True)),
            ],
            options={"verbose_name_plural": "leaves", "db_table": "audit_leaf"},
        ),
        migrations.AddConstraint(
            "leaf", models.UniqueConstraint(fields=["epoch", "leaf_index"], name="audit_leaf_place")
        ),
        migrations.AddIndex(
            "leaf", models.Index(fields=["epoch", "leaf_index", "entry"], name="audit_leaf_in_order")
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
