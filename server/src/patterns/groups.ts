// The groups of patterns in the order of lists, with their headings.
const titles: readonly (readonly [group: string, title: string])[] = [
  ['go', 'Go'],
  ['rust', 'Rust'],
  ['python', 'Python'],
  ['node', 'Node.js'],
  ['java', 'Java'],
  ['dotnet', '.NET'],
  ['ruby', 'Ruby'],
  ['php', 'PHP'],
  ['c', 'C and C++'],
  ['web', 'Static sites'],
  ['bases', 'Other bases'],
  ['packages', 'Parts: packages of the system'],
  ['caches', 'Parts: cache mounts'],
  ['mounts', 'Parts: secrets and mounts'],
  ['registries', 'Parts: private registries'],
  ['users', 'Parts: users'],
  ['health', 'Parts: health checks'],
  ['labels', 'Parts: labels'],
  ['stages', 'Parts: stages'],
  ['builders', 'Other builders'],
  ['shell', 'Shell'],
  ['workflows', 'Workflows'],
  ['run', 'Running'],
  ['deploy', 'Deploying'],
  ['updates', 'Updates'],
];

const order = new Map(titles.map(([group], index) => [group, index]));

/** The heading of a group; of one that is not ours its own word. */
export function groupTitle(group: string): string {
  return titles[order.get(group) ?? -1]?.[1] ?? group;
}

/** Whether a group is one of ours. */
export function isKnownGroup(group: string): boolean {
  return order.has(group);
}

/** For sorting: the groups of others stand first, as people who have some want them first. */
export function groupOrder(group: string): number {
  return order.get(group) ?? -1;
}
