// The ports of well-known services, and those that official images listen on. Sources: the registry of service names of
// IANA, and the EXPOSE instructions of the official images.

const services: ReadonlyMap<number, string> = new Map([
  [21, 'FTP'],
  [22, 'SSH'],
  [25, 'SMTP'],
  [53, 'DNS'],
  [80, 'HTTP'],
  [110, 'POP3'],
  [143, 'IMAP'],
  [389, 'LDAP'],
  [443, 'HTTPS'],
  [465, 'SMTP with TLS'],
  [587, 'SMTP for mail clients'],
  [636, 'LDAP with TLS'],
  [993, 'IMAP with TLS'],
  [995, 'POP3 with TLS'],
  [1433, 'SQL Server'],
  [1521, 'Oracle Database'],
  [1883, 'MQTT'],
  [2181, 'ZooKeeper'],
  [2375, 'Docker without TLS'],
  [2376, 'Docker with TLS'],
  [2379, 'etcd'],
  [3306, 'MySQL or MariaDB'],
  [3389, 'Remote Desktop'],
  [4222, 'NATS'],
  [5432, 'PostgreSQL'],
  [5601, 'Kibana'],
  [5672, 'AMQP, as of RabbitMQ'],
  [5984, 'CouchDB'],
  [6379, 'Redis or Valkey'],
  [7474, 'Neo4j over HTTP'],
  [7687, 'Neo4j over Bolt'],
  [8080, 'HTTP of applications'],
  [8086, 'InfluxDB'],
  [8200, 'Vault'],
  [8443, 'HTTPS of applications'],
  [8500, 'Consul'],
  [8883, 'MQTT with TLS'],
  [8983, 'Solr'],
  [9000, 'FastCGI of PHP-FPM, and others'],
  [9042, 'Cassandra'],
  [9090, 'Prometheus'],
  [9092, 'Kafka'],
  [9200, 'Elasticsearch'],
  [11211, 'Memcached'],
  [15672, 'management of RabbitMQ'],
  [27017, 'MongoDB'],
]);

/** What usually listens on a port; undefined if nothing is known. */
export function serviceOn(port: number): string | undefined {
  return services.get(port);
}

/** By the short name of the image; the main port first. */
const ofImages: Readonly<Record<string, readonly number[]>> = {
  caddy: [80, 443],
  cassandra: [9042],
  consul: [8500],
  couchdb: [5984],
  'eclipse-mosquitto': [1883],
  elasticsearch: [9200],
  ghost: [2368],
  httpd: [80],
  influxdb: [8086],
  jetty: [8080],
  kibana: [5601],
  mariadb: [3306],
  memcached: [11211],
  mongo: [27017],
  mysql: [3306],
  nats: [4222],
  neo4j: [7474, 7687],
  nginx: [80],
  postgres: [5432],
  rabbitmq: [5672, 15672],
  redis: [6379],
  registry: [5000],
  solr: [8983],
  sonarqube: [9000],
  tomcat: [8080],
  traefik: [80],
  'valkey/valkey': [6379],
  varnish: [80],
  vault: [8200],
  wordpress: [80],
  zookeeper: [2181],
};

/** The ports that an image listens on by default. @param name as the model names the image; undefined if unknown */
export function portsOf(name: string | undefined): readonly number[] {
  return name !== undefined && Object.hasOwn(ofImages, name) ? (ofImages[name] ?? []) : [];
}

/** Ports that applications of no particular kind listen on, the most usual first. */
export const usualPorts: readonly number[] = [8080, 80, 443, 3000, 5000, 8000];

/** Ports known for something other than unencrypted HTTP. */
export const otherProtocols: ReadonlySet<number> = new Set([
  20, 21, 22, 23, 25, 53, 69, 110, 111, 123, 135, 137, 138, 139, 143, 161, 179, 389, 443, 445, 465, 500, 514,
  554, 587, 631, 636, 853, 873, 990, 993, 995, 1080, 1194, 1433, 1521, 1701, 1723, 1812, 1883, 1935, 2003,
  2049, 2181, 2222, 2375, 2376, 2379, 2380, 3128, 3306, 3389, 3478, 4222, 4500, 5060, 5222, 5269, 5353, 5432,
  5671, 5672, 5900, 6379, 6432, 6667, 6697, 7687, 8388, 8443, 8883, 9000, 9001, 9042, 9050, 9092, 9418, 9443,
  11211, 25565, 27015, 27017, 50051,
]);
