// The folders right below `/` that the official images of distributions and languages have. Source: the Filesystem
// Hierarchy Standard, and the images' Dockerfiles.

const folders: ReadonlySet<string> = new Set(
  `bin boot dev etc home lib lib32 lib64 libx32 lost+found media mnt opt proc root run sbin srv sys tmp usr var
  afs certs go runtime selinux`.split(/\s+/),
);

/** Whether such an image may have a folder right below `/`. @param name empty for `/` itself */
export function isPartOfDistribution(name: string): boolean {
  return name === '' || folders.has(name);
}
