// The browser in which tests show the workbench; `chromium.d.mts` describes both functions.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { canRun } from '../find-program.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const { chromium } = createRequire(import.meta.url)('playwright-core');

export function findChromium() {
  if (process.env.DRYDOCK_CHROMIUM) return process.env.DRYDOCK_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  candidates.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  const found = candidates.find(canRun);
  if (found) return found;
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

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
