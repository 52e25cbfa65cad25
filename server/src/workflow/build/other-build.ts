// Building from other files than a Dockerfile: which tool a file belongs to, and what the tool is told. The tools' rows
// have the commands; here is what they share.
import { partsOf } from '../checked-arguments';
import type { BuildLabel, FilePath, FolderPath, ImageName, PlatformName } from '../checked-arguments';
import type { Printed, Program, Reader, Run } from '../run';
import type { Translate } from '../translate';

/** What was chosen for a build. */
export interface OtherOrder {
  readonly file: FilePath;
  /** The one that holds the file; the tool starts in it. */
  readonly folder: FolderPath;
  /** What stands in the file. */
  readonly text: string;
  readonly tag: ImageName;
  /** Send the image to its registry; without it, it stays on this machine. */
  readonly push: boolean;
  /** Empty: those that the file or the tool says. */
  readonly platforms: readonly PlatformName[];
  /** The part of the file to build, as the tool names parts: a package of Go, a target of Bazel, an output of a flake. */
  readonly target?: BuildLabel;
  /** Where an archive goes, for tools that have no other place. */
  readonly archive: FilePath;
  readonly moreArguments: readonly string[];
}

/**
 * Where the image is afterwards. `archive`: in a file that `docker load` reads. `docker`: in the store of docker. `link`: the
 * tool made a link to an archive, or to a script that prints one.
 */
export type OtherResult =
  | { readonly kind: 'registry' }
  | { readonly kind: 'docker' }
  | { readonly kind: 'archive'; readonly file: string }
  | { readonly kind: 'link'; readonly file: string };

/** `problem`: why the tool cannot build what was chosen, and what would, without a full stop. */
export type OtherBuild =
  { readonly run: Run<undefined, Printed>; readonly result: OtherResult } | { readonly problem: string };

export interface OtherBuildCommands {
  /** Its files, for people: `apko.yaml`. */
  readonly files: readonly string[];
  /** What such a file must hold to be about an image, for people; empty if every one is. */
  readonly needs: string;
  /** @param text of a file with one of these names, which other tools may use as well */
  fits(text: string): boolean;
  build(found: Program, order: OtherOrder): OtherBuild;
}

/** A build takes as long as it takes; what it prints is for people. */
export function otherRun(
  { id, program }: Program,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Run<undefined, Printed> {
  const limit = { ms: Infinity, characters: 100_000_000 };
  return { tool: { id, program }, args, env, answer: 'output', limit, reader: readOther };
}

/** Tells everything that is printed. Some of these tools say on standard output why they failed. */
function readOther(): Reader<undefined, Printed> {
  let tail = '';
  return {
    push: (text, stream) => {
      tail = (tail + text).slice(-4000);
      return [{ kind: 'printed', text, stream }];
    },
    end: (exit) =>
      exit === 0 ? { value: undefined } : { unreadable: `exit status ${exit ?? 'unknown'}`, said: tail },
  };
}

/** The parts of a name for tools that take them apart; a tag that is missing is `dev`, never `latest`. */
export function nameAndTag(image: ImageName): { readonly repository: string; readonly tag: string } {
  const { repository, tag } = partsOf(image);
  return { repository, tag: tag ?? 'dev' };
}

/** For tools whose platforms stand in the file. */
export function refusePlatforms(title: string, { platforms }: OtherOrder): string | undefined {
  return platforms.length === 0 ? undefined : `${title} takes no --platform: its platforms stand in the file`;
}

/** Where the image is now, and how to get on, for the end of a sentence that begins with its name. */
export function resultText(result: OtherResult, t: Translate): string {
  switch (result.kind) {
    case 'registry':
      return t('is in its registry');
    case 'docker':
      return t('is in the store of docker');
    case 'archive':
      return t('is in {0}. Load it with docker load, or look into it with drydock inspect', result.file);
    case 'link':
      return t(
        'is behind {0}. If that is an archive: docker load <result; if it is a script: ./result | docker load',
        result.file,
      );
  }
}
