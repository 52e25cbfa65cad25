// Tools besides compilers that make programs for the C library of their image, and where they put them. Sources: the manuals.

export interface LinkingTool {
  readonly programs: readonly string[];
  readonly language: 'cmake' | 'deno' | 'java' | 'native' | 'nix';
  /** A word without which the program makes something else. */
  readonly verb?: RegExp;
  /** Options with the path of the program or its folder. */
  readonly options: readonly string[];
  /** Where it lies without such an option, in the working folder; absent if that is not known. */
  readonly place?: string;
}

const links = ['--out-link', '-o'];

const tools: readonly LinkingTool[] = [
  { programs: ['cmake'], language: 'cmake', options: ['--build'] },
  { programs: ['deno'], language: 'deno', verb: /^compile$/, options: ['--output', '-o'] },
  { programs: ['jlink'], language: 'java', options: ['--output'] },
  { programs: ['native-image'], language: 'native', options: ['-o'] },
  {
    programs: ['mvn', 'mvnw'],
    language: 'native',
    verb: /^native:(?:compile|build)/,
    options: [],
    place: 'target',
  },
  {
    programs: ['gradle', 'gradlew'],
    language: 'native',
    verb: /(?:^|:)nativeCompile$/,
    options: [],
    place: 'build/native',
  },
  { programs: ['nix'], language: 'nix', verb: /^build$/, options: links, place: 'result' },
  { programs: ['nix-build'], language: 'nix', options: links, place: 'result' },
];

/** By the name of the program. */
export const linkingTools: ReadonlyMap<string, LinkingTool> = new Map(
  tools.flatMap((tool) => tool.programs.map((program) => [program, tool] as const)),
);
