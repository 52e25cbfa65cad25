// The run that every scanner has: a report as its answer, and what it prints beside it for the log.
import { answerWithNotes } from '../readers';
import type { Printed, Program, Reading, Run } from '../run';
import type { ScanReport } from './report';
import { scanProblem } from './scan-problem';

/** In characters. Nobody acts on a longer report. */
const reportLimit = 200_000_000;

/** @param read never throws */
export function scanRun(
  { id, program }: Program,
  args: readonly string[],
  read: (report: string) => Reading<ScanReport>,
  env: Readonly<Record<string, string>> = {},
): Run<ScanReport, Printed> {
  return {
    tool: { id, program },
    args,
    env,
    answer: 'output',
    // How long a scan takes depends on the image and on the scanner's own database.
    limit: { ms: Infinity, characters: reportLimit },
    reader: () =>
      answerWithNotes(({ stdout, stderr }) => {
        const reading = read(stdout);
        if ('value' in reading) return reading;
        // Without its database a scanner complains about the image, too.
        const said = stderr.split('\n').find((line) => scanProblem(line) === 'noDatabase');
        return said === undefined ? reading : { ...reading, said };
      }),
  };
}
