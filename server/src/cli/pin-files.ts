// Pins one file after another for the command line: finds its images, asks the registries, and writes the digests.
import { questionKey, sparingly } from '../core/lint/questions';
import type { Answer, DigestQuestion, Reply } from '../core/lint/questions';
import { inWords } from '../io/files/file-errors';
import { readRegular } from '../io/files/read-text';
import type { FileState } from '../io/files/read-text';
import { rewriteFile } from '../io/files/rewrite';
import type { RegistryAccess } from '../io/registry/access';
import { answerFromRegistry } from '../io/registry/answer';
import { findYamlImages, pinYaml } from '../io/surroundings/yaml-images';
import { findPins, pinText } from '../service/pins';
import type { PinPlace } from '../service/pins';
import { noSurroundings } from '../service/surroundings';

/** `pin`: images without a digest. `update`: all. `check`: all, and nothing is written. */
export type PinMode = 'pin' | 'update' | 'check';

export interface Pinned {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** `current`: left as it is. */
  readonly result: 'pinned' | 'updated' | 'unpinned' | 'outdated' | 'current' | 'skipped' | 'failed';
  /** One sentence without full stop. */
  readonly message: string;
}

/** In bytes. */
const largest = 4_000_000;

const none = noSurroundings();

export class PinFiles {
  readonly #mode: PinMode;
  readonly #keep: boolean;
  #access: Promise<RegistryAccess> | undefined;

  /** @param keep writes no file */
  constructor(mode: PinMode, keep: boolean) {
    this.#mode = mode;
    this.#keep = keep;
  }

  /** @returns what became of each image; or why the file cannot be read or written, without full stop */
  async pinFile(path: string): Promise<{ readonly images: readonly Pinned[] } | { readonly error: string }> {
    const read = readUtf8(path);
    if ('error' in read) return read;
    const { text, state } = read;
    const isYaml = /\.ya?ml$/i.test(path);
    const found = isYaml ? findYamlImages(text) : { images: findPins(text, none) };
    if ('problem' in found) return { error: found.problem };
    const replies = await this.#ask(found.images);
    const images = this.#tell(text, found.images, replies);
    if (this.#keep) return { images };
    const pinned = isYaml ? pinYaml(text, found.images, replies) : await pinText(text, none, replies);
    if (pinned === text) return { images };
    try {
      // Registries take their time; whoever changed the file in the meantime keeps the change.
      rewriteFile(path, pinned, state);
      return { images };
    } catch (error) {
      return { error: `could not be rewritten: ${inWords(error)}` };
    }
  }

  async dispose(): Promise<void> {
    if (this.#access) await (await this.#access).dispose();
  }

  /** Asks each question once. @returns replies by the key of their question */
  async #ask(places: readonly PinPlace[]): Promise<ReadonlyMap<string, Reply>> {
    const questions = new Map<string, DigestQuestion>();
    for (const { question } of places)
      if ('kind' in question && this.#isWanted(question)) questions.set(questionKey(question), question);
    if (questions.size === 0) return new Map();
    this.#access ??= import('../io/network').then(({ RegistryAccess: Access }) => new Access());
    const access = await this.#access;
    const signal = new AbortController().signal;
    const answer: Answer = sparingly((question) =>
      question.kind === 'package'
        ? Promise.resolve({ kind: 'cancelled' })
        : answerFromRegistry(access, question, null, signal),
    );
    const replies = [...questions].map(async ([key, question]) => [key, await answer(question)] as const);
    return new Map(await Promise.all(replies));
  }

  /** A missing digest is seen without asking anybody. */
  #isWanted({ pinned }: DigestQuestion): boolean {
    return pinned === undefined ? this.#mode !== 'check' : this.#mode !== 'pin';
  }

  /** @param places in the order of the text */
  #tell(text: string, places: readonly PinPlace[], replies: ReadonlyMap<string, Reply>): Pinned[] {
    let [line, lineStart] = [1, 0];
    return places.map((place) => {
      const { start } = place.at;
      for (
        let end = text.indexOf('\n', lineStart);
        end >= 0 && end < start;
        end = text.indexOf('\n', lineStart)
      ) {
        line += 1;
        lineStart = end + 1;
      }
      return { line, column: start - lineStart + 1, ...this.#outcome(place, replyTo(place, replies)) };
    });
  }

  #outcome(place: PinPlace, reply: Reply | undefined): Pick<Pinned, 'result' | 'message'> {
    const { text, question } = place;
    const would = this.#keep ? 'would be ' : '';
    if ('reason' in question) return { result: 'skipped', message: `skipped ${text}: ${question.reason}` };
    const name = question.reference;
    if (reply?.kind === 'failed') return { result: 'failed', message: reply.message };
    if (question.pinned === undefined) {
      if (reply?.kind !== 'answer') return { result: 'unpinned', message: `${name} has no digest` };
      return { result: 'pinned', message: `${name} ${would}pinned to ${reply.text}` };
    }
    if (reply?.kind !== 'answer' || isSame(place, reply))
      return { result: 'current', message: `${name} is unchanged` };
    const news = reply.news?.text ?? `${name} is another image now`;
    if (this.#mode === 'check') return { result: 'outdated', message: news };
    return { result: 'updated', message: `${name} ${would}updated to ${reply.text} (${news})` };
  }
}

function replyTo({ question }: PinPlace, replies: ReadonlyMap<string, Reply>): Reply | undefined {
  return 'kind' in question ? replies.get(questionKey(question)) : undefined;
}

function isSame({ question }: PinPlace, reply: Extract<Reply, { kind: 'answer' }>): boolean {
  return 'kind' in question && question.pinned === reply.text;
}

function readUtf8(
  path: string,
): { readonly text: string; readonly state: FileState } | { readonly error: string } {
  try {
    const read = readRegular(path, largest);
    if (!read) return { error: 'is too large' };
    const text = read.bytes.toString('utf8');
    return text.includes('\ufffd') ? { error: 'is not UTF-8' } : { text, state: read.state };
  } catch (error) {
    return { error: inWords(error) };
  }
}
