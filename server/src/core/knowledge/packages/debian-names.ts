// Reads the generated table of package names that not every suite of Debian has. A line is `SUITES:NAME,…`: the names
// that exactly these suites have. The first line has all suites that the table knows, the oldest first.
import { monthOf } from '../images/last-listed';
import { namesDate, namesTable } from './debian-names.generated';

/** What takes the place of a name, where the number in it is not the difference. */
const successors: ReadonlyMap<string, string> = new Map(
  `netcat=netcat-openbsd python=python-is-python3 python-dev=python3-dev python-all-dev=python3-all-dev
  python-setuptools=python3-setuptools python-six=python3-six python-tk=python3-tk python-pkg-resources=python3-pkg-resources
  python2.7=python3 python2.7-dev=python3-dev python3-distutils=python3-setuptools libgl1-mesa-glx=libgl1
  libegl1-mesa=libegl1 libwayland-egl1-mesa=libwayland-egl1 libpcre3-dev=libpcre2-dev libpcre3=libpcre2-8-0
  mlocate=plocate gpgv2=gpgv liblz4-tool=lz4 ntp=ntpsec qemu=qemu-system libgdk-pixbuf2.0-0=libgdk-pixbuf-2.0-0
  libpango1.0-0=libpango-1.0-0 libatlas-base-dev=libopenblas-dev libopenblas-base=libopenblas0
  libappindicator1=libayatana-appindicator1 libprocps-dev=libproc2-dev libcurl4-dev=libcurl4-openssl-dev
  libcurl4-nss-dev=libcurl4-openssl-dev libqt5webkit5=libqt5webkit5-dev libsdl-dev=libsdl1.2-dev libldap-2.4-2=libldap2
  libtbb2=libtbb12 libdc1394-22-dev=libdc1394-dev libidn11=libidn12 mime-support=media-types
  mysql-client=default-mysql-client mysql-server=default-mysql-server libmysqlclient-dev=default-libmysqlclient-dev
  mysql-client-5.5=default-mysql-client mysql-server-5.5=default-mysql-server libmariadbclient-dev=libmariadb-dev
  libmariadb-client-lgpl-dev=libmariadb-dev libpng12-dev=libpng-dev libpng12-0=libpng16-16 libav-tools=ffmpeg
  python-software-properties=software-properties-common nodejs-legacy=nodejs libssl1.0-dev=libssl-dev
  openjdk-6-jdk=default-jdk openjdk-7-jdk=default-jdk openjdk-8-jdk=default-jdk openjdk-6-jre=default-jre
  openjdk-7-jre=default-jre openjdk-8-jre=default-jre openjdk-7-jdk-headless=default-jdk-headless
  openjdk-8-jdk-headless=default-jdk-headless openjdk-7-jre-headless=default-jre-headless
  openjdk-8-jre-headless=default-jre-headless python-pip=python3-pip python-virtualenv=python3-virtualenv
  python-imaging=python3-pil python-crypto=python3-pycryptodome python-minimal=python3-minimal
  libpython-dev=libpython3-dev cython=cython3 ipython=ipython3 qt5-default=qtbase5-dev lib32ncurses5=lib32ncurses6
  libcurl3=libcurl4 libjpeg8=libjpeg62-turbo libjpeg8-dev=libjpeg-dev libatlas-dev=libopenblas-dev iproute=iproute2
  btrfs-tools=btrfs-progs libapache2-mod-wsgi=libapache2-mod-wsgi-py3 libgcrypt11-dev=libgcrypt20-dev
  bsdtar=libarchive-tools pyflakes=pyflakes3 puppet-common=puppet apache2-mpm-prefork=apache2 apache2-mpm-worker=apache2
  apache2-prefork-dev=apache2-dev apache2-threaded-dev=apache2-dev libgnutls-dev=libgnutls28-dev libgdal1-dev=libgdal-dev
  libblas3gf=libblas3 liblapack3gf=liblapack3 libopenjpeg-dev=libopenjp2-7-dev emacs24-nox=emacs-nox lynx-cur=lynx
  uwsgi-plugin-python=uwsgi-plugin-python3 texlive-generic-recommended=texlive-plain-generic
  ipython-notebook=jupyter-notebook libjson0-dev=libjson-c-dev libprotobuf-c0-dev=libprotobuf-c-dev sqlite=sqlite3 lua5.1-dev=liblua5.1-0-dev
  swig3.0=swig libzmq3=libzmq5 dh-systemd=debhelper apache2.2-common=apache2 apache2.2-bin=apache2-bin
  ${[
    'boto bs4 click cryptography flask gdal gevent gi ldap lxml matplotlib mock mysqldb netifaces nose numpy opencv',
    'opengl openssl pandas paramiko pil psycopg2 pygame pygments requests scipy serial simplejson sqlalchemy sympy',
    'wheel yaml zmq blinker passlib pyparsing future docutils jinja2 markdown psutil redis tz alsaaudio apt cairo cffi',
    'coverage dateutil dbg fontforge gdcm geoip gst-1.0 keyring libxml2 mako mapnik memcache ndg-httpsclient nibabel',
    'protobuf pyelftools rrdtool seaborn skimage skimage-lib sklearn sphinx suds urllib3 vtkgdcm xdg xlrd xlwt',
  ]
    .join(' ')
    .replace(/\S+/g, 'python-$&=python3-$&')}`
    .split(/\s+/)
    .map((pair) => pair.split('=') as [string, string]),
);

interface Names {
  readonly suites: readonly string[];
  /** By name, the suites that have it. */
  readonly having: ReadonlyMap<string, readonly string[]>;
  /** By name with `#` in place of its numbers, the names like it. */
  readonly alike: ReadonlyMap<string, readonly string[]>;
}

/** Read when a package is first asked for. */
class NamesTable {
  readonly text: string;
  #read: Names | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get names(): Names {
    return (this.#read ??= read(this.text));
  }
}

function read(text: string): Names {
  const [first = '', ...lines] = text.trim().split('\n');
  const having = new Map<string, readonly string[]>();
  const alike = new Map<string, string[]>();
  for (const line of lines) {
    const [suites = '', names = ''] = line.split(':');
    const list = suites.split(' ').filter((suite) => suite !== '');
    for (const name of names.split(',')) {
      having.set(name, list);
      const group = alike.get(shapeOf(name));
      if (group) group.push(name);
      else alike.set(shapeOf(name), [name]);
    }
  }
  return { suites: first.split(' '), having, alike };
}

function shapeOf(name: string): string {
  return name.replaceAll(/\d+(?:\.\d+)*/g, '#');
}

const table = new NamesTable(namesTable);

/** When the indexes were read. */
export const namesMonth = monthOf(namesDate);

export interface MissingName {
  /** Whether a later suite that the table knows has it. */
  readonly isInLater: boolean;
  /** The name to install instead; undefined if none is known. */
  readonly successor: string | undefined;
}

/**
 * A package name that a suite of Debian lacks, by its indexes.
 * @returns undefined if the suite has it, or if the table knows nothing about the suite or the name
 */
export function missingName(suite: string, name: string): MissingName | undefined {
  const { suites, having, alike } = table.names;
  const at = suites.indexOf(suite);
  const where = having.get(name);
  if (!where || where.includes(suite)) return undefined;
  // What left before the oldest of them does not come back.
  if (at < 0 && !(where.length === 0 && later.has(suite))) return undefined;
  const isHere = (other: string): boolean => having.get(other)?.includes(suite) ?? true;
  const named = successors.get(name);
  // gcc-9 → gcc-12: the newest of those that the suite has.
  const newer = (alike.get(shapeOf(name)) ?? [])
    .filter((other) => having.get(other)?.includes(suite))
    .sort(byNumbers);
  const candidate = named ?? newer.at(-1);
  return {
    isInLater: suites.slice(at + 1).some((other) => where.includes(other)),
    successor: candidate !== undefined && isHere(candidate) ? candidate : undefined,
  };
}

/** Suites after those of the table. */
const later: ReadonlySet<string> = new Set(['forky', 'duke', 'sid']);

function byNumbers(a: string, b: string): number {
  const left = a.match(/\d+/g) ?? [];
  const right = b.match(/\d+/g) ?? [];
  for (const [at, digits] of left.entries()) {
    const difference = Number(digits) - Number(right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What takes the place of a name that Debian or Ubuntu once had, whatever the release; undefined if none is known. */
export function successorOfName(name: string): string | undefined {
  return successors.get(name);
}
