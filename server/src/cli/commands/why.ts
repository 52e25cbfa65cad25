// `drydock why`: from the log of a failed build to the instruction, the cause, and the edit that answers it.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { inWords } from '../../io/files/file-errors';
import { readText } from '../../io/files/read-text';
import { describeFolder, listFolder } from '../../io/surroundings/context-facts';
import { repositoryRoot } from '../../io/surroundings/repository-root';
import { newMemory, readSurroundings } from '../../io/surroundings/surroundings';
import { explainFailure } from '../../service/explain-failure';
import type { LookAtContext } from '../../service/explain-failure';
import type { BuildFailure } from '../../workflow/build/output-parser';
import { maximumDockerfile, tooLarge } from '../checked-file';
import type { Command, Ending } from '../command';
import { richOptions, surfaceOf } from '../format/rich';
import { whyJson, whyText } from '../format/why';
import { describeOptions, readOptions, textOrJson } from '../options';
import { readLogFile } from '../read-log-file';
import type { Terminal } from '../terminal';

const options = {
  file: {
    type: 'string',
    form: '--file DOCKERFILE',
    does: 'the Dockerfile that was built (default: the one that the log names,\nelse Dockerfile or Containerfile in this folder)',
  },
  context: {
    type: 'string',
    form: '--context FOLDER',
    does: 'the build context, to say why a file to copy is missing (default: the\nfolder that check takes for it)',
  },
  format: textOrJson,
} as const;

const usage = `Usage: drydock why LOG [options]

Tells why a build failed: the instruction, the cause, and the edit that helps, if there is one. LOG
is the output of any builder, also in the log of a CI system; - reads it from standard input.
Nothing is built, no registry asked, no file changed.

    docker build . 2>&1 | drydock why -

Options
${describeOptions(options)}
In JSON, line counts from 1; the ranges of edits count from 0, as in the report of check.

Exit status: 0 if the cause is known; 1 if it is not; 2 if a file could not be read or the arguments
cannot be understood.
`;

export const why: Command = {
  usage,
  options,
  run(words, terminal): Ending {
    const given = readOptions(words, options);
    if ('wrong' in given) return given;
    const [path, ...more] = given.words;
    if (path === undefined || more.length > 0)
      return { wrong: 'why takes one log: the path of a file, or - for standard input' };
    const log = readLogFile(path);
    const name = path === '-' ? 'standard input' : path;
    if ('problem' in log) return unreadable(terminal, `${name} cannot be read: ${log.problem}`);
    if (log.isEmpty)
      return unreadable(terminal, `${name} is empty. Give the output of the build, errors included (2>&1)`);
    const file = readDockerfile(given.values.file, log.failure);
    if ('problem' in file) return unreadable(terminal, file.problem);
    if (file.path === undefined)
      terminal.complain(
        'found no Dockerfile, so no line can be named. Name the one that was built with --file',
      );
    const explanation = explainFailure(log.failure, file.text, contextOf(file, given.values.context));
    const answer = { ...file, explanation, failure: log.failure };
    const rich = richOptions('auto', surfaceOf(1));
    terminal.print(given.values.format === 'json' ? whyJson(answer) : whyText(answer, rich));
    return explanation.cause === 'unknown' ? 'unexplained' : 'clean';
  },
};

function unreadable(terminal: Terminal, message: string): Ending {
  terminal.complain(message);
  return 'unreadable';
}

interface ReadDockerfile {
  /** Undefined if there is none. */
  readonly path: string | undefined;
  readonly text: string;
}

/** @param named by the user, who wants no other */
function readDockerfile(
  named: string | undefined,
  { file }: BuildFailure,
): ReadDockerfile | { readonly problem: string } {
  const path =
    named ?? [file, 'Dockerfile', 'Containerfile'].find((one) => one !== undefined && existsSync(one));
  if (path === undefined) return { path: undefined, text: '' };
  try {
    const text = readText(path, maximumDockerfile);
    return text === undefined ? { problem: `${path} ${tooLarge}` } : { path, text };
  } catch (error) {
    return { problem: `${path} cannot be read: ${inWords(error)}` };
  }
}

/** @param named by the user */
function contextOf({ path, text }: ReadDockerfile, named: string | undefined): LookAtContext | undefined {
  if (path === undefined) return undefined;
  const dockerfile = resolve(path);
  const root = repositoryRoot(dirname(dockerfile));
  if (named === undefined) {
    const options = { configRoot: undefined, named: undefined, allRules: false, profile: undefined };
    return () =>
      readSurroundings(dockerfile, text, { ...options, contextRoot: root, memory: newMemory() }).facts
        .context;
  }
  return () => {
    const folder = resolve(named);
    const listing = listFolder(folder, new Map());
    const nobody = (): void => undefined;
    return (
      listing &&
      describeFolder(folder, dockerfile, root ?? folder, listing, { onList: nobody, onRead: nobody })
    );
  };
}
