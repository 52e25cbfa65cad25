// The settings about tools. The client reads them, and the table of all settings includes them. The names come from the
// tools themselves.
import { flag, listOf, mapOf, oneOf, text } from '../core/lint/option';
import type { OptionValues } from '../core/lint/option';
import { shownOptions } from './scan/policy';
import { toolNames } from './tools/names.generated';
import type { ToolName } from './tools/names.generated';

const engines = toolNames.filter(({ kind }) => kind === 'engine');
const scanners = toolNames.filter(({ kind }) => kind === 'scanner');
const others = toolNames.filter(({ kind }) => kind !== 'engine' && kind !== 'scanner');

export const buildSettings = {
  engine: oneOf(
    `The engine that builds images. \`auto\` takes the first one that is ready: ${titlesOf(engines)}.`,
    ['auto', ...idsOf(engines)],
  ),
  arguments: listOf(
    'More arguments for every build, placed before the build context, one per item: `--network=host`, `--secret=id=token,env=TOKEN`.',
    'a list of arguments',
    text(),
  ),
  paths: pathsOf('engines', engines),
};

export const engineSettings = {
  prefer: oneOf('Which engines come first where several are there and `drydock.build.engine` names none.', {
    auto: 'In the order of this list: Docker, Podman, Buildah, nerdctl, Finch.',
    rootless: 'Those that need no service with the rights of root: Buildah and Podman before the others.',
    daemon: 'Docker and its service before the others.',
  }),
};

export const scanSettings = {
  scanner: oneOf(
    `The scanner that looks for known vulnerabilities. \`auto\` takes the first one that is installed: ${titlesOf(scanners)}.`,
    ['auto', ...idsOf(scanners)],
  ),
  ...shownOptions,
  projectConfiguration: flag(
    'Start the scanner in the folder of the build context, where it reads the configuration of the project, such as `.trivyignore` or `.grype.yaml`. Otherwise it starts in an empty folder.',
    false,
  ),
  paths: pathsOf('scanners', scanners),
};

export const toolSettings = {
  paths: pathsOf('the other tools', others),
};

export type BuildSettings = Partial<OptionValues<typeof buildSettings>>;
export type EngineSettings = Partial<OptionValues<typeof engineSettings>>;
export type ScanSettings = Partial<OptionValues<typeof scanSettings>>;
export type ToolSettings = Partial<OptionValues<typeof toolSettings>>;

function idsOf(tools: readonly ToolName[]): string[] {
  return tools.map(({ id }) => id);
}

function titlesOf(tools: readonly ToolName[]): string {
  return tools.map(({ title }) => title).join(', ');
}

/** @param called what the tools are, as a plural */
function pathsOf(called: string, tools: readonly ToolName[]): ReturnType<typeof mapOf<string, string>> {
  // A plugin is found through its main program.
  const plugins = tools
    .filter(({ id, programs }) => !programs.includes(id))
    .map(({ id, programs }) => ` For \`${id}\`, give the path of ${programs.join(' or ')}.`);
  return mapOf(
    `Absolute paths of ${called} that are not on the \`PATH\`.${plugins.join('')}`,
    `a mapping of ${idsOf(tools).join(', ')} to absolute paths`,
    idsOf(tools),
    text(),
  );
}
