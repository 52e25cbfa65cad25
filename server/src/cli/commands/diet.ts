// `drydock diet`: builds one program as several images, from everything in one stage to nothing but the program, and
// compares them in a table.
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { cwd } from 'node:process';
import { createFile } from '../../io/files/create-file';
import { inWords } from '../../io/files/file-errors';
import { withScratchFolder } from '../../io/files/on-disk';
import { readRegular } from '../../io/files/read-text';
import { rewriteFile } from '../../io/files/rewrite';
import { thisMachine } from '../../io/processes/machine';
import { surveyFolder } from '../../io/surroundings/new-files';
import type { Diet, DietVariant } from '../../patterns/diet';
import type { FolderPath, ImageName } from '../../workflow/checked-arguments';
import { dietJson, dietSheet, dietTable, dietTag } from '../../workflow/image/diet';
import type { DietRow, DietTable } from '../../workflow/image/diet';
import { reportOn } from '../../workflow/image/report';
import { sheetMarkdown, sheetText } from '../../workflow/image/sheet';
import type { Machine } from '../../workflow/tool';
import { chosen, engines } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';
import { buildHere } from '../build-here';
import type { Ending } from '../command';
import { openImages } from '../open-images';
import { describeOptions, nameAndValue, readOptions, textOrJson } from '../options';
import type { Terminal } from '../terminal';
import { jsonText } from '../visible';

const options = {
  set: {
    type: 'string',
    multiple: true,
    form: '--set NAME=VALUE',
    does: 'answer a question of the patterns; repeat it for each',
  },
  output: {
    type: 'string',
    form: '--output FILE',
    does: `where to save the table as Markdown (default:\n${dietTable} in the folder)`,
  },
  force: { type: 'boolean', form: '--force', does: 'overwrite that file without asking' },
  engine: {
    type: 'string',
    form: '--engine NAME',
    does: 'the engine that builds (default: the first that is\nready)',
    values: engines.map(({ id }) => id),
  },
  argument: {
    type: 'string',
    form: '--argument=ARGUMENT',
    does: 'one more argument for the engine; repeat it for each',
    multiple: true,
  },
  'dry-run': { type: 'boolean', form: '--dry-run', does: 'build nothing; print the Dockerfiles' },
  format: textOrJson,
} as const;

const usage = `Usage: drydock diet [FOLDER] [options]

Builds the project as several images: naive (one stage, as people write it first), slim (a base with
a shell), distroless and scratch, as far as there are patterns for its language. Shows what each
weighs unpacked and compressed, its files, packages and user, and what it lacks; saves the table.
A file diet/Dockerfile.NAME of the project is taken instead of that of the pattern.

Options
${describeOptions(options)}
Exit status: 0 every image was built and compared;
             1 one could not be built, or the file is there already;
             2 there are no variants, a question is open, or nothing could be built.
`;

/** @param words the arguments except the name of the command */
export async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const { values } = given;
  const [word = '.', ...more] = given.words;
  if (more.length > 0) return { wrong: 'diet takes one folder' };
  const pairs = values.set.map(nameAndValue);
  if (pairs.some(([name]) => name === '')) return { wrong: '--set needs NAME=VALUE' };
  if (!statSync(word, { throwIfNoEntry: false })?.isDirectory()) {
    terminal.complain(`${word} is not a folder`);
    return 'unreadable';
  }
  const folder = resolve(word);
  const planned = await plan(folder, new Map(pairs), terminal);
  if ('ending' in planned) return planned.ending;
  const { variants, missing: gaps, language = '' } = planned;
  if (values['dry-run']) {
    for (const { name, pattern, path, text, isOwn } of variants)
      terminal.print(`# ${name}, of ${isOwn ? path : `the pattern ${pattern}`}\n${text}\n`);
    return 'clean';
  }
  const output = values.output ?? join(relative(cwd(), folder), dietTable);
  if (!(await mayWrite(output, values.force, terminal))) return 'differs';
  const rows = await buildAll(folder, variants, values, terminal, machine);
  return tell({ rows, gaps, language }, folder, output, values.format === 'json', terminal);
}

/** @returns the variants, or how the run ends because there are none */
async function plan(
  folder: string,
  given: ReadonlyMap<string, string>,
  terminal: Terminal,
): Promise<Pick<Diet, 'variants' | 'missing' | 'language'> | { readonly ending: Ending }> {
  const library = await import('../../patterns/library');
  const { patterns } = library;
  const surveyed = surveyFolder(folder, library);
  const { project } = surveyed;
  const planned = library.planDiet({
    patterns,
    project,
    given,
    draft: (pattern, values, extras) =>
      surveyed.draft({ patterns, wanted: pattern.id, given: values, extras }),
  });
  const [unknown] = planned.unknown;
  if (unknown !== undefined) return { ending: { wrong: `no pattern for this project asks for ${unknown}` } };
  for (const { parameter, reason } of planned.open)
    terminal.complain(`${reason}. Give --set ${parameter.name}=…`);
  if (planned.open.length > 0) return { ending: 'open' };
  if (planned.variants.length > 1) return planned;
  terminal.complain(noVariants(planned.language, planned.variants));
  return { ending: 'nothing' };
}

function noVariants(language: string | undefined, [only]: readonly DietVariant[]): string {
  if (language === undefined)
    return 'nothing in this folder says which language the project has, so there are no variants to compare';
  const known = only ? `: there is only ${only.name} (${only.pattern})` : '';
  return `there are no variants to compare for this project of ${language}${known}. Compare images of your own with drydock inspect IMAGE --compare OTHER`;
}

/** Asked before the builds, which take long. */
async function mayWrite(output: string, force: boolean, terminal: Terminal): Promise<boolean> {
  if (force || !existsSync(output)) return true;
  const answer = await terminal.ask(`${output} is there already. Overwrite it? [y/N]`);
  if (answer !== undefined && /^y(?:es)?$/i.test(answer)) return true;
  terminal.complain(
    `${output} is there already. Nothing was built: give --force to overwrite it, or another name with --output`,
  );
  return false;
}

async function buildAll(
  folder: string,
  variants: readonly DietVariant[],
  values: { readonly engine: string | undefined; readonly argument: readonly string[] },
  terminal: Terminal,
  machine: Machine,
): Promise<readonly DietRow[]> {
  const build = async (variant: DietVariant, scratch: FolderPath): Promise<DietRow['result']> => {
    const { name, path, text, isOwn } = variant;
    const tag = dietTag(basename(folder), name);
    if (tag === undefined) return { problem: `${name} cannot be the tag of an image` };
    const file = isOwn ? join(folder, path) : join(scratch, `Dockerfile.${name}`);
    if (!isOwn) writeFileSync(file, text);
    terminal.note(`\nBuilding ${tag}, of ${isOwn ? path : `the pattern ${variant.pattern}`}\n`);
    const built = await buildHere(folder, file, terminal, {
      tag,
      machine,
      engines: chosen(engines, values.engine),
      moreArguments: values.argument,
      shown: isOwn ? path : `the ${name} image`,
    });
    return 'problem' in built ? built : read(tag, machine);
  };
  return withScratchFolder(async (scratch) => {
    const rows: DietRow[] = [];
    for (const variant of variants) rows.push({ name: variant.name, result: await build(variant, scratch) });
    return rows;
  });
}

async function read(tag: ImageName, machine: Machine): Promise<DietRow['result']> {
  const opened = await openImages(tag, { platform: undefined, first: 'store', machine });
  if ('problems' in opened) return { problem: opened.problems.map((one) => one.trim()).join('; ') };
  const [image] = opened.images;
  return image ? { image: tag, report: reportOn(image, { top: 1 }) } : { problem: `${tag} holds no image` };
}

function tell(table: DietTable, folder: string, output: string, json: boolean, terminal: Terminal): Ending {
  const { rows } = table;
  const built = rows.flatMap(({ result }) => ('report' in result ? [result.image] : []));
  if (built.length === 0) {
    for (const { result } of rows) if ('problem' in result) terminal.complain(result.problem);
    return 'undone';
  }
  const sheet = dietSheet(table, basename(folder), english);
  terminal.print(json ? jsonText(dietJson(table, folder)) : sheetText(sheet));
  const problem = save(output, sheetMarkdown(sheet));
  if (problem !== undefined) {
    terminal.complain(`${output} cannot be written: ${problem}`);
    return 'unwritable';
  }
  terminal.note(`Saved as ${output}. The images stay: drydock clean ${built.join(' ')} removes them\n`);
  return built.length < rows.length ? 'unbuilt' : 'clean';
}

const longestTable = 1_000_000;

/** @returns what went wrong */
function save(output: string, text: string): string | undefined {
  try {
    const path = resolve(output);
    const there = existsSync(path) ? readRegular(path, longestTable) : undefined;
    if (there) rewriteFile(path, text, there.state);
    else if (createFile(resolve(path, '..'), basename(path), text) === undefined)
      return 'something is in its place';
    return undefined;
  } catch (error) {
    return inWords(error);
  }
}

export const diet = {
  usage,
  options,
  run: (words: readonly string[], terminal: Terminal): Promise<Ending> => run(words, terminal),
};
