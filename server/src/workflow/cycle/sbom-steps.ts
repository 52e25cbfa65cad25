// The steps of a cycle about the list of contents (SBOM): kept as a file before anything is sent, and attached with a
// signature to what was pushed.
import { plainText } from '../checked-arguments';
import { troubleText } from '../outcome-text';
import { findCataloguer, listContents, noCataloguerText } from '../release/list-contents';
import type { Step } from './cycle';
import { pushedIn, signPushed } from './release-steps';
import { builtImage, noImage } from './steps';
import type { CyclePlan, Surroundings } from './steps';

export function sbomStep(
  { sbom, choice }: CyclePlan,
  { outlet, machine, paths, files, t }: Surroundings,
): Step {
  return {
    id: 'sbom',
    // Someone may have removed or changed the file since.
    input: () => undefined,
    run: async (facts) => {
      if (sbom === undefined) return { kind: 'skipped', said: 'no file for it is given' };
      const image = builtImage(facts);
      const name = plainText(choice.tag);
      if (image === undefined || name === undefined) return noImage;
      const ready = await findCataloguer(undefined, paths, machine);
      if (!ready) return { kind: 'broken', said: noCataloguerText(undefined, t) };
      const { engine, found: program, runner, signal } = outlet;
      const { file, format } = sbom;
      const listed = await files.withScratch((folder) =>
        listContents({ kind: 'stored', image, engine, program }, { format, name }, ready, folder, runner, {
          folder,
          ...(signal ? { signal } : {}),
        }),
      );
      if (listed?.kind !== 'done') {
        const why = listed === undefined ? t('it cannot list images') : troubleText(listed, t);
        return { kind: 'broken', said: `${ready.tool.title} could not list ${choice.tag}: ${why}` };
      }
      const { text, packages } = listed.value;
      const problem = files.write(file, text);
      if (problem !== undefined) return { kind: 'broken', said: `${file} cannot be written: ${problem}` };
      const count = `${packages} ${packages === 1 ? 'package' : 'packages'}`;
      return { kind: 'passed', said: `${count} in ${file}`, facts: { file, packages } };
    },
  };
}

export function attestStep(plan: CyclePlan, surroundings: Surroundings): Step {
  const { sbom, repositories, sign, signingConfig } = plan;
  return {
    id: 'attest',
    input: (facts) =>
      facts.push === undefined || sbom === undefined
        ? undefined
        : // Not the list itself: it holds the time when it was made.
          JSON.stringify([pushedIn(facts.push), sbom, sign ?? null, signingConfig ?? null]),
    run: async (facts) => {
      if (sbom?.attest !== true) return { kind: 'skipped', said: 'the project does not ask for it' };
      if (repositories.length === 0) return { kind: 'skipped', said: 'no repository is given' };
      return signPushed(plan, surroundings, facts.push, {
        run: ({ signer, found }, order) =>
          signer.commands.attest(found, { ...order, predicate: sbom.file, format: sbom.format }),
        failed: (image) => `nothing is attached to ${image}`,
      });
    },
  };
}
