// Made by `npm run generate` from the files of this folder.
import type { Tool } from '../tool';
import { buildah } from './buildah';
import { docker } from './docker';
import { dockerScout } from './docker-scout';
import { grype } from './grype';
import { podman } from './podman';
import { trivy } from './trivy';

export const tools: readonly Tool[] = [buildah, docker, dockerScout, grype, podman, trivy];
