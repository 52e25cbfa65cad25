// What only an outside source can tell: a registry, a package index. The core never looks: a fix asks, an edge
// answers, and the text is linted again with the answer among the facts. Plain data.

export type Question =
  /** The content a reference stands for now; the answer is `sha256:…`. `reference`: as written in the file. */
  | { readonly kind: 'digest'; readonly reference: string }
  /** The version tag that `latest` of an image is now; the answer is that tag. `image`: without its tag. */
  | { readonly kind: 'version'; readonly image: string };

/** Answers by the key of their question. */
export type Answers = ReadonlyMap<string, string>;

/** The same text for the same question, and a different one for every other question. */
export function questionKey(question: Question): string {
  switch (question.kind) {
    case 'digest':
      return `digest ${question.reference}`;
    case 'version':
      return `version ${question.image}`;
  }
}

/** The answer. `note`: one sentence for the user even though everything worked. */
export type Reply =
  | { readonly kind: 'answer'; readonly text: string; readonly note?: string }
  /** `message`: one sentence that says what to do. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'cancelled' };

/** How an edge answers. Never rejects because of a registry, a file or the user. */
export type Answer = (question: Question) => Promise<Reply>;
