import { defineRule, prependToCommand, removeCommand } from '../core/lint/rule';
import type { Edit, Fix, Model, PackageCommand } from '../core/lint/rule';

/**
 * The layer that fetches the package lists is kept in the cache while the instruction stays the same. An
 * installation in a later `RUN` then works from old lists, and fails once the archive has moved on.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get «update»
 * # what the service needs
 * RUN apt-get install -y curl
 * ```
 * ```dockerfile fixed
 * FROM debian:12
 * # what the service needs
 * RUN apt-get update && apt-get install -y curl
 * ```
 * With nothing to install behind it, it only adds a layer:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN echo one && apk «update»
 * COPY app /app
 * ```
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN echo one
 * COPY app /app
 * ```
 * A script may well be what installs:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * RUN apt-get update && ./install.sh
 * RUN apt-get update && npx playwright install-deps
 * RUN apt-get update && apt-get -y upgrade
 * FROM alpine:3.20
 * RUN apk add --update curl
 * ```
 *
 * @skip onbuild the steps that follow are those of the later build
 */
export default defineRule({
  id: 'package-update-alone',
  summary: 'Package lists are fetched in another layer than they are used in',
  category: 'package',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['trivy:DS-0017', 'checkov:CKV_DOCKER_5'],

  *check({ model }) {
    for (const update of model.packageCommands) {
      const { command, manager, action, verb } = update;
      const { instruction } = command;
      if (
        action !== 'update' ||
        manager.scope !== 'system' ||
        instruction.keyword !== 'RUN' ||
        !command.script?.valid
      )
        continue;
      const all = model.commandsOf(instruction);
      const later = all.slice(all.indexOf(command) + 1);
      if (
        model.packageCommands.some(
          (other) =>
            other.manager.family === manager.family &&
            uses.has(other.action) &&
            later.includes(other.command),
        )
      )
        continue;
      // What is not known may install: a script, a downloaded installer, another manager's helper.
      if (later.some(({ program, name }) => !plain.has(program) || name.value === undefined)) continue;
      const next = nextUse(model, update);
      yield {
        at: verb.span,
        message: next
          ? `The lists that ${command.program} fetches here grow old in the cache before the next RUN installs`
          : `Nothing in this RUN uses the lists that ${command.program} fetches`,
        fix: next ? mergeFix(model, update, next) : removeFix(model, update),
      };
    }
  },
});

const uses: ReadonlySet<string> = new Set([
  'install',
  'upgrade',
  'distribution-upgrade',
  'build-dependencies',
  'download',
]);

/** Programs that install nothing. */
const plain: ReadonlySet<string> = new Set(
  'rm mkdir cp mv ln echo printf cat chmod chown touch true : cd set export test [ sed grep tee ls locale-gen update-ca-certificates apt-get apt apk yum dnf zypper useradd groupadd adduser addgroup'.split(
    ' ',
  ),
);

/** The next command of the stage that needs the lists. */
function nextUse(model: Model, { command, manager }: PackageCommand): PackageCommand | undefined {
  const stage = model.stageOf(command.instruction);
  return model.packageCommands.find(
    (other) =>
      other.manager.family === manager.family &&
      uses.has(other.action) &&
      other.command.instruction.index > command.instruction.index &&
      model.stageOf(other.command.instruction) === stage,
  );
}

function mergeFix(model: Model, update: PackageCommand, next: PackageCommand): Fix | undefined {
  const removal = removalOf(model, update);
  if (!removal) return undefined;
  const { instruction } = next.command;
  const fetches = model.packageCommands.some(
    (other) =>
      other.action === 'update' &&
      other.manager.family === update.manager.family &&
      other.command.instruction === instruction &&
      other.command.index < next.command.index,
  );
  const text = model.document.slice(update.command.fullSpan);
  const insertion = fetches ? undefined : prependToCommand(model, next.command, text);
  if (!fetches && (!insertion || /[\n\\]/.test(text))) return undefined;
  return {
    title: 'Fetch the lists in the RUN that installs',
    edits: [...removal, ...(insertion ? [insertion] : [])],
  };
}

/** Where a later step might still need the lists, they stay. */
function removeFix(model: Model, update: PackageCommand): Fix | undefined {
  const { index } = update.command.instruction;
  const stage = model.stageOf(update.command.instruction);
  const heirs = model.stages.filter(({ chain }) => stage && chain.includes(stage));
  if (
    heirs.some(({ instructions }) =>
      instructions.some((other) => other.index > index && other.keyword === 'RUN'),
    )
  )
    return undefined;
  const edits = removalOf(model, update);
  return edits && { title: 'Remove it', edits };
}

/** Takes the command out, or the whole RUN when it is all there is. */
function removalOf(model: Model, { command }: PackageCommand): readonly Edit[] | undefined {
  const { instruction } = command;
  if (model.commandsOf(instruction).length > 1) return removeCommand(model, command);
  return instruction.comments.length > 0 || instruction.heredocs.length > 0
    ? undefined
    : [model.document.removeLines(instruction.span)];
}
