/* 真的 Firefox，从 U 盘（file://）打开搜索页：node firefox.js 程序 网页 < 问句（JSON 的列表）→ 每句第一条的网址，接着是报错（JSON）。 */
"use strict";
const puppeteer = require("puppeteer-core");
const [, , executablePath, address] = process.argv;
const FIRST = "#search-results:not([aria-busy]) a";

async function main(questions) {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  const page = await browser.newPage(), urls = [], said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  const first = async () => urls.push(await (await page.waitForSelector(FIRST)).evaluate((link) => link.getAttribute("href")));
  for (const question of questions) { /* 带着问句打开 */
    await page.goto(`${address}?q=${encodeURIComponent(question)}`);
    await first();
  }
  await page.goto(address);
  await page.type("#search-q", questions[0]); /* 一个字一个字打 */
  await first();
  await browser.close();
  process.stdout.write(JSON.stringify({ urls, said }));
}
main(JSON.parse(require("fs").readFileSync(0, "utf8"))).catch((error) => { console.error(error); process.exit(1); });
