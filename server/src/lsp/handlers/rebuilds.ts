// Answers what a build runs again if a file changes. Reads Dockerfiles and their ignore files; builds nothing.
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isRecord } from '../../core/text/record';
import { readText } from '../../io/files/read-text';
import { placeChangedFiles } from '../../io/surroundings/changed-files';
import { dockerfilesAround } from '../../io/surroundings/dockerfiles-around';
import type { LineParams, Rebuilds, RebuildsParams } from '../../protocol/messages';
import { whatRebuilds, whatRebuildsWith } from '../../service/rebuilds';
import type { Context } from '../context';
import { listOf, shape, text } from '../shape';
import type { Shape } from '../shape';

/** In bytes. Nobody writes larger Dockerfiles. */
const largestDockerfile = 2_000_000;
/** More Dockerfiles than that are not looked at: the editor waits. */
const mostDockerfiles = 200;

const readFile = shape({ file: text });
const readBoth = shape({ file: text, dockerfiles: listOf(text) });

export const readRebuildsParams: Shape<RebuildsParams> = (value) =>
  isRecord(value) && value['dockerfiles'] !== undefined ? readBoth(value) : readFile(value);

export function rebuilds(
  context: Context,
  { file, dockerfiles }: RebuildsParams,
): readonly Rebuilds[] | null {
  const { session } = context;
  const path = session.pathOf(file);
  if (path === undefined) return null;
  const root = session.folderOf(path) ?? dirname(path);
  const uris = dockerfiles ?? dockerfilesAround(path, root).map((one) => pathToFileURL(one).href);
  return uris.slice(0, mostDockerfiles).flatMap((uri) => ofDockerfile(context, uri, path) ?? []);
}

/** @returns undefined if its context does not hold the file, or it cannot be read */
function ofDockerfile(
  { session, document, calls }: Context,
  uri: string,
  changed: string,
): Rebuilds | undefined {
  const path = session.pathOf(uri);
  if (path === undefined) return undefined;
  try {
    const source = document(uri)?.getText() ?? readText(path, largestDockerfile);
    if (source === undefined) return undefined;
    const root = session.folderOf(path);
    const placed = placeChangedFiles({ path, text: source, context: undefined, root }, [changed]);
    if ('problem' in placed) {
      calls.log(`${path}: ${placed.problem}`);
      return undefined;
    }
    if (placed.changed.length === 0) return undefined;
    const answer = whatRebuilds({ ...placed, text: source, target: undefined });
    return 'targets' in answer ? undefined : { dockerfile: uri, ...answer };
  } catch (error) {
    calls.log(`${path} could not be read: ${String(error)}`);
    return undefined;
  }
}

export async function rebuildsOfLine(
  { session }: Context,
  { textDocument, line }: LineParams,
): Promise<Rebuilds | null> {
  const analysis = await session.analysisForCommand(textDocument.uri);
  const answer = analysis && whatRebuildsWith(analysis.result.model, line);
  return answer ? { dockerfile: textDocument.uri, ...answer } : null;
}
