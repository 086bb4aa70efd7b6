// Drives the workspace as somebody who sits with a case does, in a real browser:
//   node workspace.mjs PATH_TO_BINARY [--shots FOLDER] [--look FOLDER]
// Fails on anything axe, the content security policy or the console has to say.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, audit, binary, examples, fits, listen, look, lookAtAll, made, meant, must, open, options, pages, passphrase, serve, step, walk } from "./browse.mjs";
import { byHand } from "./hand.mjs";
import { sheets } from "./sheet.mjs";
import { folder, rightToLeft, scriptless } from "./without.mjs";

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
  meant(409);
  await Promise.all([tab.waitForNavigation(), tab.locator(".verdicts [data-say=reject]").click()]);
  must(await tab.locator("#theirs").count() === 1, "the other tab is not asked");
  await look(tab, "touched");
  meant(0);
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

await walk(async (browser, dir) => {
  const papers = readdirSync(examples).sort().map((name) => join(examples, name));
  const page = await open(browser);
  await made(page, (await serve(dir, "dreyfus.khronika")).link, { name: "dreyfus", files: papers });
  await judgeDreyfus(page);
  await byHand(page);
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
  meant(403);
  await page.fill("#passphrase", "not the passphrase");
  await press(page, "Enter");
  must(await page.locator("[role=alert]").count() === 1, "it is not said that the passphrase is wrong");
  await look(page, "wrong-passphrase");
  meant(0);
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
  await rightToLeft(other, dir);
  await sheets(other, dir);
  await folder(other, dir);
  await scriptless(browser, other, dir);
});
