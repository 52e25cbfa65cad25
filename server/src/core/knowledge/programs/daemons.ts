// Programs that leave the foreground by themselves, and the words among their arguments that decide it. By base name,
// without a version at the end of php-fpm. Sources: the programs' manual pages.

interface Detaching {
  /** Whether it leaves without any of the words. */
  readonly byDefault: boolean;
  /** Words that make it leave: an argument, or two in a row with a blank between them, from the start of the first. */
  readonly leaves?: RegExp;
  /** Words that keep it in the foreground, or make it do something else: tests, signals, help. They win. */
  readonly stays?: RegExp;
}

function leaves(words: RegExp, stays?: RegExp): Detaching {
  return stays ? { byDefault: false, leaves: words, stays } : { byDefault: false, leaves: words };
}

function leavesUnless(stays: RegExp): Detaching {
  return { byDefault: true, stays };
}

const nginx = leavesUnless(/daemon\s+off|^-[tTsvVh?]/);
const samba = leavesUnless(/^(?:-\w*[FiSbhV]|--(?:foreground|interactive|help|version))/);
const redis = leaves(/^--daemonize ["']?yes/);
const fork = leaves(/^--fork(?: |$)/);
const longOrD = leaves(/^(?:-d|--daemon(?:ize)?)(?: |$)/);
const longOrBigD = leaves(/^(?:-D|--daemon(?:ize)?)(?: |$)/);
const starts = leaves(/^start(?: |$)/);
const apache = leaves(/^(?:start|restart)(?: |$)/, /^-D ?FOREGROUND|^-X/);

const detaching: ReadonlyMap<string, Detaching> = new Map([
  // Daemons that leave unless they are told to stay.
  ['sshd', leavesUnless(/^-[dDiItTGV]/)],
  ['cron', leavesUnless(/^-\w*f|^--?(?:help|version)/)],
  ['crond', leavesUnless(/^-\w*[fndhV]|^--?(?:help|version)/)],
  ['nginx', nginx],
  ['nginx-debug', nginx],
  ['openresty', nginx],
  [
    'php-fpm',
    {
      byDefault: true,
      leaves: /^(?:-D|--daemonize)$/,
      stays: /^-\w*[FtivmhO]|^--?(?:nodaemonize|force-stderr|test|help|version|info)/,
    },
  ],
  ['rsyslogd', leavesUnless(/^-\w*[nNvd]/)],
  ['dnsmasq', leavesUnless(/^-\w*[kdvw]|^--(?:keep-in-foreground|no-daemon|test|version|help)/)],
  ['smbd', samba],
  ['nmbd', samba],
  ['squid', leavesUnless(/^-\w*[Nkzvh]|^--(?:foreground|help|version)/)],
  ['varnishd', leavesUnless(/^-\w*[FCdVx]/)],
  ['lighttpd', leavesUnless(/^-\w*[DtpvVh1]/)],
  ['named', leavesUnless(/^-[fgvVh]/)],
  ['dovecot', leavesUnless(/^-[Fna]|^--(?:version|help)|^(?:stop|reload)/)],
  // Servers that leave if they are told so.
  ['redis-server', redis],
  ['valkey-server', redis],
  ['mongod', fork],
  ['mongos', fork],
  ['mysqld', longOrBigD],
  ['memcached', longOrD],
  ['elasticsearch', longOrD],
  ['haproxy', leaves(/^-D(?: |$)/)],
  ['mosquitto', leaves(/^-d(?: |$)/)],
  ['gunicorn', longOrBigD],
  ['unicorn', longOrBigD],
  ['rackup', longOrBigD],
  ['avahi-daemon', longOrBigD],
  ['thin', longOrD],
  ['rails', longOrD],
  ['sidekiq', longOrD],
  ['puma', leaves(/^--daemon(?: |$)/)],
  ['openvpn', leaves(/^--daemon(?: |$)/)],
  ['uwsgi', leaves(/^(?:-d|--daemonize2?)(?:[ =]|$)/)],
  ['celery', leaves(/^(?:-D|--detach|multi start)(?: |$)/)],
  ['dbus-daemon', fork],
  ['rabbitmq-server', leaves(/^--?detached(?: |$)/)],
  ['tor', leaves(/^--RunAsDaemon 1/i)],
  ['exim', leaves(/^-bd(?: |$)/)],
  ['exim4', leaves(/^-bd(?: |$)/)],
  ['kafka-server-start.sh', leaves(/^-daemon(?: |$)/)],
  ['zookeeper-server-start.sh', leaves(/^-daemon(?: |$)/)],
  ['start-stop-daemon', leaves(/^(?:-\w*b|--background)(?: |$)/)],
  // Programs that start a server and end.
  ['apachectl', apache],
  ['apache2ctl', apache],
  ['apache2', apache],
  ['httpd', apache],
  ['pg_ctl', starts],
  ['pg_ctlcluster', leaves(/^start(?: |$)/, /^--foreground/)],
  ['postfix', starts],
  ['catalina.sh', starts],
  ['zkServer.sh', starts],
]);

/**
 * Whether a program leaves the foreground, so that a shell goes on with the next command while it runs.
 * @param args values of its arguments; undefined for an argument with an expansion
 * @param configured whether the image has a configuration that keeps the program in the foreground by default
 * @returns false if it stays, or if that is not known
 */
export function leavesForeground(
  program: string,
  args: readonly (string | undefined)[],
  configured: boolean,
): boolean {
  const entry = detaching.get(daemonName(program));
  if (!entry) return false;
  const words = args.map((arg, at) => (arg === undefined ? '' : `${arg} ${args[at + 1] ?? ''}`.trimEnd()));
  if (words.some((word) => entry.stays?.test(word))) return false;
  if (words.some((word) => entry.leaves?.test(word))) return true;
  return entry.byDefault && !configured && !args.includes(undefined);
}

/** The name of a daemon without a version at its end: `php-fpm` for `php-fpm8.2`. */
export function daemonName(program: string): string {
  return program.replace(/^(php-fpm)[\d.]+$/, '$1');
}

/** Words that end a server which ran only for a while: `redis-cli shutdown`, `pg_ctl stop`. */
export const endingWords = /^(?:--)?(?:stop|shutdown|quit)$/i;
