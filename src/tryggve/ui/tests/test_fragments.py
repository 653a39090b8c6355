from django.test import Client


def test_redirect_of_a_fragment_leads_the_whole_page(mallory: Client) -> None:
    answer = mallory.get("/moved/", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/")


def test_redirect_of_a_page_stays_one(mallory: Client) -> None:
    answer = mallory.get("/moved/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
