// The files of a project that an installation or a build reads besides those of its own folder: settings at the root, and the
// manifests of the members of a workspace. Only what the context is known to hold.
import { memberLists, rootSettings } from '../../knowledge/packages/workspaces';
import { baseName, normalizePath } from '../../text/paths';
import type { ContextFacts } from '../context/context-sources';

/** More members than this are not looked at. */
const most = 100;

/**
 * Settings at the root of the context that change what a program installs, by their names there. One that cannot be read
 * counts.
 */
export function settingsAtRoot(program: string, { entries, fileAt }: ContextFacts): readonly string[] {
  const settings = rootSettings.get(program);
  if (!settings) return [];
  return entries.filter((name) => {
    const matters = settings.get(name.toLowerCase());
    const text = matters && fileAt?.(name)?.text;
    return matters && (text === undefined || matters.test(text));
  });
}

/** The manifests of the members that the manifest at the root names, by their paths in the context. */
export function memberManifests(program: string, context: ContextFacts): readonly string[] {
  const list = memberLists.get(program);
  const text = list && context.textOf?.(list.manifest);
  if (!list || text === undefined) return [];
  const named = [...(list.pattern.exec(text)?.[1] ?? '').matchAll(list.member)].map(
    ([, , name = '']) => name,
  );
  return named
    .flatMap((name) => foldersOf(name.replace(/^\.\/|\/$/g, ''), context))
    .slice(0, most)
    .map((folder) => `${folder}/${list.manifest}`)
    .filter((path) => context.fileAt?.(path) !== undefined);
}

/** A folder, or those that `packages/*` stands for. Other patterns stand for none. */
function foldersOf(name: string, { entriesOf }: ContextFacts): readonly string[] {
  const [, parent] = /^([^*?[]+)\/\*$/.exec(name) ?? [];
  if (parent === undefined) return /[*?[$]/.test(name) ? [] : [name];
  return (entriesOf?.(parent) ?? [])
    .filter((entry) => entry.endsWith('/'))
    .map((entry) => `${parent}/${entry.slice(0, -1)}`);
}

/**
 * The manifests of the modules of Go with which copied ones replace others, by their paths in the context.
 * @param copied paths in the context
 */
export function replacedModules(copied: readonly string[], { fileAt }: ContextFacts): readonly string[] {
  return copied
    .filter((path) => baseName(path) === 'go.mod')
    .flatMap((path) =>
      [...(fileAt?.(path)?.text ?? '').matchAll(/=>\s*(\.\.?\/\S*)/g)].map(([, folder = '']) =>
        normalizePath(`${path}/../${folder}/go.mod`),
      ),
    )
    .filter((path) => fileAt?.(path) !== undefined);
}

/**
 * Whether copied manifests of Maven inherit from the one at the root of the context, and are not built with it.
 * @param copied paths of files and folders in the context
 */
export function inheritFromRoot(copied: readonly string[], { fileAt }: ContextFacts): boolean {
  return copied
    .map((path) => (baseName(path) === 'pom.xml' ? path : `${path}/pom.xml`))
    .some((path) => {
      const [, behind] = (fileAt?.(path)?.text ?? '').split('<parent>');
      const parent = behind?.split('</parent>', 1)[0];
      if (parent === undefined || /<relativePath\s*\/>|<relativePath>\s*<\/relativePath>/.test(parent))
        return false;
      const above = /<relativePath>\s*([^<\s]+)/.exec(parent)?.[1] ?? '../pom.xml';
      const place = normalizePath(`/${path}/../${above}`).slice(1);
      return (baseName(place) === 'pom.xml' ? place : `${place}/pom.xml`).replace(/^\//, '') === 'pom.xml';
    });
}
