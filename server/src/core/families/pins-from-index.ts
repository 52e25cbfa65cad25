// What the rules about packages without a version offer where a mirror may be asked: the version that the release has now.
import { archivedInstalls, isClosed, namedPackages } from '../analysis/packages/indexed-installs';
import { askFirst } from '../fixes/ask-first';
import type { Facts } from '../lint/facts';
import type { Offer } from '../lint/finding';
import type { Model } from '../model/model';
import { archiveTitle } from '../package-index/archive';
import { insertAfter } from '../text/edit';
import type { Edit } from '../text/edit';

/** What a shell leaves as it is, so that an index can write nothing else into a file. */
const plainVersion = /^[A-Za-z0-9][A-Za-z0-9.+~:_-]*$/;

/** One offer for each package without a version. @param family of package managers */
export function* pinsFromIndex(model: Model, facts: Facts, family: string): Generator<Offer> {
  for (const archived of archivedInstalls(model)) {
    const { archive, install } = archived;
    if (install.manager.family !== family || !isClosed(model, archived)) continue;
    const index = facts.packages?.of(archive);
    for (const { word, name, version } of namedPackages(archived)) {
      // Quotes, options and what a variable holds stay as they are.
      if (version !== undefined || word.text !== name) continue;
      if (index && !index.candidate(name)) continue;
      const question = { kind: 'package', archive, name } as const;
      const title = `Pin ${name} to the version that ${archiveTitle(archive)} has now`;
      const asked = { title, reach: word.span };
      const edits = (found: string): readonly Edit[] =>
        plainVersion.test(found) ? [insertAfter(word.span, `${family === 'dnf' ? '-' : '='}${found}`)] : [];
      // Whoever answers looks into an index that was read before it asks a mirror.
      yield { at: word.span, fix: askFirst(facts, question, asked, edits) };
    }
  }
}
