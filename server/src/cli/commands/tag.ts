// `drydock tag`: names an image by its version and its commit.
import { cwd } from 'node:process';
import { thisMachine } from '../../io/processes/machine';
import { troubleText } from '../../workflow/outcome-text';
import { tagLines } from '../../workflow/release/push-text';
import { tagImage } from '../../workflow/release/tag-image';
import { targetsOf } from '../../workflow/release/tags';
import type { Machine } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import type { Ending } from '../command';
import { describeOptions, readOptions, textOrJson } from '../options';
import { findOutlet, outletOptions, readImage } from '../release/find-outlet';
import { askForTags, forceHint, readRepositories, tagOptions, wishOf } from '../release/tag-options';
import type { Terminal } from '../terminal';
import { jsonText } from '../visible';

const options = {
  ...tagOptions,
  repository: {
    type: 'string',
    multiple: true,
    form: '--repository NAME',
    does: 'where the image will go, such as\nregistry.example.com/team/app; repeat it for each\n(default: where it is named after)',
  },
  ...outletOptions,
  format: textOrJson,
} as const;

const usage = `Usage: drydock tag IMAGE [options]

Gives an image of this machine the tags of a release: its version and the short id of its commit.
Without an option for tags, both: the version from a tag of the commit or a file of the project that
says it for certain, the commit from git. Never latest alone, which does not say later what it was.

A version or a commit that the registry has with another content is refused.

Options
${describeOptions(options)}
Exit status: 0 tagged;
             1 refused, because the registry has another image under a name;
             2 the image, a version or a tool is missing.
`;

async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const named = readImage(given.words, 'tag');
  if ('wrong' in named) return named;
  if (named.others.length > 0) return { wrong: 'tag takes one image' };
  const { image } = named;
  const { values } = given;
  const repositories = readRepositories(values.repository);
  if ('wrong' in repositories) return repositories;
  const tags = await askForTags(wishOf(values), machine, cwd(), terminal);
  if (!tags) return 'open';
  const outlet = await findOutlet(image, values, machine, cwd(), terminal);
  if (!outlet) return 'undone';
  const outcome = await tagImage(image, targetsOf(image, tags, repositories), values.force, outlet);
  if (outcome.kind !== 'done') {
    terminal.complain(`${outlet.engine.title} does not know ${image}: ${troubleText(outcome, english)}`);
    return 'undone';
  }
  const report = outcome.value;
  if (values.format === 'json') terminal.print(jsonText(report));
  else {
    const asker = outlet.registry?.tool.id ?? outlet.found.id;
    terminal.print(
      tagLines(report, { program: outlet.found.id, asker }, english)
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
  if (report.targets.some(({ state }) => state.kind === 'failed')) return 'undone';
  if (report.targets.every(({ state }) => state.kind !== 'refused')) return 'clean';
  terminal.complain(forceHint);
  return 'refused';
}

export const tag = {
  usage,
  options,
  run,
};
