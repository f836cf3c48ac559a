// Checks pages of HTML: is each valid, accessible, narrow enough for its window, and by itself?
//
//     node check-page.mjs [--screenshots FOLDER] FILE...
//
// The validator is the Nu Html Checker, accessibility is checked by axe-core in a headless Chromium, at the widths of a phone and of a
// desktop, light and dark, with everything folded and unfolded, and in print. Exit status 1 when anything is found, 2 for wrong usage.
// CHROMIUM names the browser, JAVA the Java that runs the validator.

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LIMIT_MS, launched } from "./browser.mjs";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const validator = join(require.resolve("vnu-jar/package.json"), "..", "build", "dist", "vnu.jar");

const WINDOWS = [
  { name: "phone", width: 390, height: 844 },
  { name: "desktop", width: 1280, height: 900 },
];

function usage(sentence) {
  console.error(`check-page: ${sentence}`);
  process.exit(2);
}

function parsed(args) {
  const options = { files: [], screenshots: null };
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--screenshots") {
      options.screenshots = args[++i] ?? usage("--screenshots takes a folder");
    } else if (existsSync(args[i])) {
      options.files.push(resolve(args[i]));
    } else {
      usage(`there is no file ${args[i]}`);
    }
  }
  if (options.files.length === 0) {
    usage("give it the files to check");
  }
  return options;
}

/** What the Nu Html Checker has to say, as sentences. */
function validated(files) {
  const args = ["-jar", validator, "--format", "json", "--exit-zero-always", ...files];
  return new Promise((done, failed) => {
    execFile(process.env.JAVA ?? "java", args, { timeout: LIMIT_MS, maxBuffer: 1 << 26 }, (error, out, err) => {
      if (error) {
        failed(new Error(`the validator did not run: ${error.message}`));
        return;
      }
      const messages = JSON.parse(err || out).messages;
      // "info" without a subtype is a remark, such as that a slash before > does nothing in HTML
      done(
        messages
          .filter((message) => message.type !== "info" || message.subType === "warning")
          .map((message) => `${basename(message.url)} line ${message.lastLine}: ${message.message}`),
      );
    });
  });
}

/** Loads a page in one way of looking at it, and gives the sentences of what is wrong. */
async function looked(browser, file, view, screenshots) {
  const page = await browser.newPage();
  const found = [];
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("dialog", (dialog) => {
    found.push(`opened a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("console", (message) => found.push(`wrote to the console: ${message.text()}`));
  page.on("pageerror", (error) => found.push(`has an error: ${error.message}`));
  await page.setViewport({ width: view.width, height: view.height });
  // in one message: each of page.emulateMedia... takes back what the other has set
  const session = await page.createCDPSession();
  const features = [{ name: "prefers-color-scheme", value: view.scheme }];
  await session.send("Emulation.setEmulatedMedia", { media: view.media, features });
  await page.goto(pathToFileURL(file).href, { waitUntil: "load", timeout: LIMIT_MS });
  if (view.unfolded) {
    await page.evaluate(() => document.querySelectorAll("details").forEach((element) => (element.open = true)));
  }
  if (requests.length !== 1) {
    found.push(`loads ${requests.slice(1).join(", ")}`);
  }
  const { asAsked, scripts, tooWide } = await page.evaluate(({ scheme, media }) => ({
    asAsked: matchMedia(`${media} and (prefers-color-scheme: ${scheme})`).matches,
    scripts: document.scripts.length,
    tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }), view);
  if (!asAsked) {
    found.push("could not be looked at in this way");
  }
  if (scripts > 0) {
    found.push(`has ${scripts} scripts`);
  }
  if (tooWide > 0) {
    found.push(`is ${tooWide} pixels wider than its window`);
  }
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => axe.run(document, { preload: false, resultTypes: ["violations", "incomplete"] }));
  for (const violation of result.violations) {
    const nodes = violation.nodes.map((node) => node.target.join(" ") + "\n      " + node.failureSummary.replaceAll("\n", " "));
    found.push(`${violation.id}: ${violation.help}\n    ${nodes.slice(0, 5).join("\n    ")}`);
  }
  if (screenshots) {
    const path = join(screenshots, `${basename(file, ".html")}-${view.name}.png`);
    await page.screenshot({ path, fullPage: true });
  }
  await page.close();
  return { found, incomplete: result.incomplete, passes: result.passes.length };
}

function views() {
  const all = [];
  for (const window of WINDOWS) {
    for (const scheme of ["light", "dark"]) {
      for (const unfolded of [false, true]) {
        const name = `${window.name}-${scheme}${unfolded ? "-unfolded" : ""}`;
        all.push({ ...window, name, scheme, unfolded, media: "screen" });
      }
    }
  }
  all.push({ name: "print", width: 718, height: 1000, scheme: "dark", unfolded: false, media: "print" });
  return all;
}

async function main() {
  const { files, screenshots } = parsed(process.argv.slice(2));
  let wrong = 0;
  for (const sentence of await validated(files)) {
    console.log(sentence);
    wrong++;
  }
  console.log(`validator: ${files.length} pages, ${wrong} errors and warnings`);
  if (screenshots) {
    mkdirSync(screenshots, { recursive: true });
  }
  await launched(async (browser) => {
    for (const file of files) {
      const undecided = new Set();
      let checks = 0;
      let here = 0;
      for (const view of views()) {
        const { found, incomplete, passes } = await looked(browser, file, view, screenshots);
        checks += passes;
        here += found.length;
        found.forEach((sentence) => console.log(`${basename(file)} (${view.name}): ${sentence}`));
        incomplete.forEach((rule) => undecided.add(rule.id));
        if (screenshots && view.media === "print") {
          await printed(browser, file, screenshots);
        }
      }
      wrong += here;
      const open = undecided.size ? `; axe-core cannot decide ${[...undecided].join(", ")}` : "";
      console.log(`${basename(file)}: ${checks} rules passed in ${views().length} views, ${here} violations${open}`);
    }
  });
  process.exitCode = wrong > 0 ? 1 : 0;
}

async function printed(browser, file, folder) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href, { waitUntil: "load", timeout: LIMIT_MS });
  await page.pdf({ path: join(folder, `${basename(file, ".html")}.pdf`), format: "A4", timeout: LIMIT_MS });
  await page.close();
}

await main();
