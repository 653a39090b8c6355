from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id


class Import(models.Model):
    """One list brought in. What its file says, rows set aside and columns without a field are sealed under its own key.

    The file itself is kept nowhere: what was read of it waits for a yes.
    """

    class State(models.TextChoices):
        PREVIEWED = "PREVIEWED", _("waiting for your yes")
        QUEUED = "QUEUED", _("waiting for its turn")
        RUNNING = "RUNNING", _("running")
        DONE = "DONE", _("done")
        STOPPED = "STOPPED", _("stopped half-way, nothing was changed")
        REFUSED = "REFUSED", _("refused, nothing was changed")
        UNDOING = "UNDOING", _("being undone")
        UNDONE = "UNDONE", _("undone")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=10, choices=State)
    started_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    key_ref = models.UUIDField(null=True)
    # The key before it, while the import is given another one because somebody in it was erased.
    former_key_ref = models.UUIDField(null=True)
    file_sealed = models.BinaryField(null=True)
    result_sealed = models.BinaryField(null=True)
    leftovers_sealed = models.BinaryField(null=True)
    # What a person decided in the preview: columns matched by hand, rows mended, doubles told apart.
    decisions_sealed = models.BinaryField(null=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)


class ImportImage(models.Model):
    """What an import did to one customer, so that it can be undone: made new, or what the card said before.

    Sealed under the import's key, which dies after 30 days.
    """

    id = models.BigAutoField(primary_key=True)
    batch_ref = models.UUIDField(db_index=True)
    customer_ref = models.UUIDField(db_index=True)
    # Nothing for a customer whom the import made.
    before_sealed = models.BinaryField(null=True)
    # The revision that the import left: who was changed since is told apart.
    revision = models.PositiveIntegerField()
