"""How what this domain writes about a customer is bound to its row. All of it lies under the customer's own key."""

from uuid import UUID

from tryggve import vault


def case_binding(case: UUID, customer: UUID) -> vault.Binding:
    """What somebody asked for, in words; written once."""
    return vault.Binding(type_name="rights.case", record=case, subject=customer, part="details", revision=1)


def step_binding(step: UUID, customer: UUID) -> vault.Binding:
    """What was written about a case, or to the customer; written once."""
    return vault.Binding(
        type_name="rights.case-step", record=step, subject=customer, part="details", revision=1
    )


def package_binding(package: UUID, customer: UUID) -> vault.Binding:
    return vault.Binding(
        type_name="rights.package", record=package, subject=customer, part="files", revision=1
    )


def sign_up_binding(sign_up: UUID) -> vault.Binding:
    """Of somebody who is no customer yet; under a key of its own."""
    return vault.Binding(
        type_name="rights.sign-up", record=sign_up, subject=sign_up, part="details", revision=1
    )


def keep_binding(keep: UUID, customer: UUID) -> vault.Binding:
    """Why somebody is kept longer; written once."""
    return vault.Binding(type_name="rights.keep", record=keep, subject=customer, part="details", revision=1)


def by_law_binding(kept: UUID, customer: UUID) -> vault.Binding:
    """What the law demands to keep, under a key that outlives the customer's; written once."""
    return vault.Binding(
        type_name="rights.kept-by-law",
        record=kept,
        subject=customer,
        part="details",
        revision=1,
        compartment="retained",
    )
