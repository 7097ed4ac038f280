import { existsSync } from "node:fs";

import { type Browser, chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** True when the tests in a browser can run on this machine. */
export function hasBrowser(): boolean {
  return existsSync(CHROMIUM);
}

/** Starts a browser that draws maps without a graphics card and calls nobody by itself. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
