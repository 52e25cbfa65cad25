// Packages with a container engine, under the names of the distributions. A client alone is none of them.

export const containerEngines: ReadonlySet<string> = new Set(
  'docker docker-ce docker.io docker-engine lxc-docker moby-engine containerd.io containerd'.split(' '),
);
