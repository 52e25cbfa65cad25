// Made by `npm run generate` from the files of this folder.
import type { Tool } from '../tool';
import { apko } from './apko';
import { bazel } from './bazel';
import { buildah } from './buildah';
import { copa } from './copa';
import { cosign } from './cosign';
import { crane } from './crane';
import { dagger } from './dagger';
import { diffoci } from './diffoci';
import { dive } from './dive';
import { docker } from './docker';
import { dockerScout } from './docker-scout';
import { finch } from './finch';
import { gradle } from './gradle';
import { grype } from './grype';
import { ko } from './ko';
import { kubectl } from './kubectl';
import { maven } from './maven';
import { nerdctl } from './nerdctl';
import { nix } from './nix';
import { pack } from './pack';
import { podman } from './podman';
import { shellcheck } from './shellcheck';
import { skopeo } from './skopeo';
import { syft } from './syft';
import { trivy } from './trivy';

export const tools: readonly Tool[] = [
  apko,
  bazel,
  buildah,
  copa,
  cosign,
  crane,
  dagger,
  diffoci,
  dive,
  docker,
  dockerScout,
  finch,
  gradle,
  grype,
  ko,
  kubectl,
  maven,
  nerdctl,
  nix,
  pack,
  podman,
  shellcheck,
  skopeo,
  syft,
  trivy,
];
