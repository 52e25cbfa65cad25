// Edits for gems and bundler: the version that the log names, or the Ruby that the Gemfile asks for.
import { baseTag } from '../../../core/analysis/images/base-version';
import { findVersionPlace } from '../../../core/analysis/images/version-places';
import { givesOption } from '../../../core/analysis/packages/package-commands';
import { insertStep } from '../../../core/fixes/own-step';
import { releaseOfWords } from '../../../core/knowledge/images/releases';
import { splitTag } from '../../../core/knowledge/images/tag-versions';
import { hasRubyImage, rubyNeeds } from '../../../core/knowledge/packages/runtime-needs';
import { insertAfter, replace } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { installsHere, offer, several } from './failure';
import type { Failure } from './failure';
import { newerImage } from './versions';

/** Installs the last version of a gem that runs on this Ruby, as gem itself says it. */
export function olderGem(failure: Failure): readonly ExplainedEdit[] {
  const { facts } = failure;
  const version = several(facts.available)[0];
  const name = facts.package ?? 'bundler';
  if (version === undefined || !/^\d[\w.]*$/.test(version)) return [];
  for (const install of installsHere(failure, 'gem')) {
    const word = install.packages.find(({ value }) => value === name);
    if (!word || !install.command.editable || givesOption(install, '-v', '--version')) continue;
    const edit =
      install.packages.length === 1
        ? insertAfter(word.span, ` -v ${version}`)
        : replace(word.span, `${name}:${version}`);
    return offer(`Install ${name} ${version}, the last for this Ruby`, edit);
  }
  return [];
}

/** Installs the bundler that the lock file was written with. */
export function bundlerOfLock(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  const version = several(facts.version ?? facts.needed)[0];
  if (version === undefined || !/^\d[\d.]*$/.test(version)) return [];
  const title = `Install bundler ${version}, which Gemfile.lock asks for`;
  const own = model.installs
    .filter(
      ({ manager, command, packages }) =>
        manager.name === 'gem' &&
        command.editable &&
        command.span.start < instruction.span.end &&
        model.stageOf(command.instruction) === stage &&
        packages.length === 1 &&
        packages[0]?.value === 'bundler',
    )
    .at(-1);
  if (own?.packages[0] && !givesOption(own, '-v', '--version'))
    return offer(title, insertAfter(own.packages[0].span, ` -v ${version}`));
  return own
    ? []
    : offer(title, insertStep(model, stage, instruction, [`gem install bundler -v ${version}`]));
}

/** Installs the last bundler for an old Ruby before a gem that needs any bundler. */
export function bundlerFirst({ facts, model, stage, instruction }: Failure): readonly ExplainedEdit[] {
  const needed = /^>= (\d+\.\d+)/.exec(facts.needed ?? '')?.[1];
  const row = rubyNeeds.find(({ below }) => below.join('.') === needed);
  const isOwn = /\bbundler\b/.test(model.document.slice(instruction.span));
  if (facts.package !== 'bundler' || !row || isOwn) return [];
  return offer(
    `Install bundler ${row.bundler} first, the last for this Ruby`,
    insertStep(model, stage, instruction, [`gem install bundler -v ${row.bundler}`]),
  );
}

/** Takes the image of the Ruby that the Gemfile asks for. */
export function rubyOfGemfile(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage } = failure;
  const exact = /^(?:= ?)?(\d+(?:\.\d+)+)(?:p\d+)?$/.exec(facts.needed ?? '')?.[1];
  if (exact === undefined) return newerImage('ruby')(failure);
  const from = stage.chain.at(-1)?.from;
  const use = model.images.find(({ instruction, via }) => instruction === from && via === 'from');
  const place = use && findVersionPlace(model, use);
  const { version, ending = '' } = splitTag(baseTag(model, stage, 'ruby') ?? '');
  if (!place || !version) return [];
  const plain = ending
    .split(/(?=-)/)
    .filter((part) => !releaseOfWords(part.slice(1)))
    .join('')
    .replace(/-alpine[\d.]+$/, '-alpine');
  return hasRubyImage(exact) &&
    (/^(?:-slim)?$/.test(plain) || (plain === '-alpine' && !/^2\.2\.[0-3]$/.test(exact)))
    ? offer(`Use ruby:${exact}${plain}`, replace(place.at, `${place.prefix}${exact}${plain}`))
    : [];
}
