// Changes of the file that answer a cause: the fixes of rules that know it, then edits from what the log says.
import type { ContextFacts } from '../../../core/analysis/context/context-sources';
import type { Model } from '../../../core/model/model';
import type { Instruction } from '../../../core/syntax/nodes';
import { applyEdits, areApart } from '../../../core/text/edit';
import type { Edit } from '../../../core/text/edit';
import type { ExplainedEdit, Facts } from '../explanation';
import {
  acceptOldLists,
  addSources,
  addEpel,
  fetchKeys,
  installGnupg,
  installHttps,
  keepConfiguration,
  touchDatabase,
  updateLists,
  useArchive,
} from './archives';
import { anyMirror, apacheArchive, followRedirects, gitByHttps, withSubmodules } from './downloads';
import { newerGo, useModules } from './go';
import { useLocale } from './locale';
import { forceRemoval, makeParents, otherOption, replaceLink } from './options';
import { kernelHeaders, otherPackage, otherVersion } from './packages';
import { openJdk } from './java';
import { ofPhpImage, presentComposer } from './php';
import { archiveOfAll, olderBranch, olderUbuntu, sourcesOfImage } from './releases';
import { everyPlatform } from './platform';
import { fileOfContext, folderDestination } from './copies';
import {
  copyLock,
  installWithoutLock,
  newerForNative,
  nodeFromImage,
  withDevelopment,
  withoutPresent,
} from './node';
import {
  installByPip,
  installOver,
  missingModule,
  newerPip,
  newerPsycopg,
  olderGetPip,
  olderPostgres,
  olderSetuptools,
  otherPythonVersion,
  overrideExternallyManaged,
} from './python';
import { bundlerOfLock, gemFirst, olderGem, olderRubygems, rubyOfGemfile } from './ruby';
import {
  doubledKeyword,
  missingCommand,
  missingDependencies,
  missingFile,
  missingHeader,
  nativeBuild,
} from './tools';
import { newerImage, newerTool, newestImage, nodeBeforeTwelve, officialNode } from './versions';
import { declareInStage } from './arguments';
import type { EditMaker, Failure, RuleFinding } from './failure';

export type { RuleFinding } from './failure';

/** By cause, what may help, best first. */
const makers: Readonly<Record<string, readonly EditMaker[]>> = {
  'archive-moved': [useArchive],
  'release-expired': [acceptOldLists],
  'required-argument': [declareInStage],
  'package-lists-stale': [updateLists],
  'archive-unsigned': [sourcesOfImage, useArchive, fetchKeys],
  'package-missing': [kernelHeaders, ofPhpImage, openJdk, otherPackage, olderUbuntu, archiveOfAll],
  'package-version-gone': [otherVersion],
  'apt-key-failed': [installGnupg],
  'apt-source-broken': [installHttps],
  'package-script-failed': [keepConfiguration],
  'apk-package-missing': [otherPackage, olderBranch],
  'apk-version-gone': [otherVersion],
  'yum-archive-moved': [useArchive],
  'rpm-package-missing': [addEpel, otherPackage],
  'build-dependencies-missing': [missingDependencies],
  'pip-system-python': [overrideExternallyManaged],
  'setuptools-too-old': [newerPip],
  'setuptools-too-new': [olderSetuptools],
  'pip-build-failed': [newerPsycopg, olderPostgres, newerPip, installByPip],
  'pip-version-missing': [otherPythonVersion, newestImage('python', [3, 8])],
  'pip-conflict': [installOver],
  'copy-needs-folder': [folderDestination],
  'pip-tls': [newestImage('python')],
  'python-module-missing': [missingModule],
  'python-too-old': [olderGetPip, newerPip, installByPip, newerImage('python')],
  'ruby-too-old': [olderGem, olderRubygems, gemFirst, newerImage('ruby')],
  'ruby-wrong-version': [rubyOfGemfile],
  'bundler-version-missing': [bundlerOfLock],
  'node-wrong-version': [nodeBeforeTwelve, newerImage('node'), officialNode, nodeFromImage],
  'node-gyp-failed': [nativeBuild, newestImage('node', [8])],
  'script-failed': [newerForNative],
  'tool-too-old': [newerTool],
  'npm-file-exists': [withoutPresent],
  'npm-lock-out-of-date': [copyLock, installWithoutLock],
  'wrong-platform': [everyPlatform],
  'go-too-old': [newerGo],
  'go-dependency-missing': [useModules],
  'rust-too-old': [newerImage('rust')],
  'php-version': [newerImage('php')],
  'git-protocol': [gitByHttps],
  'git-submodules-missing': [withSubmodules],
  'tool-missing': [missingCommand],
  'command-missing': [doubledKeyword, withDevelopment, missingCommand, followRedirects],
  'download-gone': [apacheArchive, anyMirror],
  'download-no-answer': [apacheArchive, anyMirror],
  'download-tls': [apacheArchive, anyMirror],
  'add-url-failed': [apacheArchive, anyMirror],
  'checksum-differs': [presentComposer],
  'path-exists': [makeParents, replaceLink],
  'setup-py-dependency': [installByPip],
  'download-not-an-archive': [apacheArchive, anyMirror, followRedirects],
  'locale-missing': [useLocale],
  'file-missing': [forceRemoval, makeParents, missingFile, fileOfContext],
  'requirements-file-missing': [fileOfContext],
  'package-json-missing': [fileOfContext],
  'gemfile-missing': [fileOfContext],
  'composer-failed': [fileOfContext],
  'jvm-build-failed': [fileOfContext],
  'cargo-failed': [fileOfContext],
  'wrong-usage': [otherOption],
  'apt-usage': [otherOption, addSources],
  'rpm-database-broken': [touchDatabase],
  'header-missing': [missingHeader],
  'library-missing': [missingHeader, otherOption],
};

/** Causes for which the makers know nothing better than a rule that has a fix. */
const sameAsRules: ReadonlySet<string> = new Set([
  'package-missing',
  'package-lists-stale',
  'pip-system-python',
]);

const most = 4;

/**
 * @param cause id of a cause
 * @param instruction the one that failed; undefined if none did
 * @param findings what rules say of the file, for those that know the cause
 * @param context of the build, if it was looked at
 */
export function editsFor(
  cause: string,
  facts: Facts,
  instruction: Instruction | undefined,
  model: Model,
  findings: readonly RuleFinding[] = [],
  context?: ContextFacts,
): readonly ExplainedEdit[] {
  const failed = instruction?.trigger ?? instruction;
  const stage = failed && model.stageOf(failed);
  const offered = [...fromRules({ cause, facts, model, findings }, failed)];
  if (failed && stage) {
    const failure: Failure = { cause, facts, model, instruction: failed, stage, findings, context };
    const isAnswered = offered.length > 0 && sameAsRules.has(cause);
    for (const maker of isAnswered ? [] : (makers[cause] ?? [])) offered.push(...maker(failure));
  }
  return withoutRepeats(offered, model).slice(0, most);
}

/** The fixes of the rules that know the cause: in the failing instruction, else their first of the file. */
function fromRules(
  { cause, facts, model, findings }: Pick<Failure, 'cause' | 'facts' | 'model' | 'findings'>,
  instruction: Instruction | undefined,
): readonly ExplainedEdit[] {
  const knowing = findings.filter(
    ({ rule, fix, at }) =>
      fix && rule.explains?.includes(cause) === true && !isOtherHost(model.document.slice(at), facts),
  );
  const here = knowing.filter(
    ({ at }) => instruction && instruction.span.start <= at.start && at.end <= instruction.span.end,
  );
  const byTitle = new Map<string, Edit[]>();
  for (const { fix, alternatives = [] } of here.length > 0 ? here : knowing.slice(0, 1))
    for (const one of fix ? [fix, ...alternatives] : []) {
      if (one.edits.length > 0 && !one.files)
        byTitle.set(one.title, [...(byTitle.get(one.title) ?? []), ...one.edits]);
    }
  // The same change in several places of the instruction is one.
  return [...byTitle]
    .map(([title, edits]) => ({ title, edits: edits.sort((a, b) => a.start - b.start) }))
    .filter(({ edits }) => areApart(edits));
}

/** Whether a rule speaks of a server, and the log of another one. */
function isOtherHost(found: string, { host, said = '' }: Facts): boolean {
  if (!/^[\w-]+(?:\.[\w-]+)+$/.test(found)) return false;
  if (host === undefined) return said.includes('gnupg');
  return !found.includes(host) && !host.includes(found);
}

/** Each change once; of two with one name the one that changes more places. */
function withoutRepeats(edits: readonly ExplainedEdit[], model: Model): readonly ExplainedEdit[] {
  const seen = new Set<string>();
  return edits.filter(({ title, edits: own }) => {
    if (edits.some((other) => other.title === title && other.edits.length > own.length)) return false;
    const key = applyEdits(model.file.text, own);
    return !seen.has(key) && seen.add(key);
  });
}
