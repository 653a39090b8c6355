from django.db import models

from tryggve.accounts.models import User
from tryggve.lib.language import LANGUAGES


class Country(models.TextChoices):
    SWEDEN = "SE", "Sverige"
    DENMARK = "DK", "Danmark"
    NORWAY = "NO", "Norge"
    FINLAND = "FI", "Suomi / Finland"


class Firm(models.Model):
    """The one company this installation belongs to. There is none until someone claims it."""

    name = models.CharField(max_length=150)
    country = models.CharField(max_length=2, choices=Country)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES])
    claimed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_firm", condition=models.Q(pk=1)),
        ]


class OwnerLink(models.Model):
    """A link that makes its bearer the owner, once. Only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()


class PutOff(models.Model):
    """A step of the first start that the company does later; it is reminded of it until then."""

    step = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()


class Welcomed(models.Model):
    """Somebody whose first start is behind them."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()


class Home(models.Model):
    """The one computer and key store that this register belongs to, by names that tell nothing else of them."""

    machine = models.UUIDField()
    key_store = models.UUIDField()
    settled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_home", condition=models.Q(pk=1)),
        ]
