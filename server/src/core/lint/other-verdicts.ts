// What a rule finds in the profile of another tool: that tool's places, with the messages and fixes of our own findings
// where both agree. In `strict`, some rules add hadolint's places as hints where they find nothing. `# check=error=true` makes each warning of BuildKit's stop the build, whatever the profile.
import { readCheckOptions } from '../syntax/directives';
import type { Directive, Dockerfile } from '../syntax/nodes';
import type { Config } from './config';
import type { Finding } from './finding';
import { isBuildkitCheck } from './profiles';
import type { Rule } from './rule';
import { ownerOf } from './suppressions/index';

/** The directive of a file that makes a warning of BuildKit's stop the build. */
export function stopDirective({ directives }: Dockerfile): Directive | undefined {
  const check = directives.find(({ name }) => name === 'check');
  return check && readCheckOptions(check.value)?.error ? check : undefined;
}

/**
 * What a rule finds under a profile.
 * @param stop see `stopDirective`
 */
export function verdicts(
  rule: Rule,
  context: Parameters<Rule['check']>[0],
  profile: Config['profile'],
  stop: Directive | undefined,
): Iterable<Finding> {
  const ours = rule.check(context);
  if (profile === 'hadolint') return rule.hadolint ? withOurFixes(rule.hadolint(context), ours) : ours;
  if (stop && isBuildkitCheck(rule))
    return stopping(rule, ours, rule.buildkit?.(context), stop, profile, context.model.file);
  if (profile === 'strict' && rule.strictAddsHadolint && rule.hadolint)
    return withHints(ours, chosen(rule.strictAddsHadolint, rule.hadolint(context), context.model.file));
  if (profile !== 'buildkit') return ours;
  if (!isBuildkitCheck(rule)) {
    const now = rule.refused === 'also in ONBUILD' ? ours : outsideTriggers(context.model.file, ours);
    return refusals(rule, now);
  }
  return rule.buildkit
    ? withOurFixes(rule.buildkit(context), ours)
    : outsideTriggers(context.model.file, ours);
}

/**
 * What hadolint says of a file that it cannot read: the first place, and nothing else.
 * @param findings under a profile
 */
export function readableOnly<F extends Pick<Finding, 'at' | 'alsoKnownAs'>>(
  findings: F[],
  profile: Config['profile'],
): F[] {
  if (profile !== 'hadolint') return findings;
  const [first, ...more] = findings
    .filter(({ alsoKnownAs }) => alsoKnownAs?.includes('hadolint:DL1000'))
    .sort((a, b) => a.at.start - b.at.start);
  if (!first) return findings;
  // The narrower one says what is wrong there.
  const inside = more.filter(({ at }) => at.start <= first.at.end && at.end <= first.at.end);
  return [inside.at(-1) ?? first];
}

/** What BuildKit stops at while it reads the file. */
function* refusals(rule: Rule, findings: Iterable<Finding>): Generator<Finding> {
  for (const finding of findings) if ((finding.severity ?? rule.severity) === 'error') yield finding;
}

/** BuildKit checks the trigger of an ONBUILD in the build that runs it. */
function* outsideTriggers(file: Dockerfile, findings: Iterable<Finding>): Generator<Finding> {
  for (const finding of findings) {
    const trigger = ownerOf(file, finding.at)?.trigger;
    if (!trigger || finding.at.start < trigger.span.start) yield finding;
  }
}

/** As errors what BuildKit finds, and after that, outside its profile, what only we find. */
function* stopping(
  rule: Rule,
  found: Iterable<Finding>,
  buildkit: Iterable<Finding> | undefined,
  stop: Directive,
  profile: Config['profile'],
  file: Dockerfile,
): Generator<Finding> {
  const ours = [...found];
  const isTheirs = ({ alsoKnownAs }: Finding): boolean =>
    (alsoKnownAs ?? rule.alsoKnownAs).some(isOfBuildkit);
  const theirs = buildkit
    ? [...withOurFixes(buildkit, ours)]
    : [...outsideTriggers(file, ours)].filter(isTheirs);
  const note = { at: stop.span, message: 'This directive makes the finding stop the build' };
  for (const finding of theirs)
    yield { ...finding, severity: 'error', quiet: false, related: [...(finding.related ?? []), note] };
  if (profile === 'buildkit') return;
  const places = new Set(theirs.map(({ at }) => at.start));
  for (const finding of ours) {
    const alsoKnownAs = (finding.alsoKnownAs ?? rule.alsoKnownAs).filter((id) => !isOfBuildkit(id));
    if (!places.has(finding.at.start)) yield { ...finding, alsoKnownAs };
  }
}

function isOfBuildkit(id: string): boolean {
  return id.startsWith('buildkit:');
}

function* chosen(
  which: true | RegExp,
  findings: Iterable<Finding>,
  { text }: Dockerfile,
): Generator<Finding> {
  for (const finding of findings)
    if (which === true || which.test(text.slice(finding.at.start, finding.at.end))) yield finding;
}

/** Ours, then theirs as hints, without those that start in one of ours or around one. */
function* withHints(ours: Iterable<Finding>, theirs: Iterable<Finding>): Generator<Finding> {
  const told: Finding[] = [];
  for (const finding of ours) {
    told.push(finding);
    yield finding;
  }
  const ends = told.map(({ at }) => at).sort((a, b) => a.start - b.start);
  let next = 0;
  for (const finding of [...theirs].sort((a, b) => a.at.start - b.at.start)) {
    while ((ends[next]?.end ?? Infinity) < finding.at.start) next++;
    const isTold = (ends[next]?.start ?? Infinity) <= finding.at.end;
    if (!isTold) yield { ...finding, severity: 'hint' };
  }
}

/**
 * @param theirs what the other tool finds
 * @param ours what the rule itself finds
 */
function* withOurFixes(theirs: Iterable<Finding>, ours: Iterable<Finding>): Generator<Finding> {
  const byPlace = new Map<number, Finding>();
  for (const finding of ours) byPlace.set(finding.at.start, finding);
  for (const finding of theirs) {
    const { message, fix, alternatives, related, tag } = byPlace.get(finding.at.start) ?? finding;
    yield {
      ...finding,
      message,
      ...(fix && { fix }),
      ...(alternatives && { alternatives }),
      ...(related && { related }),
      ...(tag && { tag }),
    };
  }
}
