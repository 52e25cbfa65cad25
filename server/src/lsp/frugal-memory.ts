// Import this before everything else, so that it also applies to loading the rest.
import { setKnownFlags } from '../io/processes/v8-flags';
import type { V8Flag } from '../io/processes/v8-flags';

/**
 * By default V8 trades memory for throughput: it lets garbage pile up, compiles eagerly and inlines a lot. A server that
 * answers keystrokes makes little garbage and shares the machine with an editor. These flags save a third of its memory
 * at no measurable cost (`npm run bench`). Waiting longer before it compiles and inlining less save another tenth, but a
 * key in a long file then takes a third longer.
 *
 * The space for new objects grows once while the server loads, from one MiB to four: what a key in a long file makes has
 * room there, and the collector looks at it a quarter as often. That takes a sixth of the time of a key, for ten MiB.
 */
export const frugalFlags: readonly V8Flag[] = [
  { flag: '--semi-space-growth-factor=4', first: 11, last: 14 },
  { flag: '--heap-growing-percent=10', first: 11, last: 14 },
];

/** Once all is loaded, that space stays as it is. */
export const loadedFlags: readonly V8Flag[] = [{ flag: '--semi-space-growth-factor=1', first: 11, last: 14 }];

setKnownFlags(frugalFlags);

/** To be called when the server is loaded. */
export function stopGrowing(): void {
  setKnownFlags(loadedFlags);
}
