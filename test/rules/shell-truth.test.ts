// What the shell of a step really does with a command: its folder, its quotes and braces, its exit status.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import { noFacts } from '../../server/src/core/lint/facts';
import { fixAll, lint } from '../../server/src/linter';

interface Case {
  readonly text: string;
  /** `RULE LINE` of each finding of these rules. */
  readonly found: readonly string[];
  /** The text after all safe and suggested fixes of these rules; the same text by default. */
  readonly fixed?: string;
}

function check(rules: readonly string[], cases: readonly Case[]): void {
  // By name: also what the recommended profile leaves out as of little use.
  const asked = { ...defaultConfig, rules: new Map(rules.map((id) => [id, 'on'] as const)) };
  for (const { text, found, fixed } of cases) {
    test(`${rules.join(', ')}: ${text.replaceAll('\n', '⏎')}`, () => {
      const file = text.endsWith('\n') ? text : `${text}\n`;
      const { findings, failures, model } = lint(file, asked, noFacts);
      assert.deepEqual(failures, []);
      assert.deepEqual(
        findings.flatMap(({ rule, at }) =>
          rules.includes(rule.id) ? [`${rule.id} ${model.document.lineAt(at.start) + 1}`] : [],
        ),
        found,
      );
      const result = fixAll(file, asked, noFacts, {
        safety: 'suggested',
        keepsComments: false,
        wanted: ({ rule }) => rules.includes(rule.id),
      });
      assert.deepEqual(result.rejected, []);
      assert.equal(result.text, fixed === undefined ? file : `${fixed}\n`);
    });
  }
}

const debian = (command: string): string =>
  `FROM debian:12\nRUN apt-get update && apt-get install -y jq && ${command}`;
const cleaned = (command: string): string => `${debian(command)} && rm -rf /var/lib/apt/lists/*`;

// Commands that remove the package lists.
check(
  ['apt-lists-cleanup'],
  [
    'cd /var/lib && rm -rf apt dpkg cache log',
    'cd /var/lib/apt/lists && rm -rf -- *',
    'cd "$HOME/../var/lib/apt" && rm -r lists',
    'pushd /var/lib/apt && rm -rf lists && popd',
    '(cd /var/lib/apt/lists; rm -rf ./*)',
    'cd /var/lib/apt/lists && find . -type f -delete',
    'find /var/lib/apt/lists -type f -print0 | xargs -0 rm -f',
    'ls -d /var/lib/apt/lists/* | xargs rm -rf',
    "find / -path '/var/lib/apt/lists/*' -delete",
    "find /var/lib/apt/lists -name '*_*' -delete",
    "bash -c 'rm -rf /var/lib/{apt,dpkg}/lists/*'",
    "rm -rf '/var/lib/apt/lists/'*",
    'rm -rf /var/lib/apt/lists/[a-z]* /var/lib/apt/l*',
    'rm -rf /var/lib/*/lists/*',
    'L=/var/lib/apt/lists && rm -rf "$L"/*',
    'rm -rf ${L:-/var/lib/apt/lists}/*',
    'rm -rf /var/lib/apt/lists//*',
    'rm -rf "/var/lib/apt/lists"',
    'sudo rm -rf /var/lib/apt/lists/*',
  ].map((command) => ({ text: debian(command), found: [] })),
);

// Commands that only look like it.
check(
  ['apt-lists-cleanup'],
  [
    'rm -rf /var/lib/{apt,dpkg,cache,log}/',
    "sh -c 'rm -rf /var/lib/apt/{lists,x}/*'",
    '(cd /var/lib/apt/lists) && rm -rf ./x/*',
    'cd $UNKNOWN && rm -rf *',
    "find / -name '*.pyc' -delete",
    "find / -path '/usr/*' -delete",
    'rm -rf /var/lib/apt/lists/partial/*',
    'rm -rf /var/lib/apt/lists/[!a]',
    'rm -rf /var/lib/apt/lists/lock',
    'rm -rf .',
    'xargs rm -rf < /list',
    'date | xargs rm -rf',
    'rm -rf /var/lib/apt/{1..3}',
    'for L in a b; do rm -rf /$L; done',
  ].map((command) => ({ text: debian(command), found: ['apt-lists-cleanup 2'], fixed: cleaned(command) })),
);

check(
  ['apt-lists-cleanup', 'apk-no-cache', 'pip-no-cache-dir'],
  [
    {
      text: debian('rm -rf "/var/lib/apt/lists/*"'),
      found: ['apt-lists-cleanup 2'],
      fixed: debian('rm -rf /var/lib/apt/lists/*'),
    },
    {
      text: debian("rm -rf /var/lib/apt/'lists'/'*' /tmp/x"),
      found: ['apt-lists-cleanup 2'],
      fixed: debian('rm -rf /var/lib/apt/lists/* /tmp/x'),
    },
    {
      text: 'FROM debian:12\nRUN ["rm", "-rf", "/var/lib/apt/lists/*"]\nRUN apt-get update && apt-get install -y jq',
      found: ['apt-lists-cleanup 3'],
      fixed:
        'FROM debian:12\nRUN ["rm", "-rf", "/var/lib/apt/lists/*"]\nRUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*',
    },
    {
      text: 'FROM debian:12 AS a\nSHELL ["/bin/bash", "-c"]\nFROM a\nRUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/{lists,periodic}/*',
      found: [],
    },
    {
      text: 'FROM debian:12\nRUN <<EOF\n#!/bin/bash\napt-get update && apt-get install -y jq && rm -rf /var/lib/apt/{lists,x}/*\nEOF',
      found: [],
    },
    {
      text: 'FROM registry.example.com/base:1\nRUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/{lists,x}/*',
      found: [],
    },
    {
      text: 'FROM debian:12\nWORKDIR /var/lib/apt/lists\nRUN apt-get update && apt-get install -y jq && rm -rf *',
      found: [],
    },
    {
      text: 'FROM debian:12\nARG L=/var/lib/apt/lists\nRUN apt-get update && apt-get install -y jq && rm -rf ${L}/*',
      found: [],
    },
    {
      text: 'FROM alpine:3.20\nRUN apk add curl && rm -rf "/var/cache/apk/*"',
      found: ['apk-no-cache 2'],
      fixed: 'FROM alpine:3.20\nRUN apk add --no-cache curl && rm -rf "/var/cache/apk/*"',
    },
    { text: 'FROM alpine:3.20\nRUN apk add curl && cd /var/cache && rm -rf apk/*', found: [] },
    {
      text: 'FROM alpine:3.20\nRUN apk add curl\n# tidy\nRUN rm -rf /var/cache/apk/*\nCMD ["curl"]',
      found: ['apk-no-cache 2'],
      fixed: 'FROM alpine:3.20\nRUN apk add --no-cache curl\nCMD ["curl"]',
    },
    { text: 'FROM python:3.13-slim\nRUN pip install flask && cd /root && rm -rf .cache', found: [] },
    { text: 'FROM python:3.13-slim\nRUN pip install flask && cd && rm -rf .cache', found: [] },
    { text: 'FROM python:3.13-slim\nRUN pip install flask && rm -rf "$HOME"/.cache', found: [] },
    { text: 'FROM python:3.13-slim\nRUN pip install flask && rm -rf "${HOME}/.cache"', found: [] },
    { text: 'FROM python:3.13-slim\nRUN pip install flask && rm -rf ~/.c* ', found: [] },
    { text: 'FROM python:3.13-slim\nENV HOME=/app\nRUN pip install flask && rm -rf /app/.cache', found: [] },
    ...['"~/.cache"', "'$HOME/.cache'", '"$HOME/.cache/*"', '/root/*', '~/.cache/npm/*'].map((word) => ({
      text: `FROM python:3.13-slim\nRUN pip install flask && rm -rf ${word}`,
      found: ['pip-no-cache-dir 2'],
      fixed: `FROM python:3.13-slim\nRUN pip install --no-cache-dir flask && rm -rf ${word}`,
    })),
  ],
);

// Steps that look for updates, with what handles their exit status. All of it goes.
check(
  ['package-update-alone'],
  [
    'dnf check-update; true',
    'dnf -y check-update || true',
    'dnf -q check-update || [ $? -eq 100 ]',
    'dnf check-update || :',
    'dnf check-update || exit 0',
    'dnf check-update; rc=$?; [ "$rc" -eq 100 ] || [ "$rc" -eq 0 ]',
    '(dnf check-update || true)',
    '{ dnf check-update; true; }',
    '! dnf check-update',
    'set +e; dnf check-update; set -e',
    'if dnf check-update; then echo none; else echo some; fi',
    'while dnf check-update; do :; done',
    '<<EOF\nset -e\ndnf check-update || true\nEOF',
    '["dnf", "check-update"]',
    'dnf makecache',
  ].map((command) => ({
    text: `FROM fedora:41\nRUN ${command}\nRUN dnf install -y git`,
    found: [`package-update-alone ${command.startsWith('<<') ? 4 : 2}`],
    fixed: 'FROM fedora:41\nRUN dnf install -y git',
  })),
);

// An update whose failure is handled stays where it is.
check(
  ['package-update-alone', 'apt-lists-cleanup'],
  [
    'apt-get update; true',
    'apt-get update || true',
    'apt-get update || apt-get update --fix-missing',
    'until apt-get update; do sleep 1; done',
    'for i in 1 2 3; do apt-get update && break; done',
    'if [ -e /x ]; then apt-get update; fi',
    'set +e; apt-get update; set -e',
    '! apt-get update',
    'apt-get update &',
    'bash -c "apt-get update"',
    'apt-get update | tee /log',
    '<<EOF\napt-get update\ntrue\nEOF',
  ].map((command) => {
    const text = `FROM debian:12\nRUN ${command}\nRUN apt-get install -y git`;
    const line = command.startsWith('<<') ? 3 : 2;
    return { text, found: [`apt-lists-cleanup ${line}`, `package-update-alone ${line}`] };
  }),
);

// Files that arrive in the folder of a step, and leave it too late.
check(
  ['cleanup-in-later-layer'],
  [
    'WORKDIR /opt\nCOPY tool.tar.gz .\nRUN tar xzf tool.tar.gz && rm tool.tar.gz',
    'WORKDIR /opt\nCOPY tool.tar.gz ./\nRUN tar xzf tool.tar.gz && rm ./tool.tar.gz',
    'WORKDIR /opt/x\nCOPY tool.tar.gz ..\nRUN cd .. && rm tool.tar.gz',
    'WORKDIR /tmp\nADD https://example.com/pkg.tar.gz .\nRUN tar xf pkg.tar.gz && rm pkg.tar.gz',
    'WORKDIR /opt\nCOPY ["tool.tar.gz", "."]\nRUN rm "tool.tar.gz"',
    'WORKDIR /opt\nCOPY tool.tar.gz .\nRUN (cd / && rm opt/tool.tar.gz)',
    'WORKDIR /opt\nCOPY tool.tar.gz .\nRUN cd /opt && find . -delete',
    'ARG D=/opt\nWORKDIR $D\nCOPY tool.tar.gz .\nRUN rm "$D"/tool.tar.gz',
  ].map((text) => ({
    text: `FROM debian:12\n${text}`,
    found: text.includes('find') ? [] : [`cleanup-in-later-layer ${text.split('\n').length + 1}`],
  })),
);

const missing = (before: string, command: string, joint: string): Case => ({
  text: `FROM base:1\nRUN ${before} ${command}`,
  found: ['command-taken-as-argument 2'],
  fixed: `FROM base:1\nRUN ${before}${joint}${command}`,
});

// A command among the words of another one.
check(
  ['command-taken-as-argument'],
  [
    missing('apt-get install -y gcc', 'apt-get install -y git', ' && '),
    missing('apk add gcc', 'apk add git', ' && '),
    missing('dnf install -y gcc', 'dnf clean all', ' && '),
    missing('yum install -y gcc', 'yum -y install git', ' && '),
    missing('zypper install -y gcc', 'zypper clean', ' && '),
    missing('pip install flask', 'pip install gunicorn', ' && '),
    missing('npm install express', 'npm cache clean --force', ' && '),
    missing('apt-get install -y python3-pip', 'pip3 install flask', ' && '),
    missing('apt-get install -y curl', 'rm -rf /var/lib/apt/lists/*', ' && '),
    missing('apt-get install -y curl \\\n   ', 'mkdir -p /app', ' '),
    missing('mkdir -p /app', 'apt-get update', ' && '),
    missing('bash -c "apk add git', 'apk add curl"', ' && '),
  ].map((one) =>
    one.text.includes('mkdir -p /app') && one.text.includes('curl')
      ? { ...one, found: ['command-taken-as-argument 3'], fixed: one.text.replace('curl \\', 'curl && \\') }
      : one,
  ),
);
check(
  ['command-taken-as-argument'],
  [
    'apk add npm yarn go cargo',
    'apt-get install -y git make npm',
    'npm install npm',
    'echo apt-get install',
    'pip install pip setuptools',
    'apt-get install $PACKAGES npm',
  ].map((command) => ({ text: `FROM base:1\nRUN ${command}`, found: [] })),
);

const heredoc = (...lines: readonly string[]): string =>
  ['FROM debian:12', 'RUN <<EOF', ...lines, 'EOF'].join('\n');

// A comment or a blank line ends a command of a heredoc, and nothing is inserted there.
check(
  ['comment-ends-command', 'apt-lists-cleanup'],
  [
    {
      text: heredoc('apt-get update', 'apt-get install -y \\', '', '    curl'),
      found: ['apt-lists-cleanup 3', 'comment-ends-command 4'],
      fixed: heredoc(
        'apt-get update',
        'apt-get install -y \\',
        '    curl \\',
        '    && rm -rf /var/lib/apt/lists/*',
      ),
    },
    {
      text: heredoc('apt-get update \\', '  # then', '  && apt-get install -y jq'),
      found: ['apt-lists-cleanup 3', 'comment-ends-command 4'],
      fixed: heredoc(
        '# then',
        'apt-get update \\',
        '  && apt-get install -y jq \\',
        '  && rm -rf /var/lib/apt/lists/*',
      ),
    },
    { text: heredoc('make \\', '# then', 'make install'), found: [] },
    { text: heredoc('make && \\', '  # then', '  make install'), found: [] },
    { text: heredoc('make a\\\\', '  # then', '  make install'), found: [] },
    { text: heredoc('#!/usr/bin/env python3', 'x = 1 + \\', '  # then', '  2'), found: [] },
  ],
);

test('many comments are found and moved at once', () => {
  const lines = Array.from({ length: 400 }, (_, at) => `    # ${at}\n    p${at} \\`);
  const text = `FROM debian:12\nRUN <<EOF\nmake \\\n${lines.join('\n')}\n    end\nEOF\n`;
  const result = fixAll(text, defaultConfig, noFacts, {
    safety: 'suggested',
    wanted: ({ rule }) => rule.id === 'comment-ends-command',
  });
  assert.deepEqual([result.applied.length, result.rejected], [1, []]);
});

// Settings that a file holds.
check(
  ['pip-no-cache-dir', 'apt-no-install-recommends', 'apk-no-cache'],
  [
    'COPY <<EOF /etc/pip.conf\n[global]\nno-cache-dir = true\nEOF',
    'COPY <<EOF /root/.config/pip/pip.conf\n[install]\nno_cache_dir=1\nEOF',
    'COPY pip.conf /root/.pip/',
    'COPY pip.conf /etc/',
    'COPY settings/ /root/.config/pip',
    'RUN printf "[global]\\nno-cache-dir = true\\n" > /etc/pip.conf',
    'RUN echo "no-cache-dir=on" | tee -a ~/.pip/pip.conf',
    'RUN cat > /etc/pip.conf <<EOF\n[global]\nno-cache-dir = yes\nEOF',
    'RUN pip config set global.no-cache-dir true',
    'RUN python3 -m pip config --user set install.no-cache-dir 1',
    'RUN curl -o /etc/pip.conf https://example.com/pip.conf',
    'ENV PIP_CONFIG_FILE=/settings',
  ].map((text) => ({ text: `FROM python:3.13-slim\n${text}\nRUN pip install flask`, found: [] })),
);
check(
  ['pip-no-cache-dir'],
  [
    'COPY <<EOF /etc/pip.conf\n[global]\nno-cache-dir = false\nEOF',
    'COPY <<EOF /etc/other.conf\n[global]\nno-cache-dir = true\nEOF',
    'RUN pip config set global.index-url https://example.com',
    'RUN echo "no-cache-dir = true"',
    'RUN mkdir -p /root/.pip && ls /etc/pip.conf',
    'ENV PIP_CONFIG_FILE=/dev/null',
  ].map((text) => {
    const before = `FROM python:3.13-slim\n${text}\n`;
    return {
      text: `${before}RUN pip install flask`,
      found: [`pip-no-cache-dir ${before.split('\n').length}`],
      fixed: `${before}RUN pip install --no-cache-dir flask`,
    };
  }),
);
check(
  ['apt-no-install-recommends'],
  [
    'COPY <<EOF /etc/apt/apt.conf.d/99lean\nAPT::Install-Recommends "false";\nEOF',
    'RUN cat > /etc/apt/apt.conf.d/99lean <<EOF\nAPT::Install-Recommends "0";\nEOF',
    'RUN printf "APT::Install-Recommends \\"false\\";" > /etc/apt/apt.conf',
    'COPY lean /etc/apt/apt.conf.d/',
  ].map((text) => ({ text: `FROM debian:12\n${text}\nRUN apt-get install -y git`, found: [] })),
);
check(
  ['apt-no-install-recommends'],
  [
    'COPY <<EOF /etc/apt/apt.conf.d/99more\nAPT::Install-Recommends "true";\nEOF',
    'COPY list /etc/apt/sources.list.d/',
  ].map((text) => {
    const before = `FROM debian:12\n${text}\n`;
    return {
      text: `${before}RUN apt-get install -y git`,
      found: [`apt-no-install-recommends ${before.split('\n').length}`],
      fixed: `${before}RUN apt-get install -y --no-install-recommends git ca-certificates`,
    };
  }),
);
check(
  ['apk-no-cache'],
  [{ text: 'FROM alpine:3.20\nRUN --mount=type=cache,target=/etc/apk/cache apk add curl', found: [] }],
);

// Installations in a folder that an option names.
check(
  ['copy-source-before-dependencies'],
  [
    'npm ci --prefix web',
    'npm --prefix=web ci',
    'cd web && npm ci',
    'yarn --cwd web install',
    'yarn --cwd=web',
    'pnpm -C web install',
    'pnpm install --dir web',
    'composer install --working-dir=web',
    'composer install -d web',
    'cargo build --manifest-path web/Cargo.toml',
    'pip install -r web/requirements.txt',
    'go -C web build',
    'mvn -f web/pom.xml package',
    'bundle install --gemfile web/Gemfile',
    'poetry -C web install',
    'poetry install --directory=web',
    'uv sync --directory web',
    'uv --project web sync',
  ].map((command) => ({
    text: `FROM base:1\nWORKDIR /app\nCOPY . .\nRUN ${command}`,
    found: ['copy-source-before-dependencies 3'],
  })),
);

// Caches that a step asks its manager for, or empties from the folder above.
check(
  ['yarn-cache-clean', 'npm-cache-clean', 'pip-no-cache-dir', 'dnf-cleanup', 'yum-cleanup', 'zypper-cleanup'],
  [
    'FROM node:22\nRUN yarn install && rm -rf "$(yarn cache dir)"',
    'FROM node:22\nRUN npm ci && rm -rf $(npm config get cache)',
    'FROM node:22\nRUN npm ci && cd ~ && rm -rf .npm',
    'FROM python:3.13\nRUN python -m pip install a==1 && rm -rf "$(python -m pip cache dir)"',
    'FROM python:3.13\nRUN export PIP_NO_CACHE_DIR=1 && pip wheel .',
    'FROM python:3.13\nRUN pip config set global.no-cache-dir true && pip download a==1',
    'FROM fedora:41\nRUN dnf install -y git && cd /var/cache && rm -rf dnf libdnf5',
    'FROM fedora:41\nRUN dnf install -y git && find /var/cache/libdnf5 -mindepth 1 -delete',
    'FROM centos:7\nRUN yum install -y git && (cd /var/cache/yum && rm -rf -- *)',
    'FROM opensuse/leap:15.6\nRUN zypper -n in git && cd /var/cache/zypp && rm -rf *',
  ].map((text) => ({ text, found: [] })),
);
check(
  ['npm-cache-clean', 'yum-cleanup', 'zypper-cleanup'],
  [
    ['npm-cache-clean', 'node:22', 'npm ci', '/root/.npm/*'],
    ['yum-cleanup', 'centos:7', 'yum install -y git', '/var/cache/yum/*'],
    ['zypper-cleanup', 'opensuse/leap:15.6', 'zypper -n in git', '/var/cache/zypp/*'],
  ].map(([rule = '', image = '', command = '', path = '']) => ({
    text: `FROM ${image}\nRUN ${command} && rm -rf "${path}"`,
    found: [`${rule} 2`],
    fixed: `FROM ${image}\nRUN ${command} && rm -rf ${path}`,
  })),
);

// Other ways to delete what an earlier layer holds.
check(
  ['cleanup-in-later-layer'],
  [
    'WORKDIR /o\nADD https://example.com/a.zip .\nRUN unzip a.zip && unlink a.zip',
    'COPY a.rpm /tmp/\nRUN rpm -i /tmp/a.rpm && find /tmp -name "*.rpm" -delete',
    'COPY a.rpm /tmp/\nRUN rpm -i /tmp/a.rpm && find /tmp -name a.rpm -exec rm {} \\;',
    'WORKDIR /o\nCOPY a.deb b.deb ./\nRUN dpkg -i *.deb && rm *.deb',
    'WORKDIR /o\nCOPY a.zip ./\nRUN unzip a.zip && shred --remove a.zip',
  ].map((text) => ({
    text: `FROM debian:12\n${text}`,
    found: [`cleanup-in-later-layer ${text.split('\n').length + 1}`],
  })),
);

// Options that dash lacks, and shells that have them.
check(
  ['bash-syntax-in-sh'],
  [
    ['FROM debian:12\nRUN set -o pipefail && make', true],
    ['FROM debian:12\nRUN read -n1 x < /list', true],
    ['FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN set -o pipefail && read -n1 x < /list', false],
    ['FROM alpine:3.20\nRUN set -o pipefail && make', false],
    ['FROM debian:12\nRUN <<EOF\n#!/bin/bash\nset -o pipefail\nEOF', false],
    ['FROM debian:12\nRUN bash -c "set -o pipefail; make"', false],
    ['FROM rockylinux:9\nRUN set -o pipefail; make', false],
    ['FROM registry.example.com/base:1\nRUN set -o pipefail; make', false],
  ].map(([text, isFound]) => ({
    text: String(text),
    found: isFound === true ? ['bash-syntax-in-sh 2'] : [],
  })),
);

// Another folder of the project, by the option of each tool.
check(
  ['copy-source-before-dependencies'],
  [
    'node:22 yarn --cwd web install',
    'node:22 pnpm -C web install',
    'node:22 npm ci --prefix=web',
    'golang:1.25 go -C api mod download',
    'python:3.13 uv --directory api sync',
    'rust:1.90 cargo build --manifest-path api/Cargo.toml',
    'maven:3 mvn -f api/pom.xml package',
  ].map((one) => {
    const [image = '', ...words] = one.split(' ');
    const text = `FROM ${image}\nWORKDIR /app\nCOPY . .\nRUN ${words.join(' ')}`;
    return { text, found: ['copy-source-before-dependencies 3'] };
  }),
);

// A server that goes into the background, beside another one.
check(
  ['multiple-services'],
  [
    'php-fpm -D && nginx -g "daemon off;"',
    'mongod --fork --logpath /x && node x',
    'service redis start && node x',
    'httpd -k start && node x',
    'gunicorn --daemon a:b && nginx -g "daemon off;"',
    'pg_ctl start -D /x && node y',
  ].map((command) => ({ text: `FROM debian:12\nCMD ${command}`, found: ['multiple-services 2'] })),
);

// Nothing of these makes the user.
check(
  ['user-name-unresolvable'],
  [
    'RUN mkdir /x && gosu app ls',
    'RUN groupadd app',
    'COPY etc/app.conf /etc/app.conf',
    'RUN usermod -aG audio app',
    'ADD a.tar.gz /srv/',
  ].map((line) => ({ text: `FROM debian:12\n${line}\nUSER app`, found: ['user-name-unresolvable 3'] })),
);
