// Packages that EPEL has and CentOS, Rocky Linux and AlmaLinux do not have themselves, as far as Dockerfiles ask for them.

const names: ReadonlySet<string> = new Set(
  `ansible bash-completion-extras clamav cmake3 dnsmasq-utils erlang fail2ban fortune-mod geoip gitflow golang htop iftop
  jq leveldb libmcrypt libmcrypt-devel libsodium libsodium-devel lmdb mock moreutils nagios nginx nload nodejs npm nrpe
  p7zip pandoc php-mcrypt pv pwgen python-pip python2-pip python3-pip python34 python34-devel python34-pip python34-setuptools
  python36 python36-devel python36-pip R R-core R-devel rapidjson-devel redis s3cmd screenfetch stress supervisor tinyproxy
  uwsgi uwsgi-plugin-python xmlstarlet yarnpkg zeromq zeromq-devel`.split(/\s+/),
);

export function isInEpel(name: string): boolean {
  return names.has(name);
}
