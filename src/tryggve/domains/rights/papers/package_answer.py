"""A package as it goes to a browser, which keeps it nowhere but where its reader puts it."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from tryggve.domains.rights.models import Package


def as_file(made: Package, pieces: Iterator[bytes]) -> StreamingHttpResponse:
    """The ZIP file, in pieces."""
    day = timezone.localdate(made.made_at)
    name = f"tryggve-{day:%Y-%m-%d}.zip"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Content-Length": str(made.size_bytes),
        "Cache-Control": "no-store",
        # Else a proxy before Tryggve may lay it, readable, in a folder of its own.
        "X-Accel-Buffering": "no",
    }
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)
