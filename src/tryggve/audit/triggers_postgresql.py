from django.db.backends.base.base import BaseDatabaseWrapper

_FUNCTION = "audit_append_only"
_BODY = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"
# pg_trigger.tgtype, PostgreSQL's catalog/pg_trigger.h: ROW 1, BEFORE 2, DELETE 8, UPDATE 16, TRUNCATE 32.
_KINDS = {"no_change": 1 + 2 + 8 + 16, "no_truncate": 2 + 32}
_CLAUSES = {
    "no_change": "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
    "no_truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
}


def triggers_of(table: str) -> dict[str, str]:
    """The statement behind each trigger, by its name."""
    return {
        f"{table}_{kind}": (
            f"CREATE TRIGGER {table}_{kind} {clause.format(table=table)} EXECUTE FUNCTION {_FUNCTION}()"
        )
        for kind, clause in _CLAUSES.items()
    }


def statements(table: str, name: str) -> list[str]:
    """What makes one trigger, whatever stood in its place."""
    return [
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        triggers_of(table)[name],
        # Also in sessions that replay changes (session_replication_role = replica), which pass others by.
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    ]


def sound(connection: BaseDatabaseWrapper, table: str) -> set[str]:
    """The triggers on the table that are on for all sessions and do what ours do, without conditions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, t.tgtype FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = %s::regclass AND t.tgenabled = 'A' AND p.prosrc = %s"
            " AND t.tgqual IS NULL AND cardinality(t.tgattr::smallint[]) = 0",
            [table, _BODY],
        )
        found = set(cursor.fetchall())
    return {f"{table}_{kind}" for kind, tgtype in _KINDS.items() if (f"{table}_{kind}", tgtype) in found}
