// Which scanners this machine has, and the argument array each wants. No `vscode` here.
import type { Scanner } from '../../protocol';
import type { Builder, Probe } from '../find-tools';
import type { CommandLine } from '../../io/spawn-runner';
import { findProgram, isProgram, type Surroundings } from '../../io/find-program';
import { readScoutReport } from '../tools/docker-scout';
import { readGrypeReport } from '../tools/grype';
import type { ScanResult } from './report';
import { readTrivyReport } from '../tools/trivy';

export interface ScannerChoice {
  readonly scanner: 'auto' | Scanner;
  readonly paths: Readonly<Partial<Record<Scanner, string>>>;
}

export interface FoundScanner {
  readonly scanner: Scanner;
  /** Absolute path; of docker for Docker Scout. */
  readonly program: string;
}

/** In the order in which they are preferred. */
export const SCANNERS: readonly Scanner[] = ['trivy', 'grype', 'docker-scout'];

/** @returns the first scanner that is there */
export async function findScanner(
  choice: ScannerChoice,
  surroundings: Surroundings,
  probe: Probe,
): Promise<FoundScanner | undefined> {
  for (const scanner of choice.scanner === 'auto' ? SCANNERS : [choice.scanner]) {
    const configured = choice.paths[scanner];
    const name = scanner === 'docker-scout' ? 'docker' : scanner;
    const program = configured
      ? (await isProgram(configured))
        ? configured
        : undefined
      : await findProgram(name, surroundings);
    if (program === undefined) continue;
    if (scanner !== 'docker-scout' || (await probe(program, ['scout', 'version'])).code === 0) {
      return { scanner, program };
    }
  }
  return undefined;
}

/**
 * What to scan.
 * `docker`: an image in the store of the docker service. `archive`: a file as `docker save` writes it.
 * `reference`: an image by name, wherever it is found.
 */
export type Subject =
  | { readonly kind: 'docker'; readonly image: string }
  | { readonly kind: 'archive'; readonly file: string }
  | { readonly kind: 'reference'; readonly image: string };

export interface ScanCommand {
  readonly command: CommandLine;
  /** The report is written to this file instead of the standard output. */
  readonly reportFile?: string;
  /** @throws UnreadableReport */
  read(report: string): ScanResult;
}

/** @param scratch absolute path of an empty folder for the report */
export function scanCommand(
  { scanner, program }: FoundScanner,
  subject: Subject,
  scratch: string,
): ScanCommand {
  switch (scanner) {
    case 'trivy': {
      const source = {
        docker: (image: string) => ['--image-src=docker', image],
        archive: (file: string) => [`--input=${file}`],
        reference: (image: string) => [image],
      };
      const args = ['image', '--format=json', '--quiet', '--scanners=vuln', ...choose(source, subject)];
      return { command: { program, args, env: {} }, read: readTrivyReport };
    }
    case 'grype': {
      const source = {
        docker: (image: string) => [`docker:${image}`],
        archive: (file: string) => [`docker-archive:${file}`],
        reference: (image: string) => [image],
      };
      const args = ['--output=json', '--quiet', ...choose(source, subject)];
      return {
        command: { program, args, env: { GRYPE_CHECK_FOR_APP_UPDATE: 'false' } },
        read: readGrypeReport,
      };
    }
    case 'docker-scout': {
      const source = {
        docker: (image: string) => [`local://${image}`],
        archive: (file: string) => [`archive://${file}`],
        reference: (image: string) => [`image://${image}`],
      };
      // On the standard output the report is mixed with progress.
      const reportFile = `${scratch}/report.sarif.json`;
      const args = ['scout', 'cves', '--format=sarif', `--output=${reportFile}`, ...choose(source, subject)];
      return { command: { program, args, env: {} }, reportFile, read: readScoutReport };
    }
  }
}

function choose(
  source: Readonly<Record<Subject['kind'], (what: string) => string[]>>,
  subject: Subject,
): readonly string[] {
  return source[subject.kind](subject.kind === 'archive' ? subject.file : subject.image);
}

/** Writes an image out of the builder's own store, where no scanner can look. */
export function exportCommand(
  { engine, program }: Pick<Builder, 'engine' | 'program'>,
  image: string,
  file: string,
): CommandLine {
  const args = {
    docker: ['save', `--output=${file}`, image],
    podman: ['save', '--format=docker-archive', `--output=${file}`, image],
    buildah: ['push', image, `docker-archive:${file}`],
  };
  return { program, args: args[engine], env: {} };
}
