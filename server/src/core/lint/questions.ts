// Questions that only a registry or package index can answer. The core never sends requests: a fix asks, the editor
// or the command line answers, and the text is linted again with the answer among the facts. Plain data.

export type Question =
  /** The current digest of a reference; the answer is `sha256:…`. `reference`: as written in the file. */
  | { readonly kind: 'digest'; readonly reference: string }
  /** The version tag that is the same as `latest` now; the answer is that tag. `image`: without its tag. */
  | { readonly kind: 'version'; readonly image: string };

/** Answers by the key of their question. */
export type Answers = ReadonlyMap<string, string>;

/** A text that is the same for equal questions and different for different ones. */
export function questionKey(question: Question): string {
  switch (question.kind) {
    case 'digest':
      return `digest ${question.reference}`;
    case 'version':
      return `version ${question.image}`;
  }
}

/** The reply to a question. `note`: one sentence to show to the user even after success. */
export type Reply =
  | { readonly kind: 'answer'; readonly text: string; readonly note?: string }
  /** `message`: one sentence that says what to do. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'cancelled' };

/** Answers a question. Never rejects because of a registry, a file or the user. */
export type Answer = (question: Question) => Promise<Reply>;
