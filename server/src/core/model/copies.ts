// The sources and destination of each COPY and ADD. Follows dispatchCopy and pathRelativeToWorkingDir of BuildKit's
// dockerfile2llb. Whether a source exists is not known here.
import type { Heredoc, ImageReference, Instruction, Word } from '../syntax/nodes';
import { baseName, normalizePath, resolvePath } from '../text/paths';
import type { Span } from '../text/span';
import { imageOf } from './images';
import type { Stage, StageGraph } from './stages';
import { sourcesOf } from './stages';

/** A word of COPY or ADD, in either form. */
export interface CopyWord {
  /** Without quotes and escapes, with references as written. */
  readonly value: string;
  /** In JSON form with the quotes. */
  readonly span: Span;
  /** Whether the builder expands a variable in it. */
  readonly variable: boolean;
}

interface SourceParts extends CopyWord {
  /**
   * Relative to the root of its origin, without a leading slash, normalized and with variables expanded; empty for
   * everything. Undefined if a variable has no known value, and for URLs and repositories. For a heredoc its name.
   */
  readonly path: string | undefined;
  /** Whether the path is a pattern. */
  readonly glob: boolean;
  /**
   * Absolute path of the source in the image if it is a file; the entries of a folder go right into the destination.
   * Undefined if not known, and for a pattern.
   */
  readonly target: string | undefined;
}

/** `unknown`: a later build decides which stage is meant, or the builder refuses the value of --from. */
export type CopySource =
  | (SourceParts & { readonly kind: 'context' | 'url' | 'git' | 'unknown' })
  | (SourceParts & { readonly kind: 'stage'; readonly stage: Stage })
  | (SourceParts & { readonly kind: 'image'; readonly image: ImageReference })
  | (SourceParts & { readonly kind: 'heredoc'; readonly heredoc: Heredoc });

export interface CopyDestination extends CopyWord {
  /** Absolute path in the image; undefined if a variable or the working directory is not known. */
  readonly path: string | undefined;
  /**
   * Whether it is certainly a folder: a slash at its end, `.`, several sources, or the working directory itself. Any
   * other destination may be a folder of the image, which is not known here.
   */
  readonly isFolder: boolean;
}

export interface Copy {
  /** Under ONBUILD the trigger: then context and image belong to another build. */
  readonly instruction: Instruction;
  readonly keyword: 'COPY' | 'ADD';
  readonly onbuild: boolean;
  readonly stage: Stage | undefined;
  /** At least one. */
  readonly sources: readonly CopySource[];
  readonly destination: CopyDestination;
  /** Patterns of --exclude, in order. */
  readonly excludes: readonly string[];
  /** --parents: the folders of a source are created in the destination. */
  readonly parents: boolean;
  readonly link: boolean;
  readonly chown: Word | undefined;
  readonly chmod: Word | undefined;
}

/** The facts from the model that reading a COPY needs. */
export interface CopyContext {
  readonly graph: StageGraph;
  /** Expands a text with quotes, escapes and variables as the builder does; undefined if a value is not known. */
  expand(this: void, raw: string, at: Instruction): string | undefined;
  workdirAt(this: void, at: Instruction): string | undefined;
}

/** The words of a COPY or ADD by their role, not yet resolved. */
export interface CopyWords {
  readonly sources: readonly (CopyWord & { readonly raw: string; readonly heredoc: Heredoc | undefined })[];
  readonly destination: CopyWord & { readonly raw: string };
}

/** @returns undefined for other instructions, and if there are too few words for the builder */
export function copyWordsOf(instruction: Instruction): CopyWords | undefined {
  const { keyword, json, heredocs } = instruction;
  if (keyword !== 'COPY' && keyword !== 'ADD') return undefined;
  const operators =
    heredocs.length > 0
      ? new Map(heredocs.map((heredoc) => [heredoc.operator.span.start, heredoc]))
      : undefined;
  const all =
    json?.map(({ value, span }) => ({
      value,
      span,
      raw: value,
      variable: value.includes('$'),
      heredoc: undefined,
    })) ??
    // Only here: words are made when they are first read, and a RUN has many that nobody reads.
    instruction.words.map(({ value, span, raw, variables }) => ({
      value,
      span,
      raw,
      variable: variables.length > 0,
      heredoc: operators?.get(span.start),
    }));
  const destination = all.at(-1);
  return destination && all.length > 1 ? { sources: all.slice(0, -1), destination } : undefined;
}

/**
 * Reads the sources and the destination of a COPY or ADD.
 * @param instruction the trigger, under ONBUILD
 * @returns undefined for other instructions, and if there are too few words for the builder
 */
export function readCopy(instruction: Instruction, context: CopyContext): Copy | undefined {
  const words = copyWordsOf(instruction);
  if (!words) return undefined;
  const { flags } = instruction;
  const stage = context.graph.stageOfIndex[instruction.index];
  const parents = isOn(instruction, 'parents');
  const destination = destinationOf(words, instruction, stage, context);
  const origin = originOf(instruction, context.graph);
  return {
    instruction,
    keyword: instruction.keyword === 'ADD' ? 'ADD' : 'COPY',
    onbuild: instruction.onbuild,
    stage,
    sources: words.sources.map((word): CopySource => {
      const { value, span, variable, heredoc } = word;
      const text = heredoc?.name ?? context.expand(word.raw, instruction);
      const kind = heredoc
        ? 'heredoc'
        : (remoteKind(value) ?? (variable ? remoteKind(text ?? '') : undefined));
      const isRemote = kind === 'url' || kind === 'git';
      const path = text === undefined || isRemote ? undefined : normalizePath(`/${text}`).slice(1);
      const glob = !heredoc && path !== undefined && /[*?[]/.test(path);
      const name = kind === 'url' ? text && baseName(text.replace(/[?#].*$/, '')) : path;
      const target =
        glob || name === undefined ? undefined : targetOf(destination, name, parents ? text : undefined);
      const parts = { value, span, variable, path, glob, target };
      if (heredoc) return { kind: 'heredoc', heredoc, ...parts };
      if (kind && kind !== 'heredoc') return { kind, ...parts };
      if (origin.kind === 'stage') return { kind: 'stage', stage: origin.stage, ...parts };
      if (origin.kind === 'image') return { kind: 'image', image: origin.image, ...parts };
      return { kind: origin.kind, ...parts };
    }),
    destination,
    excludes: flags.filter(({ name }) => name === 'exclude').map(({ value }) => value?.value ?? ''),
    parents,
    link: isOn(instruction, 'link'),
    chown: flags.find(({ name }) => name === 'chown')?.value,
    chmod: flags.find(({ name }) => name === 'chmod')?.value,
  };
}

/** `--link` and `--link=true`. */
function isOn({ flags }: Instruction, wanted: string): boolean {
  const flag = flags.find(({ name }) => name === wanted);
  return flag !== undefined && !/^(?:false|0|f)$/i.test(flag.value?.value ?? '');
}

/** The kind of remote source that ADD fetches. COPY refuses these, but they do not name a file of the context there. */
function remoteKind(value: string): 'url' | 'git' | undefined {
  if (/^git@|^(?:git|ssh):\/\/|^https?:\/\/[^#?]*\.git\/?(?:[#?]|$)/i.test(value)) return 'git';
  return /^[a-z]+:\/\//i.test(value) ? 'url' : undefined;
}

type Origin =
  | { readonly kind: 'context' | 'unknown' }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'image'; readonly image: ImageReference };

/** The origin of sources that are neither a URL nor a heredoc. */
function originOf(instruction: Instruction, graph: StageGraph): Origin {
  if (!instruction.flags.some(({ name }) => name === 'from')) return { kind: 'context' };
  const source = sourcesOf(instruction).find(({ via }) => via === 'copy');
  if (!source) return { kind: 'unknown' };
  const stage = graph.stageNamed(source.name, true);
  if (stage) return { kind: 'stage', stage };
  const image = imageOf(source, graph)?.image;
  return image && !image.variable ? { kind: 'image', image } : { kind: 'unknown' };
}

function destinationOf(
  { sources, destination }: CopyWords,
  instruction: Instruction,
  stage: Stage | undefined,
  { expand, workdirAt }: CopyContext,
): CopyDestination {
  const { value, span, variable, raw } = destination;
  const text = expand(raw, instruction);
  const windows = stage?.base.distribution === 'windows';
  const workdir = workdirAt(instruction);
  const path = text === undefined ? undefined : resolvePath(workdir, text, windows);
  const isFolder =
    sources.length > 1 ||
    /(?:^|\/)\.{0,2}$/.test(text ?? value) ||
    (windows && value.endsWith('\\')) ||
    (path !== undefined && path === workdir);
  return { value, span, variable, path, isFolder };
}

/**
 * @param name path of the source, or the name of the fetched file
 * @param written the source as written, if --parents keeps its folders (only those after a `/./`)
 */
function targetOf(
  { path, isFolder }: CopyDestination,
  name: string,
  written: string | undefined,
): string | undefined {
  if (path === undefined) return undefined;
  if (written !== undefined) {
    const pivot = written.indexOf('/./');
    return resolvePath(path, pivot < 0 ? name : normalizePath(written.slice(pivot + 3)));
  }
  return isFolder ? resolvePath(path, baseName(name)) : path;
}
