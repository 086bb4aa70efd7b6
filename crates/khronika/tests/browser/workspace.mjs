// Drives the workspace as somebody who sits with a case does, in a real browser:
//   node workspace.mjs PATH_TO_BINARY [--shots FOLDER] [--look FOLDER]
// Fails on anything axe, the content security policy or the console has to say.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { shots: { type: "string" }, look: { type: "string" }, browser: { type: "string", default: "/usr/bin/chromium" } },
});
if (positionals.length !== 1) {
  console.error("usage: node workspace.mjs PATH_TO_BINARY [--shots FOLDER] [--look FOLDER] [--browser PATH]");
  process.exit(2);
}
const binary = resolve(positionals[0]);
const examples = join(dirname(fileURLToPath(import.meta.url)), "../../../../examples/dreyfus");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const passphrase = "a passphrase for the browser test";
const widths = [[1440, 900], [1024, 800], [390, 844]];
// What axe asks of a page: the rules of WCAG up to 2.2 AA, and what its makers call good practice.
const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

const faults = [];
// The status that is meant to come, where something is refused on purpose: the console tells of it.
let refused = 0;
const fault = (where, what) => { faults.push(`${where}: ${what}`); console.log(`  FAULT ${where}: ${what}`); };
const must = (holds, what) => { if (!holds) throw new Error(what); };
const ends = [];
let begun = Date.now();
const step = (what) => {
  console.log(`ok  ${String(Date.now() - begun).padStart(6)} ms  ${what}`);
  begun = Date.now();
};

/** Starts the program on a case that is not there yet; gives the link that works once. */
const serve = async (dir, name) => {
  const child = spawn(binary, ["serve", name, "--label", "Ada", "--no-models"], {
    cwd: dir, env: { ...process.env, NO_COLOR: "1" }, stdio: ["ignore", "pipe", "inherit"],
  });
  ends.push(() => child.kill("SIGINT"));
  for await (const line of createInterface({ input: child.stdout })) return { link: line.trim(), child };
  throw new Error("the program ended without a link");
};

/** A window that tells of everything that its pages complain of. */
const open = async (browser) => {
  const context = await browser.newContext({ acceptDownloads: true, locale: "en-GB", viewport: { width: 1440, height: 900 } });
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

const listen = (page) => {
  page.on("console", (message) => {
    const isMeant = refused && message.text().includes(`status of ${refused}`);
    if (["error", "warning"].includes(message.type()) && !isMeant) fault(page.url(), message.text());
  });
  page.on("pageerror", (error) => fault(page.url(), String(error)));
  page.on("response", (response) => { if (response.status() >= 500) fault(response.url(), `status ${response.status()}`); });
};

/** Asks axe, in a world of its own, so that the page is as users have it. */
const audit = async (page, name) => {
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
const fits = async (page, name) => {
  const wide = await page.evaluate(() => {
    const most = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= most) return null;
    const all = [...document.querySelectorAll("body *")].filter((node) => node.getBoundingClientRect().right > most + 1 && !node.closest(".map, svg"));
    return all.slice(0, 3).map((node) => node.outerHTML.slice(0, 120)).join(" | ") || "?";
  });
  if (wide) fault(name, `wider than the window: ${wide}`);
};

/** A page in each width and in both schemes of colour. */
const look = async (page, name) => {
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

const at = (page, address) => page.goto(new URL(address, page.url()).href);

/** Makes a case behind a link and reads papers into it. */
const made = async (page, link, papers) => {
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

const pages = {
  overview: "/", chronology: "/chronology", proceedings: "/proceedings", deadlines: "/deadlines", conflicts: "/conflicts",
  sources: "/sources", actors: "/actors", statements: "/statements", letters: "/letters", dates: "/dates", problems: "/problems",
  judgments: "/judgments", journal: "/journal", add: "/add", export: "/export", help: "/help",
};

/** Every page that the navigation leads to, and one of each kind that lists lead to. */
const lookAtAll = async (page, name, words) => {
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

/** What stands in a page once a key was pressed that leads to one. */
const press = async (page, key) => Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press(key)]);

const judgeDreyfus = async (page) => {
  // By keyboard alone: the next finding that nobody decided, and yes.
  await at(page, "/chronology");
  const undecided = async () => { await at(page, "/chronology?decided=proposed"); return Number(await page.textContent("main h2 .count").then((text) => text.split("/")[0])); };
  const before = await undecided();
  await at(page, "/");
  await press(page, "n");
  must(new URL(page.url()).pathname.startsWith("/source/"), `n leads to ${page.url()}`);
  must(await page.locator(".margin li.here").count() === 1, "the finding is not marked");
  await press(page, "c");
  must(await page.locator(".said").count() === 1, "what was said is not acknowledged");
  must(await undecided() === before - 1, "the finding is still undecided");
  step("confirmed a finding by keyboard");

  await at(page, "/chronology");
  for (const key of ["j", "j", "k"]) await page.keyboard.press(key);
  must(await page.locator("tr.here").count() === 1, "j and k mark no row");
  await press(page, "Enter");
  const event = page.url();
  must(new URL(event).pathname.startsWith("/event/"), `Enter leads to ${event}`);
  await page.fill("input[name=date]", "1894-10-16");
  await Promise.all([page.waitForNavigation(), page.click("button[data-say=correct]")]);
  must((await page.locator("time[datetime='1894-10-16']").count()) > 0, "the date is not corrected");
  await look(page, "corrected");
  step("corrected a date");
  await Promise.all([page.waitForNavigation(), page.click(".said button")]);
  await page.goto(event);
  must((await page.locator("main tr time[datetime='1894-10-16']").count()) === 0, "the date is still corrected");
  step("took it back");

  const acts = async () => {
    await at(page, "/chronology");
    return page.$$eval("table.chronology tr.act[id]", (rows) => rows.map((row) => row.id));
  };
  const all = await acts();
  must(all.length > 2, `${all.length} acts`);
  await at(page, `/event/${all[0]}`);
  await page.locator("form:has([data-say=merge]) input[name=other]").fill(all[1]);
  await Promise.all([page.waitForNavigation(), page.click("button[data-say=merge]")]);
  must((await acts()).length === all.length - 1, "two acts are still two");
  step("merged two acts");
  await at(page, "/judgments");
  await look(page, "judged");
  await Promise.all([page.waitForNavigation(), page.locator("main form[action='/withdraw'] button").first().click()]);
  must((await acts()).length === all.length, "two acts are still one");
  step("took it back");

  // Two tabs: the other one is told, and does not overwrite.
  await at(page, `/event/${all[1]}`);
  const tab = await page.context().newPage();
  listen(tab);
  await tab.goto(page.url());
  await Promise.all([page.waitForNavigation(), page.locator(".verdicts [data-say=confirm]").click()]);
  await tab.waitForSelector("#news:not([hidden])");
  refused = 409;
  await Promise.all([tab.waitForNavigation(), tab.locator(".verdicts [data-say=reject]").click()]);
  must(await tab.locator("#theirs").count() === 1, "the other tab is not asked");
  await look(tab, "touched");
  refused = 0;
  await tab.close();
  await Promise.all([page.waitForNavigation(), page.click(".said button")]);
  step("two tabs did not overwrite one another");

  await at(page, "/conflicts");
  must(await page.locator("main .sides").count() > 0, "no conflict is shown");
  await at(page, "/deadlines");
  must(await page.locator("main .item").count() > 0, "no deadline is shown");
  step("saw a conflict and a deadline");

  await at(page, "/");
  await page.keyboard.press("/");
  await page.keyboard.type("bordereau");
  await press(page, "Enter");
  must(await page.locator(".hits mark").count() > 0, "nothing is found");
  await page.locator("h1").click();
  await page.keyboard.press("?");
  must(await page.locator("dialog[open]").count() === 1, "? shows no keys");
  await audit(page, "keys");
  await page.keyboard.press("Escape");
  step("searched, and saw the keys");

  for (const lang of ["fr", "ru", "uk", "en"]) {
    await Promise.all([page.waitForNavigation(), page.click(`.languages [lang=${lang}]`)]);
    must(await page.getAttribute("html", "lang") === lang, `the pages do not speak ${lang}`);
    await page.setViewportSize({ width: 390, height: 844 });
    for (const address of ["/", "/add", "/export", "/chronology"]) { await at(page, address); await fits(page, `${lang} ${address}`); await audit(page, `${lang} ${address}`); }
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  step("the pages speak four languages");
};

/** A case that is handed over sealed holds, says the program. */
const handOver = async (page, dir) => {
  await at(page, "/export");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("form[action='/export'] button")]);
  const path = join(dir, download.suggestedFilename());
  await download.saveAs(path);
  const bag = join(dir, "handed-over");
  mkdirSync(bag);
  execFileSync("tar", ["-xf", path, "-C", bag]);
  const [inner] = readdirSync(bag);
  // Without a key that came on another way nothing fails, but it is not known who sealed it: 2.
  const said = spawnSync(binary, ["verify", join(bag, inner)], { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
  must(said.status === 2 && !/^(fails|✗)/m.test(said.stdout), `verify: ${said.status} ${said.stdout} ${said.stderr}`);
  step("handed it over sealed, and what was handed over holds");
  await Promise.all([page.waitForNavigation(), page.click("form[action='/verify'] button")]);
  await look(page, "verified");
  step("checked the case file");
};

// Letters of nobody: what a case in Cyrillic and Kazakh letters looks like.
const letters = {
  "арыз.txt": `Алматы қаласының әкіміне\n\nӨтініш\n\nҚұрметті әкім!\n\n2024 жылғы 12 наурызда Алмалы аудандық соты менің талап арызымды қабылдаудан бас тартты. 2024 жылғы 20 наурызда мен осы ұйғарымға жеке шағым бердім. Қалалық сот 2024 жылғы 15 сәуірде ұйғарымның күшін жойды.\n\nҒимарат иесі Әлия Үсенқызы 2024 жылғы 2 мамырда жауап берді.\n\nӨтініш беруші: Ыбырай Һәкімұлы\n2024 жылғы 10 мамыр\n`,
  "жалоба.txt": `В областной суд\n\nАпелляционная жалоба\n\n4 марта 2024 года районный суд вынес решение, которым обязал жильцов дома освободить двор до 1 апреля 2024 года. Решение получено 11 марта 2024 года. Срок подачи апелляционной жалобы составляет один месяц со дня получения решения.\n\n18 марта 2024 года управа запретила жильцам покидать двор до 1 мая 2024 года.\n\nПрошу отменить решение от 4 марта 2024 года.\n\nЗаявитель: Пётр Съездов\n25 марта 2024 года\n`,
  "скарга.txt": `До Апеляційного суду\n\nСкарга\n\n7 лютого 2024 року міський суд відмовив у задоволенні позову Ґалини Їжакевич. 14 лютого 2024 року позивачка отримала копію рішення. 28 лютого 2024 року вона подала скаргу.\n\nПрошу скасувати рішення від 7 лютого 2024 року.\n\nҐалина Їжакевич\n1 березня 2024 року\n`,
};

const dir = mkdtempSync(join(tmpdir(), "khronika-browser-"));
let browser;
try {
  if (options.shots) mkdirSync(options.shots, { recursive: true });
  browser = await chromium.launch({
    executablePath: options.browser,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  step("started the browser");
  const papers = readdirSync(examples).sort().map((name) => join(examples, name));
  const page = await open(browser);
  await made(page, (await serve(dir, "dreyfus.khronika")).link, { name: "dreyfus", files: papers });
  await judgeDreyfus(page);
  await handOver(page, dir);
  await lookAtAll(page, "dreyfus", "bordereau");
  await page.emulateMedia({ media: "print" });
  for (const address of ["/", "/chronology", "/deadlines"]) {
    await at(page, address);
    const pressed = await page.locator("nav, form, button, a.button").filter({ visible: true }).count();
    must(pressed === 0, `${address}: ${pressed} things that can only be pressed are printed`);
    if (options.shots) await page.pdf({ path: join(options.shots, `print${address.replace("/", "-")}.pdf`) });
  }
  await page.emulateMedia({ media: "screen" });
  step("printed");
  await Promise.all([page.waitForNavigation(), page.click("form[action='/lock'] button")]);
  await look(page, "unlock");
  refused = 403;
  await page.fill("#passphrase", "not the passphrase");
  await press(page, "Enter");
  must(await page.locator("[role=alert]").count() === 1, "it is not said that the passphrase is wrong");
  await look(page, "wrong-passphrase");
  refused = 0;
  // After a wrong one, the next is waited for.
  await page.waitForTimeout(3000);
  await page.fill("#passphrase", passphrase);
  await press(page, "Enter");
  must(await page.locator("nav").count() > 0, "the case is not open");
  step("locked and unlocked");

  const files = Object.entries(letters).map(([name, text]) => { writeFileSync(join(dir, name), text); return join(dir, name); });
  const other = await open(browser);
  await made(other, (await serve(dir, "хаттар.khronika")).link, { name: "letters", files });
  await lookAtAll(other, "letters", "суд");
} catch (error) {
  fault("stopped", error.stack ?? String(error));
} finally {
  await browser?.close();
  for (const end of ends) end();
  rmSync(dir, { recursive: true, force: true });
}
const different = new Set(faults);
console.log(faults.length ? `${faults.length} faults, ${different.size} different` : "no fault");
process.exitCode = faults.length ? 1 : 0;
