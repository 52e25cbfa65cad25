// `drydock explain RULE`: the page of a rule on the terminal.
import { rulesByName } from '../../core/lint/config';
import { readRulePage } from '../../io/files/rule-pages';
import type { Rule } from '../../core/lint/rule';
import { namedRules } from '../../linter';
import type { Command, Ending } from '../command';
import { didYouMean } from '../../core/text/nearest';

const usage = `Usage: drydock explain RULE...

Prints the page of a rule: why it matters, examples, the fix, and how to silence it. RULE is an id
of Drydock, or one of another linter: DL3008, SC2086, buildkit:StageNameCasing, DS-0002.

Exit status: 0; 2 if there is no such rule.
`;

export const explain: Command = {
  usage,
  async run(words, terminal): Promise<Ending> {
    const [option] = words.filter((word) => word.startsWith('-'));
    if (option !== undefined) return { wrong: `explain knows no option ${option}` };
    if (words.length === 0) return { wrong: 'explain needs the id of a rule; drydock rules lists them' };
    const byName = rulesByName(namedRules);
    const unknown = words.find((word) => !byName.has(word));
    if (unknown !== undefined)
      return { wrong: `unknown rule ${unknown}${didYouMean(unknown, byName.keys())}` };
    const wanted = new Set(words.flatMap((word) => byName.get(word) ?? []));
    const pages = await Promise.all([...wanted].map(pageOf));
    if (pages.includes(undefined)) {
      terminal.complain('the pages of the rules are not beside this program');
      return 'unreadable';
    }
    terminal.print(pages.join('\n'));
    return 'clean';
  },
};

/** Of a rule of another tool: where its page is, and which rules of ours look for some of the same without that tool. */
function pageOf({ id, foreign, alsoKnownAs }: Rule): Promise<string | undefined> {
  if (!foreign) return readRulePage(id);
  const ours = alsoKnownAs.flatMap((name) =>
    name.startsWith('drydock:') ? name.slice('drydock:'.length) : [],
  );
  const without =
    ours.length > 0 ? `\nWithout ShellCheck, ${ours.join(' and ')} finds some of the same.\n` : '';
  return Promise.resolve(`# ${id}

A finding of ShellCheck, which checks the shell scripts in a file where it is installed. Its page:
${foreign.page}
${without}
Silence it with \`# drydock ignore=${id}\`, \`# hadolint ignore=${id}\` or \`# shellcheck disable=${id}\` above the
instruction, or with \`rules: { ${id}: off }\` in \`.drydock.yaml\`.
`);
}
