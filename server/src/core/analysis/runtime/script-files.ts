// The scripts that a file of the project keeps under names, in one form for every kind of file.
import type { ScriptFormat } from '../../knowledge/programs/script-runners';
import { firstRule, readMakefile } from '../../text/makefile';
import { readJson } from '../../text/read-json';
import { isRecord } from '../../text/record';

/** What one script does, in order: a text for the shell, or another script of the file. */
export type ScriptPart = { readonly shell: string } | { readonly script: string };

export interface ProjectScripts {
  /** The script that runs if none is named; undefined if none does. */
  readonly first: string | undefined;
  /** @returns undefined if the file has no such script */
  readonly partsOf: (name: string) => readonly ScriptPart[] | undefined;
}

/** @returns undefined if the text cannot be read, or holds no scripts */
export function readProjectScripts(format: ScriptFormat, text: string): ProjectScripts | undefined {
  return readers[format](text);
}

const readers: Readonly<Record<ScriptFormat, (text: string) => ProjectScripts | undefined>> = {
  /** With the scripts around it: `prestart`, `start`, `poststart`. */
  package: (text) =>
    named(text, 'scripts', (scripts, name) =>
      typeof scripts[name] === 'string'
        ? [`pre${name}`, name, `post${name}`].flatMap((one) => shellPart(scripts[one]))
        : undefined,
    ),
  composer: (text) =>
    named(text, 'scripts', (scripts, name) => {
      const script = scripts[name];
      const lines: readonly unknown[] = Array.isArray(script) ? script : [script];
      return script === undefined ? undefined : lines.flatMap(composerPart);
    }),
  deno: (text) =>
    named(text, 'tasks', (tasks, name) => {
      const task = tasks[name];
      if (!isRecord(task)) return typeof task === 'string' ? shellPart(task) : undefined;
      const needed: readonly unknown[] = Array.isArray(task['dependencies']) ? task['dependencies'] : [];
      return [
        ...needed.flatMap((one): ScriptPart[] => (typeof one === 'string' ? [{ script: one }] : [])),
        ...shellPart(task['command']),
      ];
    }),
  make: makeScripts,
};

function named(
  text: string,
  key: string,
  partsOf: (scripts: Readonly<Record<string, unknown>>, name: string) => readonly ScriptPart[] | undefined,
): ProjectScripts | undefined {
  const file = readJson(text);
  const scripts = isRecord(file) ? file[key] : undefined;
  if (!isRecord(scripts)) return undefined;
  return {
    first: undefined,
    partsOf: (name) => (Object.hasOwn(scripts, name) ? partsOf(scripts, name) : undefined),
  };
}

function shellPart(text: unknown): readonly ScriptPart[] {
  return typeof text === 'string' ? [{ shell: text }] : [];
}

/** `@other`, `@php x`, `@putenv A=b`, `Class::method`, or a command. */
function composerPart(line: unknown): readonly ScriptPart[] {
  if (typeof line !== 'string' || /^@putenv\b|^[\w\\]+(?:::\w+)?$/.test(line)) return [];
  if (/^@(?:php|composer)\b/.test(line)) return [{ shell: line.slice(1) }];
  const [, other] = /^@([\w:-]+)/.exec(line) ?? [];
  return [other === undefined ? { shell: line } : { script: other }];
}

/** What a target needs comes first, unless it looks like a file, which may be there already. */
function makeScripts(text: string): ProjectScripts | undefined {
  const rules = readMakefile(text);
  return {
    first: firstRule(rules)?.targets[0],
    partsOf: (name) => {
      const own = rules.filter(({ targets }) => targets.includes(name));
      if (own.length === 0) return undefined;
      return [
        ...own
          .flatMap(({ prerequisites }) => prerequisites.filter((one) => !/[./%]/.test(one)))
          .map((script) => ({ script })),
        ...own.flatMap(({ recipe }) => recipe).map((shell) => ({ shell })),
      ];
    },
  };
}
