import io
from uuid import UUID

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.imports import planning
from tryggve.domains.customers.engine.imports.plan import Plan
from tryggve.lib.ids import new_id


def plan_of(content: bytes, *, known: list[tuple[UUID, Details]], source: str = "") -> Plan:
    """What importing a file would do, in Sweden."""
    table = read_table(io.BytesIO(content))
    return planning.plan(table, known=known, source=source, country="SE", new_id=new_id)
