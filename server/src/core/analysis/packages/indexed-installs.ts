// The installations of a file beside the index of the archive that they install from: which archive that is, whether the
// file adds others, and what is there before.
import { packagesOfImage, smallestBase } from '../../knowledge/packages/image-packages';
import { hasOnlyItsPackages } from '../../knowledge/images/plain-images';
import type { Install } from '../../model/installs';
import type { Model, Stage } from '../../model/model';
import { archiveFamilies, archiveKey } from '../../package-index/archive';
import type { Archive } from '../../package-index/archive';
import type { PackageEntry, PackageIndex, PackageIndexes } from '../../package-index/package-index';
import { noContents, planInstall } from '../../package-index/resolve';
import type { Contents, Plan } from '../../package-index/resolve';
import type { ShellWord } from '../../shell/types';
import { once } from '../../text/memo';
import { hasChangedSources } from './archive-sources';
import { givesOption } from './package-commands';
import { packageRelease } from './package-release';
import type { PackageRelease } from './package-release';
import { mayHaveForeignSources } from './package-sources';
import { aptRecommendsNothing, isSetBefore } from './written-settings';

export interface ArchivedInstall {
  readonly install: Install;
  readonly stage: Stage;
  readonly from: PackageRelease;
  readonly archive: Archive;
}

const managers: Readonly<Record<Archive['family'], string>> = {
  debian: 'apt',
  ubuntu: 'apt',
  alpine: 'apk',
  fedora: 'dnf',
};

const all = once((model: Model): ReadonlyMap<Install, ArchivedInstall> => {
  const found = new Map<Install, ArchivedInstall>();
  for (const install of model.installs) {
    if (install.manager.scope !== 'system') continue;
    const stage = model.stageOf(install.command.instruction);
    const from = stage && packageRelease(model, stage);
    const archive = from && archiveOf(from, stage);
    if (!archive || managers[archive.family] !== install.manager.family) continue;
    found.set(install, { install, stage, from, archive });
  }
  return found;
});

/** The installations from the archives of known releases, in file order. */
export function archivedInstalls(model: Model): Iterable<ArchivedInstall> {
  return all(model).values();
}

/** The same for one; undefined if nothing says which archive it is. */
export function archivedInstall(model: Model, install: Install): ArchivedInstall | undefined {
  return all(model).get(install);
}

/** The archives that a file installs from, each once. */
export function archivesOf(model: Model): readonly Archive[] {
  const archives = new Map<string, Archive>();
  for (const { archive } of archivedInstalls(model)) archives.set(archiveKey(archive), archive);
  return [...archives.values()];
}

function archiveOf({ release }: PackageRelease, stage: Stage): Archive | undefined {
  const family = archiveFamilies.find((one) => one === release.family);
  if (family === undefined) return undefined;
  const architecture = architectureOf(stage);
  if (family === 'debian' || family === 'ubuntu') return { family, release: release.name, architecture };
  const named = release.version ?? (release.name === 'alpine-edge' ? 'edge' : undefined);
  return named === undefined ? undefined : { family, release: named, architecture };
}

/** Undefined: the machine that builds decides. */
function architectureOf(stage: Stage): string | undefined {
  const platform = stage.chain.at(-1)?.platform?.value?.value;
  return /^linux\/(amd64|arm64|386|ppc64le|s390x|riscv64)(?:\/|$)/.exec(platform ?? '')?.[1];
}

/** What the whole text says about sources, by the kind of manager. */
const foreignText = once((model: Model) => {
  const { text } = model.file;
  return {
    apk: text.includes('apk/repositories'),
    // More components of the same source count too.
    apt: /\b(?:contrib|non-free|backports)\b|sources\.list|\.sources\b|add-architecture/.test(text),
    dnf: /yum\.repos\.d|config-manager|\bcopr\b|rpmfusion|\.rpm\b/.test(text),
  };
});

/** Whether its packages come from the archive alone: no source is added, and no version of the image's maker is there. */
export function isClosed(
  model: Model,
  { install, stage, from: { image, official, release } }: ArchivedInstall,
): boolean {
  if (!official) return false;
  const foreign = foreignText(model);
  switch (install.manager.family) {
    case 'apk':
      return !(
        foreign.apk ||
        givesOption(install, '-X', '--repository', '--repositories-file') ||
        install.packages.some((word) => word.text.includes('@'))
      );
    case 'apt':
      return !(
        foreign.apt ||
        !(image === release.family || hasOnlyItsPackages(image)) ||
        givesOption(install, '-t', '--target-release', '--default-release', '-o', '-c') ||
        hasChangedSources(model, install.command.instruction, stage) ||
        mayHaveForeignSources(model, stage, install.command)
      );
    default:
      return !(
        foreign.dnf ||
        image !== release.family ||
        givesOption(install, '--repo', '--repoid', '--repofrompath', '--enablerepo', '--releasever')
      );
  }
}

/** A word of an installation that names one package. */
export interface NamedPackage {
  readonly word: ShellWord;
  readonly name: string;
  /** The wanted version; undefined: any. */
  readonly version: string | undefined;
  /** Between the name and the version: `=`, `~`, `~=`. */
  readonly sign: string;
  /** Where the version begins in the word; undefined without one. */
  readonly isExact: boolean;
}

/** The literal names of an installation, without files, patterns, removals and virtual packages of apk. */
export function namedPackages({ install: { packages, manager } }: ArchivedInstall): readonly NamedPackage[] {
  const pattern = manager.family === 'apk' ? apkWord : manager.family === 'apt' ? aptWord : rpmWord;
  return packages.flatMap((word): NamedPackage[] => {
    const [, name, sign = '', version] = pattern.exec(word.value ?? '') ?? [];
    if (name === undefined || manager.packageFiles.some((end) => name.endsWith(end))) return [];
    const isExact = sign === '=' && version !== undefined && !/[*?]/.test(version);
    return [{ word, name, version, sign, isExact }];
  });
}

/** `curl`, `libc6:amd64`, `git=1:2.39.5-0+deb12u2`; not `curl-`, `./a.deb`, `git/bookworm`, `lib*`. */
const aptWord = /^([a-z0-9][a-z0-9.+-]*[a-z0-9.+])(?::\w+)?(?:(=)(\S+))?$/;
const apkWord = /^([A-Za-z0-9][\w.+-]*)(?:(~=|=~|[<>]=?|=|~)(\S+))?$/;
/** `curl`, `curl-7.76.1-26.el9`, `curl-7.76.1`; the 17 of `java-17-openjdk` belongs to the name. */
const rpmWord = /^([A-Za-z0-9][\w.+-]*?)(?:(-)(\d[^-]*-\d[^-]*|\d+(?:\.\d+)+))?$/;

/** What an installation brings, and what is there before it. */
export interface InstallPlan {
  readonly index: PackageIndex;
  readonly wanted: readonly PackageEntry[];
  readonly before: Contents;
  readonly recommends: boolean;
  readonly plan: Plan;
  /** Whether a list says what the image has; otherwise it counts as the smallest one of its release. */
  readonly isBaseKnown: boolean;
  /** Whether all its words name packages that the archive has. */
  readonly isWhole: boolean;
}

/** What one index has been asked about one file. */
interface Planned {
  readonly byInstall: Map<Install, InstallPlan>;
  /** What is there after a stage. */
  readonly after: Map<Stage, Contents>;
}

const basesOf = once((_: PackageIndex) => new Map<string, Contents>());
const plannedOf = once((_: PackageIndex) => new WeakMap<Model, Planned>());

/** No Dockerfile that a person writes has more in one chain of stages. */
const mostInstalls = 300;

const byStage = once((model: Model): ReadonlyMap<Stage, readonly ArchivedInstall[]> => {
  const stages = new Map<Stage, ArchivedInstall[]>();
  for (const one of archivedInstalls(model)) {
    const known = stages.get(one.stage);
    if (known) known.push(one);
    else stages.set(one.stage, [one]);
  }
  return stages;
});

/**
 * What an installation brings, after those before it in its stage and in the parents of that.
 * @returns undefined if nobody has read the index of its archive, or where a chain of stages has hundreds of installations
 */
export function installPlan(
  model: Model,
  indexes: PackageIndexes | undefined,
  archived: ArchivedInstall,
): InstallPlan | undefined {
  const index = indexes?.of(archived.archive);
  if (!index) return undefined;
  const models = plannedOf(index);
  const known: Planned = models.get(model) ?? { byInstall: new Map(), after: new Map() };
  models.set(model, known);
  const done: InstallPlan | undefined = known.byInstall.get(archived.install);
  if (done) return done;
  const chain = [...archived.stage.chain].reverse();
  const count = chain.reduce((sum, stage) => sum + (byStage(model).get(stage)?.length ?? 0), 0);
  if (count > mostInstalls) return undefined;
  const { from } = archived;
  const list = from.official ? packagesOfImage(from.image, from.tag) : undefined;
  const isBaseKnown = list !== undefined || (from.official && from.image === from.release.family);
  let contents = baseOf(index, list ?? []);
  for (const stage of chain) {
    const after = known.after.get(stage);
    if (after && stage !== archived.stage) {
      contents = after;
      continue;
    }
    for (const one of byStage(model).get(stage) ?? []) {
      const plan = known.byInstall.get(one.install) ?? planOne(model, index, one, contents, isBaseKnown);
      known.byInstall.set(one.install, plan);
      contents = plan.plan.contents;
    }
    known.after.set(stage, contents);
  }
  return known.byInstall.get(archived.install);
}

function baseOf(index: PackageIndex, list: readonly string[]): Contents {
  const bases = basesOf(index);
  const key = list.join(' ');
  const contents = bases.get(key) ?? baseContents(index, list);
  bases.set(key, contents);
  return contents;
}

function planOne(
  model: Model,
  index: PackageIndex,
  archived: ArchivedInstall,
  before: Contents,
  isBaseKnown: boolean,
): InstallPlan {
  const named = namedPackages(archived);
  const wanted = named.flatMap(({ name }) => entryOf(index, name) ?? []);
  const recommends = takesRecommended(model, archived);
  return {
    index,
    wanted,
    before,
    recommends,
    plan: planInstall(index, before, wanted, recommends),
    isBaseKnown,
    isWhole: wanted.length === archived.install.packages.length,
  };
}

/** A package, or the only one that provides the name. */
function entryOf(index: PackageIndex, name: string): PackageEntry | undefined {
  const own = index.candidate(name);
  if (own) return own;
  const providers = index.providersOf(name);
  return providers.length === 1 || index.scheme !== 'deb' ? providers[0]?.entry : undefined;
}

function takesRecommended(model: Model, { install }: ArchivedInstall): boolean {
  switch (install.manager.family) {
    case 'apk':
      return false;
    case 'apt':
      return !(
        givesOption(install, '--no-install-recommends') ||
        install.command.args.some(({ text }) => /Install-Recommends\W+(?:0|false|no|off)\b/i.test(text)) ||
        isSetBefore(model, aptRecommendsNothing, install.command.instruction)
      );
    default:
      return !install.command.args.some(({ text }) => /install_weak_deps=(?:0|false|no)/i.test(text));
  }
}

function baseContents(index: PackageIndex, list: readonly string[]): Contents {
  const { family } = index.archive;
  const required = family === 'debian' || family === 'ubuntu' ? index.required : [];
  const more = [...smallestBase[family], ...list].flatMap((name) => index.candidate(name) ?? []);
  // Those by hand come first: of `usrmerge | usr-is-merged` images have the second one.
  return planInstall(index, noContents, [...more, ...required], false).contents;
}
