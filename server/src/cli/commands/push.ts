// `drydock push`: sends an image to registries under names that do not lie, and reads its digest back.
import { cwd } from 'node:process';
import { thisMachine } from '../../io/processes/machine';
import { partsOf } from '../../workflow/checked-arguments';
import type { ImageName } from '../../workflow/checked-arguments';
import { troubleText } from '../../workflow/outcome-text';
import { pushImage } from '../../workflow/release/push-image';
import type { PushReport } from '../../workflow/release/push-image';
import { pushLines } from '../../workflow/release/push-text';
import { isOpenWish } from '../../workflow/release/resolve-tags';
import { kindOf } from '../../workflow/release/tags';
import type { PlannedTag } from '../../workflow/release/tags';
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
  'dry-run': {
    type: 'boolean',
    form: '--dry-run',
    does: 'send nothing; compare with the registry and say\nwhat would be sent',
  },
  ...outletOptions,
  format: textOrJson,
} as const;

const usage = `Usage: drydock push IMAGE [REPOSITORY...] [options]

Sends an image of this machine to registries, such as registry.example.com/team/app; without one, to
the one that its name says. Its tag there is the one it has here, or those that the options ask for.
The engine's own login counts: docker login, podman login.

Nothing is sent if a version or a commit stands for another image in a registry. An image of several
platforms is sent with all of them, and a HEALTHCHECK is kept.

Options
${describeOptions(options)}
Exit status: 0 everything is there;
             1 refused, because a registry has another image under a name;
             2 something could not be sent, or the image, a version or a tool is missing.
`;

async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const named = readImage(given.words, 'push');
  if ('wrong' in named) return named;
  const { image } = named;
  const { values } = given;
  const repositories = readRepositories(named.others);
  if ('wrong' in repositories) return repositories;
  const wish = wishOf(values);
  const tags = isOpenWish(wish) ? ownTag(image) : await askForTags(wish, machine, cwd(), terminal);
  if (tags === undefined) return 'open';
  if ('wrong' in tags) return tags;
  const outlet = await findOutlet(image, values, machine, cwd(), terminal);
  if (!outlet) return 'undone';
  const outcome = await pushImage(
    {
      image,
      targets: targetsOf(image, tags, repositories),
      force: values.force,
      dryRun: values['dry-run'],
      onSend: (name) => terminal.note(`pushing ${name} with ${outlet.found.id}\n`),
    },
    { ...outlet, onPrinted: ({ text }) => terminal.note(text) },
  );
  if (outcome.kind !== 'done') {
    terminal.complain(`${outlet.engine.title} does not know ${image}: ${troubleText(outcome, english)}`);
    return 'undone';
  }
  const asker = outlet.registry?.tool.id ?? outlet.found.id;
  terminal.print(
    values.format === 'json'
      ? jsonText(outcome.value)
      : pushLines(outcome.value, { program: outlet.found.id, asker }, english)
          .map((line) => `${line}\n`)
          .join(''),
  );
  const ending = endingOf(outcome.value);
  if (ending === 'refused') terminal.complain(forceHint);
  return ending;
}

/** The tag that the image has. */
function ownTag(image: ImageName): readonly PlannedTag[] | { readonly wrong: string } {
  const { tag } = partsOf(image);
  if (tag === undefined || tag === 'latest')
    return {
      wrong: `${image} has ${tag === undefined ? 'no tag' : 'the tag latest alone'}: give --version or --sha`,
    };
  return [{ tag, kind: kindOf(tag) }];
}

function endingOf({ targets }: PushReport): Ending {
  if (targets.some(({ state }) => state.kind === 'failed')) return 'undone';
  const notKnown = targets.some(
    ({ state }) =>
      state.kind === 'refused' && (state.there.kind === 'noTool' || state.there.kind === 'trouble'),
  );
  if (notKnown) return 'undone';
  return targets.some(({ state }) => state.kind === 'refused') ? 'refused' : 'clean';
}

export const push = {
  usage,
  options,
  run,
};
