// One lint run: parse, model, rules, suppressions, severities, sorted findings. A rule that throws only loses its own
// findings. The caller gets the failure and logs it.
import { TextFile } from '../text/document';
import { groupedBy } from '../text/groups';
import { once, onceInside } from '../text/memo';
import { wordKeys } from '../text/mentions';
import type { WordKeys } from '../text/mentions';
import { parse } from '../syntax/parse';
import { buildModel } from '../model/model';
import type { Model } from '../model/model';
import type { JsonObject } from '../text/record';
import type { Directive, Dockerfile } from '../syntax/nodes';
import type { Span } from '../text/span';
import { optionsOf } from './config';
import type { Config, RuleLevel } from './config';
import { fileKind, isForeign } from '../analysis/text/file-kind';
import { changesAny, doubtfulSpans } from './suspect-spans';
import { readableOnly, stopDirective, verdicts } from './other-verdicts';
import { HiddenText } from './hidden-text';
import type { Facts } from './facts';
import type { Finding, Fix, Safety, Severity } from './finding';
import { isBuildkitCheck, isInProfile, isQuiet, severityIn } from './profiles';
import type { Rule } from './rule';
import { secondLook } from './second-look';
import { findSuppressions, Suppressor, unusedNames } from './suppressions/index';
import type { Suppression, UnusedNames } from './suppressions/index';

/** A finding with all defaults of its rule and of the configuration filled in. */
export interface Reported {
  readonly rule: Rule;
  readonly at: Finding['at'];
  readonly message: string;
  readonly severity: Severity;
  readonly alsoKnownAs: readonly string[];
  readonly fix: ResolvedFix | undefined;
  readonly alternatives: readonly ResolvedFix[];
  readonly related: NonNullable<Finding['related']>;
  readonly tag: Finding['tag'];
}

export interface ResolvedFix extends Fix {
  readonly safety: Safety;
}

export interface RuleFailure {
  readonly ruleId: string;
  readonly error: unknown;
}

export interface LintResult {
  readonly model: Model;
  /** Sorted by place, then by rule. */
  readonly findings: readonly Reported[];
  readonly suppressions: readonly Suppression[];
  /** Findings a comment hides, with that comment. */
  readonly hidden: readonly { readonly finding: Reported; readonly by: Suppression }[];
  /** Rules that threw: bugs of Drydock. */
  readonly failures: readonly RuleFailure[];
}

const severityRank: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1, hint: 0 };
const safetyRank: Readonly<Record<Safety, number>> = { safe: 2, suggested: 1, manual: 0 };

/** Whether `severity` is at least as strong as `threshold`. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severityRank[severity] >= severityRank[threshold];
}

/** Whether `safety` can be trusted at least as far as `wanted`. */
export function isAsSafeAs(safety: Safety, wanted: Safety): boolean {
  return safetyRank[safety] >= safetyRank[wanted];
}

/** A text with what decides on its findings. */
export interface Subject {
  readonly text: string;
  readonly rules: readonly Rule[];
  readonly config: Config;
  readonly facts: Facts;
}

/** Findings of `rules` on `text`. Never throws, whatever the text. */
export function lint(text: string, rules: readonly Rule[], config: Config, facts: Facts): LintResult {
  const run = new Run({ text, rules, config, facts });
  for (const one of run.running) run.check(one);
  return run.result();
}

/**
 * Findings on several texts, each as `lint` finds them. A rule looks at all of them before the next one does, as a processor
 * is quicker with code that it has just run.
 */
export function lintEach<S extends Subject>(subjects: readonly S[]): readonly (readonly [S, LintResult])[] {
  const runs = subjects.map((subject) => new Run(subject));
  for (const [running, together] of groupedBy(runs, (run) => run.running))
    for (const one of running) for (const run of together) run.check(one);
  return runs.map((run) => [run.subject, run.result()]);
}

/** One text while its rules run. */
class Run<S extends Subject> {
  /** The rules that are to check it. Texts with one configuration mostly share the list. */
  readonly running: readonly ActiveRule[];
  readonly subject: S;
  readonly #file: Dockerfile;
  readonly #model: Model;
  readonly #suppressions: readonly Suppression[];
  readonly #suppressor: Suppressor;
  readonly #doubtful: readonly Span[];
  readonly #stop: Directive | undefined;
  readonly #hides = new HiddenText();
  readonly #findings: Reported[] = [];
  readonly #hidden: LintResult['hidden'][number][] = [];
  readonly #failures: RuleFailure[] = [];

  constructor(subject: S) {
    const { text, rules, config, facts } = subject;
    const document = new TextFile(text);
    const file = parse(text);
    this.subject = subject;
    this.#file = file;
    this.#model = buildModel(file, document);
    this.#suppressions = findSuppressions(file, document);
    this.#suppressor = new Suppressor(config.ignoreComments ? this.#suppressions : [], file);
    this.#doubtful = doubtfulSpans(file);
    this.#stop = stopDirective(file);
    const chosen = (this.#stop ? activeAndBuildKits : active)(config)(rules);
    const foreign = isForeign(fileKind(this.#model, facts.path));
    this.running = foreign ? chosen.filter(({ readsAnyFile }) => readsAnyFile) : chosen;
  }

  check(one: ActiveRule): void {
    const { rule, mentions, options } = one;
    const { facts, config } = this.subject;
    const model = this.#model;
    if (!mentions || model.mentions.some(mentions))
      this.#take(one, () => verdicts(rule, { model, facts, options }, config.profile, this.#stop));
  }

  #take({ rule, level }: ActiveRule, found: () => Iterable<Finding>): void {
    const { config } = this.subject;
    const configured = level === 'on' ? undefined : level;
    try {
      for (const finding of found()) {
        const reported = report(rule, finding, configured, config.profile, this.#doubtful);
        const { alsoKnownAs } = reported;
        const by = this.#suppressor.hiding({ at: finding.at, ruleId: rule.id, alsoKnownAs });
        const quiet = finding.quiet !== undefined && isQuiet(config, rule) ? finding.quiet : false;
        if (by) this.#hidden.push({ finding: reported, by });
        else if (quiet !== true) {
          this.#findings.push(quiet === 'hint' ? { ...reported, severity: 'hint' } : reported);
          this.#hides.add(rule, finding);
        }
      }
    } catch (error) {
      this.#failures.push({ ruleId: rule.id, error });
    }
  }

  /** To be asked once, when all rules have run. */
  result(): LintResult {
    this.#judgeSuppressions();
    const findings = readableOnly(this.#hides.filter(this.#findings), this.subject.config.profile);
    findings.sort(
      (a, b) => a.at.start - b.at.start || a.at.end - b.at.end || (a.rule.id < b.rule.id ? -1 : 1),
    );
    return {
      model: this.#model,
      findings,
      suppressions: this.#suppressions,
      hidden: this.#hidden,
      failures: this.#failures,
    };
  }

  #judgeSuppressions(): void {
    const { config, facts, rules } = this.subject;
    const model = this.#model;
    const suppressions = this.#suppressions;
    const judges =
      suppressions.length > 0 && config.ignoreComments ? this.running.filter(({ after }) => after) : [];
    if (judges.length === 0) return;
    const failed = new Set(this.#failures.map(({ ruleId }) => ruleId));
    const ran = new Set(this.running.flatMap(({ rule }) => (failed.has(rule.id) ? [] : rule)));
    const unused = (): readonly UnusedNames[] =>
      unusedNames(
        this.#file,
        suppressions,
        this.#hidden.map(({ finding: { rule, at, alsoKnownAs } }) => ({ ruleId: rule.id, at, alsoKnownAs })),
        secondLook({ model, facts, config, rules, ran, failed }),
      );
    for (const one of judges) this.#take(one, () => one.after?.({ model, unused: unused() }) ?? []);
  }
}

/** What a run reads of every rule. Rules differ in what they have; these do not, which makes reading them quick. */
interface ActiveRule {
  readonly rule: Rule;
  readonly level: Exclude<RuleLevel, 'off'>;
  readonly options: JsonObject;
  /** Of the words of which a file must have one. */
  readonly mentions: WordKeys | undefined;
  readonly readsAnyFile: Rule['readsAnyFile'];
  readonly after: Rule['after'];
}

/** The rules that a configuration turns on. A folder's configuration serves many files. */
const active = activeIn(false);
/** The same with all of BuildKit's checks, which a file may ask for. */
const activeAndBuildKits = activeIn(true);

function activeIn(
  withBuildKits: boolean,
): (config: Config) => (rules: readonly Rule[]) => readonly ActiveRule[] {
  return once((config: Config) =>
    onceInside((rules: readonly Rule[]) =>
      rules.flatMap((rule) => {
        const runs =
          config.allRules || isInProfile(rule, config.profile) || (withBuildKits && isBuildkitCheck(rule));
        const level = config.rules.get(rule.id) ?? (runs ? 'on' : 'off');
        if (level === 'off') return [];
        const { readsAnyFile, after } = rule;
        const mentions = rule.mentions && wordKeys(rule.mentions);
        return { rule, level, options: optionsOf(rule, config), mentions, readsAnyFile, after };
      }),
    ),
  );
}

function report(
  rule: Rule,
  finding: Finding,
  configured: Severity | undefined,
  profile: Config['profile'],
  doubtful: readonly Span[],
): Reported {
  const alsoKnownAs = finding.alsoKnownAs ?? rule.alsoKnownAs;
  let severity = severityIn(profile, alsoKnownAs) ?? finding.severity ?? rule.severity;
  // A configured level moves the rule as a whole. A finding that the rule itself ranks lower stays below it.
  if (
    configured &&
    (!finding.severity ||
      rule.foreign ||
      severityRank[configured] < severityRank[severity] ||
      finding.severity === rule.severity)
  ) {
    severity = configured;
  }
  const resolve = (fix: Fix): ResolvedFix => resolveFix(rule, fix, doubtful);
  return {
    rule,
    at: finding.at,
    message: oneLine(finding.message),
    severity,
    alsoKnownAs,
    fix: finding.fix && resolve(finding.fix),
    alternatives: finding.alternatives?.map(resolve) ?? [],
    related: finding.related ?? [],
    tag: finding.tag,
  };
}

/** A fix as its rule and its place allow it. @param doubtful spans of the file where only a person may edit */
export function resolveFix(rule: Rule, fix: Fix, doubtful: readonly Span[]): ResolvedFix {
  const trusted = rule.category === 'syntax' || !changesAny(fix.edits, doubtful);
  const { edits, asks, reach, files } = fix;
  const safety = weakest(trusted ? fix.safety : 'manual', rule.fix === 'none' ? 'manual' : rule.fix);
  // Written out: V8 makes a hidden class for each object of a spread with more properties behind it.
  return { title: oneLine(fix.title), safety, edits, asks, reach, files };
}

const longest = 400;

/** A name from the file may run over continued lines, or be as long as the file. */
function oneLine(message: string): string {
  const line = / {2}|[^\S ]|\p{Cc}/u.test(message) ? message.replaceAll(/[\s\p{Cc}]+/gu, ' ') : message;
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

function weakest(own: Safety | undefined, declared: Safety): Safety {
  return own && safetyRank[own] < safetyRank[declared] ? own : declared;
}
