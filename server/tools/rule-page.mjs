// One rule as a Markdown page for users.

const fixWords = {
  safe: 'yes, safe: the image stays the same',
  suggested: 'yes, suggested: look at what it changes',
  manual: 'yes, with a part to fill in',
  none: 'no',
};

/** @param {import('./rule-catalogue').CatalogueRule} rule */
export function rulePage(rule) {
  const aliases = rule.alsoKnownAs.map((id) => id.replace(':', ' ')).join(', ');
  const head = [
    `# ${rule.id}`,
    '',
    `${rule.summary}.`,
    '',
    `| Severity | On by default | Fix | Also known as |`,
    `| --- | --- | --- | --- |`,
    `| ${rule.severity} | ${rule.enabled === false ? 'no' : 'yes'} | ${fixWords[rule.fix]} | ${aliases || '–'} |`,
    '',
  ];
  const foot = [
    '',
    '## Silence it',
    '',
    `For one instruction: \`# drydock ignore=${rule.id}\` on the line above it. For the file: \`# drydock global ignore=${rule.id}\`.`,
    `For the project: \`rules: { ${rule.id}: off }\` in \`.drydock.yaml\`.`,
    '',
  ];
  return [...head, body(rule), ...foot].join('\n');
}

/** The comment with its blocks titled, marks dropped and the real messages below each bad example. */
function body(rule) {
  const lines = rule.comment.split('\n').filter((line) => !line.startsWith('@skip '));
  const out = [];
  let outcome = -1;
  let answered;
  let after;
  for (const line of lines) {
    const open = /^```(\w+)\s+(bad|good|fixed)\b(.*)$/.exec(line);
    if (open) {
      const [, language, kind, info] = open;
      const file = /file="([^"]*)"/.exec(info)?.[1];
      const files = /files="([^"]*)"/.exec(info)?.[1];
      const answers = /answers="([^"]*)"/.exec(info)?.[1];
      if (kind === 'bad') answered = answers?.split(', ').map((one) => one.slice(one.indexOf(' = ') + 3));
      const title = /alternative="([^"]*)"/.exec(info)?.[1];
      const severity = /severity="([^"]*)"/.exec(info)?.[1];
      const level = severity === undefined ? '' : `, with severity ${severity.replaceAll(' ', ' and ')}`;
      if (kind === 'bad') outcome += 1;
      const context = files ? ` (the build context holds ${files.split(' ').join(', ')})` : '';
      out.push(
        kind === 'bad'
          ? `Found${level}${context}:`
          : kind === 'good'
            ? `Not found${context}:`
            : file
              ? `The fix writes \`${file}\`:`
              : title
                ? `Or, with “${title}”:`
                : answered
                  ? `Fixed, when the registry answers ${answered.join(' and ')}:`
                  : 'Fixed:',
        '',
        '```' + language,
      );
      const messages = rule.outcomes[outcome]?.messages ?? [];
      after = kind === 'bad' ? messages.map((message) => `> ${message}`) : undefined;
      continue;
    }
    if (line === '```') {
      out.push(line, '');
      if (after?.length) out.push(...after.flatMap((message) => [message, '']));
      after = undefined;
      continue;
    }
    out.push(line.replaceAll(/[«»]/g, ''));
  }
  return out
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
