// Reads the file of a pattern: what it holds for people, and what only the tests read (traps and proofs).
import { listed } from '../core/text/listed';
import { isRecord } from '../core/text/record';
import type { JsonObject } from '../core/text/record';
import { withBorrowedParameters, withBorrowedStages } from './borrowed-stages';
import { readFences } from './fences';
import type { Block, Part } from './fences';
import type { Advice, Parameter, Pattern, PatternFile, PatternSort, TagTable } from './pattern';
import { namesIn, withNeeded } from './template';
import { isValueKind, problemOfValue, valueKinds } from './value-kinds';

export interface PatternPage {
  readonly pattern: Pattern;
  /** What people write instead and why it fails, in the order of the page. */
  readonly traps: readonly Trap[];
  readonly proofs: readonly Proof[];
  /** Of a part: a Dockerfile with `«part»` where it stands. */
  readonly around?: string;
}

export interface Trap {
  /** A sentence or more: what happens. */
  readonly why: string;
  /** Id of the rule that finds it; undefined where none does yet. */
  readonly rule?: string;
  /** The wrong file; undefined where words say it all. */
  readonly text?: string;
  /** Name of the file. */
  readonly path: string;
  /** What the block says of the files around it: `files="…" texts="…"`, as in the examples of rules. */
  readonly attributes: ReadonlyMap<string, string>;
}

export interface Proof {
  readonly project: string;
  /** Values for the parameters. */
  readonly values: ReadonlyMap<string, string>;
  /** The files of a project, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** What must be true of the image: the parsed block below the files. */
  readonly expect: JsonObject;
}

export interface PatternSources {
  /** Parses YAML. @throws with a sentence when it is none */
  parseYaml(text: string): unknown;
  /** The versions that a tag such as `golang:«»-trixie` comes in, newest first; undefined where the table has none. */
  versionsOf(tag: string): Versions | undefined;
  /** The pattern that stages are taken from; undefined where there is none, or where it is the one that is read. */
  patternNamed(id: string): Pattern | undefined;
}

export interface Versions extends Omit<TagTable, 'tag'> {
  /** Those to propose. */
  readonly versions: readonly string[];
}

export type ReadPattern =
  | { readonly page: PatternPage; readonly problems?: undefined }
  /** Sentences without a full stop. */
  | { readonly problems: readonly string[]; readonly page?: undefined };

const frontMatter = /^---\n([\s\S]*?)\n---\n/;
const sorts: readonly PatternSort[] = ['dockerfile', 'part', 'files'];
const defaultRank = 50;

/** Reads the text of a pattern's file. Never throws. @param id name of the file without the ending */
export function readPattern(id: string, source: string, sources: PatternSources): ReadPattern {
  const text = source.replaceAll('\r\n', '\n');
  const head = frontMatter.exec(text);
  if (!head) return { problems: ['The file must begin with a block of YAML between two lines of ---'] };
  const problems: string[] = [];
  let fields: unknown;
  try {
    fields = sources.parseYaml(head[1] ?? '');
  } catch (error) {
    return { problems: [`The block at its start is not valid YAML: ${(error as Error).message}`] };
  }
  if (!isRecord(fields)) return { problems: ['The block at its start must hold names with values'] };
  for (const key of Object.keys(fields)) {
    if (!['title', 'summary', 'as', 'group', 'suits', 'rank', 'parameters', 'allows', 'needs'].includes(key))
      problems.push(`${key} is not a field of a pattern`);
  }
  const word = (key: string): string => {
    const value = fields[key];
    if (typeof value === 'string' && value !== '') return value;
    problems.push(`${key} must be a text`);
    return '';
  };
  const title = word('title');
  const summary = word('summary');
  const group = word('group');
  const as = sorts.find((sort) => sort === fields['as']) ?? 'files';
  if (fields['as'] !== as) problems.push(`as must be ${listed(sorts)}`);
  const suits = Array.isArray(fields['suits']) ? fields['suits'].map(String) : [];
  const rank = typeof fields['rank'] === 'number' ? fields['rank'] : defaultRank;
  const allows = textsByName(fields['allows']);
  const needs = textsByName(fields['needs']);
  const own = readParameters(fields['parameters'] ?? {}, sources, problems);

  const body = text.slice(head[0].length);
  const { parts, unclosed } = readFences(body, head[0].split('\n').length);
  if (unclosed !== undefined) problems.push(`The block in line ${unclosed} is not closed`);
  const sections = sectionsOf(parts);
  const written = readFiles(sections.main, as, problems);
  const { files, stages, problems: missing } = withBorrowedStages(written, sources.patternNamed);
  problems.push(...missing);
  const parameters = withBorrowedParameters(own, stages);
  const advice = readAdvice(sections.main, problems);
  checkNames(parameters, files, problems);
  let proofs: readonly Proof[] = [];
  try {
    proofs = readProofs(sections.proof, sources);
  } catch (error) {
    problems.push(`A block of the proof is not valid YAML: ${(error as Error).message}`);
  }
  if (problems.length > 0) return { problems };
  const around = sections.main.find((part) => isBlock(part) && part.role === 'around') as Block | undefined;
  return {
    page: {
      pattern: {
        id,
        title,
        summary,
        as,
        group,
        suits,
        rank,
        advice,
        parameters,
        files,
        allows,
        ...(Object.keys(needs).length > 0 && { needs }),
      },
      traps: readTraps(sections.traps),
      proofs,
      ...(around && { around: around.text }),
    },
  };
}

function isBlock(part: Part): part is Block {
  return part.kind === 'block';
}

interface Sections {
  readonly main: readonly Part[];
  readonly traps: readonly Part[];
  readonly proof: readonly Part[];
}

/** The parts above the first heading and below `## Traps` and `## Proof`. */
function sectionsOf(parts: readonly Part[]): Sections {
  const sections = { main: [] as Part[], traps: [] as Part[], proof: [] as Part[] };
  let section = sections.main;
  for (const part of parts) {
    if (isBlock(part)) {
      section.push(part);
      continue;
    }
    let prose: string[] = [];
    const flush = (): void => {
      if (prose.join('').trim() !== '') section.push({ ...part, text: prose.join('\n').trim() });
      prose = [];
    };
    for (const line of part.text.split('\n')) {
      const [, heading] = /^## (Traps|Proof)$/.exec(line) ?? [];
      if (heading === undefined) prose.push(line);
      else {
        flush();
        section = heading === 'Traps' ? sections.traps : sections.proof;
      }
    }
    flush();
  }
  return sections;
}

function readParameters(fields: unknown, sources: PatternSources, problems: string[]): readonly Parameter[] {
  if (!isRecord(fields)) {
    problems.push('parameters must hold names with what they are');
    return [];
  }
  return Object.entries(fields).flatMap(([name, row]) => {
    const wrong = (what: string): [] => {
      problems.push(`parameters.${name} ${what}`);
      return [];
    };
    if (!isRecord(row)) return wrong('must hold ask, is and default');
    if (!/^[a-z][a-z0-9-]*$/.test(name)) return wrong('must be named with small letters, digits and dashes');
    const { ask, is, default: value, proposals = [], from, tag, required, exists } = row;
    if (typeof ask !== 'string') return wrong('must say what to ask');
    if (!isValueKind(is)) return wrong(`must say what it is: ${valueKinds.join(', ')}`);
    const table = typeof tag === 'string' ? sources.versionsOf(tag) : undefined;
    if (tag !== undefined && !table) return wrong('has a tag that the table of versions lacks');
    if (!Array.isArray(proposals)) return wrong('must list its proposals');
    const all = table && table.versions.length > 0 ? table.versions : proposals.map(String);
    const first = typeof value === 'string' || typeof value === 'number' ? String(value) : all[0];
    if (first === undefined) return wrong('must have a default');
    for (const one of [...all, ...(namesIn(first).length === 0 ? [first] : [])]) {
      const problem = problemOfValue(one, is);
      if (problem !== undefined) return wrong(`${problem}, not ${one}`);
    }
    return {
      name,
      ask,
      is,
      default: first,
      // What is proposed first is what stands there without an answer.
      proposals: namesIn(first).length > 0 || all.length === 0 ? all : [...new Set([first, ...all])],
      ...(table && typeof tag === 'string' && { table: tableOf(tag, table) }),
      ...(typeof from === 'string' && { from }),
      ...(required === true && { required }),
      ...(exists === true && { exists }),
    };
  });
}

function tableOf(tag: string, { ever, date, moves }: Versions): TagTable {
  return { tag, ever, ...(date !== undefined && { date }), moves };
}

function readFiles(parts: readonly Part[], as: PatternSort, problems: string[]): readonly PatternFile[] {
  const files = parts.flatMap((part): PatternFile[] => {
    if (!isBlock(part) || part.role === 'around') return [];
    const path = part.attributes.get('file');
    const extra = part.attributes.get('with');
    if (path === undefined && as !== 'part') {
      problems.push(`The block in line ${part.line} must say its file`);
      return [];
    }
    const text = as === 'part' ? part.text.replace(/\n$/, '') : part.text;
    return [{ path: path ?? '', text, ...(extra !== undefined && { extra }) }];
  });
  if (files.length === 0) problems.push('The pattern has no file');
  return files;
}

function readAdvice(parts: readonly Part[], problems: string[]): Advice {
  const paragraphs = parts.flatMap((part) => (isBlock(part) ? [] : part.text.split(/\n{2,}/)));
  const beginning = (start: string): string => {
    const found = paragraphs.find((paragraph) => paragraph.startsWith(start));
    if (found === undefined) problems.push(`A paragraph must begin with "${start}"`);
    return (found ?? '').replaceAll('\n', ' ');
  };
  return { take: beginning('Take it'), not: beginning('Not'), costs: beginning('It costs') };
}

function textsByName(value: unknown): Readonly<Record<string, string>> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
}

/** Every parameter that is used is declared, every one declared is used, and no default needs itself. */
function checkNames(
  parameters: readonly Parameter[],
  files: readonly PatternFile[],
  problems: string[],
): void {
  const declared = new Set(parameters.map(({ name }) => name));
  const texts = [
    ...files.flatMap(({ path, text }) => [path, text]),
    ...parameters.map(({ default: text }) => text),
  ];
  const used = new Set(texts.flatMap(namesIn));
  for (const name of used) if (!declared.has(name)) problems.push(`«${name}» is not declared`);
  for (const { name, default: text } of parameters) {
    if (!used.has(name)) problems.push(`parameters.${name} is not used`);
    if (withNeeded(namesIn(text), parameters).has(name))
      problems.push(`parameters.${name} has a default that needs itself`);
  }
}

function readTraps(parts: readonly Part[]): readonly Trap[] {
  return parts.flatMap((part, index): readonly Trap[] => {
    const next = parts[index + 1];
    if (!isBlock(part)) {
      // Of several paragraphs the last one is about the block below.
      const all = part.text.split(/\n{2,}/);
      const alone = next && isBlock(next) ? all.slice(0, -1) : all;
      return alone.map((why) => ({ why, path: '', attributes: new Map() }));
    }
    const before = parts[index - 1];
    const rule = part.attributes.get('trap') ?? 'open';
    return [
      {
        why: before && !isBlock(before) ? (before.text.split(/\n{2,}/).at(-1) ?? '') : '',
        ...(rule !== 'open' && { rule }),
        text: part.text,
        path: part.attributes.get('file') ?? 'Dockerfile',
        attributes: part.attributes,
      },
    ];
  });
}

function readProofs(parts: readonly Part[], sources: PatternSources): readonly Proof[] {
  return parts.flatMap((part, index) => {
    if (!isBlock(part) || part.language !== 'txtar') return [];
    const next = parts[index + 1];
    const expect: unknown =
      next && isBlock(next) && next.language === 'yaml' ? sources.parseYaml(next.text) : {};
    const set = part.attributes.get('set') ?? '';
    return {
      project: part.attributes.get('project') ?? '',
      values: new Map(
        set.split(/\s+/).flatMap((pair): [string, string][] => {
          const equals = pair.indexOf('=');
          return equals < 0 ? [] : [[pair.slice(0, equals), pair.slice(equals + 1)]];
        }),
      ),
      files: readTxtar(part.text),
      expect: isRecord(expect) ? expect : {},
    };
  });
}

/** The files of a txtar text: a line `-- PATH --`, then the text of the file. */
export function readTxtar(text: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  let path: string | undefined;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const [, next] = /^-- (\S+) --$/.exec(line) ?? [];
    if (next !== undefined) files.set((path = next), '');
    else if (path !== undefined) files.set(path, `${files.get(path) ?? ''}${line}\n`);
  }
  return files;
}
