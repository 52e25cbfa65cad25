// Completion of the sources of COPY, ADD and bind mounts: paths of the build context, and of other stages.
import { contextEntries, lookUp } from '../analysis/context/context-paths';
import type { Instruction } from '../syntax/nodes';
import { normalizePath } from '../text/paths';
import type { Span } from '../text/span';
import { escapeSnippet, inOrder, proposal } from './proposal';
import type { Proposal } from './proposal';
import type { Subject } from './subject';

/** A folder with more entries is no help as a list. */
const mostEntries = 500;

/**
 * Where a path stands: as the only word of COPY and ADD or one of several, as a text of their JSON form, or as the value of
 * an option of a mount.
 */
type PathForm = 'only' | 'word' | 'json' | 'option';

/** Names with these signs would be cut, expanded, or taken for a pattern. */
const unwritable: Readonly<Record<PathForm, RegExp>> = {
  only: /[*?[\]$"'`\\\p{Cc}]/u,
  word: /[\s*?[\]$"'`\\]/,
  json: /[*?[\]$"'`\\\p{Cc}]/u,
  option: /[\s,$"'`\\]/,
};

/**
 * What a build is sent of the folder that the cursor is in. Each proposal replaces the last part of the path.
 * @param token the whole path @param prefix its part before the cursor
 */
export function contextPathItems(
  { context, model }: Subject,
  { token, prefix, form }: { readonly token: Span; readonly prefix: string; readonly form: PathForm },
): Proposal[] {
  // Files whose escape character is a backtick write paths of Windows.
  const isWord = form === 'word' || form === 'only';
  const path = model.file.escape === '`' && isWord ? prefix.replaceAll('\\', '/') : prefix;
  const slash = path.lastIndexOf('/');
  const above = path.slice(0, slash + 1);
  // A pattern or a variable stands for folders that nobody knows.
  if (!context || /[*?[\]$"'\\]/.test(path)) return [];
  const folder = normalizePath(`/${above}`).slice(1);
  const replaces = { start: token.start + slash + 1, end: token.end };
  return (contextEntries(context, folder) ?? [])
    .filter(({ name }) => !unwritable[form].test(name))
    .slice(0, mostEntries)
    .map(({ name, kind }, index) => {
      const label = kind === 'folder' ? `${name}/` : name;
      const more = { order: inOrder(index) };
      // Only the JSON form holds a blank.
      if (form === 'only' && /\s/.test(name))
        return {
          ...proposal(token, label, `["${above}${label}", ""]`, kind, more),
          filter: above + label,
          snippet: { label, text: `["${escapeSnippet(above + label)}", "$1"]` },
          needsSnippet: true,
        };
      // A flag, a comment or a here-document otherwise.
      const lead = isWord && above === '' && /^(?:--|#|\d*<<)/.test(name) ? './' : '';
      return proposal(replaces, label, lead + label, kind, more);
    });
}

/**
 * What the file tells of a stage's files: what it copies there, what its commands write with `-o`, its folders.
 * @param origin the value of `from`
 */
export function stagePathItems(
  { model, context }: Subject,
  instruction: Instruction,
  origin: string,
  { token, prefix }: { readonly token: Span; readonly prefix: string },
): Proposal[] {
  const stage = model.stageNamed(origin, instruction);
  if (!stage || !/^(?:$|\/)/.test(prefix)) return [];
  const stages = new Set(stage.chain);
  const found = new Map<string, 'file' | 'folder'>();
  const isThere = (one: Instruction): boolean => {
    const where = model.stageOf(one);
    return where !== undefined && stages.has(where) && one.span.start < instruction.span.start;
  };
  for (const { program, args, instruction: run } of model.commands) {
    if (program === '' || run.keyword !== 'RUN' || !isThere(run)) continue;
    args.forEach(({ value }, index) => {
      if (value?.startsWith('/') === true && /^(?:-o|--output)$/.test(args[index - 1]?.value ?? ''))
        found.set(value, value.endsWith('/') ? 'folder' : 'file');
    });
  }
  for (const { sources, destination, instruction: copy, onbuild } of model.copies) {
    if (onbuild || !isThere(copy)) continue;
    for (const { target, path, kind, value } of sources) {
      const isFolder =
        value.endsWith('/') ||
        (kind === 'context' && path !== undefined && context && lookUp(context, path) === 'folder');
      // The entries of a folder go right into the destination.
      if (isFolder && destination.path !== undefined) found.set(destination.path, 'folder');
      else if (target !== undefined) found.set(target, 'file');
    }
    if (destination.isFolder && destination.path !== undefined) found.set(destination.path, 'folder');
  }
  for (const one of stage.chain) {
    const { workdir } = model.environmentAfter(one);
    if (workdir !== undefined) found.set(workdir, 'folder');
  }
  found.delete('/');
  return [...found].map(([path, kind], index) => {
    const text = kind === 'folder' ? `${path.replace(/\/$/, '')}/` : path;
    return proposal(token, text, text, kind, { order: inOrder(index) });
  });
}
