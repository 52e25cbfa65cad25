// Every pattern as it is inserted: well-formed for the editor, the same text in both ways of filling, in order for our own
// rules, and what its page says of traps and of the image is true.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { modelOf } from '../harness/commands';
import { contextFrom } from '../harness/examples';
import { defaultConfig } from '../../server/src/core/lint/config';
import type { Facts } from '../../server/src/core/lint/facts';
import { noFacts } from '../../server/src/core/lint/facts';
import { imageName, knowImage } from '../../server/src/core/knowledge/images/images';
import { releaseOfTag } from '../../server/src/core/knowledge/images/releases';
import { lint } from '../../server/src/linter';
import { isKnownGroup } from '../../server/src/patterns/groups';
import type { Pattern } from '../../server/src/patterns/pattern';
import type { PatternPage } from '../../server/src/patterns/read-pattern';
import { snippetsOf } from '../../server/src/patterns/snippet';
import { fill, usedIn, valuesOf } from '../../server/src/patterns/template';
import { readPatterns } from '../../server/tools/pattern-files';
import { expandSnippet } from './expand';

type Profile = (typeof defaultConfig)['profile'];

const pages = readPatterns();
const syntax = '# syntax=docker/dockerfile:1\n';
const digest = `sha256:${'5'.repeat(64)}`;

/** Every way to answer with a proposal, one parameter at a time. */
function answersOf({ parameters }: Pattern): readonly ReadonlyMap<string, string>[] {
  const others = parameters.flatMap(({ name, proposals }) =>
    proposals.slice(1).map((one) => new Map([[name, one]])),
  );
  return [new Map(), ...others];
}

/** What people write first, beside the pattern that does it better: only for a comparison. */
const isNaive = (path: string): boolean => path === 'diet/Dockerfile.naive';

/** The Dockerfiles of a pattern, filled; a part stands in the file of its page. */
function dockerfilesOf(
  { pattern, around = '' }: PatternPage,
  given: ReadonlyMap<string, string>,
): readonly string[] {
  const values = valuesOf(pattern, given);
  return pattern.files
    .filter(({ path }) => pattern.as !== 'dockerfile' || !isNaive(path))
    .filter(({ path }) => pattern.as !== 'files' || /(^|\/)(Dockerfile|Containerfile)[^/]*$/.test(path))
    .map(({ text }) => fill(text, values))
    .map((text) => (pattern.as === 'part' ? syntax + around.replace('«part»', () => text) : text));
}

/** The text with every image pinned that a registry has. */
function pinned(text: string): string {
  const model = modelOf(text);
  return model.images
    .filter(({ image }) => !image.text.includes('@'))
    .map(({ image }) => image.span.end)
    .sort((a, b) => b - a)
    .reduce((all, end) => `${all.slice(0, end)}@${digest}${all.slice(end)}`, text);
}

function found(
  text: string,
  profile: Profile,
  facts: Facts = noFacts,
): readonly { id: string; said: string }[] {
  const { findings, failures } = lint(text, { ...defaultConfig, profile }, facts);
  assert.deepEqual(failures, []);
  return findings.map(({ severity, rule, at, message }) => ({
    id: rule.id,
    said: `${severity} ${rule.id} at “${text.slice(at.start, at.end)}”: ${message}`,
  }));
}

function assertClean(
  text: string,
  profile: Profile = 'recommended',
  allowed: readonly string[] = [],
  facts: Facts = noFacts,
): void {
  const said = found(text, profile, facts).filter(({ id }) => !allowed.includes(id));
  assert.deepEqual(
    said.map((one) => one.said),
    [],
    text,
  );
}

/** Files in a layer of their own, without a distribution. */
const tools = /^(?:composer|node|ghcr\.io\/astral-sh\/uv)$/;

interface Base {
  readonly image: string;
  /** Whether its tag says on which release of a distribution it stands. */
  readonly named: boolean;
  /** Undefined where it is not known. */
  readonly release: string | undefined;
}

/** The images that stages stand on, in their order. */
function basesOf(text: string): readonly Base[] {
  const model = modelOf(text);
  return model.images
    .filter(({ via }) => via === 'from')
    .map(({ resolved: image = '' }) => {
      const { name, tag = '', official } = imageName(image);
      const debian = /-debian(\d+)$/.exec(name)?.[1];
      const release =
        debian === undefined ? knowImage(image).release?.name : knowImage(`debian:${debian}`).release?.name;
      return {
        image,
        release,
        named: !official || tools.test(name) || releaseOfTag(name, tag) !== undefined,
      };
    });
}

suite('for the editor', () => {
  test('VS Code itself proposes none', () => {
    // It would propose those with a prefix at every word of a file.
    assert.doesNotMatch(readFileSync('snippets/dockerfile.json', 'utf8'), /"prefix"/);
  });

  for (const { pattern } of pages) {
    test(`${pattern.id} reads well`, () => {
      assert.ok(isKnownGroup(pattern.group), pattern.group);
      assert.match(pattern.id, /^[a-z]+(-[a-z0-9]+)*$/);
      assert.match(pattern.title, /^.{3,44}[^.]$/);
      assert.match(pattern.summary, /^.{15,110}[^.]$/);
      for (const text of Object.values(pattern.advice) as readonly string[]) {
        assert.match(text, /^.{10,400}\.$/, text);
      }
      for (const { path, text } of pattern.files) {
        assert.doesNotMatch(text, /[ \t]$/m, path);
        if (pattern.as !== 'files') for (const line of text.split('\n')) assert.ok(line.length <= 115, line);
      }
    });
  }

  for (const { name, body, isFile } of snippetsOf(pages.map(({ pattern }) => pattern))) {
    test(`${name} gives as a snippet what it gives with values`, () => {
      const page = pages.find(({ pattern }) => pattern.id === name);
      assert.ok(page);
      const { pattern } = page;
      const [file] = pattern.files;
      assert.ok(file);
      const used = usedIn(file.text, pattern.parameters);
      for (const given of answersOf(pattern)) {
        const typed = new Map(
          [...given].flatMap(([key, value]): [number, string][] => {
            const at = used.findIndex((one) => one.name === key);
            return at < 0 ? [] : [[at + 1, value]];
          }),
        );
        const { text, stops, variables } = expandSnippet(body, typed);
        assert.equal(text, fill(file.text, valuesOf(pattern, given)));
        // A variable of the Dockerfile or of the shell whose dollar is not escaped would vanish.
        assert.deepEqual(variables, []);
        assert.deepEqual(stops, [...used.map((_, index) => index + 1), 0]);
        assert.equal(text.endsWith('\n'), isFile);
      }
    });
  }
});

suite('in order for the rules', () => {
  for (const page of pages) {
    const { pattern } = page;
    if (dockerfilesOf(page, new Map()).length === 0) continue;
    test(`${pattern.id}, by default and in strict once it is pinned, with every proposal`, () => {
      const broken = new Set<string>();
      for (const given of answersOf(pattern)) {
        for (const text of dockerfilesOf(page, given)) {
          assert.deepEqual(modelOf(text).file.problems, []);
          for (const variant of [text, text.replaceAll('\n', '\r\n'), text.trimEnd()]) assertClean(variant);
          const strict = found(pinned(text), 'strict').filter(
            ({ id }) => pattern.as !== 'part' || id in pattern.allows,
          );
          const wrong = strict.filter(({ id }) => !(id in pattern.allows));
          assert.deepEqual(
            wrong.map(({ said }) => said),
            [],
            pinned(text),
          );
          for (const { id } of strict) broken.add(id);
          if (pattern.as === 'dockerfile') assert.ok(text.startsWith(syntax), text);
        }
      }
      // What is allowed but does not happen is not needed.
      assert.deepEqual([...broken].sort(), Object.keys(pattern.allows).sort());
    });

    test(`${pattern.id} among the files of a project, with a .dockerignore`, () => {
      const context = {
        entries: ['.git/', '.env', 'node_modules/', 'target/', '.dockerignore', 'Dockerfile', 'src/'],
        ignoreFile: { path: '.dockerignore', text: '.git\n.env*\nnode_modules\ntarget\n' },
        dockerfile: 'Dockerfile',
      };
      const missing = ['copy-source-missing'];
      for (const text of dockerfilesOf(page, new Map()))
        assertClean(text, 'recommended', missing, { context });
    });

    test(`${pattern.id} has stages of one release`, () => {
      for (const given of answersOf(pattern)) {
        for (const text of dockerfilesOf(page, given)) {
          const bases = basesOf(text);
          // A tag that names no distribution stands on another one tomorrow.
          assert.deepEqual(
            bases.filter(({ named }) => !named).map(({ image }) => image),
            [],
          );
          const releases = new Set(bases.flatMap(({ release }) => release ?? []));
          const last = bases.at(-1)?.image ?? 'scratch';
          // Compiled classes do not mind where they were compiled.
          if (!/^scratch$|static|distroless\/java|-jre-alpine/.test(last))
            assert.ok(releases.size <= 1, `${[...releases].join(' and ')}\n${text}`);
        }
      }
    });
  }
});

suite('naive variants', () => {
  const naive = pages.flatMap(({ pattern }) => {
    const file = pattern.as === 'dockerfile' && pattern.files.find(({ path }) => isNaive(path));
    return file ? [{ pattern, text: file.text }] : [];
  });

  test('every language has one', () => {
    const languages = ['go', 'rust', 'python', 'node', 'java', 'dotnet', 'ruby', 'php', 'c', 'web'];
    assert.deepEqual(new Set(naive.map(({ pattern }) => pattern.group)), new Set(languages));
  });

  for (const { pattern, text } of naive) {
    test(`${pattern.id}: one stage that builds and starts, with every proposal`, () => {
      for (const given of answersOf(pattern)) {
        const filled = fill(text, valuesOf(pattern, given));
        const model = modelOf(filled);
        assert.deepEqual(model.file.problems, []);
        assert.equal(model.stages.length, 1);
        const errors = found(filled, 'recommended').filter(({ said }) => said.startsWith('error '));
        assert.deepEqual(errors, []);
        // The server of a site starts by itself.
        if (pattern.id !== 'static-site') assert.match(filled, /^(?:CMD|ENTRYPOINT) /m);
      }
    });
  }
});

/** Why no rule finds the traps that stand open, by the pattern. */
const openBecause: Readonly<Record<string, string>> = {
  'apko-base': 'what an image of your own holds stands in no table',
  'dhi-static': 'the images of dhi.io stand in no table yet',
  'django-pip': 'where the program keeps its static files stands in its settings',
  laravel: 'whether the scripts of Composer call artisan stands in composer.json',
  'pnpm-workspace': 'the setting that allows links stands in pnpm-workspace.yaml',
  'python-uv-package': 'what makes uv build the project again stands in pyproject.toml',
  'spring-boot-gradle': 'whether Gradle makes a second jar stands in its build file',
  'spring-boot-gradle-projects': 'which projects make an archive stands in the build files',
  'spring-boot-maven-modules': 'whether a module needs others stands in its pom.xml',
  'ubuntu-chisel': 'the program comes compiled from the context',
  'user-arbitrary': 'the number that the platform takes stands in no Dockerfile',
  'user-distroless': 'whether the program writes there stands in its code',
};

test('every trap that no rule finds says why', () => {
  const open = pages.filter(({ traps }) =>
    traps.some(({ rule, text, path }) => rule === undefined && text !== undefined && /Dockerfile/.test(path)),
  );
  assert.deepEqual(open.map(({ pattern }) => pattern.id).sort(), Object.keys(openBecause).sort());
});

suite('traps', () => {
  for (const page of pages) {
    const [right = ''] = dockerfilesOf(page, new Map());
    for (const { why, rule, text, path, attributes } of page.traps) {
      if (text === undefined || !/Dockerfile/.test(path)) continue;
      test(`${page.pattern.id}: ${why.split('\n').join(' ')}`, () => {
        assert.match(why, /\.$/);
        const facts: Facts = { context: contextFrom(attributes) };
        const ids = new Set(found(text, 'strict', facts).map(({ id }) => id));
        if (rule === undefined) {
          // No rule finds it yet. Once one does, the page must name it.
          const usual = new Set([...found(right, 'strict').map(({ id }) => id), 'healthcheck-missing']);
          assert.deepEqual(
            [...ids].filter((id) => !usual.has(id)),
            [],
          );
        } else {
          assert.ok(ids.has(rule), `${rule} is not among ${[...ids].join(', ')}`);
          assert.ok(!found(right, 'strict').some(({ id }) => id === rule), 'the pattern has it itself');
        }
      });
    }
  }
});

suite('what a page expects of the image', () => {
  for (const { pattern, proofs } of pages) {
    for (const { project, values, expect } of proofs) {
      if (pattern.as !== 'dockerfile') continue;
      test(`${pattern.id} of ${project}`, () => {
        const text = fill(pattern.files[0]?.text ?? '', valuesOf(pattern, values));
        const model = modelOf(text);
        const { finalStage } = model;
        assert.ok(finalStage);
        const { user, workdir } = model.environmentAfter(finalStage);
        const start = finalStage.instructions.filter(
          ({ keyword }) => keyword === 'ENTRYPOINT' || keyword === 'CMD',
        );
        const is = {
          user: user?.text,
          workdir,
          entrypoint: start.flatMap(({ json = [] }) => json.map(({ value }) => value)),
        };
        for (const [key, value] of Object.entries(is)) {
          if (!(key in expect)) continue;
          const wanted = expect[key];
          assert.deepEqual(value, typeof wanted === 'number' ? String(wanted) : wanted, key);
        }
        assert.ok('user' in expect && 'entrypoint' in expect, 'it must say the user and the entry point');
      });
    }
  }
});
