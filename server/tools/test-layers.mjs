// The layers of tests, from the pure core to the real editor: what each needs and how it runs.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { run } from 'node:test';
import { spec as Spec } from 'node:test/reporters';
import { builtPath } from './build-tests.mjs';

const minute = 60_000;

/** One process for a few rules, and where the tests write a list of all; else as many as there are cores. */
function rulesParts() {
  const { DRYDOCK_TEST_RULES: rules, DRYDOCK_UPDATE_UNREACHED: writes } = process.env;
  return writes || (rules && rules.split(',').length < 10) ? 1 : Math.min(availableParallelism(), 8);
}

/** The built files to run for a test: itself, or a file for each part, which says so and loads it. */
function filesToRun(source, parts) {
  const built = builtPath(source);
  if (parts < 2) return [resolve(built)];
  return Array.from({ length: parts }, (_, index) => {
    const path = built.replace(/\.mjs$/, `.part-${index + 1}.mjs`);
    const load = `await import('./${built.split('/').at(-1)}');`;
    writeFileSync(path, `process.env.DRYDOCK_TEST_PART = '${index + 1}/${parts}';\n${load}\n`);
    return resolve(path);
  });
}

/**
 * In the order in which they run: what fails fast comes first. The first layer whose pattern fits a file is
 * its own. `limit` is the time one file may take: a file that hangs fails loudly. `parts`: a file tests its share of
 * a list and runs in several processes.
 */
export const layers = [
  {
    name: 'core',
    pattern:
      /^test\/(core|rules\/|service|workflow|io|bench|rules-together|documents|snippets\/(expand|lint))\b/,
    needs: [],
    concurrency: 2,
    limit: 5 * minute,
  },
  {
    name: 'rules',
    pattern: /^test\/rules\.test\.ts$/,
    needs: [],
    concurrency: availableParallelism(),
    limit: 10 * minute,
    parts: rulesParts,
  },
  {
    name: 'package',
    pattern: /^test\/project\/package\b/,
    needs: ['package'],
    concurrency: 1,
    limit: 2 * minute,
  },
  { name: 'project', pattern: /^test\/project\//, needs: [], concurrency: 2, limit: 5 * minute },
  { name: 'client', pattern: /^test\/client\//, needs: ['bundle'], concurrency: 2, limit: 5 * minute },
  { name: 'cli', pattern: /^test\/cli\//, needs: ['bundle', 'debian'], concurrency: 2, limit: 5 * minute },
  { name: 'lsp', pattern: /^test\/lsp\//, needs: ['bundle', 'debian'], concurrency: 2, limit: 5 * minute },
  {
    name: 'registry',
    pattern: /^test\/registry\//,
    needs: ['bundle', 'debian'],
    concurrency: 2,
    limit: 5 * minute,
  },
  {
    name: 'build',
    pattern: /^test\/(build|snippets)\//,
    needs: ['bundle', 'debian'],
    // One more than elsewhere: builds wait for the disk half of their time.
    concurrency: 3,
    limit: 10 * minute,
  },
  // Chosen by `npm run test:engines` alone.
  {
    name: 'engines',
    pattern: /^test\/engines\//,
    needs: ['bundle', 'debian'],
    concurrency: 1,
    // All projects with real compilers take ten minutes.
    limit: 30 * minute,
  },
  {
    name: 'vscode',
    pattern: /^test\/vscode\//,
    needs: ['package', 'debian', 'editor'],
    concurrency: 1,
    limit: 10 * minute,
  },
  // Catches every other file, so that none is forgotten.
  { name: 'others', pattern: /./, needs: ['bundle', 'debian'], concurrency: 1, limit: 5 * minute },
];

/** @param {string} source path of a test file */
export function layerOf(source) {
  return layers.find(({ pattern }) => pattern.test(source));
}

/** Failures are printed where they happen; repeating them at the end would only make the log longer. */
function makeReporter() {
  return Object.assign(new Spec(), { _flush: (done) => done() });
}

/**
 * Runs built test files layer by layer and prints one report over all of them.
 * @param {readonly string[]} sources
 */
export async function runLayers(sources) {
  /** `inexcusable`: skipped for a reason that does not say it is optional. `failures`: their names. */
  const totals = { passed: 0, failed: 0, skipped: 0, inexcusable: 0, failures: [] };
  /** @type {Map<string, number>} milliseconds by layer */
  const times = new Map();

  async function* events() {
    for (const layer of layers) {
      const files = sources
        .filter((source) => layerOf(source) === layer)
        .flatMap((source) => filesToRun(source, layer.parts?.() ?? 1));
      if (files.length === 0) continue;
      const started = Date.now();
      const names = new Set(files);
      for await (const event of run({ files, concurrency: layer.concurrency, timeout: layer.limit })) {
        // Each run's own totals; ours come at the end.
        if (
          event.type === 'test:summary' ||
          (event.type === 'test:diagnostic' && event.data.file === undefined)
        )
          continue;
        count(event, totals, names);
        yield event;
      }
      times.set(layer.name, Date.now() - started);
    }
  }

  const report = Readable.from(events()).compose(makeReporter());
  report.pipe(process.stdout, { end: false });
  await once(report, 'end');
  return { ...totals, times };
}

/** @param {Set<string>} files: the runner reports a file under its own name when it holds no test or crashed */
function count({ type, data }, totals, files) {
  if (type !== 'test:pass' && type !== 'test:fail') return;
  const reason = data.skip ?? data.todo;
  if (reason !== undefined) {
    totals.skipped += 1;
    if (!String(reason).startsWith('optional: ')) totals.inexcusable += 1;
    console.warn(`SKIPPED: ${data.name} (${reason === true ? 'no reason given' : reason})`);
  } else if (type === 'test:fail') {
    totals.failed += 1;
    // A suite fails with its tests, which are named already.
    if (data.details.type !== 'suite')
      totals.failures.push(`${data.name} (${relative('', data.file ?? '')})`);
  } else if (files.has(data.name)) {
    console.error(`${data.name} contains no test`);
    totals.failed += 1;
    totals.failures.push(`${data.name} (${relative('', data.file ?? '')})`);
  } else if (data.details.type !== 'suite') totals.passed += 1;
}
