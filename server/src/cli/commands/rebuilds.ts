// `drydock rebuilds FILE...`: which steps a build runs again because files changed, without building.
import { statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { findDockerfiles } from '../../io/files/find-dockerfiles';
import { inWords } from '../../io/files/file-errors';
import { readText } from '../../io/files/read-text';
import { placeChangedFiles } from '../../io/surroundings/changed-files';
import { repositoryRoot } from '../../io/surroundings/repository-root';
import { whatRebuilds } from '../../service/rebuilds';
import { maximumDockerfile, tooLarge } from '../checked-file';
import type { Command, Ending } from '../command';
import { reportJson, reportText } from '../format/rebuilds';
import type { RebuildReport } from '../format/rebuilds';
import { listed } from '../../core/text/listed';
import { describeOptions, readOptions, textOrJson } from '../options';
import { describeStatuses } from '../outcome';
import type { Outcome } from '../outcome';
import type { Terminal } from '../terminal';

const options = {
  file: {
    type: 'string',
    form: '--file DOCKERFILE',
    does: 'the Dockerfile (default: every one below the current folder\nwhose build context holds one of the files)',
  },
  context: {
    type: 'string',
    form: '--context FOLDER',
    does: 'the build context (default: what Compose and Bake files say, else\nwhere the sources of the Dockerfile lie)',
  },
  target: { type: 'string', form: '--target STAGE', does: 'the stage to build (default: the last one)' },
  format: textOrJson,
} as const;

const usage = `Usage: drydock rebuilds FILE... [options]

Lists the steps that a build runs again if these files change, and why, as the cache of BuildKit
decides: from the Dockerfile and the ignore file alone, nothing is built. A step marked "?" may
run again: that depends on what an earlier step gives, or on a value that only the build knows.
A folder stands for something in it. FILE need not exist, so this works too:

    drydock rebuilds $(git diff --name-only HEAD~1)

Options
${describeOptions(options)}
${describeStatuses()}`;

interface Asked {
  /** Absolute paths of the changed files. */
  readonly changed: readonly string[];
  /** As they were given. */
  readonly words: readonly string[];
  readonly context: string | undefined;
  readonly target: string | undefined;
}

export const rebuilds: Command = {
  usage,
  options,
  run(words, terminal): Ending {
    const given = readOptions(words, options);
    if ('wrong' in given) return given;
    const { file, context, target, format } = given.values;
    if (given.words.length === 0) return { wrong: 'rebuilds needs the files that change' };
    if (context !== undefined && file === undefined)
      return { wrong: '--context needs --file: each Dockerfile has its own context' };
    if (context !== undefined && !isFolder(context))
      return { wrong: `${context} is not a folder to build from` };
    const asked: Asked = {
      changed: given.words.map((word) => resolve(word)),
      words: given.words,
      context: context === undefined ? undefined : resolve(context),
      target,
    };
    const found = new Reports(asked, terminal);
    for (const { path, error } of findDockerfiles([file ?? '.']))
      if (error === undefined) found.add(path, file !== undefined);
      else found.unreadable(`${path}: ${error}`);
    return found.end(format);
  },
};

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

class Reports {
  readonly #asked: Asked;
  readonly #terminal: Terminal;
  readonly #reports: RebuildReport[] = [];
  #outcome: Outcome = 'clean';

  constructor(asked: Asked, terminal: Terminal) {
    this.#asked = asked;
    this.#terminal = terminal;
  }

  unreadable(message: string): void {
    this.#terminal.complain(message);
    this.#outcome = 'unreadable';
  }

  /** @param isNamed whether the user named the Dockerfile */
  add(path: string, isNamed: boolean): void {
    const { changed, context, target } = this.#asked;
    const absolute = resolve(path);
    let text;
    try {
      text = readText(absolute, maximumDockerfile);
    } catch (error) {
      this.unreadable(`${path}: ${inWords(error)}`);
      return;
    }
    if (text === undefined) {
      this.unreadable(`${path}: ${tooLarge}`);
      return;
    }
    const root = repositoryRoot(dirname(absolute)) ?? here(absolute);
    const placed = placeChangedFiles({ path: absolute, text, context, root }, changed);
    if ('problem' in placed) {
      this.unreadable(`${path}: ${placed.problem}`);
      return;
    }
    const folder = relative(process.cwd(), placed.context) || '.';
    if (placed.changed.length === 0) {
      if (isNamed)
        this.unreadable(
          `${path}: no file lies in its build context, ${folder}. Name another context with --context`,
        );
      return;
    }
    const answer = whatRebuilds({ ...placed, text, target });
    if ('targets' in answer) {
      // Another Dockerfile may well have other stages.
      if (isNamed) this.unreadable(`${path}: no stage ${target ?? ''}. It has ${listed(answer.targets)}`);
      return;
    }
    const notes = placed.isGuess
      ? [...answer.notes, 'Nothing tells the build context, so the folder of the Dockerfile is taken']
      : answer.notes;
    this.#reports.push({ dockerfile: path, context: folder, ...answer, notes });
  }

  end(format: 'text' | 'json'): Outcome {
    if (this.#reports.length === 0 && this.#outcome === 'clean') {
      const { words, target } = this.#asked;
      const which = target === undefined ? '' : ` and has a stage ${target}`;
      this.#terminal.complain(
        `no Dockerfile below this folder has a build context that holds ${listed(words)}${which}. Name one with --file`,
      );
      return 'nothing';
    }
    this.#terminal.print(format === 'json' ? reportJson(this.#reports) : reportText(this.#reports));
    return this.#outcome;
  }
}

/** The current folder, if the file lies in it. */
function here(path: string): string | undefined {
  const folder = process.cwd();
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? folder : undefined;
}
