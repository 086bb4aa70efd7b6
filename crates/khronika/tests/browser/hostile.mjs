// Papers whose every field holds what an attacker would write there, in a real browser: nothing of it may run, load, lead elsewhere or be
// taken for markup, on any page. The papers are those that `cargo test -p khronika --test serve` leaves in target/tmp/hostile-papers.
//   node hostile.mjs PATH_TO_BINARY FOLDER
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { at, fault, must, open, passphrase, positionals, serve, step, walk } from "./browse.mjs";
import { isDrawn } from "./sheet.mjs";

const folder = resolve(positionals[1] ?? "../../../../target/tmp/hostile-papers");
/** How many pages of one kind are looked at. */
const most = { source: 80, event: 25, actor: 25 };
const words = `<script>window.__xss=1</script>"><img src=x onerror=window.__xss=2>' onfocus='window.__xss=3 javascript:window.__xss=4`;

/** What a page may not have: an element, an attribute or an address that only a document can have brought. */
const foreign = () => {
  const bad = [];
  for (const node of document.querySelectorAll("*")) {
    const name = node.localName;
    // A document that is a picture is drawn as one.
    if (name === "img" && node.closest("#sheet") && /^\/source\/s-[0-9a-f]+\/original$/.test(node.getAttribute("src"))) continue;
    if (["img", "iframe", "base", "style", "math", "object", "embed", "b"].includes(name)) bad.push(node.outerHTML.slice(0, 120));
    for (const attribute of node.attributes) if (attribute.name.startsWith("on") || ["style", "srcdoc"].includes(attribute.name)) bad.push(`${name} ${attribute.name}`);
    for (const address of ["href", "src", "action", "formAction"]) {
      const to = node.getAttribute(address);
      if (to && !/^(\/(?!\/)|#|\?|data:,$)/.test(to)) bad.push(`${name} ${address} ${to}`);
    }
  }
  return { bad, ran: window.__xss ?? null, scripts: document.scripts.length - (document.getElementById("sheet") ? 1 : 0) };
};

await walk(async (browser, dir) => {
  const page = await open(browser);
  page.on("dialog", (dialog) => { fault(page.url(), `a dialog says ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith("http://127.0.0.1:") && request.url() !== "data:,") fault(page.url(), `asks for ${request.url()}`); });
  await page.goto((await serve(dir, "case.khronika")).link);
  await page.fill("#passphrase", passphrase);
  await page.fill("#again", passphrase);
  await page.keyboard.press("Enter");
  await page.waitForSelector("a[href='/add']");
  await at(page, "/add");
  const files = readdirSync(folder).map((name) => join(folder, name));
  must(files.length > 10, `${folder} holds ${files.length} papers`);
  await page.fill("input[name=from]", words);
  await page.setInputFiles("#files", files);
  await page.click("#upload button");
  await page.waitForFunction((count) => document.querySelectorAll("#uploads > li progress").length === 0
    && document.querySelectorAll("#read .uploads > li").length >= count && !document.querySelector("#status > p"), files.length, { timeout: 180_000 });
  step(`${files.length} papers were read`);
  const harmless = async () => {
    const { bad, ran, scripts } = await page.evaluate(foreign);
    for (const what of new Set(bad)) fault(page.url(), what);
    if (ran !== null) fault(page.url(), `script ${ran} ran`);
    if (scripts !== 1) fault(page.url(), `${scripts} scripts`);
  };
  await harmless();
  await at(page, "/chronology");
  await at(page, await page.getAttribute("main a[href^='/event/']", "href"));
  await page.locator("form:has([data-say=note]) textarea").first().fill(words);
  await Promise.all([page.waitForNavigation(), page.locator("button[data-say=note]").first().click()]);
  await harmless();
  const [known, todo, seen] = [new Set(["/"]), ["/"], {}];
  let [count, drawn] = [0, 0];
  for (let address; (address = todo.shift());) {
    const kind = new URL(address, page.url()).pathname.split("/")[1];
    seen[kind] = (seen[kind] ?? 0) + 1;
    if (seen[kind] > (most[kind] ?? 12) || address.endsWith(".ics")) continue;
    const answer = await at(page, address);
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    count += 1;
    if (await page.locator("#sheet canvas").count() > 0) {
      await isDrawn(page);
      drawn += await page.locator("#sheet.drawn").count();
    }
    await harmless();
    for (const link of await page.$$eval("a[href]", (all) => all.map((node) => node.getAttribute("href").split("#")[0]))) {
      if (link.startsWith("/") && !known.has(link)) { known.add(link); todo.push(link); }
    }
  }
  must(drawn > 0, "no page of a document was drawn");
  step(`nothing that others wrote did anything on ${count} pages, of which ${drawn} were drawn from documents`);
  await at(page, `/search?q=${encodeURIComponent(words)}`);
  await harmless();
  await at(page, "/sources");
  const hrefs = await page.$$eval("main a[href^='/source/']", (all) => all.map((node) => node.getAttribute("href")));
  let shown = 0;
  for (const href of hrefs) {
    await at(page, href);
    if ((await page.locator(".words-of").textContent()).replaceAll(/\s/g, "").includes("<script>window.__xss=1")) shown += 1;
  }
  must(shown >= files.length, `what was written is shown in ${shown} of ${hrefs.length} documents`);
  step(`it is shown as text in ${shown} documents`);
});
