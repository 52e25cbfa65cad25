// The tools that a release goes through: the engine that has the image of a file, and who can ask registries.
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type * as vscode from 'vscode';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import type { Outlet } from '../../../server/src/workflow/release/compare-targets';
import { findRegistryTool } from '../../../server/src/workflow/release/find-signer';
import type { Runner } from '../../../server/src/workflow/run';
import type { Machine } from '../../../server/src/workflow/tool';
import { engineNamed } from '../../../server/src/workflow/tool-list';
import { toolPaths } from '../tool-settings';

/** @returns undefined if the engine keeps its images where no release finds them */
export async function outletFor(
  machine: Machine,
  uri: vscode.Uri,
  built: Pick<BuiltImage, 'engine' | 'program'>,
  runner: Runner,
): Promise<Outlet | undefined> {
  const engine = engineNamed(built.engine);
  const store = engine?.commands.store;
  if (!engine || !store) return undefined;
  return {
    engine,
    store,
    found: { id: built.engine, program: built.program, version: '', way: '' },
    registry: await findRegistryTool(toolPaths(uri), machine),
    runner,
    folder: dirname(uri.fsPath),
    insecure: false,
    digestOf,
  };
}

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
