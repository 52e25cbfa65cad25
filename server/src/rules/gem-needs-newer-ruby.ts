import { defineRule, insertAfter, replace, sharedOptions } from '../core/lint/rule';
import type { Edit, Finding, Fix, Model } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { baseTag, versionOfTag } from '../core/analysis/images/base-version';
import { givesOption } from '../core/analysis/packages/package-commands';
import { hasForeignAptSources } from '../core/analysis/packages/package-sources';
import { rubyNeeds, rubyOfRelease } from '../core/knowledge/packages/runtime-needs';
import type { PackageCommand } from '../core/model/installs';

/**
 * Before version 3.0, Ruby comes with a `gem` that takes the newest bundler and RubyGems although they need a newer Ruby,
 * and then stops. The fix names the last version for this Ruby.
 *
 * ```dockerfile bad
 * FROM ruby:2.7-slim AS app
 * RUN gem install «bundler» --no-document
 * RUN gem install rake «bundler» && gem update «--system»
 * FROM debian:buster
 * COPY --from=app /app /app
 * RUN apt-get update && apt-get install -y ruby-dev && gem install «bundler»
 * FROM ubuntu:trusty
 * COPY --from=1 /app /app
 * RUN apt-get update && apt-get install -y curl ruby2.0 && gem install «bundler»
 * FROM ruby:2.2
 * COPY --from=2 /app /app
 * RUN gem install «rubygems-update» -N
 * ```
 * > The newest bundler does not run on Ruby 2.7, so the build stops
 * > The newest bundler does not run on Ruby 2.7, so the build stops
 * > The newest RubyGems does not run on Ruby 2.7, so the build stops
 * > The newest bundler does not run on Ruby 2.5, so the build stops
 * > The newest bundler does not run on Ruby 2.0, so the build stops
 * > The newest RubyGems does not run on Ruby 2.2, so the build stops
 * ```dockerfile fixed
 * FROM ruby:2.7-slim AS app
 * RUN gem install bundler -v 2.4.22 --no-document
 * RUN gem install rake bundler:2.4.22 && gem update --system 3.4.22
 * FROM debian:buster
 * COPY --from=app /app /app
 * RUN apt-get update && apt-get install -y ruby-dev && gem install bundler -v 2.3.27
 * FROM ubuntu:trusty
 * COPY --from=1 /app /app
 * RUN apt-get update && apt-get install -y curl ruby2.0 && gem install bundler -v 1.17.3
 * FROM ruby:2.2
 * COPY --from=2 /app /app
 * RUN gem install rubygems-update -v 2.7.11 -N
 * ```
 * A failure that is ignored stops nothing. There is no fix in a string with escapes:
 * ```dockerfile bad severity="hint"
 * FROM ruby:2.6
 * RUN gem install «bundler» || true
 * ```
 * > The newest bundler does not run on Ruby 2.6, so the build stops
 * ```dockerfile fixed
 * FROM ruby:2.6
 * RUN gem install bundler -v 2.4.22 || true
 * ```
 * ```dockerfile bad
 * FROM ruby:2.6
 * RUN sh -c "gem install «bundler» && echo \"done\""
 * ```
 * > The newest bundler does not run on Ruby 2.6, so the build stops
 * Since 3.0, `gem` picks a version that fits. A version may be given, and another Ruby may be there:
 * ```dockerfile good
 * FROM ruby:3.0
 * RUN gem install bundler && gem update --system
 * FROM ruby:2.5
 * RUN gem install bundler -v 1.17.3 && gem install bundler:2.3.27 && gem update --system 3.3.27
 * RUN gem update rake && gem install rake
 * FROM ruby:latest
 * RUN gem install bundler
 * FROM debian:buster
 * RUN gem install bundler
 * FROM ubuntu:18.04
 * RUN add-apt-repository ppa:brightbox/ruby-ng && apt-get install -y ruby2.7 ruby && gem install bundler
 * FROM ubuntu:18.04
 * RUN apt-get install -y ruby && curl -sSL https://get.rvm.io | bash -s stable && gem install bundler
 * FROM debian:bookworm
 * RUN apt-get install -y ruby && gem install bundler
 * ```
 * ```dockerfile good
 * FROM debian:buster
 * RUN apt-get install -y curl && gem install bundler
 * ```
 * ```dockerfile good options="archives: own"
 * FROM ruby:2.5
 * RUN gem install bundler
 * ```
 */
export default defineRule({
  id: 'gem-needs-newer-ruby',
  summary: 'The newest bundler or RubyGems needs a newer Ruby than the image has',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['ruby-too-old'],
  mentions: ['gem'],
  options: { archives: sharedOptions.archives },

  *check({ model, options }) {
    if (options.archives === 'own') return;
    for (const use of model.packageCommands) {
      if (use.manager.name !== 'gem' || givesOption(use, '-v', '--version')) continue;
      const ruby = rubyOf(model, use);
      const need = ruby && rubyNeeds.find(({ below }) => isBelow(ruby, below));
      if (!need) continue;
      const found = findingOf(use, ruby, need);
      if (!found) continue;
      const stops = stopsBuild(model, use.command.instruction, use.command);
      yield stops ? found : { ...found, severity: 'hint' };
    }
  },
});

function isBelow([major, minor = Infinity]: readonly number[], [a, b]: readonly [number, number]): boolean {
  return major === a ? minor < b : (major ?? 0) < a;
}

/** The version of Ruby that runs gem: that of the image, or that of the distribution if the stage installs it. */
function rubyOf(model: Model, { command }: PackageCommand): readonly number[] | undefined {
  const stage = model.stageOf(command.instruction);
  const tag = baseTag(model, stage, 'ruby');
  if (tag !== undefined) return versionOfTag(tag);
  const own = rubyOfRelease.get(stage?.base.release?.name ?? '');
  if (!stage || !own || otherRuby.test(model.file.text) || hasForeignAptSources(model, command))
    return undefined;
  for (const { manager, command: install, packages } of model.installs) {
    const from = model.stageOf(install.instruction);
    if (manager.family !== 'apt' || install.span.start > command.span.start) continue;
    if (!from || !stage.chain.includes(from)) continue;
    for (const { value } of packages) {
      const [name, version] = distributionRuby.exec(value ?? '') ?? [];
      if (name !== undefined) return version?.split('.').map(Number) ?? own;
    }
  }
  return undefined;
}

/** The packages of a distribution's Ruby, some with its version. */
const distributionRuby = /^(?:ruby(\d\.\d)?(?:\.\d)?(?:-dev|-full)?|rubygems)$/;

/** What brings a Ruby of its own. */
const otherRuby = /\b(?:rvm|rbenv|chruby|ruby-install|ruby-build|asdf|brightbox|conda|ruby-\d)/;

function findingOf(
  use: PackageCommand,
  ruby: readonly number[],
  { bundler, rubygems }: (typeof rubyNeeds)[number],
): Finding | undefined {
  const { packages, given, action } = use;
  const needs = (what: string): string =>
    `The newest ${what} does not run on Ruby ${ruby.join('.')}, so the build stops`;
  if (action === 'upgrade') {
    const system = given.find(({ name }) => name === '--system')?.word;
    if (!system || packages.length > 0) return undefined;
    return {
      at: system.span,
      message: needs('RubyGems'),
      fix: fixOf(use, `RubyGems ${rubygems}`, insertAfter(system.span, ` ${rubygems}`)),
    };
  }
  const word = packages.find(({ value }) => value === 'bundler' || value === 'rubygems-update');
  if (!word || action !== 'install') return undefined;
  const version = word.value === 'bundler' ? bundler : rubygems;
  const edit =
    packages.length === 1
      ? insertAfter(word.span, ` -v ${version}`)
      : replace(word.span, `${word.value ?? ''}:${version}`);
  return {
    at: word.span,
    message: needs(word.value === 'bundler' ? 'bundler' : 'RubyGems'),
    fix: fixOf(use, `${word.value ?? ''} ${version}`, edit),
  };
}

function fixOf({ command }: PackageCommand, what: string, edit: Edit): Fix | undefined {
  return command.editable ? { title: `Install ${what}`, edits: [edit] } : undefined;
}
