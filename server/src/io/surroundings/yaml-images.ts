// Finds the images that Compose files, workflows and their actions name, with the text to change. Edits are as small as the
// name, so comments and style stay.
import { isAlias, isMap, isNode, isPair, isScalar, isSeq } from 'yaml';
import type { Document, Scalar, YAMLMap } from 'yaml';
import { questionKey } from '../../core/lint/questions';
import type { DigestQuestion, Reply } from '../../core/lint/questions';
import { parseReference, pinnedText, splitImage } from '../../core/syntax/image-reference';
import { applyEdits, replace } from '../../core/text/edit';
import type { Span } from '../../core/text/span';
import { parseYaml } from './bounded-yaml';

export interface YamlImage {
  /** The name in the text, without quotes and without `docker://`. */
  readonly at: Span;
  readonly text: string;
  /** What to ask a registry, or one sentence without full stop why nobody is asked. */
  readonly question: DigestQuestion | { readonly reason: string };
}

/** In characters. Files that people write are smaller. */
const longest = 64_000;

/** How deep anchors may lie, and merges may follow each other. */
const deepest = 20;

/** @returns images in file order; or why the text cannot be read, without full stop */
export function findYamlImages(
  text: string,
): { readonly images: readonly YamlImage[] } | { readonly problem: string } {
  if (text.length > longest) return { problem: 'is too large to look for images' };
  try {
    // Looking for keys that appear twice takes quadratic time.
    const parsed = parseYaml(text, { uniqueKeys: false });
    // The name of the file stands in front of it.
    if (parsed.problem !== undefined) return { problem: parsed.problem.replace(/^The file /, '') };
    return new Finder(text, parsed.document).find();
  } catch (error) {
    return { problem: `is not valid YAML: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The text with the digests that were answered. @param replies by the key of their question */
export function pinYaml(
  text: string,
  images: readonly YamlImage[],
  replies: ReadonlyMap<string, Reply>,
): string {
  const edits = images.flatMap(({ at, text: image, question }) => {
    const reply = 'kind' in question ? replies.get(questionKey(question)) : undefined;
    return reply?.kind === 'answer' ? [replace(at, pinnedText(image, reply.text))] : [];
  });
  return applyEdits(text, edits);
}

class Finder {
  readonly #text: string;
  readonly #document: Document.Parsed;
  readonly #anchors = new Map<string, unknown>();
  readonly #found = new Map<number, YamlImage>();

  constructor(text: string, document: Document.Parsed) {
    this.#text = text;
    this.#document = document;
    this.#collectAnchors(document.contents, 0);
  }

  find(): { readonly images: readonly YamlImage[] } | { readonly problem: string } {
    const { contents } = this.#document;
    const jobs = this.#get(contents, 'jobs');
    const services = this.#get(contents, 'services');
    const runs = this.#get(contents, 'runs');
    if (jobs !== undefined) this.#inJobs(jobs);
    else if (services !== undefined) this.#inServices(services, true);
    else if (runs !== undefined) this.#inRuns(runs);
    else return { problem: 'is neither a Compose file nor a workflow nor an action' };
    return { images: [...this.#found.values()].sort((a, b) => a.at.start - b.at.start) };
  }

  #inServices(services: unknown, compose: boolean): void {
    for (const service of this.#valuesOf(services)) {
      // Beside `build`, the image is the name that the result gets.
      if (compose && this.#get(service, 'build') !== undefined) continue;
      this.#add(this.#get(service, 'image'), '', this.#get(service, 'platform'));
    }
  }

  #inJobs(jobs: unknown): void {
    for (const job of this.#valuesOf(jobs)) {
      const container = this.#get(job, 'container');
      this.#add(isScalar(container) ? container : this.#get(container, 'image'), '');
      this.#inServices(this.#get(job, 'services'), false);
      this.#inSteps(this.#get(job, 'steps'));
    }
  }

  #inRuns(runs: unknown): void {
    this.#add(this.#get(runs, 'image'), 'docker://');
    this.#inSteps(this.#get(runs, 'steps'));
  }

  #inSteps(steps: unknown): void {
    const list = this.#resolve(steps);
    if (isSeq(list)) for (const step of list.items) this.#add(this.#get(step, 'uses'), 'docker://');
  }

  /** @param scheme what must stand in front of the name */
  #add(given: unknown, scheme: string, platform?: unknown): void {
    const node = this.#resolve(given);
    if (!isScalar(node) || typeof node.value !== 'string' || !node.value.startsWith(scheme)) return;
    const text = node.value.slice(scheme.length);
    const whole = this.#spanOf(node);
    const start = whole ? whole.start + scheme.length : (node.range?.[0] ?? 0);
    const at = { start, end: whole?.end ?? start };
    const wanted = this.#resolve(platform);
    const question = questionOf(text, isScalar(wanted) ? wanted.value : undefined);
    if (text === '' || this.#found.has(start)) return;
    const unusual = { reason: 'it is written over several lines or with escapes' };
    this.#found.set(start, { at, text, question: whole ? question : unusual });
  }

  /** The text of a value, if it stands there as it is. */
  #spanOf({ range, type, value }: Scalar): Span | undefined {
    if (!range) return undefined;
    const quote = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 1 : 0;
    const span = { start: range[0] + quote, end: range[1] - quote };
    return this.#text.slice(span.start, span.end) === value ? span : undefined;
  }

  #valuesOf(given: unknown): unknown[] {
    const map = this.#resolve(given);
    return isMap(map) ? map.items.map(({ value }) => value) : [];
  }

  /** The value of a key, also of what the mapping merges. */
  #get(given: unknown, key: string, depth = 0): unknown {
    const map = this.#resolve(given);
    if (!isMap(map) || depth > deepest) return undefined;
    const own = valueOf(map, key);
    if (own !== undefined) return own;
    const merged = this.#resolve(valueOf(map, '<<'));
    const maps: readonly unknown[] = isSeq(merged) ? merged.items : [merged];
    for (const one of maps) {
      const value = one === undefined ? undefined : this.#get(one, key, depth + 1);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  #resolve(node: unknown): unknown {
    return isAlias(node) ? this.#anchors.get(node.source) : node;
  }

  #collectAnchors(node: unknown, depth: number): void {
    if (depth > deepest) return;
    if (isPair(node)) {
      this.#collectAnchors(node.value, depth);
      return;
    }
    if (!isNode(node) || isAlias(node)) return;
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isMap(node) || isSeq(node)) for (const item of node.items) this.#collectAnchors(item, depth + 1);
  }
}

function valueOf(map: YAMLMap, key: string): unknown {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value ?? undefined;
}

function questionOf(text: string, platform: unknown): YamlImage['question'] {
  if (text.includes('$')) return { reason: 'it holds a variable' };
  const { tag, digest } = splitImage(text, (start, end) => ({ start, end }));
  const reference = text.replace(/@.*$/s, '');
  // A placeholder for a digest is not a digest.
  if (digest === undefined || !parseReference(`x@${digest.text}`).ok) return { kind: 'digest', reference };
  if (tag === undefined) return { reason: 'it has no tag that says which newer image is meant' };
  const pin = { kind: 'digest', reference, pinned: digest.text } as const;
  return typeof platform === 'string' && !platform.includes('$') ? { ...pin, platform } : pin;
}
