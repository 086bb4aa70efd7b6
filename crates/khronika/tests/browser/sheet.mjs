// Pages of documents as they look: drawn, with what was found over its words, whichever way the page is turned or cut.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, audit, look, meant, must, step, wasRead } from "./browse.mjs";

const letter = [
  "To the District Court", "", "Complaint", "",
  "On 4 March 2024 the District Court dismissed the claim of Ruth Vane.", "On 11 March 2024 Ruth Vane received the judgment.",
  "On 18 March 2024 Ruth Vane appealed against the judgment of 4 March 2024", "to the Court of Appeal. She asks the court to suspend the order",
  "to leave the house until 1 May 2024.", "", "Ruth Vane, 25 March 2024",
];

/** A PDF document of pages, each with its entries (`/Rotate 90`) and what is drawn on it. */
const pdf = (sheets) => {
  const kids = sheets.map((_, n) => `${4 + 2 * n} 0 R`).join(" ");
  const objects = ["<</Type/Catalog/Pages 2 0 R>>", `<</Type/Pages/Kids[${kids}]/Count ${sheets.length}>>`, "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"];
  for (const [n, { entries, drawn }] of sheets.entries()) {
    objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]${entries}/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + 2 * n} 0 R>>`);
    objects.push(`<</Length ${drawn.length}>>stream\n${drawn}\nendstream`);
  }
  let out = "%PDF-1.7\n";
  const places = objects.map((object, n) => { const place = out.length; out += `${n + 1} 0 obj\n${object}\nendobj\n`; return place; });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${out.length}\n%%EOF\n`;
  return Buffer.from(out, "latin1");
};

/** The lines of the letter from a place on, which a matrix turns as they are read. */
const written = (matrix, lines = letter) => `BT /F1 12 Tf 16 TL ${matrix} Tm\n${lines.map((line) => `(${line}) Tj T*`).join("\n")}\nET`;

const papers = {
  "upright.pdf": pdf([{ entries: "", drawn: written("1 0 0 1 72 760") }, { entries: "", drawn: written("1 0 0 1 72 760", ["On 2 April 2024 the Court of Appeal annulled the judgment", "of 4 March 2024."]) }]),
  // Shown turned by a quarter: what is written along the other side of the sheet is upright then.
  "turned.pdf": pdf([{ entries: "/Rotate 90", drawn: written("0 1 -1 0 80 72") }]),
  "cut.pdf": pdf([{ entries: "/CropBox[50 400 550 830]", drawn: written("1 0 0 1 72 760") }]),
  "cut-and-turned.pdf": pdf([{ entries: "/Rotate 270/CropBox[60 100 500 800]", drawn: written("0 -1 1 0 400 780") }]),
};

/** Of the dark dots of what was drawn: how many there are, and what share of them lies in the boxes of words. */
const ink = () => {
  const [canvas, svg] = [document.querySelector("#sheet canvas"), document.querySelector("#sheet svg")];
  const [width, height] = [canvas.width, canvas.height];
  const scale = width / svg.viewBox.baseVal.width;
  const covered = new Uint8Array(width * height);
  for (const word of svg.querySelectorAll(".written text")) {
    const [x, y, size, long] = ["x", "y", "font-size", "textLength"].map((name) => Number(word.getAttribute(name)) * scale);
    const [top, bottom] = [y - size * 1.05, y + size * 0.35];
    for (let row = Math.max(0, Math.floor(top)); row < Math.min(height, bottom); row += 1) covered.fill(1, row * width + Math.max(0, Math.floor(x - 3)), row * width + Math.min(width, Math.ceil(x + long + 3)));
  }
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  let [dark, within] = [0, 0];
  for (let dot = 0; dot < covered.length; dot += 1) if (data[4 * dot] < 128) { dark += 1; within += covered[dot]; }
  return { dark, share: within / dark, shape: width / height - svg.viewBox.baseVal.width / svg.viewBox.baseVal.height };
};

/** How much of each box is ink. */
const boxed = () => {
  const [svg, picture] = [document.querySelector("#sheet svg"), document.querySelector("#sheet img")];
  let canvas = document.querySelector("#sheet canvas");
  if (picture) {
    canvas = Object.assign(document.createElement("canvas"), { width: picture.naturalWidth, height: picture.naturalHeight });
    canvas.getContext("2d", { willReadFrequently: true }).drawImage(picture, 0, 0);
  }
  const scale = canvas.width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll("a rect")].map((rect) => {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Math.round(Number(rect.getAttribute(name)) * scale));
    const { data } = canvas.getContext("2d").getImageData(x, y, width, height);
    let dark = 0;
    for (let dot = 0; dot < data.length; dot += 4) if (data[dot] < 128) dark += 1;
    return dark / (width * height);
  });
};

const read = async (page, name) => {
  await at(page, "/sources");
  await at(page, await page.getByRole("link", { name, exact: true }).getAttribute("href"));
};

const add = async (page, files) => {
  await at(page, "/add");
  await page.setInputFiles("#files", files);
  await page.click("#upload button");
  await wasRead(page, files.map((file) => file.split("/").pop()));
};

/** Waits until the page is drawn, or it is said that it cannot be. */
export const isDrawn = (page) => page.waitForSelector("#sheet.drawn, #undrawn:not([hidden])", { timeout: 40_000 });

/** Draws pages, and looks whether what was found lies over its words. */
export const sheets = async (page, dir) => {
  const files = Object.entries(papers).map(([name, bytes]) => { writeFileSync(join(dir, name), bytes); return join(dir, name); });
  await add(page, files);
  for (const name of Object.keys(papers)) {
    await read(page, name);
    await page.keyboard.press("v");
    await page.waitForURL(/view=page/);
    await isDrawn(page);
    must(await page.locator("#undrawn").isHidden() && await page.locator("#differs").isHidden(), `${name} is not drawn as it was read`);
    const { dark, share, shape } = await page.evaluate(ink);
    must(dark > 2000 && share > 0.97 && Math.abs(shape) < 0.01, `${name}: ${dark} dark dots, ${share} of them where words are, shape ${shape}`);
    const shares = await page.evaluate(boxed);
    must(shares.length >= 3 && shares.every((share) => share > 0.03), `${name}: boxes over ${shares}`);
    await look(page, `page-${name}`);
  }
  step("pages are drawn beneath what was found on them, turned and cut as well");

  await read(page, "upright.pdf");
  await page.keyboard.press("v");
  await page.waitForURL(/view=page/);
  await isDrawn(page);
  const box = page.locator("#sheet a").first();
  const id = await box.getAttribute("data-finding");
  const isLit = (which) => page.locator(`[id="${which}.${id}"].lit`).count();
  await box.focus();
  must(await isLit("m") === 1 && await isLit("b") === 1, "a box that is come to does not light its finding");
  await page.keyboard.press("Enter");
  must(new URL(page.url()).hash === `#m.${id}`, `a box leads to ${page.url()}`);
  await page.locator(`[id="m.${id}"]`).hover();
  must(await isLit("b") === 1, "a finding that is pointed at does not light its box");
  await page.locator(`[id="m.${id}"] a[href="#b.${id}"]`).click();
  must(new URL(page.url()).hash === `#b.${id}`, `words lead to ${page.url()}`);
  await page.locator("#sheet-text summary").click();
  must((await page.locator("#sheet-text .text").innerText()).includes("District Court"), "the text of the page is not there");
  await audit(page, "page with its text");
  await page.keyboard.press("j");
  await page.keyboard.press("c");
  await page.waitForURL(/said=/);
  must(/view=page&page=1/.test(page.url()), `a judgment leads to ${page.url()}`);
  const document = new URL(page.url()).pathname;
  await Promise.all([page.waitForNavigation(), page.locator(".said button").click()]);
  await at(page, `${document}?view=page&page=2`);
  await isDrawn(page);
  must((await page.locator(".margin").innerText()).includes("annulled") || (await page.locator("#sheet-text").textContent()).includes("annulled"), "the second page is not shown");
  step("boxes and findings lead to each other");
  await confined(page);
  await broken(page);
  await scan(page, dir);
};

/** A picture of the letter, if there is something here that recognises letters. */
const scan = async (page, dir) => {
  const letters = await page.context().newPage();
  await letters.setViewportSize({ width: 1240, height: 1754 });
  await letters.setContent(`<body style="margin: 150px; font: 25px/1.6 serif; background: white">${letter.map((line) => `<div>${line}&nbsp;</div>`).join("")}`);
  await letters.screenshot({ path: join(dir, "scan.png") });
  await letters.close();
  await add(page, [join(dir, "scan.png")]);
  await at(page, "/sources");
  if (await page.getByRole("link", { name: "scan.png", exact: true }).count() === 0) return step("skipped: letters in pictures are not recognised here");
  await read(page, "scan.png");
  await page.keyboard.press("v");
  await page.waitForURL(/view=page/);
  await page.waitForFunction(() => document.querySelector("#sheet img").naturalWidth > 0);
  const shares = await page.evaluate(boxed);
  must(shares.length >= 2 && shares.every((share) => share > 0.03), `scan.png: boxes over ${shares}`);
  await look(page, "page-scan.png");
  step("a picture lies beneath what was found in it");
};

/** What takes a document apart has a policy of its own: it can ask nobody anything, not even us. */
const confined = async (page) => {
  await page.route("**/original", () => {});
  const begun = page.waitForEvent("worker");
  await page.reload();
  const worker = await begun;
  for (const to of ["/status", "/source/s-0", "http://127.0.0.1:9/", "https://example.org/"]) {
    const answer = await worker.evaluate((to) => fetch(new URL(to, location.href)).then((answer) => answer.status, () => "refused"), to);
    must(answer === "refused", `what takes a document apart asked for ${to}: ${answer}`);
  }
  await page.unroute("**/original");
  step("what takes a document apart can ask nobody anything");
};

/** A document that pdf.js cannot draw though it was read, and one that comes without its bytes. */
const broken = async (page) => {
  await read(page, "upright.pdf");
  const address = `${new URL(page.url()).pathname}?view=page&page=1`;
  const cut = papers["upright.pdf"].subarray(0, 60);
  await page.route("**/original", (route) => route.fulfill({ body: cut, contentType: "application/pdf" }));
  await at(page, address);
  await page.waitForSelector("#undrawn:not([hidden])", { timeout: 40_000 });
  must(await page.locator("#sheet .written text").first().isVisible(), "the words of a page that is not drawn are not there");
  must(await page.locator("#sheet-text .text").isVisible(), "the text of a page that is not drawn is not there");
  await look(page, "page-broken");
  await page.unroute("**/original");
  await page.route("**/original", (route) => route.fulfill({ status: 404, body: "" }));
  meant(404);
  await at(page, address);
  await page.waitForSelector("#undrawn:not([hidden])", { timeout: 40_000 });
  meant(0);
  await page.unroute("**/original");
  step("a page that cannot be drawn says so, and its text stays");
};
