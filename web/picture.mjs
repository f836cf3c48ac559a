// Takes pictures of pages, as PNG files in a folder.
//
//     node picture.mjs FOLDER FILE...
//
// FILE.terminal.html is a terminal, as docs/screenshots/terminal.mjs makes it: one picture, NAME.png, as large as its window.
// Any other page is looked at as on a phone and on a desktop, dark and light: NAME-phone-dark.png and so on, the upper part of the page.
// CHROMIUM names the browser.

import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launched } from "./browser.mjs";

const PHONE = { name: "phone", width: 390, most: 1500, scale: 1.5 };
const DESKTOP = { name: "desktop", width: 1280, most: 1400, scale: 1 };
const TERMINAL_SUFFIX = ".terminal.html";

// A window of this many pixels is sharp without being scaled up, and one so high is large enough when it is scaled up a little.
const WIDE = 1200;
const HIGH = 1000;

async function opened(browser, file, width, height, scale, scheme) {
  const page = await browser.newPage();
  await page.setViewport({ width, height, deviceScaleFactor: scale });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  return page;
}

async function terminal(browser, file, folder) {
  const page = await opened(browser, file, 2400, 400, 1, "dark");
  const box = await page.evaluate(() => {
    const { width, height } = document.body.getBoundingClientRect();
    return { width: Math.ceil(width), height: Math.ceil(height) };
  });
  await page.setViewport({ ...box, deviceScaleFactor: box.width > WIDE ? 1 : box.height > HIGH ? 1.5 : 2 });
  await page.screenshot({ path: join(folder, `${basename(file, TERMINAL_SUFFIX)}.png`) });
  await page.close();
}

async function report(browser, file, folder) {
  for (const { name, width, most, scale } of [PHONE, DESKTOP]) {
    for (const scheme of ["dark", "light"]) {
      const page = await opened(browser, file, width, 800, scale, scheme);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewport({ width, height: Math.min(height, most), deviceScaleFactor: scale });
      await page.screenshot({ path: join(folder, `${basename(file, ".html")}-${name}-${scheme}.png`) });
      await page.close();
    }
  }
}

const [folder, ...files] = process.argv.slice(2);
if (files.length === 0) {
  console.error("picture: needs a folder and the pages");
  process.exit(2);
}
await launched(async (browser) => {
  for (const file of files.map((name) => resolve(name))) {
    await (file.endsWith(TERMINAL_SUFFIX) ? terminal : report)(browser, file, folder);
  }
});
