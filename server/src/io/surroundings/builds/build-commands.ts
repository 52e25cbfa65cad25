// Finds `docker build` and the like in scripts, Makefiles and pipelines, line by line. Nothing is run, and what a shell
// would compute is not known.
import { posix } from 'node:path';
import { expand, isRemote, known, readPairs } from './stated-build';
import type { Lookup, StatedBuild } from './stated-build';

const longest = 64_000;
const longestPath = 4096;

/** Programs, and the words that may stand between them and their options. */
const engine = /^[@+-]*(?:.*\/)?(?:docker|podman|nerdctl|buildah|finch)$/;
const between = /^(?:buildx|image|builder)$/;
const builds = /^(?:build|bud)$/;

/** Options whose value is the next word. */
const valued =
  /^(?:-[fto]|--(?:add-host|allow|annotation|attest|authfile|build-arg|build-context|builder|cache-from|cache-to|cgroup-parent|creds|file|format|iidfile|isolation|jobs|label|metadata-file|network|output|platform|progress|secret|shm-size|ssh|tag|target|ulimit|volume))$/;

/** The values that a script gives its variables, where they are plain. */
function assignmentsIn(lines: readonly string[]): Lookup {
  const values = new Map<string, string>();
  const lookup: Lookup = (name) => values.get(name);
  for (const line of lines) {
    const match =
      /^[ \t-]*(?:export[ \t]+|readonly[ \t]+)?([A-Za-z_]\w*)[ \t]*(?::{0,2}=|\?=|:[ \t])[ \t]*(["']?)([^"'#\s]+)\2[ \t\r;]*$/.exec(
        line,
      );
    // A Makefile takes a value from outside, or else one of its own: NAME := $(or $(NAME), docker)
    const either = match
      ? undefined
      : /^[ \t]*([A-Za-z_]\w*)[ \t]*(?::{0,2}|\?)=[ \t]*\$\(or[ \t]+\$\(\w+\),[ \t]*([^()\s]+|\$\(\w+\))[ \t]*\)[ \t\r]*$/.exec(
          line,
        );
    if (match) values.set(match[1] ?? '', expand(makeVariables(match[3] ?? ''), lookup));
    else if (either) values.set(either[1] ?? '', expand(makeVariables(either[2] ?? ''), lookup));
  }
  return lookup;
}

/**
 * The builds that a text asks an engine for.
 * @param given values of variables besides those the text sets itself
 */
export function readBuildCommands(text: string, given: Lookup = () => undefined): readonly StatedBuild[] {
  if (text.length > longest || !asksToBuild.test(text)) return [];
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split('\n');
  const own = assignmentsIn(lines);
  const lookup: Lookup = (name) => own(name) ?? given(name);
  return lines.flatMap((line) => (asksToBuild.test(line) ? readLine(line, lookup) : []));
}

/** Also a variable for the command: `$(BUILD_CMD)`. */
const asksToBuild = /\b(?:build|bud)\b|\$[({]\w*BUILD\w*[)}]/;

function readLine(line: string, lookup: Lookup): readonly StatedBuild[] {
  const words = splitWords(line);
  const found: StatedBuild[] = [];
  let folder = '';
  for (let at = 0; at < words.length; at += 1) {
    // Where a script lies is not known from its text: there a folder that is computed means nothing.
    if (words[at] === 'cd' && folder.length < longestPath)
      folder = posix.join(folder, known(expand(words[at + 1] ?? '', lookup)) ?? '');
    if (!isEngine(words[at] ?? '', lookup)) continue;
    let place = at + 1;
    while (between.test(words[place] ?? '') || (place < at + 4 && words[place]?.startsWith('-'))) place += 1;
    if (!builds.test(expand(words[place] ?? '', lookup))) continue;
    const end = words.findIndex((word, index) => index > place && isEnd(word));
    const stop = end < 0 ? words.length : end;
    found.push(readOptions(words.slice(place + 1, stop), folder, lookup));
    at = stop;
  }
  return found;
}

/** A variable that is named after an engine stands for one, whatever its value: `$(DOCKER) build`. */
function isEngine(word: string, lookup: Lookup): boolean {
  return (
    engine.test(word) ||
    (word.includes('$') &&
      (engine.test(expand(word, lookup)) ||
        /^[@+-]*\$\{?\w*(?:DOCKER|PODMAN|CONTAINER|ENGINE)\w*\}?$/.test(word)))
  );
}

function isEnd(word: string): boolean {
  return /^(?:&&|\|\|?|;|&|[<>].*|\d>.*|\))$/.test(word);
}

function readOptions(words: readonly string[], folder: string, lookup: Lookup): StatedBuild {
  const options = new Map<string, string[]>();
  let context: string | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const written = words[at] ?? '';
    // An option in a variable: `$(TAG_FLAG) acme/app`
    const word = written.startsWith('$') ? expand(written, lookup) : written;
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = equals < 0 ? word : word.slice(0, equals);
    if (!word.startsWith('-') || word === '-') context ??= expand(word, lookup);
    else if (equals >= 0 || valued.test(name)) {
      if (equals < 0) at += 1;
      const value = expand(equals < 0 ? (words[at] ?? '') : word.slice(equals + 1), lookup);
      const values = options.get(name);
      if (values) values.push(value);
      else options.set(name, [value]);
    }
  }
  const all = (...names: readonly string[]): readonly string[] =>
    names.flatMap((name) => options.get(name) ?? []);
  const [file] = all('-f', '--file');
  const tags = all('-t', '--tag');
  const isUnknown = context === undefined || isRemote(context) || file?.includes('$') || file === '-';
  return {
    name: tags[0] ?? 'build',
    context: isUnknown ? undefined : known(posix.join(folder, context ?? '')),
    dockerfile: file === undefined ? undefined : posix.join(folder, file),
    dockerfileFrom: 'base',
    target: known(all('--target')[0]),
    ...readPairs(all('--build-arg')),
    tags,
  };
}

/** `$(NAME)` of a Makefile as a variable of a shell; the current folder as a dot. */
function makeVariables(text: string): string {
  return text.replaceAll(/\$(?:\((?:pwd|CURDIR)\)|PWD\b|\{PWD\})/g, '.').replaceAll(/\$\((\w+)\)/g, '${$1}');
}

/** The words of a line, without quotes, with separators as words of their own. */
function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  const end = (): void => {
    if (word !== undefined) words.push(makeVariables(word));
    word = undefined;
  };
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (character === '$' && line[at + 1] === '(') {
      const close = line.indexOf(')', at);
      const until = close < 0 ? line.length : close;
      word = (word ?? '') + line.slice(at, until + 1);
      at = until;
    } else if (/\s/.test(character)) end();
    else if (/[;&|]/.test(character)) {
      end();
      const separator = character === line[at + 1] ? character + character : character;
      words.push(separator);
      at += separator.length - 1;
    } else word = (word ?? '') + character;
  }
  end();
  return words;
}
