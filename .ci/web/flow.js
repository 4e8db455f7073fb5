// Opens cases as a person would and checks what comes of it. See run.
"use strict";
const fs = require("fs"), path = require("path"), { spawn, execFileSync } = require("child_process");
const puppeteer = require("puppeteer-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [program, chromium] = process.argv.slice(2);
const now = ["--now", "2026-11-23T10:00:00+08:00"];
const wrong = [];
const expect = (ok, what) => { if (!ok) { wrong.push(what); console.log("WRONG " + what); } };
const wait = ms => new Promise(r => setTimeout(r, ms));

async function start(args) {
  const child = spawn(program, ["open", "--no-browser", ...now, ...args]);
  let out = "";
  child.stdout.on("data", d => { out += d; });
  child.stderr.on("data", d => { out += d; });
  for (let i = 0; i < 400 && !/\?t=[0-9a-f]{64}/.test(out); i++) await wait(50);
  const address = out.match(/http:\/\/\S+?\/\?t=[0-9a-f]{64}/);
  if (!address) throw new Error("no address: " + out);
  return { address: address[0], ended: new Promise(r => child.on("exit", r)), child };
}

async function look(browser, address, width) {
  const page = await browser.newPage();
  page.on("console", m => { if (["error", "warn"].includes(m.type())) expect(false, "console: " + m.text()); });
  page.on("pageerror", e => expect(false, "page: " + e.message));
  await page.setViewport({ width, height: 900 });
  await page.goto(address);
  return page;
}

// The page may be drawn again at any time: an element is found and clicked in one go.
const click = (page, what) => page.$eval(what, e => e.click());
const version = page => page.$eval("main[data-version]", e => e.dataset.version);
const verdict = page => page.$eval(".verdict", e => e.textContent.trim());
const full = page => page.waitForFunction(() => document.querySelector("main[data-version]") && !document.querySelector(".banner"), { timeout: 240000 });
const changed = (page, was) => page.waitForFunction(v => document.querySelector("main[data-version]")?.dataset.version !== v, { timeout: 60000 }, was);

async function accessible(page, what) {
  await page.evaluate(axe + ";0").catch(() => {});
  // The page's own policy forbids scripts from elsewhere; the debugger may run one.
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const v of found.violations) if (["serious", "critical"].includes(v.impact)) expect(false, `${what}: ${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 120)}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide <= 0, `${what}: ${wide} px wider than the window`);
}

async function decide(page, kind, note) {
  const button = await page.$(`[data-decide=${kind}]`);
  if (!button) return "";
  const rule = await button.evaluate(b => b.closest("[data-finding]").dataset.finding);
  await button.evaluate(b => b.click());
  await page.waitForSelector("#decide[open]");
  await page.$eval("#decide [name=by]", e => { e.value = ""; });
  await page.type("#decide [name=by]", "王五");
  await page.type(kind === "wrong" ? "#decide [name=why]" : "#decide [name=note]", note);
  const was = await version(page);
  await click(page, "#decide .first");
  await changed(page, was);
  return rule;
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });

  // Chinese, a case with faults: decided here as by the command line.
  let run = await start(["--lang", "zh", path.resolve("zh")]);
  let began = Date.now();
  let page = await look(browser, run.address, 1280);
  await page.waitForSelector(".finding", { timeout: 240000 });
  console.log(`first finding after ${Date.now() - began} ms, nothing read before`);
  await full(page);
  console.log(`all after ${Date.now() - began} ms: ${await verdict(page)}`);
  await accessible(page, "zh 1280");
  await page.setViewport({ width: 360, height: 800 });
  await accessible(page, "zh 360");
  await page.setViewport({ width: 1280, height: 900 });
  const before = await verdict(page), yaml = fs.readFileSync("zh/case.yaml", "utf8");
  expect(await decide(page, "right", "看过，没有问题"), "no review to clear");
  const clicked = fs.readFileSync("zh/case.yaml", "utf8");
  const rule = clicked.slice(yaml.length).match(/rule: (AE\d+)/)?.[1];
  execFileSync(program, ["confirm", "cli", "--rule", rule, "--by", "王五", "--note", "看过，没有问题", ...now]);
  expect(clicked === fs.readFileSync("cli/case.yaml", "utf8"), "case.yaml is not what confirm writes");
  expect(await verdict(page) !== before, "the verdict stays");
  let was = await version(page);
  await click(page, "[data-do-now=undo]");
  await changed(page, was);
  expect(fs.readFileSync("zh/case.yaml", "utf8") === yaml, "undo leaves something");
  expect(await decide(page, "wrong", "章上的字读错了"), "no fail to overrule");
  expect(/says: overruled/.test(fs.readFileSync("zh/case.yaml", "utf8")), "not overruled");

  // A picture large, two beside each other.
  await page.$eval("[data-look]", b => b.click());
  await page.waitForFunction(() => document.querySelector("#look[open] img")?.naturalWidth > 0);
  await accessible(page, "zh enlarged");
  await click(page, "#look [data-act=close]");
  if (await page.$("[data-both]")) {
    await page.$eval("[data-both]", b => b.click());
    await page.waitForFunction(() => document.querySelector("#both[open]") && [...document.querySelectorAll("#both img")].every(i => i.naturalWidth > 0));
    await click(page, "#both [data-act=close]");
  }

  // Mended by button into copies; a copy put in the place of its original is judged again.
  await click(page, "[data-run=fix]");
  await page.waitForFunction(() => !document.querySelector("#run [data-act=go]").hidden, { timeout: 240000 });
  expect(!fs.readdirSync(".").some(n => n.startsWith("zh-")), "looking writes something");
  await click(page, "#run [data-act=go]");
  await page.waitForFunction(() => document.querySelector("#run [data-act=go]").hidden && !document.querySelector("#run pre").textContent.startsWith("请稍候"), { timeout: 240000 });
  const made = fs.readdirSync(".").find(n => n.startsWith("zh-"));
  expect(made, "no mended copies: " + await page.$eval("#run pre", e => e.textContent));
  await click(page, "#run [data-act=close]");
  const findings = await page.$$eval(".finding", l => l.length);
  const copies = fs.readdirSync(made, { recursive: true }).filter(n => /\.(jpe?g|png)$/i.test(n));
  was = await version(page);
  began = Date.now();
  for (const c of copies) {
    const to = path.join("zh", c.split(path.sep).slice(c.split(path.sep)[0] === "zh" ? 1 : 0).join(path.sep));
    if (fs.existsSync(to)) fs.copyFileSync(path.join(made, c), to);
  }
  await changed(page, was);
  console.log(`mended pictures judged again after ${Date.now() - began} ms`);
  await page.waitForFunction(n => document.querySelectorAll(".finding").length < n, { timeout: 60000 }, findings);
  await click(page, "[data-lang]");
  await page.waitForNavigation();
  await page.waitForFunction(() => document.documentElement.lang === "en");
  await click(page, "[data-do-now=quit]");
  expect(await run.ended === 0, "it does not end well");
  await page.close();

  // English, an honest case, on a phone; a second time everything is known.
  execFileSync(program, ["scan", "en", ...now, "--quiet"]);
  run = await start(["--lang", "en", path.resolve("en")]);
  began = Date.now();
  page = await look(browser, run.address, 360);
  await page.waitForSelector(".verdict", { timeout: 60000 });
  console.log(`read before: after ${Date.now() - began} ms`);
  await full(page);
  await accessible(page, "en 360");
  await page.setViewport({ width: 1280, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  await accessible(page, "en dark");
  await page.$$eval("details", l => l.forEach(d => { d.open = true; }));
  await page.select("form[data-do=place] select", "companion");
  was = await version(page);
  await page.waitForFunction(v => document.querySelector("main[data-version]").dataset.version !== v, { timeout: 60000 }, was).catch(() => {});
  expect(/files:\n {2}- \{file: /.test(fs.readFileSync("en/case.yaml", "utf8")), "a placing is not written");
  await wait(1500); // what the file system tells of it is drawn by then
  await click(page, "[data-do-now=quit]");
  expect(await run.ended === 0, "it does not end well");
  await browser.close();
  console.log(wrong.length ? `${wrong.length} wrong` : "the page does what it says");
  process.exit(wrong.length ? 1 : 0);
})().catch(e => { console.log(e); process.exit(1); });
