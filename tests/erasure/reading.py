"""All that a data file and its folder hold, as far as the key store of today opens it."""

import contextlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple
from functools import partial
from pathlib import Path

from tryggve import vault
from tryggve.audit import details as audit_details
from tryggve.audit.models import Entry
from tryggve.domains.customers import import_papers, sealing
from tryggve.domains.customers.document_files import place_of
from tryggve.domains.customers.models import Customer, Document, Import, ImportImage, Merge, Note
from tryggve.domains.customers.services import images, merge_image
from tryggve.domains.outreach import feedback_sealing, mailing_words
from tryggve.domains.outreach.models import Feedback, FeedbackStep, Mailing
from tryggve.domains.rights import package_files
from tryggve.domains.rights import sealing as own
from tryggve.domains.rights.models import Case, CaseStep, ConsentEvent, Keep, KeptByLaw, Package, SignUp
from tryggve.notices import letters
from tryggve.notices.models import OutboxMessage

Reading = Callable[[], object]


def readable() -> list[str]:
    """What each sealed thing says that opens, after the place where it lies; nothing for the others."""
    told: list[str] = []
    for place, readings in [*SEALED.items(), *ELSEWHERE.items()]:
        for read in readings():
            with contextlib.suppress(vault.CannotOpen):
                told.append(f"{place}: {read()}")
    return told


def _cards() -> Iterator[Reading]:
    for row in Customer.objects.all():
        yield partial(sealing.opened_one, (row.pk, row.revision, row.details_sealed))


def _numbers() -> Iterator[Reading]:
    for row in Customer.objects.exclude(sensitive_sealed=None):
        yield partial(sealing.opened_sensitive, row)


def _pending() -> Iterator[Reading]:
    for row in Customer.objects.exclude(pending_sealed=None):
        binding = sealing.customer_binding(row.pk, row.pending_revision or 0)
        yield partial(_opened, row.pending_sealed or b"", binding)


def _notes() -> Iterator[Reading]:
    for note in Note.objects.all():
        yield partial(
            _opened, note.text_sealed, sealing.note_binding(note.pk, note.customer_id, note.revision)
        )


def _names_of_documents() -> Iterator[Reading]:
    for document in Document.objects.all():
        binding = sealing.document_name_binding(document.pk, document.customer_id)
        yield partial(_opened, document.name_sealed, binding)


def _documents() -> Iterator[Reading]:
    for document in Document.objects.all():
        binding = sealing.document_binding(document.pk, document.customer_id)
        yield partial(_content, place_of(document.file_ref), binding)


def _lists() -> Iterator[Reading]:
    for row in Import.objects.exclude(file_sealed=None):
        yield partial(_lines_of, row)


def _lines_of(row: Import) -> object:
    return import_papers.waiting_list(row).understood("SE").lines


def _papers(field: str) -> Iterator[Reading]:
    for row in Import.objects.exclude(**{field: None}):
        blob = bytes(getattr(row, field))
        yield partial(import_papers.opened, row, field.removesuffix("_sealed"), blob)


def _images() -> Iterator[Reading]:
    for image in ImportImage.objects.exclude(before_sealed=None):
        yield partial(images.opened, image.batch_ref, image)


def _merges() -> Iterator[Reading]:
    for merge in Merge.objects.exclude(image_sealed=None):
        yield partial(merge_image.opened, merge)


def _cases() -> Iterator[Reading]:
    for case in Case.objects.exclude(words_sealed=b""):
        yield partial(_opened, case.words_sealed, own.case_binding(case.pk, case.customer_ref))


def _steps() -> Iterator[Reading]:
    for step in CaseStep.objects.exclude(words_sealed=None).select_related("case"):
        yield partial(_opened, step.words_sealed or b"", own.step_binding(step.pk, step.case.customer_ref))


def _keeps() -> Iterator[Reading]:
    for keep in Keep.objects.exclude(reason_sealed=b""):
        yield partial(_opened, keep.reason_sealed, own.keep_binding(keep.pk, keep.customer_ref))


def _by_law() -> Iterator[Reading]:
    for kept in KeptByLaw.objects.all():
        yield partial(_opened, kept.words_sealed, own.by_law_binding(kept.pk, kept.customer_ref))


def _sign_ups() -> Iterator[Reading]:
    for row in SignUp.objects.all():
        yield partial(_opened, row.words_sealed, own.sign_up_binding(row.pk))


def _mails() -> Iterator[Reading]:
    for row in OutboxMessage.objects.exclude(body_sealed=None):
        yield partial(_letter_of, row)


def _letter_of(row: OutboxMessage) -> object:
    return astuple(letters.opened(bytes(row.body_sealed or b""), row.pk, row.recipient_ref))


def _feedback() -> Iterator[Reading]:
    for row in Feedback.objects.all():
        yield partial(_opened, row.answers_sealed, feedback_sealing.answers_binding(row.pk, row.customer_ref))


def _feedback_steps() -> Iterator[Reading]:
    for step in FeedbackStep.objects.exclude(words_sealed=None).select_related("feedback"):
        binding = feedback_sealing.step_binding(step.pk, step.feedback.customer_ref)
        yield partial(_opened, step.words_sealed or b"", binding)


def _mailings() -> Iterator[Reading]:
    for row in Mailing.objects.all():
        yield partial(mailing_words.opened, row.words_sealed, row.pk)


def _log() -> Iterator[Reading]:
    yield lambda: [dict(told.words) for told in audit_details.opened(list(Entry.objects.all())).values()]


def _consents() -> Iterator[Reading]:
    """The row says when and to what; the card alone says who that was."""
    cards = {row.pk: (row.pk, row.revision, row.details_sealed) for row in Customer.objects.all()}
    for event in ConsentEvent.objects.filter(customer_ref__in=cards):
        yield partial(_who_said, event, cards[event.customer_ref])


def _who_said(event: ConsentEvent, card: sealing.Row) -> str:
    return f"{sealing.opened_one(card).name}, {event.kind}, {event.happened_at}"


def _packages() -> Iterator[Reading]:
    for row in Package.objects.filter(state=Package.State.READY).select_related("case"):
        binding = own.package_binding(row.pk, row.case.customer_ref)
        yield partial(_page_of, package_files.place_of(row.pk), binding)


def _page_of(package: Path, binding: vault.Binding) -> str:
    return zipfile.ZipFile(io.BytesIO(_content(package, binding))).read("index.html").decode()


def _content(place: Path, binding: vault.Binding) -> bytes:
    with vault.open_file(place, bound_to=binding) as file:
        return file.read(10_000_000)


def _opened(blob: bytes | memoryview, binding: vault.Binding) -> str:
    return vault.keyring().open(bytes(blob), bound_to=binding).decode()


# Every field of a model that is sealed and says something of somebody, and how it is read.
SEALED: Mapping[str, Callable[[], Iterator[Reading]]] = {
    "audit.Entry.details_sealed": _log,
    "customers.Customer.details_sealed": _cards,
    "customers.Customer.sensitive_sealed": _numbers,
    "customers.Customer.pending_sealed": _pending,
    "customers.Note.text_sealed": _notes,
    "customers.Document.name_sealed": _names_of_documents,
    "customers.Import.file_sealed": _lists,
    "customers.Import.result_sealed": partial(_papers, "result_sealed"),
    "customers.Import.leftovers_sealed": partial(_papers, "leftovers_sealed"),
    "customers.Import.decisions_sealed": partial(_papers, "decisions_sealed"),
    "customers.ImportImage.before_sealed": _images,
    "customers.Merge.image_sealed": _merges,
    "notices.OutboxMessage.body_sealed": _mails,
    "outreach.Feedback.answers_sealed": _feedback,
    "outreach.FeedbackStep.words_sealed": _feedback_steps,
    "outreach.Mailing.words_sealed": _mailings,
    "rights.Case.words_sealed": _cases,
    "rights.CaseStep.words_sealed": _steps,
    "rights.Keep.reason_sealed": _keeps,
    "rights.KeptByLaw.words_sealed": _by_law,
    "rights.SignUp.words_sealed": _sign_ups,
}
ELSEWHERE: Mapping[str, Callable[[], Iterator[Reading]]] = {
    "documents": _documents,
    "packages": _packages,
    "consents": _consents,
}
# What lies in files outside the register, under the key of their place or of the copy, and goes with that. Before an
# erasure these files are told (tests/data_map/test_files_naming_customers.py); ties go with the customer.
IN_FILES = {
    "datamap.File.found_sealed",
    "datamap.File.place_sealed",
    "datamap.SafeCopy.told_sealed",
}
# Sealed, too, and no customer's: secrets of the company, what a colleague looks for, vouches for, remarks or tells.
NOBODYS = {
    "backups.Folder.path_sealed",
    "backups.Heartbeat.path_sealed",
    "backups.Place.access_sealed",
    "backups.RestoreTest.digest_sealed",
    "controls.Attestation.note_sealed",
    "controls.AttestationFile.content_sealed",
    "controls.AttestationFile.name_sealed",
    "controls.Exemption.note_sealed",
    "datamap.Review.reason_sealed",
    "datamap.Source.told_sealed",
    "duties.Remark.text_sealed",
    "incidents.Report.answer_sealed",
    "incidents.Report.note_sealed",
    "incidents.Report.words_sealed",
    "access.IdentityProvider.secret_sealed",
    "notices.MailServer.password_sealed",
    "rights.CustomerProvider.secret_sealed",
    "customers.SavedView.content_sealed",
    *IN_FILES,
}
