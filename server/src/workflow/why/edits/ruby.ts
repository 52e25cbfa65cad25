// Edits for gems and bundler: the version that the log names, or the Ruby that the Gemfile asks for.
import { baseTag, versionOfTag } from '../../../core/analysis/images/base-version';
import { findVersionPlace } from '../../../core/analysis/images/version-places';
import { givesOption, sudoLike } from '../../../core/analysis/packages/package-commands';
import { insertStep } from '../../../core/fixes/own-step';
import { releaseOfWords } from '../../../core/knowledge/images/releases';
import { splitTag } from '../../../core/knowledge/images/tag-versions';
import {
  hasRubyImage,
  lastGemFor,
  rubyNeeds,
  rubyOfRelease,
} from '../../../core/knowledge/packages/runtime-needs';
import { prependToCommand } from '../../../core/shell/edits';
import { insertAfter, replace } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { releaseOf } from './distribution';
import { installsHere, offer, several } from './failure';
import type { Failure } from './failure';
import { newerImage } from './versions';

/** The version of Ruby that runs gem in the failing step; undefined if it is not known. */
function rubyOf(failure: Failure): readonly number[] | undefined {
  const { facts, model, stage } = failure;
  const tag = baseTag(model, stage, 'ruby');
  if (tag !== undefined) return versionOfTag(tag);
  const present = /^\d+\.\d+/.exec(facts.present ?? '')?.[0];
  if (present !== undefined) return present.split('.').map(Number);
  // Others bring a Ruby of their own.
  if (/\b(?:rvm|rbenv|chruby|brightbox|ruby-build)/.test(model.file.text)) return undefined;
  return rubyOfRelease.get(releaseOf(failure)?.name ?? '');
}

/** The last version of a gem for this Ruby: as gem says it, else as the tables know it. */
function lastVersion(failure: Failure, name: string): string | undefined {
  const { facts } = failure;
  const [told] = several(facts.available);
  if (told !== undefined) return told;
  const needed = /^>= ?(\d+\.\d+)/.exec(facts.needed ?? '')?.[1];
  const row = rubyNeeds.find(({ below }) => below.join('.') === needed);
  if (name === 'bundler') return row?.bundler;
  if (name === 'rubygems-update') return row?.rubygems;
  const ruby = rubyOf(failure);
  return ruby && lastGemFor(name, ruby);
}

/** Installs the last version of a gem that runs on this Ruby. */
export function olderGem(failure: Failure): readonly ExplainedEdit[] {
  const { facts } = failure;
  const name = facts.package ?? 'bundler';
  const version = lastVersion(failure, name);
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

/** Updates RubyGems to the last version for an old Ruby. */
export function olderRubygems(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, instruction } = failure;
  if (facts.package !== 'rubygems-update') return [];
  const version = lastVersion(failure, facts.package);
  const words = model.packageCommands
    .filter(
      ({ command, manager, action }) =>
        command.instruction === instruction && manager.name === 'gem' && action === 'upgrade',
    )
    .filter(({ command, packages }) => command.editable && packages.length === 0)
    .flatMap(({ given }) => given.find(({ name }) => name === '--system')?.word ?? []);
  return version === undefined
    ? []
    : offer(
        `Update to RubyGems ${version}, the last for this Ruby`,
        ...words.map(({ span }) => insertAfter(span, ` ${version}`)),
      );
}

/** Installs the last version of a gem for an old Ruby before one that needs any version of it. */
export function gemFirst(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  const name = facts.package ?? '';
  const version = lastVersion(failure, name);
  const [use, ...others] = installsHere(failure, 'gem').filter(({ command }) => command.script);
  const isOwn = model.document
    .slice(instruction.span)
    .split(/[^\w-]+/)
    .includes(name);
  if (!/^[\w-]+$/.test(name) || name === 'rubygems-update' || version === undefined || isOwn) return [];
  if (!/^\d[\d.]*$/.test(version) || !use) return [];
  const text = `gem install ${name} -v ${version}`;
  const [first] = model.commandsOf(instruction);
  // What comes before in the same step may bring gem.
  const edit =
    first?.span.start === use.command.span.start || others.length > 0
      ? insertStep(model, stage, instruction, [text])
      : prependToCommand(model, use.command, `${sudoLike(use)}${text}`);
  return offer(`Install ${name} ${version} first, the last for this Ruby`, edit);
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
