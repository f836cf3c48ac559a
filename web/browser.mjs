// A headless Chromium with a profile of its own that is gone afterwards. CHROMIUM names it where it is not in its usual place.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

export const LIMIT_MS = 60_000;

function path() {
  const candidates = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = candidates.find((candidate) => candidate && existsSync(candidate));
  if (!found) {
    console.error("there is no Chromium; set CHROMIUM to where it is");
    process.exit(2);
  }
  return found;
}

/** Calls `work` with the browser, and ends the browser after it, however it ended. */
export async function launched(work) {
  const executablePath = path();
  const profile = mkdtempSync(join(tmpdir(), "prise-web-"));
  try {
    const browser = await puppeteer.launch({
      executablePath,
      userDataDir: profile,
      timeout: LIMIT_MS,
      protocolTimeout: LIMIT_MS,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    try {
      return await work(browser);
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}
