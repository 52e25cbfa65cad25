// What some programs do when a certain word stands among their arguments: build, run by the tool that built, serve,
// start again after each change. Sources: the programs' manuals.

/** Words, one of which makes the program do it, and where such a word may stand. */
interface Subcommand {
  readonly words: RegExp;
  readonly place: 'first' | 'anywhere';
}

type Subcommands = ReadonlyMap<string, Subcommand>;

/**
 * Whether a program is told to do what the table is about.
 * @param args values of its arguments; undefined where one is expanded
 */
export function tells(table: Subcommands, program: string, args: readonly (string | undefined)[]): boolean {
  const entry = table.get(program);
  if (!entry) return false;
  const considered = entry.place === 'first' ? args.slice(0, 1) : args;
  return considered.some((arg) => arg !== undefined && entry.words.test(arg));
}

function first(words: RegExp): Subcommand {
  return { words, place: 'first' };
}

function anywhere(words: RegExp): Subcommand {
  return { words, place: 'anywhere' };
}

const maven = anywhere(/^(?:package|install|verify)$/);
const gradle = anywhere(/(?:^|:)(?:build|assemble|bootJar|shadowJar|installDist)$/);
const buildOrInstall = first(/^(?:build|install)$/);

const buildSubcommands: Subcommands = new Map([
  ['go', buildOrInstall],
  ['cargo', anywhere(/^(?:build|install)$/)],
  ['mvn', maven],
  ['mvnw', maven],
  ['gradle', gradle],
  ['gradlew', gradle],
  ['dotnet', first(/^(?:publish|build)$/)],
  ['swift', buildOrInstall],
  ['stack', buildOrInstall],
  ['cabal', buildOrInstall],
]);

/** Compile whatever they are told. */
const compilers: ReadonlySet<string> = new Set(['gcc', 'g++', 'make', 'ghc', 'rustc']);

/** Whether a command makes a program with the tools of a compiled language. */
export function compiles(program: string, args: readonly string[]): boolean {
  return compilers.has(program) || tells(buildSubcommands, program, args);
}

/** Run what package.json calls a script, by the word in front of its name or without one. */
const scriptRunners: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm']);

/** Whether a command runs the build of a project in JavaScript: the script by the name all have for it, or TypeScript. */
export function buildsScripts(program: string, args: readonly string[]): boolean {
  const [verb = '', script] = args.filter((arg) => !arg.startsWith('-'));
  if (scriptRunners.has(program))
    return verb === 'build' || (/^run(?:-script)?$/.test(verb) && script === 'build');
  return program === 'tsc' || (program === 'npx' && verb === 'tsc');
}

const gradleRun = anywhere(/run|test|^(?:.*:)?(?:start|bootRun|exec)$/i);
const mavenRun = anywhere(/run|test|exec|verify|^jetty:|^tomcat/);

/** Build with an SDK and run from it as well: the image needs the SDK then. */
export const sdkRunners: Subcommands = new Map([
  ['bazel', anywhere(/^run$/)],
  ['cabal', anywhere(/^(?:new-|v2-)?(?:run|exec|repl)$/)],
  ['cargo', anywhere(/^(?:run|test|bench|watch)$/)],
  ['dotnet', anywhere(/^(?:run|test|watch)$/)],
  ['go', anywhere(/^(?:run|test|tool)$/)],
  ['gradle', gradleRun],
  ['gradlew', gradleRun],
  ['mvn', mavenRun],
  ['mvnw', mavenRun],
  ['stack', anywhere(/^(?:exec|run|test|runghc|ghci)$/)],
  ['swift', anywhere(/^(?:run|test)$/)],
]);

/** Start the server of a framework. */
export const serverStarters: Subcommands = new Map([
  ['caddy', anywhere(/^run$/)],
  ['flask', anywhere(/^run$/)],
  ['next', first(/^start$/)],
  ['php', anywhere(/^-S$/)],
  ['rails', first(/^(?:server|s)$/)],
  ['streamlit', anywhere(/^run$/)],
]);

const development = anywhere(/^(?:dev|develop|start:dev|dev:.*|watch|start:watch)$/);

/** Start the program in a way that is for the one who writes it. */
export const developmentStarters: Subcommands = new Map(
  ['npm', 'yarn', 'pnpm', 'bun', 'deno', 'next', 'vite'].map((program) => [program, development]),
);
