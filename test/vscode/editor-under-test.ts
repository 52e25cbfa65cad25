// Which VS Code the tests run in: the desktop one where a window can be shown and it can be downloaded, else
// the browser-hosted one.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { fromTools } from './editor-window';

export interface EditorUnderTest {
  readonly name: string;
  /** For `runTests`. */
  readonly executable: string;
  /** The program that installs packages into it. */
  readonly commandLine: string;
}

const downloadTimeout = 15_000;

export async function editorUnderTest(): Promise<EditorUnderTest> {
  const hosted = resolve('server/tools/vscode/code');
  const { hasDisplay } = await fromTools<{ hasDisplay(): boolean }>('desktop.mjs');
  if (hasDisplay()) {
    try {
      const executable = await downloadAndUnzipVSCode({ version: 'stable', timeout: downloadTimeout });
      const commandLine = resolveCliPathFromVSCodeExecutablePath(executable);
      return { name: 'desktop VS Code', executable, commandLine };
    } catch (error) {
      console.log(`Desktop VS Code could not be downloaded (${String(error)}).`);
    }
  }
  return { name: 'browser-hosted VS Code', executable: hosted, commandLine: hosted };
}

/** Installs a package into the folder for extensions of an editor. */
export async function installPackage(
  { commandLine }: EditorUnderTest,
  file: string,
  profile: readonly string[],
): Promise<void> {
  const args = ['--install-extension', resolve(file), '--force', ...profile];
  await promisify(execFile)(commandLine, args, { shell: process.platform === 'win32' });
}
