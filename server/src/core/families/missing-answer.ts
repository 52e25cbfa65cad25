// The body of the rules whose package manager asks for confirmation. Other tools have one id for each, so there is
// one short rule for each, and each can be ignored alone. The table of package managers holds every difference.
import { whenAsked } from '../analysis/packages/confirmations';
import type { WhenAsked } from '../analysis/packages/confirmations';
import type { Finding } from '../lint/finding';
import type { PackageCommand } from '../model/installs';
import { addArguments } from '../shell/edits';

const when: Readonly<Record<WhenAsked, string>> = {
  always: '',
  'if anything changes': ' if anything changes',
  'if more changes': ' if other packages change too',
};

/**
 * The finding for a command that nobody answers, with the option that answers it.
 * @param use one of `unanswered`
 */
export function missingAnswer(use: PackageCommand): Finding {
  const { command, manager, action, verb } = use;
  const [option] = manager.yes;
  const edit = option === undefined ? undefined : addArguments(command, verb, option);
  return {
    at: verb.span,
    message: `${command.program} asks for confirmation${when[whenAsked(use)]}, and the build ${manager.withoutAnswer} without an answer`,
    // Other tools only look at installations.
    ...(action !== 'install' && { alsoKnownAs: [] }),
    ...(edit && { fix: { title: `Add ${option ?? ''}`, edits: [edit] } }),
  };
}
