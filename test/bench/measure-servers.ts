// Language servers side by side: the same files, the same edits, in turns, so that what else the machine does
// hits all of them.
import { generateDockerfile } from './generate-dockerfile';
import { MeasuredServer } from './language-server';
import type { Edit, ServerCommand } from './language-server';
import { median, quantile } from './statistics';

export interface ServerFigures {
  readonly server: string;
  readonly lines: number;
  /** Milliseconds, as all times here. */
  readonly start: number;
  readonly open: number;
  readonly editP50: number;
  readonly editP95: number;
  /** NaN where there was no diagnostic to ask for. */
  readonly actionP50: number;
  readonly actionP95: number;
  /** MiB; undefined where the system does not tell. */
  readonly memory: number | undefined;
  readonly diagnostics: number;
  /** Diagnostics with a code action, of those asked for. */
  readonly actionable: string;
}

interface Round {
  readonly start: number;
  readonly open: number;
  readonly edits: readonly number[];
  readonly actions: readonly number[];
  readonly memory: number | undefined;
  readonly diagnostics: number;
  readonly actionable: string;
}

/** Single characters typed and deleted again at the ends of lines all over the file. */
function typing(text: string, count: number): Edit[] {
  const lines = text.split('\n');
  // Nobody types behind a continuation, and a letter behind a heredoc's last word would swallow the rest.
  const places = lines.flatMap((content, line) =>
    /^\s*[A-Za-z].*[a-z0-9/]$/.test(content) && content !== 'EOF'
      ? [{ line, character: content.length }]
      : [],
  );
  return Array.from({ length: count }, (_, i): Edit => {
    const place = places[Math.floor(((i >> 1) * places.length) / Math.ceil(count / 2)) % places.length] ?? {
      line: 0,
      character: 0,
    };
    return { ...place, remove: i % 2, insert: i % 2 === 0 ? 'x' : '' };
  });
}

async function measure(command: ServerCommand, text: string, edits: readonly Edit[]): Promise<Round> {
  const server = await MeasuredServer.start(command);
  try {
    const { time: open, diagnostics: first } = await server.open(text);
    let diagnostics = first;
    const times: number[] = [];
    for (const edit of edits) {
      const answer = await server.edit(edit);
      times.push(answer.time);
      diagnostics = answer.diagnostics;
    }
    const step = Math.max(1, diagnostics.length / 100);
    const actions: number[] = [];
    let actionable = 0;
    for (let i = 0; i < diagnostics.length; i += step) {
      const diagnostic = diagnostics[Math.floor(i)];
      if (!diagnostic) break;
      const { time, count } = await server.codeActions(diagnostic);
      actions.push(time);
      if (count > 0) actionable += 1;
    }
    return {
      start: server.started,
      open,
      edits: times,
      actions,
      memory: server.peakMemory(),
      diagnostics: first.length,
      actionable: `${actionable} of ${actions.length}`,
    };
  } finally {
    server.stop();
  }
}

/**
 * @param rounds how often each server runs at each length
 * @param progress takes lines to show while it runs
 */
export async function measureServers(
  commands: readonly ServerCommand[],
  lengths: readonly number[],
  options: { readonly edits: number; readonly rounds: number; readonly progress: (line: string) => void },
): Promise<ServerFigures[]> {
  const figures: ServerFigures[] = [];
  for (const lines of lengths) {
    const text = generateDockerfile(lines);
    const edits = typing(text, options.edits);
    const rounds = new Map<ServerCommand, Round[]>(commands.map((command) => [command, []]));
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const command of commands) {
        options.progress(`${lines} lines, round ${round} of ${options.rounds}: ${command.name}`);
        rounds.get(command)?.push(await measure(command, text, edits));
      }
    }
    for (const [{ name }, all] of rounds) {
      const [one] = all;
      if (!one) continue;
      const over = (value: (round: Round) => number): number => median(all.map(value));
      const memory = all.flatMap((round) => round.memory ?? []);
      figures.push({
        server: name,
        lines,
        start: over(({ start }) => start),
        open: over(({ open }) => open),
        editP50: over((round) => quantile(round.edits, 0.5)),
        editP95: over((round) => quantile(round.edits, 0.95)),
        actionP50: over(({ actions }) => quantile(actions, 0.5)),
        actionP95: over(({ actions }) => quantile(actions, 0.95)),
        memory: memory.length > 0 ? median(memory) : undefined,
        diagnostics: one.diagnostics,
        actionable: one.actionable,
      });
    }
  }
  return figures;
}
