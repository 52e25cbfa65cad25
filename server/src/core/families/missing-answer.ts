// The body of the rules whose package manager waits for an answer: one short rule for each id that other tools have,
// so that each can be ignored alone. All that differs between the managers is in their table.
import { whenAsked } from '../analysis/packages/confirmations';
import type { WhenAsked } from '../analysis/packages/confirmations';
import type { Finding } from '../lint/finding';
import type { PackageCommand } from '../model/installs';
import { addArguments } from '../shell/edits';

const when: Readonly<Record<WhenAsked, string>> = {
  always: 'here',
  'if anything changes': 'if it finds anything to change',
  'if more changes': 'if more than the packages named must change',
};

/**
 * The finding for a command that nothing answers, with the option that would.
 * @param use one of `unanswered`
 */
export function missingAnswer(use: PackageCommand): Finding {
  const { command, manager, action, verb } = use;
  const [option] = manager.yes;
  const edit = option === undefined ? undefined : addArguments(command, verb, option);
  return {
    at: verb.span,
    message: `${command.program} asks for a confirmation ${when[whenAsked(use)]}, gets none, and the build ${manager.withoutAnswer}`,
    // Other tools look at installations alone.
    ...(action !== 'install' && { alsoKnownAs: [] }),
    ...(edit && { fix: { title: `Add ${option ?? ''}`, edits: [edit] } }),
  };
}
