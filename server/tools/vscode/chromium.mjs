// The browser in which tests show the workbench.
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const { chromium } = createRequire(import.meta.url)('playwright-core');

/**
 * The executable of a Chromium: the one named by `DRYDOCK_CHROMIUM`, one on PATH, Google Chrome on macOS,
 * or the one that `npx playwright-core install chromium` has put into the user's cache.
 *
 * @returns {string | undefined}
 */
function findChromium() {
  if (process.env.DRYDOCK_CHROMIUM) return process.env.DRYDOCK_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  candidates.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  const found = candidates.find(isExecutable);
  if (found) return found;
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // absent, or not for us: the next candidate
  }
}

/**
 * Starts Chromium without a window.
 *
 * @returns {Promise<import('playwright-core').Browser>}
 * @throws {Error} when there is no Chromium, saying how to get one
 */
export async function launchChromium() {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error(
      'Chromium is missing. Install it with "npx playwright-core install --with-deps chromium", ' +
        'or set DRYDOCK_CHROMIUM to the path of one.',
    );
  }
  return chromium.launch({ executablePath, args: ['--disable-gpu'] });
}
