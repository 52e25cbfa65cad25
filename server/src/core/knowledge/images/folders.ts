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

/** Whether nothing is in a folder of such an image. @param name of the image */
export function isEmptyFolder(folder: string, name: string): boolean {
  return folder === 'srv' || (folder === 'opt' && hasEmptyOpt.test(name));
}

const hasEmptyOpt =
  /^(?:alpine|debian|ubuntu|fedora|rockylinux|almalinux|oraclelinux|centos|amazonlinux|buildpack-deps|python|golang|php|rust)$/;
