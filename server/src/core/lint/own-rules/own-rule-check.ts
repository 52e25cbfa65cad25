// Makes a rule like any other of one that a project has written.
import type { ImageUse } from '../../model/images';
import type { ShellWord } from '../../shell/types';
import { parseReference } from '../../syntax/image-reference';
import type { Instruction } from '../../syntax/nodes';
import { once, onceInside } from '../../text/memo';
import type { Span } from '../../text/span';
import type { Config } from '../config';
import type { Finding } from '../finding';
import { defineRule, replace } from '../rule';
import type { Model, Rule } from '../rule';
import { matchesAny } from '../../text/glob';
import type { OwnMatch, OwnRule } from './own-rule';

/** Drydock's rules and those of the project. A configuration serves many files. */
export function rulesWith(rules: readonly Rule[], config: Config): readonly Rule[] {
  return config.ownRules.length === 0 ? rules : together(config.ownRules)(rules);
}

const together = once((own: readonly OwnRule[]) => {
  const made = own.map(ruleOf);
  return onceInside((rules: readonly Rule[]): readonly Rule[] => [...rules, ...made]);
});

/** A place that fits, with what the first `*` of its pattern stands for. */
interface Match {
  readonly at: Span;
  readonly star: string;
  /** Whether its text may be replaced: it is written there as it is. */
  readonly plain: boolean;
}

/** The rule as the engine runs it. */
export function ruleOf(own: OwnRule): Rule {
  const { id, message, severity, find, page } = own;
  return defineRule({
    id,
    summary: message,
    category: 'style',
    severity,
    fix: own.replace === undefined ? 'none' : 'suggested',
    since: 'next',
    alsoKnownAs: [],
    own: page === undefined ? {} : { page },
    *check({ model }) {
      for (const match of matchesIn(model, find)) yield findingOf(own, match);
    },
  });
}

function findingOf({ message, replace: text }: OwnRule, { at, star, plain }: Match): Finding {
  if (text === undefined || !plain) return { at, message };
  const written = text.replace('*', () => star);
  return { at, message, fix: { title: `Replace with ${written}`, edits: [replace(at, written)] } };
}

function* matchesIn(model: Model, find: OwnMatch): Iterable<Match> {
  const fits = (instruction: Instruction): boolean =>
    !find.instruction || matchesAny(find.instruction, instruction.keyword) !== undefined;
  if (find.image) yield* imagesIn(model, find, fits);
  else if (find.package) yield* packagesIn(model, find, fits);
  else if (find.command) yield* commandsIn(model, find, fits);
  else yield* instructionsIn(model, find, fits);
}

type Fits = (instruction: Instruction) => boolean;

function* imagesIn(model: Model, find: OwnMatch, fits: Fits): Iterable<Match> {
  for (const use of model.images) {
    if (!use.instruction || !fits(use.instruction)) continue;
    const star = matchesAny(find.image ?? [], fullName(use) ?? '');
    if (star === undefined || !wordsFit(find, instructionWords(use.instruction))) continue;
    yield { at: use.image.name.span, star, plain: !use.image.name.text.includes('$') };
  }
}

/** `docker.io/library/node` for `node:24`; undefined if a variable decides. */
function fullName({ image, resolved }: ImageUse): string | undefined {
  // A variable in the tag alone does not matter.
  const written = image.name.text.includes('$') ? resolved : image.name.text;
  if (written === undefined) return undefined;
  const parsed = parseReference(written);
  return parsed.ok ? `${parsed.ref.domain}/${parsed.ref.path}` : undefined;
}

function* packagesIn(model: Model, find: OwnMatch, fits: Fits): Iterable<Match> {
  for (const { command, packages } of model.installs) {
    if (!fits(command.instruction) || !wordsFit(find, command.args.map(spelled))) continue;
    if (find.command && matchesAny(find.command, command.program) === undefined) continue;
    for (const word of packages) {
      const { text, at, plain } = spelled(word);
      // A version behind the name is not part of it.
      const name = text.replace(/(?<=.)(?:[=<>~!]=?|@).*$/, '');
      const star = matchesAny(find.package ?? [], name);
      if (star === undefined) continue;
      yield { at: plain ? { start: at.start, end: at.start + name.length } : at, star, plain };
    }
  }
}

function* commandsIn(model: Model, find: OwnMatch, fits: Fits): Iterable<Match> {
  for (const command of model.commands) {
    if (command.program === '' || !fits(command.instruction)) continue;
    const star = matchesAny(find.command ?? [], command.program);
    if (star === undefined) continue;
    yield* placesIn(find, command.args.map(spelled), {
      at: command.name.span,
      star,
      plain: command.editable && command.name.text === command.program,
    });
  }
}

function* instructionsIn(model: Model, find: OwnMatch, fits: Fits): Iterable<Match> {
  for (const instruction of model.instructions) {
    if (!fits(instruction)) continue;
    const whole = { at: instruction.keywordSpan, star: '', plain: false };
    yield* placesIn(find, instructionWords(instruction), whole);
  }
}

interface Spelled {
  readonly text: string;
  readonly at: Span;
  readonly plain: boolean;
}

/** Each word that fits; the whole if only missing words, or none, are asked for. */
function* placesIn(find: OwnMatch, words: readonly Spelled[], whole: Match): Iterable<Match> {
  if (isThere(find.without, words)) return;
  if (!find.words) {
    yield whole;
    return;
  }
  for (const { text, at, plain } of words) {
    const star = matchesAny(find.words, text);
    if (star !== undefined) yield { at, star, plain };
  }
}

function wordsFit({ words, without }: OwnMatch, there: readonly Spelled[]): boolean {
  return (!words || isThere(words, there)) && !isThere(without, there);
}

function isThere(patterns: readonly string[] | undefined, words: readonly Spelled[]): boolean {
  return patterns !== undefined && words.some(({ text }) => matchesAny(patterns, text) !== undefined);
}

function spelled({ text, pattern, span }: ShellWord): Spelled {
  const value = pattern ?? text;
  return { text: value, at: span, plain: span.end - span.start === value.length };
}

/** Flags and words, as the builder reads them; a shell's words where one reads them. */
function instructionWords({ flags, words }: Instruction): readonly Spelled[] {
  const ofFlags = flags.map(({ span, name, value }) => ({
    text: value === undefined ? `--${name}` : `--${name}=${value.value}`,
    at: span,
    plain: true,
  }));
  const ofWords = words.map(({ span, value, raw }) => ({ text: value, at: span, plain: raw === value }));
  return [...ofFlags, ...ofWords];
}
