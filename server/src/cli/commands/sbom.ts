// `drydock sbom`: lists what an image, a file or a folder holds, in the formats that others read.
import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { cwd } from 'node:process';
import { withScratchFolder } from '../../io/files/on-disk';
import { writeWhole } from '../../io/files/rewrite';
import { thisMachine } from '../../io/processes/machine';
import { filePath, folderPath, imageName, imageReference, plainText } from '../../workflow/checked-arguments';
import { findEngines } from '../../workflow/find-tools';
import { troubleText } from '../../workflow/outcome-text';
import { isInsecure } from '../../workflow/release/compare-targets';
import {
  findCataloguer,
  listContents,
  listing,
  noCataloguerText,
} from '../../workflow/release/list-contents';
import type { Contents } from '../../workflow/release/list-contents';
import { sbomFormats } from '../../workflow/release/sbom';
import type { Machine } from '../../workflow/tool';
import { chosen, engineNamed, engines } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';
import type { Ending } from '../command';
import { describeOptions, readOptions } from '../options';
import { outletOptions } from '../release/find-outlet';
import type { Terminal } from '../terminal';

const options = {
  as: {
    type: 'string',
    form: '--as spdx|cyclonedx',
    does: 'the format, in JSON (default: spdx)',
    values: sbomFormats,
    default: 'spdx',
  },
  output: {
    type: 'string',
    form: '--output FILE',
    does: 'write it to this file, also over an older one\n(default: standard output)',
  },
  with: {
    type: 'string',
    form: '--with NAME',
    does: 'the tool that makes it (default: the first that is\nthere)',
    values: listing.map(([{ id }]) => id),
  },
  ...outletOptions,
} as const;

const usage = `Usage: drydock sbom IMAGE|FILE|FOLDER [options]

Lists what an image holds (SBOM). The image may be in the store of an engine, in a registry or in an
archive (.tar); a folder or another file works as well.

Options
${describeOptions(options)}
Exit status: 0 written; 2 not written.
`;

async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const [word, ...more] = given.words;
  if (word === undefined || more.length > 0) return { wrong: 'sbom takes one image, file or folder' };
  const { as: format, output, with: id, engine, insecure } = given.values;
  const contents = await contentsOf(word, engine, insecure, machine);
  const name = plainText(contents?.kind === 'folder' ? basename(contents.folder) : word);
  if (contents === undefined || name === undefined)
    return { wrong: `${word} is neither a file nor the name of an image` };
  const ready = await findCataloguer(id, {}, machine);
  if (!ready) {
    terminal.complain(noCataloguerText(id, english));
    return 'undone';
  }
  const outcome = await withScratchFolder((scratch) =>
    listContents(contents, { format, name }, ready, scratch, machine.runner, {
      // Not the project: tools read their configuration from the folder they start in.
      folder: scratch,
      onEvent: ({ text }) => terminal.note(text),
    }),
  );
  if (outcome === undefined) {
    terminal.complain(`${ready.tool.title} lists no single file. Install another tool, or give its folder`);
    return 'undone';
  }
  if (outcome.kind !== 'done') {
    terminal.complain(`${ready.tool.title} could not list ${word}: ${troubleText(outcome, english)}`);
    return 'undone';
  }
  const { text, packages } = outcome.value;
  if (output === undefined) terminal.print(Buffer.from(text));
  else {
    try {
      writeWhole(output, text);
    } catch (error) {
      terminal.complain(`${output} cannot be written: ${error instanceof Error ? error.message : ''}`);
      return 'unwritable';
    }
  }
  terminal.note(
    `${word}: ${packages} ${packages === 1 ? 'package' : 'packages'}${output === undefined ? '' : ` in ${output}`}\n`,
  );
  return 'clean';
}

/** A path wins over an image of the same name. An image that no engine here has is one of a registry. */
async function contentsOf(
  word: string,
  engine: string | undefined,
  insecure: boolean,
  machine: Machine,
): Promise<Contents | undefined> {
  const path = resolve(word);
  if (existsSync(path)) {
    const folder = statSync(path).isDirectory() ? folderPath(path) : undefined;
    if (folder !== undefined) return { kind: 'folder', folder };
    const file = filePath(path);
    return file === undefined ? undefined : { kind: word.endsWith('.tar') ? 'archive' : 'file', file };
  }
  const name = imageName(word);
  if (name !== undefined) {
    for (const found of await findEngines(chosen(engines, engine), {}, machine, cwd())) {
      const one = engineNamed(found.id);
      if (!one || found.trouble) continue;
      const looked = await machine.runner.run(one.commands.inspect(found, name), { folder: cwd() });
      if (looked.kind === 'done')
        return { kind: 'stored', image: looked.value.id, engine: one, program: found };
    }
  }
  const image = imageReference(word);
  return image === undefined
    ? undefined
    : { kind: 'registry', image, insecure: isInsecure(image, { insecure }) };
}

export const sbom = {
  usage,
  options,
  run,
};
