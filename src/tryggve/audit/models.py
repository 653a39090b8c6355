from typing import Never

from django.db import models


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

    The ids are pseudonyms, not anonymous.
    """

    id = models.BigAutoField(primary_key=True)
    recorded_at = models.DateTimeField()
    action = models.CharField(max_length=64)
    actor = models.CharField(max_length=64)
    subject = models.UUIDField(null=True, db_index=True)
    facts = models.JSONField(default=dict)

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
