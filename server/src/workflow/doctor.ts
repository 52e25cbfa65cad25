// The list of `drydock doctor` and "Drydock: Check Tools": what each tool is for, whether it is installed, and how to get
// it.
import { locateProgram, probeTool } from './find-tools';
import type { ToolPaths } from './find-tools';
import { troubleText } from './outcome-text';
import { abilities } from './tool';
import type { Ability, Machine, Tool } from './tool';
import type { Translate } from './translate';

export interface ToolReport {
  readonly id: string;
  readonly title: string;
  readonly kind: Tool['kind'];
  /** `notReady`: installed, but it cannot work now. */
  readonly state: 'ready' | 'notReady' | 'missing';
  /** Absolute path. */
  readonly program?: string;
  readonly version?: string;
  /** Why it is not ready, on one line. */
  readonly problem?: string;
  /** What it can do besides its main purpose. */
  readonly can: readonly Ability[];
  /** Page that says how to install it. */
  readonly get: string;
}

/** @param folder absolute path of the folder in which the programs are asked */
export function examineTools(
  tools: readonly Tool[],
  paths: ToolPaths,
  machine: Machine,
  folder: string,
  t: Translate,
): Promise<readonly ToolReport[]> {
  return Promise.all(tools.map((tool) => examine(tool, paths, machine, folder, t)));
}

async function examine(
  tool: Tool,
  paths: ToolPaths,
  machine: Machine,
  folder: string,
  t: Translate,
): Promise<ToolReport> {
  const { id, title, kind, get } = tool;
  const program = await locateProgram(tool, paths, machine);
  const found = program && (await probeTool(tool, program, machine, folder));
  if (!found) return { id, title, kind, state: 'missing', can: [], get };
  const { version, trouble } = found;
  return {
    id,
    title,
    kind,
    state: trouble ? 'notReady' : 'ready',
    program: found.program,
    ...(version === '' ? {} : { version }),
    ...(trouble ? { problem: troubleText(trouble, t) } : {}),
    can: abilities.filter((ability) => tool.can[ability]?.(found) ?? false),
    get,
  };
}

/** Notes on a tool besides its version and path, one line each. */
export function notesOn({ state, problem = '', can, get }: ToolReport, t: Translate): string[] {
  const words: Readonly<Record<Ability, string>> = {
    buildKitSyntax: t('knows mounts, heredocs and what else BuildKit added'),
    severalPlatforms: t('can build for several platforms at once'),
    push: t('can send what it builds to a registry'),
    attestations: t('can state where an image comes from and what it holds'),
    timestamps: t('can give all files in an image the same time'),
    builders: t('can build on other machines and in clusters'),
    pullNever: t('can build without asking a registry'),
    singleLayer: t('can make one layer of all steps'),
    registryCache: t('can keep its cache in a registry'),
    layers: t('reports which layer brought each package'),
  };
  switch (state) {
    case 'ready':
      return can.map((ability) => words[ability]);
    case 'notReady':
      return [t('cannot be used now: {0}', problem)];
    case 'missing':
      return [t('not found, install it from {0}', get)];
  }
}

/** The whole list as text: a paragraph for each kind, a row for each tool. */
export function doctorText(reports: readonly ToolReport[], t: Translate): string {
  const kinds = [...new Set(reports.map(({ kind }) => kind))];
  const width = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));
  const titles = width(reports.map(({ title }) => title));
  const versions = width(reports.map(({ version = '' }) => version));
  const rows = (report: ToolReport): string[] => {
    const { title, state, version = '', program } = report;
    const start = `  ${marks[state]} ${title.padEnd(titles)}  `;
    const notes = notesOn(report, t);
    const lines = program === undefined ? notes : [`${version.padEnd(versions)}  ${program}`, ...notes];
    return lines.map((line, at) => (at === 0 ? start : ' '.repeat(start.length)) + line);
  };
  const parts = kinds.map((kind) => {
    const members = reports.filter((report) => report.kind === kind);
    return [headingText(kind, members, t), ...members.flatMap(rows)].join('\n');
  });
  return `${parts.join('\n\n')}\n`;
}

const marks: Readonly<Record<ToolReport['state'], string>> = { ready: '✓', notReady: '!', missing: '–' };

/** The setting with the paths of tools of a kind, without `drydock.`. */
export const pathSettings: Readonly<Record<ToolReport['kind'], string>> = {
  engine: 'build.paths',
  scanner: 'scan.paths',
  linter: 'tools.paths',
  registry: 'tools.paths',
  cataloguer: 'tools.paths',
  signer: 'tools.paths',
  patcher: 'tools.paths',
  viewer: 'tools.paths',
  builder: 'tools.paths',
  cluster: 'tools.paths',
};

/** What tools of a kind are for, and whether one is ready. */
export function headingText(kind: ToolReport['kind'], members: readonly ToolReport[], t: Translate): string {
  const ready = members.some(({ state }) => state === 'ready');
  switch (kind) {
    case 'engine':
      return ready
        ? t('Build images (one of these is enough)')
        : t('Build images: none of these is ready. Checking and fixing files works without them.');
    case 'scanner':
      return ready
        ? t('Scan images for known vulnerabilities (one of these is enough)')
        : t(
            'Scan images for known vulnerabilities: none of these is ready. Checking and fixing files works without them.',
          );
    case 'linter':
      return t('Check the shell scripts in Dockerfiles');
    case 'registry':
      return t('Copy images to registries, and read what they hold');
    case 'cataloguer':
      return t('List what images hold (SBOM)');
    case 'signer':
      return t('Sign images, and check signatures');
    case 'patcher':
      return t('Patch packages of finished images');
    case 'viewer':
      return t('Look into images, and compare them');
    case 'builder':
      return t('Build images from other files');
    case 'cluster':
      return t('Look into what runs in a cluster');
  }
}
