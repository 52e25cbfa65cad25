// The packages that bring a command, by the kind of package manager. Debian's names were compared with its index (bookworm,
// November 2026); those of Alpine, Fedora and CentOS are the ones that are certain.
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
ffmpeg ffmpeg ffmpeg -
nginx nginx
supervisord,supervisorctl supervisor
openssl openssl
composer composer composer -
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
lua lua5.3 - lua
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
uuidgen uuid-runtime - util-linux
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
go-md2man go-md2man - -
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
llvm-config llvm-dev - llvm-devel
gperf gperf
ragel ragel
re2c re2c
cpio cpio
lsof lsof
tcpdump tcpdump
nmap nmap
socat socat
screen screen
tmux tmux
zsh zsh
pv pv
parallel parallel
expect expect
dialog dialog
lftp lftp
aria2c aria2
zstd zstd
lz4 lz4
pigz pigz
optipng optipng
jpegoptim jpegoptim
gifsicle gifsicle
gs ghostscript
sox sox
lame lame lame -
flac flac
qpdf qpdf
iptables,iptables-save,iptables-restore iptables
ipset ipset
ethtool ethtool
brctl bridge-utils - bridge-utils
fakeroot fakeroot
debootstrap debootstrap
mksquashfs,unsquashfs squashfs-tools
xorriso xorriso xorriso -
gnuplot gnuplot
octave octave - octave
memcached memcached
rsyslogd rsyslog
logrotate logrotate
ccache ccache
cppcheck cppcheck
scons scons
texinfo,makeinfo texinfo
help2man help2man
intltoolize intltool
ocaml ocaml
opam opam opam -
ghc ghc
elixir,mix elixir elixir -
fc-cache,fc-list fontconfig
lspci pciutils
lsusb usbutils
modprobe,lsmod kmod
mkfs.ext4 e2fsprogs
tune2fs,resize2fs e2fsprogs e2fsprogs-extra e2fsprogs
mkfs.vfat dosfstools
parted parted
pwgen pwgen
chromium - chromium chromium
telnet telnet busybox-extras telnet
7z p7zip-full - p7zip-plugins
7za p7zip-full - p7zip
tesseract tesseract-ocr tesseract-ocr tesseract
exiftool libimage-exiftool-perl exiftool perl-Image-ExifTool
htpasswd,ab apache2-utils apache2-utils httpd-tools
mysqladmin default-mysql-client mysql-client mysql
redis-server redis-server redis redis
mysqld default-mysql-server - mysql-server
apache2ctl,a2enmod,a2ensite,a2enconf,a2dismod apache2 - -
debconf-set-selections debconf - -
update-ca-certificates ca-certificates ca-certificates -
update-ca-trust - - ca-certificates
autopoint autopoint gettext-dev gettext-devel
gtkdocize gtk-doc-tools gtk-doc gtk-doc
dh debhelper - -
rst2man,rst2html python3-docutils py3-docutils python3-docutils
sphinx-build python3-sphinx py3-sphinx python3-sphinx
qemu-img qemu-utils qemu-img qemu-img
genisoimage,mkisofs genisoimage cdrkit genisoimage
tput,clear ncurses-bin ncurses ncurses
jar default-jdk-headless - java-1.8.0-openjdk-devel
clang-format clang-format clang-extra-tools clang-tools-extra
mogrify,composite,montage imagemagick imagemagick ImageMagick
xelatex texlive-xetex - texlive-xetex
cabal cabal-install - cabal-install
lein leiningen - -
scala scala - -
hugo hugo hugo -
wkhtmltopdf wkhtmltopdf - -
soffice,libreoffice libreoffice libreoffice libreoffice
initdb,pg_ctl,createdb postgresql postgresql postgresql-server
gpg-agent gpg-agent gnupg gnupg2
dirmngr dirmngr gnupg gnupg2
mount,umount mount util-linux util-linux
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
