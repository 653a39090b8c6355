"""Others in the company, made on the pages as an owner makes them, shortly after the second factor was used."""

import re

from playwright.sync_api import Page

from tests.cast import PASSWORD

_ID = "[0-9a-f-]{36}"


def invite(page: Page, address: str, *, name: str, email: str, role: str = "EMPLOYEE") -> str:
    """Invite somebody; the link that is shown, as a path."""
    page.goto(f"{address}/company/people/invite/")
    page.fill("[name=name]", name)
    page.fill("[name=email]", email)
    page.check(f"[name=role][value={role}]")
    page.check("[name=way][value=shown]")
    page.click("main form button[type=submit]")
    link = page.input_value("#link")
    return link[link.index("/join/") :]


def join(page: Page, address: str, link: str) -> None:
    """In a browser of one's own, nobody signed in."""
    page.goto(address + link)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=password_again]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile("/(welcome|sign-in)/"))


def add(page: Page, address: str, *, name: str, email: str) -> str:
    """Somebody who was invited and has joined; the id."""
    link = invite(page, address, name=name, email=email)
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context()
    join(context.new_page(), address, link)
    context.close()
    page.goto(f"{address}/company/people/")
    found = page.locator("main h2 a", has_text=name).get_attribute("href") or ""
    return found.rstrip("/").rsplit("/", 1)[-1]


def close(page: Page, address: str, person: str) -> None:
    """Let somebody leave, whoever comes first on the list taking over."""
    page.goto(f"{address}/company/people/{person}/leave/")
    page.click("main form button[type=submit]")
    page.click("main form button.btn-danger")
    page.wait_for_url(re.compile(f"/company/people/{person}/$"))


def add_team(page: Page, address: str, *, name: str) -> str:
    """A team without members; the id."""
    page.goto(f"{address}/company/people/teams/")
    page.fill("[name=name]", name)
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(f"/company/people/teams/{_ID}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]
