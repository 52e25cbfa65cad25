// What the start of a container needs root for, and where a development container is recognised.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDevcontainer } from '../../../../server/src/core/analysis/context/context-sources';
import { stepsDown } from '../../../../server/src/core/analysis/runtime/image-users';
import { rootNeedOf } from '../../../../server/src/core/analysis/runtime/start-scripts';
import type { RootNeed } from '../../../../server/src/core/analysis/runtime/start-scripts';
import { noFacts } from '../../../../server/src/core/lint/facts';
import type { Facts } from '../../../../server/src/core/lint/facts';
import { buildModel } from '../../../../server/src/core/model/model';
import { parse } from '../../../../server/src/core/syntax/parse';
import { TextFile } from '../../../../server/src/core/text/document';
import { contextFrom } from '../../../harness/examples';

/** The need of an image with some instructions, or `down` if its start changes the user by itself. */
function needOf(instructions: string, facts: Facts = noFacts): RootNeed | 'down' | undefined {
  const text = `FROM node:22\n${instructions}\n`;
  const model = buildModel(parse(text), new TextFile(text));
  const stage = model.finalStage;
  if (!stage) return undefined;
  return stepsDown(model, stage, facts) ? 'down' : rootNeedOf(model, stage, facts);
}

const certain = (by: string): RootNeed => ({ kind: 'certain', by });
const possible = (by: string): RootNeed => ({ kind: 'possible', by });
const script = (name: string, body: string): string => `COPY <<EOF ${name}\n#!/bin/sh\n${body}\nEOF\n`;

const cases: readonly (readonly [instructions: string, expected: ReturnType<typeof needOf>])[] = [
  ['CMD ["node", "server.js"]', undefined],
  ['CMD npm run migrate && exec node server.js', undefined],
  ['CMD chown -R node /data && exec node server.js', certain('chown')],
  ['CMD apt-get update && node server.js', certain('apt-get')],
  ['CMD echo "$X" > /etc/app.conf && node server.js', certain('echo')],
  ['CMD echo "$X" > /tmp/app.conf && node server.js', undefined],
  ['CMD sed -i s/PORT/$PORT/ /etc/app.conf && node server.js', certain('sed')],
  ['CMD cp /etc/app.conf /data && node server.js', undefined],
  ['CMD ln -sf /data/app.conf /etc/app.conf; node server.js', certain('ln')],
  ['CMD service nginx start && node server.js', 'down'],
  ['CMD /etc/init.d/dbus start; node server.js', 'down'],
  ['CMD cron && node server.js', 'down'],
  ['ENTRYPOINT ["tini", "--"]\nCMD ["/usr/sbin/sshd", "-D"]', 'down'],
  ['ENTRYPOINT ["dumb-init", "env", "A=b", "supervisord"]', 'down'],
  ['ENTRYPOINT ["/docker-entrypoint.sh"]\nCMD ["node"]', possible('/docker-entrypoint.sh')],
  ['ENTRYPOINT ["tini", "--", "/app/start.sh"]', possible('/app/start.sh')],
  ['CMD ["bash", "run.sh"]', possible('run.sh')],
  ['CMD bash -e $APP_HOME/start.sh run', possible('$APP_HOME/start.sh')],
  ['CMD php server.php start', undefined],
  ['CMD echo $(hostname) && node server.js', undefined],
  ['CMD ["node", "start.js"]', undefined],
  [`${script('/start', 'exec node server.js')}CMD ["/start"]`, undefined],
  [`${script('/usr/local/bin/start', 'chown node /x')}CMD ["start"]`, certain('chown in start')],
  [`${script('/start', '# chown node /x\nexec node server.js')}CMD ["/start"]`, undefined],
  [`${script('/start', 'chown node /x\nexec gosu node "$@"')}ENTRYPOINT ["/start"]`, 'down'],
  [`${script('/start', 'exec su node -c "node x"')}ENTRYPOINT ["/start"]`, 'down'],
  [`${script('/start.sh', 'node server.js')}ENTRYPOINT ["sh", "/start.sh"]`, undefined],
];

for (const [instructions, expected] of cases) {
  test(`start: ${instructions.replaceAll('\n', '⏎')}`, () => {
    assert.deepEqual(needOf(instructions), expected);
  });
}

test('a script of the build context is known', () => {
  const needs = (body: string, start = 'ENTRYPOINT ["/start.sh"]'): ReturnType<typeof needOf> => {
    const context = contextFrom(
      new Map([
        ['files', 'start.sh'],
        ['texts', `start.sh: ${body}`],
      ]),
    );
    return needOf(`COPY start.sh /\nRUN useradd app\n${start}`, { context });
  };
  assert.equal(needs('#!/bin/sh\nexec $@'), undefined);
  assert.equal(needs('node server.js', 'ENTRYPOINT ["sh", "/start.sh"]'), undefined);
  assert.deepEqual(needs('#!/bin/sh\nchown app /data\nexec $@'), certain('chown in /start.sh'));
  assert.equal(needs('#!/bin/sh\nexec gosu app $@'), 'down');
  for (const unknown of [
    'no first line',
    '#!/usr/bin/env python3\nx',
    '#!/bin/sh\n. /lib',
    '#!/bin/sh\n/run.sh',
    '#!/bin/sh\nif x',
    `#!/bin/sh\n${'x'.repeat(61_000)}`,
  ])
    assert.equal(needs(unknown), 'down', unknown.slice(0, 30));
});

test('a script of package.json is known, with the scripts that it runs', () => {
  const needs = (scripts: object, start: string, folder = ''): ReturnType<typeof needOf> => {
    const context = contextFrom(
      new Map([
        ['files', `${folder}package.json`],
        ['texts', `${folder}package.json: ${JSON.stringify({ scripts })}`],
      ]),
    );
    return needOf(`WORKDIR /srv\nCOPY ${folder || '.'} .\n${start}`, { context });
  };
  const chown = 'chown -R node data && node x';
  const plain = 'node x';
  for (const [scripts, start, expected] of [
    [{ start: plain }, 'CMD ["npm", "start"]', undefined],
    [{ start: chown }, 'CMD ["npm", "start"]', certain('chown in npm start')],
    [{ start: chown }, 'CMD npm --silent start', certain('chown in npm --silent start')],
    [{ start: plain, prestart: chown }, 'CMD ["npm", "start"]', certain('chown in npm start')],
    [{ start: plain, serve: chown }, 'CMD ["npm", "start"]', undefined],
    [{ start: plain, serve: chown }, 'CMD ["npm", "run", "serve"]', certain('chown in npm run serve')],
    [{ serve: chown }, 'CMD ["npm", "serve"]', undefined],
    [{ serve: chown }, 'CMD ["pnpm", "serve"]', certain('chown in pnpm serve')],
    [{ serve: chown }, 'ENTRYPOINT ["tini", "--", "yarn", "serve"]', certain('chown in yarn serve')],
    [{ start: 'npm run a', a: 'yarn b', b: chown }, 'CMD ["npm", "start"]', certain('chown in npm start')],
    [{ start: 'npm run start' }, 'CMD ["npm", "start"]', undefined],
    [{ start: 'su-exec node node x' }, 'CMD ["npm", "start"]', 'down'],
    [{ start: './start.sh' }, 'CMD ["npm", "start"]', { kind: 'possible', by: 'npm start' }],
    [{ start: 1, prestart: chown }, 'CMD ["npm", "start"]', undefined],
    [{ start: 'x'.repeat(20_000) + chown }, 'CMD ["npm", "start"]', undefined],
  ] as const) {
    assert.deepEqual(needs(scripts, start), expected, JSON.stringify(scripts).slice(0, 100) + start);
    assert.deepEqual(needs(scripts, start, 'app/'), expected, 'in a folder of the context');
  }
  const empty = contextFrom(new Map([['files', 'package.json']]));
  assert.equal(needOf('COPY . /\nCMD ["npm", "start"]', { context: empty }), undefined);
});

/** The need of a start in `/srv`, where the whole context lies. */
function needWith(texts: Readonly<Record<string, string>>, start: string): ReturnType<typeof needOf> {
  const context = contextFrom(new Map([['files', Object.keys(texts).join(' ')]]));
  assert.ok(context);
  const textOf = (name: string): string | undefined => texts[name];
  const fileAt = (path: string): { text: string; executable: undefined } | undefined => {
    const text = texts[path];
    return text === undefined ? undefined : { text, executable: undefined };
  };
  return needOf(`WORKDIR /srv\nCOPY . .\n${start}`, { context: { ...context, textOf, fileAt } });
}

test('a folder of the start, a package of many and another manager are told apart', () => {
  const chown = JSON.stringify({ scripts: { start: 'chown -R node data', dev: 'chown -R node data' } });
  const plain = JSON.stringify({ scripts: { start: 'node x', dev: 'node x' } });
  const files = { 'package.json': plain, 'app/package.json': chown };
  for (const [start, expected] of [
    ['CMD ["npm", "start"]', undefined],
    ['CMD ["npm", "--prefix", "app", "start"]', certain('chown in npm --prefix app start')],
    ['CMD ["yarn", "--cwd", "app", "start"]', certain('chown in yarn --cwd app start')],
    ['CMD ["pnpm", "-C", "app", "run", "start"]', certain('chown in pnpm -C app run start')],
    ['CMD ["npm", "--prefix", "nowhere", "start"]', undefined],
    ['CMD ["npm", "start", "--workspace", "app"]', undefined],
    ['CMD ["pnpm", "--filter", "app", "start"]', undefined],
  ] as const)
    assert.deepEqual(needWith(files, start), expected, start);
  const scripts = { 'package.json': chown };
  assert.deepEqual(needWith(scripts, 'CMD ["bun", "run", "start"]'), certain('chown in bun run start'));
  assert.deepEqual(needWith(scripts, 'CMD ["bun", "dev"]'), certain('chown in bun dev'));
  // Its own command, and no script.
  assert.equal(
    needWith({ 'package.json': '{"scripts":{"test":"chown a b"}}' }, 'CMD ["bun", "test"]'),
    undefined,
  );
  assert.deepEqual(needWith(scripts, 'CMD ["deno", "task", "dev"]'), certain('chown in deno task dev'));
  assert.equal(needWith({ 'package.json': 'no JSON' }, 'CMD ["npm", "start"]'), undefined);
});

test('a target of a Makefile is known, with what it needs', () => {
  const makefile = `# of all
DATA := data
RUN = $(MAKE)
PRIVATE = $(DATA)/private
-include more.mk

.PHONY: all own run
all: run

own:
	@chown -R node $(DATA)

run: own bin/app | log
	-node x \\
	  --port $$PORT
log: ; @echo $@ > /tmp/log
bin/app: main.c
	mv app /usr/bin/app
again:
	$(RUN) own
private:
	cp $(PRIVATE) /etc/private
flags: EXTRA = chown
flags:
	node x
own-%:
	chown a b
define text
words:
	chown a b
endef
free:
	$(PROGRAM) x
`;
  for (const [start, expected] of [
    ['CMD ["make", "own"]', certain('chown in make own')],
    ['CMD ["make"]', certain('chown in make')],
    ['CMD ["make", "-j2", "run", "PORT=1"]', certain('chown in make -j2 run PORT=1')],
    ['CMD ["make", "flags", "own"]', certain('chown in make flags own')],
    ['CMD make own', certain('chown in make own')],
    ['CMD ["make", "again"]', certain('chown in make again')],
    ['CMD ["make", "private"]', certain('cp in make private')],
    ['CMD ["make", "log"]', undefined],
    ['CMD ["make", "flags"]', undefined],
    ['CMD ["make", "free"]', undefined],
    ['CMD ["make", "words"]', undefined],
    ['CMD ["make", "own-it"]', undefined],
    ['CMD ["make", "missing"]', undefined],
    ['CMD make $TARGET', undefined],
    ['CMD ["make", "-f", "other.mk", "own"]', undefined],
    ['CMD ["make", "-C", "sub", "own"]', undefined],
  ] as const)
    assert.deepEqual(needWith({ Makefile: makefile }, start), expected, start);
  assert.deepEqual(
    needWith({ 'docker.mk': makefile }, 'CMD ["make", "-f", "docker.mk", "own"]'),
    certain('chown in make -f docker.mk own'),
  );
  assert.deepEqual(
    needWith({ 'sub/Makefile': makefile }, 'CMD ["make", "-C", "sub", "own"]'),
    certain('chown in make -C sub own'),
  );
  // Of several files the first counts.
  assert.equal(
    needWith({ GNUmakefile: 'own:\n\tnode x\n', Makefile: makefile }, 'CMD ["make", "own"]'),
    undefined,
  );
  // One tool starts another.
  assert.deepEqual(
    needWith(
      { 'package.json': '{"scripts":{"start":"make own"}}', Makefile: makefile },
      'CMD ["npm", "start"]',
    ),
    certain('chown in npm start'),
  );
});

test('the scripts of Composer and the tasks of Deno are known', () => {
  const composer = JSON.stringify({
    scripts: {
      own: ['@putenv A=b', 'App\\Setup::run', 'chown -R app data'],
      start: ['@own', '@php -S 0.0.0.0:80'],
      serve: '@php -S 0.0.0.0:80',
      callback: 'App\\Setup::run',
      round: '@round',
      odd: [1],
    },
  });
  for (const [start, expected] of [
    ['CMD ["composer", "start"]', certain('chown in composer start')],
    ['CMD ["composer", "run", "start"]', certain('chown in composer run start')],
    [
      'CMD ["composer", "run-script", "--no-dev", "own"]',
      certain('chown in composer run-script --no-dev own'),
    ],
    ['CMD ["composer", "serve"]', undefined],
    ['CMD ["composer", "callback"]', undefined],
    ['CMD ["composer", "round"]', undefined],
    ['CMD ["composer", "odd"]', undefined],
    ['CMD ["composer", "constructor"]', undefined],
  ] as const)
    assert.deepEqual(needWith({ 'composer.json': composer }, start), expected, start);

  const deno = `{
    // Comments are allowed.
    "tasks": {
      "own": "chown -R deno data",
      "start": { "dependencies": ["own", 1], "command": "deno run main.ts" },
      "all": { "dependencies": ["own"] },
      "plain": "deno run main.ts",
      "odd": 1,
    },
  }`;
  for (const [start, expected] of [
    ['CMD ["deno", "task", "start"]', certain('chown in deno task start')],
    ['CMD ["deno", "task", "all"]', certain('chown in deno task all')],
    ['CMD ["deno", "task", "plain"]', undefined],
    ['CMD ["deno", "task", "odd"]', undefined],
    ['CMD ["deno", "task"]', undefined],
    ['CMD ["deno", "run", "main.ts"]', undefined],
    ['CMD ["deno", "task", "--recursive", "own"]', undefined],
  ] as const)
    for (const name of ['deno.json', 'deno.jsonc'])
      assert.deepEqual(needWith({ [name]: deno }, start), expected, start);
  assert.deepEqual(
    needWith({ 'conf.json': deno }, 'CMD ["deno", "task", "-c", "conf.json", "own"]'),
    certain('chown in deno task -c conf.json own'),
  );
  assert.equal(needWith({ 'deno.json': '[]' }, 'CMD ["deno", "task", "own"]'), undefined);
});

test('a development container lies in .devcontainer', () => {
  const at = (dockerfile: string): boolean =>
    isDevcontainer({ entries: [], ignoreFile: undefined, dockerfile });
  assert.equal(at('.devcontainer/Dockerfile'), true);
  assert.equal(at('web/.devcontainer/node/Dockerfile'), true);
  assert.equal(at('devcontainer/Dockerfile'), false);
  assert.equal(isDevcontainer(undefined), false);
});
