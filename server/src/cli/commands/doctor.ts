// `drydock doctor`: which tools are installed, and how to get the others. Whoever runs it asks for it, so it may start
// the tools to ask for their versions.
import { homedir } from 'node:os';
import { thisMachine } from '../../io/processes/machine';
import { doctorText, examineTools } from '../../workflow/doctor';
import type { Machine } from '../../workflow/tool';
import { tools } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';
import type { Ending } from '../command';
import { describeOptions, readOptions, textOrJson } from '../options';
import { jsonText } from '../visible';

const options = {
  format: textOrJson,
} as const;

const usage = `Usage: drydock doctor [options]

Lists the tools that build and scan images: whether each is installed, its version and path, and how
to get it. Checking and fixing files works without them.

Options
${describeOptions(options)}
Exit status: 0, even if tools are missing; 2 if the arguments cannot be understood.
`;

/** @param words the arguments except the name of the command */
export async function run(
  words: readonly string[],
  terminal: { print(text: string): void },
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  if (given.words.length > 0) return { wrong: 'doctor takes no paths' };
  // The home folder: some tools read a configuration from the folder they are started in.
  const reports = await examineTools(tools, {}, machine, homedir(), english);
  terminal.print(given.values.format === 'json' ? jsonText(reports) : doctorText(reports, english));
  return 'clean';
}

export const doctor = {
  usage,
  options,
  run,
};
