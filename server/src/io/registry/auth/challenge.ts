// WWW-Authenticate (RFC 9110, 11.6.1). One line may hold several challenges, and commas separate both challenges
// and parameters; real registries send both forms (Codeberg: one line, others: several lines).

/** One challenge. Names of scheme and parameters are in lower case; a repeated parameter keeps its first value. */
export interface Challenge {
  readonly scheme: string;
  readonly params: ReadonlyMap<string, string>;
}

const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const blanks = /[ \t]*/y;
const separators = /[ \t,]*/y;
/** Unquoted values hold URLs in the wild, so they end only at a comma or blank. */
const bareValue = /[^\s,"][^\s,]*/y;
const quotedValue = /"((?:[^"\\]|\\.)*)"?/y;
const token68 = /[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y;

/**
 * Reads all challenges of all header lines, in order. Never throws; what it cannot read it skips.
 * Linear: each position is passed once.
 */
export function parseChallenges(lines: readonly string[]): Challenge[] {
  return lines.flatMap(parseLine);
}

function parseLine(line: string): Challenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(line) ?? undefined;
    if (match) at = pattern.lastIndex;
    return match;
  };
  while (at < line.length) {
    take(separators);
    const name = take(token)?.[0].toLowerCase();
    if (name === undefined) {
      at++;
      continue;
    }
    const afterName = at;
    take(blanks);
    if (line[at] === '=') {
      at++;
      take(blanks);
      const value = takeValue(take);
      const params = challenges.at(-1)?.params;
      if (params && !params.has(name)) params.set(name, value);
      continue;
    }
    challenges.push({ scheme: name, params: new Map() });
    // A credential-like word directly behind the scheme (`Negotiate YII=`) belongs to it, and we cannot use it.
    if (at > afterName && !startsParameter(line, at)) take(token68);
  }
  return challenges;
}

function takeValue(take: (pattern: RegExp) => RegExpExecArray | undefined): string {
  const quoted = take(quotedValue);
  if (quoted) return (quoted[1] ?? '').replace(/\\(.)/g, '$1');
  return take(bareValue)?.[0] ?? '';
}

/** Whether `name = value` stands here: then the word before was a scheme with parameters, not with a token68. */
function startsParameter(line: string, at: number): boolean {
  token.lastIndex = at;
  if (!token.test(line)) return false;
  blanks.lastIndex = token.lastIndex;
  blanks.test(line);
  const equals = blanks.lastIndex;
  if (line[equals] !== '=') return false;
  blanks.lastIndex = equals + 1;
  blanks.test(line);
  const next = line[blanks.lastIndex];
  return next !== undefined && next !== '=' && next !== ',';
}
