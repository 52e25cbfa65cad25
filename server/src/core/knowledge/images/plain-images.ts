// Official images that add little to their distribution. Source: their Dockerfiles, August 2026.

/** Whose package manager knows no servers but those of the distribution. Others, like postgres and nginx, add their makers'. */
const plain: ReadonlySet<string> = new Set(
  `debian buildpack-deps python pypy node golang rust ruby php perl gcc erlang elixir julia openjdk java maven tomcat
  httpd redis memcached haproxy wordpress drupal joomla nextcloud swipl clojure jruby groovy`.split(/\s+/),
);

/** Whether the packages of an official image are those of its distribution alone. @param name without tag */
export function hasOnlyItsPackages(name: string): boolean {
  return plain.has(name);
}

/**
 * On Alpine, without the rules of time zones. Those of servers mostly install tzdata (nginx, postgres, redis), and programs of
 * Node.js, PHP, Java, and Go beside its sources, find rules of their own.
 */
const withoutZones: ReadonlySet<string> = new Set('alpine caddy docker haproxy memcached rust'.split(' '));

/** Whether an official image lacks the rules of time zones on Alpine. @param name without tag */
export function lacksZonesOnAlpine(name: string | undefined): boolean {
  return name !== undefined && withoutZones.has(name);
}
