import secrets

from django.utils.translation import gettext_lazy

from tryggve.lib import errors, folders, write_points
from tryggve.vault import derivation, durable, keyfile, keystore, opening, unlocking

FIRST_GENERATION = 1

_INSIDE = gettext_lazy(
    "The folder for keys, %(config)s, lies inside the data folder %(data)s, so that every copy of the data "
    "would carry its own key. Nothing was begun. Choose another folder with --config."
)


class KeyFileInsideData(errors.Refusal):
    def __init__(self, where: folders.Folders) -> None:
        super().__init__(_INSIDE % {"config": where.config, "data": where.data})


def create(where: folders.Folders, *, has_data: bool = False) -> None:
    """Make key file and key store at a first start; when both are there, try that the one opens the other.

    Call it before the database is made. Data in the folders is seen; ``has_data`` tells of data elsewhere
    (PostgreSQL). A start cut off anywhere is taken up where it ended. Raises KeyFileInsideData,
    KeyStoreMissing when there is data, KeyFileNotWritten, KeyStoreUnavailable, and as keyring does.
    """
    if where.key_file.resolve().is_relative_to(where.data.resolve()):
        raise KeyFileInsideData(where)
    with keystore.Keystore(where.keys).alone():
        durable.clear_unfinished(where.keys)
        if not where.keys.exists():
            if has_data or _holds_data(where):
                raise keystore.KeyStoreMissing(path=where.keys)
            _build_store(where, _key_file(where))
    opening.open_keyring(where)


def _key_file(where: folders.Folders) -> keyfile.KeyFile:
    # A key file without store and data is what a start leaves that was cut off between the two.
    try:
        found = keyfile.read(where.key_file)
    except keyfile.KeyFileMissing:
        return keyfile.make(where.key_file)
    durable.clear_unfinished(where.key_file)
    return found


def _build_store(where: folders.Folders, key_file: keyfile.KeyFile) -> None:
    unfinished = durable.write_unfinished(where.keys, b"")
    write_points.reached("vault: keys.sqlite3 begun")
    secret = secrets.token_bytes(derivation.KEY_BYTES)
    keystore.build(unfinished, unlocking.slot_for(key_file, secret=secret, generation=FIRST_GENERATION))
    write_points.reached("vault: keys.sqlite3 written")
    durable.put_in_place(where.keys)


def _holds_data(where: folders.Folders) -> bool:
    database = where.database
    if database.exists() and database.stat().st_size:
        return True
    return any(folder.is_dir() and any(folder.iterdir()) for folder in (where.files, where.audit))
