from django_tasks import task

from tryggve.domains.datamap import starting


@task()
def begin_scans() -> None:
    """What the worker runs when somebody waits for a scan; one that is at it already comes to theirs by itself."""
    starting.start()
