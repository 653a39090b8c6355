"""What of rclone's configuration is taken, by the kind of storage: nothing that names a program or a further remote.

Whoever may add a place would otherwise have commands run as Tryggve's own user.
"""

from collections.abc import Mapping
from typing import Final

_SIGNED_IN: Final = frozenset({"client_id", "client_secret", "token"})
_KEYSTONE: Final = (
    "user key auth user_id domain tenant tenant_id tenant_domain region auth_version endpoint_type storage_policy "
    "application_credential_id application_credential_name application_credential_secret"
)
_BY_KIND: Final[Mapping[str, str]] = {
    "local": "",
    "sftp": "host user port pass key_pem key_file key_file_pass known_hosts_file key_use_agent disable_hashcheck "
    "path_override shell_type set_modtime use_insecure_cipher",
    "ftp": "host user port pass tls explicit_tls concurrency",
    "smb": "host user port pass domain spn",
    "hdfs": "namenode username service_principal_name data_transfer_protection",
    "webdav": "url vendor user pass bearer_token",
    "s3": "provider access_key_id secret_access_key session_token region endpoint location_constraint acl "
    "storage_class server_side_encryption force_path_style",
    "b2": "account key endpoint hard_delete",
    "azureblob": "account key sas_url endpoint",
    "swift": _KEYSTONE,
    "google cloud storage": "project_number service_account_credentials location storage_class bucket_policy_only "
    "object_acl bucket_acl",
    "drive": "scope root_folder_id team_drive service_account_credentials",
    "onedrive": "region drive_id drive_type tenant",
    "dropbox": "",
    "box": "box_sub_type root_folder_id",
    "pcloud": "hostname root_folder_id username password",
    "mega": "user pass",
    "koofr": "provider endpoint user password mountid",
    "jottacloud": "configVersion tokenURL device mountpoint username",
    "hidrive": "scope_access scope_role root_prefix",
}


def of(kind: str) -> frozenset[str] | None:
    """The names of the options that are taken; None for storage that isn't."""
    if kind not in _BY_KIND:
        return None
    return _SIGNED_IN | {"type", "description", *_BY_KIND[kind].split()}
