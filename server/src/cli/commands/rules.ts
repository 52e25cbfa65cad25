// `drydock rules`: every rule with what it finds, as a table or as data.
import { isInProfile, profiles } from '../../core/lint/profiles';
import type { Rule } from '../../core/lint/rule';
import { rules as allRules } from '../../linter';
import type { Command, Ending } from '../command';
import { listed } from '../../core/text/listed';
import { table } from '../help-text';
import { describeOptions, readOptions, textOrJson } from '../options';

const options = {
  format: textOrJson,
  profile: {
    type: 'string',
    form: '--profile NAME',
    does: `the rules of one profile:\n${listed(profiles)}`,
    values: profiles,
  },
} as const;

const usage = `Usage: drydock rules [options]

Lists the rules: what each finds, how severe that is, and how far its fix can be trusted.

Options
${describeOptions(options)}
Exit status: 0; 2 if the arguments cannot be understood.
`;

export const rules: Command = {
  usage,
  options,
  run(words, terminal): Ending {
    const given = readOptions(words, options);
    if ('wrong' in given) return given;
    if (given.words.length > 0)
      return { wrong: 'rules takes no words; drydock explain RULE tells about one rule' };
    const { format, profile } = given.values;
    const listedRules = allRules.filter((rule) => profile === undefined || isInProfile(rule, profile));
    terminal.print(
      format === 'json'
        ? `${JSON.stringify(listedRules.map(asData), undefined, 2)}\n`
        : table(listedRules.map((rule) => [rule.id, `${levelOf(rule).padEnd(9)}${rule.summary}`])),
    );
    return 'clean';
  },
};

/** Its severity; `off` if the default profile leaves it off. */
function levelOf({ enabled, severity }: Rule): string {
  return enabled === false ? 'off' : severity;
}

function asData(rule: Rule): object {
  return {
    id: rule.id,
    summary: rule.summary,
    category: rule.category,
    severity: rule.severity,
    fix: rule.fix,
    profiles: profiles.filter((profile) => isInProfile(rule, profile)),
    alsoKnownAs: rule.alsoKnownAs,
    options: Object.entries(rule.options ?? {}).map(([name, option]) => ({
      name,
      default: option.default,
      description: option.description,
      schema: option.schema,
    })),
  };
}
