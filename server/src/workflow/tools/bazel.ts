// Bazel.
import { askVersion, defineTool } from '../tool';

export const bazel = defineTool({
  id: 'bazel',
  title: 'Bazel',
  kind: 'builder',
  rank: 4,
  get: 'https://bazel.build/install',
  programs: ['bazelisk', 'bazel'],
  probe: { decides: false, ...askVersion('') },
  can: {},
  commands: {},
});
