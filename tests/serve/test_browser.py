"""In a real browser: payloads do not run, nothing is asked of other hosts, the way to the evidence works without JavaScript."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from breachbook.serve import server
from breachbook.serve.app import create_app

pytestmark = pytest.mark.browser

OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

FAINT_TEXT = """() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = parse(getComputedStyle(e).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.getClientRects().length) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return faint;
}"""
"""The texts with less contrast than WCAG 2.2 asks for at level AA (4.5 to 1), by its own formula."""


def chromium() -> str:
    found = os.environ.get("BREACHBOOK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    reason = "no Chromium: install it (apt-get install chromium), or name it in BREACHBOOK_CHROMIUM"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    executable = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
        )
        yield launched
        launched.close()


def served(book: Any) -> Iterator[str]:
    bound = server.listen("127.0.0.1", 0)
    running = uvicorn.Server(uvicorn.Config(create_app(book), log_level="warning"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield server.address_url(bound, "127.0.0.1")
    running.should_exit = True
    thread.join()
    bound.close()


@pytest.fixture
def site(book: Any) -> Iterator[str]:
    yield from served(book)


@pytest.fixture
def hostile_site(hostile_book: Any) -> Iterator[str]:
    yield from served(hostile_book)


@pytest.mark.parametrize("bypass_csp", [False, True])
def test_payloads_do_not_run(browser: Any, hostile_site: str, hostile_addresses: tuple[str, ...], bypass_csp: bool) -> None:
    context = browser.new_context(bypass_csp=bypass_csp)
    page = context.new_page()
    ran: list[str] = []
    asked: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    for address in hostile_addresses:
        page.goto(hostile_site + address)
        assert page.title() != "owned", address
    assert not ran
    assert all(url.startswith(hostile_site) for url in asked)
    context.close()


def test_from_search_to_evidence_without_javascript(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.fill("input[name=q]", "durham")
    page.click("main button")
    assert "/search?q=durham" in page.url
    page.click("text=Durham Region, January 2021")
    assert "/incident/" in page.url
    page.click("tr:has-text('Third party') a.source")
    assert "/document/" in page.url
    assert page.locator("mark.target").first.inner_text() == "Accellion File Transfer Appliance"
    page.go_back()
    page.click("tr:has-text('Third party') a.why")
    assert "/why/" in page.url
    assert page.locator("ol.evidence > li").count() == 3
    page.click("ol.evidence a.source >> nth=2")
    assert page.locator("mark.target").first.inner_text().startswith("possible, but not clear")
    context.close()


def test_as_of_works_without_javascript(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/incident/inc-{'1' * 20}")
    page.fill("input[name=as_of]", "2021-04-08")
    page.click(".asof button")
    assert page.url.endswith("?as_of=2021-04-08")
    assert "As known on 8 April 2021" in page.inner_text("main")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(browser: Any, site: str, addresses: tuple[str, ...], scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for address in (*addresses, "/nowhere"):
        page.goto(site + address)
        assert page.evaluate(FAINT_TEXT) == [], address
    context.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_runs_out_of_the_page(browser: Any, hostile_site: str, hostile_addresses: tuple[str, ...], width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for address in hostile_addresses:
        page.goto(hostile_site + address)
        assert page.evaluate(OVERFLOW) <= 0, address
    context.close()


def test_the_keyboard_reaches_the_content(browser: Any, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/incidents")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    context.close()
