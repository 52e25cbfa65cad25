// Relations between packages in the notation of Debian, which stands for those of apk and rpm too: groups with commas
// between, alternatives with `|`, and a version in parentheses.
import { satisfies } from './versions';
import type { Operator, VersionScheme } from './versions';

export interface Relation {
  readonly name: string;
  /** Undefined: any version. */
  readonly operator: Operator | undefined;
  readonly version: string;
}

/** Alternatives, the preferred one first. */
export type Group = readonly Relation[];

/** @param text `libc6 (>= 2.34), debconf (>= 0.5) | debconf-2.0, libgcc-s1:any` */
export function parseGroups(text: string): readonly Group[] {
  if (text === '') return [];
  return text.split(',').flatMap((group) => {
    const alternatives = group.split('|').flatMap((one) => parseRelation(one) ?? []);
    return alternatives.length > 0 ? [alternatives] : [];
  });
}

/** @returns undefined for text that names nothing */
function parseRelation(text: string): Relation | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const open = trimmed.indexOf(' (');
  const named = open < 0 ? trimmed : trimmed.slice(0, open);
  // `python3:any`; `so:libc.musl` keeps its colon.
  const name = named.replace(/:(?:any|native)$/, '');
  if (open < 0) return { name, operator: undefined, version: '' };
  const inside = trimmed.slice(open + 2, -1);
  const [, sign = '', version = ''] = /^(<<|<=|>=|>>|=|<|>|~)\s*(.*)$/.exec(inside) ?? [];
  return { name, operator: operatorOf(sign), version };
}

function operatorOf(sign: string): Operator | undefined {
  switch (sign) {
    case '':
      return undefined;
    // As old as dpkg: it means "or the same".
    case '<':
      return '<=';
    case '>':
      return '>=';
    default:
      return sign as Operator;
  }
}

/** @param version undefined: a name that is provided without a version, which satisfies no relation to one */
export function holds(
  scheme: VersionScheme,
  { operator, version: wanted }: Relation,
  version: string | undefined,
): boolean {
  if (operator === undefined) return true;
  return version !== undefined && satisfies(scheme, version, operator, wanted);
}
