// The development packages that have a C header, a library to link, or a module of pkg-config, by the kind of package
// manager. Debian's names were compared with its index (bookworm, November 2026); the others are as they are known.
import type { PackageNaming } from './command-packages';

/** `HEADER,FOLDER/,l:LIBRARY,pc:MODULE APT APK RPM`; `-` where no package is known. */
const rows = `
Python.h,pyconfig.h,pc:python3 python3-dev python3-dev python3-devel
ruby.h,ruby/ ruby-dev ruby-dev ruby-devel
jni.h default-jdk-headless openjdk11-jdk java-1.8.0-openjdk-devel
stdio.h,stdlib.h,limits.h,stddef.h,string.h,sys/types.h,assert.h,errno.h libc6-dev musl-dev glibc-devel
linux/,asm/ linux-libc-dev linux-headers kernel-headers
sys/queue.h,sys/cdefs.h libc6-dev bsd-compat-headers glibc-devel
execinfo.h libc6-dev libexecinfo-dev glibc-devel
ffi.h,pc:libffi,l:ffi libffi-dev libffi-dev libffi-devel
openssl/,l:ssl,l:crypto,pc:openssl,pc:libssl,pc:libcrypto libssl-dev openssl-dev openssl-devel
zlib.h,l:z,pc:zlib zlib1g-dev zlib-dev zlib-devel
bzlib.h,l:bz2 libbz2-dev bzip2-dev bzip2-devel
lzma.h,l:lzma,pc:liblzma liblzma-dev xz-dev xz-devel
lz4.h,pc:liblz4 liblz4-dev lz4-dev lz4-devel
zstd.h,pc:libzstd libzstd-dev zstd-dev libzstd-devel
snappy.h,snappy-c.h,l:snappy libsnappy-dev snappy-dev snappy-devel
readline/,l:readline libreadline-dev readline-dev readline-devel
curses.h,ncurses.h,term.h,l:ncurses,l:curses,l:tinfo,pc:ncurses libncurses-dev ncurses-dev ncurses-devel
sqlite3.h,l:sqlite3,pc:sqlite3 libsqlite3-dev sqlite-dev sqlite-devel
libxml/,l:xml2,pc:libxml-2.0 libxml2-dev libxml2-dev libxml2-devel
libxslt/,l:xslt,pc:libxslt libxslt1-dev libxslt-dev libxslt-devel
curl/,l:curl,pc:libcurl libcurl4-openssl-dev curl-dev libcurl-devel
jpeglib.h,l:jpeg,pc:libjpeg libjpeg-dev libjpeg-turbo-dev libjpeg-turbo-devel
png.h,l:png,pc:libpng libpng-dev libpng-dev libpng-devel
tiff.h,tiffio.h,l:tiff,pc:libtiff-4 libtiff-dev tiff-dev libtiff-devel
gif_lib.h,l:gif libgif-dev giflib-dev giflib-devel
webp/,pc:libwebp libwebp-dev libwebp-dev libwebp-devel
ft2build.h,freetype/,l:freetype,pc:freetype2 libfreetype-dev freetype-dev freetype-devel
fontconfig/,pc:fontconfig libfontconfig-dev fontconfig-dev fontconfig-devel
yaml.h,l:yaml,pc:yaml-0.1 libyaml-dev yaml-dev libyaml-devel
expat.h,l:expat,pc:expat libexpat1-dev expat-dev expat-devel
gmp.h,l:gmp,pc:gmp libgmp-dev gmp-dev gmp-devel
mpfr.h,l:mpfr libmpfr-dev mpfr-dev mpfr-devel
pcre.h,l:pcre,pc:libpcre libpcre3-dev pcre-dev pcre-devel
pcre2.h,l:pcre2-8,pc:libpcre2-8 libpcre2-dev pcre2-dev pcre2-devel
libpq-fe.h,l:pq,pc:libpq libpq-dev postgresql-dev postgresql-devel
postgres.h,postgres_fe.h postgresql-server-dev-all postgresql-dev postgresql-server-devel
mysql.h,mysql/,l:mysqlclient,pc:mysqlclient default-libmysqlclient-dev mariadb-dev mariadb-devel
sql.h,sqlext.h,l:odbc unixodbc-dev unixodbc-dev unixODBC-devel
sybdb.h,l:sybdb freetds-dev freetds-dev freetds-devel
sasl/,l:sasl2 libsasl2-dev cyrus-sasl-dev cyrus-sasl-devel
ldap.h,lber.h,l:ldap libldap-dev openldap-dev openldap-devel
krb5.h,gssapi/,gssapi.h libkrb5-dev krb5-dev krb5-devel
uuid/,l:uuid,pc:uuid uuid-dev util-linux-dev libuuid-devel
glib.h,pc:glib-2.0,l:glib-2.0 libglib2.0-dev glib-dev glib2-devel
dbus/,pc:dbus-1 libdbus-1-dev dbus-dev dbus-devel
event.h,event2/,l:event,pc:libevent libevent-dev libevent-dev libevent-devel
ev.h,l:ev libev-dev libev-dev libev-devel
uv.h,l:uv,pc:libuv libuv1-dev libuv-dev libuv-devel
zmq.h,l:zmq,pc:libzmq libzmq3-dev zeromq-dev zeromq-devel
pcap.h,pcap/,l:pcap,pc:libpcap libpcap-dev libpcap-dev libpcap-devel
libusb.h,libusb-1.0/,pc:libusb-1.0 libusb-1.0-0-dev libusb-dev libusbx-devel
libudev.h,l:udev,pc:libudev libudev-dev eudev-dev systemd-devel
alsa/,l:asound,pc:alsa libasound2-dev alsa-lib-dev alsa-lib-devel
portaudio.h,l:portaudio portaudio19-dev portaudio-dev portaudio-devel
sndfile.h,pc:sndfile libsndfile1-dev libsndfile-dev libsndfile-devel
X11/,l:X11,pc:x11 libx11-dev libx11-dev libX11-devel
GL/,l:GL,pc:gl libgl-dev mesa-dev mesa-libGL-devel
KHR/ libegl-dev mesa-dev mesa-libEGL-devel
cairo.h,cairo/,pc:cairo,l:cairo libcairo2-dev cairo-dev cairo-devel
pango/,pc:pango,pc:pangocairo libpango1.0-dev pango-dev pango-devel
gdk-pixbuf/,pc:gdk-pixbuf-2.0 libgdk-pixbuf-2.0-dev gdk-pixbuf-dev gdk-pixbuf2-devel
gtk/,pc:gtk+-3.0 libgtk-3-dev gtk+3.0-dev gtk3-devel
librsvg/,pc:librsvg-2.0 librsvg2-dev librsvg-dev librsvg2-devel
vips/,pc:vips,pc:vips-cpp libvips-dev vips-dev vips-devel
gobject-introspection/,pc:gobject-introspection-1.0 libgirepository1.0-dev gobject-introspection-dev gobject-introspection-devel
boost/,l:boost_system libboost-all-dev boost-dev boost-devel
Eigen/,eigen3/,pc:eigen3 libeigen3-dev eigen-dev eigen3-devel
rapidjson/ rapidjson-dev rapidjson-dev rapidjson-devel
gtest/,l:gtest libgtest-dev gtest-dev gtest-devel
asio/,asio.hpp libasio-dev asio-dev asio-devel
magic.h,l:magic libmagic-dev file-dev file-devel
sys/capability.h,l:cap libcap-dev libcap-dev libcap-devel
attr/,sys/xattr.h libattr1-dev attr-dev libattr-devel
sys/acl.h,acl/,l:acl libacl1-dev acl-dev libacl-devel
unicode/,l:icuuc,pc:icu-uc,pc:icu-i18n libicu-dev icu-dev libicu-devel
numa.h,l:numa libnuma-dev numactl-dev numactl-devel
seccomp.h,pc:libseccomp libseccomp-dev libseccomp-dev libseccomp-devel
gdbm.h,l:gdbm libgdbm-dev gdbm-dev gdbm-devel
db.h,l:db libdb-dev db-dev libdb-devel
tcl.h tcl-dev tcl-dev tcl-devel
tk.h tk-dev tk-dev tk-devel
hdf5.h,l:hdf5,pc:hdf5 libhdf5-dev hdf5-dev hdf5-devel
cblas.h,l:blas,l:cblas,l:openblas,pc:openblas libopenblas-dev openblas-dev openblas-devel
lapacke.h,l:lapack liblapack-dev lapack-dev lapack-devel
proj_api.h,proj.h,l:proj,pc:proj libproj-dev proj-dev proj-devel
geos_c.h,l:geos_c libgeos-dev geos-dev geos-devel
gdal.h,gdal/,l:gdal libgdal-dev gdal-dev gdal-devel
sodium.h,l:sodium,pc:libsodium libsodium-dev libsodium-dev libsodium-devel
gcrypt.h,l:gcrypt libgcrypt20-dev libgcrypt-dev libgcrypt-devel
gnutls/,l:gnutls,pc:gnutls libgnutls28-dev gnutls-dev gnutls-devel
archive.h,l:archive,pc:libarchive libarchive-dev libarchive-dev libarchive-devel
fuse.h,pc:fuse,l:fuse libfuse-dev fuse-dev fuse-devel
rdkafka.h,librdkafka/,l:rdkafka,pc:rdkafka librdkafka-dev librdkafka-dev librdkafka-devel
hiredis/,l:hiredis libhiredis-dev hiredis-dev hiredis-devel
memcached.h,libmemcached/,l:memcached libmemcached-dev libmemcached-dev libmemcached-devel
git2.h,pc:libgit2,l:git2 libgit2-dev libgit2-dev libgit2-devel
ssh2.h,libssh2.h,pc:libssh2,l:ssh2 libssh2-1-dev libssh2-dev libssh2-devel
zip.h,pc:libzip,l:zip libzip-dev libzip-dev libzip-devel
oniguruma.h,pc:oniguruma,l:onig libonig-dev oniguruma-dev oniguruma-devel
c-client.h,l:c-client libc-client2007e-dev imap-dev libc-client-devel
mcrypt.h,l:mcrypt libmcrypt-dev libmcrypt-dev libmcrypt-devel
tidy.h,l:tidy libtidy-dev tidyhtml-dev libtidy-devel
enchant.h,pc:enchant,pc:enchant-2 libenchant-2-dev enchant2-dev enchant2-devel
MagickWand/,wand/,pc:MagickWand,pc:ImageMagick libmagickwand-dev imagemagick-dev ImageMagick-devel
libavcodec/,libavformat/,pc:libavcodec,pc:libavformat libavformat-dev ffmpeg-dev ffmpeg-devel
opencv2/,pc:opencv,pc:opencv4 libopencv-dev opencv-dev opencv-devel
rocksdb/,l:rocksdb librocksdb-dev rocksdb-dev rocksdb-devel
leveldb/,l:leveldb libleveldb-dev leveldb-dev leveldb-devel
google/protobuf/,l:protobuf,pc:protobuf libprotobuf-dev protobuf-dev protobuf-devel
glog/,l:glog libgoogle-glog-dev glog-dev glog-devel
gflags/,l:gflags libgflags-dev gflags-dev gflags-devel
systemd/,pc:libsystemd,l:systemd libsystemd-dev - systemd-devel
security/,l:pam libpam0g-dev linux-pam-dev pam-devel
avahi-client/,pc:avahi-client libavahi-client-dev avahi-dev avahi-devel
SDL2/,pc:sdl2,l:SDL2 libsdl2-dev sdl2-dev SDL2-devel
nlohmann/ nlohmann-json3-dev nlohmann-json json-devel
`;

/** Shared libraries that programs load when they start: `LIBRARY APT APK RPM`. */
const sharedRows = `
libGL.so.1 libgl1 mesa-gl mesa-libGL
libglib-2.0.so.0,libgthread-2.0.so.0 libglib2.0-0 glib glib2
libgomp.so.1 libgomp1 libgomp libgomp
libstdc++.so.6 libstdc++6 libstdc++ libstdc++
libgcc_s.so.1 libgcc-s1 libgcc libgcc
libpq.so.5 libpq5 libpq postgresql-libs
libSM.so.6 libsm6 libsm libSM
libXext.so.6 libxext6 libxext libXext
libXrender.so.1 libxrender1 libxrender libXrender
libX11.so.6 libx11-6 libx11 libX11
libmagic.so.1 libmagic1 libmagic file-libs
libxml2.so.2 libxml2 libxml2 libxml2
libxslt.so.1 libxslt1.1 libxslt libxslt
libcurl.so.4 libcurl4 libcurl libcurl
libatomic.so.1 libatomic1 libatomic libatomic
libnss3.so libnss3 nss nss
libasound.so.2 libasound2 alsa-lib alsa-lib
libfontconfig.so.1 libfontconfig1 fontconfig fontconfig
libfreetype.so.6 libfreetype6 freetype freetype
libz.so.1 zlib1g zlib zlib
libbz2.so.1.0 libbz2-1.0 libbz2 bzip2-libs
libffi.so.6,libffi.so.7,libffi.so.8 libffi8 libffi libffi
`;

type Columns = Readonly<Record<PackageNaming, string | undefined>>;

function read(text: string): ReadonlyMap<string, Columns> {
  return new Map(
    text
      .trim()
      .split('\n')
      .flatMap((row) => {
        const [keys = '', apt, apk, rpm] = row.split(' ').map((one) => (one === '-' ? undefined : one));
        return keys.split(',').map((key) => [key, { apt, apk, rpm }] as const);
      }),
  );
}

const packages = read(rows);
const shared = read(sharedRows);

/** The package with a C header. @param header as it is included: `openssl/ssl.h` */
export function packageOfHeader(header: string, naming: PackageNaming): string | undefined {
  const folder = header.slice(0, header.indexOf('/') + 1);
  return (packages.get(header) ?? (folder === '' ? undefined : packages.get(folder)))?.[naming];
}

/** The package with a library to link. @param library without `lib` and without its ending: `z` */
export function packageOfLibrary(library: string, naming: PackageNaming): string | undefined {
  return packages.get(`l:${library}`)?.[naming];
}

/** The package with a module of pkg-config: `libxml-2.0`. */
export function packageOfModule(module: string, naming: PackageNaming): string | undefined {
  return packages.get(`pc:${module}`)?.[naming];
}

/** The package with a shared library, by its whole name: `libGL.so.1`. */
export function packageOfSharedLibrary(library: string, naming: PackageNaming): string | undefined {
  return shared.get(library)?.[naming];
}
