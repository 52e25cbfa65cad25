// Switches a rule off in the configuration file of the project, keeping everything that stands in it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isSeq, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { hadolintNames, nearest, ownNames } from './configuration-files';

export interface ConfigurationChange {
  readonly path: string;
  /** Text now; undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

/**
 * The change that switches a rule off for the project: in its `.drydock.yaml`; else, for a rule hadolint has
 * too, in its `.hadolint.yaml`; else in a new `.drydock.yaml` at the root.
 * @param folder absolute folder of the Dockerfile
 * @param root absolute folder of the workspace
 * @param hadolintId hadolint's id of the finding, if it has one
 * @returns a sentence instead when the file that is there cannot be changed
 */
export function ignoreInConfiguration(
  folder: string,
  root: string,
  ruleId: string,
  hadolintId: string | undefined,
): ConfigurationChange | { readonly problem: string } {
  const own = nearest(folder, root, ownNames);
  const hadolint = hadolintId === undefined ? undefined : nearest(folder, root, hadolintNames);
  const path = own ?? hadolint ?? join(root, ownNames[0] ?? '.drydock.yaml');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const document = parseDocument(before ?? '', { logLevel: 'silent' });
  if (document.errors.length > 0) return { problem: `${path} is not valid YAML; mend it first.` };
  if (document.contents !== null && !isMap(document.contents))
    return { problem: `${path} is not a mapping of keys to values; mend it first.` };
  const changed =
    own === undefined && hadolint !== undefined
      ? ignoreForHadolint(document, hadolintId ?? '')
      : switchOff(document, ruleId);
  if (!changed) return { problem: `${path} has an entry of an unexpected kind; mend it first.` };
  return { path, before, after: document.toString({ lineWidth: 0 }) };
}

function switchOff(document: Document, ruleId: string): boolean {
  const rules = document.get('rules');
  if (rules === undefined || rules === null) document.set('rules', document.createNode({ [ruleId]: 'off' }));
  else if (isMap(rules)) rules.set(ruleId, 'off');
  else return false;
  return true;
}

function ignoreForHadolint(document: Document, id: string): boolean {
  const ignored = document.get('ignored');
  if (ignored === undefined || ignored === null) document.set('ignored', document.createNode([id]));
  else if (isSeq(ignored)) ignored.add(document.createNode(id));
  else return false;
  return true;
}
