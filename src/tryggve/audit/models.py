from typing import Never

from django.db import models

from tryggve.audit.fields import FactsField


class AppendOnly(TypeError):
    """What is written in the log stays as it is."""


def _refuse() -> Never:
    raise AppendOnly("entries of the audit log are neither changed nor removed")


class EntryQuerySet(models.QuerySet["Entry"]):
    def newest_first(self) -> "EntryQuerySet":
        return self.order_by("-id")

    def update(self, **kwargs: object) -> Never:
        _refuse()

    def delete(self) -> Never:
        _refuse()


class Entry(models.Model):
    """One deed: what, by whom, to whom, when. Holds ids, codes and counts, nothing that names a person.

    The ids are pseudonyms, not anonymous. What is said in words is sealed under the subject's own key, together
    with a salt; ``commitment`` binds it to the leaf.
    """

    id = models.BigAutoField(primary_key=True)
    recorded_at = models.DateTimeField()
    action = models.CharField(max_length=64)
    actor = models.CharField(max_length=64)
    subject = models.UUIDField(null=True, db_index=True)
    facts = FactsField(default=dict)
    commitment = models.CharField(max_length=64, null=True)  # noqa: DJ001 - null in the leaf, too
    details_id = models.UUIDField(null=True)
    details_compartment = models.CharField(max_length=16, null=True)  # noqa: DJ001 - there are none
    details_sealed = models.BinaryField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        db_table = "audit_entry"
        verbose_name_plural = "entries"

    def save(self, *, using: str | None = None, **options: object) -> None:
        if not self._state.adding:
            _refuse()
        super().save(force_insert=True, using=using)

    def delete(self, using: object = None, keep_parents: bool = False) -> Never:
        _refuse()


class Leaf(models.Model):
    """The place of one entry in the tree of one epoch. Rows stand in the order in which entries were sequenced."""

    id = models.BigAutoField(primary_key=True)
    epoch = models.IntegerField()
    leaf_index = models.BigIntegerField()
    entry = models.BigIntegerField(unique=True)

    objects = models.Manager["Leaf"]()

    class Meta:
        db_table = "audit_leaf"
        verbose_name_plural = "leaves"
        constraints = [
            models.UniqueConstraint(fields=["epoch", "leaf_index"], name="audit_leaf_place"),
        ]
        # A verification reads all places in order: with this it need not look into the table for each of them.
        indexes = [models.Index(fields=["epoch", "leaf_index", "entry"], name="audit_leaf_in_order")]

    def save(self, **options: object) -> Never:
        _refuse()

    def delete(self, using: object = None, keep_parents: bool = False) -> Never:
        _refuse()
