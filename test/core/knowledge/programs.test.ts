// What the tables of programs say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daemonName, leavesForeground } from '../../../server/src/core/knowledge/programs/daemons';
import { isPython } from '../../../server/src/core/knowledge/programs/programs';
import {
  builtIntoShells,
  lastingBuiltIns,
  onlyInShells,
} from '../../../server/src/core/knowledge/programs/shell-builtins';
import {
  buildsScripts,
  compiles,
  sdkRunners,
  serverStarters,
  tells,
} from '../../../server/src/core/knowledge/programs/subcommands';
import { writesBeside } from '../../../server/src/core/knowledge/programs/user-programs';
import { lint } from '../../../server/src/linter';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';

const makes: readonly (readonly [command: string, compiles: boolean, buildsScripts: boolean])[] = [
  ['go build -o /app .', true, false],
  ['go run build', false, false],
  ['cargo +nightly build', true, false],
  ['dotnet -v build', false, false],
  ['make', true, false],
  ['./gradlew', false, false],
  ['gradle :app:bootJar', true, false],
  ['npm run build', false, true],
  ['yarn --silent build', false, true],
  ['npm run test', false, false],
  ['npx tsc -p .', false, true],
  ['npx eslint', false, false],
  ['tsc', false, true],
];

for (const [command, isCompiled, isScript] of makes) {
  test(`what builds: ${command}`, () => {
    const [program = '', ...args] = command.split(' ');
    assert.deepEqual([compiles(program, args), buildsScripts(program, args)], [isCompiled, isScript]);
  });
}

test('a word counts in the place where the program looks for it', () => {
  assert.ok(tells(serverStarters, 'rails', ['server']));
  assert.ok(!tells(serverStarters, 'rails', ['-e', 'server']));
  assert.ok(tells(serverStarters, 'php', ['-d', 'x', '-S', '0.0.0.0:80']));
  assert.ok(tells(sdkRunners, 'mvn', ['-q', 'spring-boot:run']));
  assert.ok(!tells(sdkRunners, 'mvn', [undefined]));
  assert.ok(!tells(sdkRunners, 'node', ['run']));
});

test('a version in the name of a program changes nothing', () => {
  assert.deepEqual(['python', 'python3.13', 'pypy3', 'pythonic'].map(isPython), [true, true, true, false]);
  assert.deepEqual(['php-fpm', 'php-fpm8.2', 'php8'].map(daemonName), ['php-fpm', 'php-fpm', 'php8']);
});

test('what lasts in a shell is built into it', () => {
  assert.deepEqual(
    [...lastingBuiltIns].filter((name) => !onlyInShells.has(name)),
    [],
  );
  assert.ok(builtIntoShells.has('echo') && !onlyInShells.has('echo'));
});

test('nobody is told to hand over to what a shell carries out itself', () => {
  const ids = (text: string): readonly string[] =>
    lint(text, defaultConfig, noFacts).findings.map(({ rule }) => rule.id);
  assert.ok(ids('FROM debian:12\nCMD server $X\n').includes('cmd-exec-form'));
  assert.ok(!ids('FROM debian:12\nCMD alias ll="ls $X"\n').includes('cmd-exec-form'));
});

test('programs that leave the foreground', () => {
  const leaves = (line: string, configured = false): boolean => {
    const [program = '', ...args] = line.split(' ');
    return leavesForeground(
      program,
      args.map((arg) => (arg.startsWith('$') ? undefined : arg)),
      configured,
    );
  };
  const away = `redis-server --daemonize yes
    redis-server /etc/redis.conf --daemonize yes
    mongod --fork --logpath /var/log/mongod.log
    memcached -d -u app
    gunicorn -D app:app
    gunicorn --daemon app:app
    uwsgi --daemonize=/var/log/uwsgi.log
    celery -A app worker --detach
    celery multi start w1
    php-fpm
    php-fpm8.2 -D
    sshd
    apachectl -k start
    apache2ctl start
    pg_ctl -D /data start
    rabbitmq-server -detached
    rails server -d
    squid -sYC
    nginx -c /etc/nginx.conf`;
  const stay = `redis-server
    redis-server --daemonize no
    mongod --forks
    memcached -u app
    memcached $ARGS
    gunicorn app:app
    php-fpm -F
    php-fpm --nodaemonize
    sshd -D -e
    apachectl -D FOREGROUND
    httpd -k start -DFOREGROUND
    zkServer.sh start-foreground
    squid -N
    smbd --foreground
    nginx $OPTIONS
    node --daemon`;
  for (const line of away.split('\n')) assert.equal(leaves(line.trim()), true, line);
  for (const line of stay.split('\n')) assert.equal(leaves(line.trim()), false, line);
  assert.equal(leaves('php-fpm', true), false);
  assert.equal(leaves('php-fpm -D', true), true);
});

test('servers for development write into the folder of the project', () => {
  const table: readonly (readonly [words: string, program: string | undefined])[] = [
    ['npx turbo dev --filter=client', 'turbo dev'],
    ['turbo run dev', 'turbo run dev'],
    ['vite --host 0.0.0.0', 'vite'],
    ['node_modules/.bin/vite dev', 'vite'],
    ['nest start --watch', 'nest start'],
    ['vite preview', undefined],
    ['vite build', undefined],
    ['turbo start', undefined],
    ['uv run --no-sync app', undefined],
    ['node invite.js', undefined],
  ];
  for (const [words, program] of table) assert.equal(writesBeside(words), program, words);
});
