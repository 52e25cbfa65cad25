// Dagger: functions in Go, Python or TypeScript. Arguments from its published reference: https://docs.dagger.io
import { otherRun, refusePlatforms } from '../build/other-build';
import { askVersion, defineTool } from '../tool';

export const dagger = defineTool({
  id: 'dagger',
  title: 'Dagger',
  kind: 'builder',
  rank: 5,
  get: 'https://docs.dagger.io/getting-started/installation/',
  programs: ['dagger'],
  probe: { decides: false, ...askVersion('', 'version') },
  can: {},
  commands: {
    files: ['dagger.json'],
    needs: '',
    fits: () => true,
    // The names of the functions are the module's own: these are usual, and those of our patterns.
    build: (found, order) => {
      const { tag, push, target, archive, moreArguments } = order;
      const refused = refusePlatforms('Dagger', order);
      if (refused !== undefined) return { problem: refused };
      const args = push
        ? ['call', target ?? 'publish', ...moreArguments, `--address=${tag}`]
        : ['call', target ?? 'build', ...moreArguments, 'export', `--path=${archive}`];
      return {
        run: otherRun(found, args),
        result: push ? { kind: 'registry' } : { kind: 'archive', file: archive },
      };
    },
  },
});
