// Edits for the packages of Oracle's Java, which are gone.
import { openJdkOf } from '../../../core/knowledge/packages/java-packages';
import { removeWords } from '../../../core/shell/removal';
import { areApart, replace } from '../../../core/text/edit';
import type { Edit } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { releaseOf } from './distribution';
import { installsHere, offer, several } from './failure';
import type { Failure } from './failure';

const ofOracle = /^oracle-java(\d)-(?:installer|set-default)$/;

/** How a step writes such a package, perhaps with its version in a variable. */
const written = /^oracle-java(?:\d|\$\{?\w+\}?)-(?:installer|set-default)$/;

/** Installs OpenJDK of the same version, and names its folder where the file names that of Oracle's. */
export function openJdk(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model } = failure;
  const versions = new Set(several(facts.package).map((name) => ofOracle.exec(name)?.[1]));
  const [java] = versions;
  const jdk = java === undefined ? undefined : openJdkOf(releaseOf(failure), java);
  if (java === undefined || jdk === undefined || versions.size !== 1) return [];
  const steps = installsHere(failure, 'apt').flatMap(({ command, packages }) => {
    const [first, ...others] = packages.filter(({ text }) => written.test(text));
    const edits: (readonly Edit[] | undefined)[] = others.map((word) => removeWords(model, command, word));
    if (first) edits.unshift(command.editable ? [replace(first.span, jdk)] : undefined);
    return edits;
  });
  if (steps.length === 0 || steps.includes(undefined)) return [];
  const folder = new RegExp(`/usr/lib/jvm/java-${java}-oracle(?![\\w-])`, 'g');
  const paths = [...model.file.text.matchAll(folder)].map(({ index, 0: old }) =>
    replace({ start: index, end: index + old.length }, `/usr/lib/jvm/java-${java}-openjdk-amd64`),
  );
  const all = [...steps.flatMap((one) => one ?? []), ...paths].sort((a, b) => a.start - b.start);
  return areApart(all) ? offer(`Install ${jdk} instead of Oracle's Java`, ...all) : [];
}
