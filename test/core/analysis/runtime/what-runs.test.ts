import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noFacts } from '../../../../server/src/core/lint/facts';
import { stepsDown } from '../../../../server/src/core/analysis/runtime/image-users';
import { startedCommands, whatRuns } from '../../../../server/src/core/analysis/runtime/what-runs';
import { modelOf } from '../../../harness/commands';

function kindOf(text: string): string | undefined {
  const model = modelOf(text);
  return model.finalStage && whatRuns(model, model.finalStage).kind;
}

/** What a container runs, by the lines below FROM. */
const kinds: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a service, where others can reach it',
    'program',
    [
      'FROM alpine\nEXPOSE 53\nCMD ["something"]',
      'FROM alpine\nHEALTHCHECK CMD true\nCMD ["something"]',
      'FROM alpine AS a\nEXPOSE 53\nFROM a\nENTRYPOINT ["x"]',
      'FROM redis\nCMD ["redis-server", "/etc/redis.conf"]',
      'FROM nginx',
    ],
  ],
  [
    'code of the file',
    'program',
    [
      'FROM node\nCMD ["node", "server.js"]',
      'FROM ruby\nCMD ["bundle", "exec", "puma"]',
      'FROM python\nCMD python -m app',
      'FROM debian\nENTRYPOINT ["tini", "--"]\nCMD ["java", "-jar", "app.jar"]',
      'FROM debian\nENTRYPOINT ["dumb-init", "./app"]',
      'FROM scratch\nCOPY app /\nENTRYPOINT ["/app"]',
      'FROM alpine\nCOPY --from=build /go/bin/tool /usr/bin/\nENTRYPOINT ["tool", "serve"]',
      'FROM debian\nCOPY start /usr/local/bin/\nCMD ["start"]',
      'FROM debian\nCMD export A=b && exec gunicorn app:app',
      'FROM debian\nCMD ["sh", "-c", "sleep 1; ./run"]',
      'FROM debian\nCMD ["redis-server"]',
    ],
  ],
  [
    'an installed tool',
    'tool',
    [
      'FROM alpine\nENTRYPOINT ["nmap"]',
      'FROM alpine\nCOPY nmap /usr/bin/\nENTRYPOINT ["nmap"]',
      'FROM alpine\nENTRYPOINT ["/usr/bin/ffmpeg"]\nCMD ["-h"]',
      'FROM python\nENTRYPOINT ["python", "tool.py"]\nCMD ["--help"]',
      'FROM maven\nCMD ["mvn", "--version"]',
      'FROM debian\nCOPY docker-entrypoint.sh /\nENTRYPOINT ["/docker-entrypoint.sh"]\nCMD ["mvn"]',
    ],
  ],
  [
    'nothing but something for people',
    'nothing',
    [
      'FROM debian',
      'FROM debian\nCMD []',
      'FROM debian\nCMD ["bash"]',
      'FROM debian\nEXPOSE 80\nCMD ["/bin/bash", "-l"]',
      'FROM php\nCOPY docker-php-entrypoint /usr/bin/\nENTRYPOINT ["docker-php-entrypoint"]\nCMD ["php", "-a"]',
      'FROM debian\nCMD tail -f /dev/null',
      'FROM debian\nENTRYPOINT ["sh", "-c", "trap : TERM; sleep inf"]',
      'FROM node AS dev\nCMD ["node", "server.js"]',
      'FROM node\nEXPOSE 80\nCMD ["npm", "run", "dev"]',
      'FROM golang\nENTRYPOINT ["tini", "--", "dlv", "exec", "/app"]',
    ],
  ],
  [
    'what cannot be known',
    'unknown',
    [
      'FROM somebody/image',
      'FROM debian\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]',
      'FROM debian\nCOPY entrypoint.sh /\nENTRYPOINT ["/bin/sh", "/entrypoint.sh"]',
    ],
  ],
];

for (const [name, expected, texts] of kinds) {
  test(`a container runs ${name}`, () => {
    for (const text of texts) assert.equal(kindOf(text), expected, text);
  });
}

test('CMD is started where the entry point hands over to it, or where there is none', () => {
  const programs = (text: string): readonly string[] => {
    const model = modelOf(text);
    return model.finalStage ? startedCommands(model, model.finalStage).map(({ program }) => program) : [];
  };
  assert.deepEqual(programs('FROM x\nCMD a && b'), ['a', 'b']);
  assert.deepEqual(programs('FROM x\nENTRYPOINT ["tini", "--"]\nCMD ["a"]'), ['a']);
  assert.deepEqual(programs('FROM x\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["a"]'), ['a']);
  assert.deepEqual(programs('FROM x\nENTRYPOINT ["a"]\nCMD ["b"]'), ['a']);
  assert.deepEqual(programs('FROM x\nENTRYPOINT /entrypoint.sh\nCMD ["b"]'), ['entrypoint.sh']);
  assert.deepEqual(programs('FROM x\nCMD ["sh", "-c", "a; b"]'), ['a', 'b']);
  assert.deepEqual(programs('FROM x AS a\nCMD ["a"]\nFROM a'), ['a']);
});

test('what steps down, may, or has to stay root is told from what does neither', () => {
  const steps = (text: string): boolean => {
    const model = modelOf(text);
    return model.finalStage !== undefined && stepsDown(model, model.finalStage, noFacts);
  };
  for (const text of [
    'FROM postgres',
    'FROM nginx',
    'FROM php:8-apache',
    'FROM debian\nCMD ["nginx", "-g", "daemon off;"]',
    'FROM debian\nCMD ["php-fpm8.2", "-F"]',
    'FROM debian\nENTRYPOINT ["entrypoint.sh"]\nCMD ["supervisord"]',
    'FROM debian\nENTRYPOINT ["gosu", "app", "server"]',
    'FROM debian\nCMD exec su app -c server',
    'FROM debian\nCMD ["uwsgi", "--uid=app"]',
    'FROM debian\nRUN apt-get install -y gosu\nCMD ["/start"]',
    'FROM debian\nRUN useradd app\nCMD ["/start.sh"]',
    'FROM debian\nRUN apt-get install -y openvpn\nCMD ["sh", "/start.sh"]',
  ])
    assert.equal(steps(text), true, text);
  for (const text of [
    'FROM postgres\nENTRYPOINT ["/mine"]',
    'FROM nginx\nCMD ["/mine"]',
    'FROM php:8-cli\nCMD ["php", "-S", "0.0.0.0:80"]',
    'FROM debian\nCMD ["/start.sh"]',
    'FROM debian\nRUN useradd app\nCMD ["/server"]',
    'FROM debian\nRUN apt-get install -y openvpn\nCMD ["/server"]',
    'FROM debian AS a\nCMD ["nginx"]\nFROM a\nCMD ["/mine"]',
  ])
    assert.equal(steps(text), false, text);
});
