import type { Browser } from 'playwright-core';

/**
 * The executable of a Chromium: the one named by `DRYDOCK_CHROMIUM`, one on PATH, Google Chrome on macOS,
 * or the one that `npx playwright-core install chromium` has put into the user's cache.
 */
export function findChromium(): string | undefined;

/**
 * Starts Chromium without a window.
 *
 * @throws Error when there is no Chromium, saying how to get one.
 */
export function launchChromium(): Promise<Browser>;
