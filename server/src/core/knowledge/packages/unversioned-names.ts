// Packages of Debian and Ubuntu with a version in their name, and the package that brings the version of the release.

/** Parts of PHP that have a package without a version. */
const partsOfPhp: ReadonlySet<string> = new Set(
  `apcu bcmath bz2 cgi cli common curl dev enchant fpm gd gmp imagick imap intl json ldap mbstring memcached mongodb mysql
  odbc opcache pgsql pspell readline redis snmp soap sqlite3 ssh2 tidy xdebug xml xmlrpc xsl zip`.split(
    /\s+/,
  ),
);

/** Other names of such parts. */
const renamedParts: ReadonlyMap<string, string> = new Map([
  ['mysqlnd', 'mysql'],
  ['sqlite', 'sqlite3'],
  ['dom', 'xml'],
  ['simplexml', 'xml'],
]);

/** `$1` is what follows the version. */
const shapes: readonly (readonly [shape: RegExp, name: string])[] = [
  [/^openjdk-\d+-(jdk|jre)(-headless)?$/, 'default-$1$2'],
  [/^oracle-java\d+-installer$/, 'default-jdk'],
  [/^postgresql-(?:(client|contrib|doc)-)?\d+(?:\.\d+)?$/, 'postgresql-$1'],
  [/^golang-1\.\d+$/, 'golang'],
  [/^(gcc|g\+\+|gfortran)-\d+(?:\.\d+)?(-multilib)?$/, '$1$2'],
  [/^(clang|llvm)-\d+(?:\.\d+)?(-dev)?$/, '$1$2'],
  [/^ruby\d\.\d(-dev)?$/, 'ruby$1'],
  [/^(lib)?python3\.\d+(-dev|-venv|-minimal)?$/, '$1python3$2'],
  [/^(mysql|mariadb)-(client|server)-\d+\.\d+$/, 'default-mysql-$2'],
  [/^libboost(-[a-z-]+)?1\.\d+(-all)?-dev$/, 'libboost$1$2-dev'],
  [/^libapache2-mod-php\d(?:\.\d)?$/, 'libapache2-mod-php'],
];

/** The name without its version, if the package of that name brings another version; undefined for others. */
export function unversionedName(name: string): string | undefined {
  const php = /^php\d(?:\.\d)?(?:-(.+))?$/.exec(name);
  if (php) {
    const [, part] = php;
    if (part === undefined) return 'php';
    const own = renamedParts.get(part) ?? part;
    return partsOfPhp.has(own) ? `php-${own}` : undefined;
  }
  for (const [shape, to] of shapes) if (shape.test(name)) return name.replace(shape, to).replace(/-$/, '');
  return undefined;
}
