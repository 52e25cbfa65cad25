// The settings of the editor, each declared once. From them come the readers, the types in protocol.ts, the settings in
// package.json with their texts, and the table in server/docs/settings.md (`npm run generate`).
import { configOptions } from './core/lint/config';
import type { RuleLevel } from './core/lint/config';
import { flag, listOf, mapOf, oneOf, oneOrMore, text } from './core/lint/option';
import type { Option, Options, OptionValues } from './core/lint/option';
import { buildSettings, engineSettings, scanSettings, toolSettings } from './workflow/settings';
import type { BuildSettings, EngineSettings, ScanSettings, ToolSettings } from './workflow/settings';

export interface SettingSection {
  readonly title: string;
  /** The part between `drydock.` and the name: `registry.`. */
  readonly prefix: string;
  /**
   * Who decides. `resource`: a folder may; `window`: a workspace may. Settings that reach the network or start a program
   * are `machine` (only the user) or `machine-overridable` (a workspace too); an untrusted workspace cannot set them.
   */
  readonly scope: 'resource' | 'window' | 'machine' | 'machine-overridable';
  /** Shown among the advanced settings. */
  readonly advanced?: boolean;
  readonly options: Options;
}

/** What `drydock.rules` may say of a rule: a level, or, in files from before `drydock.ruleOptions`, options as well. */
type RuleSetting = RuleLevel | { readonly level?: RuleLevel; readonly [option: string]: unknown };

/** Read together with the options of the rules: see `readConfig`. */
const rules: Option<Readonly<Record<string, RuleSetting>>> = {
  description:
    'Level of each rule, by id: `off` turns it off, `on` turns it on with its own severity, and `error`, `warning`, `info` or `hint` turn it on with that severity. A configuration file in the project wins over this setting.',
  default: {},
  called: 'a mapping of rules to levels',
  schema: { type: 'object' },
  read: () => ({}),
};

/** Beside `rules`, because the settings editor has a table for words alone. */
const ruleOptions: Option<Readonly<Record<string, Readonly<Record<string, unknown>>>>> = {
  description:
    'Options of rules that have some, by id: `{ "instruction-casing": { "wanted": "upper" } }`. The page of a rule lists its options.',
  default: {},
  called: 'a mapping of rules to their options',
  schema: { type: 'object' },
  read: () => ({}),
};

export const findingSettings = {
  rules,
  ruleOptions,
  enable: flag('Check Dockerfiles and Containerfiles.', true),
  ...configOptions,
};

export const editorSettings = {
  languageFeatures: oneOf('Offer completion, hover, signature help, folding, symbols and formatting.', {
    auto: 'Only while no other active extension offers them: Container Tools, Docker, or Docker DX.',
    on: 'Always. If another such extension is active, suggestions appear twice.',
    off: 'Never. Findings, fixes and commands stay.',
  }),
  rebuildLens: flag(
    'Show above `COPY`, `ADD` and `RUN` with mounted files how many steps of the build run again if these files change.',
    true,
  ),
  sizeHints: flag(
    'Show behind each instruction how many bytes it added to the image that was built last, and how long it took. The image is read after each build; when this is off, only by Inspect Built Image.',
    true,
  ),
};

const host = text(/^(?:[A-Za-z0-9._-]+|\[[A-Fa-f0-9:.]+\])(?::[0-9]{1,5})?$/);

export const registrySettings = {
  mode: oneOf(
    'When Drydock may ask image registries for digests and tags. In an untrusted workspace it never does.',
    {
      onDemand: 'Only when you choose an action that needs it, such as pinning an image.',
      off: 'Never.',
    },
  ),
  insecureHosts: listOf(
    'Registries that Drydock may reach over plain HTTP, or over TLS with a certificate it cannot verify, as `host` or `host:port`. Registries on this machine need no entry.',
    'a list of hosts, each host or host:port',
    host,
  ),
  mirrors: mapOf(
    'Mirrors to ask instead of the registries themselves: `{ "docker.io": "https://mirror.example.com" }`.',
    'a mapping of registry hosts to the addresses of mirrors',
    host,
    text(),
  ),
  authHosts: mapOf(
    'Login servers on another domain that may receive the credentials for a registry: `{ "registry.example.com": "login.example.org" }`. Drydock sends credentials to no other host.',
    'a mapping of registry hosts to the hosts of their login servers',
    host,
    oneOrMore(host),
  ),
  credentials: oneOf('Whether to read the credential files of docker and podman.', {
    onDemand: 'When a registry refuses anonymous access.',
    off: 'Never. Drydock asks every registry anonymously.',
  }),
  caFiles: listOf(
    'Absolute paths of PEM files with more certificate authorities to trust for registries.',
    'a list of absolute paths',
    text(),
  ),
};

const mirrorName = text(/^(?:debian|debian-security|ubuntu|ubuntu-ports|alpine|fedora)$/);

/** Also the section `packages` of `.drydock.yaml`. */
export const packageSection = {
  mirrors: mapOf(
    'Mirrors that have the package indexes, by distribution: `debian`, `debian-security`, `ubuntu`, `ubuntu-ports`, `alpine` or `fedora`: `{ "debian": "https://mirror.example.com/debian" }`.',
    'a mapping of debian, debian-security, ubuntu, ubuntu-ports, alpine and fedora to addresses that begin with https:// or http://',
    mirrorName,
    text(/^https?:\/\/\S+$/),
  ),
};

export const packageSettings = {
  mode: oneOf(
    'When Drydock may read the package indexes of distributions from the mirrors in `drydock.packages.mirrors`. In an untrusted workspace it never does.',
    {
      off: 'Never.',
      onDemand: 'Only when you choose an action that needs it, such as looking up the packages of an image.',
      auto: 'As soon as a file installs packages of a distribution with a mirror.',
    },
  ),
  ...packageSection,
};

export const patternSettings = {
  folders: listOf(
    'Absolute paths of folders with patterns of your own, one Markdown file each. They are offered beside those of Drydock.',
    'a list of absolute paths',
    text(),
  ),
};

/** Read by the editor's language client. */
const traceSettings = {
  server: oneOf('Log the messages between the editor and the language server.', [
    'off',
    'messages',
    'verbose',
  ]),
};

/** In the order in which editors show them. */
export const settingSections = {
  findings: { title: 'Findings', prefix: '', scope: 'resource', options: findingSettings },
  editor: { title: 'Editor', prefix: '', scope: 'window', options: editorSettings },
  patterns: { title: 'Patterns', prefix: 'patterns.', scope: 'machine', options: patternSettings },
  registry: { title: 'Registries', prefix: 'registry.', scope: 'machine', options: registrySettings },
  packages: { title: 'Packages', prefix: 'packages.', scope: 'machine', options: packageSettings },
  build: { title: 'Build', prefix: 'build.', scope: 'machine-overridable', options: buildSettings },
  engine: { title: 'Engine', prefix: 'engine.', scope: 'machine-overridable', options: engineSettings },
  scan: { title: 'Scan', prefix: 'scan.', scope: 'machine-overridable', options: scanSettings },
  tools: { title: 'Tools', prefix: 'tools.', scope: 'machine-overridable', options: toolSettings },
  trace: { title: 'Log', prefix: 'trace.', scope: 'window', advanced: true, options: traceSettings },
} as const satisfies Readonly<Record<string, SettingSection>>;

/**
 * Section `drydock` of the settings, as `workspace/configuration` answers with a `scopeUri`. Every value may be
 * missing or of the wrong type: check before use.
 */
export interface Settings
  extends Partial<OptionValues<typeof findingSettings>>, Partial<OptionValues<typeof editorSettings>> {
  readonly patterns?: Partial<OptionValues<typeof patternSettings>>;
  readonly registry?: Partial<OptionValues<typeof registrySettings>>;
  readonly packages?: Partial<OptionValues<typeof packageSettings>>;
  readonly build?: BuildSettings;
  readonly engine?: EngineSettings;
  readonly scan?: ScanSettings;
  readonly tools?: ToolSettings;
}

export type LanguageFeatures = NonNullable<Settings['languageFeatures']>;
