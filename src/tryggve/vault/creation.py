from django.utils.translation import gettext_lazy

from tryggve.lib import durable, errors, folders, write_points
from tryggve.vault import keyfile, opening, schema, servicefile, slots, storage, unlocking
from tryggve.vault.keystore import Keystore
from tryggve.vault.secretfile import FileSecret

_INSIDE = gettext_lazy(
    "The folder for keys, %(config)s, lies inside the data folder %(data)s, so that every copy of the data "
    "would carry its own key. Nothing was begun. Choose another folder with --config."
)


class KeyFileInsideData(errors.Refusal):
    def __init__(self, where: folders.Folders) -> None:
        super().__init__(_INSIDE % {"config": where.config, "data": where.data})


def create(where: folders.Folders, *, has_data: bool = False) -> None:
    """Make key file, service key and key store at a first start; when they are there, try that the one opens
    the other.

    Call it before the database is made. Data in the folders is seen; ``has_data`` tells of data elsewhere
    (PostgreSQL). A start cut off anywhere is taken up where it ended. Raises KeyFileInsideData,
    KeyStoreMissing when there is data, KeyFileNotWritten, KeyStoreUnavailable, and as keyring does.
    """
    require_apart(where)
    with Keystore(where.keys).alone():
        durable.clear_unfinished(where.keys)
        if not where.keys.exists():
            if has_data or _holds_data(where):
                raise storage.KeyStoreMissing(path=where.keys)
            kind, secret = unlocker_found_or_made(where)
            _build_store(where, kind, secret, servicefile.found_or_made(where.service_key_file))
    with opening.or_locked(where):
        opening.open_keyring(where)


def require_apart(where: folders.Folders) -> None:
    """Raises KeyFileInsideData."""
    if where.key_file.resolve().is_relative_to(where.data.resolve()):
        raise KeyFileInsideData(where)


def unlocker_found_or_made(where: folders.Folders) -> tuple[slots.Kind, FileSecret]:
    """What opens a new key store: systemd's credential, or the key file that a start left that was cut off, or a new
    one. Raises as keyfile.read, and KeyFileNotWritten.
    """
    credential = keyfile.credential()
    if credential:
        return slots.SYSTEMD_CREDENTIAL, keyfile.read_credential(credential)
    return slots.KEY_FILE, _key_file(where)


def _key_file(where: folders.Folders) -> FileSecret:
    # A key file without store and data is what a start leaves that was cut off between the two.
    try:
        found = keyfile.read(where.key_file)
    except keyfile.KeyFileMissing:
        return keyfile.make(where.key_file)
    durable.clear_unfinished(where.key_file)
    return found


def _build_store(
    where: folders.Folders, kind: slots.Kind, unlocker: FileSecret, service_key: FileSecret
) -> None:
    unfinished = durable.write_unfinished(where.keys, b"")
    write_points.reached("vault: keys.sqlite3 begun")
    secret, first = unlocking.fresh_secret(), schema.FIRST_GENERATION
    slot = slots.with_secret(
        unlocker.secret,
        slot_id=unlocker.id,
        kind=kind,
        generation=first,
        key_encryption_key=secret,
    )
    schema.build(unfinished, slot, unlocking.copy_of(service_key, current=secret, generation=first))
    write_points.reached("vault: keys.sqlite3 written")
    durable.put_in_place(where.keys)


def _holds_data(where: folders.Folders) -> bool:
    database = where.database
    if database.exists() and database.stat().st_size:
        return True
    return any(folder.is_dir() and any(folder.iterdir()) for folder in (where.files, where.audit))
