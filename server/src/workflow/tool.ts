// The type of a tool: how to find it, what to ask it, what it can do, and its commands. The rows are in tools/, one file
// each.
import type { ShellComment } from '../core/analysis/shellcheck/answers';
import type { ShellDialect } from '../core/analysis/shellcheck/shell-body';
import type { BuildChoice, BuildEnd, BuildOrder } from './build/build-run';
import type { OtherBuildCommands } from './build/other-build';
import type { StoredImage } from './build/stored-image';
import type {
  FilePath,
  FolderPath,
  ImageId,
  ImageName,
  ImageReference,
  KubernetesName,
  PlatformName,
  PortName,
  TagName,
} from './checked-arguments';
import type { ContainerTarget, PodTarget } from './debug/targets';
import type { Answer } from './readers';
import type { RegistryManifest } from './release/registry-image';
import type { CatalogueOrder, Sbom } from './release/sbom';
import type { AttestOrder, SignOrder, Verified, VerifyOrder } from './release/signing';
import type { StoreCommands } from './release/store-commands';
import type { Printed, Program, Run, Runner, Trouble } from './run';
import type { ScanReport } from './scan/report';

/** A tool as it is on this machine. */
export interface FoundTool extends Program {
  /** As the program prints it; empty if it was not asked or does not print one. */
  readonly version: string;
  /** How to call it, if a tool has several ways. */
  readonly way: string;
  /** Why it cannot work now; undefined if it can. A docker without its service cannot. */
  readonly trouble?: Trouble;
}

/** Where to look for tools. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As Node.js calls it: `linux`, `darwin`, `win32`. */
  readonly platform: string;
}

/** This machine. Whoever holds one may start programs, and only trust hands one out. */
export interface Machine {
  readonly runner: Runner;
  readonly surroundings: Surroundings;
  /** @param name without `.exe` @returns the absolute path, or undefined */
  findProgram(name: string): Promise<string | undefined>;
  /** Whether the path is a file that may be run. */
  isProgram(path: string): Promise<boolean>;
  /** Keeps a file for one build at a time, also across processes: a build of the editor and one of the command line. */
  lockBuild(dockerfile: FilePath): BuildLock;
}

/** How to give a file back, or the process that builds it now. */
export type BuildLock = { readonly release: () => void } | { readonly heldBy: number };

/** The answer to one question of a probe. `trouble` says why there is none, or what came instead. */
export interface ProbeAnswer extends Answer {
  readonly trouble?: Trouble;
}

/** What the answers say. Undefined: the program is there, and the tool is not. */
export type Probed = Pick<FoundTool, 'version' | 'way' | 'trouble'> | undefined;

export interface Probe {
  /**
   * Whether the tool may be missing, or needs another way to call it, although its program exists. Otherwise only
   * `drydock doctor` asks it.
   */
  readonly decides: boolean;
  /** Short questions by name, asked side by side. */
  ask(surroundings: Surroundings): Readonly<Record<string, readonly string[]>>;
  read(answers: Readonly<Record<string, ProbeAnswer>>, surroundings: Surroundings): Probed;
}

/**
 * The abilities in `can`: the additions that BuildKit brought to the language; images for several platforms at once;
 * sending what was built to its registry; statements of where
 * an image comes from and what it holds; one time for everything in an image; other builders than its own; building without
 * a question to a registry; one layer for all steps of a stage; keeping results in a registry; the layer of each package.
 */
export const abilities = [
  'buildKitSyntax',
  'severalPlatforms',
  'push',
  'attestations',
  'timestamps',
  'builders',
  'pullNever',
  'singleLayer',
  'registryCache',
  'layers',
] as const;
export type Ability = (typeof abilities)[number];

/**
 * What to scan. `docker`: an image in the store of the docker service. `archive`: a file as `docker save` writes it, or with
 * the layout of OCI. `sbom`: a list of packages.
 */
export type Subject =
  | { readonly kind: 'docker'; readonly image: ImageId }
  | { readonly kind: 'archive'; readonly file: FilePath; readonly layout?: 'oci' }
  | { readonly kind: 'sbom'; readonly file: FilePath };

/** Files that say what a scanner is not to report. */
export interface ScanExtras {
  /** In the scanner's own form. */
  readonly ignoreFile?: FilePath;
  /** What its maker says about the vulnerabilities of a product (VEX). */
  readonly vex?: FilePath;
}

export interface BuildCommands {
  build(found: FoundTool, order: BuildOrder): Run<BuildEnd, Printed>;
  /** What the engine's store has under a name. */
  inspect(program: Program, image: ImageName): Run<StoredImage>;
  /** Arguments that start a container in a terminal; absent if the engine only builds. */
  start?(image: ImageId, ports: readonly PortName[]): readonly string[];
  /** Its containers, also those that have stopped; absent if the engine only builds. */
  containers?(program: Program): Run<readonly ContainerTarget[]>;
  /** Exports an image from the builder's own store, which no scanner can read. */
  save(program: Program, image: ImageId, file: FilePath): Run<undefined, Printed>;
  /** Absent if the engine cannot send its images to a registry. */
  readonly store?: StoreCommands;
  /** What a registry holds under a name; absent if the engine cannot ask without a pull. */
  manifest?(found: FoundTool, image: ImageReference): Run<RegistryManifest | undefined> | undefined;
}

export interface RegistryCommands {
  /** @param insecure also without a certificate that this machine trusts, or over HTTP */
  manifest(program: Program, image: ImageReference, insecure: boolean): Run<RegistryManifest | undefined>;
  /**
   * Fetches an image as an OCI layout.
   * @param folder does not exist yet, or is empty
   * @param platform without it the tool's own, or all
   */
  fetch(
    program: Program,
    image: ImageReference,
    folder: FolderPath,
    platform?: PlatformName,
  ): Run<undefined, Printed>;
}

export interface CatalogueCommands {
  /** Undefined if the tool cannot read such a thing. */
  list(program: Program, order: CatalogueOrder): Run<Sbom, Printed> | undefined;
}

export interface SignCommands {
  sign(program: Program, order: SignOrder): Run<undefined, Printed>;
  attest(program: Program, order: AttestOrder): Run<undefined, Printed>;
  verify(program: Program, order: VerifyOrder): Run<Verified, Printed>;
}

export interface ClusterCommands {
  pods(program: Program, where: KubernetesName | 'all' | undefined): Run<readonly PodTarget[]>;
}

/** An image of the docker service, and the tag that the patched one gets in the same repository. */
export interface PatchOrder {
  readonly image: ImageName;
  readonly tag: TagName;
}

export interface PatchCommands {
  /** Replaces the packages of the system that have an update by a new layer. */
  patch(program: Program, order: PatchOrder): Run<undefined, Printed>;
}

export interface ScanCommands {
  /** @param scratch an empty folder, for tools that write their report to a file */
  scan(found: Program, subject: Subject, scratch: FolderPath, extras?: ScanExtras): Run<ScanReport, Printed>;
  /**
   * An image by its name: in the store of docker, in that of podman, and in its registry, in this order. Each place is
   * named, because a bare name may also mean a folder, a file or a scheme.
   * @returns to be tried one after the other
   */
  scanByName(
    found: Program,
    image: ImageReference,
    scratch: FolderPath,
    extras?: ScanExtras,
  ): readonly Run<ScanReport, Printed>[];
}

/** Scripts to check: files of the folder that the program runs in, with the names of `scriptName`. */
export interface ScriptOrder {
  readonly dialect: ShellDialect;
  readonly count: number;
}

/** What was found in each script, in their order. */
export type ScriptComments = readonly (readonly ShellComment[])[];

/** The name of a script's file. @param index from 0 */
export function scriptName(index: number): string {
  return `${index}.sh`;
}

export interface ScriptCommands {
  check(found: FoundTool, order: ScriptOrder): Run<ScriptComments>;
}

interface Row<Commands> {
  /** As in the settings. */
  readonly id: string;
  /** As people write it. */
  readonly title: string;
  /** If several tools would do, the lowest rank wins. */
  readonly rank: number;
  /** Page that says how to install it. */
  readonly get: string;
  /** Names of its program without `.exe`, best first. */
  readonly programs: readonly string[];
  readonly probe: Probe;
  readonly can: Readonly<Partial<Record<Ability, (found: FoundTool) => boolean>>>;
  readonly commands: Commands;
}

/** A tool that builds images. */
export type Engine = Row<BuildCommands> & {
  readonly kind: 'engine';
  /** Its images are in the store of the docker service, which scanners can read. */
  readonly keepsImagesInService: boolean;
  /** Why it cannot keep its cache where the choice says, for the end of a sentence; undefined if it can. */
  readonly cacheProblem?: (choice: BuildChoice, found: FoundTool) => string | undefined;
  /** Page that says how to get its BuildKit; absent if it knows that syntax by itself. */
  readonly getBuildKit?: string;
};
/** A tool that looks for known vulnerabilities in images. */
export type Scanner = Row<ScanCommands> & {
  readonly kind: 'scanner';
  /** If it also lists what an image holds. */
  readonly catalogue?: CatalogueCommands;
  /** The command line that brings its database of vulnerabilities up to date; undefined if it needs none. */
  readonly getDatabase?: string;
  /** The file in its own form that says what it is not to report: its usual name, and which names fit; absent if none. */
  readonly ignoreFile?: { readonly called: string; readonly fits: RegExp };
  /** Whether it takes a VEX file. */
  readonly readsVex: boolean;
};
/** A tool that checks the scripts in a Dockerfile. */
export type ScriptLinter = Row<ScriptCommands> & { readonly kind: 'linter' };
/** A tool that moves images between stores and registries, and reads what they hold. */
export type RegistryTool = Row<RegistryCommands> & { readonly kind: 'registry' };
/** A tool that lists what an image holds (SBOM). */
export type Cataloguer = Row<CatalogueCommands> & { readonly kind: 'cataloguer' };
/** A tool that signs what a registry holds, and checks signatures. */
export type Signer = Row<SignCommands> & { readonly kind: 'signer' };
/** A tool that replaces packages of a finished image. */
export type Patcher = Row<PatchCommands> & { readonly kind: 'patcher' };
/** A tool that looks into images, or compares two. */
export type Viewer = Row<object> & { readonly kind: 'viewer' };
/** A tool that builds images from other files than a Dockerfile. */
export type OtherBuilder = Row<OtherBuildCommands> & {
  readonly kind: 'builder';
  /** A program of the project that fetches the tool in the version it wants, and stands for it: `mvnw`. */
  readonly wrapper?: string;
};

/** A tool that asks a cluster what runs there. */
export type ClusterTool = Row<ClusterCommands> & { readonly kind: 'cluster' };

export type Tool =
  | Engine
  | Scanner
  | ScriptLinter
  | RegistryTool
  | Cataloguer
  | Signer
  | Patcher
  | Viewer
  | OtherBuilder
  | ClusterTool;

/** Gives a row its type; a wrong column does not compile. */
export function defineTool<T extends Tool>(tool: T): T {
  return tool;
}

/** The first thing in a text that looks like a version; empty when there is none. */
export function versionIn(text: string): string {
  return /\d+\.\d+[\w.+-]*/.exec(text)?.[0] ?? '';
}

/** @param version as a program prints it: `4.3.1-dev` */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return first > major || (first === major && second >= minor);
}

/**
 * The probe of a tool that exists if its program does.
 * @param way how to call the tool
 * @param question the word that makes it print its version
 */
export function askVersion(way: string, question = '--version'): Pick<Probe, 'ask' | 'read'> {
  return {
    ask: () => ({ version: [question] }),
    read: ({ version }) => ({
      version: versionIn(version?.stdout ?? ''),
      way,
      ...(version?.trouble ? { trouble: version.trouble } : {}),
    }),
  };
}
