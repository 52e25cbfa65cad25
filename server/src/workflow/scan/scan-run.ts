// The run that every scanner has: a report as its answer, and what it prints beside it for the log.
import type { Printed, Program, Reader, Run } from '../run';
import type { ScanReport } from './report';
import { ReportReader } from './report-reader';
import type { ReportForm } from './report-reader';
import { scanProblem } from './scan-problem';

/** In characters. Nobody acts on a longer report. */
const reportLimit = 200_000_000;

/** In characters; of a longer line the end is not looked at. */
const lineLimit = 10_000;

export function scanRun(
  { id, program }: Program,
  args: readonly string[],
  form: ReportForm,
  env: Readonly<Record<string, string>> = {},
): Run<ScanReport, Printed> {
  return {
    tool: { id, program },
    args,
    env,
    answer: 'output',
    // How long a scan takes depends on the image and on the scanner's own database.
    limit: { ms: Infinity, characters: reportLimit },
    reader: () => scanReader(form),
  };
}

function scanReader(form: ReportForm): Reader<ScanReport, Printed> {
  const report = new ReportReader([form]);
  let line = '';
  // Without its database a scanner complains about the image, too.
  let noDatabase: string | undefined;
  const lookAt = (text: string): void => {
    const lines = (line + text).split('\n');
    line = (lines.pop() ?? '').slice(0, lineLimit);
    noDatabase ??= lines.find((one) => scanProblem(one) === 'noDatabase');
  };
  return {
    push: (text, stream) => {
      if (stream === 'stdout') {
        report.push(text);
        return [];
      }
      lookAt(text);
      return [{ kind: 'printed', text, stream }];
    },
    end: () => {
      lookAt('\n');
      const reading = report.end();
      return 'value' in reading || noDatabase === undefined ? reading : { ...reading, said: noDatabase };
    },
  };
}
