// The architecture that a build on this machine makes images for, unless it is told another one.

/** @returns in Docker's words */
export function machineArchitecture(): string {
  const names: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };
  return names[process.arch] ?? process.arch;
}
