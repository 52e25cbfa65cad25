// Finds out whether a package manager that asks for confirmation gets an answer without a terminal.
import { managerOfProgram } from '../knowledge/packages/package-managers';
import type { PackageManager } from '../knowledge/packages/package-managers';
import { printers, textWriters } from '../knowledge/programs/build-steps';
import type { Option } from '../shell/options';
import type { Command } from '../shell/types';

/**
 * Whether the words of the command, or its input, answer the question.
 * DEBIAN_FRONTEND=noninteractive does not: it silences debconf, not apt.
 * @param previous the command before it in the file
 */
export function isAnswered(
  command: Command,
  manager: PackageManager,
  given: readonly Option[],
  previous: Command | undefined,
): boolean {
  if (given.some(({ name }) => manager.yes.includes(name))) return true;
  // xargs reads the input itself, and gives its program none.
  const readsItself = !command.wrappers.some(({ program }) => program === 'xargs');
  if (readsItself && command.redirects.some(({ operator }) => operator.startsWith('<'))) return true;
  const index = command.pipeline?.index ?? 0;
  if (index > 0 && previous?.pipeline?.index === index - 1 && printers.has(previous.program)) return true;
  if (manager.family === 'apt') return aptAnswers(given);
  if (manager.family === 'rpm') {
    return given.some(
      ({ name, value }) =>
        name === '--assumeno' ||
        name === '--downloadonly' ||
        (name === '--setopt' && isYes(value, 'assumeyes')),
    );
  }
  return given.some(({ name }) => name === '--dry-run');
}

/** -qq means -y, as do two -q and -q=2 (apt-get(8)); simulations do not ask; -o may set what -y sets. */
function aptAnswers(given: readonly Option[]): boolean {
  let quiet = 0;
  for (const { name, value } of given) {
    if (name === '-q' || name === '--quiet') quiet += value === undefined ? 1 : Number(value) || 0;
    if (/^(?:-s|--simulate|--just-print|--dry-run|--recon|--no-act|--print-uris)$/.test(name)) return true;
    if ((name === '-o' || name === '--option') && isYes(value, 'APT::Get::Assume-Yes')) return true;
  }
  return quiet >= 2;
}

/** `KEY=yes`, in the spellings of apt and of ini files; names are case-insensitive. */
function isYes(text: string | undefined, key: string): boolean {
  const [name = '', value = ''] = (text ?? '').split('=');
  return (
    name.trim().toLowerCase() === key.toLowerCase() &&
    /^\s*["']?(?:true|yes|on|with|enable|1)["']?\s*$/i.test(value)
  );
}

/**
 * The family of managers for which a command configures "assume yes":
 * `echo 'APT::Get::Assume-Yes "true";' > /etc/apt/apt.conf.d/90yes`, `conda config --set always_yes yes`.
 */
export function configuresYes(command: Command): string | undefined {
  const { program, args, script } = command;
  if (managerOfProgram(program)?.family === 'conda') {
    const words = args.map(({ value }) => value ?? '');
    const at = words.indexOf('always_yes');
    return words[0] === 'config' && at > 0 && /^(?:true|yes|on|1)$/i.test(words[at + 1] ?? '')
      ? 'conda'
      : undefined;
  }
  if (!textWriters.has(program)) return undefined;
  const heredoc = command.redirects.some(({ operator }) => /^\d*<<-?$/.test(operator));
  const text = heredoc && script ? script.text : args.map((word) => word.value ?? word.text).join(' ');
  return configurationYes(text);
}

/** The family whose configuration in this text sets yes. */
function configurationYes(text: string): string | undefined {
  if (/\bAPT::Get::Assume-Yes\b["'\s=]+(?:true|yes|on|1)\b/i.test(text)) return 'apt';
  if (/\bassumeyes\s*=\s*(?:1|true|yes|on)\b/i.test(text)) return 'rpm';
  return undefined;
}
