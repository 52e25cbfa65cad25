// Nix with dockerTools. Arguments from its published reference: https://nix.dev/manual/nix/
import { otherRun, refusePlatforms } from '../build/other-build';
import { askVersion, defineTool } from '../tool';

export const nix = defineTool({
  id: 'nix',
  title: 'Nix',
  kind: 'builder',
  rank: 6,
  get: 'https://nixos.org/download/',
  programs: ['nix'],
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {
    files: ['flake.nix'],
    needs: 'dockerTools or nix2container',
    fits: (text) => /\b(?:dockerTools|nix2container)\b/.test(text),
    build: (found, order) => {
      const { folder, text, push, target, moreArguments } = order;
      const refused = refusePlatforms('Nix', order);
      if (refused !== undefined) return { problem: refused };
      if (push)
        return { problem: 'Nix does not push: build it, load it into an engine, and use drydock push' };
      const output =
        target ?? /\b(image|dockerImage|docker-image|container)\s*=/.exec(text)?.[1] ?? 'default';
      const args = [
        '--extra-experimental-features',
        'nix-command flakes',
        'build',
        `--out-link=${folder}/result`,
        ...moreArguments,
        // Seen from the folder, in which it starts: characters of its path may mean something here.
        `.#${output}`,
      ];
      return { run: otherRun(found, args), result: { kind: 'link', file: `${folder}/result` } };
    },
  },
});
