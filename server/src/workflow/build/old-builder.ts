// Docker without the plugin buildx builds with its old builder, which refuses what BuildKit added.
import type { BuildDescription } from '../build-description';
import type { Engine, FoundTool } from '../tool';
import type { Translate } from '../translate';

/** Whether an engine knows all that a file uses, as far as that is known. */
export function knowsSyntaxOf(
  { needsBuildKit }: Pick<BuildDescription, 'needsBuildKit'>,
  engine: Engine,
  found: FoundTool,
): boolean {
  return needsBuildKit.length === 0 || engine.can.buildKitSyntax?.(found) !== false;
}

/** What the old builder does not know of a file, in two sentences. */
export function oldBuilderText(
  { needsBuildKit }: Pick<BuildDescription, 'needsBuildKit'>,
  engine: Engine,
  t: Translate,
): string {
  return t(
    '{0} has only its old builder here, which does not know {1}. The plugin buildx brings BuildKit, which does.',
    engine.title,
    needsBuildKit.slice(0, 3).join(', '),
  );
}
