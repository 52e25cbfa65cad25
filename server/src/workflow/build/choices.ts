// Where a choice comes from: what was chosen last time for the file, checked against what it declares now, else
// what the file suggests.
import type { BuildDescription } from '../../protocol';
import type { BuildChoice } from './build-run';
import { isImageName, suggestImageName } from '../checked-arguments';

/** A task's definition, and what is remembered of a choice: all but the file may be missing. */
export interface SavedChoice {
  readonly context?: string;
  readonly target?: string;
  readonly tag?: string;
  readonly platforms?: readonly string[];
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  readonly pull?: boolean;
}

export interface ChoiceQuestion {
  /** Absolute path. */
  readonly dockerfile: string;
  readonly fileName: string;
  /** Name of the folder that stands for the project. */
  readonly projectName: string;
  /** Best first; at least one. */
  readonly contexts: readonly string[];
}

/** @param saved what the user said earlier; a target or an argument that the file no longer declares is dropped */
export function completeChoice(
  question: ChoiceQuestion,
  saved: SavedChoice,
  { stages, args }: BuildDescription,
): BuildChoice {
  const { dockerfile, fileName, projectName, contexts } = question;
  const target = stages.find((stage) => stage.target.toLowerCase() === saved.target?.toLowerCase())?.target;
  const declared = new Set(args.map(({ name }) => name));
  const buildArgs = Object.entries(saved.buildArgs ?? {}).filter(([name]) => declared.has(name));
  const tag =
    saved.tag !== undefined && isImageName(saved.tag) ? saved.tag : suggestImageName(projectName, fileName);
  return {
    dockerfile,
    context: saved.context ?? contexts[0] ?? '.',
    tag,
    platforms: saved.platforms ?? [],
    buildArgs: Object.fromEntries(buildArgs),
    ...(target === undefined ? {} : { target }),
    ...(saved.noCache ? { noCache: true } : {}),
    ...(saved.pull ? { pull: true } : {}),
  };
}

/** Reads what a person wrote into tasks.json, or what an earlier version remembered. */
export function readSavedChoice(raw: unknown): SavedChoice {
  if (typeof raw !== 'object' || raw === null) return {};
  const { context, target, tag, platforms, buildArgs, noCache, pull } = raw as Record<string, unknown>;
  const args = typeof buildArgs === 'object' && buildArgs !== null ? Object.entries(buildArgs) : [];
  return {
    ...(typeof context === 'string' && context !== '' ? { context } : {}),
    ...(typeof target === 'string' && target !== '' ? { target } : {}),
    ...(typeof tag === 'string' ? { tag } : {}),
    ...(Array.isArray(platforms) ? { platforms: platforms.filter((one) => typeof one === 'string') } : {}),
    buildArgs: Object.fromEntries(
      args.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    ...(noCache === true ? { noCache } : {}),
    ...(pull === true ? { pull } : {}),
  };
}
