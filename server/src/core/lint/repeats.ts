// Many findings with one cause: the recommended profile says it once, with all places and one fix for them.
import { groupedBy } from '../text/groups';
import { listed } from '../text/listed';
import type { Model } from '../model/model';
import type { TextFile } from '../text/document';
import { lastNotAfter } from '../text/search';
import type { Config } from './config';
import { reachOf, takeApart } from './fix';
import { isQuiet } from './profiles';
import type { LintResult, Reported, ResolvedFix } from './run';

/** Lines that a message lists, and other places that a finding names. */
const mostLines = 3;
const mostPlaces = 20;

/** The result with one finding for all that a rule says of one cause. Takes linear time. */
export function withoutRepeats(result: LintResult, config: Config): LintResult {
  const groups = groupedBy(result.findings, (finding) =>
    finding.rule.once && isQuiet(config, finding.rule) ? causeOf(finding, result.model) : undefined,
  );
  const merged = new Map<Reported, Reported>();
  const gone = new Set<Reported>();
  for (const [first, ...others] of groups.values()) {
    if (others.length === 0) continue;
    merged.set(first, together(result.model.document, first, others));
    for (const other of others) gone.add(other);
  }
  if (gone.size === 0) return result;
  const findings = result.findings.flatMap((finding) =>
    gone.has(finding) ? [] : (merged.get(finding) ?? finding),
  );
  return { ...result, findings };
}

/**
 * Findings of one cause end in the same words, whatever they name. In one step, only those whose fixes may be trusted alike:
 * a fix for all is as good as its worst.
 */
function causeOf({ rule, severity, message, at, fix }: Reported, { file }: Model): string {
  const cause = [rule.id, severity, ...message.split(' ').slice(-3)].join(' ');
  if (rule.once !== 'in each step') return cause;
  const step = lastNotAfter(file.instructions, ({ span }) => span.start <= at.start);
  return [cause, step, fix?.safety].join(' ');
}

function together(document: TextFile, first: Reported, others: readonly Reported[]): Reported {
  const lines = [...new Set([first, ...others].map(({ at }) => document.lineAt(at.start) + 1))].slice(1);
  return {
    ...first,
    message: `${first.message}${alsoIn(lines)}`,
    fix: first.fix && fixOfAll(first.fix, others),
    related: [...first.related, ...others.slice(0, mostPlaces).map(({ at, message }) => ({ at, message }))],
  };
}

function alsoIn(lines: readonly number[]): string {
  const last = lines.at(-1);
  if (last === undefined) return '';
  if (lines.length === 1) return ` (also in line ${last})`;
  if (lines.length > mostLines) return ` (also in ${lines.length} more places)`;
  return ` (also in lines ${listed(lines.map(String), 'and')})`;
}

/** What fix-all would do in one round: the fixes that may be trusted as far as the first and do not touch each other. */
function fixOfAll(fix: ResolvedFix, others: readonly Reported[]): ResolvedFix {
  const like = others.flatMap((other) => (other.fix?.safety === fix.safety ? other.fix : []));
  const candidates = [fix, ...like].flatMap((one) => {
    const reach = one.files?.length || one.asks ? undefined : reachOf(one);
    return reach ? [{ fix: one, reach }] : [];
  });
  const chosen = takeApart(candidates).map((candidate) => candidate.fix);
  if (chosen.length < 2 || !chosen.includes(fix)) return fix;
  const reach = reachOf({ edits: candidates.map((candidate) => ({ ...candidate.reach, text: '' })) });
  return {
    ...fix,
    title: `${fix.title}, here and in ${chosen.length - 1} more ${chosen.length === 2 ? 'place' : 'places'}`,
    edits: chosen.flatMap(({ edits }) => edits).sort((a, b) => a.start - b.start || a.end - b.end),
    ...(reach && { reach }),
  };
}
