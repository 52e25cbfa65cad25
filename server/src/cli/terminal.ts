// Standard output and standard error. Printing waits until everything is written, even to a slow pipe, so that nothing is
// lost when the process ends.
import { writeSync } from 'node:fs';
import { exitStatus } from './outcome';
import { programLines, visibleLines } from './visible';

export interface Terminal {
  /** Standard output: what the user asked for. Text is made harmless (see visible.ts); bytes go out as they are. */
  print(text: string | Buffer): void;
  /** Standard error, after `drydock: ` in every line. @param message without a full stop */
  complain(message: string): void;
  /** Standard error. Text is made harmless, and loses colours that a program gave it; bytes go out as they are. */
  note(text: string | Buffer): void;
  /**
   * Asks a person; undefined if no person is there, or at the end of the input.
   * @param question without a blank behind it
   */
  ask(question: string): Promise<string | undefined>;
}

export const processTerminal: Terminal = {
  print(text) {
    write(1, typeof text === 'string' ? visibleLines(text) : text);
  },
  complain(message) {
    write(2, visibleLines(message).replaceAll(/^/gm, 'drydock: ') + '\n');
  },
  note(text) {
    write(2, typeof text === 'string' ? programLines(text) : text);
  },
  async ask(question) {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
    const { createInterface } = await import('node:readline');
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    return new Promise((resolve) => {
      lines.once('close', () => resolve(undefined));
      lines.question(`${visibleLines(question)} `, (line) => {
        resolve(line.trim());
        lines.close();
      });
    });
  },
};

function write(descriptor: 1 | 2, text: string | Buffer): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'EAGAIN') {
        // The reader is gone or the disk is full: not everything was printed.
        if (code !== 'EPIPE' && descriptor === 1) write(2, `drydock: cannot write: ${message}\n`);
        process.exit(exitStatus('unwritable'));
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
