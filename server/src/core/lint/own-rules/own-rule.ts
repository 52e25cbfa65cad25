// The rules that a project writes itself, in `.drydock.yaml`: what they look for, what they say, and texts that prove them.
import { isRecord } from '../../text/record';
import type { JsonObject } from '../../text/record';
import type { Severity } from '../finding';
import { listed } from '../../text/listed';
import { didYouMean } from '../../text/nearest';
import { longestPattern } from '../../text/glob';

/** What an instruction must have to be found: all of what is given here. Of a list, one is enough; `!` excludes. */
export interface OwnMatch {
  /** Keywords. */
  readonly instruction?: readonly string[];
  /** Names of images with their registry, without tag and digest: `docker.io/library/node`. */
  readonly image?: readonly string[];
  /** Packages that it installs. */
  readonly package?: readonly string[];
  /** Programs that it runs. */
  readonly command?: readonly string[];
  /** Words: arguments of the command if one is given, else of the instruction, with its flags. */
  readonly words?: readonly string[];
  /** Words that must be missing there. */
  readonly without?: readonly string[];
}

export interface OwnRule {
  readonly id: string;
  readonly message: string;
  readonly severity: Severity;
  readonly find: OwnMatch;
  /** What takes the place of the image's name, the package, the word or the program; `*` is what the first `*` found. */
  readonly replace?: string;
  /** A page that explains it. */
  readonly page?: string;
  /** Texts in which it must find something. */
  readonly bad: readonly string[];
  /** Texts in which it must find nothing. */
  readonly good: readonly string[];
}

type Blame = (place: readonly string[], text: string) => void;

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
const matchKeys = ['instruction', 'image', 'package', 'command', 'words', 'without'] as const;
const keys = ['id', 'message', 'severity', 'find', 'replace', 'page', 'bad', 'good'] as const;

/** More are not read. */
const mostRules = 100;

/**
 * @param taken ids that a rule of the project cannot have
 * @param blame reports a problem at a place below `ownRules`, with the end of a sentence that begins with the place
 * @returns the rules without mistakes
 */
export function readOwnRules(raw: unknown, taken: (id: string) => boolean, blame: Blame): readonly OwnRule[] {
  if (raw === null || raw === undefined) return [];
  if (!Array.isArray(raw)) {
    blame([], 'must be a list of rules');
    return [];
  }
  if (raw.length > mostRules) blame([], `must not have more than ${mostRules} rules`);
  const found: OwnRule[] = [];
  for (const [index, one] of (raw as readonly unknown[]).slice(0, mostRules).entries()) {
    const place = [String(index)];
    const rule = readOwnRule(one, (key, text) => blame([...place, ...key], text));
    if (!rule) continue;
    if (taken(rule.id)) blame([...place, 'id'], `must not be ${rule.id}, which is a rule of Drydock`);
    else if (found.some(({ id }) => id === rule.id))
      blame([...place, 'id'], 'must differ from the ids above');
    else found.push(rule);
  }
  return found;
}

function readOwnRule(raw: unknown, blame: Blame): OwnRule | undefined {
  if (!isRecord(raw)) {
    blame([], 'must be a mapping with id, message and find');
    return undefined;
  }
  let isFine = true;
  const wrong: Blame = (place, text) => {
    isFine = false;
    blame(place, text);
  };
  for (const key of Object.keys(raw))
    if (!(keys as readonly string[]).includes(key)) wrong([key], `must go${hint(key, keys)}`);
  const text = (key: string, needed: boolean): string | undefined => {
    const value = raw[key];
    if (typeof value === 'string' && value.trim() !== '' && value.length <= 500) return value;
    const isMissing = value === undefined || value === null;
    if (!isMissing) wrong([key], 'must be a text of at most 500 characters');
    else if (needed) wrong([key], 'is missing');
    return undefined;
  };
  const id = text('id', true) ?? '';
  if (id !== '' && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))
    wrong(['id'], 'must be words of small letters and digits with dashes between them: no-telnet');
  const said = raw['severity'] ?? 'warning';
  const severity = severities.find((one) => one === said);
  if (!severity) wrong(['severity'], `must be ${listed(severities)}${didYouMean(said, severities)}`);
  const page = text('page', false);
  if (page !== undefined && !/^https?:\/\/\S+$/.test(page)) wrong(['page'], 'must be an address: https://…');
  const find = readMatch(raw['find'], wrong);
  const replace = text('replace', false);
  if (replace !== undefined && !hasPart(find))
    wrong(['replace'], 'needs an image, package, command or words in find');
  const rule = {
    id,
    message: text('message', true) ?? '',
    severity: severity ?? 'warning',
    find,
    ...(replace !== undefined && { replace }),
    ...(page !== undefined && { page }),
    bad: examples(raw, 'bad', wrong),
    good: examples(raw, 'good', wrong),
  };
  return isFine ? rule : undefined;
}

/** Whether there is something that a replacement can stand for. */
function hasPart(find: OwnMatch): boolean {
  return [find.image, find.package, find.command, find.words].some((part) => part !== undefined);
}

function readMatch(raw: unknown, wrong: Blame): OwnMatch {
  if (!isRecord(raw) || Object.keys(raw).length === 0) {
    wrong(['find'], `must be a mapping with ${listed(matchKeys)}`);
    return {};
  }
  for (const key of Object.keys(raw))
    if (!(matchKeys as readonly string[]).includes(key))
      wrong(['find', key], `must go${hint(key, matchKeys)}`);
  const found: Partial<Record<(typeof matchKeys)[number], readonly string[]>> = {};
  for (const key of matchKeys) {
    const value = raw[key];
    if (value === undefined || value === null) continue;
    const list = patterns(value);
    if (list) found[key] = key === 'instruction' ? list.map((one) => one.toUpperCase()) : list;
    else wrong(['find', key], `must be a text of at most ${longestPattern} characters, or a list of them`);
  }
  const subjects = matchKeys.filter((key) => key !== 'without');
  if (subjects.every((key) => found[key] === undefined)) wrong(['find'], `needs ${listed(subjects)}`);
  return found;
}

function patterns(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isPattern = (one: unknown): one is string =>
    typeof one === 'string' && one !== '' && one !== '!' && one.length <= longestPattern;
  return list.length > 0 && list.length <= 100 && list.every(isPattern) ? list : undefined;
}

function examples(raw: JsonObject, key: 'bad' | 'good', wrong: Blame): readonly string[] {
  const value = raw[key];
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isExample = (one: unknown): one is string => typeof one === 'string' && one.length <= 5000;
  if (list.length <= 20 && list.every(isExample)) return list;
  wrong([key], 'must be a text of a Dockerfile, or a list of at most 20 of them');
  return [];
}

function hint(key: string, known: readonly string[]): string {
  return didYouMean(key, known) || `: the keys are ${listed(known, 'and')}`;
}

const patternSchema: JsonObject = { type: 'string', maxLength: longestPattern };
const patternsSchema: JsonObject = { anyOf: [patternSchema, { type: 'array', items: patternSchema }] };
const textsSchema: JsonObject = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };

/** The JSON schema of `ownRules`. */
export const ownRulesSchema: JsonObject = {
  type: 'array',
  maxItems: mostRules,
  description:
    'Rules of the project. Each finds what all parts of `find` hold for, and says `message` there.',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'message', 'find'],
    properties: {
      id: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', description: 'Names the rule: no-telnet.' },
      message: { type: 'string', description: 'What is wrong.' },
      severity: { enum: severities, default: 'warning' },
      find: {
        type: 'object',
        additionalProperties: false,
        description: 'What to look for: `*` is any text, `?` one character, and `!` in front excludes.',
        properties: {
          instruction: { ...patternsSchema, description: 'Keywords: RUN.' },
          image: {
            ...patternsSchema,
            description: 'Images by name with their registry, without tag: docker.io/library/node.',
          },
          package: { ...patternsSchema, description: 'Packages that a package manager installs.' },
          command: { ...patternsSchema, description: 'Programs that are run.' },
          words: { ...patternsSchema, description: 'Arguments of the command, or words of the instruction.' },
          without: { ...patternsSchema, description: 'Words that must be missing there.' },
        },
      },
      replace: {
        type: 'string',
        description: 'What takes the place of what was found. `*` is the text that the first `*` stands for.',
      },
      page: { type: 'string', description: 'Address of a page that explains the rule.' },
      bad: { ...textsSchema, description: 'Texts in which the rule must find something: its tests.' },
      good: { ...textsSchema, description: 'Texts in which the rule must find nothing.' },
    },
  },
};
