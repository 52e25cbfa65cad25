import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelOf } from '../../harness/commands';

/** `apt-get install: curl git` with `!` in front where it would ask, and `?` where options may hide. */
function describe(text: string): string[] {
  return modelOf(text).packageCommands.map(({ manager, action, packages, assumesYes, mayHoldOptions }) => {
    const words = packages.map((word) => word.text).join(' ');
    return `${assumesYes ? '' : '!'}${mayHoldOptions ? '?' : ''}${manager.name} ${action}: ${words}`.trim();
  });
}

const cases: readonly (readonly [string, readonly string[]])[] = [
  ['apt-get update && apt-get install curl', ['apt-get update:', '!apt-get install: curl']],
  ['apt-get -y install curl=7.* git/stable ./x.deb', ['apt-get install: curl=7.* git/stable ./x.deb']],
  ['apt-get install --yes x', ['apt-get install: x']],
  ['apt-get install --assume-yes x', ['apt-get install: x']],
  ['apt-get install -yq x', ['apt-get install: x']],
  ['apt-get install -fy x', ['apt-get install: x']],
  ['apt-get install -q x', ['!apt-get install: x']],
  ['apt-get install -qq x', ['apt-get install: x']],
  ['apt-get -q install -q x', ['apt-get install: x']],
  ['apt-get install --quiet --quiet x', ['apt-get install: x']],
  ['apt-get install -q=2 x', ['apt-get install: x']],
  ['apt-get install -q=1 x', ['!apt-get install: x']],
  ['apt-get install --force-yes x', ['apt-get install: x']],
  ['apt-get -o APT::Get::Assume-Yes=true install x', ['apt-get install: x']],
  ['apt-get -oAPT::Get::Assume-Yes=1 install x', ['apt-get install: x']],
  ['apt-get --option=apt::get::assume-yes="true" install x', ['apt-get install: x']],
  ['apt-get -o APT::Get::Assume-Yes=false install x', ['!apt-get install: x']],
  // The y is part of a value, not of a cluster.
  ['apt-get -oDpkg::Use-Pty=0 install x', ['!apt-get install: x']],
  ['DEBIAN_FRONTEND=noninteractive apt-get install x', ['!apt-get install: x']],
  ['yes | apt-get install x', ['apt-get install: x']],
  ['echo y | sudo apt-get install x', ['apt-get install: x']],
  ['cat list | apt-get install x', ['!apt-get install: x']],
  ['apt-get install x < answers', ['apt-get install: x']],
  ['apt-get -s install x', ['apt-get install: x']],
  ['apt-get install -t bookworm-backports -y x', ['apt-get install: x']],
  ['apt-get install --target-release=sid -y x', ['apt-get install: x']],
  ['apt-get install $FLAGS x', ['!?apt-get install: $FLAGS x']],
  ['apt-get install "$PACKAGE"', ['!apt-get install: "$PACKAGE"']],
  ['apt-get install x=$VERSION', ['!apt-get install: x=$VERSION']],
  // What reads a list, or is called packages, brings packages; any other variable may bring an option.
  ['apt-get install $(cat list)', ['!apt-get install: $(cat list)']],
  ['apt-get install $(options)', ['!?apt-get install: $(options)']],
  ['apt-get install $PACKAGES ${BUILD_DEPS}', ['!apt-get install: $PACKAGES ${BUILD_DEPS}']],
  ['apt-get install $MORE', ['!?apt-get install: $MORE']],
  ['xargs apt-get install < list', ['!apt-get install:']],
  ['apt-get --$OPTION install x', ['!?apt-get install: x']],
  ['apt-get upgrade', ['!apt-get upgrade:']],
  ['apt-get dist-upgrade -y', ['apt-get release-upgrade:']],
  ['apt-get purge x', ['!apt-get remove: x']],
  ['apt-get build-dep x', ['!apt-get build-dependencies: x']],
  ['apt-get clean', ['apt-get clean:']],
  ['apt-get --version', []],
  ['apt-cache policy install', []],
  ['apt install x', ['!apt install: x']],
  ['aptitude -y safe-upgrade', ['aptitude upgrade:']],
  [
    'echo \'APT::Get::Assume-Yes "true";\' > /etc/apt/apt.conf.d/90 && apt-get install x',
    ['apt-get install: x'],
  ],
  [
    'apt-get install x && echo \'APT::Get::Assume-Yes "true";\' > /etc/apt/apt.conf.d/90',
    ['!apt-get install: x'],
  ],
  ['xargs -a list apt-get install -y', ['apt-get install:']],
  ["bash -c 'apt-get install x'", ['!apt-get install: x']],
  ['apk add curl git~=2.4', ['apk install: curl git~=2.4']],
  ['apk -U --no-cache add -t .build a b', ['apk install: a b']],
  ['apk add --virtual=.build --repository http://x a', ['apk install: a']],
  ['apk update && apk upgrade', ['apk update:', 'apk upgrade:']],
  ['apk del .build', ['apk remove: .build']],
  ['apk cache clean', ['apk clean:']],
  ['yum install x', ['!yum install: x']],
  ['yum -y --enablerepo epel install x', ['yum install: x']],
  ['yum --setopt=assumeyes=1 install x', ['yum install: x']],
  ['echo assumeyes=1 >> /etc/yum.conf && yum install x', ['yum install: x']],
  ['yum group install "Development Tools"', ['!yum install: "Development Tools"']],
  ['yum groupinstall -y x', ['yum install: x']],
  ['yum update -y', ['yum upgrade:']],
  ['dnf module install nodejs:18', ['!dnf install: nodejs:18']],
  ['dnf in x', ['!dnf install: x']],
  ['dnf -y makecache', ['dnf update:']],
  ['microdnf install x', ['microdnf install: x']],
  ['tdnf install x && tdnf clean all', ['!tdnf install: x', 'tdnf clean: all']],
  ['dnf install -y x && dnf clean all', ['dnf install: x', 'dnf clean: all']],
  ['zypper in x', ['!zypper install: x']],
  ['zypper -n in x', ['zypper install: x']],
  ['zypper install -y x', ['zypper install: x']],
  ['zypper --non-interactive ref && zypper dup', ['zypper update:', '!zypper release-upgrade:']],
  ['pacman -Sy --noconfirm x', ['pacman install: x']],
  ['pacman -Syu x', ['!pacman install: x']],
  ['pacman -Syu --noconfirm', ['pacman upgrade:']],
  ['pacman -Sy', ['pacman update:']],
  ['pacman -Scc --noconfirm', ['pacman clean:']],
  ['pacman -Ss x', []],
  ['pip install x==1 -r y.txt', ['pip install: x==1']],
  ['pip3.11 install --index-url https://x y', ['pip install: y']],
  ['python3 -m pip install -U pip', ['pip install: pip']],
  ['/venv/bin/python -u -m pip install x', ['pip install: x']],
  ['"$VENV/bin/pip" install x', ['pip install: x']],
  ['python3 -m venv pip install', []],
  ['pip uninstall x', ['!pip remove: x']],
  ['pip cache purge', ['pip clean:']],
  ['uv pip install --system x', ['uv install: x']],
  ['uv run pip install x', ['pip install: x']],
  ['uv sync --frozen', ['uv install:']],
  ['pipx install x', ['pipx install: x']],
  ['npm ci', ['npm install:']],
  ['npm i -g --registry http://x a@1 b', ['npm install: a@1 b']],
  ['npm run install', []],
  ['npm cache clean --force', ['npm clean:']],
  ['yarn', ['yarn install:']],
  ['yarn --version', []],
  ['yarn --frozen-lockfile', ['yarn install:']],
  ['yarn global add x', ['yarn install: x']],
  ['yarn build', []],
  ['yarn cache clean', ['yarn clean:']],
  ['pnpm add x', ['pnpm install: x']],
  ['gem install x -v 1.0 y -- --with-z', ['gem install: x y']],
  ['bundle install --jobs 4', ['bundle install:']],
  ['go install -ldflags "-s -w" x@v1', ['go install: x@v1']],
  ['go run x@v1 install y', ['go install: x@v1']],
  ['cargo install --locked --version 1.2 x', ['cargo install: x']],
  ['conda install -c conda-forge x', ['!conda install: x']],
  ['conda install -yc conda-forge x && conda clean -afy', ['conda install: x', 'conda clean:']],
  ['conda env create -f e.yml', ['conda install:']],
  ['CONDA_ALWAYS_YES=true conda install x', ['conda install: x']],
  ['conda config --set always_yes yes && conda install x', ['conda install: x']],
];

for (const [script, expected] of cases) {
  test(`package commands: ${script}`, () => assert.deepEqual(describe(`FROM x\nRUN ${script}`), expected));
}

test('what stands in other instructions', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['FROM x\nRUN ["apt-get", "install", "-y", "curl"]', ['apt-get install: curl']],
    ['FROM x\nRUN ["sh", "-c", "apt-get install curl"]', ['!apt-get install: curl']],
    ['FROM x\nONBUILD RUN apt-get install curl', ['!apt-get install: curl']],
    ['FROM x\nRUN <<EOF\napt-get install curl\nEOF', ['!apt-get install: curl']],
    // Known variables are looked into: these hold the answer, those none.
    [
      'FROM x\nARG OPTIONS="-y --no-install-recommends"\nRUN apt-get install $OPTIONS x',
      ['apt-get install: x'],
    ],
    ['FROM x\nENV PACKAGES="a b"\nRUN apt-get install $PACKAGES', ['!apt-get install: $PACKAGES']],
    ['FROM x\nARG OPTIONS\nRUN apt-get install $OPTIONS x', ['!?apt-get install: $OPTIONS x']],
    ['FROM x\nENV CONDA_ALWAYS_YES=true\nRUN conda install x', ['conda install: x']],
    // Configuration holds on in this stage and those that inherit from it.
    [
      'FROM x AS a\nRUN echo \'APT::Get::Assume-Yes "1";\' >/etc/apt/apt.conf.d/9\nFROM a\nRUN apt-get install b\nFROM x\nRUN apt-get install c',
      ['apt-get install: b', '!apt-get install: c'],
    ],
    [
      'FROM x\nRUN cat <<EOF >/etc/apt/apt.conf.d/9\nAPT::Get::Assume-Yes "true";\nEOF\nRUN apt-get install b',
      ['apt-get install: b'],
    ],
  ];
  for (const [text, expected] of rows) assert.deepEqual(describe(text), expected, text);
});

test('verbs and options', () => {
  const text = 'FROM x\nRUN apt-get -o A=b install --no-install-recommends -t sid x';
  const [install] = modelOf(text).installs;
  assert.ok(install);
  assert.equal(text.slice(install.verb.span.start, install.verb.span.end), 'install');
  assert.deepEqual(
    install.options.map((word) => word.text),
    ['-o', '--no-install-recommends', '-t'],
  );
  assert.deepEqual(
    install.given.map(({ name, value }) => `${name} ${value ?? ''}`.trim()),
    ['-o A=b', '--no-install-recommends', '-t sid'],
  );
});
