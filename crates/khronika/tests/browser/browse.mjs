// What every walk through the workspace needs: the program, a browser, and a look at what their pages complain of.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

export const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    shots: { type: "string" }, look: { type: "string" }, examples: { type: "string" }, minutes: { type: "string", default: "20" },
    browser: { type: "string", default: "/usr/bin/chromium" },
  },
});
if (positionals.length === 0) {
  console.error("usage: node WALK.mjs PATH_TO_BINARY [--shots FOLDER] [--look FOLDER] [--examples FOLDER] [--minutes N] [--browser PATH]");
  process.exit(2);
}
export const binary = resolve(positionals[0]);
/** The papers of the example case. */
export const examples = resolve(options.examples ?? join(dirname(fileURLToPath(import.meta.url)), "../../../../examples/dreyfus"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const passphrase = "a passphrase for the browser test";
const widths = [[1440, 900], [1024, 800], [390, 844]];
// What axe asks of a page: the rules of WCAG up to 2.2 AA, and what its makers call good practice.
const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

const faults = [];
// The status that is meant to come, where something is refused on purpose: the console tells of it.
let refused = 0;
/** From now on this status is meant to come; with 0 none is. */
export const meant = (status) => { refused = status; };
export const fault = (where, what) => { faults.push(`${where}: ${what}`); console.log(`  FAULT ${where}: ${what}`); };
export const must = (holds, what) => { if (!holds) throw new Error(what); };
const ends = [];
const children = [];
let begun = Date.now();
export const step = (what) => {
  console.log(`ok  ${String(Date.now() - begun).padStart(6)} ms  ${what}`);
  begun = Date.now();
};

/** Starts the program on a case that is not there yet; gives the link that works once. */
export const serve = async (dir, name, more = []) => {
  const child = spawn(binary, ["serve", name, "--label", "Ada", "--no-models", ...more], {
    cwd: dir, env: { ...process.env, NO_COLOR: "1" }, stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  ends.push(() => child.kill("SIGINT"));
  child.on("exit", () => { child.isGone = true; });
  for await (const line of createInterface({ input: child.stdout })) return { link: line.trim(), child };
  throw new Error("the program ended without a link");
};

/** A window that tells of everything that its pages complain of. */
export const open = async (browser, more = {}) => {
  const context = await browser.newContext({ acceptDownloads: true, locale: "en-GB", viewport: { width: 1440, height: 900 }, ...more });
  await context.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)));
  if (options.look) {
    await context.route("**/look/*", (route) => {
      const name = new URL(route.request().url()).pathname.split("/").pop();
      try { return route.fulfill({ path: join(options.look, name), body: readFileSync(join(options.look, name)) }); }
      catch { return route.continue(); }
    });
  }
  const page = await context.newPage();
  listen(page);
  return page;
};

export const listen = (page) => {
  page.on("console", (message) => {
    const isMeant = refused && message.text().includes(`status of ${refused}`);
    if (["error", "warning"].includes(message.type()) && !isMeant) fault(page.url(), message.text());
  });
  page.on("pageerror", (error) => fault(page.url(), String(error)));
  page.on("response", (response) => { if (response.status() >= 500 && response.status() !== refused) fault(response.url(), `status ${response.status()}`); });
};

/** Asks axe, in a world of its own, so that the page is as users have it. */
export const audit = async (page, name) => {
  const cdp = await page.context().newCDPSession(page);
  const { frameTree } = await cdp.send("Page.getFrameTree");
  const { executionContextId: contextId } = await cdp.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const ask = async (expression) => {
    const { result, exceptionDetails } = await cdp.send("Runtime.evaluate", { expression, contextId, awaitPromise: true, returnByValue: true });
    must(!exceptionDetails, `axe: ${exceptionDetails?.exception?.description}`);
    return result.value;
  };
  await ask(`${axe};0`);
  const found = await ask(`axe.run(document, ${JSON.stringify(rules)}).then(r => r.violations.map(v =>
    [v.id, v.help, v.nodes.length, v.nodes[0].html.slice(0, 200), v.nodes[0].failureSummary]))`);
  for (const [id, help, count, html, why] of found) fault(name, `axe ${id} (${count}): ${help}: ${html} ${why}`);
  await cdp.detach();
};

/** Nothing may stand out at the side, and nothing may be cut off there. */
export const fits = async (page, name) => {
  const wide = await page.evaluate(() => {
    const most = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= most) return null;
    const all = [...document.querySelectorAll("body *")].filter((node) => node.getBoundingClientRect().right > most + 1 && !node.closest(".map, svg"));
    return all.slice(0, 3).map((node) => node.outerHTML.slice(0, 120)).join(" | ") || "?";
  });
  if (wide) fault(name, `wider than the window: ${wide}`);
};

/** A page in each width and in both schemes of colour. */
export const look = async (page, name) => {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const [width, height] of scheme === "dark" && !options.shots ? [[390, 844]] : widths) {
      await page.setViewportSize({ width, height });
      await fits(page, `${name} ${width}`);
      if (width !== 1024) await audit(page, `${name} ${width} ${scheme}`);
      if (options.shots) await page.screenshot({ path: join(options.shots, `${name}-${width}-${scheme}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
};

export const at = (page, address) => page.goto(new URL(address, page.url()).href);

/** Makes a case behind a link and reads papers into it. */
export const made = async (page, link, papers) => {
  await page.goto(link);
  await page.waitForURL(/\/unlock$/);
  await look(page, `${papers.name}-create`);
  await page.fill("#passphrase", passphrase);
  await page.fill("#again", passphrase);
  await page.keyboard.press("Enter");
  await page.waitForSelector("a[href='/add']");
  step(`${papers.name}: made a case`);
  await look(page, `${papers.name}-empty`);
  await at(page, "/add");
  await page.setInputFiles("#files", papers.files);
  await page.focus("#upload button");
  await page.keyboard.press("Enter");
  await page.waitForFunction((count) => document.querySelectorAll("#read .uploads > li").length === count, papers.files.length, { timeout: 180_000 });
  await page.waitForFunction(() => !document.querySelector("#status > p"), null, { timeout: 180_000 });
  step(`${papers.name}: ${papers.files.length} papers were read`);
  await look(page, `${papers.name}-add`);
};

/** Waits until what was added stands there with its name, and nothing goes on any more. */
export const wasRead = async (page, names) => {
  await page.waitForFunction((names) => {
    const known = [...document.querySelectorAll("#read .uploads > li > bdi:first-child")].map((name) => name.textContent);
    return names.every((name) => known.includes(name)) && !document.querySelector("#status > p");
  }, names, { timeout: 120_000 });
};

export const pages = {
  overview: "/", chronology: "/chronology", proceedings: "/proceedings", deadlines: "/deadlines", conflicts: "/conflicts",
  sources: "/sources", actors: "/actors", statements: "/statements", letters: "/letters", dates: "/dates", problems: "/problems",
  judgments: "/judgments", journal: "/journal", add: "/add", export: "/export", help: "/help",
};

/** Every page that the navigation leads to, and one of each kind that lists lead to. */
export const lookAtAll = async (page, name, words) => {
  for (const [key, address] of Object.entries({ ...pages, search: `/search?q=${encodeURIComponent(words)}` })) {
    const asked = Date.now();
    const answer = await at(page, address);
    const took = Date.now() - asked;
    must(answer.status() === 200, `${address}: status ${answer.status()}`);
    if (took > 1000) fault(address, `took ${took} ms`);
    await look(page, `${name}-${key}`);
  }
  for (const [key, list, link] of [["source", "/sources", "a[href^='/source/']"], ["actor", "/actors", "main a[href^='/actor/']"], ["event", "/chronology", "main a[href^='/event/']"]]) {
    await at(page, list);
    await at(page, await page.getAttribute(link, "href"));
    await look(page, `${name}-${key}`);
  }
  step(`${name}: looked at every page`);
};

/** What a walk is begun with: a folder of its own and a browser, both of which are gone when it is over, whatever happened. */
export const walk = async (steps) => {
  const dir = mkdtempSync(join(tmpdir(), "khronika-browser-"));
  let browser;
  let isOver = false;
  const over = async () => {
    if (isOver) return;
    isOver = true;
    // A browser that does not close is no reason to wait for ever.
    await Promise.race([browser?.close().catch(() => {}), new Promise((done) => setTimeout(done, 10_000))]);
    for (const end of ends) end();
    // The program closes its case; one that does not is ended.
    for (let tries = 0; tries < 50 && children.some((child) => !child.isGone); tries += 1) await new Promise((done) => setTimeout(done, 200));
    for (const child of children) if (!child.isGone) { fault("the program", "does not end"); child.kill("SIGKILL"); }
    rmSync(dir, { recursive: true, force: true });
    const different = new Set(faults);
    console.log(faults.length ? `${faults.length} faults, ${different.size} different` : "no fault");
    process.exit(faults.length ? 1 : 0);
  };
  const stopped = (why) => { fault("stopped", why); over(); };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stopped(signal));
  process.on("uncaughtException", (error) => stopped(error.stack ?? String(error)));
  setTimeout(() => stopped(`it takes longer than ${options.minutes} minutes`), Number(options.minutes) * 60_000).unref();
  try {
    if (options.shots) mkdirSync(options.shots, { recursive: true });
    browser = await chromium.launch({
      executablePath: options.browser,
      handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    step("started the browser");
    await steps(browser, dir);
  } catch (error) {
    if (!isOver) fault("stopped", error.stack ?? String(error));
  }
  await over();
};
