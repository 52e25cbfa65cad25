// What a program is when a container starts it: a tool for interactive use, a runner of the file's own code, or a
// service that changes its user by itself. By base name; unknown programs are in no table.

/** Whether a program is Python under any name: `python`, `python3.13`, `pypy3`. */
export function isPython(program: string): boolean {
  return /^(?:python|pypy)[\d.]*$/.test(program);
}

/** Shells and interpreters that are interactive if they get nothing to run. */
export const interactive: ReadonlySet<string> = new Set(
  `ash bash cmd csh dash elvish fish ksh nu pwsh pwsh-preview powershell rbash sh tcsh zsh
  bpython cling clojure erl evcxr ghci groovysh gosh guile idle iex ipython irb jruby jshell julia ksi lua luajit
  micropython nix-shell node nodejs ocaml perl php pry psysh pypy pypy3 python python2 python3 R racket rebar3 ruby
  sbcl scala scheme sqlite3 swift tclsh utop`.split(/\s+/),
);

/** Builtins of a shell, and commands that only keep a container alive. */
export const idle: ReadonlySet<string> = new Set(
  ': cat date echo env export false printf set sleep tail test trap true umask wait which'.split(' '),
);

/** Development tools that restart a program after each change, or run it step by step. */
export const watchers: ReadonlySet<string> = new Set(
  'air CompileDaemon debugpy dlv entr fresh gdb gow nodemon reflex tsc-watch watchexec watchman'.split(' '),
);

/** Programs that start code given by name: interpreters, build tools and application servers. */
export const appRunners: ReadonlySet<string> = new Set(
  `bun bundle bundler cargo celery clojure composer daphne dart deno dotnet elixir erl escript flask flower go gradle
  gradlew gunicorn hypercorn java jruby julia lein locust lua mix mono mvn mvnw next nginx node nodejs npm npx
  nuxt perl php pipenv plackup pm2 pm2-runtime pnpm poetry puma pypy pypy3 python python2 python3 rackup rails rake
  rebar3 Rscript ruby sanic sbt serve spring streamlit thin ts-node tsx unicorn uv uvicorn uwsgi waitress-serve yarn
  bash dash sh ash zsh pwsh`.split(/\s+/),
);

/**
 * Programs that start as root and switch to their own user, or that need root for their task: to run other programs
 * as other users, or to change the network or the kernel's state.
 */
export const keepsRootByDesign: ReadonlySet<string> = new Set(
  `chroot fixuid gosu runuser setpriv setuser start-stop-daemon su su-exec s6-setuidgid
  dumb-init-as init my_init rc-service runit runit_bootstrap runsvdir s6-overlay s6-svscan service supervisord systemctl systemd
  anacron atd cron crond
  apache2 apache2-foreground apache2ctl apachectl haproxy httpd httpd-foreground lighttpd nginx nginx-debug openresty squid varnishd
  avahi-daemon chronyd cupsd cups-browsed dbus-daemon dhcpcd dhcpd dnsmasq kea-dhcp4 named nsd ntpd pdns_server pdnsd
  pdns_recursor rpcbind rsyslogd smbd nmbd snmpd syslog-ng unbound
  dovecot exim exim4 master postfix opendkim pure-ftpd proftpd vsftpd sshd dropbear
  asterisk freeradius icecast mosquitto murmur murmurd mpd ntopng pihole-FTL privoxy radiusd slapd sniproxy sockd
  tinyproxy tor
  memcached mysqld mysqld_safe mariadbd php-fpm postgres
  charon dsvpn hostapd ip ip6tables iptables ipsec keepalived nft ocserv openconnect openvpn pppd radvd shadowvpn
  shorewall strongswan
  tailscaled tcpdump wg wg-quick wireguard xl2tpd zerotier-one
  buildkitd cadvisor containerd cri-o crio docker docker-ce docker-ce-cli docker-cli docker.io dockerd dind kubelet k3s podman
  debootstrap fail2ban-server fuse-overlayfs kismet losetup mount nfs-ganesha nfs-kernel-server nfs-utils nsenter rpc.nfsd samba snort strace suricata sysctl udevd zeek`.split(
    /\s+/,
  ),
);

/** Programs that offer a login when they are what a container starts: SSH servers, and the first process of a whole system. */
export const wholeSystems: ReadonlySet<string> = new Set(['dropbear', 'init', 'sshd', 'systemd']);

/** Names of servers whose users come by SSH: for repositories, files, or to go on from there. */
export const servesGit =
  /gitlab|gitea|forgejo|\bgogs\b|gerrit|gitolite|soft-?serve|phabricator|sftp|bastion|jump-?host/i;

/** Programs that need root for what they do when a container starts, but do not step down. */
export const needsRoot: ReadonlySet<string> = new Set(
  `chown chgrp useradd userdel usermod groupadd groupdel groupmod adduser deluser addgroup delgroup passwd chpasswd
  update-ca-certificates update-ca-trust ldconfig dpkg-reconfigure update-alternatives modprobe umount setcap
  locale-gen`.split(/\s+/),
);

/** Matches a step that installs a program that changes the user or runs other programs as their users. */
export const bringsUserChange =
  /\b(?:gosu|su-exec|s6-overlay|s6-svscan|supervisor|runit|openssh-server|setpriv|systemd-sysv|fixuid)\b/;

/** Programs that run several services in one container, by the names of packages and programs. */
export const supervisors: ReadonlySet<string> = new Set(['supervisor', 'supervisord', 'runit', 'runsvdir']);

/** Names of scripts that wait for another service, and then run what stands behind `--`. */
export const waitingScript = /^wait[-_]?for(?:[-_]\w+)*(?:\.(?:sh|bash))?$/i;

/** Packages of services that usually run beside another program. */
export const servicesBeside: ReadonlySet<string> = new Set([
  'openssh-server',
  'openssh',
  'cron',
  'cronie',
  'rsyslog',
]);

/** Init processes of a container: they only start another process and reap zombies. */
export const inits: ReadonlySet<string> = new Set(['tini', 'dumb-init', 'catatonit', 'pid1']);

/**
 * Whether a path certainly ends with the name of a program: it is in a folder for programs, has the ending of a script,
 * or is an interpreter. Then what follows after a blank are its arguments.
 */
export function endsWithProgram(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^\/(?:usr\/)?(?:local\/)?s?bin\/|\.(?:sh|py|js|rb|pl|jar)$/.test(path) || appRunners.has(name);
}

/** Programs that run the scripts of a JavaScript project. */
export const scriptRunners = /^(?:npm|npx|yarn|pnpm|pnpx|bun|bunx|corepack|lerna|nx|turbo)$/;

/** Options that name the user for a program to run as. */
export const userOption = /^--?(?:user|uid|username|setuid|chuid|runas|run-as|owner)(?:=|$)/;

/** Programs that are only servers, mostly for HTTP, also without arguments. */
export const servers: ReadonlySet<string> = new Set(
  `daphne gunicorn hypercorn nginx plackup puma rackup redis-server thin traefik unicorn uvicorn uwsgi
  waitress-serve`.split(/\s+/),
);

/** Programs that remove, move or change the files that their arguments name. */
export const changesFiles: ReadonlySet<string> = new Set([
  'rm',
  'rmdir',
  'mv',
  'chown',
  'chgrp',
  'chmod',
  'truncate',
  'shred',
]);

/** Programs that do the same with an empty argument as without one, or that fail without. */
export const takesEmpty: ReadonlySet<string> = new Set([
  ...changesFiles,
  ...'[ cd cp echo mkdir printf test'.split(' '),
]);

/** Package managers that run a program in the environment of a project. */
export const environmentRunners: ReadonlySet<string> = new Set(['uv', 'poetry', 'pipenv', 'pdm']);
/** Commands that take paths, and change nothing that is there. */
export const takesPaths: ReadonlySet<string> = new Set(
  'cp mkdir ln cd pushd tar unzip touch cat [ test install find ls sed tee gzip gunzip'.split(' '),
);

/** Programs that read a program from an argument. */
export const interpreters = /^(?:python[\d.]*|node|ruby|php|perl)$/;

/** Programs that compare a download with a sum or a signature. */
export const verifiers = /sum$|^gpgv?$|^cosign$|^openssl$/;

/** Shells without what bash adds. */
export const smallShells: ReadonlySet<string> = new Set(['sh', 'dash', 'ash']);
