// Made by `npm run generate` from the files of this folder: what the settings say of the tools, in the order of
// preference. It is apart so that a reader of settings does not load what runs the tools.
import type { Tool } from '../tool';

export type ToolName = Pick<Tool, 'id' | 'title' | 'kind' | 'programs'>;

export const toolNames: readonly ToolName[] = [
  { id: 'docker', title: 'Docker', kind: 'engine', programs: ['docker'] },
  { id: 'podman', title: 'Podman', kind: 'engine', programs: ['podman'] },
  { id: 'buildah', title: 'Buildah', kind: 'engine', programs: ['buildah'] },
  { id: 'trivy', title: 'Trivy', kind: 'scanner', programs: ['trivy'] },
  { id: 'grype', title: 'Grype', kind: 'scanner', programs: ['grype'] },
  { id: 'docker-scout', title: 'Docker Scout', kind: 'scanner', programs: ['docker'] },
];
