// One run of `drydock init`: from what a person said to files, or to the reason why there are none.
import { join } from 'node:path';
import type { DetailsByImage, TagLists } from '../core/knowledge/images/registry-facts';
import { createFileAndFolders, fillFile } from '../io/files/create-file';
import { inWords } from '../io/files/file-errors';
import type { RegistryAccess } from '../io/registry/access';
import { listTags, readDetails } from '../io/registry/look-up';
import { readOwnPatterns, surveyFolder } from '../io/surroundings/new-files';
import type { Draft } from '../patterns/draft';
import type { PlannedFile } from '../patterns/plan';
import { basesOf } from '../patterns/project-bases';
import type * as patternLibrary from '../patterns/library';
import type { Pattern } from '../patterns/pattern';
import type { Project } from '../patterns/project/project';
import type { Ending } from './command';
import { adviceText, basesJson, basesText, draftJson, draftText, listJson, listText } from './format/draft';
import { didYouMean } from '../core/text/nearest';
import type { Terminal } from './terminal';

export interface InitChoices {
  readonly pattern: string | undefined;
  /** Words with commas between them. */
  readonly with: string | undefined;
  readonly list: boolean;
  readonly builders: boolean;
  readonly bases: boolean;
  readonly yes: boolean;
  /** Whether registries are asked. */
  readonly newest: boolean;
  readonly 'dry-run': boolean;
  /** Folders. */
  readonly patterns: readonly string[];
  readonly format: 'text' | 'json';
}

/** How many questions about values a person is asked. */
const mostQuestions = 3;

export class InitFiles {
  readonly #folder: string;

  readonly #values: Map<string, string>;

  readonly #choices: InitChoices;

  readonly #terminal: Terminal;

  /** The id of the pattern that a person chose. */
  #wanted: string | undefined;

  #access: Promise<RegistryAccess> | undefined;

  /** @param folder absolute @param values by the name of the parameter */
  constructor(folder: string, values: ReadonlyMap<string, string>, choices: InitChoices, terminal: Terminal) {
    this.#folder = folder;
    this.#values = new Map(values);
    this.#choices = choices;
    this.#terminal = terminal;
    this.#wanted = choices.pattern;
  }

  async run(): Promise<Ending> {
    const library = await import('../patterns/library');
    const own = readOwnPatterns(this.#choices.patterns, library);
    for (const problem of own.problems) this.#terminal.complain(problem);
    if (own.problems.length > 0) return 'unreadable';
    let patterns: readonly Pattern[] = [...own.patterns, ...library.patterns];
    const missing = (): { wrong: string } | undefined => {
      if (this.#wanted === undefined || library.patternNamed(patterns, this.#wanted)) return undefined;
      const ids = patterns.map(({ id }) => id);
      return { wrong: `there is no pattern ${this.#wanted}${didYouMean(this.#wanted, ids)}` };
    };
    const wrong = missing();
    if (wrong) return wrong;

    const surveyed = surveyFolder(this.#folder, library);
    const { project } = surveyed;
    const extras = new Set((this.#choices.with ?? '').split(',').flatMap((word) => word.trim() || []));
    const propose = (): Draft =>
      surveyed.draft({ patterns, wanted: this.#wanted, given: this.#values, extras });
    const told = await this.#listed(project, patterns, library);
    if (told !== undefined) {
      this.#terminal.print(told);
      return 'clean';
    }
    const first = propose();
    for (const { source, why } of project.obstacles) this.#terminal.complain(`${source} ${why}`);
    if (project.obstacles.length > 0 && this.#wanted === undefined) {
      this.#terminal.complain('a pattern can be chosen with --pattern all the same');
      return 'open';
    }
    if (!first.pattern) return this.#noPattern(project, library.projectFolders(surveyed), patterns);
    const rivals = library.rivalsOf(first.suited);
    if (!(await this.#choosePattern(first)) && rivals.length > 0 && this.#wanted === undefined) {
      const all = rivals.map(({ id, title }) => `${id} (${title})`).join(' and ');
      this.#terminal.complain(
        `the project holds more than one program, which ask for ${all}. Choose with --pattern`,
      );
      return 'open';
    }
    const chosen = missing();
    if (chosen) return chosen;
    if (this.#choices.newest) {
      const lists = await this.#listTags(library.repositoriesToList(propose().used));
      patterns = patterns.map((one) => library.withCurrentVersions(one, lists));
    }
    return this.#finish(await this.#answered(propose), project);
  }

  async dispose(): Promise<void> {
    if (this.#access) await (await this.#access).dispose();
  }

  /** What cannot be listed is told, and the table stands for it. */
  async #listTags(repositories: readonly string[]): Promise<TagLists> {
    if (repositories.length === 0) return new Map();
    const { signal } = new AbortController();
    const listed = await listTags(await this.#registries(), repositories, null, signal);
    for (const problem of listed?.problems ?? [])
      this.#terminal.note(`${problem}. The table is used instead.\n`);
    return listed?.found ?? new Map();
  }

  get #isJson(): boolean {
    return this.#choices.format === 'json';
  }

  /** The list that a person asked for; undefined if there is to be none. */
  async #listed(
    project: Project,
    patterns: readonly Pattern[],
    { chooseBuilders, choosePatterns }: Pick<typeof patternLibrary, 'chooseBuilders' | 'choosePatterns'>,
  ): Promise<string | undefined> {
    const { list, builders, bases } = this.#choices;
    const suited = choosePatterns(patterns, project);
    if (list) return this.#isJson ? listJson(patterns, suited) : listText(patterns, suited);
    if (builders) {
      const ways = chooseBuilders(patterns, project);
      return this.#isJson ? listJson(ways, suited) : adviceText(ways);
    }
    if (!bases) return undefined;
    const found = basesOf(project);
    const details = await this.#details(found.map(({ image }) => image));
    return this.#isJson ? basesJson(found, details) : basesText(found, details);
  }

  /** What registries say of images, if they are to be asked. */
  async #details(images: readonly string[]): Promise<DetailsByImage> {
    if (!this.#choices.newest) return new Map();
    const asked = images.filter((image) => image !== 'scratch');
    const looked = await readDetails(await this.#registries(), asked, null, new AbortController().signal);
    for (const problem of looked?.problems ?? []) this.#terminal.note(`${problem}.\n`);
    return looked?.found ?? new Map();
  }

  #registries(): Promise<RegistryAccess> {
    this.#access ??= import('../io/network').then(({ RegistryAccess: Access }) => new Access());
    return this.#access;
  }

  #noPattern({ conflicts }: Project, folders: readonly string[], patterns: readonly Pattern[]): Ending {
    const [conflict] = conflicts;
    const [folder] = folders;
    if (conflict) {
      const all = conflict.facts.map(({ value, source }) => `${source} (${value})`).join(' and ');
      this.#terminal.complain(`the project has ${all}. Remove one, or choose with --pattern`);
    } else if (folder === undefined) {
      this.#terminal.complain('no pattern suits what is in this folder. Choose one with --pattern');
      this.#terminal.note(
        listText(
          patterns.filter(({ as }) => as === 'dockerfile'),
          [],
        ),
      );
    } else {
      this.#terminal.complain(
        `no pattern suits this folder, but there are projects in ${folders.join(', ')}. Run drydock init ${folder}`,
      );
    }
    return 'nothing';
  }

  /** Asks which pattern to take where several suit. @returns whether somebody was there to answer */
  async #choosePattern({ suited }: Draft): Promise<boolean> {
    const ids = suited.map(({ id }) => id);
    if (this.#wanted !== undefined || ids.length < 2) return false;
    const line = await this.#ask(`Pattern: ${ids.join(', ')}. Which one (${ids[0] ?? ''})?`);
    if (line) this.#wanted = line;
    return line !== undefined;
  }

  /** A draft after a person has answered what was open, as far as somebody is there. */
  async #answered(propose: () => Draft): Promise<Draft> {
    let draft = propose();
    for (let asked = 0; asked < mostQuestions; asked += 1) {
      const [question] = draft.open;
      if (!question) break;
      const { parameter, reason, candidates } = question;
      const choice = candidates.length > 0 ? ` (${candidates.join(', ')})` : '';
      const line = await this.#ask(`${reason}.\n${parameter.ask}${choice}?`);
      if (!line) break;
      this.#values.set(parameter.name, line);
      draft = propose();
    }
    return draft;
  }

  /** @returns undefined if nobody is to be asked, or is there; empty for the proposal */
  async #ask(question: string): Promise<string | undefined> {
    return this.#choices.yes || this.#isJson ? undefined : this.#terminal.ask(question);
  }

  #finish(draft: Draft, project: Project): Ending {
    const { pattern, unknown, open, files } = draft;
    const [word] = unknown;
    if (word !== undefined) {
      const names = pattern?.parameters.map(({ name }) => name) ?? [];
      return { wrong: `${pattern?.id ?? 'the pattern'} does not know ${word}${didYouMean(word, names)}` };
    }
    if (this.#isJson) this.#terminal.print(draftJson(draft, project));
    for (const { parameter, reason } of open)
      this.#terminal.complain(`${reason}. Give --set ${parameter.name}=…`);
    if (open.length > 0) return 'open';
    if (pattern?.as === 'part') {
      // It has no file of its own.
      this.#terminal.note(`${pattern.id} is a part: put it into a stage of a Dockerfile.\n`);
      if (!this.#isJson) this.#terminal.print(files.map(({ text }) => `${text}\n`).join(''));
      return 'clean';
    }
    const isDry = this.#choices['dry-run'];
    for (const file of isDry ? [] : files) {
      const problem = this.#write(file);
      if (problem === undefined) continue;
      this.#terminal.complain(`${file.path}: ${problem}`);
      return 'unreadable';
    }
    if (!this.#isJson) this.#terminal.print(draftText(draft, isDry));
    return files.some(({ state }) => state === 'differs') ? 'differs' : 'clean';
  }

  /** @returns what went wrong */
  #write({ path, text, state }: PlannedFile): string | undefined {
    try {
      if (state === 'fill') fillFile(join(this.#folder, path), text);
      if (state !== 'create') return undefined;
      const written = createFileAndFolders(this.#folder, path, text);
      return written === undefined ? 'something is in its place' : undefined;
    } catch (error) {
      return inWords(error);
    }
  }
}
