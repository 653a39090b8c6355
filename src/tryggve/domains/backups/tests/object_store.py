"""A server on this computer that speaks S3: moto's, with the buckets that a test asks for."""

from types import TracebackType

import boto3
from moto.moto_api._internal.models import moto_api_backend
from moto.server import ThreadedMotoServer

from tests.program import free_port

KEY_ID, SECRET, REGION = "AKIAEXAMPLE", "a secret of forty letters", "eu-north-1"


class ObjectStore:
    """``fields`` is what a person tells of a bucket there."""

    def __init__(self) -> None:
        self._port = free_port()
        self.endpoint = f"http://127.0.0.1:{self._port}"
        self._server = ThreadedMotoServer("127.0.0.1", port=self._port, verbose=False)

    def __enter__(self) -> "ObjectStore":
        self._server.start()
        moto_api_backend.reset()  # what a test before made lives on in this process
        self.client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=KEY_ID,
            aws_secret_access_key=SECRET,
            region_name=REGION,
        )
        return self

    def bucket(self, name: str, *, is_versioned: bool = False, locked_days: int = 0) -> str:
        self.client.create_bucket(
            Bucket=name,
            CreateBucketConfiguration={"LocationConstraint": REGION},
            ObjectLockEnabledForBucket=bool(locked_days),
        )
        if is_versioned:
            self.client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        if locked_days:
            rule = {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": locked_days}}
            self.client.put_object_lock_configuration(
                Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule}
            )
        return name

    def fields(self, bucket: str) -> dict[str, str]:
        return {
            "endpoint": self.endpoint,
            "bucket": bucket,
            "prefix": "firm",
            "region": REGION,
            "key_id": KEY_ID,
            "secret": SECRET,
        }

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
