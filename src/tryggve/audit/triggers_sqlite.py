from django.db.backends.base.base import BaseDatabaseWrapper

# What a REPLACE would make room by: every unique column of the table.
_SAME = {
    "audit_entry": "id = NEW.id",
    "audit_leaf": "id = NEW.id OR entry = NEW.entry OR (epoch = NEW.epoch AND leaf_index = NEW.leaf_index)",
}


def triggers_of(table: str) -> dict[str, str]:
    """The statement behind each trigger, by its name.

    Three and not two: ``REPLACE INTO`` removes the old row without waking a delete trigger (SQLite, unless
    ``recursive_triggers`` is on).
    """
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {_SAME[table]})"  # noqa: S608 - our own table names
    return {
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"{table}_no_replace": (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}"
        ),
    }


def statements(table: str, name: str) -> list[str]:
    """What makes one trigger, whatever stood in its place."""
    return [f"DROP TRIGGER IF EXISTS {name}", triggers_of(table)[name]]


def sound(connection: BaseDatabaseWrapper, table: str) -> set[str]:
    """The triggers that stand on the table word for word as we made them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        found = dict(cursor.fetchall())
    return {name for name, statement in triggers_of(table).items() if found.get(name) == statement}
