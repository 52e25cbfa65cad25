// What the line says with which a builder ends: its own reason, the exit code, and the command that it repeats.
import type { FailedStep } from './failure';

export interface Reason {
  /** Without the builder's prefixes; empty when the reason is the exit code alone. */
  readonly message: string;
  readonly exitCode?: number;
  /** The command as the builder repeats it, with its shell, perhaps cut at its start. */
  readonly command?: string;
}

/** Words of builders, and of those who call them, in front of a reason. */
const prefixes =
  /^(?:(?:ERROR|Error|error):? (?!during connect)|failed to build: |failed to solve(?: with frontend \S+)?: |failed to create LLB definition: |failed to compute cache key: |rpc error: code = \w+ desc = |(?:Error )?response from daemon: |Error response from daemon: |Build error: |building at STEP |buildx failed with: |buildx bake failed with: |build failed: |Build failed: |Service '[^']{0,200}' failed to build ?: |target [\w./-]{1,200}: |(?:error )?building (?:image|stage): |error checking context: |failed to build image: |Error parsing dockerfile: )/;

export function withoutPrefixes(line: string, step?: FailedStep): string {
  let message = line;
  for (let before = ''; before !== message;) {
    before = message;
    message = message.replace(prefixes, '');
    // buildah and podman quote the instruction, which may hold quotes and colons itself.
    const quoted = step && `"${step.text}": `;
    if (quoted && message.startsWith(quoted)) message = message.slice(quoted.length);
    else if (/^"[A-Z]+ /.test(message))
      message = message.slice(message.lastIndexOf('": ') + 1).replace(/^: /, '');
  }
  return message;
}

/** Ends of steps: with the command, where it is repeated, and the exit code. */
const endings: readonly RegExp[] = [
  /^process "(.*)" did not complete successfully: exit code: (\d+)/,
  /^executor failed running \[(.*)\]: exit code: (\d+)/,
  /^The command '(.*)' returned a non-zero code: (\d+)$/,
  // The log begins in the middle of the command.
  /^(.*)' returned a non-zero code: (\d+)$/,
  /^(.*)" did not complete successfully: exit code: (\d+)$/,
  /^()(?:while running runtime: )?exit status (\d+)$/,
  /^()failed to execute command: waiting for process to exit: exit status (\d+)$/,
];

/** What only a builder says, once its prefixes are gone. */
const builderSays =
  /^(?:(?:COPY|ADD) failed: |process "|executor failed running \[|The command '|dockerfile parse error|Dockerfile parse error|the Dockerfile \(|no build stage in current context|No build stage in current context|invalid reference format|manifest for \S+ not found|pull access denied|unable to prepare context|Cannot connect to the Docker daemon|Get "?https?:|error during connect|toomanyrequests: |no matching manifest for |No image was generated|unauthorized: |denied: |failed to process "|OCI runtime create failed|failed to register layer|invalid from flag value |failed to parse platform|[Ff]orbidden path outside the build context|failed to export image|When using (?:COPY|ADD) with more than one source file|failed to execute command: |failed to read dockerfile|failed to calculate checksum|cannot normalize nothing|failed to dial gRPC|failed to resolve source metadata|failed to fetch (?:anonymous|oauth) token)/;

/**
 * Whether only a builder ends like this. A command inside the build may print the same; the last one counts.
 * @param line without colours
 */
export function isEnd(line: string): boolean {
  return (
    /^(?:(?:ERROR|Error|error):? )?(?:building at STEP "|failed to solve\b|failed to build: )/.test(line) ||
    /(?:' returned a non-zero code|" did not complete successfully: exit code): \d+$/.test(line) ||
    builderSays.test(withoutPrefixes(line))
  );
}

/** Lines that may be the builder's, or those of any program in the build. */
export function mayBeEnd(line: string): boolean {
  return /^(?:ERROR|Error|error):? /.test(line);
}

/** @param error the last such line */
export function reason(error: string, step: FailedStep | undefined): Reason {
  const message = withoutPrefixes(error, step);
  for (const ending of endings) {
    const [, command = '', code] = ending.exec(message) ?? [];
    if (code === undefined) continue;
    const exitCode = Number(code);
    if (command === '') return { message: '', exitCode };
    return { message: '', exitCode, command: /^process "/.test(message) ? unquoted(command) : command };
  }
  return { message: message.replace(/ &imagebuilder\.Step\{.*$/, '').slice(0, 1000) };
}

/** As Go quotes a text. */
function unquoted(text: string): string {
  const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
  return text.replace(/\\(.)/g, (_, letter: string) => letters[letter] ?? letter);
}
