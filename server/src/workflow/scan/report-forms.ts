// The forms of all reports that are read from a file: those of the scanners, and our own.
import { scoutReport } from '../tools/docker-scout';
import { grypeReport } from '../tools/grype';
import { trivyReport } from '../tools/trivy';
import { ownReport } from './findings-json';
import type { ReportForm } from './report-reader';

/** Our own first: the others are known by less. */
export const reportForms: readonly ReportForm[] = [ownReport, trivyReport, grypeReport, scoutReport];
