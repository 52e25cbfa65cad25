// Packages that Ubuntu and Alpine do not have any more. Their indexes are not at hand, so somebody has seen each name
// fail: a row says since which release, and when and where that was.
import { compareVersions } from '../images/releases';
import type { Release } from '../images/releases';
import type { Evidence } from '../network/gone';

interface Left {
  readonly family: 'ubuntu' | 'alpine';
  /** The first release without them, or the first in which that was seen. */
  readonly since: string;
  readonly evidence: Evidence | 'seen 2020-06 Shipwright data set, builds of 2020';
  /** `NAME=SUCCESSOR`, or the name alone if nothing takes its place. */
  readonly names: string;
  /** Whether they came from a source of their own, which is gone: no other source has them either. */
  readonly isForeign?: true;
}

const github = 'https://github.com';

const left: readonly Left[] = [
  {
    family: 'ubuntu',
    since: '20.04',
    evidence: 'seen 2020-06 Shipwright data set, builds of 2020',
    names: `python-pip=python3-pip python-virtualenv=python3-virtualenv
      python-software-properties=software-properties-common python-scipy=python3-scipy python-matplotlib=python3-matplotlib
      python-opencv=python3-opencv python-pandas=python3-pandas python-serial=python3-serial python-click=python3-click
      python-future=python3-future python-imaging=python3-pil ipython=ipython3 python-pyside libqt4-dev
      nodejs-legacy=nodejs libcurl3=libcurl4 libpng12-0=libpng16-16 php-gettext=php-php-gettext bcrypt lynx-cur=lynx
      texlive-generic-recommended=texlive-plain-generic php5=php php5-mysql=php-mysql php5-curl=php-curl php5-gd=php-gd
      php5-cli=php-cli php5-fpm=php-fpm php5-dev=php-dev libapache2-mod-php5=libapache2-mod-php mysql-client-5.5=mysql-client
      libapache2-mod-php7.0=libapache2-mod-php php7.0-mysql=php-mysql php7.0-curl=php-curl php7.0-xml=php-xml
      libicu55 libicu60 ruby2.0=ruby ruby2.0-dev=ruby-dev`,
  },
  {
    family: 'ubuntu',
    since: '12.04',
    evidence: `seen 2019-06-25 ${github}/clulab/eidos/issues/611`,
    names: `oracle-java7-installer=openjdk-7-jdk oracle-java7-set-default oracle-java8-installer
      oracle-java8-set-default`,
    isForeign: true,
  },
  {
    family: 'ubuntu',
    since: '16.04',
    evidence: `seen 2019-06-25 ${github}/clulab/eidos/issues/611`,
    names: 'oracle-java8-installer=openjdk-8-jdk oracle-java7-installer',
    isForeign: true,
  },
  {
    family: 'ubuntu',
    since: '21.04',
    evidence: `seen 2023-12-07 ${github}/clementgallet/libTAS/issues/586`,
    names: 'qt5-default=qtbase5-dev',
  },
  {
    // Ubuntu 20.04 takes python-is-python2 for it.
    family: 'ubuntu',
    since: '22.04',
    evidence: `seen 2023-12-12 ${github}/nxp-imx/imx-docker/pull/4`,
    names: 'python=python-is-python3',
  },
  {
    family: 'ubuntu',
    since: '23.10',
    evidence: `seen 2024-10-01 ${github}/pyvista/setup-headless-display-action/issues/20`,
    names: 'libgl1-mesa-glx=libgl1',
  },
  {
    family: 'ubuntu',
    since: '24.04',
    evidence: `seen 2024-05-11 ${github}/devcontainers/features/issues/968`,
    names: 'libasound2=libasound2t64',
  },
  {
    family: 'ubuntu',
    since: '24.04',
    evidence: `seen 2025-08-07 ${github}/catthehacker/docker_images/issues/147`,
    names: 'netcat=netcat-openbsd',
  },
  {
    family: 'ubuntu',
    since: '24.04',
    evidence: `seen 2025-05-02 ${github}/rusefi/rusefi/pull/7826`,
    names: 'libncurses5=libncurses6 libncursesw5=libncursesw6',
  },
  {
    family: 'ubuntu',
    since: '24.04',
    evidence: `seen 2025-02-11 ${github}/akhilnarang/scripts/issues/209`,
    names: 'libtinfo5=libtinfo6 python2.7',
  },
  {
    family: 'ubuntu',
    since: '24.04',
    evidence: `seen 2024-09-09 ${github}/manzolo/myshell-openvoice-docker/issues/2`,
    names: 'python3.9=python3',
  },
  {
    family: 'ubuntu',
    since: '24.04',
    evidence: `seen 2025-01-07 ${github}/asam-ev/qc-framework/issues/211`,
    names: 'python3.10-venv=python3-venv python3.10=python3 python3.10-dev=python3-dev',
  },
  {
    family: 'ubuntu',
    since: '22.04',
    evidence: `seen 2023-08-09 ${github}/frappe/bench/issues/1476`,
    names: 'libssl1.1=libssl3',
  },
  {
    family: 'ubuntu',
    since: '24.04',
    evidence: `seen 2024-12-20 ${github}/itiligent/Easy-OpenWRT-Builder/issues/5`,
    names: 'python3-distutils=python3-setuptools',
  },
  {
    family: 'alpine',
    since: '3.9',
    evidence: `said 2019-02-07 ${github}/madnight/docker-alpine-wkhtmltopdf/issues/3`,
    names: 'libssl1.0',
  },
  {
    family: 'alpine',
    since: '3.12',
    evidence: 'seen 2020-06 Shipwright data set, builds of 2020',
    names: `python=python3 python-dev=python3-dev py2-pip=py3-pip py-mysqldb=py3-mysqlclient py-crypto=py3-pycryptodome
      py2-lxml=py3-lxml py2-requests=py3-requests paxctl bzr=breezy php-mcrypt mongodb heimdal-telnet`,
  },
  {
    family: 'alpine',
    since: '3.15',
    evidence: `seen 2022-03-19 ${github}/hunter-io/wappalyzer-api/pull/5`,
    names: 'nodejs-npm=npm',
  },
  {
    family: 'alpine',
    since: '3.15',
    evidence: `seen 2021-12-01 ${github}/wkhtmltopdf/wkhtmltopdf/issues/5142`,
    names: 'wkhtmltopdf',
  },
  {
    family: 'alpine',
    since: '3.16',
    evidence: `seen 2022-08-18 ${github}/TryGhost/docker-library-ghost/pull/328`,
    names: 'python2=python3 python2-dev=python3-dev',
  },
  {
    family: 'alpine',
    since: '3.16',
    evidence: `seen 2022-05-26 ${github}/docker-library/php/issues/1300`,
    names: `php7 php7-dev php7-fpm php7-cli php7-common php7-curl php7-json php7-mbstring php7-xml php7-zip php7-gd
      php7-mysqli php7-pdo php7-pdo_mysql php7-session php7-openssl php7-phar php7-dom php7-ctype php7-tokenizer`,
  },
  {
    family: 'alpine',
    since: '3.17',
    evidence: `seen 2022-12-02 ${github}/DataDog/dd-trace-php/issues/1824`,
    names: 'libexecinfo libexecinfo-dev',
  },
];

/** By family and name, the newest last. */
const byName = new Map<string, (LeftPackage & Pick<Left, 'since'>)[]>();
for (const { family, since, names, isForeign = false } of left) {
  for (const pair of names.split(/\s+/)) {
    const [name = '', successor] = pair.split('=');
    const key = `${family} ${name}`;
    byName.set(key, [...(byName.get(key) ?? []), { since, successor, isForeign }]);
  }
}

export interface LeftPackage {
  /** The name to install instead; undefined if none is known. */
  readonly successor: string | undefined;
  /** Whether it never was a package of the release, and its own source is gone. */
  readonly isForeign: boolean;
}

/**
 * A package that a release of Ubuntu or Alpine has no more, as far as is known.
 * @returns undefined if nobody has said so
 */
export function leftPackage({ family, version }: Release, name: string): LeftPackage | undefined {
  const rows = byName.get(`${family} ${name}`) ?? [];
  return rows.filter(({ since }) => version === undefined || compareVersions(version, since) >= 0).at(-1);
}
