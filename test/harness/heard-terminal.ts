// A terminal that keeps what a command says, for commands that run in the process of the test.
import type { Terminal } from '../../server/src/cli/terminal';

export interface Heard {
  /** Standard output. */
  out: string;
  /** Standard error. */
  said: string;
}

/** @param answer to every question; undefined: nobody is there */
export function heardTerminal(answer?: string): { readonly terminal: Terminal; readonly heard: Heard } {
  const heard: Heard = { out: '', said: '' };
  const terminal: Terminal = {
    print: (text) => {
      heard.out += String(text);
    },
    complain: (text) => {
      heard.said += `${text}\n`;
    },
    note: (text) => {
      heard.said += String(text);
    },
    ask: () => Promise.resolve(answer),
  };
  return { terminal, heard };
}
