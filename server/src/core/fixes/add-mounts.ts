// Adds cache mounts to a RUN: behind its last flag in the style of that, or one a line in front of its command.
import { createdUsers } from '../analysis/runtime/image-users';
import type { Model } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import type { Edit } from '../text/edit';

/** @param mounts whole flags; at least one */
export function addMounts(model: Model, run: Instruction, mounts: readonly string[]): Edit {
  const { document, file } = model;
  const last = run.flags.at(-1);
  const at = (last?.span ?? run.keywordSpan).end;
  const indent = `${document.indentAt(run.span.start)}    `;
  const newLine = ` ${file.escape}${document.eol}${indent}`;
  if (last) {
    const ends = /^[ \t]*(?:\r?\n|$)/.test(
      document.text.slice(at).replace(/^[ \t]*[\\`](?=[ \t]*\r?\n)/, ''),
    );
    const joint = ends ? newLine : ' ';
    return { start: at, end: at, text: mounts.map((mount) => joint + mount).join('') };
  }
  const isShort = run.json !== undefined || run.heredocs.length > 0;
  const text = isShort ? ` ${mounts.join(' ')}` : ` ${mounts.join(newLine)}${newLine.slice(0, -1)}`;
  return { start: at, end: at, text };
}

/**
 * The options of a mount that let the user of a step write there.
 * @returns `''` for root, undefined if the uid is not known
 */
export function ownerOptions(model: Model, run: Instruction): string | undefined {
  const { isRoot, user } = model.environmentAt(run);
  if (isRoot === true) return '';
  const stage = model.stageOf(run);
  const name = user?.name ?? stage?.base.user;
  if (isRoot === undefined || !stage || name === undefined || user?.overridable) return undefined;
  const created = createdUsers(model, stage).find((one) => one.name === name)?.uid;
  const uid = /^\d+$/.test(name) ? name : (created ?? stage.base.users.get(name)?.toString());
  return uid !== undefined && /^\d+$/.test(uid) ? `,uid=${uid},gid=${uid}` : undefined;
}
