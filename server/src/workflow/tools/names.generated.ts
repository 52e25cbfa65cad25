// Made by `npm run generate` from the files of this folder: what the settings say of the tools, in the order of
// preference. It is apart so that a reader of settings does not load what runs the tools.
import type { Tool } from '../tool';

export type ToolName = Pick<Tool, 'id' | 'title' | 'kind' | 'programs'>;

export const toolNames: readonly ToolName[] = [
  { id: 'docker', title: 'Docker', kind: 'engine', programs: ['docker'] },
  { id: 'podman', title: 'Podman', kind: 'engine', programs: ['podman'] },
  { id: 'buildah', title: 'Buildah', kind: 'engine', programs: ['buildah'] },
  { id: 'nerdctl', title: 'nerdctl', kind: 'engine', programs: ['nerdctl'] },
  { id: 'finch', title: 'Finch', kind: 'engine', programs: ['finch'] },
  { id: 'trivy', title: 'Trivy', kind: 'scanner', programs: ['trivy'] },
  { id: 'grype', title: 'Grype', kind: 'scanner', programs: ['grype'] },
  { id: 'docker-scout', title: 'Docker Scout', kind: 'scanner', programs: ['docker'] },
  { id: 'shellcheck', title: 'ShellCheck', kind: 'linter', programs: ['shellcheck'] },
  { id: 'skopeo', title: 'Skopeo', kind: 'registry', programs: ['skopeo'] },
  { id: 'crane', title: 'Crane', kind: 'registry', programs: ['crane'] },
  { id: 'syft', title: 'Syft', kind: 'cataloguer', programs: ['syft'] },
  { id: 'cosign', title: 'Cosign', kind: 'signer', programs: ['cosign'] },
  { id: 'copa', title: 'Copa', kind: 'patcher', programs: ['copa'] },
  { id: 'dive', title: 'Dive', kind: 'viewer', programs: ['dive'] },
  { id: 'diffoci', title: 'diffoci', kind: 'viewer', programs: ['diffoci'] },
  { id: 'ko', title: 'ko', kind: 'builder', programs: ['ko'] },
  { id: 'apko', title: 'apko', kind: 'builder', programs: ['apko'] },
  { id: 'pack', title: 'pack', kind: 'builder', programs: ['pack'] },
  { id: 'bazel', title: 'Bazel', kind: 'builder', programs: ['bazelisk', 'bazel'] },
  { id: 'dagger', title: 'Dagger', kind: 'builder', programs: ['dagger'] },
  { id: 'nix', title: 'Nix', kind: 'builder', programs: ['nix'] },
  { id: 'maven', title: 'Maven with jib', kind: 'builder', programs: ['mvn'] },
  { id: 'gradle', title: 'Gradle with jib', kind: 'builder', programs: ['gradle'] },
  { id: 'kubectl', title: 'kubectl', kind: 'cluster', programs: ['kubectl'] },
];
