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

/** Whether such an image has nothing of a name in a folder, as all of it is known. @param image its name */
export function lacksEntry(folder: string, entry: string, image: string): boolean {
  if (folder === 'srv') return true;
  return folder === 'opt' && (hasEmptyOpt.test(image) || (image === 'node' && !entry.startsWith('yarn')));
}

/** Whether such an image probably has no folder of a name in one that it fills itself. */
export function probablyLacks(folder: string, entry: string): boolean {
  return folder === 'home' ? !usualHomes.has(entry) : folder === 'etc' && !usualSettings.test(entry);
}

const usualHomes: ReadonlySet<string> = new Set(['node', 'ubuntu', 'gradle', 'app', 'ec2-user']);
const usualSettings =
  /\.d$|^(?:alternatives|apk|apt|bash|ca-certificates|conf|cron|crontabs|dbus|default|dnf|dpkg|emacs|environment|fonts|gss|ImageMagick|init|iproute2|java|kernel|ldap|libnl|logrotate|machine|mercurial|modprobe|mysql|network|NetworkManager|openldap|opt|pam|perl|periodic|pip|pki|pm|profile|python|rc|rpm|secfixes|security|selinux|skel|ssh|ssl|subversion|sysconfig|sysctl|systemd|terminfo|tmpfiles|udhcpc|update|vim|X11|xattr|xdg|yum|zsh)/;

const hasEmptyOpt =
  /^(?:alpine|debian|ubuntu|fedora|rockylinux|almalinux|oraclelinux|centos|amazonlinux|buildpack-deps|python|golang|php|rust)$/;
