// Official images whose package manager knows no servers but those of their distribution. Others, like postgres and
// nginx, add those of their makers. Source: their Dockerfiles.
const plain: ReadonlySet<string> = new Set(
  `debian buildpack-deps python pypy node golang rust ruby php perl gcc erlang elixir julia openjdk java maven tomcat
  httpd redis memcached haproxy wordpress drupal joomla nextcloud swipl clojure jruby groovy`.split(/\s+/),
);

/** Whether the packages of an official image are those of its distribution alone. @param name without tag */
export function hasOnlyItsPackages(name: string): boolean {
  return plain.has(name);
}
