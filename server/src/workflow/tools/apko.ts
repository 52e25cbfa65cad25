// apko: images of apk packages. Arguments from its published reference: https://github.com/chainguard-dev/apko
import { otherRun } from '../build/other-build';
import { askVersion, defineTool } from '../tool';

export const apko = defineTool({
  id: 'apko',
  title: 'apko',
  kind: 'builder',
  rank: 2,
  get: 'https://github.com/chainguard-dev/apko#installation',
  programs: ['apko'],
  probe: { decides: false, ...askVersion('', 'version') },
  can: {},
  commands: {
    files: ['apko.yaml', 'apko.yml'],
    needs: '',
    fits: () => true,
    build: (found, { file, tag, push, platforms, target, archive, moreArguments }) => {
      if (target !== undefined) return { problem: 'an apko.yaml is one image: apko takes no --target' };
      // It takes the processor alone; the system is always Linux.
      const processors = platforms.map((platform) => platform.replace(/^linux\//, ''));
      const arch = processors.length === 0 ? [] : [`--arch=${processors.join(',')}`];
      const args = push
        ? ['publish', ...arch, ...moreArguments, file, tag]
        : ['build', ...arch, ...moreArguments, file, tag, archive];
      return {
        run: otherRun(found, args),
        result: push ? { kind: 'registry' } : { kind: 'archive', file: archive },
      };
    },
  },
});
