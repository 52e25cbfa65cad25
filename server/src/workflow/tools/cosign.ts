// Cosign.
import { askVersion, defineTool } from '../tool';

export const cosign = defineTool({
  id: 'cosign',
  title: 'Cosign',
  kind: 'signer',
  rank: 1,
  get: 'https://docs.sigstore.dev/cosign/system_config/installation/',
  programs: ['cosign'],
  probe: { decides: false, ...askVersion('', 'version') },
  can: {},
  commands: {},
});
