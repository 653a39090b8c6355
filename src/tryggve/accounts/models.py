from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.lib.ids import new_id
from tryggve.lib.language import LANGUAGES


class Users(BaseUserManager["User"]):
    def create_user(self, *, email: str, password: str, name: str, language: str) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name, language=language)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who works at the firm. Name and address are readable in the database, by decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES], default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Seals what the log tells of this person in words; in the key store's compartment for staff.
    key_ref = models.UUIDField(null=True, editable=False)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"

    @property
    def actor(self) -> str:
        """What the audit log calls this person."""
        return f"user:{self.pk}"
