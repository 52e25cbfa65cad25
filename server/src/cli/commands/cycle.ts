// `drydock cycle`: build, inspect, scan, tag, push and sign as one run that stops at the first gate that fails.
import { dirname, resolve } from 'node:path';
import { inWords } from '../../io/files/file-errors';
import { writeWhole } from '../../io/files/rewrite';
import { cycleFiles } from '../../io/images/cycle-files';
import { thisMachine } from '../../io/processes/machine';
import { cancelledAtEnd } from '../../io/processes/endings';
import { runCycle } from '../../workflow/cycle/cycle';
import type { CycleResult } from '../../workflow/cycle/cycle';
import { cycleJson, cycleMarkdown, resultLine, stepLine } from '../../workflow/cycle/cycle-report';
import type { CycleSubject } from '../../workflow/cycle/cycle-report';
import type { Machine } from '../../workflow/tool';
import { engines, scanners } from '../../workflow/tool-list';
import type { Command, Ending } from '../command';
import { explainFailure } from '../../service/explain-failure';
import { cycleSteps } from '../../workflow/cycle/cycle-plan';
import type { CyclePlan, Surroundings } from '../../workflow/cycle/steps';
import { english } from '../../workflow/translate';
import { planCycle } from '../cycle/plan';
import { runSigning } from '../release/sign-options';
import { projectFacts } from '../release/tag-options';
import { scanWith } from '../scan/scanning';
import type { ScanWish } from '../scan/scanning';
import { readState, statePath, writeState } from '../cycle/cycle-state';
import { describeOptions, readOptions, textOrJson } from '../options';
import type { Given } from '../options';
import type { Terminal } from '../terminal';
import { jsonText } from '../visible';

const options = {
  config: { type: 'string', form: '--config FILE', does: 'use the section cycle of this file' },
  version: {
    type: 'string',
    form: '--version 1.4.0',
    does: 'the version; without it, what the project says',
  },
  repository: {
    type: 'string',
    multiple: true,
    form: '--repository NAME',
    does: 'where to push, such as registry.example.com/team/app;\nrepeat it for each',
  },
  engine: {
    type: 'string',
    form: '--engine NAME',
    does: 'the engine that builds and pushes (default: the first\nthat is ready)',
    values: engines.filter(({ commands }) => commands.store).map(({ id }) => id),
  },
  scanner: {
    type: 'string',
    form: '--scanner NAME',
    does: 'the scanner to use (default: the first that is there)',
    values: scanners.map(({ id }) => id),
  },
  resume: {
    type: 'boolean',
    form: '--resume',
    does: 'skip the steps that passed in the last run with the same\ninput',
  },
  'dry-run': { type: 'boolean', form: '--dry-run', does: 'do nothing; print the steps' },
  report: { type: 'string', form: '--report FILE.md', does: 'write the report as Markdown into a file' },
  insecure: {
    type: 'boolean',
    form: '--insecure',
    does: 'also talk to a registry without a certificate that\nthis machine trusts; one on this machine needs none',
  },
  format: textOrJson,
} as const;

const usage = `Usage: drydock cycle [DOCKERFILE] [options]

Builds the image, inspects it, scans it, chooses its tags, pushes and signs it, and stops at the
first gate that fails: a build that fails, a HEALTHCHECK that got lost, an image that is too large
or outgrew its baseline, a vulnerability that is high or worse, a version that stands for another
image. Tags are the version and the commit, never latest alone.

What is built, and where it goes, stands in the section cycle of .drydock.yaml; the gate of the scan
in the section scan. A step says passed, failed, could not be done, skipped or not run, each with a
reason.

Options
${describeOptions(options)}
Exit status: 0 every step passed, or the project does not ask for it;
             1 a gate failed, and the steps behind it did not run;
             2 a step could not be done.
`;

/** @param today as `2026-12-31` */
export async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
  today = new Date().toISOString().slice(0, 10),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  if (given.words.length > 1) return { wrong: 'cycle takes one Dockerfile' };
  const { values } = given;
  return cancelledAtEnd((signal) => runWanted(given.words[0], values, today, { terminal, machine, signal }));
}

type Values = Given<typeof options>['values'];

interface Hands {
  readonly terminal: Terminal;
  readonly machine: Machine;
  readonly signal: AbortSignal;
}

async function runWanted(
  file: string | undefined,
  values: Values,
  today: string,
  { terminal, machine, signal }: Hands,
): Promise<Ending> {
  const planned = await planCycle(file, { ...values, today }, machine, signal);
  if ('problem' in planned) {
    terminal.complain(planned.problem);
    return 'undone';
  }
  const { plan, outlet, source } = planned;
  const surroundings: Surroundings = {
    outlet,
    machine,
    paths: {},
    files: cycleFiles,
    say: (text) => terminal.note(text),
    now: () => performance.now(),
    explain: (failure) => Promise.resolve(explainFailure(failure, source)),
    scan: (name, attempts) => scanWith(name, attempts, noWish(plan), machine, terminal),
    projectFacts: () => projectFacts({}, machine, outlet.folder),
    sign: (order) => runSigning(order, machine, terminal),
    t: english,
  };
  const path = statePath(
    [plan.choice.dockerfile, plan.choice.context, ...plan.repositories],
    machine.surroundings.env,
  );
  const result = await runCycle(cycleSteps(plan, surroundings), {
    kept: values.resume ? readState(path) : {},
    dryRun: values['dry-run'],
    onStart: (id) => terminal.note(`${id} …\n`),
    onEnd: (id, end) => {
      if (values.format === 'text') terminal.print(`${stepLine(id, end)}\n`);
    },
  });
  const subject = { file: plan.fileName, repositories: plan.repositories };
  const problem = keep(result, subject, path, values);
  terminal.print(values.format === 'json' ? jsonText(cycleJson(subject, result)) : `${resultLine(result)}\n`);
  if (problem !== undefined) {
    terminal.complain(problem);
    return 'undone';
  }
  return result.outcome === 'broken' ? 'undone' : result.outcome === 'stopped' ? 'gateFailed' : 'clean';
}

function noWish({ scanner }: CyclePlan): ScanWish {
  return { scanner, ignoreFile: undefined, vex: undefined };
}

/** @returns why something could not be written, without a full stop */
function keep(
  result: CycleResult,
  subject: CycleSubject,
  path: string,
  { report, 'dry-run': dryRun }: { readonly report: string | undefined; readonly 'dry-run': boolean },
): string | undefined {
  try {
    if (!dryRun) writeState(path, result.kept);
  } catch (error) {
    return `cannot keep the state for --resume in ${dirname(path)}: ${inWords(error)}`;
  }
  if (report === undefined) return undefined;
  try {
    writeWhole(resolve(report), `${cycleMarkdown(subject, result).join('\n')}\n`);
    return undefined;
  } catch (error) {
    return `cannot write ${report}: ${inWords(error)}`;
  }
}

export const cycle: Command = {
  usage,
  options,
  run: (words, terminal) => run(words, terminal),
};
