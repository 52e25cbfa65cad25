// Nix.
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
  commands: {},
});
