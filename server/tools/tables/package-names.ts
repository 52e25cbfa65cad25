// The packages that some suites of Debian have and others lack.

/**
 * The text of the table: for each set of suites that have a name, `SUITES:NAME,…`; the first line has all suites.
 * @param wanted the names to look at, and those like them with other numbers
 * @param former names that older suites had: they are in the table also if no index has them
 */
export function packNames(
  indexes: readonly { readonly suite: string; readonly text: string }[],
  wanted: ReadonlySet<string>,
  former: ReadonlySet<string>,
): string {
  const suites = [...new Set(indexes.map(({ suite }) => suite))];
  /** By suite and name, the packages that answer to it. */
  const known = new Map(suites.map((suite) => [suite, new Map<string, Set<string>>()]));
  for (const { suite, text } of indexes) readIndex(text, known.get(suite) ?? new Map<string, Set<string>>());
  const shapes = new Set([...wanted].map(shapeOf));
  const names = new Set([...known.values()].flatMap((answers) => [...answers.keys()]));
  const lines = new Map<string, string[]>();
  const asked = new Set([...[...names].filter((one) => shapes.has(shapeOf(one))), ...former]);
  for (const name of [...asked].sort()) {
    // apt installs the only package that provides a name, and refuses to choose between two.
    const having = suites.filter((suite) => {
      const answers = known.get(suite)?.get(name);
      return answers !== undefined && (answers.has(name) || answers.size === 1);
    });
    if (having.length === suites.length) continue;
    const key = having.join(' ');
    const line = lines.get(key);
    if (line) line.push(name);
    else lines.set(key, [name]);
  }
  return `${suites.join(' ')}\n${[...lines].map(([key, all]) => `${key}:${all.join(',')}`).join('\n')}\n`;
}

/** With each version as one sign: who installs gcc-9 today has gcc-12 tomorrow. */
function shapeOf(name: string): string {
  return name.replaceAll(/\d+(?:\.\d+)*/g, '#');
}

function readIndex(text: string, answers: Map<string, Set<string>>): void {
  const note = (name: string, by: string): void => {
    const known = answers.get(name);
    if (known) known.add(by);
    else answers.set(name, new Set([by]));
  };
  let own = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('Package: ')) note((own = line.slice(9)), own);
    else if (line.startsWith('Provides: '))
      for (const one of line.slice(10).split(',')) note(one.trim().replace(/[ (:].*$/, ''), own);
  }
}
