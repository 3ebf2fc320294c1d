"""What the pages show."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from contested import Query, Record
from contested.publish.words import numbered
from contested.serve.pages.common import disposition
from contested.serve.report_page import web_address
from tests.serve.samples import HOSTILE, HOSTILE_NAME, SENTENCES

DISPUTED = "/incidents/i-000000000001"
LISTS = ("/", "/incidents", "/reports", "/claims", "/agreements", "/statistics", "/actors")


class Reader(HTMLParser):
    """Collects tags, links and text; complains about what no page may hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "script":
            given = dict(attrs)
            inert = given.get("type") == "application/json" and "src" not in given
            assert inert or (given.get("src") or "").startswith("/static/built/"), attrs
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert name != "style", tag
            if name in ("href", "src", "action"):
                assert not (value or "").lower().startswith("javascript"), value
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def read(client: TestClient, address: str, status: int = 200) -> Reader:
    answer = client.get(address)
    assert answer.status_code == status
    page = Reader(answer.text)
    assert not {"style", "iframe", "object", "img"} & set(page.tags)
    return page


def all_pages(record: Record) -> list[str]:
    reports = [f"/reports/{stored.report.id}" for stored in record.reports()]
    incidents = [f"/incidents/{incident.id}" for incident in record.incidents()]
    return [*LISTS, "/search?q=civilians", *reports, *incidents]


def test_hostile_words_stay_words(client: TestClient, record: Record) -> None:
    seen = sum(HOSTILE in read(client, page).text for page in all_pages(record))
    assert seen >= 6


def test_every_link_leads_somewhere(client: TestClient, record: Record) -> None:
    links = {link for page in all_pages(record) for link in read(client, page).links}
    for link in sorted(links):
        if link.startswith("/"):
            assert client.get(link.partition("#")[0]).status_code in (200, 303), link


def test_pages_have_landmarks_and_captions(client: TestClient, record: Record) -> None:
    for page in all_pages(record):
        tags = read(client, page).tags
        assert {"header", "nav", "main", "footer", "h1", "title"} <= set(tags), page
        assert tags.count("table") == tags.count("caption"), page
        assert tags.count("h1") == 1, page


def test_the_overview_puts_disputes_first(client: TestClient) -> None:
    text = read(client, "/").text
    assert "2 incidents" in text
    assert text.index("Ambush, Kurram") < text.index("Bombing, ")
    assert "11 (the army's media wing)" in text
    assert "22 (the group's spokesman)" in text
    assert "1 without a date stands apart" in text


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ("since=2025-10&until=2025-10", 1),
        ("since=2026", 0),
        ("place=kurram", 1),
        ("place=FR", 0),
        ("actor=ttp", 1),
        ("actor=Pakistani+Taliban", 1),
        ("type=ambush", 1),
        ("type=attack", 2),
        ("status=disputed", 1),
        ("status=disputed&status=unconfirmed", 2),
        ("status=denied", 0),
        ("since=&place=+", 2),
    ],
)
def test_filters_stand_in_the_address(client: TestClient, filters: str, count: int) -> None:
    assert len(client.get(f"/api/incidents?{filters}").json()) == count
    text = read(client, f"/incidents?{filters}").text
    assert (f"{numbered(count, 'incident')}, " if count else "No incident fits") in text
    assert read(client, f"/?{filters}").text


@pytest.mark.parametrize(
    "filters", ["since=yesterday", "status=odd", "actor=nobody+at+all", "page=0", "page=x"]
)
def test_filters_that_make_no_sense_are_told(client: TestClient, filters: str) -> None:
    assert "cannot be understood" in read(client, f"/incidents?{filters}", 400).text
    assert client.get(f"/api/incidents?{filters}").json()["error"]


def test_a_chip_takes_its_filter_away(client: TestClient) -> None:
    links = read(client, "/incidents?status=disputed&place=PK").links
    assert "/incidents?place=PK" in links
    assert "/incidents?status=disputed" in links


def test_the_incident_page_shows_every_voice(client: TestClient) -> None:
    page = read(client, DISPUTED)
    assert "Ambush by Tehr" in page.text
    assert "7 to 8 October 2025" in page.text
    assert "Security forces killed: 9–30, best 11 (lowest credible). Claimed by" in page.text
    for sentence, speaker in SENTENCES:
        assert f"“{sentence}”" in page.text
        assert speaker.name in page.text
    for words in ("at least 15", "dozens (24 or more)", "9–12", "◌ unconfirmed", "▨ disputed"):
        assert words in page.text
    assert "best 11 by lowest credible" in page.text
    assert "best: the lowest of two origins" in page.text
    assert "▨ disputed: 11 (ISPR) against 22 (the TTP)" in page.text
    assert "14 in all − 3 of the attacking side = 11" in page.text
    assert "F6" in page.text
    assert "spokesperson, by social media" in page.text
    assert "64 times likelier" in page.text
    assert "16 to 1 for one incident" in page.text
    assert "placed in kurram" in page.text.lower()
    assert page.text.count("as of 2025-10-10") == 1
    assert "2025-10-09 12:00 UTC ○ single source" in page.text


def test_from_figure_to_words_in_one_click(client: TestClient, record: Record) -> None:
    links = [link for link in read(client, DISPUTED).links if "?claim=" in link]
    claims = list(record.claims(Query(kinds=("casualties",), report="ambush.txt")))
    for claim in claims:
        address = f"/reports/{claim.report}?claim={claim.id}#{claim.id}"
        assert address in links
        page = client.get(address.partition("#")[0]).text
        assert f'id="{claim.id}"' in page
        assert re.search(r'<mark class="k-\w+ chosen"', page)
        assert client.get(f"/claims/{claim.id}").headers["location"] == address


def test_the_report_page_holds_the_whole_text(client: TestClient, record: Record) -> None:
    for stored in record.reports():
        page = client.get(f"/reports/{stored.report.id}").text
        body = page[page.index("<article") : page.index("</article>")]
        body = re.sub(r"<sup>.*?</sup>", "", body)
        assert "".join(Reader(body).words) == stored.report.text


def test_originals_are_saved_and_not_shown(client: TestClient, record: Record) -> None:
    for stored in record.reports():
        answer = client.get(f"/reports/{stored.report.id}/original")
        assert answer.content == record.store.original(stored.report.sha256)
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert "sandbox" in answer.headers["content-security-policy"]
        assert "x-evil" not in answer.headers


@pytest.mark.parametrize("name", [HOSTILE_NAME, "", "..", "a/b\\c.html", "ü.txt", "x" * 999])
def test_file_names_are_made_harmless(name: str) -> None:
    assert re.fullmatch(
        r"attachment; filename=\"[\w.-]{1,110}\"; filename\*=UTF-8''[\w.-]{1,110}",
        disposition(name),
        re.ASCII,
    )


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://news.example/a", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT://x/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, link: bool) -> None:
    assert (web_address(url) is not None) == link


@pytest.mark.parametrize(
    "address",
    ["/incidents/i-none", "/reports/r-none", "/claims/c-none", "/nowhere", "/reports/x/y"],
)
def test_what_is_not_there_says_what_to_do(client: TestClient, address: str) -> None:
    page = read(client, address, 404)
    assert "Not in the record" in page.text
    assert "/incidents" in page.links
    assert client.get(f"/api{address}").json()["error"]


def test_search_marks_what_it_found(client: TestClient) -> None:
    page = client.get("/search?q=villager").text
    assert '<mark class="found">villager</mark>' in page
    assert "Nothing holds all" in read(client, "/search?q=zzz").text
    assert "a phrase" in read(client, "/search").text


def test_politics(client: TestClient) -> None:
    truce = read(client, "/agreements").text
    for words in ("ceasefire agreed", "15 October 2025", "2 days", "mediated by Qatar"):
        assert words in truce
    total = read(client, "/statistics").text
    for words in ("355", "October 2025", "a monitor in Islamabad"):
        assert words in total


@pytest.mark.parametrize("page", ["/", "/map", "/incidents", "/claims", "/reports", "/statistics"])
def test_a_place_that_nobody_knows_gets_the_proposal_of_the_command_line(
    client: TestClient, page: str
) -> None:
    found = read(client, f"{page}?place=Kuram&status=", 200)
    assert "No place is called 'Kuram'" in found.text
    assert f"{page}?place=Kurram" in found.links


@pytest.mark.parametrize(
    ("asked", "meant"), [("actor=tttp", "/incidents?actor=ttp"), ("type=ambus", "?type=ambush")]
)
def test_a_name_that_is_nearly_right_is_proposed_as_a_link(
    client: TestClient, asked: str, meant: str
) -> None:
    found = read(client, f"/incidents?{asked}", 400)
    assert "Did you mean" in found.text
    assert any(meant in link for link in found.links)


@pytest.mark.parametrize("page", ["/", "/map", "/incidents", "/claims", "/reports", "/agreements"])
def test_a_time_that_ends_before_it_begins_is_told(client: TestClient, page: str) -> None:
    text = read(client, f"{page}?since=2025-11&until=2025-10-15").text
    assert "until 2025-10-15 ends before since 2025-11 begins" in text
    assert "ends before" not in read(client, f"{page}?since=2025-10&until=2025-10").text


def test_what_is_no_filter_is_told(client: TestClient) -> None:
    assert "no filter “colour” here" in read(client, "/incidents?colour=red&page=1").text
    assert "no filter" not in read(client, "/incidents?sort=newest&area=0,0,1,1&page=1").text
    assert "no filter “area” here" in read(client, "/claims?area=0,0,1,1").text
    assert "no option “colour” here" in read(client, "/analyses/trend?colour=red").text


@pytest.mark.parametrize(
    "asked",
    [
        "/api/incidents?colour=red",
        "/api/incidents?since=2025-11&until=2025-10",
        "/api/claims?area=0,0,1,1",
        "/api/analyses/trend?colour=red",
        "/api/map/names?x=1",
    ],
)
def test_the_api_refuses_what_it_does_not_know(client: TestClient, asked: str) -> None:
    found = client.get(asked)
    assert found.status_code == 400
    assert found.json()["kind"] == "UsageError"


def test_claims_are_told_in_words_and_counts_say_what_they_count(client: TestClient) -> None:
    page = read(client, "/claims").text
    assert "victims as written" not in page
    assert "killed" in page
    assert "gathered in no incident" in page
    assert "gathered from" in read(client, "/").text
    assert "are of no incident" in read(client, "/").text
