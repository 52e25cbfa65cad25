// Derives files from the settings and the options of rules: their part of package.json, its texts, the schema of
// `.drydock.yaml`, and the table in the docs.
import { configOptions, ownOptionsOf, ruleLevels } from '../src/core/lint/config';
import { targetNames } from '../src/core/lint/read-config';
import { code } from '../src/core/lint/option';
import { ownRulesSchema } from '../src/core/lint/own-rules/own-rule';
import type { Option, Options } from '../src/core/lint/option';
import type { Rule } from '../src/core/lint/rule';
import type { JsonObject } from '../src/core/text/record';
import { sourceName } from '../src/protocol/names';
import { rules } from '../src/rules/index.generated';
import { settingSections } from '../src/settings';
import type { SettingSection } from '../src/settings';
import { packageSection } from '../src/settings';
import { cycleSection } from '../src/workflow/cycle/cycle-section';
import { scanSection } from '../src/workflow/scan/policy';

const sections: readonly (readonly [id: string, section: SettingSection])[] = Object.entries(settingSections);

interface Setting {
  /** As in package.json: `drydock.build.engine`. */
  readonly name: string;
  /** Of its text in package.nls.json. */
  readonly key: string;
  readonly option: Option<unknown>;
}

function settingsOf({ prefix, options }: SettingSection): readonly Setting[] {
  return Object.entries(options).map(([name, option]) => ({
    name: `${sourceName}.${prefix}${name}`,
    key: `setting.${prefix}${name}`,
    option,
  }));
}

/** `contributes.configuration`. */
export function manifestSettings(): readonly JsonObject[] {
  let order = 0;
  return sections.map(([id, section]) => ({
    title: `%settings.${id}%`,
    properties: Object.fromEntries(
      settingsOf(section).map(({ name, key, option }) => [
        name,
        {
          order: order++,
          scope: section.scope,
          ...option.schema,
          ...(name === `${sourceName}.rules` && levelTable()),
          ...(name === `${sourceName}.ruleOptions` && optionTable()),
          default: option.default,
          markdownDescription: `%${key}%`,
          ...(hasMeanings(option) && {
            markdownEnumDescriptions: [...(option.choices?.keys() ?? [])].map((value) => `%${key}.${value}%`),
          }),
          ...(section.advanced && { tags: ['advanced'] }),
        },
      ]),
    ),
  }));
}

/** `capabilities.untrustedWorkspaces.restrictedConfigurations`: what reaches the network or starts a program. */
export function restrictedSettings(): readonly string[] {
  return sections
    .filter(([, { scope }]) => scope === 'machine' || scope === 'machine-overridable')
    .flatMap(([, section]) => settingsOf(section).map(({ name }) => name));
}

/** The texts of package.nls.json whose keys begin with `setting.` or `settings.`. */
export function settingTexts(): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [id, { title }] of sections) texts[`settings.${id}`] = title;
  for (const { key, option } of sections.flatMap(([, section]) => settingsOf(section))) {
    texts[key] = option.description;
    if (!hasMeanings(option)) continue;
    for (const [value, meaning] of option.choices ?? []) texts[`${key}.${value}`] = meaning;
  }
  return texts;
}

function hasMeanings({ choices }: Option<unknown>): boolean {
  return [...(choices?.values() ?? [])].some((meaning) => meaning !== '');
}

/** The table of settings, in Markdown. */
export function settingsTable(): string {
  const rows = sections.flatMap(([, section]) =>
    settingsOf(section).map(({ name, option }) => {
      const values = option.choices
        ? [...option.choices].map(([value, meaning]) =>
            meaning ? `${code(value)}: ${meaning}` : code(value),
          )
        : [option.called];
      const join = hasMeanings(option) ? '<br>' : ', ';
      return `| \`${name}\` | ${option.description} | ${values.join(join)} | ${code(option.default)} |`;
    }),
  );
  return ['| Setting | What it does | Values | Default |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const levelSchema: JsonObject = { enum: ruleLevels };

/** The settings editor offers a table only if every value of the mapping is declared as a text. */
const levelWord: JsonObject = { type: 'string', ...levelSchema };

/** `drydock.rules`: a level for each rule, and for ids of other tools. */
function levelTable(): JsonObject {
  return {
    additionalProperties: levelWord,
    properties: Object.fromEntries(rules.map((rule) => [rule.id, { ...levelWord, ...described(rule) }])),
  };
}

/** `drydock.ruleOptions`: of the rules that have some. */
function optionTable(): JsonObject {
  return {
    additionalProperties: { type: 'object' },
    properties: Object.fromEntries(
      rules.flatMap((rule) => {
        const properties = optionProperties(rule);
        if (Object.keys(properties).length === 0) return [];
        return [
          [rule.id, { type: 'object', additionalProperties: false, properties, description: rule.summary }],
        ];
      }),
    ),
  };
}

function described(rule: Rule): JsonObject {
  return { default: rule.enabled === false ? 'off' : rule.severity, description: rule.summary };
}

function optionProperties(rule: Rule): JsonObject {
  return Object.fromEntries(
    Object.entries(ownOptionsOf(rule)).map(([key, option]) => [key, optionSchema(option)]),
  );
}

/** The entries below `rules`: our rules with their options, and ids of other tools. */
function ruleProperties(level: JsonObject): JsonObject {
  return {
    additionalProperties: level,
    properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule, level)])),
  };
}

function ruleSchema(rule: Rule, level: JsonObject): JsonObject {
  const properties = optionProperties(rule);
  if (Object.keys(properties).length === 0) return { ...level, ...described(rule) };
  return {
    anyOf: [level, { type: 'object', additionalProperties: false, properties: { level, ...properties } }],
    ...described(rule),
  };
}

function optionSchema(option: Option<unknown>): JsonObject {
  const words = [...(option.choices ?? [])];
  return {
    ...option.schema,
    default: option.default,
    description: plain(option.description),
    ...(hasMeanings(option) && { enumDescriptions: words.map(([, meaning]) => plain(meaning)) }),
  };
}

/** JSON schemas take no Markdown. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}

/** The JSON schema of `.drydock.yaml`. */
export function configSchema(): JsonObject {
  const level = { $ref: '#/definitions/level' };
  const shared = {
    rules: { type: 'object', description: 'Level or options of each rule.', ...ruleProperties(level) },
    ...Object.fromEntries(Object.entries(configOptions).map(([key, option]) => [key, optionSchema(option)])),
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of Drydock',
    type: 'object',
    additionalProperties: false,
    definitions: {
      level: { description: 'off, on with its own severity, or on with this one.', ...levelSchema },
    },
    properties: {
      ...shared,
      ownRules: ownRulesSchema,
      targets: optionSchema(targetNames),
      overrides: {
        type: 'array',
        description: 'What holds for some files alone, the last of them above the others.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['files'],
          properties: {
            files: {
              type: 'array',
              items: { type: 'string' },
              description:
                'Patterns as in a .dockerignore, relative to the folder of this file; a name alone stands for files of that name in any folder.',
            },
            ...shared,
          },
        },
      },
      scan: sectionSchema('What drydock scan shows and lets pass.', scanSection),
      packages: sectionSchema('Mirrors that have the package indexes of distributions.', packageSection),
      cycle: sectionSchema('What drydock cycle builds, and where it goes.', cycleSection),
    },
  };
}

function sectionSchema(description: string, options: Options): JsonObject {
  const properties = Object.fromEntries(
    Object.entries(options).map(([key, option]) => [key, optionSchema(option)]),
  );
  return { type: 'object', description, additionalProperties: false, properties };
}
