// The settings of the editor, each told once. From here come what the server reads, the types in protocol.ts, the
// settings in package.json with their texts, and the table in server/docs/settings.md (`npm run generate`).
import { configOptions } from './core/lint/config';
import type { RuleLevel } from './core/lint/config';
import { flag, listOf, mapOf, oneOf, oneOrMore, text } from './core/lint/option';
import type { Option, Options, OptionValues } from './core/lint/option';
import { buildSettings, scanSettings } from './workflow/settings';
import type { BuildSettings, ScanSettings } from './workflow/settings';

export interface SettingSection {
  readonly title: string;
  /** What stands between `drydock.` and the name: `registry.`. */
  readonly prefix: string;
  /**
   * Who decides. `resource`: a folder may; `window`: a workspace may. Settings that reach the network or start a program
   * are `machine` (the user alone) or `machine-overridable` (a workspace, too); an untrusted workspace has no say in them.
   */
  readonly scope: 'resource' | 'window' | 'machine' | 'machine-overridable';
  /** Shown among the advanced settings. */
  readonly advanced?: boolean;
  readonly options: Options;
}

/** What `drydock.rules` may say of a rule: a level, or a level and options. */
type RuleSetting = RuleLevel | { readonly level?: RuleLevel; readonly [option: string]: unknown };

/** Read together with the options of the rules: see `readConfig`. */
const rules: Option<Readonly<Record<string, RuleSetting>>> = {
  description:
    'Level of each rule by its id: `off` switches it off, `on` switches it on with its own severity, `error`, `warning`, `info` and `hint` switch it on with that severity. A rule with options takes both: `{ "level": "warning", "wanted": "upper" }`. What a configuration file in the project says comes first.',
  default: {},
  called: 'a mapping of rules to levels or options',
  schema: { type: 'object' },
  read: () => ({}),
};

export const findingSettings = {
  rules,
  enable: flag('Check Dockerfiles and Containerfiles.', true),
  ...configOptions,
};

export const editorSettings = {
  languageFeatures: oneOf('Offer completion, hover, signature help, folding, symbols and formatting.', {
    auto: 'Unless another active extension offers them: Container Tools, Docker, or Docker DX.',
    on: 'Always. With another such extension active, suggestions show up twice.',
    off: 'Never. Findings, fixes and commands stay.',
  }),
};

const host = text(/^(?:[A-Za-z0-9._-]+|\[[A-Fa-f0-9:.]+\])(?::[0-9]{1,5})?$/);

export const registrySettings = {
  mode: oneOf('When to ask image registries for digests and tags. Never in an untrusted workspace.', {
    onDemand: 'Only when you choose an action that needs it, such as pinning an image.',
    off: 'Never.',
  }),
  insecureHosts: listOf(
    'Registries to ask over plain HTTP, or with a certificate that cannot be checked, as `host` or `host:port`. This machine itself needs no entry.',
    'a list of hosts, each host or host:port',
    host,
  ),
  mirrors: mapOf(
    'Mirrors to ask in the place of registries: `{ "docker.io": "https://mirror.example.com" }`.',
    'a mapping of registry hosts to the addresses of mirrors',
    host,
    text(),
  ),
  authHosts: mapOf(
    'Hosts that hand out tokens for a registry on another domain: `{ "registry.example.com": "login.example.org" }`. Drydock sends credentials to no other host.',
    'a mapping of registry hosts to the hosts of their login servers',
    host,
    oneOrMore(host),
  ),
  credentials: oneOf('Whether to read the credential files of docker and podman.', {
    onDemand: 'When a registry refuses an anonymous answer.',
    off: 'Never. Drydock asks every registry anonymously.',
  }),
  caFiles: listOf(
    'PEM files with further certificate authorities for registries, by absolute path.',
    'a list of absolute paths',
    text(),
  ),
};

/** Read by the editor's language client. */
const traceSettings = {
  server: oneOf('Write the messages between the editor and the language server to the log.', [
    'off',
    'messages',
    'verbose',
  ]),
};

/** In the order in which editors show them. */
export const settingSections = {
  findings: { title: 'Findings', prefix: '', scope: 'resource', options: findingSettings },
  editor: { title: 'Editor', prefix: '', scope: 'window', options: editorSettings },
  registry: { title: 'Registries', prefix: 'registry.', scope: 'machine', options: registrySettings },
  build: { title: 'Build', prefix: 'build.', scope: 'machine-overridable', options: buildSettings },
  scan: { title: 'Scan', prefix: 'scan.', scope: 'machine-overridable', options: scanSettings },
  trace: { title: 'Log', prefix: 'trace.', scope: 'window', advanced: true, options: traceSettings },
} as const satisfies Readonly<Record<string, SettingSection>>;

/**
 * Section `drydock` of the settings, as `workspace/configuration` answers with a `scopeUri`. Every value may be
 * missing or of the wrong type: check before use.
 */
export interface Settings
  extends Partial<OptionValues<typeof findingSettings>>, Partial<OptionValues<typeof editorSettings>> {
  readonly registry?: Partial<OptionValues<typeof registrySettings>>;
  readonly build?: BuildSettings;
  readonly scan?: ScanSettings;
}

export type LanguageFeatures = NonNullable<Settings['languageFeatures']>;
