// The findings of ShellCheck as rules, one for each number, so that its ids work wherever a rule is named.
import { askedOf, scriptsForHadolint, scriptsToCheck } from '../analysis/shellcheck/shell-body';
import { guardOf } from '../analysis/commands/guard';
import { shellFindings } from '../analysis/shellcheck/answers';
import type { ShellFinding } from '../analysis/shellcheck/answers';
import { takesEmpty } from '../knowledge/programs/programs';
import { shellCheckIds, shellCheckPage, tasteCodes } from '../knowledge/programs/shellcheck-codes';
import type { Model } from '../model/model';
import { parseArguments } from '../shell/options';
import type { ShellWord } from '../shell/types';
import { assignedIn } from '../shell/assigned';
import { variableIn } from '../shell/whole-words';
import { groupedBy } from '../text/groups';
import { once } from '../text/memo';
import { lastNotAfter } from '../text/search';
import type { Span } from '../text/span';
import type { Facts } from './facts';
import type { Finding, Severity } from './finding';
import { sharedOptions } from './option';
import { defineRule } from './rule';
import type { Rule } from './rule';
import { ownerOf } from './suppressions/index';

const severities: Readonly<Record<ShellFinding['level'], Severity>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'hint',
};

/** The prefix of the name that a rule has for one of ours that finds some of the same without ShellCheck. */
const ours = 'drydock:';

/**
 * A rule for each number of ShellCheck.
 * @param rules ours: those that stand in for ShellCheck where it is not installed name its findings in `alsoKnownAs`
 */
export const shellCheckRules = once((rules: readonly Rule[]): readonly Rule[] => {
  const standIns = new Map<string, string[]>();
  for (const { id, alsoKnownAs } of rules)
    for (const name of alsoKnownAs)
      if (name.startsWith('shellcheck:')) {
        const code = name.slice('shellcheck:'.length);
        standIns.set(code, [...(standIns.get(code) ?? []), ours + id]);
      }
  return shellCheckIds.map((id) => ruleOf(id, standIns.get(id) ?? []));
});

/** Rules for whoever names one: ours and those of ShellCheck. */
export const withShellCheck = once((rules: readonly Rule[]): readonly Rule[] => [
  ...rules,
  ...shellCheckRules(rules),
]);

const nothing: readonly Finding[] = [];

function ruleOf(id: string, standIns: readonly string[]): Rule {
  const code = Number(id.slice(2));
  return defineRule({
    id,
    summary: `What ShellCheck calls ${id}`,
    category: 'shell',
    severity: 'warning',
    fix: 'suggested',
    since: 'next',
    alsoKnownAs: [`shellcheck:${id}`, `hadolint:${id}`, ...standIns],
    foreign: { page: shellCheckPage(id) },
    options: { profile: sharedOptions.profile },
    // No generator: hundreds of these run for each file, and nearly all find nothing.
    check({ model, facts, options: { profile } }) {
      const all = findingsOf(facts, model, profile === 'hadolint');
      const found = all.get(code);
      return found ? found.map((finding) => reported(finding, model, standIns, all)) : nothing;
    },
  });
}

function reported(
  { plainCode, code, level, message, at, fix: offered }: ShellFinding,
  model: Model,
  standIns: readonly string[],
  all: ShellFindings,
): Finding {
  const isTaste = level === 'info' || level === 'style' || tasteCodes.has(code);
  const isList = code === unquotedVariable && wordAround(packageWords(model), at)?.splits === true;
  // Quotes would make one name of a list of packages, and the build would stop.
  const mayBeNone = code === unquotedVariable && mayBeNoWord(model, at);
  const fix =
    isList || !offered ? undefined : { ...offered, ...(mayBeNone && { safety: 'manual' as const }) };
  return {
    at,
    message,
    severity: severities[level],
    // The values of a build are mostly known to whoever writes the file, and often meant to be split: quotes matter to
    // few of these places.
    quiet:
      isNeedless(code, model, at, all) ||
      (isTaste && !(code === unquotedVariable && wordAround(treesToRemove(model), at)) ? 'hint' : undefined),
    fix,
    alsoKnownAs: [`shellcheck:SC${code}`, `hadolint:SC${plainCode}`, ...standIns],
  };
}

const unquotedVariable = 2086;
const uncheckedFolder = 2164;
const modeOfDeepest = 2174;
const unassigned = 2154;
const loopWord = 1010;
const removedBelow = 2115;
const redirectedSudo = 2024;
const elseIf = 1075;
/** ShellCheck stops reading a script there. */
const gaveUp = 1072;

/** By their numbers. */
type ShellFindings = ReadonlyMap<number, readonly ShellFinding[]>;

/** Whether a word that rm removes has no variable, or only those whose value is known: ShellCheck takes each `*` for one. */
function isNeverEmpty(model: Model, at: Span): boolean {
  const word = wordAround(treesToRemove(model), at);
  const command = word && allArguments(model).commandOf.get(word);
  if (!word || !command?.script) return false;
  const assigned = assignedIn(command.script);
  const { variables } = model.environmentAt(command.instruction);
  const parts = word.text.match(/\$(?:\w+|\{\w+\}|.)/g) ?? [];
  return parts.every((part) => {
    const name = variableIn(part);
    return name !== undefined && !assigned.has(name) && (variables.get(name)?.value ?? '') !== '';
  });
}

/** Whether something that is not known may set the variable: eval, another file, a base image. */
function mayBeAssigned(model: Model, at: Span): boolean {
  const step = ownerOf(model.file, at);
  const name = variableIn(model.document.slice(at));
  return (
    (step !== undefined && name !== undefined && model.isDeclared(name, step) === undefined) ||
    model
      .commandsNamed('eval', '.', 'source')
      .some(({ span, instruction }) => span.end <= at.start && at.end <= instruction.span.end)
  );
}

/** Whether the place has nothing of what the finding warns of, which ShellCheck cannot know or does not look at. */
function isNeedless(code: number, model: Model, at: Span, all: ShellFindings): boolean {
  if (code === unassigned) return mayBeAssigned(model, at);
  // The task of mix that runs several others: `mix do deps.get, compile`.
  if (code === loopWord)
    return model.commandsNamed('mix').some(({ args }) => args[0]?.span.start === at.start);
  if (code === removedBelow) return isNeverEmpty(model, at);
  // The lines of a continued step are one line to a shell, so an `if` below an `else` is nested, and its own `fi` ends it.
  if (code === elseIf) {
    const step = ownerOf(model.file, at);
    return all.get(gaveUp)?.some((other) => ownerOf(model.file, other.at) === step) !== true;
  }
  // Root writes the file without sudo.
  if (code === redirectedSudo) {
    const step = ownerOf(model.file, at);
    return step !== undefined && model.environmentAt(step.trigger ?? step).isRoot === true;
  }
  if (code !== modeOfDeepest) return false;
  const make = model.commandsNamed('mkdir').find(({ span }) => span.start <= at.start && at.end <= span.end);
  const { operands } = parseArguments(make?.args ?? [], { values: ['-m', '--mode'] });
  return operands.length > 0 && operands.every(({ text }) => isAlwaysThere.test(text));
}

/** A folder directly in one that every image has. */
const isAlwaysThere =
  /^(?:\/|(?:~|\$HOME|\$\{HOME\}|\/root|\/etc|\/opt|\/srv|\/tmp|\/run|\/var|\/var\/(?:lib|cache|log|run)|\/usr|\/usr\/(?:local|share))\/)[^/]+\/?$/;

/**
 * Whether the place is a whole word without a known value. Where the variable is empty or holds several options, quotes make
 * another argument of it: `bench init $OPTIONS`.
 */
function mayBeNoWord(model: Model, at: Span): boolean {
  const { inOrder, commandOf } = allArguments(model);
  const word = wordAround(inOrder, at);
  const command = word && commandOf.get(word);
  const name = command && variableIn(word.text);
  if (!command || name === undefined || takesEmpty.has(command.program)) return false;
  // What a script assigns, it may assign in one case alone.
  const isAssigned = command.script !== undefined && assignedIn(command.script).has(name);
  const { value } = model.environmentAt(command.instruction).variables.get(name) ?? {};
  return isAssigned || value === undefined || !/^[^\s*?[\]]+$/.test(value);
}

/** The arguments of all commands, and whose they are. */
const allArguments = once((model: Model) => {
  const commandOf = new Map(model.commands.flatMap((command) => command.args.map((word) => [word, command])));
  return { commandOf, inOrder: inFileOrder([...commandOf.keys()]) };
});

/** The word that a place lies in. @param words in file order */
function wordAround(words: readonly ShellWord[], { start, end }: Span): ShellWord | undefined {
  const word = words[lastNotAfter(words, ({ span }) => span.start <= start)];
  return word && end <= word.span.end ? word : undefined;
}

/** The arguments of commands that remove folders with all that they hold. */
const treesToRemove = once((model: Model): readonly ShellWord[] =>
  inFileOrder(
    model
      .commandsNamed('rm')
      .filter(({ args }) => args.some(({ text }) => /^-\w*[rR]|^--recursive$/.test(text)))
      .flatMap(({ args }) => args),
  ),
);

const packageWords = once((model: Model): readonly ShellWord[] =>
  inFileOrder([
    ...model.packageCommands.flatMap(({ packages }) => packages),
    ...model.commandsNamed('apt-mark').flatMap(({ args }) => args),
  ]),
);

function inFileOrder(words: readonly ShellWord[]): readonly ShellWord[] {
  return [...words].sort((a, b) => a.span.start - b.span.start);
}

/** All of a file by their numbers. Each number asks. */
function findingsOf(facts: Facts, model: Model, forHadolint: boolean): ShellFindings {
  const known = answersOf(facts)(model);
  const which = forHadolint ? 'hadolint' : 'usual';
  let found = known.get(which);
  if (!found) {
    const ask = facts.shellCheck;
    const scripts = forHadolint ? scriptsForHadolint(model) : scriptsToCheck(model);
    const all = ask ? shellFindings(askedOf(scripts), ask) : [];
    const shown = forHadolint
      ? lastOfEach(model, all)
      : all.filter(({ code, at }) => code !== uncheckedFolder || !endsStep(model).has(at.start));
    found = groupedBy(shown, ({ code }) => code);
    known.set(which, found);
  }
  return found;
}

/** Where the commands start whose failure stops the step by itself: ShellCheck thinks of a script that goes on. */
const endsStep = once(
  (model: Model): ReadonlySet<number> =>
    new Set(
      model
        .commandsNamed('cd', 'pushd', 'popd')
        .filter((command) => guardOf(model, command).kind === 'stops')
        .map(({ span }) => span.start),
    ),
);

/** hadolint shows one finding of ShellCheck for each instruction: the last by place, then the least severe. */
function lastOfEach(model: Model, all: readonly ShellFinding[]): readonly ShellFinding[] {
  const last = new Map<number | undefined, ShellFinding>();
  for (const finding of all) {
    const index = ownerOf(model.file, finding.at)?.index;
    const before = last.get(index);
    if (!before || isBehind(finding, before)) last.set(index, finding);
  }
  return [...last.values()];
}

const ranks: readonly ShellFinding['level'][] = ['error', 'warning', 'info', 'style'];

function isBehind(one: ShellFinding, other: ShellFinding): boolean {
  const steps = [
    one.at.start - other.at.start,
    ranks.indexOf(one.level) - ranks.indexOf(other.level),
    one.code - other.code,
  ];
  return (steps.find((step) => step !== 0) ?? 0) > 0;
}

const answersOf = once((_: Facts) => once((__: Model) => new Map<'hadolint' | 'usual', ShellFindings>()));
