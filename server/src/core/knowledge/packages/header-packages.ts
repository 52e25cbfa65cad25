// The development packages that have a C header, a library to link, or a module of pkg-config, by the kind of package
// manager. Debian's names were compared with its index (bookworm, November 2026); the others are the ones that are certain.
import type { PackageNaming } from './command-packages';

/** `HEADER,FOLDER/,l:LIBRARY,pc:MODULE APT APK RPM`; `-` where no package is known. */
const rows = `
Python.h,pyconfig.h,pc:python3,l:pythonlibs python3-dev python3-dev python3-devel
ruby.h,ruby/ ruby-dev ruby-dev ruby-devel
jni.h default-jdk-headless openjdk11-jdk java-1.8.0-openjdk-devel
stdio.h,stdlib.h,limits.h,stddef.h,string.h,sys/types.h,assert.h,errno.h libc6-dev musl-dev glibc-devel
linux/,asm/ linux-libc-dev linux-headers kernel-headers
sys/queue.h,sys/cdefs.h libc6-dev bsd-compat-headers glibc-devel
execinfo.h libc6-dev libexecinfo-dev glibc-devel
ffi.h,pc:libffi,l:ffi libffi-dev libffi-dev libffi-devel
openssl/,l:ssl,l:crypto,pc:openssl,pc:libssl,pc:libcrypto libssl-dev openssl-dev openssl-devel
zlib.h,l:z,pc:zlib zlib1g-dev zlib-dev zlib-devel
bzlib.h,l:bz2,l:bzip2 libbz2-dev bzip2-dev bzip2-devel
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
libpq-fe.h,l:pq,l:postgresql,pc:libpq libpq-dev postgresql-dev postgresql-devel
postgres.h,postgres_fe.h postgresql-server-dev-all postgresql-dev postgresql-server-devel
mysql.h,mysql/,l:mysql,l:mysqlclient,pc:mysqlclient default-libmysqlclient-dev mariadb-dev mariadb-devel
sql.h,sqlext.h,l:odbc unixodbc-dev unixodbc-dev unixODBC-devel
sybdb.h,l:sybdb freetds-dev freetds-dev freetds-devel
sasl/,l:sasl2 libsasl2-dev cyrus-sasl-dev cyrus-sasl-devel
ldap.h,lber.h,l:ldap libldap-dev openldap-dev openldap-devel
krb5.h,gssapi/,gssapi.h libkrb5-dev krb5-dev krb5-devel
uuid/,l:uuid,pc:uuid uuid-dev util-linux-dev libuuid-devel
glib.h,pc:glib-2.0,pc:gio-2.0,pc:gobject-2.0,pc:gthread-2.0,l:glib-2.0 libglib2.0-dev glib-dev glib2-devel
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
X11/,l:X11,pc:x11,l:x11 libx11-dev libx11-dev libX11-devel
GL/,l:GL,pc:gl,l:opengl libgl-dev mesa-dev mesa-libGL-devel
KHR/ libegl-dev mesa-dev mesa-libEGL-devel
cairo.h,cairo/,pc:cairo,l:cairo libcairo2-dev cairo-dev cairo-devel
pango/,pc:pango,pc:pangocairo libpango1.0-dev pango-dev pango-devel
gdk-pixbuf/,pc:gdk-pixbuf-2.0 libgdk-pixbuf-2.0-dev gdk-pixbuf-dev gdk-pixbuf2-devel
gtk/,pc:gtk+-3.0 libgtk-3-dev gtk+3.0-dev gtk3-devel
librsvg/,pc:librsvg-2.0 librsvg2-dev librsvg-dev librsvg2-devel
vips/,pc:vips,pc:vips-cpp libvips-dev vips-dev -
gobject-introspection/,pc:gobject-introspection-1.0 libgirepository1.0-dev gobject-introspection-dev gobject-introspection-devel
boost/,l:boost,l:boost_system libboost-all-dev boost-dev boost-devel
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
libavcodec/,libavformat/,pc:libavcodec,pc:libavformat libavformat-dev ffmpeg-dev -
opencv2/,pc:opencv,pc:opencv4 libopencv-dev opencv-dev opencv-devel
rocksdb/,l:rocksdb librocksdb-dev rocksdb-dev -
leveldb/,l:leveldb libleveldb-dev leveldb-dev leveldb-devel
google/protobuf/,l:protobuf,pc:protobuf libprotobuf-dev protobuf-dev protobuf-devel
glog/,l:glog libgoogle-glog-dev glog-dev glog-devel
gflags/,l:gflags libgflags-dev gflags-dev gflags-devel
systemd/,pc:libsystemd,l:systemd libsystemd-dev - systemd-devel
security/,l:pam libpam0g-dev linux-pam-dev pam-devel
avahi-client/,pc:avahi-client libavahi-client-dev avahi-dev avahi-devel
SDL2/,pc:sdl2,l:SDL2 libsdl2-dev sdl2-dev SDL2-devel
nlohmann/ nlohmann-json3-dev nlohmann-json json-devel
lua.h,lua.hpp,l:lua liblua5.3-dev lua5.3-dev lua-devel
GL/glut.h,l:glut freeglut3-dev freeglut-dev freeglut-devel
GL/glew.h,l:glew,l:GLEW,pc:glew libglew-dev glew-dev glew-devel
GL/glu.h,l:GLU,pc:glu libglu1-mesa-dev glu-dev mesa-libGLU-devel
GLFW/,l:glfw3,pc:glfw3 libglfw3-dev glfw-dev glfw-devel
l:qt5,l:qt5widgets,l:qt5core,l:qt5gui,l:qt5network qtbase5-dev qt5-qtbase-dev qt5-qtbase-devel
mpi.h,l:mpi libopenmpi-dev - openmpi-devel
fftw3.h,l:fftw,l:fftw3,pc:fftw3 libfftw3-dev fftw-dev fftw-devel
gsl/,l:gsl,pc:gsl libgsl-dev gsl-dev gsl-devel
jansson.h,l:jansson,pc:jansson libjansson-dev jansson-dev jansson-devel
yaml-cpp/,l:yaml-cpp,pc:yaml-cpp libyaml-cpp-dev yaml-cpp-dev yaml-cpp-devel
tinyxml2.h,l:tinyxml2 libtinyxml2-dev tinyxml2-dev tinyxml2-devel
pulse/,pc:libpulse libpulse-dev pulseaudio-dev pulseaudio-libs-devel
mpc.h,l:mpc libmpc-dev mpc1-dev libmpc-devel
nettle/,pc:nettle nettle-dev nettle-dev nettle-devel
libtasn1.h,pc:libtasn1 libtasn1-6-dev libtasn1-dev libtasn1-devel
idn2.h,pc:libidn2 libidn2-dev libidn2-dev libidn2-devel
slang.h,pc:slang libslang2-dev slang-dev slang-devel
newt.h,pc:libnewt libnewt-dev newt-dev newt-devel
popt.h,l:popt,pc:popt libpopt-dev popt-dev popt-devel
libelf.h,gelf.h,l:elf,pc:libelf libelf-dev elfutils-dev elfutils-libelf-devel
bfd.h,l:bfd binutils-dev binutils-dev binutils-devel
ltdl.h,l:ltdl libltdl-dev - libtool-ltdl-devel
pc:xi,l:Xi libxi-dev libxi-dev libXi-devel
pc:xrandr,l:Xrandr libxrandr-dev libxrandr-dev libXrandr-devel
pc:xft libxft-dev libxft-dev libXft-devel
pc:xtst,l:Xtst libxtst-dev libxtst-dev libXtst-devel
pc:xext,l:Xext libxext-dev libxext-dev libXext-devel
pc:xinerama libxinerama-dev libxinerama-dev libXinerama-devel
pc:xcursor libxcursor-dev libxcursor-dev libXcursor-devel
pc:xrender libxrender-dev libxrender-dev libXrender-devel
pc:xcb,xcb/ libxcb1-dev libxcb-dev libxcb-devel
pc:libdrm libdrm-dev libdrm-dev libdrm-devel
pc:gbm libgbm-dev mesa-dev mesa-libgbm-devel
pc:wayland-client libwayland-dev wayland-dev wayland-devel
pc:gstreamer-1.0 libgstreamer1.0-dev gstreamer-dev gstreamer1-devel
pc:gstreamer-plugins-base-1.0 libgstreamer-plugins-base1.0-dev gst-plugins-base-dev gstreamer1-plugins-base-devel
pc:json-glib-1.0 libjson-glib-dev json-glib-dev json-glib-devel
json-c/,pc:json-c,l:json-c libjson-c-dev json-c-dev json-c-devel
pc:gtk+-2.0 libgtk2.0-dev gtk+2.0-dev gtk2-devel
pc:libsecret-1 libsecret-1-dev libsecret-dev libsecret-devel
netlink/,pc:libnl-3.0,pc:libnl-genl-3.0 libnl-3-dev libnl3-dev libnl3-devel
libmnl/,pc:libmnl libmnl-dev libmnl-dev libmnl-devel
microhttpd.h,pc:libmicrohttpd,l:microhttpd libmicrohttpd-dev libmicrohttpd-dev libmicrohttpd-devel
libvirt/,pc:libvirt libvirt-dev libvirt-dev libvirt-devel
tesseract/,pc:tesseract libtesseract-dev tesseract-ocr-dev tesseract-devel
leptonica/,pc:lept libleptonica-dev leptonica-dev leptonica-devel
ogg/,pc:ogg,l:ogg libogg-dev libogg-dev libogg-devel
vorbis/,pc:vorbis,l:vorbis libvorbis-dev libvorbis-dev libvorbis-devel
FLAC/,pc:flac,l:FLAC libflac-dev flac-dev flac-devel
opus/,pc:opus,l:opus libopus-dev opus-dev opus-devel
lame/,l:mp3lame libmp3lame-dev lame-dev -
x264.h,pc:x264,l:x264 libx264-dev x264-dev -
samplerate.h,pc:samplerate libsamplerate0-dev libsamplerate-dev libsamplerate-devel
speex/,pc:speex libspeex-dev speex-dev speex-devel
winscard.h,pc:libpcsclite libpcsclite-dev pcsc-lite-dev pcsc-lite-devel
cmocka.h,pc:cmocka libcmocka-dev cmocka-dev libcmocka-devel
check.h,pc:check check check-dev check-devel
cppunit/,pc:cppunit libcppunit-dev cppunit-dev cppunit-devel
spdlog/,pc:spdlog libspdlog-dev spdlog-dev spdlog-devel
fmt/,pc:fmt libfmt-dev fmt-dev fmt-devel
hwloc.h,pc:hwloc,l:hwloc libhwloc-dev hwloc-dev hwloc-devel
libconfig.h,pc:libconfig,l:config libconfig-dev libconfig-dev libconfig-devel
l:lapacke liblapacke-dev lapack-dev lapack-devel
l:qt5x11extras libqt5x11extras5-dev qt5-qtx11extras-dev qt5-qtx11extras-devel
l:qt5svg libqt5svg5-dev qt5-qtsvg-dev qt5-qtsvg-devel
l:qt5linguisttools,l:qt5linguist qttools5-dev qt5-qttools-dev qt5-linguist
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
libffi.so.8 libffi8 libffi libffi
libGLU.so.1 libglu1-mesa glu mesa-libGLU
libXi.so.6 libxi6 libxi libXi
libXtst.so.6 libxtst6 libxtst libXtst
libXss.so.1 libxss1 libxscrnsaver libXScrnSaver
libxcb.so.1 libxcb1 libxcb libxcb
libgtk-3.so.0 libgtk-3-0 gtk+3.0 gtk3
libgtk-x11-2.0.so.0 libgtk2.0-0 gtk+2.0 gtk2
libdbus-1.so.3 libdbus-1-3 dbus-libs dbus-libs
libaio.so.1 libaio1 libaio libaio
libnuma.so.1 libnuma1 numactl numactl-libs
libusb-1.0.so.0 libusb-1.0-0 libusb libusbx
libpng16.so.16 libpng16-16 libpng libpng
libsqlite3.so.0 libsqlite3-0 sqlite-libs sqlite-libs
libyaml-0.so.2 libyaml-0-2 yaml libyaml
libsybdb.so.5 libsybdb5 freetds freetds-libs
libopenblas.so.0 libopenblas0 openblas openblas
liblapack.so.3 liblapack3 lapack lapack
libgfortran.so.5 libgfortran5 libgfortran libgfortran
libsndfile.so.1 libsndfile1 libsndfile libsndfile
libportaudio.so.2 libportaudio2 portaudio portaudio
libpulse.so.0 libpulse0 libpulse pulseaudio-libs
libcairo.so.2 libcairo2 cairo cairo
libpango-1.0.so.0 libpango-1.0-0 pango pango
libgdk_pixbuf-2.0.so.0 libgdk-pixbuf-2.0-0 gdk-pixbuf gdk-pixbuf2
libgbm.so.1 libgbm1 mesa-gbm mesa-libgbm
libdrm.so.2 libdrm2 libdrm libdrm
libzmq.so.5 libzmq5 libzmq zeromq
libgeos_c.so.1 libgeos-c1v5 geos geos
libcrypt.so.1 libcrypt1 - libxcrypt
libltdl.so.7 libltdl7 - libtool-ltdl
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
