// What only an outside source can tell: a registry, a package index. The core never looks: a fix asks, an edge
// answers, and the text is linted again with the answer among the facts. Plain data.

import { archiveKey } from '../package-index/archive';
import type { Archive } from '../package-index/archive';

export type Question = DigestQuestion | VersionQuestion | PackageQuestion;

/** The content a reference stands for now; the answer is `sha256:…`. */
export interface DigestQuestion {
  readonly kind: 'digest';
  /** As written in the file, without a digest. */
  readonly reference: string;
  /** The digest that the file has. The answer is the same one while it is current. */
  readonly pinned?: string | undefined;
  /** The only platform that the file uses the image for, if it says so: `linux/arm64`. */
  readonly platform?: string | undefined;
}

/** The most specific version tag of what a tag of an image is now; the answer is that tag. */
export interface VersionQuestion {
  readonly kind: 'version';
  /** Without its tag. */
  readonly image: string;
  /** Absent: `latest`. */
  readonly tag?: string | undefined;
}

/** The version of a package that an archive has; the answer is that version. */
export interface PackageQuestion {
  readonly kind: 'package';
  readonly archive: Archive;
  readonly name: string;
}

/** Answers by the key of their question. */
export type Answers = ReadonlyMap<string, string>;

/** The same text for the same question, and a different one for every other question. */
export function questionKey(question: Question): string {
  switch (question.kind) {
    case 'digest': {
      const { reference, pinned, platform } = question;
      const pin = pinned === undefined ? '' : `@${pinned}`;
      return `digest ${reference}${pin}${platform === undefined ? '' : ` for ${platform}`}`;
    }
    case 'version':
      return `version ${question.image}${question.tag === undefined ? '' : `:${question.tag}`}`;
    case 'package':
      return `package ${archiveKey(question.archive)} ${question.name}`;
  }
}

/**
 * How a digest in a file stands beside its tag. `republished`: the tag has another digest, but the same contents.
 * `gone`: the registry no longer has what the file names.
 */
export type PinState = 'current' | 'republished' | 'outdated' | 'gone';

/** One sentence about a digest that was looked at, for the user. */
export interface PinNews {
  readonly state: PinState;
  readonly text: string;
}

/** The answer. `note`: one sentence of warning for the user even though everything worked. */
export type Reply =
  | { readonly kind: 'answer'; readonly text: string; readonly note?: string; readonly news?: PinNews }
  /** `message`: one sentence that says what to do. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'cancelled' };

/** How an edge answers. Never rejects because of a registry, a file or the user. */
export type Answer = (question: Question) => Promise<Reply>;

/**
 * Answers for many images at once: a digest whose contents did not change stays, because a new one would only be noise.
 * One that the user asked for by itself is written.
 */
export function sparingly(answer: Answer): Answer {
  return async (question) => {
    const reply = await answer(question);
    const stays = reply.kind === 'answer' && reply.news?.state === 'republished';
    return stays && question.kind === 'digest' && question.pinned !== undefined
      ? { ...reply, text: question.pinned }
      : reply;
  };
}
