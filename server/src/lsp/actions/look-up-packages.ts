// Reads the package index of a release, so that hovers and findings know its packages. Changes no text.
import { archivedInstalls } from '../../core/analysis/packages/indexed-installs';
import { archiveKey, archiveTitle } from '../../core/package-index/archive';
import { touches } from '../../core/text/span';
import { CodeActionKind } from '../library';
import { actionKind, stale } from './action';
import { shape, text } from '../shape';

export const lookUpPackages = actionKind({
  name: 'lookUpPackages',
  lsp: CodeActionKind.QuickFix,
  needs: 'packages',
  data: shape({ archive: text }),

  *offer({ analysis: { result, surroundings }, range }) {
    const offered = new Set<string>();
    for (const { archive, install } of archivedInstalls(result.model)) {
      const key = archiveKey(archive);
      if (!touches(install.command.span, range) || offered.has(key)) continue;
      offered.add(key);
      if (surroundings.facts.packages?.of(archive)) continue;
      yield { title: `Look up the packages of ${archiveTitle(archive)}`, data: { archive: key } };
    }
  },

  async make(data, analysis, world) {
    const found = [...archivedInstalls(analysis.result.model)].find(
      ({ archive }) => archiveKey(archive) === data.archive,
    );
    if (!found) return stale;
    const read = await world.readPackages(analysis, found.archive);
    if (read.kind === 'cancelled') return undefined;
    if (read.kind === 'failed') return { refused: read.message };
    const { names, note } = read;
    return {
      edits: [],
      notes: note === undefined ? [] : [note],
      news: [
        `${archiveTitle(found.archive)} has ${names.toLocaleString('en-US')} packages. Hover over one to see what it brings`,
      ],
    };
  },
});
