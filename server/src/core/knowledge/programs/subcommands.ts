// What some programs do if a certain word is among their arguments: build, run with the tool that built, serve, restart
// after each change. Sources: the programs' manuals.

/** Words of which one makes the program do it, and where the word can be. */
interface Subcommand {
  readonly words: RegExp;
  readonly place: 'first' | 'anywhere';
}

type Subcommands = ReadonlyMap<string, Subcommand>;

/**
 * Whether the arguments of a program match the table.
 * @param args values of its arguments; undefined for an argument with an expansion
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
  ['mix', first(/^(?:release|compile|escript\.build)$/)],
  ['rebar3', first(/^(?:release|tar|escriptize|compile)$/)],
  ['dart', first(/^(?:compile|build)$/)],
  ['sbt', anywhere(/^(?:assembly|stage|dist|package|compile)$/)],
  ['crystal', first(/^build$/)],
  ['zig', first(/^build(?:-exe|-lib)?$/)],
  ['cmake', first(/^--build$/)],
]);

/** Programs that always compile. */
const compilers: ReadonlySet<string> = new Set(
  'gcc g++ cc c++ clang clang++ make ninja ghc rustc javac'.split(' '),
);

/** Whether a command builds a program with the tools of a compiled language. */
export function compiles(program: string, args: readonly string[]): boolean {
  return compilers.has(program) || tells(buildSubcommands, program, args);
}

/** The same for a program in Java, which needs no compiler to run. */
export function compilesJava(program: string, args: readonly string[]): boolean {
  return /^(?:mvnw?|gradlew?|javac|sbt)$/.test(program) && compiles(program, args);
}

/** Programs that run a script of package.json, with or without a word before its name. */
const packageRunners: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm']);

/** Whether a command builds a JavaScript project: by the script with the usual name, or with TypeScript. */
export function buildsScripts(program: string, args: readonly string[]): boolean {
  const [verb = '', script] = args.filter((arg) => !arg.startsWith('-'));
  if (packageRunners.has(program))
    return verb === 'build' || (/^run(?:-script)?$/.test(verb) && script === 'build');
  return program === 'tsc' || (program === 'npx' && verb === 'tsc');
}

const gradleRun = anywhere(/run|test|^(?:.*:)?(?:start|bootRun|exec)$/i);
const mavenRun = anywhere(/run|test|exec|verify|^jetty:|^tomcat/);

/** Commands that build with an SDK and also run from it, so that the image needs the SDK. */
export const sdkRunners: Subcommands = new Map([
  ['bazel', anywhere(/^run$/)],
  ['cabal', anywhere(/^(?:new-|v2-)?(?:run|exec|repl)$/)],
  ['cargo', anywhere(/^(?:run|test|bench|watch)$/)],
  ['dotnet', anywhere(/^(?:run|test|watch)$/)],
  ['go', anywhere(/^(?:run|test|tool)$/)],
  ['gradle', gradleRun],
  ['gradlew', gradleRun],
  ['mix', anywhere(/^(?:run|test|ph(?:oeni)?x\.server|ecto\..*)$/)],
  ['mvn', mavenRun],
  ['mvnw', mavenRun],
  ['rebar3', anywhere(/^shell$/)],
  ['dart', anywhere(/^(?:run|test)$/)],
  ['sbt', anywhere(/^~?(?:run|test)/)],
  ['stack', anywhere(/^(?:exec|run|test|runghc|ghci)$/)],
  ['swift', anywhere(/^(?:run|test)$/)],
]);

/** Commands that start the server of a framework. */
export const serverStarters: Subcommands = new Map([
  ['caddy', anywhere(/^run$/)],
  ['flask', anywhere(/^run$/)],
  ['next', first(/^start$/)],
  ['php', anywhere(/^-S$/)],
  ['rails', first(/^(?:server|s)$/)],
  ['streamlit', anywhere(/^run$/)],
]);

const development = anywhere(/^(?:dev|develop|start:dev|dev:.*|watch|start:watch)$/);

/** Commands that start a program in development mode. */
export const developmentStarters: Subcommands = new Map(
  ['npm', 'yarn', 'pnpm', 'bun', 'deno', 'next', 'vite'].map((program) => [program, development]),
);

const whole = /^/;

/**
 * Commands that start a server which its manual keeps for development: it compiles at each request, serves one request
 * at a time, or shows its insides to everybody. By the program's base name, or that of its script.
 */
export const developmentServers: Subcommands = new Map([
  ['artisan', first(/^serve$/)],
  ['astro', first(/^dev$/)],
  ['fastapi', first(/^dev$/)],
  ['flask', anywhere(/^run$/)],
  ['gatsby', first(/^develop$/)],
  ['manage.py', first(/^runserver(?:_plus)?$/)],
  ['next', first(/^dev$/)],
  ['ng', first(/^s(?:erve)?$/)],
  ['nuxi', first(/^dev$/)],
  ['nuxt', first(/^dev$/)],
  ['react-scripts', first(/^start$/)],
  ['remix', first(/^dev$/)],
  ['vite', first(/^(?:dev|serve)$/)],
  ['vue-cli-service', first(/^serve$/)],
  ['webpack', first(/^s(?:erve|erver)?$/)],
  ['webpack-dev-server', anywhere(whole)],
]);

/** Servers that restart after each change of a file if an option says so, by the option. */
export const reloaders: Subcommands = new Map([
  ['granian', anywhere(/^--reload$/)],
  ['gunicorn', anywhere(/^--reload$/)],
  ['hypercorn', anywhere(/^--reload$/)],
  ['litestar', anywhere(/^(?:--reload|-r)$/)],
  ['uvicorn', anywhere(/^--reload$/)],
]);

/** Packages that compile or bundle a JavaScript project, as package.json names them. */
export const scriptBuilders =
  /["'](?:typescript|vite|webpack|webpack-cli|rollup|esbuild|parcel|tsup|tsdown|turbo|react-scripts|@angular\/cli|@nestjs\/cli|@vue\/cli-service|@babel\/cli|@sveltejs\/kit|@swc\/cli|gulp|next|nuxt|astro)["']/;

/** Whether a command runs a script of package.json that starts the program: `npm start`, `yarn run start`. */
export function startsScripts(program: string, verb: string | undefined): boolean {
  return packageRunners.has(program) && /^(?:start|run|run-script|serve)$/.test(verb ?? '');
}
