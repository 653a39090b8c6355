from typing import ClassVar

from django.db import models

from tryggve.lib.ids import new_id


class CustomerProvider(models.Model):
    """The service by which customers can show who they are, such as a broker of BankID or MitID. One or none."""

    name = models.CharField(max_length=40)
    issuer = models.CharField(max_length=500)
    client_id = models.CharField(max_length=191)
    secret_sealed = models.BinaryField()
    scope = models.CharField(max_length=200)
    acr_values = models.CharField(max_length=200, blank=True)
    # What the service calls the identity number in its answer, and whose number it is; empty where it tells none.
    number_claim = models.CharField(max_length=60, blank=True)
    number_country = models.CharField(max_length=2, blank=True)
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["CustomerProvider"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_customer_provider", condition=models.Q(pk=1))
        ]


class ProviderRound(models.Model):
    """A browser on its way to that service and back; whose it is, nobody knows yet. Gone when it comes back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state_hash = models.CharField(max_length=64, unique=True)
    browser_hash = models.CharField(max_length=64)
    nonce = models.CharField(max_length=64)
    verifier = models.CharField(max_length=64)
    begun_at = models.DateTimeField()

    objects: ClassVar[models.Manager["ProviderRound"]] = models.Manager()
