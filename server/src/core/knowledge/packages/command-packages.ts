// The packages that bring a command, by the kind of package manager. Debian's names were compared with its index (bookworm,
// November 2026); those of Alpine, Fedora and CentOS are as they are known.
import { isSince } from '../images/releases';
import type { Release } from '../images/releases';

/** Managers whose distributions name packages alike. */
export type PackageNaming = 'apt' | 'apk' | 'rpm';

/** `COMMAND,COMMAND APT APK RPM`; `-` where no package is known, and one name where all call it the same. */
const rows = `
git git
curl curl
wget wget
make make
cmake cmake
patch patch
sudo sudo
bash bash
unzip unzip
zip zip
tar tar
bzip2,bunzip2 bzip2
rsync rsync
jq jq
file file
less less
vim vim
nano nano
tree tree
htop htop
bc bc
perl perl
gawk gawk
awk gawk
dos2unix dos2unix
doxygen doxygen
swig swig
bison,yacc bison
flex flex
m4 m4
ant ant
maven,mvn maven
ffmpeg ffmpeg
nginx nginx
supervisord,supervisorctl supervisor
openssl openssl
composer composer
xz,unxz xz-utils xz xz
gcc gcc gcc gcc
cc gcc gcc gcc
g++,c++ g++ g++ gcc-c++
gfortran gfortran gfortran gcc-gfortran
clang,clang++ clang
ld,ar,as,strip,objcopy,nm,readelf binutils
autoconf,autoreconf,autoheader autoconf
automake,aclocal automake
libtool,libtoolize libtool
pkg-config,pkgconf pkg-config pkgconf pkgconfig
gettext,msgfmt,xgettext gettext
envsubst gettext-base gettext gettext
ninja ninja-build ninja-build ninja-build
meson meson
nasm nasm
yasm yasm
svn subversion
hg mercurial
find,xargs findutils
diff,cmp diffutils
which debianutils which which
ps,top,free,sysctl,pgrep,pkill procps procps procps-ng
killall,pstree psmisc
netstat,ifconfig,route net-tools
ip,ss iproute2 iproute2 iproute
ping iputils-ping iputils iputils
nc netcat-openbsd netcat-openbsd nmap-ncat
dig,nslookup,host dnsutils bind-tools bind-utils
ssh,scp,sftp,ssh-keygen,ssh-keyscan,ssh-add,ssh-agent openssh-client openssh-client openssh-clients
sshd openssh-server openssh-server openssh-server
gpg gnupg gnupg gnupg2
gpg2 gnupg2 gnupg gnupg2
lsb_release lsb-release - redhat-lsb-core
add-apt-repository,apt-add-repository software-properties-common - -
locale-gen,update-locale locales - -
localedef locales - glibc-common
adduser,addgroup,deluser adduser - -
useradd,groupadd,usermod,groupmod,userdel,chpasswd passwd shadow shadow-utils
python3 python3
python python-is-python3 python3 python3
pip3 python3-pip py3-pip python3-pip
pip python3-pip py3-pip python3-pip
pip2 python-pip py2-pip python2-pip
virtualenv virtualenv py3-virtualenv python3-virtualenv
ruby ruby
gem ruby ruby rubygems
bundle,bundler bundler ruby-bundler rubygem-bundler
node,nodejs nodejs
npm,npx npm
php php-cli - php-cli
java default-jre-headless - java-1.8.0-openjdk-headless
javac default-jdk-headless - java-1.8.0-openjdk-devel
keytool default-jre-headless - java-1.8.0-openjdk-headless
gradle gradle gradle -
go golang-go go golang
cargo cargo
rustc rustc rust rust
lua lua5.3 lua5.3 lua
erl,erlc erlang
R,Rscript r-base R R
tclsh tcl
psql,pg_dump postgresql-client postgresql-client postgresql
mysql,mysqldump default-mysql-client mysql-client mysql
sqlite3 sqlite3 sqlite sqlite
redis-cli redis-tools redis redis
protoc protobuf-compiler protoc protobuf-compiler
xmllint libxml2-utils libxml2-utils libxml2
xsltproc xsltproc libxslt libxslt
convert,identify imagemagick imagemagick ImageMagick
dot graphviz
xvfb-run xvfb xvfb-run xorg-x11-server-Xvfb
Xvfb xvfb xvfb xorg-x11-server-Xvfb
setcap,getcap libcap2-bin libcap libcap
uuidgen uuid-runtime util-linux util-linux
hostname hostname - hostname
crontab cron - cronie
tini tini tini -
gosu gosu - -
su-exec - su-exec -
dpkg-deb,dpkg-buildpackage dpkg-dev - -
debuild devscripts - -
rpmbuild rpm - rpm-build
aws awscli aws-cli awscli
ansible,ansible-playbook ansible
pdftotext poppler-utils
go-md2man go-md2man go-md2man golang-github-cpuguy83-md2man
asciidoc,a2x asciidoc
pandoc pandoc
pdflatex texlive-latex-base texlive texlive-latex
valgrind valgrind
gdb gdb
strace strace
pg_config libpq-dev postgresql-dev postgresql-devel
mysql_config default-libmysqlclient-dev mariadb-dev mariadb-devel
mariadb_config libmariadb-dev mariadb-connector-c-dev mariadb-connector-c-devel
xslt-config libxslt1-dev libxslt-dev libxslt-devel
xml2-config libxml2-dev libxml2-dev libxml2-devel
curl-config libcurl4-openssl-dev curl-dev libcurl-devel
gdal-config libgdal-dev gdal-dev gdal-devel
geos-config libgeos-dev geos-dev geos-devel
krb5-config libkrb5-dev krb5-dev krb5-devel
apxs apache2-dev apache2-dev httpd-devel
apxs2 apache2-dev apache2-dev httpd-devel
net-snmp-config libsnmp-dev net-snmp-dev net-snmp-devel
llvm-config llvm-dev llvm-dev llvm-devel
`;

/** Commands of a language: what its package manager installs them with. */
const languageRows = `
bower npm bower
grunt npm grunt-cli
gulp npm gulp-cli
ng npm @angular/cli
tsc npm typescript
ts-node npm ts-node
yarn npm yarn
pnpm npm pnpm
lerna npm lerna
vue-cli-service npm @vue/cli-service
webpack npm webpack-cli
node-gyp npm node-gyp
cross-env npm cross-env
rimraf npm rimraf
pm2 npm pm2
sass npm sass
pipenv pip pipenv
poetry pip poetry
virtualenv pip virtualenv
tox pip tox
bundle gem bundler
bundler gem bundler
rake gem rake
compass gem compass
`;

function known(name: string | undefined): string | undefined {
  return name === '-' ? undefined : name;
}

type Columns = Readonly<Record<PackageNaming, string | undefined>>;

const packages: ReadonlyMap<string, Columns> = new Map(
  rows
    .trim()
    .split('\n')
    .flatMap((row) => {
      const [commands = '', apt, ...others] = row.split(' ');
      const [apk, rpm] = others.length === 0 ? [apt, apt] : others;
      const columns = { apt: known(apt), apk: known(apk), rpm: known(rpm) };
      return commands.split(',').map((command) => [command, columns] as const);
    }),
);

/** Python 2 where it has the plain names. */
const withPython2: Columns = { apt: 'python', apk: 'python', rpm: 'python' };
const pipOfPython2: Columns = { apt: 'python-pip', apk: 'py-pip', rpm: 'python-pip' };
const pythonThree = { debian: '11', ubuntu: '20.04', alpine: '3.12', centos: '8', fedora: '31' };

/**
 * The package that has a command.
 * @param release undefined if it is not known
 * @returns undefined if no package is known
 */
export function packageOfCommand(
  command: string,
  naming: PackageNaming,
  release: Release | undefined,
): string | undefined {
  const isOld = release !== undefined && !isSince(release, pythonThree);
  if (isOld && command === 'python') return withPython2[naming];
  if (isOld && command === 'pip') return pipOfPython2[naming];
  return packages.get(command)?.[naming];
}

export interface LanguageTool {
  /** Name of the manager in its table. */
  readonly manager: string;
  readonly name: string;
}

const tools: ReadonlyMap<string, LanguageTool> = new Map(
  languageRows
    .trim()
    .split('\n')
    .map((row) => {
      const [command = '', manager = '', name = ''] = row.split(' ');
      return [command, { manager, name }] as const;
    }),
);

/** What the package manager of a language installs for a command; undefined if that is not known. */
export function languageToolOf(command: string): LanguageTool | undefined {
  return tools.get(command);
}
