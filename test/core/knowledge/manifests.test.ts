import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifestsOf } from '../../../server/src/core/knowledge/packages/manifests';

/** Command, and `title: required | optional | download`; '' for commands that read no manifest, or who knows which. */
const rows: readonly (readonly [string, string])[] = [
  ['npm ci', 'npm ci: package.json package-lock.json | | '],
  ['npm install --omit=dev', 'npm install: package.json | package-lock.json | '],
  ['npm install express', ''],
  ['npm install -g', ''],
  ['npm run build', ''],
  ['yarn', 'yarn: package.json | yarn.lock | '],
  ['yarn --version', ''],
  ['yarn install --frozen-lockfile', 'yarn install: package.json | yarn.lock | '],
  ['pnpm i', 'pnpm install: package.json | pnpm-lock.yaml | '],
  ['bun install --production', 'bun install: package.json | bun.lock | '],
  ['pip install -r requirements.txt', 'pip install: requirements.txt | | '],
  [
    'pip3 install -rbase.txt --requirement=./dev.txt -c limits.txt',
    'pip install: base.txt dev.txt limits.txt | | ',
  ],
  ['python3 -m pip install -r /app/requirements.txt', 'pip install: /app/requirements.txt | | '],
  ['pip install -r requirements.txt .', ''],
  ['pip install -r requirements.txt -e .[dev]', ''],
  ['pip install -r ../requirements.txt', ''],
  ['pip install flask', ''],
  ['uv pip install --system -r requirements.txt', 'uv pip install: requirements.txt | | '],
  ['uv pip install -e .', ''],
  ['uv sync --frozen', 'uv sync: pyproject.toml | uv.lock | uv sync --frozen --no-install-project'],
  ['uv sync --no-install-project', 'uv sync: pyproject.toml | uv.lock | '],
  [
    'poetry install --only main',
    'poetry install: pyproject.toml | poetry.lock | poetry install --only main --no-root',
  ],
  ['poetry install --no-root', 'poetry install: pyproject.toml | poetry.lock | '],
  ['bundle install --jobs=4 --gemfile=/app/Gemfile', 'bundle install: /app/Gemfile | /app/Gemfile.lock | '],
  [
    'composer install -o --no-dev',
    'composer install: composer.json | composer.lock | composer install --no-dev --no-scripts --no-autoloader',
  ],
  ['composer install --no-scripts --no-autoloader', 'composer install: composer.json | composer.lock | '],
  ['composer require a/b', ''],
  ['go mod download', 'go mod download: go.mod | go.sum | '],
  ['go build -o /app ./cmd/app', 'go build: go.mod | go.sum | go mod download'],
  ['go build main.go', ''],
  ['go install example.com/x@v1', ''],
  ['go build -mod=vendor', ''],
  ['dotnet restore', 'dotnet restore: | | '],
  ['dotnet publish -c Release --no-restore', ''],
  ['cargo build --release', 'cargo build: | | '],
  ['cargo install --path . --locked', 'cargo install: | | '],
  ['cargo install cargo-chef', ''],
  ['cargo chef cook --release', 'cargo chef cook: | | '],
  ['cargo chef prepare', ''],
  ['cargo build --offline', ''],
  ['mvn -B clean package', 'mvn package: | | '],
  ['mvnw -o package', ''],
  ['mvn --version', ''],
  ['gradlew app:bootJar --no-daemon', 'gradlew app:bootJar: | | '],
  ['gradle wrapper', ''],
  ['make install', ''],
];

for (const [command, expected] of rows) {
  test(`manifests: ${command}`, () => {
    const [program = '', ...args] = command.split(' ');
    const found = manifestsOf(program, args);
    const told =
      found &&
      `${found.title}: ${found.required.map((name) => `${name} `).join('')}| ${found.optional.map((name) => `${name} `).join('')}| ${found.download ?? ''}`;
    assert.equal(told ?? '', expected);
  });
}

test('an argument that is not known leaves it open', () => {
  assert.equal(manifestsOf('npm', ['ci', undefined]), undefined);
  assert.equal(manifestsOf('dotnet', ['publish', '-a', undefined])?.title, 'dotnet publish');
});
