// kubectl: asks a Kubernetes cluster, in its current context. Arguments checked against kubectl 1.32.
import { podsRun } from '../debug/targets';
import { defineTool, versionIn } from '../tool';

export const kubectl = defineTool({
  id: 'kubectl',
  title: 'kubectl',
  kind: 'cluster',
  rank: 1,
  get: 'https://kubernetes.io/docs/tasks/tools/',
  programs: ['kubectl'],
  probe: {
    decides: false,
    // Without the client alone, it asks the cluster.
    ask: () => ({ version: ['version', '--client'] }),
    read: ({ version }) => ({
      version: versionIn(version?.stdout ?? ''),
      way: '',
      ...(version?.trouble ? { trouble: version.trouble } : {}),
    }),
  },
  can: {},
  commands: { pods: podsRun },
});
