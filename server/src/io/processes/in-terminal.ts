// Runs a program in the terminal of the user, who sees it and answers it: a container with a shell, a password of a key.
import { spawn } from 'node:child_process';
import type { Outcome, Run } from '../../workflow/run';

/**
 * @param folder absolute path of the folder in which it runs
 * @returns never rejects; the program has said by itself why it failed
 */
export function runInTerminal(
  { tool, args, env }: Pick<Run<unknown>, 'tool' | 'args' | 'env'>,
  folder: string,
): Promise<Outcome<undefined>> {
  return new Promise((resolve) => {
    const child = spawn(tool.program, [...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: 'inherit',
      shell: false,
    });
    // The program shares our terminal, which tells it as well; we stay to say how it ended.
    const stay = (): void => undefined;
    process.on('SIGINT', stay);
    const end = (outcome: Outcome<undefined>): void => {
      process.off('SIGINT', stay);
      resolve(outcome);
    };
    child.on('error', (error: NodeJS.ErrnoException) =>
      end(
        error.code === 'ENOENT'
          ? { kind: 'missing', program: tool.program }
          : { kind: 'failed', exit: undefined, said: error.message },
      ),
    );
    child.on('close', (code) =>
      end(
        code === 0
          ? { kind: 'done', value: undefined }
          : { kind: 'failed', exit: code ?? undefined, said: '' },
      ),
    );
  });
}
