// ko: images of Go programs. Without a registry it writes an archive, which needs no service.
import { nameAndTag, otherRun } from '../build/other-build';
import { askVersion, defineTool } from '../tool';

export const ko = defineTool({
  id: 'ko',
  title: 'ko',
  kind: 'builder',
  rank: 1,
  get: 'https://ko.build/install/',
  programs: ['ko'],
  probe: { decides: false, ...askVersion('', 'version') },
  can: {},
  commands: {
    files: ['.ko.yaml'],
    needs: '',
    fits: () => true,
    build: (found, order) => {
      const { text, tag: image, push, platforms, target, archive, moreArguments } = order;
      const mains = [...new Set([...text.matchAll(mainLine)].map(([, main = '']) => main))];
      if (target === undefined && mains.length > 1)
        return { problem: `the file has the packages ${mains.join(', ')}: choose one with --target` };
      const { repository, tag } = nameAndTag(image);
      const wanted = target ?? mains[0] ?? '.';
      const args = [
        'build',
        '--bare',
        `--tags=${tag}`,
        ...(platforms.length === 0 ? [] : [`--platform=${platforms.join(',')}`]),
        ...(push ? [] : ['--push=false', `--tarball=${archive}`]),
        ...moreArguments,
        // The package comes from the file: it must not begin an option.
        wanted.startsWith('-') ? `./${wanted}` : wanted,
      ];
      return {
        run: otherRun(found, args, { KO_DOCKER_REPO: repository }),
        result: push ? { kind: 'registry' } : { kind: 'archive', file: archive },
      };
    },
  },
});

/** `main: ./cmd/app`, below `builds`. */
const mainLine = /^[ \t]*(?:-[ \t]+)?main:[ \t]*["']?([^\s"'#]+)/gm;
