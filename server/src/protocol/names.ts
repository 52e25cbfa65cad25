// What the client and the server call the same: languages, files, kinds of actions, commands.

/** `source` of every diagnostic, and the section of the settings. */
export const sourceName = 'drydock';

/** The language id that Dockerfiles and Containerfiles have in VS Code. */
export const dockerfileLanguage = 'dockerfile';

/** Names of the files that configure Drydock: its own, and those of hadolint, which it reads too. */
export const ownConfiguration: readonly string[] = ['.drydock.yaml', '.drydock.yml'];
export const hadolintConfiguration: readonly string[] = ['.hadolint.yaml', '.hadolint.yml'];

/** @param path a path or a URI @returns whether it has the name of a configuration file */
export function namesConfiguration(path: string): boolean {
  const name = path.replace(/^.*[\\/]/s, '');
  return ownConfiguration.includes(name) || hadolintConfiguration.includes(name);
}

/** The kind of the code action that applies every safe fix of a file. */
export const fixAllKind = 'source.fixAll.drydock';

/** The kinds of the code actions that ask registries for all images of a file. */
export const pinImagesKind = 'source.pinImages.drydock';
export const updateDigestsKind = 'source.updateDigests.drydock';

/**
 * Commands that the server runs for `workspace/executeCommand`, in every editor that applies edits. Argument: the URI of an
 * open document. The server applies the edit and says what it did.
 */
export const serverCommand = {
  pinImages: 'drydock.server.pinImages',
  updateDigests: 'drydock.server.updateDigests',
  fixSuggested: 'drydock.server.fixSuggested',
  /** Of code actions, for editors that do not resolve them. Its argument is the action's data. */
  applyAction: 'drydock.server.applyAction',
} as const;

/**
 * The kind of the code action that also applies every suggested fix. Not below `source.fixAll`, because editors run
 * everything below that on save.
 */
export const fixSuggestedKind = 'source.fixSuggested.drydock';

/**
 * Commands in code actions of the server. They run in the client, which must register them; the server does not answer
 * `workspace/executeCommand` for them.
 */
export const clientCommand = {
  /** Arguments: ids of rules. Opens the page of one of them. */
  explainRule: 'drydock.explainRule',
  /** Arguments: `ActionChoice`s. Lets the user choose one and makes its change. */
  chooseAction: 'drydock.chooseAction',
  /** Argument: the URI of an empty Dockerfile, or of a folder. Lets the user choose a pattern and fill it in. */
  newFromPattern: 'drydock.newFromPattern',
  /** Arguments: the URI of a Dockerfile and a line of it, counted from 0. Lists what runs again if its files change. */
  showRebuilds: 'drydock.showRebuilds',
  /** Arguments: the URI of a Dockerfile and a line that an instruction had, counted from 0. Goes to where it is now. */
  showInstruction: 'drydock.showInstruction',
  /** Arguments: the URI of a Dockerfile, and `VulnerabilityChoice`s. Asks for a reason and has the project ignore one. */
  ignoreVulnerability: 'drydock.ignoreVulnerability',
  /** Argument: the URI of a Dockerfile. Updates the packages of the image that was built from it. */
  patchImage: 'drydock.patchImage',
  /** Argument: the URI of a Dockerfile. Builds it as last time, but with newer base images and without the cache. */
  buildFresh: 'drydock.buildFresh',
  /** Arguments: a URI. Opens a file that a fix has created or changed. */
  showFile: 'drydock.showFile',
} as const;

/** One of several changes behind an entry of the light bulb. */
export interface ActionChoice {
  readonly label: string;
  /** Beside the label, and below it. */
  readonly description?: string;
  readonly detail?: string;
  /** What the user is asked; the same for all choices. */
  readonly question: string;
  /** To be sent in `codeAction/resolve`, which answers with the edit. */
  readonly data: unknown;
}
