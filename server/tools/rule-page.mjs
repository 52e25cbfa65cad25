// Turns one rule into a Markdown page for users, and all rules into a table.

const effectWords = {
  identical: 'yes, safe: the image stays the same',
  config: 'yes, safe: only the configuration of the image changes, as said below',
  declared: 'yes, safe: only the step that it edits changes',
};

const fixWords = {
  suggested: 'yes, suggested: look at what it changes',
  manual: 'yes, with a part to fill in',
  none: 'no',
};

/** @param {import('./rule-catalogue').CatalogueRule} rule */
export function rulePage(rule) {
  const aliases = rule.alsoKnownAs.map((id) => id.replace(':', ' ')).join(', ');
  const head = [
    `# ${rule.id}`,
    `${rule.summary}.`,
    [
      `| Severity | On by default | Fix | Also known as |`,
      `| --- | --- | --- | --- |`,
      `| ${rule.severity} | ${onByDefault(rule)} | ${effectWords[rule.effect] ?? fixWords[rule.fix]} | ${aliases || '–'} |`,
    ].join('\n'),
  ];
  const foot = [
    '## Silence it',
    [
      `For one instruction: \`# drydock ignore=${rule.id}\` on the line above it. For the file: \`# drydock global ignore=${rule.id}\`.`,
      `For the project: \`rules: { ${rule.id}: off }\` in \`.drydock.yaml\`.`,
    ].join('\n'),
  ];
  const options = rule.optionLines.join('\n').trim();
  return paragraphs([
    ...head,
    ...body(rule.parts),
    ...rule.measured.map(measuredLine),
    ...(options === '' ? [] : [options]),
    ...foot,
  ]);
}

/** What a real build with the fix differs in. */
function measuredLine({ of, effect }) {
  const lines = of
    .split('\n')
    .filter((line) => !line.startsWith('FROM '))
    .map((line) => `\`${line}\``);
  return `**Built** without the fix and with it, ${lines.join(', ')}: ${effect}.`;
}

function onByDefault({ enabled, profiles = [] }) {
  if (enabled !== false) return 'yes';
  return profiles.length === 0 ? 'no' : `no; in the profile ${profiles.join(' and ')}`;
}

/** Markdown needs a blank line between any two of these. */
function paragraphs(texts) {
  return texts.join('\n\n') + '\n';
}

/** @param {readonly import('../src/patterns/fences').Part[]} parts @returns {string[]} paragraphs */
function body(parts) {
  return parts.flatMap((part, index) => {
    if (part.kind === 'prose') return [part.text.replaceAll(/[«»]/g, '').trim()];
    const label = labelOf(part);
    const above = parts[index - 1];
    // Several examples of what is left alone stand below one label.
    const isMore = part.role === 'good' && above?.kind === 'block' && labelOf(above) === label;
    const quote = [...new Set(part.quotes)].map((message) => `> ${message.replaceAll(/[\\*<]/g, '\\$&')}`);
    return [
      ...(isMore || label === '' ? [] : [label]),
      '```' + part.language + '\n' + part.text.replaceAll(/[«»]/g, '') + '```',
      ...(quote.length > 0 ? [quote.join('\n>\n')] : []),
    ];
  });
}

/** What a block shows, in words; empty for one that is part of the prose. */
function labelOf({ role, attributes }) {
  if (role === 'bad') {
    const severity = attributes.get('severity')?.split(' ').join(' and ');
    return `**Found**${severity ? ` with severity ${severity}` : ''}${circumstances(attributes)}:`;
  }
  if (role === 'good') return `**Not found**${circumstances(attributes)}:`;
  if (role !== 'fixed') return '';
  const file = attributes.get('file');
  const title = attributes.get('alternative');
  return file ? `**The fix writes** \`${file}\`:` : title ? `**Or**, with “${title}”:` : '**Fixed**:';
}

/** What the rule reads besides the file. */
function circumstances(attributes) {
  const options = attributes.get('options');
  const files = attributes.get('files')?.split(' ').filter(Boolean);
  const ignore = attributes.get('ignore')?.split(',');
  const executable = attributes.get('executable')?.split(' ').filter(Boolean);
  const lineEnds = attributes.get('gitattributes')?.split(',');
  const answers = attributes
    .get('answers')
    ?.split(', ')
    .map((one) => one.split(' = ')[1]);
  const known = [
    ...(options ? [`with ${codes([options])}`] : []),
    ...(files ? [`the build context holds ${codes(files)}`] : []),
    ...(attributes.get('texts') ?? '')
      .split(' | ')
      .filter(Boolean)
      .map(
        (one) => `\`${one.slice(0, one.indexOf(': '))}\` says ${codes([one.slice(one.indexOf(': ') + 2)])}`,
      ),
    ...(executable ? [`${executable.length > 0 ? codes(executable) : 'nothing'} may be executed`] : []),
    ...(lineEnds ? [`\`.gitattributes\` says ${codes(lineEnds)}`] : []),
    ...(answers ? [`the registry answers ${codes(answers)}`] : []),
    ...(ignore ? [`\`.dockerignore\` says ${codes(ignore)}`] : []),
  ];
  return known.length > 0 ? ` (${known.join('; ')})` : '';
}

function codes(words) {
  return words.map((word) => `\`${word}\``).join(', ');
}

const shortFixWords = { safe: 'safe', suggested: 'suggested', manual: 'to fill in', none: '–' };

/** The page with the table of all rules, beside their pages. @param {readonly import('./rule-catalogue').CatalogueRule[]} rules */
export function rulesTable(rules) {
  return paragraphs([
    '# Rules',
    [
      '“Off” rules run when they are switched on by name or all together. A finding can be milder than its rule: where a',
      'rule matters less, as in a stage that does not reach the image, it is a hint.',
    ].join('\n'),
    [
      '| Rule | What it finds | Severity | Fix |',
      '| --- | --- | --- | --- |',
      ...rules.map(
        ({ id, summary, severity, enabled, fix }) =>
          `| [${id}](${id}.md) | ${summary} | ${enabled === false ? `off (${severity})` : severity} | ${shortFixWords[fix]} |`,
      ),
    ].join('\n'),
  ]);
}
