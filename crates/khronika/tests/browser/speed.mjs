// How fast a large case is in a real browser: for every kind of page the time until it is painted first, and until it can be used.
//   cargo bench -p khronika --bench workspace -- 10000 --keep FOLDER
//   node speed.mjs PATH_TO_BINARY FOLDER
// Fails where a page takes longer than a second until it can be used, or the text of five hundred pages longer than half a second until it is painted.
import { join, resolve } from "node:path";
import { at, fault, meant, must, open, pages, positionals, serve, step, walk } from "./browse.mjs";

const folder = resolve(positionals[1] ?? ".");
const times = 5;
const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];

await walk(async (browser) => {
  const { link } = await serve(folder, "case.khronika", ["--passphrase-file", join(folder, "passphrase")]);
  const page = await open(browser);
  // Until the case is weighed, its pages say that they are not there yet.
  meant(503);
  await page.goto(link);
  for (let tries = 0; (await page.locator("main a[href='/journal']").count()) === 0; tries += 1) {
    must(tries < 600, "the case is not weighed");
    await page.waitForTimeout(1000);
    await at(page, "/");
  }
  meant(0);
  step("opened the case");
  const first = async (list, begins) => { await at(page, list); return page.getAttribute(`main a[href^='${begins}']`, "href"); };
  const long = await first("/sources?q=record.txt", "/source/");
  const all = {
    ...pages, search: "/search?q=court", actor: await first("/actors", "/actor/"), event: await first("/chronology", "/event/"),
    source: await first("/sources", "/source/"), "five hundred pages": long,
  };
  console.log(`${"page".padEnd(20)} ${"answered".padStart(9)} ${"painted".padStart(9)} ${"usable".padStart(9)}   (median of ${times}, ms; fastest)`);
  for (const [name, address] of Object.entries(all)) {
    const [answered, painted, usable] = [[], [], []];
    for (let n = 0; n < times; n += 1) {
      await at(page, "/help");
      await at(page, address);
      await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
      const took = await page.evaluate(() => {
        const [way] = performance.getEntriesByType("navigation");
        return [way.responseStart, performance.getEntriesByName("first-contentful-paint")[0].startTime, way.domContentLoadedEventEnd];
      });
      answered.push(took[0]); painted.push(took[1]); usable.push(Math.max(took[1], took[2]));
    }
    const shown = (all) => `${median(all).toFixed(0)}`.padStart(9);
    console.log(`${name.padEnd(20)} ${shown(answered)} ${shown(painted)} ${shown(usable)}   ${Math.min(...usable).toFixed(0)}`);
    // Others may be at work on this machine: what counts is what it can do.
    if (Math.min(...usable) > 1000) fault(name, `usable after ${Math.min(...usable).toFixed(0)} ms`);
    if (address === long && Math.min(...painted) > 500) fault(name, `painted after ${Math.min(...painted).toFixed(0)} ms`);
  }
  step("every page was timed");
});
