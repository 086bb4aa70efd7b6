// What is added by hand, who is who, and the parts of pages that move: each once, as somebody at the keyboard does it.
import { at, look, must, step } from "./browse.mjs";

/** Selects words of the document that is shown; gives them. */
const select = (page) => page.evaluate(() => {
  const walker = document.createTreeWalker(document.querySelector(".words-of .text"), NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => node.parentElement.closest("a.k, a.pn") || node.data.trim().length < 25 ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  const node = walker.nextNode();
  const start = node.data.length - node.data.trimStart().length;
  getSelection().setBaseAndExtent(node, start, node, start + 20);
  return node.data.slice(start, start + 20).trim().replace(/\s+/gu, " ");
});

export const byHand = async (page) => {
  const go = (act) => Promise.all([page.waitForNavigation({ waitUntil: "load" }), act()]);
  await at(page, "/sources");
  await at(page, await page.getAttribute("main a[href^='/source/']", "href"));
  const words = await select(page);
  await page.waitForSelector("#pick:not([hidden])");
  await go(() => page.keyboard.press("a"));
  must((await page.textContent("main")).replace(/\s+/gu, " ").includes(words), `“${words}” is not what is added`);
  await look(page, "hand-words");
  for (const kind of ["act", "statement", "actor"]) {
    await go(() => page.click(`nav.pages a[href*='what=${kind}']`));
    await look(page, `hand-${kind}`);
  }
  await go(() => page.click("nav.pages a[href*='what=event']"));
  await page.fill("input[name=date]", "1894-09");
  await page.fill("input[name=title]", "Something that no rule found");
  await go(() => page.click("form[action='/hand'] button"));
  must(new URL(page.url()).pathname.startsWith("/event/e-"), `what was added is at ${page.url()}`);
  must(await page.locator(".decision.added").count() === 1, "it is not said that a person added it");
  await look(page, "hand-added");
  await go(() => page.click(".said button"));
  step("added words by hand, and took it back");

  await at(page, "/hand");
  await look(page, "hand");
  await at(page, "/actors");
  const [one, two] = await page.$$eval("main a[href^='/actor/']", (links) => links.slice(0, 2).map((link) => [link.getAttribute("href"), link.textContent]));
  await at(page, one[0]);
  await page.fill("input[name=other]", two[1]);
  await go(() => page.click("form[action='/judge'] button[value=merge]"));
  must(await page.locator("dl.facts .names li").filter({ hasText: two[1] }).count() > 0, "two actors are still two");
  await look(page, "merged-actor");
  await go(() => page.click(".said button"));
  await at(page, "/actors/network");
  await look(page, "network");
  step("said who is who, took it back, and saw who has to do with whom");

  await at(page, "/proceedings");
  const day = () => page.textContent("output[for=step]");
  const before = await day();
  await page.focus("#step");
  for (let n = 0; n < 3; n += 1) await page.keyboard.press("ArrowLeft");
  const after = await day();
  must(after < before, `the slider went from ${before} to ${after}`);
  await page.waitForURL(`**/proceedings?as_of=${after}`);
  await page.locator(".map a.node").first().focus();
  must(await page.locator(".why [data-why]:not([hidden])").count() === 1, "it is not said why an act stands as it does");
  await look(page, "proceedings-why");
  await page.keyboard.press("Escape");
  must(await page.locator(".why [data-why]:not([hidden])").count() === 0, "Escape clears nothing");
  step("stepped through the days of the proceedings");
};
