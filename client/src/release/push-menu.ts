// Asks where an image goes and under which tags. The proposals come from the project; Enter takes them.
import * as vscode from 'vscode';
import { partsOf, repositoryName, tagged } from '../../../server/src/workflow/checked-arguments';
import type { ImageName } from '../../../server/src/workflow/checked-arguments';
import { capitalized } from '../../../server/src/workflow/outcome-text';
import type { Target } from '../../../server/src/workflow/release/tags';
import { resolveTags } from '../../../server/src/workflow/release/resolve-tags';
import type { ProjectFacts, TagAnswer } from '../../../server/src/workflow/release/resolve-tags';
import { versionTag } from '../../../server/src/workflow/release/tags';

const { t } = vscode.l10n;

/** @param last the repository of the last time @returns undefined if the user closed a question */
export async function askForTargets(
  verb: 'push' | 'tag',
  image: ImageName,
  facts: ProjectFacts,
  last: string | undefined,
): Promise<readonly Target[] | undefined> {
  const repository = await vscode.window.showInputBox({
    title: verb === 'push' ? t('Push to which repository?') : t('Tag for which repository?'),
    value: last ?? partsOf(image).repository,
    prompt: t('With its registry, such as registry.example.com/team/app; without one, Docker Hub.'),
    validateInput: (text) =>
      repositoryName(text) === undefined ? t('This is not the name of a repository.') : undefined,
  });
  const place = repository === undefined ? undefined : repositoryName(repository);
  if (place === undefined) return undefined;
  const tags = await askForTags(verb, facts);
  return tags?.map(({ tag, kind }) => ({ name: tagged(place, tag), kind }));
}

async function askForTags(
  verb: 'push' | 'tag',
  facts: ProjectFacts,
): Promise<Extract<TagAnswer, { kind: 'tags' }>['tags'] | undefined> {
  const wish = { commit: false, markDirty: false, others: [] };
  const proposed = resolveTags(wish, facts, t);
  const known = proposed.kind === 'tags' ? proposed.tags[0]?.tag : undefined;
  const version = await vscode.window.showInputBox({
    title: verb === 'push' ? t('Push as which version?') : t('Tag as which version?'),
    value: known ?? '',
    prompt: capitalized(proposed.kind === 'tags' ? proposed.notes.join(', ') : proposed.why),
    placeHolder: t('A full version such as 1.4.0. Leave it empty for the commit alone.'),
    validateInput: (text) =>
      text === '' || versionTag(text) !== undefined
        ? undefined
        : t('This is not a full version such as 1.4.0.'),
  });
  if (version === undefined) return undefined;
  const clean = facts.git?.kind === 'done' && facts.git.value.changed.length === 0;
  const answer = resolveTags(
    { ...wish, commit: version === '' || clean, ...(version === '' ? {} : { version }) },
    facts,
    t,
  );
  if (answer.kind === 'tags') return answer.tags;
  void vscode.window.showErrorMessage(
    verb === 'push' ? t('Nothing was pushed: {0}.', answer.why) : t('Nothing was tagged: {0}.', answer.why),
  );
  return undefined;
}
