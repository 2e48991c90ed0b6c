"""``microfiche embed check``: what a page lacks, told by its policy, its style and the archive."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.conftest import Program
from tests.web.hosts import OtherSite, element
from web import csp
from web.embed_options import origin_of
from web.host_css import troubles
from web.host_page import HostPage, PageUnreadable, fetch, read_page

SITE = "https://archive.example"
PAGE = "https://paper.example/news/"


@pytest.mark.parametrize(
    ("policy", "directive", "allowed"),
    [
        ("default-src 'self'", "connect-src", False),
        ("default-src *", "connect-src", True),
        ("default-src 'none'", "form-action", True),
        ("connect-src https:", "connect-src", True),
        ("connect-src http:", "connect-src", True),
        ("connect-src archive.example", "connect-src", True),
        ("connect-src ARCHIVE.example:443", "connect-src", True),
        ("connect-src archive.example:8443", "connect-src", False),
        ("connect-src *.example", "connect-src", True),
        ("connect-src *.archive.example", "connect-src", False),
        ("connect-src https://archive.example/x/", "connect-src", False),
        ("connect-src https://archive.example/api/", "connect-src", True),
        ("connect-src wss://archive.example", "connect-src", False),
        ("connect-src", "connect-src", False),
        ("connect-src 'none'; connect-src *", "connect-src", False),
        ("CONNECT-SRC https://archive.example", "connect-src", True),
        ("script-src * 'strict-dynamic' 'nonce-x'", "script-src-elem", False),
        ("child-src https://archive.example; default-src 'none'", "frame-src", True),
        ("script-src-elem 'none'; script-src *", "script-src-elem", False),
        ("img-src 'none'", "script-src-elem", True),
    ],
)
def test_a_policy_allows_what_browsers_say_it_allows(
    policy: str, directive: str, allowed: bool
) -> None:
    (parsed,) = csp.parse(policy)
    assert parsed.allows(directive, f"{SITE}/api/v1/search", PAGE) == allowed


@pytest.mark.parametrize(
    ("policy", "directive", "line"),
    [
        ("default-src 'self' x.example", "connect-src", f"connect-src 'self' x.example {SITE}"),
        ("form-action 'none'", "form-action", f"form-action {SITE}"),
        ("script-src 'self'", "script-src-elem", f"script-src 'self' {SITE}"),
        ("default-src 'none'", "script-src-elem", f"script-src {SITE}"),
    ],
)
def test_the_line_to_add_mends_the_policy(policy: str, directive: str, line: str) -> None:
    (parsed,) = csp.parse(policy)
    assert parsed.line(directive, SITE) == line
    (mended,) = csp.parse(f"{line}; {policy}")
    assert mended.allows(directive, f"{SITE}/search", PAGE)


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("news-search { display: none }", "hides it"),
        ("@media print, screen { main > * { visibility: hidden } }", "hides it"),
        ("* { all: unset !important }", "does not reach"),
        ("main { overflow: hidden }", "cut off"),
        ("main { transform: scale(1) } header { z-index: 99999 }", "lie over"),
        (":not(:defined) { display: none }", "where scripts do not run"),
    ],
)
def test_rules_that_do_harm_are_named_with_what_mends_them(css: str, said: str) -> None:
    page = "<header>A menu</header><main><news-search></news-search></main>"
    (found,) = troubles(_soup(page), [css])
    assert said in found.what
    assert found.line or said == "does not reach"


@pytest.mark.parametrize(
    "css",
    [
        "p { display: none }",
        "body { overflow: hidden }",
        "header { z-index: 99999 }",
        "news-search::part(input) { display: none }",
        "}}} <!-- @media { : ; [",
        "@import url(x); a:has(:is(::-webkit-x)) { display: none }",
        "",
    ],
)
def test_rules_that_do_no_harm_are_not_named(css: str) -> None:
    page = "<header>A menu</header><main><news-search></news-search></main>"
    assert troubles(_soup(page), [css]) == []


def _soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "lxml")


def test_a_page_that_lacks_something_is_told_each_line(
    program: Program, site: str, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<meta http-equiv="content-security-policy" content="default-src \'self\'; form-action'
        " 'none'\"><style>news-search{display:none}</style>" + element(site)
    )
    done = program("embed", "check", page)
    assert done.returncode == 1, done.stderr
    for line in (
        f"script-src 'self' {site}",
        f"connect-src 'self' {site}",
        f"form-action {site}",
        "news-search { display: block !important; }",
    ):
        assert f"      {line}\n" in done.stdout
    assert "--origin" in done.stdout


def test_a_page_that_lacks_nothing_is_fine_and_an_origin_that_may_not_is_told(
    program: Program, site: str, other_site: OtherSite, serve: object, sample_archive: Path
) -> None:
    policy = f"script-src {site}; connect-src {site}; form-action {site}"
    page = other_site.page(element(site), policy=policy, path="/fine.html")
    moved = other_site.put("/moved", "", {"Status": "302", "Location": "/fine.html"})
    for address in (page, moved):
        done = program("embed", "check", address)
        assert done.returncode == 0, done.stdout
        assert f"lets {other_site.origin} search" in done.stdout
        assert "script-src: allows" in done.stdout
    closed = serve(sample_archive)  # type: ignore[operator]
    done = program("embed", "check", page, "--site", closed, "--way", "element", "--way", "frame")
    assert done.returncode == 1
    assert f"microfiche serve --allow-origin {other_site.origin}" in done.stdout
    assert f"microfiche serve --frame-origin {other_site.origin}" in done.stdout


def test_a_digest_of_another_version_is_told_with_the_new_one(
    program: Program, site: str, tmp_path: Path, client: FlaskClient
) -> None:
    new = client.get("/embed/snippets.json?version=pinned").get_json()["snippets"]["element"]
    pinned = new.replace("http://localhost", site)
    page = tmp_path / "page.html"
    page.write_text(pinned)
    assert "fine  integrity" in program("embed", "check", page, "--site", site).stdout
    page.write_text(pinned.replace("sha384-", "sha384-AAAA"))
    done = program("embed", "check", page, "--site", site)
    assert done.returncode == 1
    assert pinned.splitlines()[-1] in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-file.html",),
        ("ftp://paper.example/",),
        ("http://127.0.0.1:1/",),
        ("http://[broken/",),
        ("{page}",),
        ("{page}", "--site", "archive.example"),
        ("{page}", "--site", "file:///etc"),
        ("{page}", "--site", "https://archive.example", "--origin", "paper"),
    ],
)
def test_what_cannot_be_told_is_one_line_and_exit_code_2(
    program: Program, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>Nothing of ours</p>")
    done = program("embed", "check", *(given.format(page=page) for given in arguments))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_only_so_much_is_read_and_only_from_the_web(other_site: OtherSite) -> None:
    for target in ("file:///etc/passwd", "ftp://x.example/", "data:text/html,x", "/loop"):
        address = other_site.put("/loop", "", {"Status": "302", "Location": target})
        with pytest.raises(PageUnreadable):
            read_page(address)
    large = other_site.put("/large", "x" * 3_100_000)
    with pytest.raises(PageUnreadable, match="larger than"):
        fetch(large)
    odd = other_site.put("/odd", "<p>x", kind="text/html; charset=no-such")
    assert isinstance(read_page(odd), HostPage)


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://paper.example/a?b#c", "https://paper.example"),
        ("paper.example", "https://paper.example"),
        ("HTTP://Paper.Example:80", "http://paper.example"),
        ("https://paper.example:8443/", "https://paper.example:8443"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("javascript:alert(1)", ""),
        ("file:///etc", ""),
        ("https://a b", ""),
        ("https://x:99999", ""),
        ("", ""),
    ],
)
def test_the_origin_of_an_address_is_as_browsers_write_it(given: str, origin: str) -> None:
    assert origin_of(given) == origin
