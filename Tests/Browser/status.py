"""Looks at the status page in a real browser: status.py PROGRAM FOLDER [SECONDS]

Starts the program, two destinations that it can be told to fail, and Debian's chromium without a screen, which it drives by
the debugging protocol. Holds the page to what it promises, and leaves pictures of it in FOLDER: empty, busy and failing, light
and dark, wide and narrow. SECONDS (12) is how long pushes flow before the picture of a busy one is taken.
"""

import asyncio
import base64
import contextlib
import json
import math
import pathlib
import random
import re
import shutil
import sys
import tempfile

import aiohttp
from aiohttp import web

PROGRAM, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
SECONDS = float(sys.argv[3]) if len(sys.argv) > 3 else 12
HOSTILE = "<img src=x onerror=window.pwned=1>"


class Destination:
    """A receiver that answers as it is told."""

    def __init__(self):
        self.status, self.text = 204, ""

    async def start(self):
        app = web.Application(client_max_size=1 << 30)
        app.router.add_post("/api/v1/write", self.write)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        self.url = "http://127.0.0.1:%d/api/v1/write" % site._server.sockets[0].getsockname()[1]

    async def write(self, request):
        await request.read()
        await asyncio.sleep(random.uniform(0.002, 0.02))
        return web.Response(status=self.status, text=self.text)


class Browser:
    """One page of a chromium."""

    def __init__(self, socket):
        self.socket, self.number, self.waiting, self.problems, self.requests = socket, 0, {}, [], []
        self.reader = asyncio.create_task(self.read())

    async def read(self):
        async for message in self.socket:
            event = json.loads(message.data)
            if "id" in event:
                self.waiting.pop(event["id"]).set_result(event)
            elif event["method"] in ("Runtime.exceptionThrown", "Audits.issueAdded"):
                self.problems.append(event["params"])
            elif event["method"] == "Log.entryAdded" and event["params"]["entry"]["level"] in ("error", "warning"):
                self.problems.append(event["params"]["entry"])
            elif event["method"] == "Runtime.consoleAPICalled" and event["params"]["type"] in ("error", "warning"):
                self.problems.append(event["params"])
            elif event["method"] == "Network.requestWillBeSent":
                self.requests.append(event["params"]["request"]["url"])

    async def call(self, method, **params):
        self.number += 1
        answer = self.waiting[self.number] = asyncio.get_running_loop().create_future()
        await self.socket.send_json({"id": self.number, "method": method, "params": params})
        event = await asyncio.wait_for(answer, 60)
        assert "error" not in event, (method, event)
        return event["result"]

    async def value(self, expression):
        result = await self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, (expression, result)
        return result["result"].get("value")

    async def until(self, expression, seconds=30):
        for _ in range(int(seconds * 10)):
            if await self.value(expression):
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"waited {seconds} s for {expression}")

    async def open(self, url):
        await self.call("Page.navigate", url=url)
        await self.until(f"location.href == {json.dumps(url)} && document.readyState == 'complete'")

    async def resize(self, width, height=900):
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)

    async def picture(self, name):
        """Light and dark, wide and narrow; nothing may stand out to the side."""
        for scheme in ("light", "dark"):
            await self.call(
                "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            for width in (1180, 360):
                await self.resize(width)
                over = await self.value("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert over == 0, f"{name}: {over} px too wide at {width}"
                shot = await self.call("Page.captureScreenshot", captureBeyondViewport=True)
                (FOLDER / f"{name}-{scheme}-{width}.png").write_bytes(base64.b64decode(shot["data"]))
        await self.resize(1180)


@contextlib.asynccontextmanager
async def chromium():
    profile = tempfile.mkdtemp()
    process = await asyncio.create_subprocess_exec(
        "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--hide-scrollbars", "--remote-debugging-port=0", f"--user-data-dir={profile}",
        "about:blank", stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL)
    try:
        while True:
            line = (await asyncio.wait_for(process.stderr.readline(), 60)).decode()
            assert line, "chromium has ended"
            if found := re.search(r"DevTools listening on ws://([^/]+)/", line):
                break
        drain = asyncio.create_task(process.stderr.read())
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://{found[1]}/json") as answer:
                pages = [page for page in await answer.json(content_type=None) if page["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=1 << 28) as socket:
                browser = Browser(socket)
                for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
                    await browser.call(f"{domain}.enable")
                yield browser
        drain.cancel()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        shutil.rmtree(profile, ignore_errors=True)


@contextlib.asynccontextmanager
async def collector(destinations):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "collector.yaml")
        file.write_text(
            "listen_address: 127.0.0.1:0\npush: {pushgateway: {acknowledge_timeout: 1s}}\nremote_write:\n"
            + "".join(
                f"  - {{url: '{destination.url}', name: {name}, bearer_token: not-to-be-seen}}\n"
                for name, destination in destinations.items()))
        process = await asyncio.create_subprocess_exec(PROGRAM, f"--config.file={file}", stderr=asyncio.subprocess.PIPE)
        try:
            while True:
                line = (await asyncio.wait_for(process.stderr.readline(), 60)).decode()
                assert line, "the collector has ended"
                if found := re.search(r"msg=listening address=(\S+)", line):
                    break
            drain = asyncio.create_task(process.stderr.read())
            yield process, f"http://{found[1]}"
            drain.cancel()
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def push(session, url, job, body, **headers):
    async with session.post(f"{url}/pushgateway/metrics/job/{job}", data=body, headers=headers) as answer:
        return answer.status


async def flow(session, url, seconds):
    """Pushes of many jobs, some of them wrong."""
    jobs = ["nightly-backup", "etl-orders", "invoice-mailer", "ci-integration", "report-weekly", "cleanup-tmp"]
    end, number = asyncio.get_running_loop().time() + seconds, 0
    while (left := end - asyncio.get_running_loop().time()) > 0:
        number += 1
        job = random.choice(jobs) + f"/instance/host-{random.randint(1, 9)}"
        body = "".join(f"rows_total{{table=\"t{n}\"}} {n}\n" for n in range(random.randint(2, 40)))
        if number % 97 == 0:
            body += "rows_total{table=\"t\" 5\n"
        await push(session, url, job, body)
        swing = 0.6 + 0.4 * math.sin(left / 37)
        await asyncio.sleep(random.expovariate(12 * swing))


async def refreshed(browser):
    await browser.value("window.before = document.getElementById('main')")
    await browser.until("document.getElementById('main') !== window.before")


async def look(browser, url, session, destinations, process):
    await browser.open(url + "/")
    await browser.picture("empty")
    assert await browser.value("document.querySelector('#verdict').textContent") == "Ready for the first push"

    # It refreshes itself, and keeps the focus, what is unfolded, and the object of the focus.
    await browser.value("document.getElementById('yaml').open = true; document.querySelector('pre').focus()")
    await refreshed(browser)
    assert await browser.value("document.getElementById('yaml').open && document.activeElement.tagName") == "PRE"
    assert "not-to-be-seen" not in await browser.value("document.documentElement.outerHTML")

    # By keyboard: the first stop leads past the header.
    await browser.open(url + "/")
    await browser.call("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert await browser.value("document.activeElement.className") == "skip"
    await browser.value("document.activeElement.blur()")

    # What is pushed does not run, and does not go anywhere.
    assert await push(session, url, "@base64/" + base64.urlsafe_b64encode(HOSTILE.encode()).decode().rstrip("="), "") >= 400
    hostile = "%3Cimg%20src%3Dx%20onerror%3Dwindow.pwned%3D1%3E"
    assert await push(session, url, hostile, "a 1\n") == 200
    assert await push(session, url, hostile, "<script>window.pwned=1</script>\n") == 400
    await browser.until(f"document.querySelector('table.pushes th[scope=row]')?.textContent == {json.dumps(HOSTILE)}")
    assert await browser.value("window.pwned === undefined && !document.querySelector('main img, main script')")

    # Paused, it stays as it is; a screen reader hears of a new state once.
    await browser.value("document.getElementById('pause').click(); window.before = document.getElementById('main')")
    await asyncio.sleep(4)
    assert await browser.value("document.getElementById('main') === window.before")
    await browser.value("document.getElementById('pause').click()")
    await flow(session, url, SECONDS)
    await refreshed(browser)
    await browser.picture("busy")
    assert await browser.value("document.querySelector('.card .state').textContent") == "Delivering"

    # A destination fails, and refuses a push whose pusher has gone.
    destinations["mimir"].status, destinations["mimir"].text = 503, "ingester is out of <disk>"
    assert await push(session, url, "nightly-backup", "a 1\n") == 202
    await browser.until("document.querySelector('#verdict').textContent == 'mimir stores nothing'")
    assert await browser.value("document.getElementById('news').textContent") == "mimir stores nothing"
    assert await push(session, url, "etl-orders", "a 1\n", Prefer="respond-async") == 202
    await push(session, url, "ci-integration", "# TYPE a counter\na{b=\"c} 1\n")
    await refreshed(browser)
    words = await browser.value("document.querySelector('.card.trouble').textContent")
    for word in ("Backing off", "ingester is out of <disk>", "sample"):
        assert word in words, words
    await browser.picture("failing")
    destinations["mimir"].status, destinations["mimir"].text = 400, "out of order sample"
    await browser.until("document.querySelector('table.losses')?.textContent.includes('out of order sample')")
    destinations["mimir"].status = 204
    assert await push(session, url, "nightly-backup", "a 1\n", Prefer="wait=30") == 200
    await browser.until("[...document.querySelectorAll('.card .state')].every(s => s.textContent == 'Delivering')")

    # Without JavaScript the facts are there.
    await browser.call("Emulation.setScriptExecutionDisabled", value=True)
    await browser.call("Page.navigate", url=url + "/")
    await asyncio.sleep(1)
    text = (await browser.call("DOM.getOuterHTML", nodeId=(await browser.call("DOM.getDocument"))["root"]["nodeId"]))
    assert "out of order sample" in text["outerHTML"]
    await browser.call("Emulation.setScriptExecutionDisabled", value=False)

    # Nothing but the page itself was fetched, and the browser had nothing to say.
    await browser.open(url + "/")
    assert set(browser.requests) <= {url + "/", url + "/favicon.ico"}, set(browser.requests)
    assert not browser.problems, json.dumps(browser.problems, indent=1)

    # The collector ends: the page says so.
    process.kill()
    await browser.until("document.body.classList.contains('stale')")


async def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    destinations = {"mimir": Destination(), "thanos": Destination()}
    for destination in destinations.values():
        await destination.start()
    async with aiohttp.ClientSession() as session, collector(destinations) as (process, url), chromium() as browser:
        await look(browser, url, session, destinations, process)
    print("the status page is as it should be; pictures are in", FOLDER)


asyncio.run(main())
