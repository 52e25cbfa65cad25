// Orders for builds from plain texts, each through its maker.
import type { BuildOrder } from '../../server/src/workflow/build/build-run';
import { readSavedChoice } from '../../server/src/workflow/build/choices';
import { filePath, folderPath, imageName } from '../../server/src/workflow/checked-arguments';

export interface OrderText {
  readonly dockerfile: string;
  readonly context: string;
  readonly tag: string;
  readonly target?: string;
  readonly platforms?: readonly string[];
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  readonly pull?: boolean;
  readonly push?: boolean;
  readonly secrets?: Readonly<Record<string, string | null>>;
  readonly ssh?: Readonly<Record<string, string | null>>;
  readonly needsDockerFormat?: boolean;
  readonly mountsContext?: boolean;
  readonly moreArguments?: readonly string[];
}

/** The text as the maker's type. @throws when the maker does not take it */
export function checked<T>(maker: (text: string) => T | undefined, text: string): T {
  const value = maker(text);
  if (value === undefined) throw new Error(`${maker.name} does not take ${text}`);
  return value;
}

export function buildOrder(text: OrderText): BuildOrder {
  const { context: _, ...saved } = readSavedChoice(text);
  return {
    platforms: [],
    buildArgs: {},
    ...saved,
    dockerfile: checked(filePath, text.dockerfile),
    context: checked(folderPath, text.context),
    tag: checked(imageName, text.tag),
    needsDockerFormat: text.needsDockerFormat ?? false,
    mountsContext: text.mountsContext ?? false,
    moreArguments: text.moreArguments ?? [],
  };
}
