// `drydock doctor`: which tools are here, and how to get the others. To call it is the user's own act, so the
// tools may be started to ask for their versions.
import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import { thisMachine } from '../../io/processes/machine';
import { doctorText, examineTools } from '../../workflow/doctor';
import type { Machine } from '../../workflow/tool';
import { tools } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';

const formats = ['text', 'json'] as const;

const options = {
  format: {
    type: 'string',
    form: '--format text|json',
    does: 'what to print (default: text)',
    values: formats,
    default: 'text',
  },
} as const;

const usage = `Usage: drydock doctor [options]

Lists the tools that build and scan images: whether each is here, its version and path, and how to
get it. Checking and fixing files needs none of them.

Options
  --format text|json     what to print (default: text)

Exit status: 0, also when tools are missing; 2 when the words cannot be understood.
`;

/**
 * @param words what stood beside the name of the command
 * @returns `wrong`: one sentence without a full stop on why the words cannot be understood
 */
export async function run(
  words: readonly string[],
  terminal: { print(text: string): void },
  machine: Machine = thisMachine(),
): Promise<'clean' | { readonly wrong: string }> {
  const format = readFormat(words);
  if (typeof format === 'object') return format;
  // The user's own folder: some tools read a configuration from the folder they are started in.
  const reports = await examineTools(tools, {}, machine, homedir(), english);
  terminal.print(
    format === 'json' ? `${JSON.stringify(reports, undefined, 2)}\n` : doctorText(reports, english),
  );
  return 'clean';
}

function readFormat(words: readonly string[]): (typeof formats)[number] | { readonly wrong: string } {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { format: { type: 'string', default: 'text' } },
    });
    return formats.find((one) => one === values.format) ?? { wrong: '--format is text or json' };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { wrong: message.split('. ')[0] ?? message };
  }
}

export const doctor = {
  name: 'doctor',
  summary: 'lists the tools that build and scan images, and how to get them',
  usage,
  options,
  run,
};
