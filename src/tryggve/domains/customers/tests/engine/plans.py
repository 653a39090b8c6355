import io
from uuid import UUID

from tryggve.domains.customers.engine import planning
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.planning import Plan
from tryggve.domains.customers.engine.tables import read_table
from tryggve.lib.ids import new_id


def plan_of(content: bytes, *, known: list[tuple[UUID, Details]], source: str = "") -> Plan:
    """What importing a file would do, in Sweden."""
    table = read_table(io.BytesIO(content))
    return planning.plan(table, known=known, source=source, country="SE", new_id=new_id)
