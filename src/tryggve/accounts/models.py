from datetime import datetime
from typing import ClassVar

from django.contrib.auth import hashers
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import password_marks, roles
from tryggve.accounts.roles import Level, Role, Scope
from tryggve.lib.ids import new_id
from tryggve.lib.language import LANGUAGES


class Users(BaseUserManager["User"]):
    def create_user(
        self, *, email: str, password: str | None, name: str, language: str, role: str = Role.EMPLOYEE
    ) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name, language=language, role=role)
        user.set_password(password)
        user.save(using=self._db)
        return user


class Team(models.Model):
    """People who look after the same customers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)


class User(AbstractBaseUser):
    """Someone who works at the firm. Name and address are readable in the database, by decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES], default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, editable=False)
    # Seals what the log tells of this person in words; in the key store's compartment for staff.
    key_ref = models.UUIDField(null=True, editable=False)
    # When the password was changed last; null: it is the one that the account was made with.
    password_set_at = models.DateTimeField(null=True, editable=False)
    # Of what ``set_password`` wrote: what came into ``password`` in another way is known by it.
    password_mark = models.CharField(max_length=160, default="", editable=False)

    role = models.CharField(max_length=10, choices=Role, default=Role.EMPLOYEE)
    scope = models.CharField(max_length=4, choices=Scope, default=Scope.ALL)
    # What was changed for this person alone: a level by area.
    given = models.JSONField(default=dict)
    teams = models.ManyToManyField(Team, related_name="members")
    # Stands in for the security captain from then to then.
    deputy_from = models.DateTimeField(null=True)
    deputy_until = models.DateTimeField(null=True)
    # Ids of sessions that were ended, until those would have run out: a request is judged by them.
    ended_sign_ins = models.JSONField(default=list)
    # Whether somebody is a deputy now: told by whoever fetched the person and knows the time.
    is_deputy = False

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"

    def set_password(self, raw_password: str | None) -> None:
        """Raises vault.Locked without a service key."""
        super().set_password(raw_password)
        self.password_mark = password_marks.of(self.password, self.pk)

    def check_password(self, raw_password: str | None) -> bool:
        """As Django does it; a hash that is made anew, since hashing has become slower, keeps its mark."""

        def hash_anew(raw_password: str) -> None:
            if not self.is_marked:
                return  # what came in another way isn't washed clean by signing in
            self.set_password(raw_password)
            self._password = None
            self.save(update_fields=["password", "password_mark"])

        return hashers.check_password(raw_password, self.password, hash_anew)

    @property
    def is_marked(self) -> bool:
        """Whether the password came into the database through ``set_password``. Raises vault.Locked."""
        return password_marks.holds(self.password_mark, self.password, self.pk)

    @property
    def actor(self) -> str:
        """What the audit log calls this person."""
        return f"user:{self.pk}"

    def level_in(self, area: str) -> Level:
        """How far this person gets in that area; a deputy as far as a security captain, too."""
        if area == roles.Area.IMPORT and self.scope != Scope.ALL:
            return Level.NONE  # a list is compared with everybody's customers
        if area in roles.SHOWING_CUSTOMERS and not self._level(roles.Area.CUSTOMERS):
            return Level.NONE
        return self._level(area)

    def _level(self, area: str) -> Level:
        own = roles.level_of(self.role, area, self.given)
        return max(own, roles.ROLES[Role.CAPTAIN][roles.Area(area)]) if self.is_deputy else own

    def note_time(self, now: datetime) -> None:
        """From now on this object knows whether the person is a deputy at this time."""
        self.is_deputy = bool(
            self.deputy_from and self.deputy_until and self.deputy_from <= now < self.deputy_until
        )


class Device(models.Model):
    """A browser that somebody signed in with, known again by a cookie of which only a hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    token_hash = models.CharField(max_length=64)
    browser = models.CharField(max_length=40)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="device_once_a_person", fields=["user", "token_hash"])]


class SignIn(models.Model):
    """One session of one person on one device; Django's session holds its id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    device = models.ForeignKey(Device, models.CASCADE, related_name="sign_ins")
    method = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class KnownNetwork(models.Model):
    """A network that somebody has used the second factor at; kept as a keyed hash of its beginning."""

    user = models.ForeignKey(User, models.CASCADE, related_name="known_networks")
    tag = models.CharField(max_length=32)
    # ISO 3166-1 alpha-2, once the second factor was used there; empty where it isn't known or wasn't yet.
    country = models.CharField(max_length=2, default="")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="network_once_a_person", fields=["user", "tag"])]


class ApiToken(models.Model):
    """What a program of the firm's own shows to read through the API; only a hash of it is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    # Names of permissions: what the token opens, as far as its person may.
    scopes = models.JSONField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
