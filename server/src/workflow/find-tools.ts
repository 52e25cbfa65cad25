// Finds tools on this machine and asks for their versions.
import type { Answer } from './readers';
import { wholeAnswer } from './readers';
import type { Outcome, Program, Run } from './run';
import type { Engine, FoundTool, Machine, ProbeAnswer, Scanner, Tool } from './tool';

/** Ten seconds are enough for the cold start of a virtual machine's proxy. */
const probeLimit = { ms: 10_000, characters: 1_000_000 };

/** Absolute paths from the settings, by the tool's id. */
export type ToolPaths = Readonly<Partial<Record<string, string>>>;

/**
 * The engines that were found, those that are ready first.
 * @param wanted in the order of preference; one when the user has chosen
 * @param folder absolute path of the folder in which the programs are asked
 */
export async function findEngines(
  wanted: readonly Engine[],
  paths: ToolPaths,
  machine: Machine,
  folder: string,
): Promise<readonly FoundTool[]> {
  const asked = await Promise.all(wanted.map((tool) => findTool(tool, paths, machine, folder)));
  const found = asked.filter((one) => one !== undefined);
  return [...found.filter(isReady), ...found.filter((one) => !isReady(one))];
}

/** The first scanner that is there. The parameters are those of `findEngines`. */
export async function findScanner(
  wanted: readonly Scanner[],
  paths: ToolPaths,
  machine: Machine,
  folder: string,
): Promise<FoundTool | undefined> {
  for (const tool of wanted) {
    const found = await findTool(tool, paths, machine, folder);
    if (found) return found;
  }
  return undefined;
}

/** The tool on this machine, asked only as much as its use needs. Undefined if it is missing. */
export async function findTool(
  tool: Tool,
  paths: ToolPaths,
  machine: Machine,
  folder: string,
): Promise<FoundTool | undefined> {
  const program = await locateProgram(tool, paths, machine);
  if (program === undefined) return undefined;
  if (!tool.probe.decides) return { ...program, version: '', way: '' };
  return probeTool(tool, program, machine, folder);
}

/** A configured path replaces the search. */
export async function locateProgram(
  { id, programs }: Tool,
  paths: ToolPaths,
  machine: Machine,
): Promise<Program | undefined> {
  const configured = paths[id];
  if (configured) return (await machine.isProgram(configured)) ? { id, program: configured } : undefined;
  for (const name of programs) {
    const program = await machine.findProgram(name);
    if (program !== undefined) return { id, program };
  }
  return undefined;
}

/** Asks a tool all its questions. Undefined: its program exists, but the tool does not. */
export async function probeTool(
  tool: Tool,
  program: Program,
  { runner, surroundings }: Machine,
  folder: string,
): Promise<FoundTool | undefined> {
  const questions = Object.entries(tool.probe.ask(surroundings));
  const answers = await Promise.all(
    questions.map(async ([name, args]) => {
      const outcome = await runner.run(probeRun(program, args), { folder });
      return [name, toProbeAnswer(outcome)] as const;
    }),
  );
  const probed = tool.probe.read(Object.fromEntries(answers), surroundings);
  return probed && { ...program, ...probed };
}

function probeRun(tool: Program, args: readonly string[]): Run<Answer> {
  const reader = (): ReturnType<typeof wholeAnswer<Answer>> => wholeAnswer((value) => ({ value }));
  return { tool, args, env: {}, answer: 'output', limit: probeLimit, reader };
}

function toProbeAnswer(outcome: Outcome<Answer>): ProbeAnswer {
  if (outcome.kind !== 'done') return { exit: undefined, stdout: '', stderr: '', trouble: outcome };
  const { exit, stdout, stderr } = outcome.value;
  if (exit === 0) return outcome.value;
  // The reason comes first, advice after it. docker prints `null` for the service that it cannot reach.
  const lines = `${stderr}\n${stdout}`.split('\n').map((line) => line.trim());
  const said = (lines.find((line) => line !== '' && line !== 'null') ?? '').slice(0, 300);
  return { ...outcome.value, trouble: { kind: 'failed', exit, said } };
}

function isReady({ trouble }: FoundTool): boolean {
  return trouble === undefined;
}
