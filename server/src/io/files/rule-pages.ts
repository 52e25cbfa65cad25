// Finds the page of a rule, shipped beside the bundle.
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Folder of the pages, relative to dist/ in an installed extension or a checkout. */
const folder = (): string => join(__dirname, '..', 'server', 'docs', 'rules');

let folderUri: string | undefined;

/** `file:` URI of a rule's page, whether or not it exists. Every diagnostic has one, so the folder's is made once. */
export function rulePageUri(id: string): string {
  folderUri ??= pathToFileURL(folder()).href;
  return `${folderUri}/${encodeURIComponent(id)}.md`;
}

/** `file:` URI of a rule's page; undefined when there is none. */
export function existingRulePage(id: string): string | undefined {
  return /^[a-z0-9-]+$/.test(id) && existsSync(join(folder(), `${id}.md`)) ? rulePageUri(id) : undefined;
}

/** The text of a rule's page; undefined when there is none. Waits for the disk. */
export function ruleText(id: string): string | undefined {
  try {
    return existingRulePage(id) === undefined ? undefined : readFileSync(join(folder(), `${id}.md`), 'utf8');
  } catch {
    // A page that cannot be read is a page that is not there.
    return undefined;
  }
}

/** The text of a rule's page; undefined when it cannot be read. @param id of a rule of ours */
export function readRulePage(id: string): Promise<string | undefined> {
  return readFile(join(folder(), `${id}.md`), 'utf8').catch(() => undefined);
}
