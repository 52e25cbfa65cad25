// `drydock init`: writes a Dockerfile for a project, or the files of any pattern.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command, Ending } from '../command';
import { InitFiles } from '../init-files';
import { describeOptions, nameAndValue, readOptions, textOrJson } from '../options';

const options = {
  pattern: {
    type: 'string',
    form: '--pattern ID',
    does: 'the pattern to use (default: the one that suits best)',
  },
  set: {
    type: 'string',
    multiple: true,
    form: '--set NAME=VALUE',
    does: 'answer a question of the pattern; repeat it for each',
  },
  with: {
    type: 'string',
    form: '--with WORDS',
    does: 'also write these files of the pattern: --with compose,bake',
  },
  list: { type: 'boolean', form: '--list', does: 'list the patterns, those that suit first' },
  builders: {
    type: 'boolean',
    form: '--builders',
    does: 'list the ways to build the project, with what speaks for and against each',
  },
  bases: { type: 'boolean', form: '--bases', does: 'list the base images that it could run on' },
  yes: { type: 'boolean', form: '--yes', does: 'take the best proposal for every question' },
  newest: {
    type: 'boolean',
    form: '--newest',
    does: 'ask the registries of the images for the newest versions,\nand the sizes with --bases',
  },
  'dry-run': { type: 'boolean', form: '--dry-run', does: 'write nothing; print what would be written' },
  patterns: {
    type: 'string',
    multiple: true,
    form: '--patterns FOLDER',
    does: 'also use the patterns in this folder',
  },
  format: textOrJson,
} as const;

const usage = `Usage: drydock init [folder] [options]

Looks at the project in the folder, chooses a pattern for it, fills in what the project says, and
writes a Dockerfile and a .dockerignore. A file that exists is never overwritten: if its text
differs, the difference is printed and the exit status is 1.

An option counts more than the project's files, and those more than the pattern. Nothing goes over
the network unless --newest is given; without it, versions come from a dated table.

Options
${describeOptions(options)}
Exit status: 0 written, or all files are there already;
             1 a file differs;
             2 no pattern suits, a question is open, or a file cannot be written.
`;

export const init: Command = {
  usage,
  options,
  async run(words, terminal): Promise<Ending> {
    const given = readOptions(words, options);
    if ('wrong' in given) return given;
    const [folder = '.', ...more] = given.words;
    if (more.length > 0) return { wrong: 'init takes one folder' };
    const values = readValues(given.values.set);
    if ('wrong' in values) return values;
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      terminal.complain(`${folder} is not a folder`);
      return 'unreadable';
    }
    const files = new InitFiles(resolve(folder), values, given.values, terminal);
    try {
      return await files.run();
    } finally {
      await files.dispose();
    }
  },
};

function readValues(pairs: readonly string[]): ReadonlyMap<string, string> | { readonly wrong: string } {
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const [name, value] = nameAndValue(pair);
    if (name === '') return { wrong: `--set needs NAME=VALUE, not ${pair}` };
    values.set(name, value);
  }
  return values;
}
