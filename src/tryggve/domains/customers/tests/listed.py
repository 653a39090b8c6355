"""What a browser shows of the list of customers, and the company that is on it."""

from django.test import Client

from tryggve.domains.customers.engine.details import Details

EVA = Details(kind="organisation", name="Evas AB", status="former", tags=("Båtklubb", "VIP"), source="fair")


def listed(browser: Client, query: str = "") -> list[str]:
    """The names on the page, in their order."""
    page = browser.get(f"/customers/{query}")
    assert page.status_code == 200
    return [details.title for _customer, details in page.context["page"].object_list]


def text_of(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def code_of(browser: Client, tag: str) -> str:
    """What stands for the tag in this session's addresses."""
    return next(code for code, label in tags_offered(browser, "") if label == tag)


def tags_offered(browser: Client, query: str) -> list[tuple[str, str]]:
    choices: list[tuple[str, str]] = (
        browser.get(f"/customers/choose/{query}").context["form"].fields["tag"].choices
    )
    return list(choices)
