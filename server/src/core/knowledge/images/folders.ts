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

/**
 * The first folder of a path that such an image probably has not, in one that it fills itself: `etc/acme` of
 * `/etc/acme/conf`; undefined if it may have all.
 * @param path absolute, without a slash at the end
 */
export function firstUnlikelyFolder(path: string): string | undefined {
  const [, top = '', second = '', third] = path.split('/');
  if (second === '') return undefined;
  if (top === 'home') return usualHomes.has(second) ? undefined : `${top}/${second}`;
  if (top === 'etc') return usualSettings.test(second) ? undefined : `${top}/${second}`;
  if (top === 'opt') return usualAddOns.test(second) ? undefined : `${top}/${second}`;
  if (top === 'root') return usualOfRoot.test(second) ? undefined : `${top}/${second}`;
  if (top !== 'var' || !/^(?:lib|log)$/.test(second) || third === undefined) return undefined;
  return usualState.test(third) ? undefined : `${top}/${second}/${third}`;
}

const usualHomes: ReadonlySet<string> = new Set(['node', 'ubuntu', 'gradle', 'app', 'ec2-user']);
/** What images bring below `/opt`. */
const usualAddOns =
  /^(?:yarn|java|jdk|jre|jboss|wildfly|keycloak|bitnami|google|intel|nvidia|rocm|conda|miniconda|mamba|rh|app|mssql|oracle|ibm|ol|microsoft|gradle|maven|sonarqube|tomcat|kafka|flink|spark|zookeeper|logstash|nifi|venv|rust|go|ghc|cabal|stack|swift|flutter|android|keys|containerd|ros|hostedtoolcache|pipx|odoo|postgresql|couchdb|couchbase|emqx|rabbitmq|erlang|amazon|aws|cprocsp|puppetlabs|chef|vagrant|jenkins|mapr|cloudera|solr)/;
/** What tools make for themselves at their first start. */
const usualOfRoot =
  /^\.(?:cache|cargo|composer|config|gem|gnupg|gradle|local|npm|nvm|pki|rustup|wget-hsts)$|^[^.]/;
/** State and logs: those of packages too that have other names. */
const usualState =
  /^(?:apk|apt|dbus|dnf|dpkg|exim4|git|initscripts|insserv|journal|misc|mysql|pam|pgsql|postgresql|private|python|rpm|rpm-state|sudo|systemd|ucf|udhcpd|update-rc\.d|urandom|xml-core|yum|alternatives|apache2|fsck|installer|nfs|portables|selinux|shells\.state|tpm2-tss|vim|www|httpd|php)$/;
const usualSettings =
  /\.d$|^(?:alternatives|apk|apt|bash|ca-certificates|conf|cron|crontabs|dbus|default|dnf|dpkg|emacs|environment|fonts|gss|ImageMagick|init|iproute2|java|kernel|ldap|libnl|logrotate|machine|mercurial|modprobe|mysql|network|NetworkManager|openldap|opt|pam|perl|periodic|pip|pki|pm|profile|python|rc|rpm|secfixes|security|selinux|skel|ssh|ssl|subversion|sysconfig|sysctl|systemd|terminfo|tmpfiles|udhcpc|update|vim|X11|xattr|xdg|yum|zsh)/;

const hasEmptyOpt =
  /^(?:alpine|debian|ubuntu|fedora|rockylinux|almalinux|oraclelinux|centos|amazonlinux|buildpack-deps|python|golang|php|rust)$/;
