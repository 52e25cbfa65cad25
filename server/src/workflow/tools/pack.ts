// pack, of Cloud Native Buildpacks. Arguments from its published reference: https://buildpacks.io/docs/
import { otherRun } from '../build/other-build';
import { askVersion, defineTool } from '../tool';

export const pack = defineTool({
  id: 'pack',
  title: 'pack',
  kind: 'builder',
  rank: 3,
  get: 'https://buildpacks.io/docs/for-platform-operators/how-to/integrate-ci/pack/',
  programs: ['pack'],
  probe: { decides: false, ...askVersion('', 'version') },
  can: {},
  commands: {
    files: ['project.toml'],
    // Julia has files of this name, too.
    needs: 'a table io.buildpacks',
    fits: (text) => /\bio\.buildpacks\b|^\[_\]/m.test(text),
    build: (found, { file, folder, tag, push, platforms, target, moreArguments }) => {
      if (target !== undefined)
        return { problem: 'buildpacks find out by themselves what to build: pack takes no --target' };
      const args = [
        'build',
        tag,
        `--path=${folder}`,
        `--descriptor=${file}`,
        ...(platforms.length === 0 ? [] : [`--platform=${platforms.join(',')}`]),
        ...(push ? ['--publish'] : []),
        ...moreArguments,
      ];
      return { run: otherRun(found, args), result: { kind: push ? 'registry' : 'docker' } };
    },
  },
});
