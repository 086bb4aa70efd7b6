// What the workspace does for people whose papers run from right to left, who have their papers in folders, and whose browser runs no scripts.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, fits, look, must, open, pages, step, wasRead } from "./browse.mjs";

// Letters of nobody, in languages that are written from right to left, with something in them that is not.
const letters = {
  "כתב.txt": "לבית המשפט המחוזי\n\nבקשה\n\nביום 4 במרץ 2024 החליט בית המשפט לדחות את הבקשה (תיק A-17/2024).\n\nרות בן־עמי\n",
  "رسالة.txt": "إلى المحكمة\n\nطلب\n\nقررت المحكمة في 4 مارس 2024 رفض الطلب رقم A-17/2024.\n\nليلى الهاشمي\n",
};

/** A text that runs from right to left is set so, on a page that does not. */
export const rightToLeft = async (page, dir) => {
  await at(page, "/add");
  const files = Object.entries(letters).map(([name, text]) => { writeFileSync(join(dir, name), text); return join(dir, name); });
  await page.setInputFiles("#files", files);
  await page.click("#upload button");
  await wasRead(page, Object.keys(letters));
  for (const [name, text] of Object.entries(letters)) {
    await at(page, "/sources");
    await at(page, await page.getByRole("link", { name, exact: true }).getAttribute("href"));
    const set = await page.$$eval(".words-of p.b", (all) => all.map((node) => [node.lang, getComputedStyle(node).direction, getComputedStyle(node).textAlign]));
    must(set.length >= 4 && set.every(([lang, direction, align]) => lang !== "en" && direction === "rtl" && ["start", "right"].includes(align)), `${name} is set as ${JSON.stringify(set)}`);
    must(await page.$eval("html", (node) => getComputedStyle(node).direction) === "ltr", "the page runs from right to left");
    const shown = await page.$$eval(".words-of p.b", (all) => all.map((node) => node.textContent).join("\n"));
    for (const line of text.split("\n").filter(Boolean)) must(shown.includes(line), `${name} lacks “${line}”`);
    await look(page, `rtl-${name}`);
  }
  step("texts that run from right to left are set so");
};

/** Folders that are dropped, or chosen, come with all that is in them, and the way to it. */
export const folder = async (page, dir) => {
  const write = (name, text) => { const path = join(dir, name); mkdirSync(join(path, ".."), { recursive: true }); writeFileSync(path, text); };
  write("dropped/first.txt", "On 5 May 2024 the council refused the permit of Ruth Vane.\n");
  write("dropped/deeper/приказ.txt", "6 мая 2024 года совет отменил приказ.\n");
  write("chosen/annex/third.txt", "On 7 May 2024 Ruth Vane appealed to the council.\n");
  await at(page, "/add");
  const box = await page.locator(".drop").boundingBox();
  const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(dir, "dropped")], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await cdp.send("Input.dispatchDragEvent", { type, x, y, data });
  await cdp.detach();
  await wasRead(page, ["dropped/first.txt", "dropped/deeper/приказ.txt"]);
  step("a folder was dropped");
  await at(page, "/add");
  await page.setInputFiles("#folder", join(dir, "chosen"));
  await page.click("#upload button");
  await wasRead(page, ["chosen/annex/third.txt"]);
  step("a folder was chosen");
};

/** Everything can be read, and the most be done, by a browser that runs no scripts. */
export const scriptless = async (browser, page, dir) => {
  const bare = await open(browser, { javaScriptEnabled: false });
  await bare.context().addCookies(await page.context().cookies());
  await bare.goto(page.url());
  for (const address of [...Object.values(pages), "/search?q=суд"]) {
    const answer = await at(bare, address);
    must(answer.status() === 200, `${address}: status ${answer.status()}`);
    must((await bare.locator("main").innerText()).trim().length > 20, `${address} says nothing without scripts`);
    await fits(bare, `without scripts ${address}`);
  }
  const asked = new Set();
  for (const list of ["/sources", "/actors", "/chronology"]) {
    await at(bare, list);
    await bare.locator("main :is(a[href^='/source/'], a[href^='/actor/'], a[href^='/event/'])").first().click();
    const kind = new URL(bare.url()).pathname.split("/")[1];
    must(["source", "actor", "event"].includes(kind), `${list} leads to ${bare.url()}`);
    asked.add(kind);
  }
  must(asked.size > 1, `all lists lead to ${[...asked]}`);
  await at(bare, "/sources");
  await bare.getByRole("link", { name: "жалоба.txt", exact: true }).click();
  must((await bare.locator(".words-of").innerText()).includes("районный суд вынес решение"), "a document cannot be read without scripts");
  await at(bare, "/sources");
  await bare.getByRole("link", { name: "upright.pdf", exact: true }).click();
  await bare.locator(".views [data-key=v]").click();
  must((await bare.locator("#sheet .written").textContent()).includes("dismissed") && await bare.locator("#sheet .written text").first().isVisible(), "the words of a page are not there without scripts");
  must(await bare.locator("#sheet a").count() > 2 && await bare.locator("noscript p").isVisible(), "what was found on a page is not there without scripts");
  await fits(bare, "a page without scripts");
  await at(bare, "/sources");
  await bare.getByRole("link", { name: "жалоба.txt", exact: true }).click();
  step("read without scripts");
  await bare.locator(".margin button[data-say=confirm]").first().click();
  must(await bare.locator(".said").count() === 1, "nothing can be said without scripts");
  await bare.locator(".said button").click();
  await bare.fill("#find", "Їжакевич");
  await bare.locator("#find + button").click();
  must(await bare.locator(".hits mark").count() > 0, "nothing can be found without scripts");
  await at(bare, "/add");
  writeFileSync(join(dir, "late.txt"), "On 8 May 2024 the council granted the permit of Ruth Vane.\n");
  await bare.setInputFiles("#files", join(dir, "late.txt"));
  await bare.click("#upload button");
  for (let tries = 0; !(await bare.locator("#read .uploads > li").allInnerTexts()).some((line) => line.startsWith("late.txt")); tries += 1) {
    must(tries < 100, "nothing can be added without scripts");
    await bare.waitForTimeout(200);
    await at(bare, "/add");
  }
  step("said, found and added something without scripts");
  await bare.context().close();
};
