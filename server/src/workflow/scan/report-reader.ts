// Reads a scanner's report as it comes, entry by entry: a report may have fifty megabytes, and an editor waits for nobody.
import { object } from '../foreign-json';
import type { Json } from '../foreign-json';
import type { Reading } from '../run';
import { ListCutter } from './list-cutter';
import type { ListPath } from './list-cutter';
import type { Draft, ScanReport } from './report';

/** How a scanner writes its reports. */
export interface ReportForm {
  /** A field that every report has. */
  readonly field: { readonly name: string; readonly isList: boolean };
  /** The list with the vulnerabilities. */
  readonly list: ListPath;
  /** What an entry of the list says; nothing in it may be believed without a look. */
  entry(entry: Json, at: readonly number[]): readonly Draft[];
  /** @param root the report without the entries of its list */
  finish(root: Json, drafts: readonly Draft[]): ScanReport;
}

/** More of them are a fault of the scanner, and nobody reads them. */
const mostDrafts = 500_000;

/** Lists of an SBOM, which is told from a report by its keys alone. */
const lengthy: readonly ListPath[] = ['components', 'packages', 'artifacts', 'files', 'relationships'].map(
  (key) => [key],
);

/** Reads one report of one of several forms. */
export class ReportReader {
  readonly #forms: readonly ReportForm[];
  readonly #cutter: ListCutter;
  readonly #drafts = new Map<ReportForm, Draft[]>();
  #keys: readonly string[] = [];
  #count = 0;

  constructor(forms: readonly ReportForm[]) {
    this.#forms = forms;
    this.#cutter = new ListCutter([...forms.map(({ list }) => list), ...lengthy], (entry, at, path) =>
      this.#take(entry, at, path),
    );
  }

  /** @param text any part of the report */
  push(text: string): void {
    this.#cutter.push(text);
  }

  /** The keys of the text, as far as they are known at its end. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  end(): Reading<ScanReport> {
    const read = this.#cutter.end();
    if ('unreadable' in read) return read;
    const root = object(read.root);
    this.#keys = Object.keys(root);
    const form = this.#forms.find(({ field }) => isThere(root, field));
    if (!form) {
      const [one, ...more] = this.#forms.map(({ field }) => field.name);
      return {
        unreadable: more.length === 0 ? `${one ?? ''} is missing` : 'it is not the report of a known scanner',
      };
    }
    if (this.#count > mostDrafts) return { unreadable: `it has more than ${mostDrafts} entries` };
    return { value: form.finish(root, this.#drafts.get(form) ?? []) };
  }

  #take(entry: unknown, at: readonly number[], path: ListPath): void {
    const form = this.#forms.find(({ list }) => list === path);
    if (!form) return;
    const drafts = this.#drafts.get(form) ?? [];
    this.#drafts.set(form, drafts);
    for (const draft of form.entry(object(entry), at)) {
      this.#count += 1;
      if (this.#count <= mostDrafts) drafts.push(draft);
    }
  }
}

function isThere(root: Json, { name, isList }: ReportForm['field']): boolean {
  return isList ? Array.isArray(root[name]) : root[name] !== undefined;
}

/** For a report that is there as a whole. */
export function readReport(report: string, forms: readonly ReportForm[]): Reading<ScanReport> {
  const reader = new ReportReader(forms);
  reader.push(report);
  return reader.end();
}
