// What is found out about projects, from the files that people have.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findProject, projectFolders } from '../../../server/src/patterns/project/find-project';
import type { Project, ProjectFiles } from '../../../server/src/patterns/project/project';
import { readTxtar } from '../../../server/src/patterns/read-pattern';
import { cpuTime } from '../../harness/cpu-time';

function filesOf(txtar: string): ProjectFiles {
  const files = readTxtar(txtar);
  return { paths: [...files.keys()].sort(), text: (path) => files.get(path) };
}

/** One line for each fact: `name = value (source)`, with what is in conflict and what stands in the way below. */
function told({ facts, conflicts, obstacles }: Project): readonly string[] {
  return [
    ...[...facts]
      .filter(([, { value }]) => value !== 'yes')
      .map(([name, { value, source, isMinimum, isRange }]) => {
        const kind = (isMinimum && '>=') || (isRange && 'in ') || '';
        return `${name} = ${kind}${value} (${source})`;
      }),
    ...[...facts]
      .filter(([, { value }]) => value === 'yes')
      .map(([name, { source }]) => `${name} (${source})`),
    ...conflicts.map(({ name, facts: all }) => `${name}? ${all.map(({ value }) => value).join(' or ')}`),
    ...obstacles.map(({ source }) => `${source}!`),
  ].sort();
}

const projects: Readonly<Record<string, readonly [txtar: string, facts: readonly string[]]>> = {
  'a Go service with private modules, reached by a token': [
    `-- go.mod --
module git.example.com/team/shop

go 1.26
-- cmd/shop/main.go --
package main

func main() {}
-- .github/workflows/ci.yml --
env:
  GOPRIVATE: git.example.com/team/*,git.example.org
`,
    [
      'go (go.mod)',
      'go.module = git.example.com/team/shop (go.mod)',
      'go.package = ./cmd/shop (cmd/shop/main.go)',
      'go.private = git.example.com/team,git.example.org (.github/workflows/ci.yml)',
      'go.program = shop (cmd/shop/main.go)',
      'go.version = >=1.26 (go.mod)',
    ],
  ],
  'a Go module whose private modules come by SSH': [
    `-- go.mod --
module example.com/shop
-- Makefile --
export GOPRIVATE ?= "git.example.com"
setup:
	git config --global url."ssh://git@git.example.com/".insteadOf https://git.example.com/
`,
    [
      'go (go.mod)',
      'go.module = example.com/shop (go.mod)',
      'go.private = git.example.com (Makefile)',
      'go.privatehost = git.example.com (Makefile)',
    ],
  ],
  'Spring Boot in several modules of Maven': [
    `-- pom.xml --
<project>
  <parent>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>4.1.0</version>
  </parent>
  <artifactId>shop</artifactId>
  <packaging>pom</packaging>
  <modules><module>api</module><module>model</module></modules>
</project>
-- api/pom.xml --
<project>
  <parent><artifactId>shop</artifactId></parent>
  <artifactId>shop-api</artifactId>
</project>
-- api/src/main/java/com/acme/Shop.java --
class Shop {
  public static void main(String... arguments) {}
}
-- model/pom.xml --
<project><artifactId>shop-model</artifactId></project>
-- model/src/main/java/com/acme/Item.java --
record Item() {}
`,
    [
      'java (pom.xml)',
      'java.boot = 4.1.0 (pom.xml)',
      'java.main = com.acme.Shop (api/src/main/java/com/acme/Shop.java)',
      'java.manager = maven (pom.xml)',
      'java.module = api (api/src/main/java/com/acme/Shop.java)',
      'java.modules (pom.xml)',
      'java.name = shop (pom.xml)',
      'java.program = shop-api (api/pom.xml)',
    ],
  ],
  'Kotlin in several projects of Gradle, with two programs': [
    `-- settings.gradle.kts --
rootProject.name = "shop"
include("api", "worker")
-- build.gradle.kts --
plugins {
    id("org.springframework.boot") version "4.1.0" apply false
}
-- api/src/main/kotlin/shop/Api.kt --
package shop

fun main(arguments: Array<String>) {}
-- worker/src/main/kotlin/shop/Worker.kt --
package shop

fun main() {}
`,
    [
      'java (build.gradle.kts)',
      'java.boot = 4.1.0 (build.gradle.kts)',
      'java.main? shop.ApiKt or shop.WorkerKt',
      'java.manager = gradle (build.gradle.kts)',
      'java.module? api or worker',
      'java.modules (settings.gradle.kts)',
      'java.name = shop (settings.gradle.kts)',
    ],
  ],
  'a program in Deno': [
    `-- deno.json --
{ "name": "@acme/shop", "tasks": { "start": "deno run --allow-net=:8000 -R --watch ./src/app.ts" } }
-- main.ts --
-- src/app.ts --
`,
    [
      'deno (deno.json)',
      'deno.main = src/app.ts (deno.json)',
      'deno.permissions = --allow-net=:8000 -R (deno.json)',
      'deno.program = shop (deno.json)',
    ],
  ],
  'a Go service': [
    `-- go.mod --
module github.com/acme/shop/v2

go 1.24.3
toolchain go1.25.1
-- main.go --
package main

func main() { http.ListenAndServe(":8080", nil) }
-- internal/a.go --
package internal
-- tools.go --
//go:build tools

package main
-- main_test.go --
package main
-- .git/config --
[remote "origin"]
	url = git@github.com:acme/shop.git
`,
    [
      'go (go.mod)',
      'go.module = github.com/acme/shop/v2 (go.mod)',
      'go.package = . (main.go)',
      'go.program = shop (main.go)',
      'go.version = >=1.25 (go.mod)',
      'image = ghcr.io/acme/shop (.git/config)',
      'port = 8080 (main.go)',
      'repository = https://github.com/acme/shop (.git/config)',
    ],
  ],
  'several programs, cgo and a module beside this one': [
    `-- go.mod --
module acme
go 1.26
replace acme/lib => ../lib
-- cmd/a/main.go --
package main
import "C"
func main() {}
-- cmd/b/main.go --
package main
func main() {}
-- vendor/modules.txt --
`,
    [
      'go (go.mod)',
      'go.cgo (cmd/a/main.go)',
      'go.folder = . (cmd/a/main.go)',
      'go.memberpackage? ./cmd/a or ./cmd/b',
      'go.module = acme (go.mod)',
      'go.package? ./cmd/a or ./cmd/b',
      'go.vendor (vendor/modules.txt)',
      'go.version = >=1.26 (go.mod)',
      'go.workspace (go.mod)',
    ],
  ],
  'a program in Rust': [
    `-- Cargo.toml --
[package]
name = "shop-api"
rust-version = "1.85"
-- rust-toolchain.toml --
[toolchain]
channel = "1.95.0"
-- src/main.rs --
-- build.rs --
`,
    [
      'rust (Cargo.toml)',
      'rust.buildscript (build.rs)',
      'rust.package = shop-api (Cargo.toml)',
      'rust.program = shop-api (Cargo.toml)',
      'rust.version = 1.95 (rust-toolchain.toml)',
    ],
  ],
  'a Cargo workspace with two programs': [
    `-- Cargo.toml --
[workspace]
members = ["crates/*"]
-- crates/api/Cargo.toml --
[package]
name = "api"
-- crates/api/src/main.rs --
-- crates/job/Cargo.toml --
[package]
name = "job"
[[bin]]
name = "work"
path = "src/main.rs"
-- crates/job/src/main.rs --
`,
    [
      'rust (Cargo.toml)',
      'rust.package? api or job',
      'rust.program? api or work',
      'rust.workspace (Cargo.toml)',
    ],
  ],
  'Python with uv': [
    `-- pyproject.toml --
[project]
name = "acme-shop"
requires-python = ">=3.12,<3.14"
dependencies = ["fastapi>=0.1", "uvicorn"]
[build-system]
requires = ["hatchling"]
-- uv.lock --
-- src/acme_shop/__init__.py --
-- src/acme_shop/__main__.py --
-- src/acme_shop/web.py --
api: FastAPI = FastAPI(title="x")
-- tests/__init__.py --
`,
    [
      'python (pyproject.toml)',
      'python.app = acme_shop.web:api (src/acme_shop/web.py)',
      'python.buildsystem (pyproject.toml)',
      'python.project (pyproject.toml)',
      'python.source = src/acme_shop (src/acme_shop/__init__.py)',
      'python.framework = fastapi (pyproject.toml)',
      'python.manager = uv (uv.lock)',
      'python.module = acme_shop (src/acme_shop/__main__.py)',
      'python.target = acme_shop (src/acme_shop/__init__.py)',
      'python.version = in >=3.12,<3.14 (pyproject.toml)',
    ],
  ],
  'Django with requirements.txt': [
    `-- requirements.txt --
Django==5.2
gunicorn
-- manage.py --
-- .python-version --
3.13.2
-- site/wsgi.py --
-- site/__init__.py --
`,
    [
      'python (requirements.txt)',
      'python.django = site (site/wsgi.py)',
      'python.source = site (site/__init__.py)',
      'python.framework = django (requirements.txt)',
      'python.manager = pip (requirements.txt)',
      'python.target = site (site/__init__.py)',
      'python.requirements = requirements.txt (requirements.txt)',
      'python.version = 3.13 (.python-version)',
    ],
  ],
  'two lock files': [
    '-- pyproject.toml --\n-- uv.lock --\n-- poetry.lock --\n',
    ['python (pyproject.toml)', 'python.manager? uv or poetry'],
  ],
  'TypeScript with pnpm': [
    `-- package.json --
{"packageManager": "pnpm@12.1.0+sha512.abc", "scripts": {"build": "tsc", "start": "node --enable-source-maps dist/server.js"},
 "engines": {"node": "^22 || >=24"}, "devDependencies": {"typescript": "6"}, "repository": {"url": "git+https://github.com/acme/web.git"}}
-- pnpm-lock.yaml --
-- tsconfig.json --
{"compilerOptions": {"outDir": "./dist/"}}
-- .nvmrc --
lts/jod
`,
    [
      'image = ghcr.io/acme/web (package.json)',
      'node (package.json)',
      'node.build (package.json)',
      'node.folder = dist (package.json)',
      'node.main = dist/server.js (package.json)',
      'node.manager = pnpm (package.json)',
      'node.managerversion = 12.1.0 (package.json)',
      'node.output = dist (tsconfig.json)',
      'node.typescript (package.json)',
      'node.version = 22 (.nvmrc)',
      'repository = https://github.com/acme/web (package.json)',
    ],
  ],
  'plain JavaScript': [
    `-- package.json --
{"main": "src", "dependencies": {"express": "5"}}
-- package-lock.json --
-- src/index.js --
app.listen(process.env.PORT || 3000);
-- compose.yaml --
services:
  web:
    ports:
      - "80:3000"
`,
    [
      'node (package.json)',
      'node.folder = src (src/index.js)',
      'node.framework = express (package.json)',
      'node.main = src/index.js (package.json)',
      'node.manager = npm (package-lock.json)',
      'port = 3000 (src/index.js)',
    ],
  ],
  'Maven with Spring Boot': [
    `-- pom.xml --
<project>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>4.1.0</version>
  </parent>
  <artifactId>shop</artifactId>
  <properties><java.version>21</java.version></properties>
</project>
-- mvnw --
`,
    [
      'java (pom.xml)',
      'java.boot = 4.1.0 (pom.xml)',
      'java.manager = maven (pom.xml)',
      'java.name = shop (pom.xml)',
      'java.version = >=21 (pom.xml)',
      'java.wrapper (mvnw)',
    ],
  ],
  'Gradle in Kotlin': [
    `-- settings.gradle.kts --
rootProject.name = "shop"
include(":app")
-- build.gradle.kts --
java { toolchain { languageVersion = JavaLanguageVersion.of(25) } }
`,
    [
      'java (build.gradle.kts)',
      'java.manager = gradle (build.gradle.kts)',
      'java.modules (settings.gradle.kts)',
      'java.name = shop (settings.gradle.kts)',
      'java.version = >=25 (build.gradle.kts)',
    ],
  ],
  '.NET with tests beside the program': [
    `-- Shop.Web/Shop.Web.csproj --
<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
-- Shop.Tests/Shop.Tests.csproj --
<Project Sdk="Microsoft.NET.Sdk"></Project>
-- Directory.Packages.props --
`,
    [
      'dotnet (Shop.Web/Shop.Web.csproj)',
      'dotnet.name = Shop.Web (Shop.Web/Shop.Web.csproj)',
      'dotnet.project = Shop.Web/Shop.Web.csproj (Shop.Web/Shop.Web.csproj)',
      'dotnet.props (Directory.Packages.props)',
      'dotnet.version = 10.0 (Shop.Web/Shop.Web.csproj)',
      'dotnet.web (Shop.Web/Shop.Web.csproj)',
    ],
  ],
  Rails: [
    '-- Gemfile --\ngem "rails", "~> 8"\n-- .ruby-version --\nruby-3.4.2\n',
    ['ruby (Gemfile)', 'ruby.framework = rails (Gemfile)', 'ruby.version = 3.4 (.ruby-version)'],
  ],
  Laravel: [
    '-- composer.json --\n{"require": {"php": "^8.3", "ext-gd": "*", "laravel/framework": "^12"}}\n',
    [
      'php (composer.json)',
      'php.extensions = gd (composer.json)',
      'php.framework = laravel (composer.json)',
      'php.version = in ^8.3 (composer.json)',
    ],
  ],
  'a page': ['-- index.html --\n', ['static (index.html)', 'static.folder = . (index.html)']],
  'half-written manifests': [
    '-- package.json --\n{"name":\n-- Cargo.toml --\n[package\n-- pyproject.toml --\n[project\n',
    [
      'Cargo.toml!',
      'node (package.json)',
      'package.json!',
      'pyproject.toml!',
      'python (pyproject.toml)',
      'rust (Cargo.toml)',
    ],
  ],
  nothing: ['-- README.md --\n', []],
};

suite('the facts of a project', () => {
  for (const [name, [txtar, facts]] of Object.entries(projects)) {
    test(name, () => assert.deepEqual(told(findProject(filesOf(txtar))), [...facts].sort()));
  }
});

test('folders with projects of their own', () => {
  assert.deepEqual(
    projectFolders(filesOf('-- api/go.mod --\n-- web/package.json --\n-- web/tsconfig.json --\n')),
    ['api', 'web'],
  );
});

test('files that repeat what is looked for cost little', () => {
  const units = [
    '\n',
    '<parent><artifactId>',
    '.listen({',
    'import ',
    '[remote "origin"]',
    '- "1:',
    '=> ',
    '[[bin]]\n',
  ];
  const paths = Object.values(projects).flatMap(([txtar]) => [...readTxtar(txtar).keys()]);
  for (const unit of units) {
    const text = unit.repeat(Math.ceil(400_000 / unit.length));
    const start = cpuTime();
    findProject({ paths: [...new Set(paths)], text: () => text });
    // What takes the square of the length takes minutes.
    assert.ok(cpuTime() - start < 10_000, unit);
  }
});
