// pip with the Python of a distribution, and the environment that takes its place.
import { replace } from '../core/lint/rule';
import type { Edit, Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { startWithComments } from '../core/analysis/text/comment-lines';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { packageRelease } from '../core/analysis/packages/package-release';
import { addPackages } from '../core/fixes/add-package';
import { isSince, releaseTitle } from '../core/knowledge/images/releases';
import { packageName } from '../core/knowledge/packages/package-managers';
import type { Install } from '../core/model/installs';
import { addArguments, prependToCommand } from '../core/shell/edits';
import type { Command, ShellWord } from '../core/shell/types';
import { groupedBy } from '../core/text/groups';
import { once } from '../core/text/memo';

export interface SystemPip {
  readonly instruction: Instruction;
  readonly command: Command;
  /** `install`, or `ensurepip`. */
  readonly verb: ShellWord;
  /** The release, as in messages: `Debian 12`. */
  readonly system: string;
  /** The installation of pip or Python by the package manager of the distribution. */
  readonly python: Install;
  /** Whether the image is known, and not only the words of its tag. */
  readonly certain: boolean;
}

const managed = { debian: '12', ubuntu: '23.04', alpine: '3.19' };

/** The commands that install with the distribution's own pip, in order. */
export function* systemPipIn(model: Model): Generator<SystemPip> {
  for (const { command, verb } of candidates(model)) {
    const { instruction } = command;
    const stage = model.stageOf(instruction);
    // The tag of somebody's image may name the release, but nobody knows what else is in it.
    const release = stage && (stage.base.release ?? packageRelease(model, stage)?.release);
    if (!stage || !release || !isSince(release, managed) || ownPython.test(stage.base.name ?? '')) continue;
    const python = pythonBefore(model, stage, command, verb.value === 'ensurepip');
    if (!python || hasOtherPython(model, stage, command)) continue;
    const system = releaseTitle(release);
    yield { instruction, command, verb, system, python, certain: stage.base.release !== undefined };
  }
}

/** Images with a Python of their own. */
const ownPython = /^(?:python|pypy|hylang)$/;

function candidates(model: Model): readonly { command: Command; verb: ShellWord }[] {
  const installs = model.installs.filter(
    ({ manager, given, command: { args } }) =>
      manager.name === 'pip' &&
      !given.some(({ name }) => /^(?:-t|--(?:target|prefix|root|dry-run|python))$/.test(name)) &&
      !args.some(({ text }) => text.includes('break-system-packages')),
  );
  const ensures = model.commandsNamed('python', 'python3').flatMap((command) => {
    const verb = command.args.find(
      ({ value }, at) => value === 'ensurepip' && command.args[at - 1]?.value === '-m',
    );
    return verb ? [{ command, verb }] : [];
  });
  return [...installs, ...ensures]
    .filter(({ command: { name } }) => /^(?:\/usr\/bin\/)?[^/$]+$/.test(name.text))
    .sort((a, b) => a.command.span.start - b.command.span.start);
}

/** The installation that brings the distribution's pip, or the Python for `ensurepip`. */
function pythonBefore(
  model: Model,
  stage: Stage,
  { span }: Command,
  isEnsurepip: boolean,
): Install | undefined {
  const first = (isEnsurepip ? firstPython : firstPip)(model)(stage);
  return first && first.command.span.start < span.start ? first : undefined;
}

const firstPip = firstOf(/^(?:python3|py3?)-pip$/);
const firstPython = firstOf(/^python3?$/);

/** The first installation of a package in a stage and those below it. */
function firstOf(names: RegExp): (model: Model) => (stage: Stage) => Install | undefined {
  return once((model: Model) =>
    once(({ chain }: Stage) => {
      const found = chain.flatMap(
        (one) =>
          systemInstalls(model)
            .get(one)
            ?.find((install) => namesOf(install).some((name) => names.test(name))) ?? [],
      );
      // The stages below stand above in the file.
      return found.at(-1);
    }),
  );
}

const systemInstalls = once((model: Model) =>
  groupedBy(model.installs, ({ manager: { family }, command }) =>
    family === 'apt' || family === 'apk' ? model.stageOf(command.instruction) : undefined,
  ),
);

function namesOf({ manager, packages }: Install): readonly string[] {
  return packages.map(({ value }) => packageName(manager, value ?? ''));
}

/** Text that speaks of another Python, an environment, or a setting of pip. */
const otherPython =
  /venv|virtualenv|conda|mamba|pyenv|deadsnakes|activate|PIP_BREAK_SYSTEM_PACKAGES|(?<!pip-)EXTERNALLY-MANAGED|pip\.conf|pip3? config|Python-\d|--from=\S*python|\buv\b/i;

/** Where a stage first speaks of one: the offset behind it. */
const firstOtherPython = once((model: Model) =>
  once(({ span }: Stage): number => {
    // The package only makes an environment possible.
    const text = model.document
      .slice(span)
      .replaceAll(/\bpython3-(?:venv|virtualenv)\b/g, (name) => ' '.repeat(name.length))
      // What pip is to install does not help pip itself.
      .replaceAll(/\bpip3?[ \t]+install\b[^\n&;|]*/g, (words) => ' '.repeat(words.length));
    const match = otherPython.exec(text);
    return match ? span.start + match.index + match[0].length : Infinity;
  }),
);

function hasOtherPython(model: Model, { chain }: Stage, { instruction }: Command): boolean {
  return chain.some((stage) => firstOtherPython(model)(stage) <= instruction.span.end);
}

/** An environment in front of PATH, from the first use on. */
export function useVenv(model: Model, uses: readonly [SystemPip, ...SystemPip[]]): Fix | undefined {
  const [first] = uses;
  const { instruction, command, verb, python } = first;
  if (model.environmentAt(instruction).isRoot !== true) return undefined;
  if (uses.some(({ command: { name, editable } }) => !editable || name.value?.startsWith('/')))
    return undefined;
  const create = `python3 -m venv ${seesOthers(model, first) ? '--system-site-packages ' : ''}/opt/venv`;
  const trigger = instruction.onbuild ? `${keywordLike(model.file, 'ONBUILD')} ` : '';
  const path = `${trigger}${keywordLike(model.file, 'ENV')} PATH=/opt/venv/bin:$PATH`;
  const isEnsurepip = verb.value === 'ensurepip';
  const isApart = python.command.instruction !== instruction && !isEnsurepip;
  const above = startWithComments(model, instruction.span.start);
  const made = isApart
    ? undefined
    : isEnsurepip
      ? replace(command.span, create)
      : prependToCommand(model, command, create);
  if (!isApart && !made) return undefined;
  const edits = [
    ...addVenvPackage(model, first),
    model.document.insertLinesBefore(
      above,
      ...(isApart ? [`${trigger}${keywordLike(model.file, 'RUN')} ${create}`, path] : [path]),
    ),
    ...(made ? [made] : []),
  ];
  return {
    title: 'Install into a virtual environment',
    edits: edits.sort((a, b) => a.start - b.start),
  };
}

/** Whether the distribution's package manager also installs Python packages. */
function seesOthers(model: Model, { instruction }: SystemPip): boolean {
  const chain = model.stageOf(instruction)?.chain ?? [];
  return chain.some((stage) =>
    systemInstalls(model)
      .get(stage)
      ?.some((install) =>
        namesOf(install).some((name) =>
          /^(?:python3|py3)-(?!(?:pip|venv|virtualenv|dev|full|setuptools|wheel|distutils|minimal)$)/.test(
            name,
          ),
        ),
      ),
  );
}

/** Debian has the module in a package of its own. */
function addVenvPackage(model: Model, { python }: SystemPip): readonly Edit[] {
  const pip = python.packages.find(({ value }) => /^python3-pip/.test(value ?? ''));
  if (
    python.manager.family !== 'apt' ||
    !pip ||
    namesOf(python).some((name) => /^python3-(?:venv|full)$/.test(name))
  )
    return [];
  return addPackages(model, python, pip, ['python3-venv']);
}

/** The option that lets pip write into the distribution's folders. */
export function useOverride(uses: readonly SystemPip[]): Fix | undefined {
  const edits = uses.map(({ command, verb }) =>
    verb.value === 'ensurepip' ? undefined : addArguments(command, verb, '--break-system-packages'),
  );
  return edits.every((edit) => edit !== undefined)
    ? { title: 'Add --break-system-packages', edits }
    : undefined;
}
