// Copa, of the project Copacetic.
import { successAlone } from '../readers';
import { askVersion, defineTool } from '../tool';

export const copa = defineTool({
  id: 'copa',
  title: 'Copa',
  kind: 'patcher',
  rank: 1,
  get: 'https://project-copacetic.github.io/copacetic/website/installation',
  programs: ['copa'],
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {
    // Without a report it updates all packages of the system that have an update.
    patch: ({ id: name, program }, { image, tag }) => ({
      tool: { id: name, program },
      args: ['patch', `--image=${image}`, `--tag=${tag}`, '--timeout=20m'],
      env: {},
      answer: 'output',
      limit: { ms: 1_500_000, characters: 10_000_000 },
      reader: successAlone,
    }),
  },
});
